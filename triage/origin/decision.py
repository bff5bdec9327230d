"""Who is writing: the order in which the evidence is weighed.

0 own           the digest, which quotes complaints
1 bounce        a delivery report names our own mail: nothing else in it is the writer's
2 response      an autoresponder answers through a relay or a form too
3 marketplace   a relay's mail bears list headers and no-reply addresses, and is a buyer's
4 form          so does a form's, and it is a customer's; before own, since From is often ours
5 own           nothing to judge
6 bulk          before automatic, for newsletters come from no-reply addresses
7 automatic     also a mail without a From that can be answered (RFC 5322 section 3.6.2)
8 customer      everything else: who cannot be told apart from a customer is one
"""

import re

from triage.message import Address, Message
from triage.origin import marketplace, robot
from triage.origin.addresses import is_no_reply, is_own
from triage.origin.daily import is_daily
from triage.origin.form import read_form
from triage.origin.types import House, Origin
from triage.taxonomy import OriginKind

_ORIGINAL = re.compile(r"(.{0,200}?)<?([^<>\s@]{1,64}@[^<>\s@]{1,253})>?\s*$")


def origin(message: Message, house: House) -> Origin:  # noqa: PLR0911 - one return a rule
    """Who is writing. Never raises."""
    if is_daily(message.message_id, house):
        return Origin(OriginKind.OWN, None, "digest")
    sender = _sender(message, house)
    bounced = robot.bounce(message, sender)
    if bounced:
        return Origin(OriginKind.BOUNCE, None, bounced)
    if sender is None:
        return Origin(OriginKind.AUTOMATIC, None, "no-from")
    nobody = is_no_reply(sender)
    answerable = None if nobody else _reply_to(message, house) or sender
    responded = robot.response(message)
    if responded and not is_own(sender, house):
        return Origin(OriginKind.AUTOMATIC, None, responded)
    if marketplace.answered_by_mail(sender, robot=nobody):
        return Origin(OriginKind.MARKETPLACE, answerable, f"relay: {sender.domain}")
    inside = marketplace.answered_inside(message, sender, robot=nobody)
    if inside is not None:
        return Origin(OriginKind.MARKETPLACE, None, f"notice: {sender.addr}", inside)
    listed = robot.bulk(message, house)
    form = read_form(message, sender, house, listed=listed != "")
    if form is not None:
        return form
    if is_own(sender, house):
        return Origin(OriginKind.OWN, None, f"own-address: {sender.addr}")
    if listed:
        return Origin(OriginKind.BULK, answerable, listed)
    made = _made_by_a_program(message, sender)
    if made:
        return Origin(OriginKind.AUTOMATIC, answerable, made)
    return Origin(OriginKind.CUSTOMER, answerable, _person(message, sender, answerable))


def _made_by_a_program(message: Message, sender: Address) -> str:
    if is_no_reply(sender):
        return f"no-reply: {sender.addr}"
    made = robot.automatic(message)
    if made:
        return made
    market = marketplace.of(sender.domain)
    return f"notice: {market.name}" if market is not None else ""


def _person(message: Message, sender: Address, writer: Address | None) -> str:
    """Reply-To is where the writer wants the answer (RFC 5322 section 3.6.2), on any domain; that
    it is another is worth saying, for it is also how an answer is led astray."""
    if writer is None or writer.key == sender.key:
        return f"person: {sender.addr}"
    return f"reply-to: {writer.addr}, not {sender.addr}"


def _reply_to(message: Message, house: House) -> Address | None:
    """The first Reply-To that reaches somebody else than us."""
    usable = (a for a in message.reply_to if not is_own(a, house) and not is_no_reply(a))
    found = next(usable, None)
    if found is not None and not found.name and message.sender is not None:
        return Address(message.sender.name, found.addr)
    return found


def _sender(message: Message, house: House) -> Address | None:
    """From; where our own group rewrote it ("Jane via Info <info@shop>", which Google Groups does
    for domains with DMARC) the address it had before."""
    sender = message.sender
    if sender is None or not is_own(sender, house) or not robot.came_by_own_list(message, house):
        return sender
    before = _ORIGINAL.match(message.header("x-original-from")[:400])
    if before:
        return Address(before.group(1).strip(' "'), before.group(2))
    return _reply_to(message, house) or sender
