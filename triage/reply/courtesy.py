"""What a letter must not say, and how it must look: the rules of a good reply, checked on the
rendered text. English.

The rules come from what owners of small shops advise each other: listen, do not defend, no excuse
and no blame, no apology that takes itself back, a person and no case number, nothing promised that
a draft sent two days later breaks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule, by its code, and the words that break it ("" where something is missing)."""

    rule: str
    text: str


def _any(*patterns: str, case: bool = False) -> re.Pattern[str]:
    return re.compile("|".join(patterns), 0 if case else re.IGNORECASE)


_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SORRY = r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies)|regret)\b"

_PHRASES = {
    "defensive": _any(
        r"\b(?:our|the|my|shop|company|store) (?:\w+ )?polic(?:y|ies)\b",
        r"\bper (?:our|the|my) (?:terms|conditions|rules)\b",
        r"\b(?:our|the|my) terms and conditions\b",
        r"\bas (?:(?:already|clearly|previously) )?(?:stated|mentioned|explained|advised)\b",
        r"\b(?:it|this|that) (?:is|was)(?: not|n['’]t) (?:our|my) fault\b",
        r"\b(?:not|no(?:t)? be) (?:held )?(?:responsible|liable)\b",
        r"\b(?:out of|beyond|outside) (?:our|my) (?:control|hands)\b",
        r"\b(?:we|i) (?:do|did|have done) (?:everything|all) (?:we|i) (?:can|could)\b",
        r"\b(?:nothing|not much) (?:more )?(?:we|i) can do\b",
        r"\bto be (?:fair|honest)\b",
        r"\bin (?:our|my) defen[cs]e\b",
        r"\b(?:you must|please) understand\b",
        r"\bactually\b",
    ),
    "blaming": _any(
        r"\byou (?:should(?:n['’]t)?|ought to|could) (?:not )?have\b",
        r"\byou (?:failed|forgot|neglected) to\b",
        r"\byou (?:claim|allege|insist)\b",
        r"\byour (?:own )?(?:mistake|error|fault|claim|allegation|misunderstanding)\b",
        r"\b(?:if|had) you (?:had )?(?:only )?read\b",
        r"\b(?:courier|carrier|post office|supplier|driver|royal mail|usps|ups|fedex|dhl)['’]?s? "
        r"(?:fault|mistake|error)\b",
        r"\b(?:blame|blamed)\b",
        r"\bcalm(?:ing)? down\b",
        r"\bover-?react",
        r"\bno one else (?:has )?complain",
        r"\bnobody else (?:has )?complain",
    ),
    "hollow": _any(
        r"\bunfortunately\b",
        r"\bregrettably\b",
        r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies)|regret)\b[^.?!\n]{0,30}\binconvenience",
        r"\bany inconvenience\b",
        r"\b(?:dear|valued|esteemed) (?:valued )?customer\b",
        r"\bto whom it may concern\b",
        r"\bsir or madam\b",
        r"\byour (?:satisfaction|feedback) is (?:very )?important\b",
        r"\bwe take (?:this|your|all|such)\b[^.?!\n]{0,40}\bseriously\b",
        r"\bplease (?:do not hesitate|rest assured|be advised|bear with)\b",
        r"\brest assured\b",
    ),
    "case-number": _any(
        r"\btickets?\b",
        r"\b(?:case|complaint|incident|reference) (?:number|no\.?|id|#)",
        r"\byour (?:case|complaint)\b",
        r"\bescalat(?:e|ed|ing|ion)\b",
    ),
    "passed-on": _any(
        r"\bnot (?:my|our) (?:job|department|responsibility|area|problem|concern)\b",
        r"\b(?:the|our|another|relevant|responsible) (?:\w+ )?departments?\b(?! stores?\b)",
        r"\b(?:customer (?:service|support|care)|our team|my colleagues?) (?:will|is|are)\b",
        r"\bsomeone (?:from|in|on) (?:our|the)\b",
        r"\b(?:no-?reply|do not reply)\b",
    ),
    "apology-withdrawn": _any(
        rf"{_SORRY}[^.?!\n]{{0,200}}\b(?:but|however|although|though)\b",
        rf"{_SORRY}(?: that| if)? you (?:feel|felt|think|thought|believe|are upset|were upset)\b",
        rf"{_SORRY} (?:for |about )?(?:if|any)\b",
        r"\bif (?:we|i) (?:have )?(?:offended|upset|disappointed)\b",
    ),
    "date-promised": re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b"
        rf"|\b(?:by|on|until|before|next|this) {_DAY}\b"
        r"|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b"
        r"|(?i:\b(?:today|tonight|tomorrow|(?:this|next) (?:week|month)"
        r"|end of (?:the|this) (?:day|week|month)|within \d+ hours|in \d+ hours)\b)"
    ),
    # Two words in capitals, or one too long to be the name of a carrier or a file format.
    "shouting": re.compile(
        r"(?<![\w-])[A-Z]{2,}[ ,]+[A-Z]{2,}(?![\w-])|(?<![\w-])[A-Z]{5,}(?![\w-])"
    ),
    "exclamation": re.compile(r"[^\s!]{0,30}\s?[!！]+"),
    "leftover": re.compile(
        r"\{[{%#]|[}%#]\}|\$\{?\w+|%\(?\w+\)s|\bNone\b(?! of)|\b(?:TODO|FIXME|XXX+|TBD|[Ll]orem)\b"
        r"|\bundefined\b|<[a-z _]+>|(?<!\[)\[(?!\[)[^\]\n]{0,80}\](?!\])|_{3,}|\\\n"
    ),
    "blanks": re.compile(
        r"\S{1,30}(?:  +|\t+)\S{0,30}|\S{1,30} +[,.;:?](?=\s|$)|[ \t]+$|,\s*,|\.\.(?!\.)", re.M
    ),
}

_GREETING = re.compile(r"(?:Hello|Hi|Dear|Good (?:morning|afternoon|evening|day))\b[^\n]*", re.I)
_SHORT_ADDRESS = re.compile(r"[^,.]{1,40},")  # "Maria,", or a greeting of the shop's own kind
_EMPTY_GREETING = re.compile(r"Dear *[,.:!]?|.* [,.:!]|.*, *,", re.I)
SIGN_OFF = re.compile(
    r"^(?:with )?(?:(?:very )?(?:best|kind|kindest|warm|warmest|many) (?:wishes|regards|thanks)"
    r"|(?:best|kind|warm)? ?regards|yours(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?"
    r"|all the best|best|cheers|thank you|thanks(?: again)?|take care),?$",
    re.IGNORECASE | re.MULTILINE,
)


def phrase_breaches(text: str, days: Iterable[str] = ()) -> Iterator[Breach]:
    """What a text says that no letter may say: a letter, a paragraph or a sentence. `days` it may
    name."""
    for day in days:
        text = text.replace(day, "that day")
    for rule, pattern in _PHRASES.items():
        yield from (Breach(rule, match[0].strip()) for match in pattern.finditer(text))


def form_breaches(text: str) -> Iterator[Breach]:
    """What a whole letter lacks, or has twice: greeting and sign-off."""
    lines = [line for line in text.split("\n") if line]
    first = lines[0] if lines else ""
    if not (_GREETING.fullmatch(first) or _SHORT_ADDRESS.fullmatch(first)):
        yield Breach("no-greeting", first[:40])
    elif _EMPTY_GREETING.fullmatch(first):
        yield Breach("empty-greeting", first)
    if any(_GREETING.fullmatch(line) and line.endswith(",") for line in lines[1:]):
        yield Breach("two-greetings", "")
    sign_offs = [match[0] for match in SIGN_OFF.finditer(text)]
    # "Bubbles and love," is a sign-off too: a line that ends in a comma above a name.
    last = text.rpartition("\n\n")[2].split("\n")
    if not sign_offs and not (len(last) > 1 and last[0].endswith(",")):
        yield Breach("no-sign-off", "")
    if len(sign_offs) > 1:
        yield Breach("two-sign-offs", sign_offs[1])
    if last[-1].endswith(",") and SIGN_OFF.fullmatch(last[-1]):
        yield Breach("empty-sign-off", last[-1])
    if "--" in (line.rstrip() for line in lines):
        yield Breach("signature-mark", "--")


def civil(text: str) -> bool:
    """Whether a letter may say this."""
    return not any(phrase_breaches(text))


def breaches(text: str, days: Iterable[str] = ()) -> tuple[Breach, ...]:
    """All breaches in a rendered letter, the quoted mail below it left out. A `[[…]]` is none, nor
    is one of `days`: the order's own, which are past."""
    return (*phrase_breaches(text, days), *form_breaches(text))
