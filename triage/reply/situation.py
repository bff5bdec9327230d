"""The situation: what is known when a reply is begun, and so which letter and what it may say.

Pure. What a customer wrote enters a letter here and nowhere else, and only as a first name and an
order number that look like one, and as the yes or no of `Said`; what the order book says, only as
a `Parcel`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import product

from triage.facts import Facts
from triage.facts.said import SILENT, Said
from triage.message import Address, Message
from triage.order import OrderStatus, nearly, number_key
from triage.reply.courtesy import SIGN_OFF, civil
from triage.reply.parcel import Parcel, printed_number
from triage.reply.plain import lines
from triage.reply.shop import Remedies, Shop
from triage.taxonomy import COMPLAINT_TOPICS, Topic
from triage.verdict import Opinion

# The letter where somebody came to harm, or might, whatever the topic.
HARM = "harm"
# The letters there are: for these topics, and that one.
LETTERS = (*(t for t in Topic if t in COMPLAINT_TOPICS or t is Topic.ORDER_STATUS), HARM)

# The least share of the complaint topics' probability with which a topic picks the letter; below it
# the letter is `other`, which fits every complaint. Cross-validated on the 460 complaints of the
# starter corpus (words and characters, logistic regression) the best topic was right in 57 % of
# mails with a share of .4 to .5, in 45 % with .3 to .4, in 33 % with .2 to .3.
SURE_TOPIC = 0.4


# What an order book can answer: where the parcel is.
ANSWERED = frozenset({Topic.NOT_DELIVERED, Topic.LATE, Topic.ORDER_STATUS})


class Stance(StrEnum):
    """How much has been looked up. A stance that knows the order's facts comes with them."""

    ACKNOWLEDGE = "acknowledge"  # nothing yet: sorry for the trouble, not for a fault
    ANSWER = "answer"  # what the order book says of the customer's own order


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a letter may depend on.

    `first_name` and `order_number` are None when not known for certain, else safe to print.
    `photo_sent` says that a picture came with the mail, if only a logo; `said` is what its words
    say of the customer's own doings. `harm` says that somebody came to harm, or might.
    `parcel` is the customer's own order where the letter is to tell of it.
    `answer_within` counts working days from sending, 0 when no term is promised. `signature` holds
    the lines at the end; `signed_off` says that they bring their own "Kind regards,".
    """

    topic: Topic
    first_name: str | None
    order_number: str | None
    photo_sent: bool
    remedies: Remedies
    answer_within: int
    signature: tuple[str, ...]
    signed_off: bool
    said: Said = SILENT
    parcel: Parcel | None = None
    harm: bool = False

    @property
    def letter(self) -> str:
        """Which of the letters it is answered with."""
        return HARM if self.harm else self.topic

    @property
    def stance(self) -> Stance:
        return Stance.ANSWER if self.parcel else Stance.ACKNOWLEDGE

    def names(self) -> dict[str, object]:
        """What a template may use, beside `ask("…")`. Described in `templates/README.md`."""
        return {
            "first_name": self.first_name,
            "order_number": self.order_number,
            "photo_sent": self.photo_sent,
            "send_again": self.remedies.send_again,
            "refund": self.remedies.refund,
            "exchange": self.remedies.exchange,
            "answer_within": self.answer_within,
            "signature": "\\\n".join(self.signature),  # a backslash keeps the line break
            "signed_off": self.signed_off,
            **asdict(self.said),
            "order_status": str(self.parcel.status) if self.parcel else "",
            "shipped": self.parcel.shipped if self.parcel else "",
            "delivered": self.parcel.delivered if self.parcel else "",
            "carrier": self.parcel.carrier if self.parcel else "",
            "tracking": self.parcel.tracking if self.parcel else "",
            "items": self.parcel.items if self.parcel else "",
        }


_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){0,2}")


def _first_name(name: str | None) -> str | None:
    """The name if one can be greeted with it. "ANNA", "Ticket" or a line of text are no names."""
    normal = unicodedata.normalize("NFC", name or "").strip()
    good = len(normal) <= 30 and _NAME.fullmatch(normal) and civil(f"Hello {normal},")
    return normal if good else None


def _order_number(numbers: tuple[str, ...]) -> str | None:
    """The one order number the mail states; with several nobody knows yet which is meant."""
    good = [number for text in numbers if (number := printed_number(text))]
    same = {re.sub(r"[\W_]", "", n).casefold() for n in numbers}
    return good[0] if good and len(same) == 1 else None


def _same(number: str, other: str) -> bool:
    return number_key(number) == number_key(other) or nearly(number, other)


def _named(facts: Facts, told: Parcel | None) -> str | None:
    """The order's number as the customer writes it, the book's where he names another or none."""
    number = _order_number(facts.order_numbers)
    if told and told.number and not (number and _same(number, told.number)):
        return told.number
    return number


def topic_of_letter(opinion: Opinion, *, flagged: bool) -> Topic:
    """The topic whose letter answers. A complaint never gets `order-status`."""
    if not flagged and opinion.topic is Topic.ORDER_STATUS:
        return Topic.ORDER_STATUS
    complaints = {t: p for t, p in opinion.topics.items() if t in COMPLAINT_TOPICS}
    best = max(complaints, key=lambda topic: complaints[topic], default=Topic.OTHER)
    sure = complaints and complaints[best] >= SURE_TOPIC * sum(complaints.values()) > 0
    return best if sure else Topic.OTHER


def _signature(shop: Shop, sender: Address) -> tuple[str, ...]:
    """The lines at the end, without a "-- ": the quoted mail follows, and mail programs would take
    it for a part of the signature."""
    written = [line for line in lines(shop.signature) if line.rstrip() != "--"]
    named = [line for text in (shop.owner, shop.name) for line in lines(text)]
    return tuple(written or named or lines(sender.name))


def situation(
    message: Message,
    opinion: Opinion,
    facts: Facts,
    shop: Shop,
    sender: Address,
    *,
    flagged: bool = True,
    own: Parcel | None = None,
) -> Situation:
    """The situation of one message. `sender` is the owner's address that will stand in From, `own`
    what may be told of the order of whoever stands in To."""
    signature = _signature(shop, sender)
    harmed = facts.harm is not None
    topic = topic_of_letter(opinion, flagged=flagged)
    told = own if topic in ANSWERED and not harmed else None
    return Situation(
        topic=topic,
        first_name=_first_name(facts.first_name),
        order_number=_named(facts, told),
        photo_sent=any(a.content_type.startswith("image/") for a in message.attachments),
        remedies=shop.remedies,
        answer_within=max(0, shop.answer_within),
        signature=signature,
        signed_off=bool(signature)
        and (signature[0].endswith(",") or SIGN_OFF.fullmatch(signature[0]) is not None),
        said=facts.said,
        parcel=told,
        harm=harmed,
    )


def samples(letter: str) -> Iterator[Situation]:
    """Situations with which one of `LETTERS` shows what it can say: each three yes and no with each
    other, and in turn every way of promising a term and of signing; then the same with every kind
    of parcel."""
    plain = list(_plain(letter))
    yield from plain
    if letter in ANSWERED:
        for turn, told in enumerate(_parcels()):
            # Every seventh: each yes and no still meets each other one, and each term comes.
            yield from (replace(sample, parcel=told) for sample in plain[turn % 7 :: 7])


def _plain(letter: str) -> Iterator[Situation]:
    terms = (2, 0, 1, 7, 3)
    signatures = (("Anna", "Larkspur Soap"), (), ("Kind regards,", "Anna"))
    yes_or_no = product((True, False), repeat=6)
    for turn, (named, numbered, photo, again, refund, exchange) in enumerate(yes_or_no):
        signature = signatures[turn % len(signatures)]
        yield Situation(
            topic=Topic.OTHER if letter == HARM else Topic(letter),
            harm=letter == HARM,
            first_name="Maria" if named else None,
            order_number="1043" if numbered else None,
            photo_sent=photo,
            remedies=Remedies(send_again=again, refund=refund, exchange=exchange),
            answer_within=terms[turn % len(terms)],
            signature=signature,
            signed_off=len(signature) > 0 and signature[0].endswith(","),
            # Each the parity of another three: any three of the eleven then meet in every way
            # (an orthogonal array of strength 3), without a sample more.
            said=Said(
                wrote_before=named ^ numbered ^ photo,
                looked_around=named ^ numbered ^ again,
                cancelled=named ^ again ^ exchange,
                sent_back=named ^ photo ^ exchange,
                refund_awaited=photo ^ again ^ exchange,
            ),
        )


def _parcels() -> Iterator[Parcel]:
    """Each status, with and without what may be missing, on two days in turn: a day that stands in
    a template is none of the order's."""
    for items in ("Blue mug", ""):
        yield Parcel(OrderStatus.NOT_SHIPPED, items=items)
    ways = product(("Royal Mail", ""), ("RM441720935GB", ""), ("Blue mug, Bowl", ""))
    for carrier, tracking, items in ways:
        sent, came = ("12 November", "15 November") if items else ("3 May 2024", "9 May 2024")
        known = {"carrier": carrier, "tracking": tracking, "items": items}
        yield Parcel(OrderStatus.IN_TRANSIT, shipped=sent, **known)
        yield Parcel(
            OrderStatus.DELIVERED, shipped=sent if carrier else "", delivered=came, **known
        )
