"""One message's way through the house, top to bottom.

`cycle` looks once at every mailbox of an account: list, skip what is done, fetch, read, judge,
mark, compose, intend, look, append, remember. Detail lives one floor down. The power may fail on
every line: whatever is half done then is found again by the next cycle, from the ledger (intent
before the act) and from the server (every draft bears an id that can be computed again).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from triage.account import Account
from triage.errors import AppendRefused, AppendUnknown, MessageError, TriageError
from triage.finding import Desk, Finding, answer, consider, echo, failed
from triage.message import Message, read
from triage.place import Fetched, Letter, Ref, Status, Stored
from triage.protocols import Mailboxes, Memory
from triage.record import Judged, Position, SweptDraft
from triage.taxonomy import Outcome

# How many of the last UIDs are listed again each cycle: a server may leave some out (Gmail does).
RELIST = 300
# The same sender, the same text within so many seconds is a repeat: seven days.
REPEAT = 7 * 86400.0
# A message or draft that failed is tried again after so many seconds, longer each time.
RETRY = 60.0
# First contact and a new UIDVALIDITY list a day more than asked: SEARCH SINCE counts in days, of
# the server's own zone.
DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Handled:
    """A message was judged. `given_up` says of a failed one that it is not tried again."""

    ref: Ref
    finding: Finding
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class DraftStored:
    """A draft lies on the server."""

    message_id: str
    stored: Stored


@dataclass(frozen=True, slots=True)
class DraftDropped:
    """A draft was not needed any more: `why` is a code."""

    message_id: str
    why: str


@dataclass(frozen=True, slots=True)
class DraftDelayed:
    """A draft could not be stored now and is tried again later."""

    message_id: str
    error: TriageError


@dataclass(frozen=True, slots=True)
class CopiesRemoved:
    """Late second copies of a draft were removed."""

    message_id: str
    count: int


Event = Handled | DraftStored | DraftDropped | DraftDelayed | CopiesRemoved


@dataclass(frozen=True, slots=True)
class Story:
    """Who takes part. `clock` gives aware times in the owner's zone; once `stopping` says so the
    cycle ends after the message it is at."""

    account: Account
    desk: Desk
    mailboxes: Mailboxes
    ledger: Memory
    clock: Callable[[], datetime]
    emit: Callable[[Event], None]
    stopping: Callable[[], bool] = lambda: False

    @property
    def now(self) -> float:
        return self.clock().timestamp()


def cycle(story: Story) -> None:
    """Every mailbox of the account, once."""
    since = story.ledger.since(story.now, story.account.look_back)
    for draft in story.ledger.open_drafts(story.now):  # what an earlier cycle had to leave
        if story.stopping():
            return
        _put(story, draft, draft.attempts)
    for mailbox in story.account.mailboxes:
        _watch(story, mailbox, since, listed=False)
    for mailbox in story.account.listed:
        _watch(story, mailbox, since, listed=True)
    for swept in story.ledger.sweeps(story.now):
        _sweep(story, swept)


def _watch(story: Story, mailbox: str, since: float, *, listed: bool) -> None:
    """One mailbox: every message that is not finished."""
    status = story.mailboxes.open(mailbox, read_only=listed)
    position = story.ledger.enter(status, _since(story, since))
    story.ledger.listed(status, _list(story.mailboxes, status, position))
    todo = story.ledger.unfinished(status, story.now)
    for batch in story.mailboxes.fetch(todo) if todo else ():
        if story.stopping():
            return
        _handle(story, batch, since, listed=listed)


def _since(story: Story, since: float) -> float:
    """From when on a mailbox met for the first time, or under a new UIDVALIDITY, is read."""
    last = story.ledger.last_success()
    recent = story.now - story.account.look_back
    return max(since, recent if last is None else min(recent, last)) - DAY


def _list(mailboxes: Mailboxes, status: Status, position: Position) -> Iterator[int]:
    """The UIDs that may be new: all from the base on, below it only mail of the look-back."""
    first = max(1, min(position.listed, status.uidnext - RELIST))
    if first < position.base:
        day = datetime.fromtimestamp(max(position.since, 0.0), UTC).date()
        yield from mailboxes.uids(first, position.base - 1, since=day)
    yield from mailboxes.uids(max(first, position.base))


def _handle(story: Story, batch: Sequence[Fetched], since: float, *, listed: bool) -> None:
    """A fetched batch. What needs no draft is written with the next intent, or at the end: when
    the cycle breaks before that it is read again, which changes nothing."""
    places: dict[Ref, str | None] = {}
    messages: dict[str, Judged] = {}
    for fetched in batch:
        if story.stopping():
            break
        if fetched.raw is None:  # expunged between SEARCH and FETCH
            places[fetched.ref] = None
            continue
        try:
            message = read(fetched.raw, size=fetched.size, truncated=fetched.truncated)
            known = messages.get(message.digest) or story.ledger.known(message.digest)
            if known and (listed or not known.provisional):  # seen at another place
                places[fetched.ref] = message.digest
                continue
            finding, judged = _judge(story, fetched, message, messages, since, listed=listed)
        except MessageError as error:
            _fail(story, fetched.ref, error)
            continue
        places[fetched.ref] = message.digest
        messages[message.digest] = judged
        if finding.draft:
            story.ledger.intend(finding.draft, story.now, places, messages.values())
            places, messages = {}, {}
        story.emit(Handled(fetched.ref, finding))
        if finding.draft:
            _put(story, finding.draft)
    story.ledger.finish(places, messages.values())


def _judge(
    story: Story,
    fetched: Fetched,
    message: Message,
    batch: Mapping[str, Judged],
    since: float,
    *,
    listed: bool,
) -> tuple[Finding, Judged]:
    """The verdict on a message, its mark on the server, and its letter if it gets one."""
    now = story.clock()
    arrived = _arrived(fetched, message, now).timestamp()
    mark = echo(message)
    if arrived < since:
        finding = Finding(Outcome.SKIPPED, "old", message)
    else:
        finding = consider(story.desk, message)
    again = any(mark == other.echo for other in batch.values()) or story.ledger.echoed(
        mark, message.digest, now.timestamp() - REPEAT
    )
    if listed:
        finding = _only_listed(finding)
    elif finding.verdict and finding.verdict.flagged:
        story.mailboxes.mark(fetched.ref)
    if again and finding.outcome in {Outcome.FLAGGED, Outcome.UNSURE}:
        finding = replace(finding, outcome=Outcome.REPEAT, reason="repeat")
    finding = answer(story.desk, finding, now)
    if finding.draft and (where := _answered(story, fetched, message)):
        finding = replace(finding, draft=None, undrafted=where)
    verdict = finding.verdict
    opinion = verdict.opinion if verdict else None
    return finding, Judged(
        digest=message.digest,
        message_id=message.message_id,
        echo=mark,
        arrived=arrived,
        judged=now.timestamp(),
        outcome=finding.outcome,
        reason=finding.reason,
        origin=verdict.origin.kind if verdict else "",
        topic=opinion.topic if opinion else None,
        complaint=opinion.complaint if opinion else None,
        language=opinion.language if opinion else None,
        undrafted=finding.undrafted,
        provisional=listed,
    )


def _arrived(fetched: Fetched, message: Message, now: datetime) -> datetime:
    """When the mail reached the owner's server. Received outlives a move to another mailbox."""
    return message.received or fetched.internal_date or message.date or now


def _answered(story: Story, fetched: Fetched, message: Message) -> str:
    """Where the owner has answered, or is answering, already: a code, "" when nowhere."""
    if "\\answered" in {flag.lower() for flag in fetched.flags}:
        return "answered"
    where = message.message_id and story.mailboxes.answered(message.message_id)
    return f"answered-in-{where}" if where else ""


def _only_listed(finding: Finding) -> Finding:
    """In a folder that is only listed (Junk) a complaint is shown to the owner, nothing more."""
    if finding.outcome is Outcome.FLAGGED:
        return replace(finding, outcome=Outcome.UNSURE, reason="complaint-in-junk")
    return finding


def _fail(story: Story, ref: Ref, error: MessageError) -> None:
    """One bad mail is one bad mail: set aside with its reason, tried again, then listed."""
    given_up = story.ledger.failed(ref, error, story.now + RETRY)
    story.emit(Handled(ref, failed(error), given_up))


def _put(story: Story, letter: Letter, attempts: int | None = None) -> None:
    """Brings a draft to the server: looked for first, then appended, read back, remembered.

    `attempts` counts the APPENDs of a draft that an earlier cycle left; None for a new one.
    """
    stored = story.mailboxes.find(letter)
    if stored is None:
        if attempts is not None and _owner_was_faster(story, letter):
            return
        settle = story.account.append_settle
        story.ledger.appending(letter.message_id, story.now, settle)
        try:
            stored = story.mailboxes.append(letter)
        except AppendRefused as error:
            wait = RETRY * 2 ** min(attempts or 0, 6)
            story.ledger.refused(letter.message_id, story.now + wait)
            story.emit(DraftDelayed(letter.message_id, error))
            return
        except AppendUnknown as error:
            story.ledger.unknown(letter.message_id, story.now, settle)
            story.emit(DraftDelayed(letter.message_id, error))
            raise  # the connection is gone, and with it this cycle
    story.ledger.stored(letter.message_id, stored, story.now)
    story.emit(DraftStored(letter.message_id, stored))


def _owner_was_faster(story: Story, letter: Letter) -> bool:
    """While a draft waited the owner may have answered: then it is not wanted any more."""
    if not (letter.in_reply_to and story.mailboxes.answered(letter.in_reply_to)):
        return False
    story.ledger.dropped(letter.message_id, "answered")
    story.emit(DraftDropped(letter.message_id, "answered"))
    return True


def _sweep(story: Story, swept: SweptDraft) -> None:
    """A late first copy beside the second: one is kept, and none that the owner has touched."""
    copies = story.mailboxes.copies(swept)
    if removed := story.mailboxes.remove(superfluous(copies, swept.stored)):
        story.emit(CopiesRemoved(swept.message_id, removed))
    story.ledger.swept(swept.message_id, story.now)


def superfluous(copies: Sequence[Stored], stored: Stored) -> list[Stored]:
    """Of the copies of one draft those that are too many: untouched, and beside another one.

    A copy is untouched when it is byte for byte what was read back after the APPEND. One that the
    owner touched makes every untouched one superfluous; else the one first stored is kept.
    """
    untouched = sorted(
        (copy for copy in copies if copy.raw_digest == stored.raw_digest),
        key=lambda copy: (copy.ref != stored.ref, copy.ref),
    )
    return untouched if len(untouched) < len(copies) else untouched[1:]
