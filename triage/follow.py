"""What becomes of the letters once they lie in Drafts, and whom the owner has answered himself.

Once a cycle, before anything new is read: how each letter lies that was laid, what is new in Sent,
and which flags the complaints still bear. A letter that nobody needs any more is taken away, when
it is half an hour old and nobody has touched it. What is not certain is left as it is, and looked
at again a minute later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from triage import event
from triage.errors import AccountError, MessageError, Refusal
from triage.fate import changed, fate, is_due, used
from triage.place import Fetched, Found, Head, Lying, Ref, Status, elsewhere, superfluous
from triage.record import Asked, LaidDraft, SweptDraft
from triage.story import Story

# For so many seconds after it was judged a complaint's flags tell something: ninety days.
TELLS = 90 * 86400.0
DAY = 86400.0
# A server may leave out what is there: so many UIDs of Sent are asked for again.
BEHIND = 300
ANSWERED, FLAGGED = "\\answered", "\\flagged"


def follow(story: Story) -> bool:
    """One look at Drafts and at Sent; whether there is news in Sent, which is to be read once more
    by `catch_up`. A folder that the server refuses is looked at next time."""
    news = False
    with _refused(story):
        laid = story.ledger.laid()
        found = story.mailboxes.lying(laid) if laid else {}
        news = _sent(story) is not None
        for draft in story.ledger.laid() if found else ():
            if draft.message_id in found:
                _look(story, draft, found[draft.message_id])
    return news


def catch_up(story: Story) -> None:
    """What is new in Sent, once new mail was judged: some of it may answer that."""
    with _refused(story):
        if status := _sent(story):
            story.ledger.reads_on(status)


@contextmanager
def _refused(story: Story) -> Iterator[None]:
    try:
        yield
    except Refusal as error:
        if error.kind == "server-busy":
            raise
        story.emit(event.NotFollowed(error))
    except AccountError as error:
        story.emit(event.MailboxMissing(story.mailboxes.sent, error))


def flags(story: Story, status: Status) -> None:
    """Of the complaints in the open mailbox: which the owner has answered, as his mail program
    says, and from which he has taken our flag; our marks go from what he says is no complaint."""
    watched = story.ledger.watched(status, story.now - TELLS)
    told = story.mailboxes.flags([each.uid for each in watched]) if watched else {}
    for each in watched:
        if each.uid not in told:
            continue
        there = {flag.lower() for flag in told[each.uid]}
        if ANSWERED in there:
            story.ledger.answered(each.digest, story.now, "flag")
            story.ledger.unneeded(each.digest)
        if each.flagged and FLAGGED not in there:
            story.ledger.dealt(each.digest, story.now)
    for mistaken in story.ledger.mistaken(status):
        ref = Ref(status.mailbox, status.uidvalidity, mistaken.uid)
        try:
            story.mailboxes.unmark(ref, mistaken.marks)
        except Refusal as error:
            if error.kind == "server-busy":
                raise
            story.emit(event.NotUnmarked(ref, error))
        else:
            story.emit(event.Unmarked(ref))
        story.ledger.unmarked(mistaken.digest, story.now)


def sweep(story: Story, swept: SweptDraft) -> None:
    """Copies beside the draft: one is kept, and each that the owner has touched."""
    copies = story.mailboxes.copies(swept)
    left = swept.withdrawn or story.mailboxes.left(swept)
    left = left or (elsewhere(copies, swept.stored) and story.mailboxes.answered(swept) == "Sent")
    if removed := story.mailboxes.remove(superfluous(copies, swept.stored, left=left)):
        story.emit(event.CopiesRemoved(swept.message_id, removed))
    story.ledger.swept(swept.message_id, story.now)


def _look(story: Story, draft: LaidDraft, found: Found) -> None:
    """How a draft lies now, and what that says of it."""
    if found.lying is Lying.UNTOUCHED and found.stored:
        if found.stored != draft.stored:
            story.ledger.moved(draft.message_id, found.stored)
        if found.answering and not draft.withdraw:  # for as long as his own answer lies there
            draft = replace(draft, withdraw="answered")
        if is_due(draft, story.now) and story.mailboxes.remove([found.stored]):
            story.ledger.fated(draft.message_id, draft.withdraw, story.now)
            story.emit(event.DraftWithdrawn(draft.message_id, draft.withdraw))
            return
    now = fate(draft, found, story.now)
    if now != draft.fate:
        since = draft.fated if draft.fate == "gone" and draft.fated else story.now
        story.ledger.fated(draft.message_id, now, since)


def _sent(story: Story) -> Status | None:
    """What is new in Sent: which letters went out, and which mails were answered otherwise. Returns
    how far it was read, None where there is nothing new."""
    if not story.mailboxes.sent:
        return None
    status = story.mailboxes.open(story.mailboxes.sent, read_only=True)
    first = story.ledger.read_up_to(status)
    if first == status.uidnext:
        return None
    begin = datetime.fromtimestamp(max(story.now - story.account.look_back - DAY, 0.0), UTC).date()
    uids = story.mailboxes.uids(first or 1, since=None if first else begin)
    heads = story.mailboxes.heads(uids)
    concerned = [uid for uid in uids if uid in heads and story.ledger.asked(_ids(heads[uid]))]
    for batch in story.mailboxes.fetch(concerned) if concerned else ():
        for fetched in batch:
            _answer(story, fetched, heads[fetched.ref.uid])
    silent = min((uid for uid in uids if uid not in heads), default=status.uidnext)
    return replace(status, uidnext=max(silent, status.uidnext - BEHIND))


def _answer(story: Story, fetched: Fetched, head: Head) -> None:
    """A mail that the owner has sent: a letter of ours, or an answer of his own."""
    if fetched.raw is None:
        return
    moment = fetched.internal_date.timestamp() if fetched.internal_date else story.now
    for asked in story.ledger.asked(_ids(head)):
        when = max(min(moment, story.now), asked.arrived)
        share = _share(asked, fetched.raw)
        sent = asked.letter in head.own
        if asked.letter and sent:
            story.ledger.sent(asked.letter, when, share or 0.0)
        elif asked.letter:
            story.ledger.unneeded(asked.digest, share)
        story.ledger.answered(asked.digest, when, "letter" if sent or used(share) else "own")


def _ids(head: Head) -> frozenset[str]:
    return head.own | head.thread


def _share(asked: Asked, raw: bytes) -> float | None:
    """How much of a letter is not in this mail; None where there is none, or it cannot be read."""
    if asked.raw is None:
        return None
    try:
        return changed(asked.raw, raw)
    except MessageError:
        return None
