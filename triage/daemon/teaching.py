"""What the owner teaches by moving mails about, learned after each cycle of an account.

Nothing here changes a mail or a folder, but that the teaching folders are made. What fails is told
once and tried again after a while: the watching goes on.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from triage.account import Account
from triage.daemon.backoff import Aside
from triage.daemon.events import LessonsHeard, TeachingFailed, TeachingRefused, Told
from triage.daemon.failure import ours
from triage.errors import AccountError
from triage.learning.labels import Label, read_taught, taught_file, write_taught
from triage.learning.teaching import (
    Said,
    folders,
    heard,
    label,
    look,
    renumbered,
    settled,
    word,
)
from triage.ledger import Ledger
from triage.mailbox import Session
from triage.origin import House
from triage.place import Fetched, Ref, Status
from triage.record import Taught

# So many mails are read in one look, within so many seconds: then it is the inbox's turn again.
MOST = 500
SECONDS = 5.0
# After a look that failed, so many mails are read one by one: one of them may be the cause.
FEW = 20


class Teacher:
    """One account's, connection after connection. Used by one thread."""

    def __init__(
        self,
        account: Account,
        state: Path,
        clock: Callable[[], datetime],
        tell: Callable[[Told], None],
    ) -> None:
        self._account, self._clock, self._tell = account, clock, tell
        self._file = taught_file(state, account.address.key)
        self._house = House(account.addresses, account.own_lists)
        self._names = folders(topics=account.teaching_topics)
        self._session: Session | None = None
        self._folders: Mapping[str, Said] = {}  # by the names the server knows them by
        self._seen: dict[str, Status] = {}  # each folder as it was when all of it was read
        self._changed: dict[str, bool] = {}  # in this look: digests, and whether a label was given
        self._told = set[str]()
        self._aside = Aside()

    def look(
        self, session: Session, ledger: Ledger, stopping: Callable[[], bool] = lambda: False
    ) -> bool:
        """One look at the teaching folders. Whether there is more to be read than one look may
        take. Raises nothing."""
        if not self._account.teaching or self._aside.waits(self._now()):
            return False
        try:
            more = self._look(session, ledger, stopping)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the inbox is watched
            error = ours(failure)
            self._session = None
            self._aside.failed(self._now())
            if not stopping():
                self._once(error.kind, TeachingFailed(error))
            return False
        self._aside.went()
        return more

    def _look(self, session: Session, ledger: Ledger, stopping: Callable[[], bool]) -> bool:
        if session is not self._session:
            self._lay(session)
        self._outlive(ledger)
        self._changed.clear()
        taken: list[Taught] = []  # last of all: what was moved lies in another folder by then
        try:
            return self._read_all(session, ledger, stopping, taken)
        finally:
            self._learn(ledger, (), taken)
            new = sum(self._changed.values())
            if self._changed:
                self._tell(LessonsHeard(new, len(self._changed) - new))

    def _read_all(
        self,
        session: Session,
        ledger: Ledger,
        stopping: Callable[[], bool],
        taken: list[Taught],
    ) -> bool:
        """Every folder, as far as one look goes; `taken` gets what was taken out. Whether there is
        more."""
        end, left = time.monotonic() + SECONDS, FEW if self._aside.failures else MOST
        for mailbox in self._folders:
            status = self._open(session, mailbox)
            if status is None or status == self._seen.get(mailbox):
                continue
            known = ledger.taught_in(mailbox)
            if renumbered(status, known):
                ledger.renumbered(mailbox)
                known = ()
            found = look(status, frozenset(session.uids(1)), known)
            taken += found.gone
            read: list[Fetched] = []
            try:
                for batch in self._fetch(session, ledger, status, found.unread[:left]):
                    read += batch
                    if stopping() or time.monotonic() > end:
                        break
            finally:
                self._learn(ledger, read, ())
            left -= len(read)
            if len(read) < len(found.unread):
                return not stopping()
            if found.whole:
                self._seen[mailbox] = status
        return False

    def _lay(self, session: Session) -> None:
        """On each connection once: the folders, made where they are missing."""
        laid = session.teaching(self._names, make=True)
        self._folders = {mailbox: self._names[name] for name, mailbox in laid.there.items()}
        self._seen = {}
        self._session = session
        if laid.refused:
            self._once("refused", TeachingRefused(laid.missing, laid.refused))

    def _open(self, session: Session, mailbox: str) -> Status | None:
        """None for one that has gone meanwhile: it is made again in the next look."""
        try:
            return session.open(mailbox, read_only=True)
        except AccountError:
            self._session = None
            return None

    def _fetch(
        self, session: Session, ledger: Ledger, status: Status, uids: Sequence[int]
    ) -> Iterator[Sequence[Fetched]]:
        """In batches; after a look that failed one by one, each counted before it is asked for."""
        if not self._aside.failures:
            yield from session.fetch(uids) if uids else ()
            return
        known = {each.ref: each for each in ledger.taught_in(status.mailbox)}
        for uid in uids:
            ref = Ref(status.mailbox, status.uidvalidity, uid)
            tries = known[ref].tries if ref in known else 0
            ledger.teach([Taught(ref, None, self._now(), tries + 1)], (), {}, self._now())
            yield from session.fetch([uid])

    def _learn(self, ledger: Ledger, read: Sequence[Fetched], taken: Sequence[Taught]) -> None:
        """What was read and what has gone becomes labels: first the file, then the ledger. When it
        breaks between, the same is read again."""
        gone = [each.ref for each in taken]
        places: dict[str, list[Taught]]
        places = {each.digest: ledger.taught_by(each.digest) for each in taken if each.digest}
        mails: dict[str, Label] = {}
        rows: list[Taught] = []
        for fetched in read:
            if fetched.raw is None:  # taken out again meanwhile
                gone.append(fetched.ref)
                continue
            mail = heard(fetched, self._house)
            row = Taught(fetched.ref, mail.id if mail else None, self._now())
            if mail:
                former = places.setdefault(mail.id, ledger.taught_by(mail.id))
                former[:] = [each for each in former if each.ref != row.ref]
                row, stale = settled(row, former)
                former[:] = [each for each in former if each.ref not in stale] + [row]
                gone += stale
                mails[mail.id] = mail
            rows.append(row)
        left = {
            digest: [each for each in lie if each.ref not in gone] for digest, lie in places.items()
        }
        said = self._keep(left, mails)
        if rows or gone:
            ledger.teach(rows, gone, said, self._now())

    def _keep(
        self, places: Mapping[str, Sequence[Taught]], mails: Mapping[str, Label]
    ) -> dict[str, bool | None]:
        """The file, changed where these mails lie elsewhere than before. Returns what is said of
        each: whether it is a complaint; None: nothing."""
        said: dict[str, bool | None] = {}
        if not places:
            return said
        former = read_taught(self._file)
        labels = dict(former)
        for digest, lie in places.items():
            place = word(lie, list(self._folders))
            mail = mails.get(digest) or former.get(digest)
            if place is None or mail is None:
                labels.pop(digest, None)
                said[digest] = None
            elif place.ref.mailbox in self._folders:
                source = f"{self._account.name}: {place.ref.mailbox}"
                labels[digest] = label(mail, self._folders[place.ref.mailbox], source)
                said[digest] = labels[digest].complaint
        if labels != former:
            write_taught(self._file, labels)
            both = former.keys() | labels.keys()
            changed = (each for each in both if former.get(each) != labels.get(each))
            self._changed |= {digest: digest in labels for digest in changed}
        return said

    def _outlive(self, ledger: Ledger) -> None:
        """What was learned longer ago than it may be kept goes."""
        if self._account.labels_keep is None:
            return
        if old := ledger.outlived(self._now() - self._account.labels_keep):
            labels = read_taught(self._file)
            kept = {digest: each for digest, each in labels.items() if digest not in old}
            if kept != labels:
                write_taught(self._file, kept)
            ledger.unwanted(old)

    def _once(self, key: str, told: Told) -> None:
        if key not in self._told:
            self._told.add(key)
            self._tell(told)

    def _now(self) -> float:
        return self._clock().timestamp()
