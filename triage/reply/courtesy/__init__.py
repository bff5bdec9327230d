"""What a letter must not say, and what it must have: the rules, checked on the rendered text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from triage.reply.courtesy.form import SIGN_OFF, reading, whole
from triage.reply.courtesy.marks import MARKS
from triage.reply.courtesy.phrases import PHRASES
from triage.reply.courtesy.rules import RULES, Rule, Severity
from triage.reply.courtesy.tone import STILL_LOOKING, TONE

__all__ = [
    "RULES",
    "SIGN_OFF",
    "Breach",
    "Rule",
    "Severity",
    "breaches",
    "civil",
    "form_breaches",
    "phrase_breaches",
]

_OF_TEMPLATES, _OF_DRAFTS = {"date-unknown"}, {"date-promised", "gap"}
_BY_LINE = {"leftover", "blanks"}
_TICKET = re.compile(r"\btickets?\b", re.IGNORECASE)
# The line ends of a paragraph that was wrapped by hand.
_WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n])")


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule, by its code, and the words that break it ("" where something is missing); the line
    they stand in, from 1, or 0 where it is the letter as a whole."""

    code: str
    text: str
    line: int = 0

    @property
    def rule(self) -> Rule:
        return RULES[self.code]


def phrase_breaches(
    text: str, days: Iterable[str] = (), *, draft: bool = False, looked_into: bool | None = None
) -> Iterator[Breach]:
    """What a text says that no letter may say: a letter, a paragraph or a sentence.

    `days` are those it may name, such as the order's own, "Tuesday" in "you wrote on Tuesday", or
    those of a notice. In a `draft` that somebody has had in hand a day may be told of, and not
    promised, and no gap may be left. `looked_into` says whether the cause is known, so that it may
    be owned to; None, that the text itself says so.
    """
    plain = text.replace("’", "'")
    for day in days:
        plain = re.sub(rf"(?:\b(?:on|by|until|before) )?\b{re.escape(day)}\b", _blotted, plain)
    joined = _WRAPPED.sub(" ", plain)
    low = joined.replace("İ", "i").lower()  # the one letter that would become two
    known = STILL_LOOKING.search(low) is None if looked_into is None else looked_into
    for code, pattern in (*PHRASES.items(), *TONE.items()):
        if code != "cause-conceded" or not known:
            yield from _found(code, pattern.finditer(low), text)
    for code, mark in MARKS.items():
        if code not in (_OF_TEMPLATES if draft else _OF_DRAFTS):
            yield from _found(code, mark.finditer(plain if code in _BY_LINE else joined), text)


def form_breaches(text: str) -> Iterator[Breach]:
    """What a whole letter lacks, or has twice or too much of."""
    for code, words, at in (*whole(text), *reading(text)):
        yield Breach(code, words, text.count("\n", 0, at) + 1 if at >= 0 else 0)


def civil(text: str) -> bool:
    """Whether a letter of ours may print this. A shop may sell tickets; a customer is none."""
    return not _TICKET.search(text) and not any(phrase_breaches(text))


def breaches(
    text: str, days: Iterable[str] = (), *, draft: bool = False, looked_into: bool | None = None
) -> tuple[Breach, ...]:
    """All breaches in a rendered letter, the quoted mail below it left out, by their lines."""
    said = phrase_breaches(text, days, draft=draft, looked_into=looked_into)
    found = {*said, *form_breaches(text)}
    told = (breach for breach in found if not any(_inside(breach, other) for other in found))
    return tuple(sorted(told, key=lambda breach: (breach.line, breach.code, breach.text)))


def _inside(breach: Breach, other: Breach) -> bool:
    """Whether another says the same, and more of it."""
    same = (breach.code, breach.line) == (other.code, other.line)
    return same and breach.text != other.text and breach.text in other.text


def _found(code: str, matches: Iterable[re.Match[str]], written: str) -> Iterator[Breach]:
    """Matches in a text of which each letter stands where it is written."""
    for match in matches:
        start = match.end() - len(match[0].lstrip())
        words = written[start : match.end()].rstrip().replace("\n", " ")
        yield Breach(code, words, written.count("\n", 0, start) + 1)


def _blotted(day: re.Match[str]) -> str:
    """As many letters that are no day."""
    return re.sub(r"\S", "x", day[0])
