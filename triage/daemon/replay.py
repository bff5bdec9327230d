"""The past run through once more, as if triage had been there: `triage replay`.

Nothing is written: not on the server, where every mailbox is opened read-only, nor on this machine,
where the ledger is in memory. Each mail is judged and answered as at the time it arrived, without
the order book, which tells how orders are today.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from triage.account import Account
from triage.cycle import cycle
from triage.daemon.desk import Outfit
from triage.daemon.rehearsal import Rehearsal
from triage.errors import MessageError
from triage.event import DraftStored, Event, Handled
from triage.finding import Finding, arrival, guarded
from triage.ledger import Ledger
from triage.mailbox import Session, connect
from triage.message import read
from triage.orders import OrderFile
from triage.place import Fetched, Found, Head, Laid, Letter, Ref, Stored
from triage.reply import is_draft_id
from triage.report.replay import DAY, Answer, Replayed, shared
from triage.story import Story
from triage.taxonomy import Outcome, SignalKind
from triage.verdict import PEOPLE

# So many characters of a complaint are kept, to be shown beside its letter.
SHOWN = 1200


class _Past(Rehearsal):
    """A connection to the mail of the past, told one by one. `moment` is when the present one
    arrived. That its owner has answered it is not known yet."""

    def __init__(self, session: Session, now: datetime) -> None:
        super().__init__(session)
        self._now = now
        self.moment = now

    @property
    def sent(self) -> str:
        """Read afterwards."""
        return ""

    def fetch(self, uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
        for batch in super().fetch(uids):
            for fetched in batch:
                stamp = fetched.internal_date or self._now
                self.moment = min(stamp.astimezone(self._now.tzinfo), self._now)
                flags = {flag for flag in fetched.flags if flag.lower() != "\\answered"}
                yield [replace(fetched, flags=frozenset(flags))]

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        return {}

    def lying(self, letters: Sequence[Laid]) -> dict[str, Found]:
        return {}

    def find(self, letter: Letter) -> Stored | None:
        return None

    def answered(self, letter: Letter) -> str | None:
        return None

    def left(self, letter: Letter) -> bool:
        return False


@dataclass
class _Told:
    """What is heard of the story."""

    account: Account
    past: _Past
    ledger: Ledger
    progress: Callable[[int], None]
    mails: list[Replayed] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if isinstance(event, DraftStored):  # the owner has done with it: a later mail is another
            self.ledger.sent(event.message_id, self.past.moment.timestamp(), 0.0)
        elif isinstance(event, Handled) and event.finding.reason != "old":
            self.mails.append(_replayed(self.account, event.ref, event.finding, self.past.moment))
            self.progress(len(self.mails))


def replay(
    account: Account,
    outfit: Outfit,
    days: float,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Replayed]:
    """The mails of the last `days` in the account's mailboxes, as they arrived, each with the
    answer that its owner sent. `progress` hears how many were read.

    Raises AccountError, MailboxError as `connect` does.
    """
    account = replace(account, look_back=days * DAY)
    ledger = Ledger.in_memory(account.address.key)
    try:
        with connect(account, is_ours=is_draft_id) as session:
            past = _Past(session, now)
            told = _Told(account, past, ledger, progress)
            desk = replace(outfit.desk(account), orders=OrderFile(None))
            cycle(Story(account, desk, past, ledger, lambda: past.moment, told, fresh=False))
            return list(_with_answers(session, told.mails, now.timestamp() - days * DAY))
    finally:
        ledger.close()


def _replayed(account: Account, ref: Ref, finding: Finding, moment: datetime) -> Replayed:
    message, verdict = finding.message, finding.verdict
    opinion = verdict.opinion if verdict else None
    arrived = arrival(message, moment, moment) if message else moment
    doubted = finding.outcome in {Outcome.FLAGGED, Outcome.REPEAT, Outcome.UNSURE}
    draft = finding.draft
    return Replayed(
        account=account.name,
        mailbox=ref.mailbox,
        uid=ref.uid,
        message_id=message.message_id if message else None,
        arrived=arrived.timestamp(),
        outcome=finding.outcome,
        reason=finding.reason,
        people=verdict is not None and verdict.origin.kind in PEOPLE,
        writer=finding.writer.addr if finding.writer else "",
        subject=message.subject if message else "",
        topic=opinion.topic if opinion and opinion.topics else None,
        complaint=opinion.complaint if opinion and opinion.known_language else None,
        harm=any(signal.kind is SignalKind.HARM for signal in finding.signals),
        text=message.body.new[:SHOWN].strip() if message and doubted else "",
        template=draft.template if draft else "",
        letter=read(draft.raw).body.new if draft else "",
        unwritten=finding.undrafted,
    )


def _with_answers(session: Session, mails: Sequence[Replayed], begin: float) -> Iterator[Replayed]:
    """The mails, each with the first answer to it in Sent."""
    answers: dict[str, Answer] = {}
    if session.sent:
        session.open(session.sent, read_only=True)
        day = datetime.fromtimestamp(max(begin - DAY, 0.0), UTC).date()
        heads = session.heads(session.uids(1, since=day))
        known = {mail.message_id for mail in mails} - {None}
        concerned = [uid for uid, head in heads.items() if known & head.thread]
        for batch in session.fetch(concerned):
            for fetched in batch:
                _note(answers, fetched, heads[fetched.ref.uid], known)
    for mail in mails:
        answer = answers.get(mail.message_id or "")
        if answer and mail.letter:
            answer = replace(answer, shared=shared(mail.letter, answer.text))
        yield replace(mail, answer=answer)


def _note(answers: dict[str, Answer], fetched: Fetched, head: Head, known: set[str | None]) -> None:
    """An answer to each of the mails that it names, unless an earlier one is known; what it answers
    itself goes before what its thread names."""
    if fetched.raw is None or fetched.internal_date is None:
        return
    raw, when, text = fetched.raw, fetched.internal_date.timestamp(), ""
    with suppress(MessageError):
        text = guarded(lambda: read(raw)).body.new
    for asked in head.answers & known or head.thread & known:
        former = answers.get(str(asked))
        if former is None or when < former.when:
            answers[str(asked)] = Answer(when, text)
