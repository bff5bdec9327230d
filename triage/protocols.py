"""What the story needs of the rooms it does not know: a connection and a memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from triage.errors import TriageError
from triage.place import Fetched, Letter, Ref, Status, Stored
from triage.record import Judged, OpenDraft, Position, SweptDraft
from triage.reply import Draft


class Mailboxes(Protocol):
    """What the story needs of one account's connection. Every method may raise MailboxError
    (broken or refused for now: back off and try again) or AccountError (the owner must act)."""

    def open(self, mailbox: str, *, read_only: bool = False) -> Status:
        """SELECT or EXAMINE; always asks the server anew."""

    def uids(self, first: int, last: int | None = None, *, since: date | None = None) -> list[int]:
        """UIDs of the open mailbox in [first, last] (last None: no end), ascending, optionally
        only those whose INTERNALDATE is on or after `since` (SEARCH SINCE). In UID windows."""

    def fetch(self, uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
        """The messages of the open mailbox, PEEK only, in batches by bytes, every UID asked for
        answered exactly once (raw=None: it is gone); a message over max_size is truncated."""

    def mark(self, ref: Ref) -> None:
        """\\Flagged, and the keyword where the server keeps one. A vanished UID is no error."""

    def answered(self, message_id: str) -> str | None:
        """The folder (Sent or Drafts) holding a mail with this Message-ID in In-Reply-To or
        References: the owner has answered, or is answering. Our own drafts do not count."""

    def find(self, letter: Letter) -> Stored | None:
        """The draft in Drafts, Sent or Trash, by Message-ID, else by listing recent headers."""

    def append(self, letter: Letter) -> Stored:
        """APPEND with \\Draft \\Seen, read back. AppendUnknown when it is not known whether it
        was stored; AppendRefused when the server said NO."""

    def copies(self, letter: Letter) -> list[Stored]:
        """All copies of the draft in Drafts."""

    def remove(self, copies: Iterable[Stored]) -> int:
        """Removes by UID EXPUNGE those copies that are still byte for byte as read back; without
        UIDPLUS nothing. Returns how many."""


class Memory(Protocol):
    """What the story needs of the ledger. Every method may raise StateError or UserError."""

    def since(self, now: float, look_back: float) -> float: ...
    def last_success(self) -> float | None: ...
    def enter(self, status: Status, since: float) -> Position: ...
    def listed(self, status: Status, uids: Iterable[int]) -> None: ...
    def unfinished(self, status: Status, now: float) -> Sequence[int]: ...
    def failed(self, ref: Ref, error: TriageError, retry_at: float) -> bool: ...
    def known(self, digest: str) -> Judged | None: ...
    def echoed(self, echo: str, digest: str, after: float) -> bool: ...
    def finish(
        self, places: Mapping[Ref, str | None], messages: Collection[Judged] = ()
    ) -> None: ...
    def intend(
        self,
        draft: Draft,
        now: float,
        places: Mapping[Ref, str | None],
        messages: Iterable[Judged],
    ) -> None: ...
    def open_drafts(self, now: float) -> Sequence[OpenDraft]: ...
    def appending(self, message_id: str, now: float, settle: float) -> None: ...
    def unknown(self, message_id: str, now: float, settle: float) -> None: ...
    def refused(self, message_id: str, retry_at: float) -> None: ...
    def dropped(self, message_id: str, why: str) -> None: ...
    def stored(self, message_id: str, stored: Stored, now: float) -> None: ...
    def sweeps(self, now: float) -> Sequence[SweptDraft]: ...
    def swept(self, message_id: str, now: float) -> None: ...
