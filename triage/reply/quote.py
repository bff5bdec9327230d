"""The customer's own words below the letter, as a mail program quotes them."""

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from triage.reply.plain import day_words, lines

_LINES, _CHARACTERS = 200, 20_000
# A blank or nothing follows them: the mark of ">:(" belongs to a word.
_MARKS = re.compile(r"(?:>+ )*>+(?= |$)")


def quote(text: str, name: str, date: datetime | None, *, american: bool = False) -> str:
    """An attribution line and the text behind "> "; "" when there is no text.

    `name` is one clean line; `date` is aware, in the owner's zone. A text over 200 lines or
    20,000 characters ends in a line "> […]".
    """
    whole = _single_spaced(lines(text[:_CHARACTERS]))
    kept = whole[:_LINES]
    if not kept:
        return ""
    if len(whole) > _LINES or len(text) > _CHARACTERS:
        kept.append("[…]")
    when = f"On {_moment(date, american=american)}, " if date else ""
    return "\n".join((f"{when}{name} wrote:", *map(_quoted, kept)))


def _moment(date: datetime, *, american: bool) -> str:
    # Not "%p", which speaks the machine's language.
    clock = f"{date.hour % 12 or 12}:{date:%M} {'AM' if date.hour < 12 else 'PM'}"
    return f"{day_words(date, american=american)} at {clock if american else f'{date:%H:%M}'}"


def _single_spaced(text: Iterable[str]) -> list[str]:
    """Without a second empty line below another, whether marked as quoted or not."""
    return [line for above, line in pairwise(("", *text)) if above.strip("> ") or line.strip("> ")]


def _quoted(line: str) -> str:
    """A line one deeper, its marks as format=flowed reads them, without blanks between: RFC 3676
    section 4.5."""
    if marks := _MARKS.match(line):
        line = ">" * marks[0].count(">") + line[marks.end() :]
    return f">{line}" if not line or line.startswith(">") else f"> {line}"
