"""Where things lie on a server: values shared by the story and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
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


# The digest of a draft that was found, and that may not be as it was laid.
UNKNOWN = ""


@dataclass(frozen=True, slots=True, order=True)
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


def as_found(stored: Stored, letter: Letter) -> Stored:
    """A draft that was not laid just now: other bytes than ours may be the owner's by now."""
    ours = sha256(letter.raw).hexdigest()
    return stored if stored.raw_digest == ours else replace(stored, raw_digest=UNKNOWN)


def superfluous(copies: Sequence[Stored], stored: Stored, *, left: bool) -> list[Stored]:
    """Of the copies of one draft in Drafts those that are too many: untouched, and beside another.

    A copy is untouched when it is byte for byte what was read back after the APPEND. All of them go
    once the owner has sent or binned one (`left`), or has changed one: what he changed bears a
    higher UID. A lower one that is not ours was laid by the program on another machine, which gives
    way itself. Of copies that are all alike the first stays, the same one for every machine; so it
    is where nothing is known of what lies there.
    """
    ours = sorted(copy for copy in copies if copy.raw_digest == stored.raw_digest)
    if ours:
        numbered = (stored.ref.mailbox, stored.ref.uidvalidity)
        first = ours[0].ref
        if numbered == (first.mailbox, first.uidvalidity):
            first = stored.ref
        if left or any(copy.ref > first for copy in copies if copy not in ours):
            return ours
    alike = sorted(copies) if stored.raw_digest == UNKNOWN else ours
    digests = [copy.raw_digest for copy in alike]
    return [copy for number, copy in enumerate(alike) if copy.raw_digest in digests[:number]]
