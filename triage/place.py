"""Where things lie on a server: values shared by the story and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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
class Stored:
    """A draft found on the server: its place, and the digest (SHA-256, hex) of it as read back."""

    ref: Ref
    raw_digest: str


class Letter(Protocol):
    """What a server needs to know of a draft: its ids and its bytes."""

    @property
    def message_id(self) -> str: ...

    @property
    def in_reply_to(self) -> str | None: ...

    @property
    def raw(self) -> bytes: ...


def superfluous(copies: Sequence[Stored], stored: Stored, *, left: bool) -> list[Stored]:
    """Of the copies of one draft in Drafts those that are too many: untouched, and beside another.

    A copy is untouched when it is byte for byte what was read back after the APPEND. One that the
    owner touched, or sent or binned (`left`), makes every untouched one superfluous; else the one
    first stored is kept.
    """
    untouched = sorted(
        (copy for copy in copies if copy.raw_digest == stored.raw_digest),
        key=lambda copy: (copy.ref != stored.ref, copy.ref),
    )
    return untouched if left or len(untouched) < len(copies) else untouched[1:]
