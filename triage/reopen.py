"""A customer who writes again while a letter to him still waits in Drafts.

Any later mail of his in the matter reopens the decision. When he tells that it has come to a good
end the letter is to go; else a new one answers both mails and takes its place, and where the owner
is at the letter already he is left alone with it. Letters are taken away later, by `follow`, and
only while nobody has touched them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.finding import Finding, answer_all, guarded
from triage.message import Message, read
from triage.place import Ref, Status
from triage.protocols import Memory
from triage.record import Done, Judged, Pending
from triage.reply import address_key, base_subject
from triage.story import Story
from triage.taxonomy import Outcome
from triage.trace import same_matter
from triage.verdict import PEOPLE, Verdict

# So many earlier mails of one matter are read again, the newest: nobody writes more in vain.
READ_AGAIN = 5
# So many of the mails of a thread are remembered, the newest.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Reopened:
    """The finding, with the letter that answers all of the matter, and the Message-IDs of the
    drafts that are to go, and why: replaced by that letter, settled, or answered by the owner."""

    finding: Finding
    superseded: tuple[str, ...] = ()
    why: str = ""


def reopen(
    story: Story,
    finding: Finding,
    left: Judged,
    before: Sequence[Done],
    *,
    status: Status,
    now: datetime,
) -> Reopened:
    """What a message changes about the letters that wait. `left` is its trace, `status` the open
    mailbox, `before` what was judged in the same batch. Raises MessageError."""
    message, verdict = finding.message, finding.verdict
    if message is None or verdict is None or not _counts(finding, verdict):
        return Reopened(finding)
    writer = verdict.origin.writer
    thread = _thread(message, before)
    if finding.draft and (why := _later(story.ledger, left)):
        return Reopened(replace(finding, draft=None, undrafted=why))
    known = story.ledger.pending(address_key(writer.addr) if writer else None, thread)
    beside = [
        Pending(each.draft.message_id, each.judged, "", "", each.judged.message_id in thread)
        for each in before
        if each.draft and each.judged
    ]
    waiting = concerned(left, message, finding, [*beside, *known])
    if not waiting:
        return Reopened(finding)
    letters = tuple(each.letter for each in waiting)
    if finding.undrafted == "answered" or is_settled(finding):
        why = "answered" if finding.undrafted == "answered" else "settled"
        return Reopened(finding, letters, why)
    if any(each.fate == "edited" for each in waiting):
        return Reopened(replace(finding, draft=None, undrafted="owner-writing"))
    places = {each.digest: each.ref for each in before if each.digest}
    former = _read_again(story, waiting, status, places)
    both = answer_all(story.desk, finding, former, now) if former else finding
    return Reopened(both, letters, "replaced") if both.draft else Reopened(finding)


def _counts(finding: Finding, verdict: Verdict) -> bool:
    """Whether it is a customer's mail that can be understood, and that is not the same again."""
    opinion = verdict.opinion
    return (
        verdict.origin.kind in PEOPLE
        and opinion is not None
        and opinion.known_language
        and (finding.outcome in {Outcome.PASSED, Outcome.UNSURE} or _has_letter(finding))
    )


def _has_letter(finding: Finding) -> bool:
    return finding.draft is not None or finding.undrafted == "answered"


def concerned(
    new: Judged, message: Message, finding: Finding, waiting: Iterable[Pending]
) -> list[Pending]:
    """The waiting letters to the same writer in the same matter, the newest first: those of the
    thread, and where he complains again, or tells that it is settled, others. A mail that is older
    than the one a letter answers changes nothing."""
    known = {each.letter: each for each in waiting if _his(each, new) and _stands(each)}
    threaded = [each for each in known.values() if each.threaded]
    earlier = [each for each in known.values() if each.judged.arrived <= new.arrived]
    others = _alike(new, message, finding, earlier)
    found = {each.letter: each for each in (*threaded, *others)}
    return sorted(found.values(), key=lambda each: -each.judged.arrived)


def thread_of(finding: Finding) -> tuple[str, ...]:
    """The earlier mails that a customer's mail names, the newest last; () for anybody else's."""
    message, verdict = finding.message, finding.verdict
    if message is None or verdict is None or verdict.origin.kind not in PEOPLE:
        return ()
    return tuple(dict.fromkeys((*message.references, *message.in_reply_to)))[-NAMED:]


def _later(memory: Memory, left: Judged) -> str:
    """Why a mail that is read late needs no letter: later ones of the same writer, which name it,
    are answered, or tell of a good end. "" when it needs one."""
    if left.message_id is None:
        return ""
    later = [
        each
        for each in memory.later(left.message_id)
        if each.judged.writer
        and left.writer
        and address_key(each.judged.writer) == address_key(left.writer)
    ]
    if any(each.settled for each in later):
        return "settled-later"
    return "answered-later" if any(not each.judged.undrafted for each in later) else ""


def is_settled(finding: Finding) -> bool:
    """Whether its writer tells of a good end, and complains of nothing."""
    told = finding.facts is not None and bool(finding.facts.settled)
    return told and finding.outcome is Outcome.PASSED


def _thread(message: Message, before: Sequence[Done]) -> set[str]:
    """All that it names, and what those name of the same batch."""
    thread = {*message.references, *message.in_reply_to}
    for each in reversed(before):
        if each.judged and each.judged.message_id in thread:
            thread.update(each.thread)
    return thread


def _his(waiting: Pending, new: Judged) -> bool:
    """Whether it answers another mail of the same writer: ids are for everybody to write."""
    old = waiting.judged
    if not (old.writer and new.writer) or old.digest == new.digest:
        return False
    return address_key(old.writer) == address_key(new.writer)


def _stands(waiting: Pending) -> bool:
    """Whether it is not to go already; one that the owner has changed stays, whatever was to be."""
    return not waiting.withdraw or waiting.fate == "edited"


def _alike(new: Judged, message: Message, finding: Finding, his: list[Pending]) -> list[Pending]:
    """Outside the thread: what he says is settled, where only one letter waits; what he complains
    of again under the same order number or subject."""
    if is_settled(finding):  # which of several it is, nobody knows
        return his if len(his) == 1 else []
    if new.complainant is None:
        return []
    named = [each for each in his if _same_name(new, each.judged)]
    same = same_matter(new, message, [each.judged for each in named])
    return [each for each in named if each.judged in same]


def _same_name(new: Judged, old: Judged) -> bool:
    if new.order_key and old.order_key:
        return new.order_key == old.order_key
    subject = base_subject(new.subject or "")
    return bool(subject) and subject == base_subject(old.subject or "")


def _read_again(
    story: Story, waiting: Sequence[Pending], status: Status, places: Mapping[str, Ref]
) -> list[Message]:
    """The mails whose letters wait, as far as they still lie in the open mailbox."""
    uids = []
    for each in waiting[:READ_AGAIN]:
        place = places.get(each.judged.digest)
        uid = place.uid if place else story.ledger.place_of(each.judged.digest, status)
        if uid is not None:
            uids.append(uid)
    wanted = {each.judged.digest for each in waiting}
    found = []
    for batch in story.mailboxes.fetch(uids) if uids else ():
        for fetched in batch:
            raw, size, cut = fetched.raw, fetched.size, fetched.truncated
            if raw is not None:
                message = guarded(lambda: read(raw, size=size, truncated=cut))  # noqa: B023 - now
                if message.digest in wanted:
                    found.append(message)
    return sorted(found, key=lambda each: [w.judged.digest for w in waiting].index(each.digest))
