"""What the header says: addresses and dates by mail-parser, the rest by our own reading."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mailparser.utils import (  # type: ignore[import-untyped]  # it ships no types
    convert_mail_date,
    get_addresses,
)

from triage.message.charset import one_line, words_decoded
from triage.message.fields import Fields
from triage.message.types import Address

MAX_IDS = 100  # of a thread: its first ones and its last
MAX_ADDRESSES = 1000  # of a field
MAX_LIST = 16_384  # characters of a field with addresses; 64 kB of semicolons take half a second

# No control characters, and no lone surrogates, which cannot be written anywhere.
_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f\ud800-\udfff]{1,998}>")

# An address in a From field that follows no grammar: before the end in brackets, or anywhere
# where there are none.
_ANGLED = re.compile(r"<([\w.+=-]{1,64}@[\w-][\w.-]{0,250}\w)>\s*$")
_BARE = re.compile(r"([\w.+=-]{1,64}@[\w-][\w.-]{0,250}\w)")

# It logs what it cannot decode, and a customer's mail belongs in no log.
logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Header:
    """The part of a `Message` that its header fields say; see there."""

    message_id: str | None
    date: datetime | None
    received: datetime | None
    senders: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]


def header(fields: Fields) -> Header:
    """The header of a mail."""
    values: dict[str, list[str]] = {}
    for name, value in fields.items:
        values.setdefault(name, []).append(one_line(words_decoded(value)))
    return Header(
        message_id=next(iter(ids(fields.first("message-id"))), None),
        date=_date(fields.first("date")),
        received=next(filter(None, map(_stamp, fields.all("received"))), None),
        senders=_addresses(fields.first("from")) or _loose(fields.first("from")),
        reply_to=_addresses(fields.first("reply-to")),
        to=_addresses(fields.first("to")),
        cc=_addresses(fields.first("cc")),
        subject=one_line(words_decoded(fields.first("subject"))),
        in_reply_to=ids(fields.first("in-reply-to")),
        references=ids(fields.first("references")),
        fields={name: tuple(of_name) for name, of_name in values.items()},
    )


def ids(value: str) -> tuple[str, ...]:
    """The message ids in a field, each once, in order; what is not in angle brackets is none."""
    found = tuple(dict.fromkeys(_ID.findall(words_decoded(value))))
    if len(found) > MAX_IDS:
        return found[: MAX_IDS // 2] + found[-MAX_IDS // 2 :]
    return found


def _addresses(value: str) -> tuple[Address, ...]:
    """The addresses of a field, groups opened. Encoded words in the names are left to ours:
    mail-parser 4.8 fails on broken ones."""
    if len(value) > MAX_LIST:
        value = value[:MAX_LIST].rpartition(",")[0]  # half an address would be somebody else's
    return tuple(_address(name, addr) for name, addr in get_addresses(value) if _is_readable(addr))[
        :MAX_ADDRESSES
    ]


def _address(name: str, addr: str) -> Address:
    return Address("" if name == addr else one_line(words_decoded(name)), addr)


def _is_readable(addr: str) -> bool:
    """Whether it is an address, without control or bidi characters in it."""
    return bool(addr) and one_line(addr) == addr


def _loose(value: str) -> tuple[Address, ...]:
    """The sender in a From field that follows no grammar: a colon in the name, no brackets."""
    found = (_ANGLED if ">" in value else _BARE).search(value[:1000])
    if found is None:
        return ()
    name = value[: found.start()].strip("\"' ") if ">" in value else ""
    return (_address(name, found[1]),)


def _stamp(received: str) -> datetime | None:
    """The date of a Received field, which follows its last semicolon: RFC 5321 section 4.4."""
    return _date(received.rpartition(";")[2])


def _date(value: str) -> datetime | None:
    """None for dates no mail has, too: they come of wrong clocks and of spam."""
    try:
        date: datetime = convert_mail_date(value)[0]
    except ValueError:
        return None
    return date.astimezone(UTC) if 1980 <= date.year <= 2100 else None
