"""An IMAP server in memory: the `Mailboxes` protocol without a network, with a hook at every step.

It passes the same contract suite as the real session (tests/mailbox/test_mailbox_contract.py).
"""

import email
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from triage.account import Account
from triage.errors import AccountError, MailboxError, Refusal
from triage.place import Fetched, Found, Head, Laid, Letter, Lying, Ref, Status, Stored
from triage.record import Marks

HEAD = 262_144


class Killed(BaseException):
    """The process died here. No `except Exception` may catch it."""


@dataclass
class Mail:
    raw: bytes
    flags: frozenset[str]
    internal_date: datetime


@dataclass
class Folder:
    uidvalidity: int
    uidnext: int = 1
    mails: dict[int, Mail] = field(default_factory=dict)


Fault = Callable[[str, str], None]


def no_fault(moment: str, step: str) -> None:
    """Nothing goes wrong."""


class FaultAt:
    """Raises `error` at the n-th moment (from 0) of all moments counted; `seen` lists them.

    With n None it never raises: a first run that counts the moments there are.
    """

    def __init__(self, n: int | None, error: BaseException | None = None) -> None:
        self.n, self.error, self.seen = n, error or Killed(), list[str]()

    def __call__(self, moment: str, step: str) -> None:
        self.seen.append(f"{moment} {step}")
        if self.n is not None and len(self.seen) == self.n + 1:
            raise self.error


class MemoryServer:
    """The folders of one account. It outlives connections, as a server does.

    `fault(moment, step)` is called with "before" and "after" each step at the server and may raise:
    before, the step has not happened; after, it has, and the caller does not know. After a Refusal
    the connection goes on, after any other error it is dead. Steps: connect, open, uids, heads,
    flags, lying, fetch (each batch), flag, keyword, answered, find, append, read-back, copies,
    left, remove (each copy), bears, deliver, wait. `log` holds the steps that have happened,
    with their folder.
    """

    def __init__(self, *, uidplus: bool = True, keywords: bool = True) -> None:
        self.folders: dict[str, Folder] = {}
        self.fault: Fault = no_fault
        self.log: list[tuple[str, str]] = []
        self.uidplus, self.keywords = uidplus, keywords
        self.says_heads: dict[int, Head] | None = None  # instead of the truth
        self.changed = threading.Condition()
        self.version = 0
        self._validity = 1000
        for name in ("INBOX", "Drafts", "Sent", "Trash", "Junk"):
            self.create(name)

    def create(self, name: str) -> None:
        self._validity += 1
        self.folders[name] = Folder(self._validity)

    def deliver(
        self,
        name: str,
        raw: bytes,
        *,
        flags: Iterable[str] = (),
        internal_date: datetime | None = None,
    ) -> int:
        """Another client or the post puts a mail into a folder; its UID."""
        with self.changed:
            folder = self.folders[name]
            uid, folder.uidnext = folder.uidnext, folder.uidnext + 1
            folder.mails[uid] = Mail(raw, frozenset(flags), internal_date or datetime.now(UTC))
            self._tell()
        return uid

    def expunge(self, name: str, uid: int) -> None:
        """Another client removes a mail."""
        with self.changed:
            del self.folders[name].mails[uid]
            self._tell()

    def delete(self, name: str) -> None:
        """Another client deletes a folder with all that is in it."""
        del self.folders[name]

    def move(self, name: str, uid: int, to: str, *, raw: bytes | None = None) -> int:
        """Another client moves a mail, changed to `raw` when given: sent, edited, binned."""
        mail = self.folders[name].mails[uid]
        self.expunge(name, uid)
        return self.deliver(to, raw or mail.raw, flags=mail.flags, internal_date=mail.internal_date)

    def renumber(self, name: str, *, first: int = 1) -> None:
        """UIDVALIDITY changes: the same mails under new UIDs from `first` on."""
        with self.changed:
            mails = list(self.folders[name].mails.values())
            self.create(name)
            folder = self.folders[name]
            folder.mails = dict(enumerate(mails, first))
            folder.uidnext = first + len(mails)
            self._tell()

    def mails(self, name: str) -> list[Mail]:
        """What lies in a folder, by UID."""
        return [mail for _, mail in sorted(self.folders[name].mails.items())]

    def _tell(self) -> None:
        self.version += 1
        self.changed.notify_all()


class MemoryMailboxes:
    """One connection to a MemoryServer: the `Mailboxes` protocol.

    Name the folder "" in `folders` that is missing, as a server without it would have it.
    """

    batch = 100

    def __init__(
        self,
        server: MemoryServer,
        account: Account,
        *,
        is_ours: Callable[[str], bool] = lambda message_id: False,
        drafts: str = "Drafts",
        sent: str = "Sent",
        trash: str = "Trash",
    ) -> None:
        self.server, self.account, self.is_ours = server, account, is_ours
        self.drafts, self.sent, self.trash = account.drafts or drafts, sent, trash
        self.status: Status | None = None
        self._seen = 0
        self._interrupted = False
        self._closed = False
        with self._step("connect"):
            if not drafts:
                raise AccountError("drafts-missing", account=account.name)

    def open(self, mailbox: str, *, read_only: bool = False) -> Status:
        with self._step("open", mailbox):
            if mailbox not in self.server.folders:
                raise AccountError("mailbox-missing", account=self.account.name, mailbox=mailbox)
            folder = self.server.folders[mailbox]
            self.status = Status(
                mailbox, folder.uidvalidity, folder.uidnext, len(folder.mails), read_only
            )
            self._seen = self.server.version
        return self.status

    def uids(self, first: int, last: int | None = None, *, since: date | None = None) -> list[int]:
        with self._step("uids", self._open().mailbox):
            return [
                uid
                for uid, mail in sorted(self._folder().mails.items())
                if uid >= first
                and (last is None or uid <= last)
                and (since is None or mail.internal_date.date() >= since)
            ]

    @property
    def removes(self) -> bool:
        return self.server.uidplus

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        with self._step("heads", self._open().mailbox):
            if self.server.says_heads is not None:
                return self.server.says_heads
            there = {uid: mail for uid, mail in self._folder().mails.items() if uid in uids}
            return {uid: _head(mail.raw) for uid, mail in there.items()}

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        with self._step("flags", self._open().mailbox):
            mails = self._folder().mails
            return {uid: mails[uid].flags for uid in uids if uid in mails}

    def fetch(self, uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
        for start in range(0, len(uids), self.batch):
            with self._step("fetch", self._open().mailbox):
                batch = [self._fetched(uid) for uid in uids[start : start + self.batch]]
            yield batch

    def mark(self, ref: Ref) -> Marks:
        status = self._open()
        if status.read_only:
            return Marks()
        folder = self.server.folders[ref.mailbox]
        if folder.uidvalidity != ref.uidvalidity:
            raise MailboxError("uidvalidity-changed", mailbox=ref.mailbox)
        wanted = []
        if self.account.flag:
            wanted.append(("flag", "\\Flagged"))
        if self.account.keyword and self.server.keywords:
            wanted.append(("keyword", self.account.keyword))
        for step, flag in wanted:
            with self._step(step, ref.mailbox):
                mail = folder.mails.get(ref.uid)
                if mail is not None:
                    mail.flags |= {flag}
        return Marks(self.account.flag, dict(wanted).get("keyword", ""))

    def unmark(self, ref: Ref, marks: Marks) -> None:
        folder = self.server.folders[ref.mailbox]
        if folder.uidvalidity != ref.uidvalidity:
            raise MailboxError("uidvalidity-changed", mailbox=ref.mailbox)
        for flag in ("\\Flagged" if marks.flag else "", marks.keyword):
            with self._step("unflag", ref.mailbox):
                if ref.uid in folder.mails:
                    folder.mails[ref.uid].flags -= {flag}

    def answered(self, letter: Letter) -> str | None:
        if letter.in_reply_to is None:
            return None
        with self._step("answered"):
            for role, name in (("Sent", self.sent), ("Drafts", self.drafts)):
                for mail in self._mails(name):
                    if self._answers(mail, letter, is_draft=role == "Drafts"):
                        return role
        return None

    def left(self, letter: Letter) -> bool:
        with self._step("left"):
            return any(self._copies(name, letter) for name in (self.sent, self.trash))

    def lying(self, letters: Sequence[Laid]) -> dict[str, Found]:
        with self._step("lying", self.drafts):
            return {each.message_id: self._found(each) for each in letters}

    def _found(self, letter: Laid) -> Found:
        copies = [
            copy
            for copy in self._copies(self.drafts, letter)
            if "\\Deleted" not in self._there(self.drafts).mails[copy.ref.uid].flags
        ]
        answering = any(
            letter.in_reply_to in _head(mail.raw).thread
            and not any(map(self.is_ours, _head(mail.raw).own))
            for mail in self._mails(self.drafts)
        )
        for copy in copies:
            if copy.as_laid or copy.raw_digest == letter.stored.raw_digest:
                return Found(Lying.UNTOUCHED, copy, answering)
        if copies or answering:
            return Found(Lying.CHANGED)
        return Found(Lying.BINNED if self._copies(self.trash, letter) else Lying.NOWHERE)

    def find(self, letter: Letter) -> Stored | None:
        with self._step("find"):
            for name in (self.drafts, self.sent, self.trash):
                if found := self._copies(name, letter):
                    return found[-1]
        return None

    def append(self, letter: Letter) -> Stored:
        with self._step("append", self.drafts):
            if self.drafts not in self.server.folders:
                raise AccountError("drafts-missing", account=self.account.name)
            uid = self.server.deliver(self.drafts, letter.raw, flags=("\\Draft", "\\Seen"))
        with self._step("read-back", self.drafts):
            return self._stored(self.drafts, uid, letter)

    def copies(self, letter: Letter) -> list[Stored]:
        with self._step("copies", self.drafts):
            return self._copies(self.drafts, letter)

    def remove(self, copies: Iterable[Stored]) -> int:
        removed = 0
        for copy in copies if self.server.uidplus else ():
            with self._step("remove", copy.ref.mailbox):
                folder = self.server.folders[copy.ref.mailbox]
                if (
                    copy.ref.mailbox == self.drafts
                    and copy.ref.uid in folder.mails
                    and self._stored(copy.ref.mailbox, copy.ref.uid) == copy
                ):
                    self.server.expunge(copy.ref.mailbox, copy.ref.uid)
                    removed += 1
        return removed

    def bears(self, mailbox: str, message_id: str) -> bool:
        with self._step("bears", mailbox):
            mails = [*self._mails(mailbox), *self._mails(self.trash)]
            return any(message_id.encode() in mail.raw for mail in mails)

    def deliver(self, mailbox: str, raw: bytes) -> None:
        with self._step("deliver", mailbox):
            self.server.deliver(mailbox, raw)

    def wait(self, mailbox: str, seconds: float, moved: Callable[[Status], bool]) -> bool:
        if moved(self.open(mailbox)):
            return True
        with self._step("wait"), self.server.changed:
            self.server.changed.wait_for(
                lambda: self._take_interrupt() or self.server.version != self._seen, seconds
            )
            return self.server.version != self._seen

    def interrupt(self) -> None:
        with self.server.changed:
            self._interrupted = True
            self.server.changed.notify_all()

    def close(self) -> None:
        self._closed = True

    @contextmanager
    def _step(self, step: str, name: str = "") -> Iterator[None]:
        """A step at the server. What goes wrong there ends the line, unless it is a refusal."""
        if self._closed:
            raise MailboxError("connection-lost", account=self.account.name)
        self._suffer("before", step)
        yield
        self.server.log.append((step, name))
        self._suffer("after", step)

    def _suffer(self, moment: str, step: str) -> None:
        try:
            self.server.fault(moment, step)
        except Refusal:
            raise
        except BaseException:
            self._closed = True
            raise

    def _take_interrupt(self) -> bool:
        was, self._interrupted = self._interrupted, False
        return was

    def _open(self) -> Status:
        assert self.status is not None, "no mailbox is open"
        return self.status

    def _folder(self) -> Folder:
        folder = self.server.folders[self._open().mailbox]
        if folder.uidvalidity != self._open().uidvalidity:
            raise MailboxError("uidvalidity-changed", mailbox=self._open().mailbox)
        return folder

    def _fetched(self, uid: int) -> Fetched:
        ref = Ref(self._open().mailbox, self._open().uidvalidity, uid)
        gone = Fetched(ref, None, 0, frozenset(), None, truncated=False)
        mail = self._folder().mails.get(uid)
        if mail is None or "\\Deleted" in mail.flags:
            return gone
        size = len(mail.raw)
        whole = replace(
            gone, raw=mail.raw, size=size, flags=mail.flags, internal_date=mail.internal_date
        )
        if size <= self.account.max_size:
            return whole
        return replace(whole, raw=mail.raw[:HEAD], truncated=True)

    def _stored(self, name: str, uid: int, letter: Letter | None = None) -> Stored:
        folder = self.server.folders[name]
        return Stored.of(Ref(name, folder.uidvalidity, uid), folder.mails[uid].raw, letter)

    def _copies(self, name: str, letter: Letter) -> list[Stored]:
        return [
            self._stored(name, uid, letter)
            for uid, mail in sorted(self._there(name).mails.items() if name else ())
            if letter.message_id in _ids(mail.raw, "Message-ID")
        ]

    def _answers(self, mail: Mail, letter: Letter, *, is_draft: bool) -> bool:
        own, answers = _ids(mail.raw, "Message-ID"), _ids(mail.raw, "In-Reply-To")
        if is_draft and any(map(self.is_ours, own)):
            return letter.in_reply_to in answers and letter.message_id not in own
        return letter.in_reply_to in (*answers, *_ids(mail.raw, "References"))

    def _there(self, name: str) -> Folder:
        """A folder; as a server refuses to select one that is gone."""
        if name not in self.server.folders:
            raise Refusal("server-refused", command="SELECT", answer="NO", code="NONEXISTENT")
        return self.server.folders[name]

    def _mails(self, name: str) -> list[Mail]:
        return list(self._there(name).mails.values()) if name else []


@lru_cache(1000)
def _head(raw: bytes) -> Head:
    answers = frozenset(_ids(raw, "In-Reply-To"))
    return Head(
        frozenset(_ids(raw, "Message-ID")), answers, answers | frozenset(_ids(raw, "References"))
    )


@lru_cache(1000)
def _ids(raw: bytes, name: str) -> tuple[str, ...]:
    """The ids in all header fields of that name."""
    values = email.message_from_bytes(raw).get_all(name, [])
    return tuple(found for value in values for found in re.findall(r"<[^<>\s]+>", str(value)))
