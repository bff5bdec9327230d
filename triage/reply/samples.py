"""Situations with which a letter shows what it can say. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

from triage.facts.asked import NOTHING, Asked, Wish
from triage.facts.occasion import Occasion
from triage.facts.said import SILENT, Said
from triage.message import Address
from triage.order import OrderStatus
from triage.reply.cases import CASES, PARCEL, Case, Stance, case_of
from triage.reply.earlier import Earlier
from triage.reply.notice import Notice
from triage.reply.parcel import Parcel
from triage.reply.shop import Remedies, Shop
from triage.reply.situation import Book, Mark, Situation, book_of, signature_of, signs_off
from triage.reply.term import WORKING_WEEK, Weekday
from triage.taxonomy import COMPLAINT_TOPICS, Topic

_TODAY = date(2026, 11, 23)
_TOPICS = (*sorted(COMPLAINT_TOPICS), Topic.ORDER_STATUS, Topic.PRAISE)
_EARLIER = Earlier(date(2026, 11, 17), Topic.NOT_DELIVERED)
_OCCASIONS = (
    Occasion("birthday", date(2026, 11, 28), gift=True, past=False),
    Occasion("", date(2027, 1, 3), gift=False, past=False),
    Occasion("", date(2026, 11, 24), gift=False, past=False),  # before any term ends
    Occasion("anniversary", None, gift=False, past=False),
    Occasion("Christmas", date(2026, 12, 24), gift=False, past=False),
)
_PAST = (
    Occasion("wedding", None, gift=False, past=True),
    Occasion("", date(2026, 11, 20), gift=False, past=False),
)
_ASKED = (
    NOTHING,
    Asked(frozenset({Wish.REFUND}), frozenset()),
    Asked(frozenset({Wish.SEND_AGAIN}), frozenset({Wish.REFUND})),
    Asked(frozenset({Wish.EXCHANGE}), frozenset()),
    Asked(frozenset({Wish.REPAIR}), frozenset()),
    Asked(frozenset({Wish.REFUND, Wish.SEND_AGAIN}), frozenset()),
)

_AHEAD = (date(2026, 11, 30), date(2026, 12, 4), date(2027, 1, 8))
_NOTICE = Notice("The kiln is cold now.", until=date(2026, 12, 27))
_TO_RETURN = Asked(frozenset({Wish.RETURN}), frozenset())


def samples(letter: str) -> Iterator[Situation]:
    """Situations that have this letter: of each row each three yes and no with each other, and in
    turn every way of greeting formally, of promising a term, of signing, of asking for something,
    and of what the book may say."""
    for case in CASES:
        if case.letter == letter:
            yield from (found for found in of_case(case) if case_of(found) is case)


def of_case(case: Case) -> Iterator[Situation]:
    """The same of one row, and some that an earlier row has."""
    topics = [topic for topic in _TOPICS if topic in case.topics]
    if case.topics >= COMPLAINT_TOPICS:
        topics = [Topic.OTHER]
    parcels: list[Parcel | None] = [None] * (Book.SILENT in case.book)
    if case.stance is Stance.ANSWER:
        parcels += [parcel for parcel in _parcels() if book_of(parcel) in case.book]
    plain = list(_plain(case, topics[0]))
    for found in plain:
        yield replace(found, parcel=parcels[0])
    for name, first in (("Dr van der Berg", "Maria"), (None, "Maria"), (None, None)):
        yield replace(plain[0], parcel=parcels[0], formal=True, formal_name=name, first_name=first)
    for turn, (topic, parcel) in enumerate(product(topics, parcels)):
        if (topic, parcel) != (topics[0], parcels[0]):
            # Every seventh: each yes and no still meets each other one, and each term comes.
            for found in plain[turn % 7 :: 7]:
                yield replace(found, topic=topic, parcel=parcel)


def fullest(case: Case) -> Situation:
    """The sample of a row in which everything is known and everything allowed, and the customer
    says nothing of his own doings."""

    def fullness(found: Situation) -> tuple[bool, ...]:
        parcel, wish = found.parcel, found.asked
        return (
            found.remedies == Remedies(send_again=True, refund=True, exchange=True),
            found.first_name is not None and found.order_number is not None,
            found.answer_within == 2,
            found.occasion is None or Mark.NEEDED in case.marks,
            found.earlier is None or Mark.AGAIN in case.marks,
            not wish.wanted or Mark.TO_RETURN in case.marks,
            parcel is None or not parcel.overdue or case.book == {Book.OVERDUE},
            parcel is not None and parcel.tracking != "" and parcel.carrier != "",
        )

    fitting = (found for found in of_case(case) if case_of(found) is case)
    plain = replace(
        max(fitting, key=fullness),
        said=SILENT,
        questions=0,
        open=WORKING_WEEK,
        opens_again=None,
        notice=None,
    )
    return replace(plain, topic=Topic.NOT_DELIVERED) if case.topics == PARCEL else plain


def of_shop(found: Situation, shop: Shop, sender: Address) -> Situation:
    """The same matter at this shop, on a day without a notice or a holiday."""
    signature = signature_of(shop, sender)
    return replace(
        found,
        remedies=shop.remedies,
        answer_within=max(0, shop.answer_within),
        signature=signature,
        signed_off=signs_off(signature),
        delivery_days=shop.delivery_days,
        open=shop.open,
        opens_again=None,
        notice=None,
        formal=shop.voice.formal,
        american=shop.voice.american,
    )


def _plain(case: Case, topic: Topic) -> Iterator[Situation]:
    terms = (2, 0, 1, 7, 3)
    signatures = (("Anna", "Larkspur Soap"), (), ("Kind regards,", "Anna"))
    needed = _OCCASIONS if Mark.NEEDED in case.marks else (None, *_PAST, *_OCCASIONS)
    earlier = (_EARLIER,) if Mark.AGAIN in case.marks else (None, None, _EARLIER)
    asked = (_TO_RETURN,) if Mark.TO_RETURN in case.marks else _ASKED
    quiet = not case.marks & {Mark.HARM, Mark.ABUSE}
    yes_or_no = product((True, False), repeat=6)
    for turn, (named, numbered, photo, again, refund, exchange) in enumerate(yes_or_no):
        signature = signatures[turn % len(signatures)]
        reopens, few_days = named ^ photo ^ refund, numbered ^ photo ^ again
        yield Situation(
            topic=topic,
            today=_TODAY,
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
                went_back=(turn // 4) % 5 == 1,
                at_customs=(turn // 4) % 5 == 3,
                given=turn % 9 == 5,
                photo_offered=turn % 3 == 1,
                no_photo=turn % 7 == 2,
                other_account=turn % 5 == 3,
                bereaved=turn % 11 == 4,
                discreet=turn % 13 == 6,
            ),
            asked=asked[turn % len(asked)],
            occasion=needed[turn % len(needed)],
            earlier=earlier[turn % len(earlier)],
            thing="Blue mug" if photo ^ again else "",
            delivery_days=0 if refund else 10,
            # One of these three at most, by parities beside which no letter passes 140 words: all
            # at once, in the longest letter, make 151.
            opens_again=date(2027, 1, 4) if reopens else None,
            open=(Weekday.TUE, Weekday.FRI) if few_days and not reopens else WORKING_WEEK,
            notice=None if reopens or few_days or not quiet else _NOTICE,
            harm=Mark.HARM in case.marks,
            abuse=Mark.ABUSE in case.marks,
            flaw="the broken lid" if named ^ again else "",
            continued=Mark.CONTINUED in case.marks or turn % 7 == 3,
            questions=(turn // 2) % 3,
            came=turn % 5 == 1,
            ahead=_AHEAD[: turn % 4],
            differs=Mark.DIFFERS in case.marks,
        )


def _parcels() -> Iterator[Parcel]:
    """Each status, with and without what may be missing, on two days in turn: a day that stands in
    a template is none of the order's."""
    for items, ordered in (("Blue mug", "9 November"), ("", "")):
        yield Parcel(OrderStatus.NOT_SHIPPED, items=items, ordered=ordered)
    ways = product(("Royal Mail", ""), ("RM441720935GB", ""), ("Blue mug, Bowl", ""))
    for carrier, tracking, items in ways:
        sent, came = ("12 November", "15 November") if items else ("3 May 2024", "9 May 2024")
        way = Parcel(
            OrderStatus.IN_TRANSIT,
            ordered="9 November",
            shipped=sent,
            carrier=carrier,
            tracking=tracking,
            items=items,
        )
        yield way
        yield replace(way, overdue=True, ordered="")
        sent = sent if carrier else ""
        yield replace(way, status=OrderStatus.DELIVERED, ordered="", shipped=sent, delivered=came)
