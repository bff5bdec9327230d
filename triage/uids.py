"""Which UIDs of a mailbox are to be looked at, and whether they still mean what they meant."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from triage.errors import MessageError
from triage.finding import guarded
from triage.message import read
from triage.place import Fetched, Status
from triage.protocols import Mailboxes
from triage.record import Known, Position

# How many of the last UIDs are listed again each cycle: a server may leave some out (Gmail does).
RELIST = 300


def candidates(mailboxes: Mailboxes, status: Status, position: Position) -> Iterator[int]:
    """The UIDs of the open mailbox that may be new: all from the base on, below it only mail of the
    look-back."""
    first = max(1, min(position.listed, status.uidnext - RELIST))
    if first < position.base:
        day = datetime.fromtimestamp(max(position.since, 0.0), UTC).date()
        yield from mailboxes.uids(first, position.base - 1, since=day)
    yield from mailboxes.uids(max(first, position.base))


def reassigned(mailboxes: Mailboxes, known: Sequence[Known]) -> bool:
    """Whether a UID of the open mailbox names another message than the one that was read there.

    No server may do that under one UIDVALIDITY (RFC 3501 section 2.3.1.1), but one that came back
    from a backup does: it gives the UIDs of what was lost away again. A message that has gone tells
    nothing, and an odd Message-ID alone is not believed: it is read again.
    """
    heads = mailboxes.heads([each.uid for each in known]) if known else {}
    odd = [
        each
        for each in known
        if each.uid in heads and heads[each.uid].own and each.message_id not in heads[each.uid].own
    ]
    return any(_differs(mailboxes, each) for each in odd)


def _differs(mailboxes: Mailboxes, known: Known) -> bool:
    for batch in mailboxes.fetch([known.uid]):
        for fetched in batch:
            if fetched.raw is not None:
                return _digest(fetched, fetched.raw) != known.digest
    return False


def _digest(fetched: Fetched, raw: bytes) -> str | None:
    """None for what cannot be read: it is not what could be."""
    try:
        return guarded(lambda: read(raw, size=fetched.size, truncated=fetched.truncated)).digest
    except MessageError:
        return None
