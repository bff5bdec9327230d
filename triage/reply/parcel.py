"""The customer's own order, as a letter may tell of it: every word safe to print, or left out.

What stands in the order book was typed by the owner, by a shop system, and by customers.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from triage.order import Match, OrderStatus
from triage.reply.courtesy import civil
from triage.reply.placeholder import is_carrier, is_charge, is_thing, is_tracking
from triage.reply.plain import MONTHS, one_line

_NUMBER = re.compile(r"#?(?=[^\s]*\d)[A-Za-z0-9](?:[A-Za-z0-9/_.-]{0,28}[A-Za-z0-9])?")
_TRACKING = re.compile(r"(?=.*\d)[A-Za-z0-9](?:[A-Za-z0-9 -]{2,38}[A-Za-z0-9])")
_CARRIER = re.compile(r"[^\W\d_](?:[\w&.'’ -]{0,38}[^\W_])?")
_ITEM = re.compile(r"(?!.*[\\{}\[\]<>|])[^\W_](?:.{0,58}[\w)\"'’])?")
_ITEMS = 3  # more make a letter a packing list


@dataclass(frozen=True, slots=True)
class Parcel:
    """`status` is never unknown. Days are words such as "12 November", with the year where it is
    another one; what is not known, or cannot be printed, is ""."""

    status: OrderStatus
    number: str = ""
    shipped: str = ""
    delivered: str = ""
    carrier: str = ""
    tracking: str = ""
    items: str = ""

    @property
    def days(self) -> tuple[str, ...]:
        """The days a letter may name: they are facts, and no promise."""
        return tuple(filter(None, (self.shipped, self.delivered)))


def parcel(match: Match, today: date) -> Parcel | None:
    """What a letter may tell of an order; None where the book does not say how far it is, is too
    old to know, or says what cannot be: a day that is still to come, or days in the wrong order."""
    order, status = match.order, match.told(today)
    days = [day for day in (order.ordered, order.shipped, order.delivered, today) if day]
    if status is OrderStatus.UNKNOWN or days != sorted(days):
        return None
    told = Parcel(
        status=status,
        number=printed_number(order.number) or "",
        shipped=_words(order.shipped, today),
        delivered=_words(order.delivered, today),
        carrier=_carrier(order.carrier),
        tracking=_tracking(order.tracking),
        items=_items(order.items),
    )
    # In one sentence a thing called "Sorry" and a carrier called "But" are an apology withdrawn.
    together = " with ".join(filter(None, (told.items, told.carrier, told.tracking)))
    return told if civil(together) else replace(told, items="", carrier="")


def printed_number(number: str) -> str | None:
    """An order number that looks like one, None for any other text."""
    good = _NUMBER.fullmatch(number) and civil(f"your order {number} has")
    return number if good else None


def _words(day: date | None, today: date) -> str:
    if day is None:
        return ""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


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


def _items(items: tuple[str, ...]) -> str:
    """All the goods that were ordered or nothing: a list with a gap is a wrong one."""
    named = [_fit(_ITEM, item) for item in items if not is_charge(item)]
    joined = ", ".join(named)
    whole = 0 < len(named) <= _ITEMS and all(map(is_thing, named))
    return joined if whole and civil(joined) else ""
