"""The customer's own strongest sentence."""

import re

from triage.classifier.sentences import sentences
from triage.message.charset import one_line
from triage.protocols import Judge

LONG = 180  # characters that are shown,
LOOKED = 1000  # and that are looked at
TELLING = 6  # words of a sentence that says what is the matter
# What a mail program would make a link of: an owner's own mail must lead nobody anywhere.
_LINK = re.compile(
    r"\S*(?:://|www\.)\S*"
    r"|(?<![\w@.])(?:[\w-]{1,63}\.){1,5}(?-i:[a-z]{2,24})(?![\w@])(?:[/?#:]\S*)?",
    re.IGNORECASE,
)


# What stands before a point of a list, or a line that is quoted.
_BULLETS = "-*>|• \t"


def strongest(judge: Judge, text: str) -> str:
    """The sentence that reads most like a complaint, by itself; the first where none can be judged;
    on one line, without anything that could be followed."""
    found = sentences(text) or [" ".join(text.split())]
    telling = [each for each in found if len(each.split()) >= TELLING] or found
    said = max(telling, key=lambda each: judge.judge("", each[:LOOKED]).complaint)
    return harmless(said)


def harmless(text: str) -> str:
    """A stranger's words on one line, cut, with no link in them."""
    line = _LINK.sub("[link]", one_line(text[:LOOKED]).lstrip(_BULLETS))
    return line if len(line) <= LONG else f"{line[:LONG].rstrip()}…"
