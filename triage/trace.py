"""What a message leaves in the ledger, and what that says of a later one. Pure.

Whoever complains again of the same matter gets a letter that says so, and stands first with the
owner. That he wrote before is said of nobody's mail but his own: the ledger keeps with a complaint
the address its answer goes to, and only complaints of that very address are looked at. A stranger
who guesses an order number learns nothing.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from itertools import chain

from triage.finding import Finding
from triage.message import Message
from triage.order import number_key
from triage.record import Judged
from triage.reply import address_key
from triage.reply.earlier import Earlier
from triage.taxonomy import Outcome, Topic
from triage.verdict import PEOPLE

# So much of an address and of a Subject is remembered, in characters: no address that can be
# written to is longer (RFC 5321 section 4.5.3.1.3).
REMEMBERED = 254
# A complaint is an earlier one of the same matter for so many seconds: sixty days. Chosen: within
# that a parcel that is lost is given up, and a return is paid.
MATTER = 60 * 86400.0
# By so much the server's clock may be ahead of this machine's, one that has jumped back among them.
AHEAD = timedelta(days=2)
# What the classifier is unsure of counts as a complaint where it rather is one.
RATHER = 0.5

# Topics that are one matter as it goes on: what is late is missed in the end, and what came broken
# is to be paid back.
_FAMILIES = (
    {Topic.NOT_DELIVERED, Topic.LATE, Topic.MISSING_ITEM},
    {Topic.DAMAGED, Topic.QUALITY, Topic.WRONG_ITEM},
    {Topic.RETURN_REFUND, Topic.BILLING, Topic.CANCEL_CHANGE},
)


def echo(finding: Finding, message: Message) -> str:
    """A digest of who writes what: the same letter sent again has the same (64 hex digits)."""
    parts = [
        finding.writer.key if finding.writer else "",
        message.subject.casefold(),
        " ".join(message.body.new.split()),
        *(f"{attachment.filename} {attachment.size}" for attachment in message.attachments),
    ]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def trace(
    finding: Finding, message: Message, arrived: datetime, now: datetime, *, provisional: bool
) -> Judged:
    """The codes and figures of a finding, and what its owner knows the mail by: not its text."""
    verdict, writer = finding.verdict, finding.writer
    opinion = verdict.opinion if verdict else None
    who = "" if provisional else _complainant(finding)
    return Judged(
        digest=message.digest,
        message_id=message.message_id,
        echo=echo(finding, message),
        arrived=min(arrived, now + AHEAD).timestamp(),  # whatever the writer's clock says
        judged=now.timestamp(),
        outcome=finding.outcome,
        reason=finding.reason,
        origin=verdict.origin.kind if verdict else "",
        topic=opinion.topic if opinion else None,
        complaint=opinion.complaint if opinion else None,
        language=opinion.language if opinion else None,
        undrafted=finding.undrafted,
        provisional=provisional,
        writer=writer.addr[:REMEMBERED] if writer else None,
        subject=message.subject[:REMEMBERED],
        signals=" ".join(signal.kind for signal in finding.signals),
        complainant=who or None,
        order_key=(_order_key(finding) or None) if who else None,
        again=finding.earlier.day.isoformat() if finding.earlier else None,
    )


def earlier(
    new: Judged, message: Message, others: Iterable[Judged], zone: tzinfo | None
) -> Earlier | None:
    """What the customer has complained of in the same matter before, on an earlier day;
    None when nothing. `others`
    are judged messages, the same one perhaps among them, in any order; when they were read does
    not matter, but when they arrived."""
    former = {
        each.digest: each
        for each in others
        if new.complainant
        and each.complainant == new.complainant
        and each.digest != new.digest
        and new.arrived - MATTER <= each.arrived < new.arrived
    }
    same = sorted(same_matter(new, message, list(former.values())), key=lambda each: each.arrived)
    days = [datetime.fromtimestamp(each.arrived, zone).date() for each in (*same, new)]
    if days[0] == days[-1]:  # a postscript of the same day
        return None
    first = same[0]
    return Earlier(
        day=days[0],
        topic=Topic(first.topic) if first.topic else None,
        order_number=next((each.order_key for each in same if each.order_key), ""),
        count=len(same),
    )


def same_matter(new: Judged, message: Message, former: list[Judged]) -> list[Judged]:
    """Those of one customer's complaints that are about the same matter as his new one.

    The order number tells, where both have one; else the thread; else what they are about, unless
    that customer writes about two orders: then nobody knows which of them is meant.
    """
    thread = {*message.references, *message.in_reply_to}
    alike = [each for each in former if _family(each) and _family(each) == _family(new)]
    numbers = {each.order_key for each in chain([new], alike) if each.order_key}
    one_order = len(numbers) < 2
    return [
        each
        for each in former
        if (
            each.order_key == new.order_key
            if each.order_key and new.order_key
            else each.message_id in thread or (one_order and each in alike)
        )
    ]


def _family(judged: Judged) -> int:
    """Which of the families, counted from one; 0 for none."""
    return next((n for n, topics in enumerate(_FAMILIES, 1) if judged.topic in topics), 0)


def _complainant(finding: Finding) -> str:
    """The address a complaint is answered at, as `address_key` gives it; "" where nobody complains
    or nobody can be answered. The sender alone will not do: a shop's form has one for all."""
    verdict = finding.verdict
    if verdict is None or verdict.opinion is None or verdict.origin.kind not in PEOPLE:
        return ""
    opinion, writer = verdict.opinion, verdict.origin.writer
    rather = opinion.known_language and opinion.complaint >= RATHER
    complains = finding.outcome is Outcome.FLAGGED or (finding.outcome is Outcome.UNSURE and rather)
    return address_key(writer.addr) if complains and writer else ""


def _order_key(finding: Finding) -> str:
    """The order a complaint is about: the customer's own in the book, else the one number he
    states; "" where he states none, or several."""
    if finding.match and finding.match.own:
        return number_key(finding.match.order.number)
    stated = {number_key(number) for number in finding.facts.order_numbers} if finding.facts else ()
    return stated.pop() if len(stated) == 1 else ""
