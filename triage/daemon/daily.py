"""The daily digest: gathered after a cycle of an account, and laid into its inbox once a day.

Nothing here changes a mail. What fails is told once and tried again after a while: the watching
goes on. The digest's Message-ID is that of its day: before each APPEND it is looked for.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from triage.account import Account
from triage.daemon.backoff import Aside
from triage.daemon.events import DigestFailed, DigestLaid, Told
from triage.daemon.failure import ours
from triage.errors import AccountError, MessageError
from triage.finding import Desk, consider, guarded, matter
from triage.ledger import Ledger, history
from triage.mailbox import Session
from triage.message import read
from triage.order import Mention, Order
from triage.origin import daily_id, undelivered
from triage.place import Fetched, Ref
from triage.reply import address_key
from triage.report.daily import LONGEST, Case, Daily, Seen, Span, Unreached, gather, ordered, weekly
from triage.report.dailymail import Content, mail
from triage.report.log import Line
from triage.report.standing import standings
from triage.report.strongest import harmless, strongest

# So many mails are looked at again for one digest, the newest ones.
MOST = 40
# So often a digest is appended whose arrival nobody confirmed, and then no more on that day.
TRIES = 3
# The first digest tells of so many days.
FIRST = 7 * 86400.0

Wording = Callable[[Daily], Content]


class Herald:
    """One account's, connection after connection. Used by one thread. `accounts` are all there are:
    the digest of one tells of the others that are not well."""

    def __init__(
        self,
        account: Account,
        state: Path,
        accounts: Sequence[Account],
        *,
        wording: Wording | None,
        clock: Callable[[], datetime],
        tell: Callable[[Told], None],
    ) -> None:
        self._account, self._accounts, self._wording = account, accounts, wording
        self._state = state
        self._clock, self._tell = clock, tell
        self._aside = Aside()
        self._quiet: date | None = None  # the day that is done with

    def look(self, session: Session, ledger: Ledger, desk: Desk) -> None:
        """Lays the digest if it is due. Raises nothing."""
        now = self._clock()
        if not self._account.digest or not self._wording or self._aside.waits(now.timestamp()):
            return
        if now.date() == self._quiet or now.time() < self._account.digest:
            return
        try:
            self._look(session, ledger, desk, now, self._wording)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the inbox is watched
            if not self._aside.failures:
                self._tell(DigestFailed(ours(failure)))
            self._aside.failed(now.timestamp())
            return
        self._aside.went()

    def _look(
        self, session: Session, ledger: Ledger, desk: Desk, now: datetime, wording: Wording
    ) -> None:
        day = now.date()
        known = ledger.daily(day)
        if known and known.done is not None:
            self._quiet = day
            return
        message_id = daily_id(self._account.address.addr, day)
        inbox = self._account.mailboxes[0]
        if session.bears(inbox, message_id):  # laid, and cut off before that could be noted
            self._done(ledger, day, now)
            return
        if known and known.tries:
            if now.timestamp() < known.begun + self._account.append_settle:
                return  # it may be on its way
            if known.tries >= TRIES:
                self._done(ledger, day, now)
                return
        before, since = ledger.last_daily() or (None, now.timestamp() - FIRST)
        daily = self._gathered(session, ledger, desk, Span(day, since, now))
        daily = replace(daily, weekly=weekly(day, before))
        if not (daily.says or daily.weekly):
            self._done(ledger, day, now)
            return
        raw = mail(wording(daily), self._account.address, message_id, now)
        ledger.appends_daily(day, now.timestamp())
        session.deliver(inbox, raw)
        self._done(ledger, day, now)
        self._tell(DigestLaid(inbox))

    def _done(self, ledger: Ledger, day: date, now: datetime) -> None:
        ledger.daily_done(day, now.timestamp())
        self._quiet = day

    def _gathered(self, session: Session, ledger: Ledger, desk: Desk, span: Span) -> Daily:
        """What there is to tell, with what a second look at the mails themselves shows."""
        moment = span.now.timestamp()
        state, key = self._state, self._account.address.key
        with closing(history(state, key, min(span.since, moment - LONGEST))) as told:
            daily, reports = gather(told, self._account.name, span, desk.shop)
        asks = {each.digest for each in ledger.laid() if asking(each.raw)}
        places = {ref: case for case in (*daily.waiting, *daily.unsure) for ref in self._at(case)}
        mails = self._mails(session, list(places) + [ref for one in reports for ref in one.places])
        waiting, unsure = (
            [self._looked_at(case, mails, desk, asks) for case in cases]
            for cases in (daily.waiting, daily.unsure)
        )
        unreached = {
            addr: Unreached(addr, _order(desk, daily, addr))
            for one in reports
            for ref in one.places
            if (raw := mails.get(ref))
            for addr in undelivered(raw)
        }
        ill = [
            each
            for each in standings(state, self._accounts, span.now)
            if each.account != self._account.name and not each.well
        ]
        return replace(
            daily,
            waiting=ordered(waiting, moment),
            unsure=tuple(case for case in unsure if not case.moved),
            unreached=tuple(unreached.values()),
            reports=len(reports) if not unreached else 0,
            ill=tuple(ill),
        )

    def _at(self, case: Case) -> list[Ref]:
        """Where a mail lies, in the folders that are watched."""
        return [ref for ref in case.line.places if ref.mailbox in self._account.mailboxes]

    def _mails(self, session: Session, refs: Sequence[Ref]) -> dict[Ref, bytes | None]:
        """The newest of these, as far as they can be had: None for one that is gone."""
        found: dict[Ref, bytes | None] = {}
        for mailbox in dict.fromkeys(ref.mailbox for ref in refs):
            with suppress(AccountError):  # the folder is gone: the cycle says so
                status = session.open(mailbox, read_only=True)
                here = [ref for ref in refs if ref.mailbox == mailbox]
                uids = [ref.uid for ref in here if ref.uidvalidity == status.uidvalidity]
                lie = set(session.uids(min(uids), max(uids))) if uids else set()
                found |= {
                    Ref(mailbox, status.uidvalidity, uid): None for uid in uids if uid not in lie
                }
                newest = sorted(lie.intersection(uids))[-MOST:]
                for fetched in _each(session, newest):
                    found[fetched.ref] = fetched.raw
        return found

    def _looked_at(
        self, case: Case, mails: dict[Ref, bytes | None], desk: Desk, asks: set[str]
    ) -> Case:
        refs = self._at(case)
        raw = next((mails[ref] for ref in refs if mails.get(ref)), None)
        gone = bool(refs) and all(ref in mails and mails[ref] is None for ref in refs)
        asked = case.digest in asks
        seen = None
        if raw is not None:
            with suppress(MessageError):
                seen = _seen(desk, raw)
        return replace(case, moved=gone, asks=asked, seen=seen)


def _each(session: Session, uids: Sequence[int]) -> Iterator[Fetched]:
    for batch in session.fetch(uids) if uids else ():
        yield from batch


def _seen(desk: Desk, raw: bytes) -> Seen:
    """MessageError, whatever breaks over what a stranger wrote."""
    message = guarded(lambda: read(raw))
    finding = consider(desk, message)
    if finding.verdict is None:
        return Seen()
    who = finding.verdict.origin
    quote = guarded(lambda: strongest(desk.judge, matter(message, who)))
    name = harmless(finding.writer.name) if finding.writer else ""
    return Seen(name, quote, finding.match.order if finding.match else None)


def asking(raw: bytes) -> bool:
    """Whether a letter has places that only its owner can fill in: then it has no recipient."""
    with suppress(MessageError):
        return bool(raw) and not read(raw).to
    return False


def _order(desk: Desk, daily: Daily, addr: str) -> Order | None:
    """The order of somebody whom no mail reaches: it may say where he lives."""
    key = address_key(addr)
    known: Line | None = next(
        (case.line for case in daily.waiting if address_key(case.line.sender or "") == key), None
    )
    numbers = [known.order] if known and known.order else []
    mentions = [Mention(numbers, key), Mention(address=key)] if key else []
    found = (desk.orders.find(each) for each in mentions)
    return next((match.order for match in found if match and match.own), None)
