"""What the story needs of rooms it does not know: a connection, a memory, a judge and orders."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from triage.errors import TriageError, UserError
from triage.order import Match, Mention, Ware
from triage.place import Fetched, Found, Head, Laid, Letter, Ref, Status, Stored
from triage.record import (
    Asked,
    Done,
    Judged,
    Known,
    LaidDraft,
    Later,
    Marks,
    Mistaken,
    OpenDraft,
    Pending,
    Position,
    SweptDraft,
    Watched,
)
from triage.verdict import Opinion, Signal


class Mailboxes(Protocol):
    """What the story needs of one account's connection. Every method may raise MailboxError
    (broken or refused for now: back off and try again) or AccountError (the owner must act)."""

    def open(self, mailbox: str, *, read_only: bool = False) -> Status:
        """SELECT or EXAMINE; always asks the server anew."""

    def uids(self, first: int, last: int | None = None, *, since: date | None = None) -> list[int]:
        """UIDs of the open mailbox in [first, last] (last None: no end), ascending, optionally
        only those whose INTERNALDATE is on or after `since` (SEARCH SINCE). In UID windows."""

    @property
    def sent(self) -> str:
        """The folder with what the owner has sent, "" where there is none."""

    @property
    def removes(self) -> bool:
        """Whether this server lets a draft be taken away by its UID."""

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """The threading headers of messages of the open mailbox, by UID; of UIDs that have
        vanished none."""

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The flags of messages of the open mailbox, by UID. One left out tells nothing."""

    def fetch(self, uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
        """The messages of the open mailbox, PEEK only, in batches by bytes, every UID asked for
        answered exactly once (raw=None: it is gone); a message over max_size is truncated."""

    def mark(self, ref: Ref) -> Marks:
        """\\Flagged, the keyword where the server keeps one, and the label on Gmail; returns what
        is set now, of labels only what was not there before. A vanished UID is no error; Refusal
        when the server will not have the flag."""

    def unmark(self, ref: Ref, marks: Marks) -> None:
        """Takes these marks off. As `mark`."""

    def lying(self, letters: Sequence[Laid]) -> dict[str, Found]:
        """How each of these drafts lies now, by Message-ID. One that is nowhere may be open in a
        mail program."""

    def find(self, letter: Letter) -> Stored | None:
        """The draft in Drafts, Sent or Trash, by Message-ID, else by listing recent headers."""

    def answered(self, letter: Letter) -> str | None:
        """The folder (Sent or Drafts) with another answer to the message this letter answers: a
        mail with its id in In-Reply-To or References. Of our own drafts only In-Reply-To counts:
        the others answer a later message of the thread."""

    def append(self, letter: Letter) -> Stored:
        """APPEND with \\Draft \\Seen, read back. AppendUnknown when it is not known whether it
        was stored; AppendRefused when the server said NO."""

    def copies(self, letter: Letter) -> list[Stored]:
        """All copies of the draft in Drafts."""

    def left(self, letter: Letter) -> bool:
        """Whether a copy of the draft lies in Sent or Trash: the owner has dealt with it."""

    def remove(self, copies: Iterable[Stored]) -> int:
        """Removes by UID EXPUNGE those copies that are still byte for byte as read back; without
        UIDPLUS nothing. Returns how many."""


class Memory(Protocol):
    """What the story needs of the ledger. Every method may raise StateError or UserError."""

    def since(self, now: float, look_back: float) -> float: ...
    def last_success(self) -> float | None: ...
    def newest(self, status: Status) -> Sequence[Known]: ...
    def enter(self, status: Status, since: float, *, renumbered: bool = False) -> Position: ...
    def listed(self, status: Status, uids: Iterable[int]) -> None: ...
    def unfinished(self, status: Status, now: float) -> Sequence[int]: ...
    def troubled(self, status: Status) -> bool: ...
    def trouble(self, status: Status, there_is: bool) -> None: ...
    def failed(self, ref: Ref, error: TriageError, now: float) -> bool: ...
    def known(self, digest: str) -> Judged | None: ...
    def echoed(self, echo: str, digest: str, after: float) -> bool: ...
    def complaints(self, complainant: str, after: float, before: float) -> list[Judged]: ...
    def finish(self, done: Sequence[Done], now: float) -> None: ...
    def open_drafts(self, now: float) -> Sequence[OpenDraft]: ...
    def appending(self, message_id: str, now: float, settle: float) -> None: ...
    def refused(self, message_id: str) -> None: ...
    def delayed(
        self, message_id: str, now: float, least: float, *, swallowed: bool = False
    ) -> None: ...
    def dropped(self, message_id: str, why: str, now: float) -> None: ...
    def stored(self, message_id: str, stored: Stored, now: float) -> None: ...
    def held(self, message_id: str, until: float) -> None: ...
    def former(self, message_id: str) -> list[LaidDraft]: ...
    def laid(self) -> list[LaidDraft]: ...
    def pending(self, complainant: str | None, thread: Iterable[str]) -> list[Pending]: ...
    def later(self, message_id: str) -> list[Later]: ...
    def place_of(self, digest: str, status: Status) -> int | None: ...
    def moved(self, message_id: str, stored: Stored) -> None: ...
    def fated(self, message_id: str, fate: str, since: float) -> None: ...
    def unneeded(self, digest: str, changed: float | None = None) -> None: ...
    def read_up_to(self, status: Status) -> int | None: ...
    def reads_on(self, status: Status) -> None: ...
    def asked(self, ids: Iterable[str]) -> list[Asked]: ...
    def sent(self, message_id: str, when: float, changed: float) -> None: ...
    def answered(self, digest: str, when: float, how: str) -> None: ...
    def watched(self, status: Status, after: float) -> list[Watched]: ...
    def dealt(self, digest: str, now: float) -> None: ...
    def mistaken(self, status: Status) -> list[Mistaken]: ...
    def unmarked(self, digest: str, now: float) -> None: ...
    def sweeps(self, now: float) -> Sequence[SweptDraft]: ...
    def swept(self, message_id: str, now: float) -> None: ...


class Judge(Protocol):
    """The classifier."""

    def judge(self, subject: str, text: str) -> Opinion: ...

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        """The signals of a text, those that plain phrases tell left out."""


class Orders(Protocol):
    """The order book."""

    def renew(self) -> UserError | None:
        """Looks whether there is a newer one. Returns, once, why that cannot be read: then the
        former stays."""

    @property
    def catalogue(self) -> tuple[Ware, ...]:
        """What the shop has sold, as far as it is known."""

    def find(self, mention: Mention) -> Match | None:
        """The one order a mail is about: of the order and tracking numbers it states, else of the
        address an answer goes to. Else it may be guessed by the writer's name and the day on which
        he says he ordered."""
