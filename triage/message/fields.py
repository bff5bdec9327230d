"""Header fields: cut out of the bytes, capped, unfolded and decoded. Pure."""

import re
from dataclasses import dataclass

from triage.message.charset import decode

# Caps on hostile headers. The largest of the 679 yardstick mails has 44 fields in 4.3 kB; Postfix
# cuts a header at 100 kB (header_size_limit).
MAX_FIELD = 65536  # octets of one field
MAX_FIELDS = 1000
MAX_HEADER = 1_000_000  # octets of all fields together

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_FIELD_END = re.compile(rb"\n(?![ \t])")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
# "From " of an mbox file, also quoted: no field, but no end of the header either.
_ENVELOPE = (b"From ", b">From ")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one header in order: lower-case name and value, unfolded, raw 8-bit octets
    decoded, encoded words not."""

    items: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """The first value of a field, "" when it is absent: what stands twice counts once."""
        return next((value for known, value in self.items if known == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for known, value in self.items if known == name)


def split(raw: bytes, start: int, end: int) -> tuple[Fields, int]:
    """The fields of the header at `start`, and where the body begins.

    The header ends at the first empty line, or, as in the standard library, before the first line
    that is no field: that line is text somebody wrote.
    """
    items: list[tuple[str, str]] = []
    room = MAX_HEADER
    at = start
    while at < end:
        if raw.startswith((b"\n", b"\r\n"), at, end):
            return Fields(tuple(items)), raw.index(b"\n", at) + 1
        if room <= 0 or len(items) == MAX_FIELDS:
            empty = _EMPTY_LINE.search(raw, at, end)
            return Fields(tuple(items)), empty.end() if empty else end
        last = _FIELD_END.search(raw, at, end)
        until = last.end() if last else end
        if name := _NAME.match(raw, at, until):
            value = raw[name.end() : min(until, at + MAX_FIELD)]
            room -= until - at
            items.append((name[1].decode("ascii").lower(), _unfolded(value)))
        elif not raw.startswith(_ENVELOPE, at, until):
            break
        at = until
    return Fields(tuple(items)), at


def _unfolded(value: bytes) -> str:
    return _FOLD.sub("", decode(value, None)).replace("\r", " ").strip()
