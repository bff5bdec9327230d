"""Where things lie on a server: values shared by the story and the rooms below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol, Self


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One place of one message: RFC 3501 section 2.3.1.1."""

    mailbox: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Status:
    """A mailbox as selected. `uidnext` never missing (asked by STATUS where SELECT lacks it)."""

    mailbox: str
    uidvalidity: int
    uidnext: int
    exists: int
    read_only: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as fetched by PEEK. `raw` is None when it vanished between SEARCH and FETCH.

    `size` is RFC822.SIZE; `truncated` says that `raw` is only its head; `internal_date` is aware.
    """

    ref: Ref
    raw: bytes | None
    size: int
    flags: frozenset[str]
    internal_date: datetime | None
    truncated: bool

    @property
    def answered(self) -> bool:
        """The owner's mail program says that it has sent an answer."""
        return any(flag.lower() == "\\answered" for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Head:
    """The ids, in angle brackets, that a mail bears, that it answers, and that its thread names
    (References and In-Reply-To together)."""

    own: frozenset[str]
    answers: frozenset[str]
    thread: frozenset[str]


class Lying(StrEnum):
    """How a draft lies on the server that was laid there."""

    UNTOUCHED = "untouched"  # in Drafts, as it was read back
    CHANGED = "changed"  # in Drafts, and the owner has been at it; or another answer to the same
    BINNED = "binned"  # in Trash
    NOWHERE = "nowhere"  # open in a program that took it away, sent under another id, or deleted


@dataclass(frozen=True, slots=True)
class Found:
    """How a draft lies, and where, if it is untouched. `answering`: beside it lies another draft,
    not of ours, that answers the same message."""

    lying: Lying
    stored: "Stored | None" = None
    answering: bool = False


# The digest of a draft that was found, and that may not be as it was laid.
UNKNOWN = ""


@dataclass(frozen=True, slots=True, order=True)
class Stored:
    """A draft found on the server: its place, and the digest (SHA-256, hex) of it as read back.

    `as_laid`: it is what the program lays, to the byte but for its Date, the order of its fields
    and what a server writes into it; so nobody has touched it, and another machine, or this one
    with an earlier ledger, may have laid it.
    """

    ref: Ref
    raw_digest: str
    as_laid: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, ref: Ref, raw: bytes, letter: "Letter | None" = None) -> Self:
        """What was read at a place, looked at as a copy of a letter."""
        as_laid = letter is not None and _undated(raw) == _undated(letter.raw)
        return cls(ref, sha256(raw).hexdigest(), as_laid)


# What a server writes into a mail that it stores: the Proton Mail Bridge, which sorts fields, too.
_SERVERS_OWN = (b"date:", b"x-pm-")


def _undated(raw: bytes) -> tuple[list[bytes], bytes]:
    """Its header fields in whatever order, and its body."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    return sorted(each for each in fields if not each.lower().startswith(_SERVERS_OWN)), body


class Letter(Protocol):
    """What a server needs to know of a draft: its ids and its bytes."""

    @property
    def message_id(self) -> str: ...

    @property
    def in_reply_to(self) -> str | None: ...

    @property
    def raw(self) -> bytes: ...


class Laid(Letter, Protocol):
    """A letter that was laid, and where."""

    @property
    def stored(self) -> Stored: ...


def as_found(stored: Stored) -> Stored:
    """A draft that was not laid just now: what is not as we lay it may be the owner's by now."""
    return stored if stored.as_laid else replace(stored, raw_digest=UNKNOWN)


def elsewhere(copies: Sequence[Stored], stored: Stored) -> bool:
    """Whether copies of a draft lie in Drafts and it no longer lies where it was found: together
    with an answer in Sent that means that it was sent, under whatever id (Gmail gives a new one).
    Under another UIDVALIDITY it may be one of the copies."""
    numbered = {(copy.ref.mailbox, copy.ref.uidvalidity) for copy in copies}
    place = stored.ref
    return numbered == {(place.mailbox, place.uidvalidity)} and all(c.ref != place for c in copies)


def superfluous(copies: Sequence[Stored], stored: Stored, *, left: bool) -> list[Stored]:
    """Of the copies of one draft in Drafts those that are too many: untouched, and beside another.

    A copy is untouched when it is byte for byte what was read back after the APPEND, or as the
    program lays it. All of them go once the owner has sent or binned one (`left`), or has changed
    one: what he changed bears a higher UID. A lower one that is not as we lay it was laid by the
    program on another machine, of which it was differently known what to say, and which gives way
    itself. Of the untouched the first stays, the same one for every machine. Where there are none
    and nothing is known of what lies there, only what is there twice, byte for byte, goes.
    """
    ours = sorted(copy for copy in copies if copy.as_laid or copy.raw_digest == stored.raw_digest)
    if ours:
        numbered = (stored.ref.mailbox, stored.ref.uidvalidity)
        first = ours[0].ref
        if numbered == (first.mailbox, first.uidvalidity) and stored.raw_digest != UNKNOWN:
            first = stored.ref
        changed = any(copy.ref > first for copy in copies if copy not in ours)
        return ours if left or changed else ours[1:]
    lying = sorted(copies) if stored.raw_digest == UNKNOWN else []
    digests = [copy.raw_digest for copy in lying]
    return [copy for number, copy in enumerate(lying) if copy.raw_digest in digests[:number]]
