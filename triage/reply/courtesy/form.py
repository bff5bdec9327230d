"""What a whole letter must have: greeting, an ear, a next step, a sign-off, and a length."""

import re
from collections.abc import Iterator

from triage.reply.courtesy.ease import ease, sentences, words

# Words before the quote. A letter of ours has 60 to 140.
SHORTEST, LONGEST = 60, 140
# Of the 55 good letters in the tests the hardest has an ease of 85 and the longest sentence 32
# words, of our own 82 and 27. The two bad ones in the language of a court have less than 0, the
# next 60; the one bad for its sentence has 86 words in it, the next 35.
HARDEST, LONGEST_SENTENCE = 50, 40

_GREETING = re.compile(
    r"(?:Hello|Hallo|Hi|Hiya|Hey|Howdy|Dear|Greetings|(?:Good )?(?:morning|afternoon|evening)"
    r"|Good day)\b[^\n]*",
    re.I,
)
# "Maria,", or a greeting of the shop's own kind.
_SHORT_ADDRESS = re.compile(r"(?:M[rsx]{1,2}\.|Dr\.)?[^,.]{1,40},")
_EMPTY_GREETING = re.compile(r"Dear *[,.:!]?|.* [,.:!]|.*, *,", re.I)
SIGN_OFF = re.compile(
    r"^(?:with )?(?:(?:very )?(?:best|kind|kindest|warm|warmest|many) (?:wishes|regards|thanks)"
    r"|(?:best|kind|warm)? ?regards|yours(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?"
    r"|all the best|best|cheers|thank you|thanks(?: again)?|take care|warmly),?$",
    re.IGNORECASE | re.MULTILINE,
)
_HEARD = re.compile(
    r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies)|regret|thank(?:s|ful)?|grateful|appreciate|understand"
    r"|disappoint\w*|frustrat\w*|you're right|you are right|i (?:can )?see (?:that|how|why|the)"
    r"|(?:i|we) (?:have|'ve) read|(?:your|the) (?:complaint|letter|note) is fair|i can imagine"
    r"|oh no|you asked|you wrote)\b",
    re.I,
)
_NEXT = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall|'d (?:like|be|love)| would (?:like|be|love)| can\b(?! not)|"
    r" could"
    r"|'m \w+ing| am \w+ing|(?:'re| are)(?: now)? \w+ing|'ve (?!read|received)\w+| have (?!read"
    r"|received)"
    r"\w+ed| have (?:put|sent|made|given|written))|\b(?:shall|should|may) i\b"
    r"|\bwould you (?:like|rather|prefer)|\b(?:which|what) would you|\byou(?:'ll| will| can)"
    r" (?:\w+ )?"
    r"(?:hear|have|get|receive|find|see|keep|send)\b|\b(?:goes|is going|on its way|on the way|in"
    r" the "
    r"post|ships|leaves|will be|should (?:be|reach|arrive|show)|have been refunded|has been"
    r" refunded|went back)\b"
    r"|\b(?:let me know|tell me|send me|post it)\b",
    re.I,
)
_TO_HEAR = re.compile(
    r"\b(?:look(?:ing)? into (?:it|this|that|what|the matter)|hear from (?:me|us)|be in touch"
    r"|get(?:ting)? back to you|(?:i|we)(?:'ll| will) let you know"
    r"|review your \w+)\b",
    re.I,
)
_TERM = re.compile(
    r"\b(?:within|in|after|takes?)(?: \w+){0,3} (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?)\b"
    r"|\bas soon as (?:i|we) (?:know|hear|have|find)\b|\bby return\b|\b(?:today|tomorrow|tonight)\b"
    r"|\b(?:by|on|before|until) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\bthe (?:moment|day|minute|hour) (?:it|they|i|you)\b|\bnext (?:post|working day|firing)\b",
    re.I,
)  # fmt: skip


def whole(text: str) -> Iterator[tuple[str, str, int]]:
    """What a letter lacks or has twice: the rule, the words, and where they stand (-1: nowhere)."""
    yield from _ends(text)
    yield from _blocks(text)
    count = len(text.split())
    if count < SHORTEST:
        yield "too-short", f"{count} words", -1
    if count > LONGEST:
        yield "too-long", f"{count} words", -1


def reading(text: str) -> Iterator[tuple[str, str, int]]:
    """What makes a letter, or one paragraph of it, hard to read."""
    for sentence in sentences(text):
        if len(words(sentence)) > LONGEST_SENTENCE:
            yield "long-sentence", " ".join(sentence.split()[:6]) + "…", text.index(sentence)
    if len(words(text)) >= 10 and (found := ease(text)) < HARDEST:
        yield "hard-to-read", f"reading ease {found:.0f}", -1


def _ends(text: str) -> Iterator[tuple[str, str, int]]:
    # In a draft with gaps the first line says so.
    lines = [line for line in text.split("\n") if line and not line.startswith("[[")]
    first = lines[0] if lines else ""
    if not (_GREETING.fullmatch(first) or _SHORT_ADDRESS.fullmatch(first)):
        yield "no-greeting", first[:40], 0
    elif _EMPTY_GREETING.fullmatch(first):
        yield "empty-greeting", first, 0
    parts = [part for part in text.strip().split("\n\n") if not part.startswith("[[")]
    for part in parts[1:]:
        opening = part.split("\n")[0]
        if _GREETING.fullmatch(opening) and opening.endswith(",") and len(opening) < 50:
            yield "two-greetings", opening, text.index(part)
    signed = list(SIGN_OFF.finditer(text))
    # A postscript may stand below.
    if not signed and not any(_signed(part.split("\n")) for part in parts[1:][-3:]):
        yield "no-sign-off", "", -1
    if len(signed) > 1:
        yield "two-sign-offs", signed[1][0], signed[1].start()
    last = lines[-1] if lines else ""
    if last.endswith(",") and SIGN_OFF.fullmatch(last):
        yield "empty-sign-off", last, text.rindex(last)
    if mark := re.search(r"^-- *$", text, re.M):
        yield "signature-mark", "--", mark.start()


def _signed(lines: list[str]) -> bool:
    """Whether a paragraph ends a letter in a way of its own: "Bubbles and love," above a name, or a
    name with a line or two of address."""
    if lines[0].endswith(",") and len(lines[0]) <= 60:
        return len(lines) > 1
    return len(lines) <= 4 and all(
        len(line.split()) <= 5 and not line.endswith((".", "?", "!", ":")) for line in lines
    )


def _blocks(text: str) -> Iterator[tuple[str, str, int]]:
    plain = text.replace("’", "'").replace("\n", " ")
    if not _HEARD.search(plain):
        yield "unheard", "", -1
    if not _NEXT.search(plain):
        yield "no-next-step", "", -1
    if (promised := _TO_HEAR.search(plain)) and not _TERM.search(plain):
        yield "no-term", promised[0], promised.start()
