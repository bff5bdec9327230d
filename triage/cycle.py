"""One message's way through the house, top to bottom.

`cycle` looks once at every mailbox of an account: list, skip what is done, fetch, read, judge,
mark, compose, intend; then every letter that is due: look, append, remember. Detail lives one
floor down. The power may fail on every line: whatever is half done then is found again by the next
cycle, from the ledger (intent before the act) and from the server (every draft bears an id that can
be computed again). What fails for one message, or one letter, puts off that one and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from triage import event
from triage.errors import (
    AccountError,
    AppendRefused,
    AppendUnknown,
    MailboxError,
    MessageError,
    Refusal,
    TriageError,
)
from triage.fate import forbidden, wait
from triage.finding import (
    Finding,
    answer,
    arrival,
    consider,
    failed,
    guarded,
    only_listed,
    undrafted,
)
from triage.follow import catch_up, flags, follow, sweep
from triage.message import read
from triage.place import Fetched, Letter, Ref, Status, Stored, as_found
from triage.record import Done, Judged, Marks, OpenDraft
from triage.reopen import is_settled, reopen, thread_of
from triage.story import Look, Story
from triage.taxonomy import Outcome
from triage.trace import MATTER, earlier, trace
from triage.uids import candidates, reassigned

# The same writer, the same text within so many seconds is a repeat: seven days.
REPEAT = 7 * 86400.0
# SEARCH SINCE counts in days, of the server's own zone: a day more is listed than asked for.
DAY = 86400.0
# After a FETCH that broke off, so many of the next messages are fetched one by one: one of them may
# be the cause, and no batch holds more.
SUSPECTS = 100
# A server that says OK so often and then has no such letter keeps it under another name, or not at
# all: one more would only be one more.
SWALLOWED = 3
NO_MARKS = Marks()


def cycle(story: Story) -> None:
    """Every mailbox of the account, once, and every letter that is due."""
    if error := story.desk.orders.renew():
        story.emit(event.OrdersNotRead(error))
    since = story.ledger.since(story.now, story.account.look_back)
    answers = follow(story)
    for mailbox in story.account.mailboxes:
        _watch(story, mailbox, since, listed=False)
    for mailbox in story.account.listed:
        _watch(story, mailbox, since, listed=True)
    _put_all(story)
    for swept in story.ledger.sweeps(story.now):
        sweep(story, swept)
    if answers:
        catch_up(story)


def _watch(story: Story, mailbox: str, since: float, *, listed: bool) -> None:
    """One mailbox: every message that is not finished."""
    try:
        status = story.mailboxes.open(mailbox, read_only=listed)
    except AccountError as error:
        if mailbox == story.account.mailboxes[0]:
            raise
        story.emit(event.MailboxMissing(mailbox, error))
        return
    if not listed:
        flags(story, status)
    known = story.ledger.newest(status) if story.fresh else ()
    renumbered = reassigned(story.mailboxes, known)
    position = story.ledger.enter(status, _since(story, since), renumbered=renumbered)
    story.ledger.listed(status, list(candidates(story.mailboxes, status, position)))
    for batch in _fetch(story, status, story.ledger.unfinished(status, story.now)):
        _handle(story, batch, Look(status, since, listed))
        _put_all(story)
        if story.stopping():
            return


def _since(story: Story, since: float) -> float:
    """From when on a mailbox met for the first time, or under a new UIDVALIDITY, is read."""
    last = story.ledger.last_success()
    recent = story.now - story.account.look_back
    return max(since, recent if last is None else min(recent, last)) - DAY


def _fetch(story: Story, status: Status, todo: Sequence[int]) -> Iterator[Sequence[Fetched]]:
    """The messages to be handled, in batches. After a FETCH that broke off the suspects come one by
    one, each counted before it is asked for: a mail that breaks the line every time is put off,
    given up in the end, and keeps no other waiting."""
    if story.ledger.troubled(status):
        for uid in todo[:SUSPECTS]:
            ref = Ref(status.mailbox, status.uidvalidity, uid)
            if not _fail(story, ref, MessageError("fetch-broke-off")):
                yield from story.mailboxes.fetch([uid])
        story.ledger.trouble(status, there_is=False)
        todo = todo[SUSPECTS:]
    try:
        yield from story.mailboxes.fetch(todo) if todo else ()
    except MailboxError as error:  # a busy server says nothing of any mail
        story.ledger.trouble(status, there_is=error.kind != "server-busy")
        raise


def _handle(story: Story, batch: Sequence[Fetched], look: Look) -> None:
    """A fetched batch, written in one transaction: when the cycle breaks before that it is read
    again, which changes nothing."""
    done: list[tuple[Done, Finding | None]] = []
    for fetched in batch:
        if story.stopping():
            break
        try:
            before = [each for each, _ in done]
            done.append(_judge(story, fetched, before, look))
        except MessageError as error:
            _fail(story, fetched.ref, error)
    _finish(story, done)


def _finish(story: Story, done: Sequence[tuple[Done, Finding | None]]) -> None:
    """All in one transaction; should one message break it, each in its own."""
    try:
        guarded(lambda: story.ledger.finish([each for each, _ in done], story.now))
    except MessageError as error:
        if len(done) == 1:
            _fail(story, done[0][0].ref, error)
            return
        for each in done:
            _finish(story, [each])
        return
    for place, finding in done:
        if finding:
            story.emit(event.Handled(place.ref, finding))


def _judge(
    story: Story, fetched: Fetched, before: Sequence[Done], look: Look
) -> tuple[Done, Finding | None]:
    """The verdict on a message, its mark on the server, and its letter if it gets one. `before` are
    those of the same batch. MessageError, whatever breaks over what a stranger wrote."""
    if fetched.raw is None:  # expunged between SEARCH and FETCH
        return Done(fetched.ref, None), None
    raw = fetched.raw
    message = guarded(lambda: read(raw, size=fetched.size, truncated=fetched.truncated))
    known = next((each.judged for each in before if each.digest == message.digest), None)
    known = known or story.ledger.known(message.digest)
    if known and (look.listed or not known.provisional):  # seen at another place
        return Done(fetched.ref, message.digest), None

    now = story.clock()
    arrived = arrival(message, fetched.internal_date, now)
    if arrived.timestamp() < look.since:
        finding = Finding(Outcome.SKIPPED, "old", message)
    else:
        finding = consider(story.desk, message)
    if look.listed:
        finding = only_listed(finding)
    left = guarded(lambda: trace(finding, message, arrived, now, provisional=look.listed))
    marks = _mark(story, fetched) if finding.verdict and finding.verdict.flagged else NO_MARKS
    finding = _repeated(story, finding, left, before)
    if look.listed:
        left = trace(finding, message, arrived, now, provisional=True)
        return Done(fetched.ref, message.digest, left), finding
    finding = _again(story, finding, left, before)
    finding = answer(story.desk, finding, now, answered=fetched.answered)
    opened = reopen(story, finding, left, before, status=look.status, now=now)
    finding, gone, why = opened.finding, opened.superseded, opened.why
    left = trace(finding, message, arrived, now, provisional=False)
    done = Done(fetched.ref, message.digest, left, finding.draft, marks, gone, why)
    return replace(done, thread=thread_of(finding), settled=is_settled(finding)), finding


def _mark(story: Story, fetched: Fetched) -> Marks:
    """A flag is a help to the owner; without it the story goes on. Returns what was not there
    before."""
    try:
        return story.mailboxes.mark(fetched.ref).beside(fetched.flags)
    except Refusal as error:
        story.emit(event.NotMarked(fetched.ref, error))
        return NO_MARKS


def _repeated(story: Story, finding: Finding, left: Judged, before: Sequence[Done]) -> Finding:
    """The same letter again is not answered again. Asked only where it matters."""
    doubtful = finding.outcome in {Outcome.FLAGGED, Outcome.UNSURE}
    if not doubtful and undrafted(finding, story.desk.shop):
        return finding
    again = any(each.judged and each.judged.echo == left.echo for each in before)
    if again or story.ledger.echoed(left.echo, left.digest, story.now - REPEAT):
        return replace(finding, outcome=Outcome.REPEAT, reason="repeat")
    return finding


def _again(story: Story, finding: Finding, left: Judged, before: Sequence[Done]) -> Finding:
    """Whether the customer has complained of the same matter before: read earlier, or beside it."""
    message = finding.message
    if message is None or left.complainant is None or finding.outcome is Outcome.REPEAT:
        return finding
    known = story.ledger.complaints(left.complainant, left.arrived - MATTER, left.arrived)
    beside = [each.judged for each in before if each.judged]
    found = guarded(lambda: earlier(left, message, [*known, *beside], story.clock().tzinfo))
    return replace(finding, earlier=found)


def _fail(story: Story, ref: Ref, error: MessageError) -> bool:
    """One bad mail is one bad mail: put off with its reason, in the end given up and listed."""
    given_up = story.ledger.failed(ref, error, story.now)
    if given_up or error.kind != "fetch-broke-off":  # which is only feared, before it is asked for
        story.emit(event.Handled(ref, failed(error), given_up))
    return given_up


def _put_all(story: Story) -> None:
    """Every letter that is due, the oldest first."""
    for draft in story.ledger.open_drafts(story.now):
        if story.stopping():
            return
        _put(story, draft)


def _put(story: Story, draft: OpenDraft) -> None:
    """Brings a draft to the server: looked for first, then appended, read back, remembered. What
    fails puts off this draft, longer each time; a broken line or a busy server ends the cycle."""
    try:
        stored = story.mailboxes.find(draft)
        if found := stored is not None:
            stored = as_found(stored)
        else:
            former = story.ledger.former(draft.message_id)
            lying = story.mailboxes.lying(former) if former else {}
            removes = story.mailboxes.removes
            if why := _unwanted(story, draft) or forbidden(former, lying, removes=removes):
                story.ledger.dropped(draft.message_id, why, story.now)
                story.emit(event.DraftDropped(draft.message_id, why))
                return
            if until := wait(former, lying, story.now):
                story.ledger.held(draft.message_id, until)
                return
            stored = _append(story, draft)
    except Exception as error:
        settle = story.account.append_settle if isinstance(error, AppendUnknown) else 0.0
        swallowed = isinstance(error, AppendUnknown) and error.kind == "append-not-found"
        story.ledger.delayed(draft.message_id, story.now, settle, swallowed=swallowed)
        if isinstance(error, TriageError):
            story.emit(event.DraftDelayed(draft.message_id, error))
        if not isinstance(error, Refusal) or error.kind == "server-busy":
            raise
        return
    story.ledger.stored(draft.message_id, stored, story.now)
    story.emit(event.DraftStored(draft.message_id, stored, found))


def _unwanted(story: Story, draft: OpenDraft) -> str:
    """Why a draft is not to be stored, "" when it is: it is not needed any more, the owner was
    faster, or it is hopeless."""
    if draft.withdraw:
        return draft.withdraw
    if where := story.mailboxes.answered(draft):
        return f"answered-in-{where}"
    return "never-confirmed" if draft.swallowed >= SWALLOWED else ""


def _append(story: Story, letter: Letter) -> Stored:
    story.ledger.appending(letter.message_id, story.now, story.account.append_settle)
    try:
        return story.mailboxes.append(letter)
    except AppendRefused:
        story.ledger.refused(letter.message_id)
        raise
