"""One message's way through the house, top to bottom. Stub: contracts only, for now."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from triage.place import Fetched, Ref, Status, Stored
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
        """Whether the owner has answered, or is answering, this Message-ID: the folder ("Sent",
        "Drafts") that holds a mail with it in In-Reply-To or References, else None. Drafts of
        `ours` do not count: those whose Message-ID bears our form."""

    def find(self, draft: Draft) -> Stored | None:
        """The draft in Drafts, Sent or Trash, by Message-ID, else by listing recent headers."""

    def append(self, draft: Draft) -> Stored:
        """APPEND with \\Draft \\Seen, read back. AppendUnknown when it is not known whether it
        was stored; MailboxError when the server refused it."""

    def copies(self, draft: Draft) -> list[Stored]:
        """All copies of the draft in Drafts."""

    def remove(self, copies: Iterable[Stored]) -> int:
        """Removes by UID EXPUNGE those copies that are still byte for byte as read back; without
        UIDPLUS nothing. Returns how many."""

    def wait(self, seconds: float) -> bool:
        """IDLE on the open mailbox (or sleep where there is no IDLE), at most `seconds`. True when
        something may have changed. Ends early when `interrupt` is called from another thread."""
