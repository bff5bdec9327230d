"""What the owner says by where a mail lies: the teaching folders, and what follows. Pure.

A mail in such a folder is a label, by a copy or by a move; its flags say nothing. It is known by
its digest, so that a mail that bears another's Message-ID is another mail. The place where it was
seen last counts, and one that is taken out of the folder takes its label along, unless it lies in
another one. A folder that is numbered anew, or is new, tells of nothing that was taken out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from triage.classifier.masking import MUCH
from triage.learning.labels import Label
from triage.learning.pile import customers_mail
from triage.origin import House
from triage.place import Fetched, Ref, Status
from triage.record import Taught
from triage.reply import is_draft_id
from triage.taxonomy import Topic

# So often a connection may break off at a mail before it is given up.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a folder says of the mails in it."""

    complaint: bool
    topic: Topic | None = None


PLAIN: Mapping[str, Said] = {
    "Complaint": Said(complaint=True),
    "Not a complaint": Said(complaint=False),
}
TOPICS: Mapping[str, Said] = {
    "Not delivered": Said(complaint=True, topic=Topic.NOT_DELIVERED),
    "Late": Said(complaint=True, topic=Topic.LATE),
    "Damaged": Said(complaint=True, topic=Topic.DAMAGED),
    "Wrong item": Said(complaint=True, topic=Topic.WRONG_ITEM),
    "Missing item": Said(complaint=True, topic=Topic.MISSING_ITEM),
    "Quality": Said(complaint=True, topic=Topic.QUALITY),
    "Return or refund": Said(complaint=True, topic=Topic.RETURN_REFUND),
    "Billing": Said(complaint=True, topic=Topic.BILLING),
    "Service": Said(complaint=True, topic=Topic.SERVICE),
    "Cancel or change": Said(complaint=True, topic=Topic.CANCEL_CHANGE),
    "Order status": Said(complaint=False, topic=Topic.ORDER_STATUS),
    "Product question": Said(complaint=False, topic=Topic.PRODUCT_QUESTION),
    "Praise": Said(complaint=False, topic=Topic.PRAISE),
    "Other": Said(complaint=False, topic=Topic.OTHER),
}


def folders(*, topics: bool) -> Mapping[str, Said]:
    """The teaching folders by their own names, in the order in which they are read."""
    return {**PLAIN, **TOPICS} if topics else PLAIN


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a teaching folder has shown. `unread`: UIDs, last those at which a look broke
    off before; `gone`: mails that were taken out; `whole`: every mail there was listed."""

    unread: tuple[int, ...]
    gone: tuple[Taught, ...]
    whole: bool


def look(status: Status, uids: Collection[int], known: Iterable[Taught]) -> Look:
    """A folder as it was opened, the UIDs that were listed in it, and what is known of it.

    A listing that is shorter than the folder is no proof that anything is gone, nor is another
    UIDVALIDITY.
    """
    here = {each.ref.uid: each for each in known if each.ref.uidvalidity == status.uidvalidity}
    new = sorted(uid for uid in uids if uid not in here)
    again = sorted(uid for uid in uids if uid in here and 0 < here[uid].tries < TRIES)
    whole = len(uids) >= status.exists
    gone = [each for uid, each in here.items() if uid not in uids] if whole else []
    return Look((*new, *again), tuple(gone), whole)


def renumbered(status: Status, known: Iterable[Taught]) -> bool:
    """Whether UIDs were given that the folder has not reached: they name other mails now (RFC 3501
    section 2.3.1.1 forbids it; a server that comes back from a backup does it)."""
    return any(
        each.ref.uidvalidity == status.uidvalidity and each.ref.uid >= status.uidnext
        for each in known
    )


def heard(fetched: Fetched, house: House) -> Label | None:
    """What can be learned from a mail, its `complaint` and `source` still to be filled in. None
    where that is nothing: it cannot be read, has no words, is the owner's own or a draft of ours.
    """
    found = customers_mail(fetched, house)
    if found is None:
        return None
    message, mail = found
    text = mail.text[:MUCH]
    if is_draft_id(message.message_id or "") or not mail.key:
        return None
    return Label(
        mail.subject, text, complaint=False, topic=None, sender=mail.sender, id=message.digest
    )


def settled(new: Taught, former: Sequence[Taught]) -> tuple[Taught, list[Ref]]:
    """A mail that was read, with what is known of it from its former places, and which of those
    hold no more: in a folder that is numbered anew it lies where it lay, for as long. What is not
    wanted of it once is not wanted of its copies."""
    mailbox, validity = new.ref.mailbox, new.ref.uidvalidity
    stale = [e for e in former if e.ref.mailbox == mailbox and e.ref.uidvalidity != validity]
    since = min([each.taught for each in stale], default=new.taught)
    kept = all(each.kept for each in former)
    return replace(new, taught=since, kept=kept), [each.ref for each in stale]


def word(places: Sequence[Taught], order: Sequence[str]) -> Taught | None:
    """The place that counts of those a mail lies at: where it was seen last, and of several at a
    time the one in the folder that is read last. None where nothing is learned from it."""
    if not places or not all(each.kept for each in places):
        return None
    rank = {mailbox: number for number, mailbox in enumerate(order)}
    return max(places, key=lambda each: (each.taught, rank.get(each.ref.mailbox, -1), each.ref))


def label(mail: Label, said: Said, source: str) -> Label:
    """The owner's word on a mail that lies in a folder."""
    return replace(mail, complaint=said.complaint, topic=said.topic, source=source)
