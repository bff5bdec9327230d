"""A reply, complete: the letter for the situation, in its thread, over the customer's own words."""

from datetime import date, datetime

from triage.errors import MessageError, UserError
from triage.facts import Facts
from triage.message import Address, Message
from triage.order import Match
from triage.origin import Origin
from triage.reply.address import address_key, ascii_address
from triage.reply.cases import case_of
from triage.reply.draft import Draft, draft_id
from triage.reply.earlier import Earlier
from triage.reply.letters import Letters, Wording
from triage.reply.mime import mail
from triage.reply.parcel import Parcel, parcel
from triage.reply.plain import one_line
from triage.reply.quote import quote
from triage.reply.shop import Identity, Shop
from triage.reply.situation import situation
from triage.reply.thread import in_reply_to, reply_references, reply_subject
from triage.verdict import Opinion

_NAME_LIMIT = 100  # characters of a display name


def _written_to(message: Message, identity: Identity) -> Address:
    """The one of the owner's addresses the customer wrote to, else the main one."""
    own = {address.key: address for address in identity.addresses}
    asked = [address.key for address in (*message.to, *message.cc)]
    for field in ("delivered-to", "x-original-to"):
        asked += (value.strip(" <>").casefold() for value in message.headers.get(field, ()))
    return next((own[key] for key in asked if key in own), identity.addresses[0])


def _usable(address: Address) -> Address:
    return Address(one_line(address.name, _NAME_LIMIT), ascii_address(address.addr))


def _own(match: Match | None, recipient: Address, shop: Shop, today: date) -> Parcel | None:
    """What may be told of an order: nothing but to its own address, whoever says so. Else whoever
    guesses an order number reads where a stranger's parcel is."""
    if match is None or not match.own or match.order.address != address_key(recipient.addr):
        return None
    return parcel(match, today, shop.delivery_days, american=shop.voice.american)


def _note(letter: Wording, recipient: Address) -> str:
    """What the owner is told in a draft without a recipient; "" when nothing is missing.

    Of the recipient the address alone: the name is the writer's to choose, and may say anything.
    """
    if not letter.missing:
        return ""
    what = "; ".join(letter.missing)
    to = recipient.addr
    return f"[[Before you send this: fill in {what}. Put {to} into To. Delete this line.]]"


def compose(  # noqa: PLR0917 (all that a reply is made of, in the order of the story)
    letters: Letters,
    message: Message,
    origin: Origin,
    opinion: Opinion,
    facts: Facts,
    shop: Shop,
    identity: Identity,
    *,
    now: datetime,
    generation: int = 1,
    flagged: bool = True,
    match: Match | None = None,
    earlier: Earlier | None = None,
) -> Draft:
    """The reply to one message. The same arguments give the same bytes.

    `now` is aware, in the owner's zone. `flagged` is False for a neutral question, which gets
    `order-status`; a complaint never does. `match` is the order the mail is about: the letter tells
    of it only where it is the recipient's own. `earlier` is what the recipient has complained of in
    this matter before. Only the writer is addressed: Cc is not copied.

    Raises MessageError when the writer cannot be addressed, UserError when the owner's own
    address cannot stand in a mail.
    """
    if origin.writer is None:
        raise MessageError("nobody-to-answer")
    try:
        recipient = _usable(origin.writer)
    except ValueError:
        raise MessageError("unusable-address") from None
    owner = identity.addresses[0]
    sender = _written_to(message, identity)
    try:
        from_ = _usable(sender)
        message_id = draft_id(owner.addr, message.digest, generation)
    except ValueError:
        raise UserError("unusable-own-address", addresses=(owner.addr, sender.addr)) from None

    own = _own(match, recipient, shop, now.date())
    found = situation(
        message,
        opinion,
        facts,
        shop,
        from_,
        today=now.date(),
        flagged=flagged,
        own=own,
        earlier=earlier,
    )
    letter = letters.render(found)
    date = message.date.astimezone(now.tzinfo) if message.date else None
    history = quote(
        message.body.text, recipient.name or recipient.addr, date, american=shop.voice.american
    )
    body = "\n\n".join(part for part in (_note(letter, recipient), letter.text, history) if part)
    to = () if letter.missing else (recipient,)
    subject = reply_subject(message.subject)
    answered = in_reply_to(message.message_id)
    references = reply_references(message.references, message.in_reply_to, message.message_id)
    return Draft(
        message_id=message_id,
        generation=generation,
        digest=message.digest,
        template=case_of(found).letter,
        from_=from_,
        to=to,
        recipient=recipient,
        subject=subject,
        in_reply_to=answered,
        references=references,
        body=body,
        missing=letter.missing,
        raw=mail(
            from_=from_,
            to=None if letter.missing else recipient,
            subject=subject,
            in_reply_to=answered,
            references=references,
            message_id=message_id,
            date=now,
            body=body,
        ),
    )
