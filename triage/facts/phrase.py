"""Plain phrases in a text: how they are looked for, and how one is shown."""

import re
import sys
from collections.abc import Iterator
from functools import cached_property

_HEAD = 5000  # characters of a text that are read
_LONGEST = 40  # characters of a phrase that are shown


class Phrases:
    """A regular expression that is compiled when it is first looked for, and searched as a
    `re.Pattern` is. All of them together take a third of a second, and most commands read no mail.
    """

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self._pattern.search(text, start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._pattern.match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text)


def any_of(*patterns: str) -> Phrases:
    """Lower case: of a text in lower case such a search takes half as long."""
    return Phrases("|".join(patterns))


def flat(text: str) -> str:
    """The beginning of a text, without the ends of lines inside its paragraphs."""
    return re.sub(r"(?<![ \t])[ \t]*\n(?!\n)[ \t]*", " ", text[:_HEAD])


# "By the 6. December", as Germans write it, ends nothing.
_SENTENCE = re.compile(
    r"[.!?](?=\s)(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|\n", re.IGNORECASE
)


def around(text: str, start: int, end: int, near: int, *, closed: bool = False) -> tuple[str, str]:
    """What stands before and behind text[start:end], of the same sentence, so many characters at
    most; with the mark that ends it when `closed`."""
    before = text[max(0, start - near) : start]
    ends = [each.end() for each in _SENTENCE.finditer(before)]
    behind = text[end : end + near]
    stop = _SENTENCE.search(behind)
    return before[ends[-1] if ends else 0 :], behind[: stop.start() + closed] if stop else behind


def shown(phrase: str) -> str:
    """A phrase as its owner reads it: one line, at most 40 characters."""
    phrase = " ".join(phrase.split()).strip(" .,")
    return phrase if len(phrase) <= _LONGEST else f"{phrase[: _LONGEST - 1].rstrip()}…"
