"""Where things lie on a server: values shared by the story and the rooms below it."""

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
