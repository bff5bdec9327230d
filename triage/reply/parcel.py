"""The customer's own order, as a letter may tell of it: every word safe to print, or left out.

What stands in the order book was typed by the owner, by a shop system, and by customers.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from triage.facts.stated import Stated
from triage.order import Match, OrderStatus
from triage.reply.courtesy import civil
from triage.reply.placeholder import is_carrier, is_charge, is_thing, is_tracking
from triage.reply.plain import one_line, words_of_day

_NUMBER = re.compile(r"#?(?=[^\s]*\d)[A-Za-z0-9](?:[A-Za-z0-9/_.-]{0,28}[A-Za-z0-9])?")
_TRACKING = re.compile(r"(?=.*\d)[A-Za-z0-9](?:[A-Za-z0-9 -]{2,38}[A-Za-z0-9])")
_CARRIER = re.compile(r"[^\W\d_](?:[\w&.'’ -]{0,38}[^\W_])?")
# Goods have no address: what has one would make the letter advertise.
_ITEM = re.compile(r"(?!.*(?:[\\{}\[\]<>|@]|://|\bwww\.))[^\W_](?:.{0,58}[\w)\"'’])?")
# How long a parcel is on its way before it is called overdue, where the shop does not say: inland
# post takes a week at most, and a call three weeks after sending comes too late.
_USUAL_DAYS = 14
_ABOUT = timedelta(days=3)  # what people are wrong by, who count from the wrong mail or weekday
_ITEMS = 3  # more make a letter a packing list


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a letter may tell of an order; with the status unknown its number and things alone.

    `overdue` is a parcel on its way for longer than parcels take. `items` are all that was ordered
    in one phrase, `things` each alone. Days are words such as "12 November" or "November 12", with
    the year where it is another one; `ordered_on` and `delivered_on` are for comparing. What is not
    known, or cannot be printed, is "".
    """

    status: OrderStatus
    number: str = ""
    ordered: str = ""
    shipped: str = ""
    delivered: str = ""
    carrier: str = ""
    tracking: str = ""
    items: str = ""
    overdue: bool = False
    things: tuple[str, ...] = ()
    ordered_on: date | None = None
    delivered_on: date | None = None

    @property
    def days(self) -> tuple[str, ...]:
        """The days a letter may name: they are facts, and no promise."""
        return tuple(filter(None, (self.ordered, self.shipped, self.delivered)))

    def differs(self, stated: Stated) -> bool:
        """Whether the customer names another day than the book."""
        pairs = ((stated.ordered, self.ordered_on), (stated.arrived, self.delivered_on))
        return any(his and ours and abs(his - ours) > _ABOUT for his, ours in pairs)


def parcel(match: Match, today: date, delivery_days: int = 0, *, american: bool = False) -> Parcel:
    """What a letter may tell of an order. The status is unknown where the book does not say how far
    it is, is too old to know, or says what cannot be: a day that is still to come, or days in the
    wrong order. `delivery_days` is how long a parcel takes at most as the shop says, 0 where it
    does not."""
    order, status = match.order, match.told(today)
    days = [day for day in (order.ordered, order.shipped, order.delivered, today) if day]
    number = printed_number(order.number) or ""
    things = tuple(thing for item in order.items if (thing := printed_thing(item)))
    if status is OrderStatus.UNKNOWN or days != sorted(days):
        return Parcel(OrderStatus.UNKNOWN, number, things=things)
    takes = timedelta(days=delivery_days or _USUAL_DAYS)
    in_words = partial(words_of_day, today=today, american=american)
    told = Parcel(
        status=status,
        number=number,
        ordered=in_words(order.ordered),
        shipped=in_words(order.shipped),
        delivered=in_words(order.delivered),
        carrier=_carrier(order.carrier),
        tracking=_tracking(order.tracking),
        items=_items(order.items),
        overdue=status is OrderStatus.IN_TRANSIT
        and order.shipped is not None
        and today - order.shipped > takes,
        things=things,
        ordered_on=order.ordered,
        delivered_on=order.delivered,
    )
    # In one sentence a thing called "Sorry" and a carrier called "But" are an apology withdrawn.
    together = " with ".join(filter(None, (told.items, told.carrier, told.tracking)))
    return told if civil(together) else replace(told, items="", carrier="", things=())


def printed_number(number: str) -> str | None:
    """An order number that looks like one, None for any other text."""
    good = _NUMBER.fullmatch(number) and civil(f"your order {number} has")
    return number if good else None


def _fit(pattern: re.Pattern[str], text: str) -> str:
    line = one_line(text, 200)
    return line if pattern.fullmatch(line) and civil(line) else ""


def _carrier(text: str) -> str:
    """The carrier's name. Shop systems write it in capitals, which shout: HERMES, ROYAL MAIL."""
    name = _fit(_CARRIER, text if len(text) <= 4 or not text.isupper() else text.title())
    return name if is_carrier(name) else ""


def _tracking(text: str) -> str:
    number = _fit(_TRACKING, text)
    return number if is_tracking(number) else ""


def printed_thing(item: str) -> str:
    """One of the goods, "" where it cannot be printed alone."""
    if is_charge(item):
        return ""
    thing = _fit(_ITEM, item)
    return thing if thing and is_thing(thing) else ""


def _items(items: tuple[str, ...]) -> str:
    """All the goods that were ordered or nothing: a list with a gap is a wrong one."""
    named = [_fit(_ITEM, item) for item in items if not is_charge(item)]
    # "Oak table, 60 x 45 cm; Oak chair"
    joined = ("; " if any("," in name for name in named) else ", ").join(named)
    whole = 0 < len(named) <= _ITEMS and all(map(is_thing, named))
    return joined if whole and civil(joined) else ""
