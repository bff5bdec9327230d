"""Phrases put in the place of others, in text whose lines are to keep their numbers. Pure."""

import re
from collections.abc import Mapping


class Phrases:
    """A closed list: what is looked for, in small letters, and what stands for it.

    Any blanks and line ends may part the words. A capital at the start stays, and so do the line
    ends; where several phrases fit, the longest counts.
    """

    def __init__(self, instead: Mapping[str, str]) -> None:
        self._instead = instead
        longest = sorted(instead, key=len, reverse=True)
        found = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest)
        self._pattern = re.compile(rf"(?<![\w'-])(?:{found})(?![\w-]|'\w)", re.IGNORECASE)

    def sub(self, text: str) -> str:
        """The text with all of them replaced."""
        return self._pattern.sub(self._replaced, text)

    def _replaced(self, found: re.Match[str]) -> str:
        words = self._instead[" ".join(found[0].lower().split())]
        begins = words[0].upper() if found[0][0].isupper() else words[0]
        return parted_as(found[0], begins + words[1:])


def parted_as(written: str, words: str) -> str:
    """`words` with the blanks of `written` between them, as far as there are so many; line ends
    that are left over follow."""
    blanks: list[str] = re.findall(r"\s+", written)
    parts = words.split(" ")
    used = [*blanks, *([" "] * len(parts))][: len(parts) - 1]
    joined = "".join(part + blank for part, blank in zip(parts, [*used, ""], strict=True))
    return joined + "\n" * "".join(blanks[len(used) :]).count("\n")
