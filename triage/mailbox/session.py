"""One account's connection, logged in: the `Mailboxes` of the story, on a real server."""

import contextlib
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Self

from triage.account import Account
from triage.errors import AccountError, MailboxError
from triage.mailbox import idle
from triage.mailbox.client import Client, Selected
from triage.mailbox.drafts import Drafts
from triage.mailbox.failure import Refused
from triage.mailbox.fetching import fetch
from triage.mailbox.folders import Folders, some
from triage.mailbox.heads import Heads
from triage.mailbox.listing import UID_MAX, WINDOW, WINDOWS, chunks, windows
from triage.mailbox.marker import Marker
from triage.mailbox.mentions import Mention, mentions
from triage.mailbox.teaching import TeachingFolders, lay
from triage.place import Fetched, Found, Head, Laid, Letter, Ref, Status, Stored
from triage.record import Marks

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Session:
    """Used by one thread; `interrupt` and `abort` may be called from any other.

    The mailbox of the last `open` is the watched one. What is done in other folders in between
    leaves it, and the next method that needs it comes back to it.
    """

    def __init__(
        self,
        account: Account,
        client: Client,
        folders: Folders,
        is_ours: Callable[[str], bool],
    ) -> None:
        self.folders = folders
        self._account, self._client = account, client
        self._heads = Heads(client)
        self._drafts = Drafts(account, client, folders, self._heads, is_ours)
        self._marker = Marker(account, client)
        self._watched: Selected | None = None
        self._exists: dict[str, int] = {}  # of each mailbox, when it was opened last
        self._away = False
        self._wake, self._waker = socket.socketpair()
        self._wake.setblocking(False)
        self._waker.setblocking(False)

    @property
    def capabilities(self) -> frozenset[str]:
        """As after the login, upper case."""
        return self._client.capabilities

    @property
    def sent(self) -> str:
        """The folder of what the owner has sent, "" where there is none."""
        return self.folders.sent

    @property
    def has_idle(self) -> bool:
        return "IDLE" in self.capabilities

    @property
    def removes(self) -> bool:
        """Whether a draft can be taken away by its UID (UIDPLUS, RFC 4315)."""
        return "UIDPLUS" in self.capabilities

    @property
    def keeps_keywords(self) -> bool:
        """Whether the watched mailbox keeps the account's keyword; False before one is open."""
        return self._watched is not None and self._marker.keeps_keyword(self._watched)

    @property
    def has_labels(self) -> bool:
        """Whether the server has labels (X-GM-LABELS, Gmail's own)."""
        return self._marker.has_labels

    def teaching(self, names: Iterable[str], *, make: bool) -> TeachingFolders:
        """The account's teaching folders of these names; those that are missing are made with
        `make`."""
        return lay(self._client, self._account.teaching, names, make=make)

    def mentions(self, addr: str, is_his: Callable[[str], bool]) -> Iterator[Mention | str]:
        """The mails of every folder that are from somebody or to him; `is_his` knows his address in
        other spellings. The name of a folder that cannot be searched stands in its place."""
        self._away = True
        return mentions(self._client, addr, is_his)

    def open(self, mailbox: str, *, read_only: bool = False) -> Status:
        try:
            self._watched = self._client.select(mailbox, read_only=read_only)
        except Refused as refusal:
            self._watched = None
            if refusal.later:
                raise
            raise AccountError(
                "mailbox-missing",
                account=self._account.name,
                mailbox=mailbox,
                code=refusal.code,
                there=some(self._client.folders()),
            ) from refusal
        self._away = False
        self._exists[mailbox] = self._watched.status.exists
        return self._watched.status

    def uids(self, first: int, last: int | None = None, *, since: date | None = None) -> list[int]:
        status = self._back()
        later = f" SINCE {since.day}-{MONTHS[since.month - 1]}-{since.year}" if since else ""
        end = UID_MAX if last is None else last
        found: set[int] = set()
        for window in windows(first, last, status.uidnext, status.exists):
            # "n:*" would name the last old message too; this range, and the comparison, leave it
            # out.
            found.update(uid for uid in self._client.search(window + later) if first <= uid <= end)
            if len(found) > WINDOW * WINDOWS:
                raise MailboxError(
                    "answer-malformed", host=self._client.host, doing="search", error="uids"
                )
        return sorted(found)

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """Of a server that will not tell, none. Remembered as long as the connection lasts."""
        status = self._back()
        try:
            return self._heads.of(status, list(uids))
        except Refused:
            return {}

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        self._back()
        told: dict[int, frozenset[str]] = {}
        for chunk in chunks(uids):
            answers = self._client.fetch(chunk, "(UID FLAGS)")
            told |= {uid: each.flags for uid, each in answers.items() if each.flags is not None}
        return told

    def fetch(self, uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
        batches = fetch(self._client, self._back(), uids, self._account.max_size)
        while True:
            self._back()  # between two batches the caller may have laid a draft
            batch = next(batches, None)
            if batch is None:
                return
            yield batch

    def mark(self, ref: Ref) -> Marks:
        if ref.mailbox in self._account.listed:
            return Marks()
        with self._visiting(ref) as selected:
            return self._marker.put(selected, ref.uid)

    def unmark(self, ref: Ref, marks: Marks) -> None:
        with self._visiting(ref) as selected:
            self._marker.take(selected, ref.uid, marks)

    def answered(self, letter: Letter) -> str | None:
        """The role of the folder, "Sent" or "Drafts", whatever the server calls it."""
        self._away = True
        return self._drafts.answered(letter)

    def left(self, letter: Letter) -> bool:
        self._away = True
        return self._drafts.left(letter)

    def lying(self, letters: Sequence[Laid]) -> dict[str, Found]:
        self._away = True
        return self._drafts.lying(letters)

    def find(self, letter: Letter) -> Stored | None:
        self._away = True
        return self._drafts.find(letter)

    def append(self, letter: Letter) -> Stored:
        self._away = True
        return self._drafts.append(letter)

    def copies(self, letter: Letter) -> list[Stored]:
        self._away = True
        return self._drafts.copies(letter)

    def remove(self, copies: Iterable[Stored]) -> int:
        self._away = True
        return self._drafts.remove(copies)

    def bears(self, mailbox: str, message_id: str) -> bool:
        """Whether a mail of this Message-ID lies in a mailbox, or in Trash."""
        self._away = True
        return self._drafts.bear((mailbox, self.folders.trash), message_id)

    def deliver(self, mailbox: str, raw: bytes) -> None:
        """Lays a mail into a mailbox, as one that has just come. What breaks before the answer
        leaves it open whether it lies there."""
        self._away = True
        self._client.select(mailbox, read_only=False)  # Courier takes none where it is read only
        self._client.append(mailbox, raw)

    def wait(self, mailbox: str, seconds: float, moved: Callable[[Status], bool]) -> bool:
        """Opens a mailbox; unless it has `moved` already, or holds more or fewer messages than when
        it was opened last (on some servers UIDNEXT lags behind), waits there at most `seconds`, or
        until news or an `interrupt`. Whether there may be news. Nothing is asked in between, the
        answer to which could swallow what came after the SELECT: the IDLE tells it, on some servers
        not before its end."""
        before = self._exists.get(mailbox)
        status = self.open(mailbox)
        if moved(status) or before not in {None, status.exists}:
            return True
        return idle.wait(self._client, self._wake, seconds)

    def interrupt(self) -> None:
        """Ends the present or the next `wait`. Safe from any thread and from a signal handler."""
        with contextlib.suppress(BlockingIOError, OSError):  # full: woken already; closed: over
            self._waker.send(b"!")

    def abort(self) -> None:
        """Cuts the connection under whatever the session is doing. Safe from any thread."""
        self._client.cut()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()
        self._wake.close()
        self._waker.close()

    def _needed(self) -> Selected:
        if self._watched is None:
            raise MailboxError("no-mailbox-open", account=self._account.name)
        return self._watched

    def _back(self) -> Status:
        """The watched mailbox, selected again where we have been elsewhere."""
        watched = self._needed().status
        if self._away:
            now = self._client.select(watched.mailbox, read_only=watched.read_only).status
            self._away = False
            if now.uidvalidity != watched.uidvalidity:
                raise MailboxError("uidvalidity-changed", mailbox=watched.mailbox)
        return watched

    @contextlib.contextmanager
    def _visiting(self, ref: Ref) -> Iterator[Selected]:
        """The mailbox of a place, whose numbers must still be the ones it was named by."""
        watched = self._needed()
        if ref.mailbox == watched.status.mailbox:
            self._back()
            selected = watched
        else:
            self._away = True
            selected = self._client.select(ref.mailbox, read_only=False)
        if selected.status.uidvalidity != ref.uidvalidity:
            raise MailboxError("uidvalidity-changed", mailbox=ref.mailbox)
        yield selected
