"""What somebody has written to a customer: the letter in a draft, or in a file of plain text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from triage.message import read

# The header of a mail (RFC 5322 section 2.2): fields, one of them well known, to an empty line. A
# letter may begin "Anna:".
_HEADER = re.compile(
    rb"(?=(?:[^\n]+\n)*?(?:from|to|subject|date|message-id|mime-version|content-type):)"
    rb"(?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n",
    re.IGNORECASE,
)
_LONGEST = 20_000  # characters; a letter has a thousand
# Of plain text, which answers a mail: what stands below the letter is quoted.
_TEXT = b"Content-Type: text/plain; charset=utf-8\nIn-Reply-To: <customer@localhost>\n\n"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter without the mail it answers. `lines` says of each of its lines which one of the
    file it is, or of the mail's text: counted from 1."""

    text: str
    lines: tuple[int, ...]


def written(content: bytes) -> Written:
    """The letter in a mail, or in plain text. Raises MessageError where there is none."""
    is_mail = _HEADER.match(content) is not None
    body = read(content if is_mail else _TEXT + content).body
    letter = "\n\n".join(filter(None, (body.new, body.signature)))[:_LONGEST]
    whole = body.text if is_mail else content.decode("utf-8", "replace")
    return Written(letter, tuple(_places(letter.split("\n"), whole.splitlines())))


def _places(letter: list[str], whole: list[str]) -> Iterator[int]:
    """Where each line of a letter stands, and those above it that were left out."""
    bare = [line.rstrip() for line in whole]
    at = 0
    for line in letter:
        with suppress(ValueError):  # it is made of several, or was read from another alphabet
            at = bare.index(line, at) + 1
        yield max(1, at)
