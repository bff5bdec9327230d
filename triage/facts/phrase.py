"""Plain phrases in a text: how they are looked for, and how one is shown."""

import re

_HEAD = 5000  # characters of a text that are read
_LONGEST = 40  # characters of a phrase that are shown


def any_of(*patterns: str) -> re.Pattern[str]:
    """Lower case: of a text in lower case such a search takes half as long."""
    return re.compile("|".join(patterns))


def flat(text: str) -> str:
    """The beginning of a text, without the ends of lines inside its paragraphs."""
    return re.sub(r"(?<![ \t])[ \t]*\n(?!\n)[ \t]*", " ", text[:_HEAD])


def shown(phrase: str) -> str:
    """A phrase as its owner reads it: one line, at most 40 characters."""
    phrase = " ".join(phrase.split()).strip(" .,")
    return phrase if len(phrase) <= _LONGEST else f"{phrase[: _LONGEST - 1].rstrip()}…"
