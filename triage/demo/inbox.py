"""The mails of the demonstration: written for it, dated so that the last one has just come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files

# How long before now the last mail came.
AGE = timedelta(minutes=3)

SPARE = b"""\
From: Hedda Lind <hedda.lind@mailhaven.example>
To: hello@littlemill.example
Subject: order 2461 - two of the bowls
Date: Sun, 22 Nov 2026 09:00:00 +0100
Message-ID: <5C0E1F7A-2461@mailhaven.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

Hello Anna,

the parcel with my four bowls (order 2461) came this morning, but two of them arrived broken,
cracked right through the middle. They were meant for my sister's table next week. What can we do?

Hedda
"""

_FIELD = re.compile(rb"^(?:Date|Received):(?:[^\n]*\n[ \t])*[^\n]*", re.MULTILINE | re.IGNORECASE)
_STAMP = re.compile(rb"(?:[A-Z][a-z]{2}, +)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


@dataclass(frozen=True, slots=True)
class Delivered:
    """A mail as it lies in a mailbox: its octets with CRLF line ends, and its INTERNALDATE."""

    raw: bytes
    date: datetime


def inbox(now: datetime) -> tuple[Delivered, ...]:
    """The mails in the order of their arrival. `now` is aware."""
    folder = files("triage.demo") / "mails"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".eml"))
    return dated([(folder / name).read_bytes() for name in names], now)


def spare(now: datetime) -> bytes:
    """One more complaint, to be put into the inbox by hand."""
    return dated([SPARE], now)[0].raw


def dated(mails: Iterable[bytes], now: datetime) -> tuple[Delivered, ...]:
    """Mails with LF line ends as they are delivered: all Date and Received fields moved by the same
    span, so that the latest Date is `AGE` before now."""
    written = [(mail, _written(mail)) for mail in mails]
    shift = now - AGE - max((date for _, date in written), default=now)
    return tuple(
        Delivered(_moved(mail, shift).replace(b"\n", b"\r\n"), date + shift)
        for mail, date in written
    )


def _written(mail: bytes) -> datetime:
    """The mail's Date."""
    header = mail.partition(b"\n\n")[0]
    fields = [match[0] for match in _FIELD.finditer(header) if match[0][:5].lower() == b"date:"]
    return parsedate_to_datetime(fields[0][5:].decode("ascii").strip())


def _moved(mail: bytes, shift: timedelta) -> bytes:
    header, gap, body = mail.partition(b"\n\n")

    def later(stamp: re.Match[bytes]) -> bytes:
        moment = parsedate_to_datetime(stamp[0].decode("ascii")) + shift
        return format_datetime(moment).encode("ascii")

    moved = _FIELD.sub(lambda field: _STAMP.sub(later, field[0]), header)
    return moved + gap + body
