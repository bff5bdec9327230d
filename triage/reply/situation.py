"""The situation: all that is known when a reply is begun.

Pure. What a customer wrote enters a letter here and nowhere else: as a first name and an order
number that look like one, as days, and as what was understood of it (`Said`, `Asked`, `Occasion`),
which has no words of his. What the order book says enters only as a `Parcel`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from triage.facts import Facts
from triage.facts.asked import NOTHING, Asked, Wish
from triage.facts.occasion import Occasion
from triage.facts.said import SILENT, Said
from triage.message import Address, Message
from triage.order import OrderStatus, nearly, number_key
from triage.reply.courtesy import SIGN_OFF, civil
from triage.reply.earlier import Earlier
from triage.reply.letter_topic import letter_topic
from triage.reply.notice import Notice
from triage.reply.parcel import Parcel, printed_number, printed_thing
from triage.reply.plain import lines, words_of_day
from triage.reply.shop import Remedies, Shop
from triage.reply.term import WORKING_WEEK, Weekday, last_day, term
from triage.reply.thing import missed_thing, named_thing, sold_thing
from triage.taxonomy import Topic
from triage.verdict import Opinion

# Who has one order, and asks where it is, means that one.
WHERE_IT_IS = frozenset({Topic.NOT_DELIVERED, Topic.LATE, Topic.ORDER_STATUS})


class Book(StrEnum):
    """What the order book says of the customer's own order."""

    SILENT = "silent"  # nothing, or nothing of this order, or too long ago
    NOT_SHIPPED = "not-shipped"
    ON_ITS_WAY = "on-its-way"
    OVERDUE = "overdue"  # on its way for longer than parcels take
    DELIVERED = "delivered"  # marked so


_NOTED = 3  # dates of a customer's that a letter names
# What a customer has told whose parcel was not there.
_NOT_THERE = frozenset({Topic.NOT_DELIVERED, Topic.LATE})


class Mark(StrEnum):
    """What else decides which letter it is."""

    HARM = "harm"  # somebody was hurt or fell ill, or might have
    ABUSE = "abuse"  # the customer insults or threatens whoever reads it
    DIFFERS = "differs"  # he names other days than the order book
    NEEDED = "needed"  # for an occasion, or by a day, that is still to come
    AGAIN = "again"  # he has told before that his parcel is not there
    CONTINUED = "continued"  # he answers a letter of the shop's about it
    TO_RETURN = "to-return"  # he wants to send something back, and has not yet


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a letter may depend on.

    `first_name` and `order_number` are None when not known for certain, else safe to print; so is
    `thing`, the one item of his own order that the customer names, else the one ware of the shop's,
    "" where there is none.
    `photo_sent` says that a picture came with the mail, if only a logo. `parcel` is the customer's
    own order, where the book is to be believed. `today` is the day on which the letter is written;
    `delivery_days` how long a parcel takes at most as the shop says, 0 where it does not.
    `answer_within` counts working days, those of `open`, from sending or from the day on which the
    shop `opens_again`, 0 when no term is promised. `notice` is what the shop wants said now.
    `signature` holds the lines at the end; `signed_off` says that they bring their own "Kind
    regards,".
    `came` says that the customer tells of the day on which it reached him, `ahead` are the dates to
    come that he names.
    `formal_name` is safe to print too ("Mrs Patel"); `formal` is the tone the shop has
    chosen, `american` its English.
    """

    topic: Topic
    today: date
    first_name: str | None
    order_number: str | None
    photo_sent: bool
    remedies: Remedies
    answer_within: int
    signature: tuple[str, ...]
    signed_off: bool
    said: Said = SILENT
    asked: Asked = NOTHING
    occasion: Occasion | None = None
    earlier: Earlier | None = None
    parcel: Parcel | None = None
    thing: str = ""
    delivery_days: int = 0
    harm: bool = False
    formal: bool = False
    american: bool = False
    formal_name: str | None = None
    abuse: bool = False
    continued: bool = False
    flaw: str = ""
    differs: bool = False
    questions: int = 0
    came: bool = False
    ahead: tuple[date, ...] = ()
    open: tuple[Weekday, ...] = WORKING_WEEK
    opens_again: date | None = None
    notice: Notice | None = None

    @property
    def too_late(self) -> bool:
        """Whether the occasion, or the day by which it was needed, is over."""
        what = self.occasion
        return what is not None and (what.past or (what.day or self.today) < self.today)

    @property
    def needed_sooner(self) -> bool:
        """Whether it is needed before the day after the promised term, and not today: who cannot
        have it in time has to find something else by then."""
        day = self.occasion.day if self.occasion else None
        if day is None or not self.answer_within or self.opens_again or self.harm or self.abuse:
            return False
        last = last_day(self.answer_within, self.today, self.open)
        return self.today < day <= last + timedelta(days=1)

    @property
    def days(self) -> tuple[str, ...]:
        """The days a letter may name, in its words: they are facts, and no promise."""
        known = [self.occasion.day if self.occasion else None]
        known += [self.earlier.day if self.earlier else None, self.opens_again]
        told = [self.in_words(day) for day in (*known, *self.ahead) if day]
        noted = self.notice.days if self.notice else ()
        return (*(self.parcel.days if self.parcel else ()), *told, *noted)

    def in_words(self, day: date | None) -> str:
        """A day as the letter names it, "" for none."""
        return words_of_day(day, self.today, american=self.american)

    @property
    def book(self) -> Book:
        return book_of(self.parcel)

    @property
    def marks(self) -> frozenset[Mark]:
        waiting = self.said.sent_back or self.said.refund_awaited
        true = {
            Mark.HARM: self.harm,
            Mark.ABUSE: self.abuse,
            Mark.DIFFERS: self.differs,
            Mark.NEEDED: self.occasion is not None and not self.too_late,
            Mark.AGAIN: self.earlier is not None and self.earlier.topic in _NOT_THERE,
            Mark.CONTINUED: self.continued,
            Mark.TO_RETURN: Wish.RETURN in self.asked.wanted and not waiting,
        }
        return frozenset(mark for mark, holds in true.items() if holds)


_BOOK = {
    OrderStatus.UNKNOWN: Book.SILENT,
    OrderStatus.NOT_SHIPPED: Book.NOT_SHIPPED,
    OrderStatus.IN_TRANSIT: Book.ON_ITS_WAY,
    OrderStatus.DELIVERED: Book.DELIVERED,
}


def book_of(told: Parcel | None) -> Book:
    """What a parcel says."""
    if told is None:
        return Book.SILENT
    return Book.OVERDUE if told.overdue else _BOOK[told.status]


_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){0,2}")
_FORMAL_NAME = re.compile(
    r"(?P<title>[A-Z][a-z]+) (?P<family>(?=.{2,40}$)[^\W\d_]+(?:[ '’-][^\W\d_]+){0,4})"
)
_SHORTENED = frozenset({"Dr", "Mr", "Mrs", "Ms", "Mx"})


def _first_name(name: str | None) -> str | None:
    """The name if one can be greeted with it. "ANNA", "Ticket" or a line of text are no names."""
    normal = unicodedata.normalize("NFC", name or "").strip()
    good = len(normal) <= 30 and _NAME.fullmatch(normal) and civil(f"Hello {normal},")
    return normal if good else None


def _formal_name(name: str | None, *, american: bool) -> str | None:
    """Title and family name if one can be greeted with them. Americans write "Mrs."."""
    found = _FORMAL_NAME.fullmatch(unicodedata.normalize("NFC", name or ""))
    if found is None or not civil(f"Dear {found[0]},"):
        return None
    stop = "." if american and found["title"] in _SHORTENED else ""
    return f"{found['title']}{stop} {found['family']}"


def _order_number(numbers: tuple[str, ...]) -> str | None:
    """The one order number the mail states; with several nobody knows yet which is meant."""
    good = [number for text in numbers if (number := printed_number(text))]
    same = {re.sub(r"[\W_]", "", n).casefold() for n in numbers}
    return good[0] if good and len(same) == 1 else None


def _same(number: str, other: str) -> bool:
    return number_key(number) == number_key(other) or nearly(number, other)


def _named(facts: Facts, own: Parcel | None, *, sure: bool) -> str | None:
    """The order's number as the customer writes it; the book's where he names another or none, and
    it is sure that he means this order."""
    number = _order_number(facts.order_numbers)
    if own and own.number and sure and not (number and _same(number, own.number)):
        return own.number
    return number


def signature_of(shop: Shop, sender: Address) -> tuple[str, ...]:
    """The lines at the end, without a "-- ": the quoted mail follows, and mail programs would take
    it for a part of the signature."""
    written = [line for line in lines(shop.signature) if line.rstrip() != "--"]
    named = [line for text in (shop.owner, shop.name) for line in lines(text)]
    return tuple(written or named or lines(sender.name))


def signs_off(signature: tuple[str, ...]) -> bool:
    """Whether the lines at the end bring their own "Kind regards,"."""
    return bool(signature) and (
        signature[0].endswith(",") or SIGN_OFF.fullmatch(signature[0]) is not None
    )


def situation(
    message: Message,
    opinion: Opinion,
    facts: Facts,
    shop: Shop,
    sender: Address,
    *,
    today: date,
    flagged: bool = True,
    own: Parcel | None = None,
    earlier: Earlier | None = None,
) -> Situation:
    """The situation of one message. `sender` is the owner's address that will stand in From, `own`
    what may be told of the order of whoever stands in To."""
    signature = signature_of(shop, sender)
    sent = own is None or own.status is not OrderStatus.NOT_SHIPPED
    # "It was delivered on Monday" is what the carrier says.
    came = facts.stated.arrived is not None and "deliver" not in message.body.new.lower()
    topic = letter_topic(opinion, flagged=flagged, sent=sent, came=came)
    occasion = facts.occasion  # of one that is only a gift there is nothing to say
    told = f"{message.subject}\n{message.body.new}"
    ordered = named_thing(own.things, told) if own else ""
    if own and topic is Topic.MISSING_ITEM and len(set(own.things)) > 1:
        ordered = missed_thing(own.things, told) or ordered
    # Of an order whose goods are known nothing else of the shop's is said.
    sold = sold_thing(shop.catalogue, told) if not (own and own.things) else ""
    promised = term(max(0, shop.answer_within), today, shop.open, shop.closed)
    # To an injury or an insult nothing else is said; the term knows when the shop is closed.
    notices = () if facts.harm or facts.abuse else shop.notices
    return Situation(
        topic=topic,
        today=today,
        first_name=_first_name(facts.first_name),
        order_number=_named(facts, own, sure=topic in WHERE_IT_IS or ordered != ""),
        photo_sent=any(a.content_type.startswith("image/") for a in message.attachments),
        remedies=shop.remedies,
        answer_within=promised.days,
        signature=signature,
        signed_off=signs_off(signature),
        said=facts.said,
        asked=facts.asked,
        occasion=occasion if occasion and (occasion.what or occasion.day) else None,
        earlier=earlier,
        parcel=own,
        thing=ordered or printed_thing(sold),
        delivery_days=shop.delivery_days,
        harm=facts.harm is not None,
        abuse=facts.abuse,
        continued=facts.continued,
        flaw=facts.flaw,
        questions=facts.questions,
        came=came,
        ahead=tuple(day for day in facts.ahead if day > today)[:_NOTED],
        differs=own is not None and own.differs(facts.stated),
        open=shop.open,
        opens_again=promised.opens_again,
        notice=next((each for each in notices if each.stands(topic, today)), None),
        formal=shop.voice.formal,
        american=shop.voice.american,
        formal_name=_formal_name(facts.formal_name, american=shop.voice.american),
    )
