"""The rules of a good reply: each with its reason, what breaks it and what to write instead.

They come from what owners of small shops advise each other: listen, do not defend, no excuse and no
blame, no apology that takes itself back, a person and no case number, nothing promised that a draft
sent two days later breaks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a breach does: `REFUSE` what no owner would want sent, `ADVISE` on tone."""

    REFUSE = "refuse"
    ADVISE = "advise"


@dataclass(frozen=True, slots=True)
class Rule:
    """`reason` is one sentence; `bad` breaks the rule, and `good` is what to write instead: each a
    sentence of a letter, or a whole one."""

    code: str
    severity: Severity
    reason: str
    bad: str
    good: str


_LETTER = "Hello Anna,\n\n{}\n\nBest wishes,\nTim"
_TOLD = (
    "Thank you for the photo. I am sorry that the bowl came in two pieces, and that it was meant"
    " for a birthday. I have made another in the same glaze; it will be in the post within two"
    " working days, wrapped twice, and I will send you the tracking number. There is no need to"
    " post the pieces back. If you would rather have your money back, just say so."
)

_R, _A = Severity.REFUSE, Severity.ADVISE

_ALL = (
    Rule(
        "defensive",
        _R,
        "Whoever defends himself has not listened.",
        "We did everything right here, and there is nothing more we can do.",
        "I have asked Royal Mail where it is, and I will tell you what they say.",
    ),
    Rule(
        "blaming",
        _R,
        "It looks for somebody to blame, and the customer wants it mended.",
        "You should have read the description.",
        "I am sorry that the description was not clear.",
    ),
    Rule(
        "passed-on",
        _R,
        "It sends the customer on to somebody else; whoever reads the letter answers it.",
        "Please contact the carrier directly.",
        "I am asking the carrier for you.",
    ),
    Rule(
        "apology-withdrawn",
        _R,
        "An apology with a but, or an if, is none.",
        "I am sorry, but we did tell everybody that we were away.",
        "I am sorry that you had to wait.",
    ),
    Rule(
        "excuse",
        _A,
        "An excuse speaks of your troubles, and the customer has his own.",
        "Our supplier let us down, and there has been a lot of illness in the team.",
        "I am sorry that it is late. It will leave here within two working days.",
    ),
    Rule(
        "policy",
        _A,
        "A rule is no answer; say what you can do.",
        "As per our returns policy, you are not eligible for a refund.",
        "I can exchange it for you, or give you half of the price back.",
    ),
    Rule(
        "hollow",
        _A,
        "Everybody has read this phrase a hundred times, and it says nothing.",
        "We apologise for any inconvenience caused.",
        "I am sorry that you stood at the door in the rain for nothing.",
    ),
    Rule(
        "case-number",
        _A,
        "It makes a number of a person.",
        "Your complaint has been logged under case number 1183.",
        "I have your letter in front of me.",
    ),
    Rule(
        "cause-conceded",
        _A,
        "It owns to a cause while the letter is still looking for it; be sorry for the trouble.",
        "It is entirely our fault. I am looking into what happened.",
        "I am sorry for the trouble this is causing you. I am looking into it, and you will hear"
        " from me within two working days.",
    ),
    Rule(
        "no-term",
        _A,
        "The customer does not know how long to wait.",
        "I will get back to you soon.",
        "You will hear from me within two working days.",
    ),
    Rule(
        "unheard",
        _A,
        "Nothing shows that you have read what the customer wrote: no thanks, no sorry.",
        "Hello Anna,\n\nPlease fill in the form, and attach the receipt.\n\nRegards,\nBea",
        "Hello Anna,\n\nThank you for telling me that the bowl broke.\n\nRegards,\nBea",
    ),
    Rule(
        "no-next-step",
        _A,
        "It does not say what happens next.",
        "Hello Anna,\n\nThank you for writing about the teapot.\n\nRegards,\nBea",
        "Hello Anna,\n\nThank you for writing. I will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "date-promised",
        _R,
        "A draft may be sent days later, and then the day is wrong; promise a term.",
        "You will have it by Friday.",
        "You will have it within three working days.",
    ),
    Rule(
        "date-unknown",
        _R,
        "This day is no fact of the order; write {{ shipped }}, or a term.",
        "It left here on 12 November.",
        "It will leave here within two working days.",
    ),
    Rule(
        "exclamation",
        _A,
        "Where somebody is cross an exclamation mark sounds like shouting, or like joy.",
        "I am so sorry!",
        "I am so sorry.",
    ),
    Rule(
        "shouting",
        _A,
        "Capitals shout.",
        "I will send it RIGHT AWAY.",
        "I will send it at once.",
    ),
    Rule(
        "hard-to-read",
        _A,
        "Long words make it sound like a court.",
        "Remuneration is contingent upon verification of the merchandise's condition subsequent to"
        " repatriation.",
        "You will have your money back when the bowl is here.",
    ),
    Rule(
        "long-sentence",
        _A,
        "The sentence is too long to be taken in at once; make two of it.",
        "I have read what you wrote about the curtains and have shown it to my sister who sews them"
        " because she was the one who measured the cloth and who thought at the time that the drop"
        " was on the short side for a window of that height.",
        "I have read what you wrote about the curtains. My sister sews them, and I have asked her.",
    ),
    Rule(
        "too-short",
        _A,
        "So few words look as if nobody had taken the time.",
        "Hello Anna,\n\nI'm looking into it.\n\nBest wishes,\nTim",
        _LETTER.format(_TOLD),
    ),
    Rule(
        "too-long",
        _A,
        "So many words bury what the customer wants to know.",
        _LETTER.format(f"{_TOLD} {_TOLD} {_TOLD}"),
        _LETTER.format(_TOLD),
    ),
    Rule(
        "leftover",
        _R,
        "Something of the template is left over.",
        "Your order [ORDER NUMBER] is late.",
        "Your order 1043 is late.",
    ),
    Rule(
        "gap",
        _R,
        "This is still to be filled in.",
        "It left here on [[the day]].",
        "It left here on 12 November.",
    ),
    Rule(
        "blanks",
        _R,
        "A word is missing here, or there is a blank too many.",
        "Your order , which is late.",
        "Your order, which is late.",
    ),
    Rule(
        "no-greeting",
        _R,
        "It does not begin with a greeting.",
        "I will send another teapot.\n\nRegards,\nBea",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "empty-greeting",
        _R,
        "It greets nobody.",
        "Dear ,\n\nI will send another teapot.\n\nRegards,\nBea",
        "Hello,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "two-greetings",
        _R,
        "It greets twice.",
        "Hello Anna,\n\nDear Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "no-sign-off",
        _R,
        "It ends without a sign-off, so nobody knows who has written it.",
        "Hello Anna,\n\nI will send another teapot.",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "two-sign-offs",
        _R,
        "It signs off twice.",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea\n\nBest wishes,\nBea",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "empty-sign-off",
        _R,
        "There is no name after the sign-off.",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
    Rule(
        "signature-mark",
        _R,
        'Mail programs cut a letter off at a line "--".',
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\n--\nBea",
        "Hello Anna,\n\nI will send another teapot.\n\nRegards,\nBea",
    ),
)

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _ALL}
