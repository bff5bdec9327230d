"""The sentences of a text, as far as layout tells them. Pure."""

import re

WORDS = 3  # of a sentence at least: a greeting by itself speaks against any complaint
MOST = 12  # sentences that are taken, the first ones
LONG = 80  # characters of one that are shown
# A sentence ends at its mark, at an empty line, and with a line too short to be a wrapped one.
_BREAK = re.compile(r"(?<=[.!?])\s+|\n\s*\n|(?<![^\n]{50})\n")


def sentences(text: str) -> list[str]:
    """The first sentences, each on one line; none of a text that is one sentence."""
    pieces = (" ".join(each.split()) for each in _BREAK.split(text))
    found = [each for each in pieces if len(each.split()) >= WORDS]
    return found[:MOST] if len(found) > 1 else []


def shown(sentence: str) -> str:
    """A sentence as an owner is shown it: on one line, and not much of a long one."""
    line = " ".join(sentence.split())
    return line if len(line) <= LONG else f"{line[:LONG].rstrip()}…"
