"""One order as the shop's order book tells it, and where that book lies. Values only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

_SIGNS = re.compile(r"[#\s]+")
_PARTS = re.compile(r"([^\W\d_]*)[-/_]?(\d{3,}(?:[-/_]\d+)*)[-/_]?([^\W\d_]*)")

# A shop that exports daily is believed over a day without; Friday's book is silent on Monday.
FRESH_DAYS = 2


class OrderStatus(StrEnum):
    """How far an order has got, as far as the book knows."""

    NOT_SHIPPED = "not-shipped"
    IN_TRANSIT = "in-transit"
    DELIVERED = "delivered"  # marked so, which is not yet received
    UNKNOWN = "unknown"


MAY_CHANGE = frozenset({OrderStatus.NOT_SHIPPED, OrderStatus.IN_TRANSIT})


class Order(NamedTuple):
    """A tuple, for a book makes a hundred thousand of them.

    `address` is the buyer's, as `triage.reply.address_key` gives it, "" when none is known.
    Texts are as in the book, one line each, "" when it has none. `postal` is where it goes, for the
    owner's eyes. `legible` is False where the book has a word on shipping or delivery that could
    not be read, or several, or no column for one: then nothing is known of them.
    """

    number: str
    address: str = ""
    name: str = ""
    items: tuple[str, ...] = ()
    ordered: date | None = None
    shipped: date | None = None
    delivered: date | None = None
    carrier: str = ""
    tracking: str = ""
    postal: str = ""
    legible: bool = True

    @property
    def status(self) -> OrderStatus:
        if not self.legible:
            return OrderStatus.UNKNOWN
        if self.delivered:
            return OrderStatus.DELIVERED
        if self.shipped:
            return OrderStatus.IN_TRANSIT
        # A tracking number without a date is a label, which may lie on the packing table.
        return OrderStatus.UNKNOWN if self.tracking else OrderStatus.NOT_SHIPPED


@dataclass(frozen=True, slots=True)
class Mention:
    """What a mail says of the order it is about. `numbers` are those it states as an order's, and
    `tracking` those of parcels; `address` is whom an answer goes to, "" for nobody; `written` is
    the day of the mail. `names` may be the writer's; `ordered` is the day on which he says he did.
    `bare` are figures that are called nothing: they choose among the orders of his own address."""

    numbers: Sequence[str] = ()
    address: str = ""
    written: date | None = None
    tracking: Sequence[str] = ()
    names: Sequence[str] = ()
    ordered: date | None = None
    bare: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The order a mail is about. `own` says that the order's own address is the one an answer goes
    to; else the order is shown to the owner alone. `as_of` is the day on which the book was
    written; up to `fresh_until` it is believed in what may have changed since, None for ever.
    `guessed` says that no more than the buyer's name speaks for it."""

    order: Order
    own: bool
    as_of: date | None = None
    fresh_until: date | None = None
    guessed: bool = False

    def told(self, today: date) -> OrderStatus:
        """How far the order has got, as far as it can be said on a day: what has not been sent may
        go tomorrow, and what is on its way may arrive."""
        status = self.order.status
        if status in MAY_CHANGE and self.fresh_until is not None and today > self.fresh_until:
            return OrderStatus.UNKNOWN
        return status


@dataclass(frozen=True, slots=True)
class Ware:
    """Something the shop sells. `common` says that several customers have bought it, or that the
    owner says so: what was made for one of them is known, and never named to another."""

    name: str
    common: bool = True


class Preset(StrEnum):
    """A shop system whose export is known by its first line."""

    ETSY = "etsy"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called in the first line of the file; case does not matter. Several
    that make one thing together, as a first name and a last name, are joined; () where nothing is
    said."""

    number: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    shipped: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
    carrier: tuple[str, ...] = ()
    tracking: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    postal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """The file the shop system writes its orders to. `columns` are those its owner has named; of
    the others the `preset` knows the names, None for the one that the first line shows. `dates` is
    how the file writes them beside ISO 8601, in the codes of strptime, "" as the preset does.
    `fresh_days` is how long after it was written it is believed in what may have changed since."""

    path: Path
    columns: Columns = Columns()
    dates: str = ""
    fresh_days: int = FRESH_DAYS
    preset: Preset | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """The program that is asked for the orders a mail may be about: `words` are it and its
    arguments. `fresh_days` as in `Export`, from the day on which it answered."""

    words: tuple[str, ...]
    fresh_days: int = FRESH_DAYS


def number_key(number: str) -> str:
    """An order number as customers write it: without number signs, blanks and case."""
    return _SIGNS.sub("", number).casefold()


def tracking_key(number: str) -> str:
    """A tracking number without blanks, signs and case."""
    return "".join(filter(str.isalnum, number)).casefold()


def nearly(one: str, other: str) -> bool:
    """Whether two order numbers are one but for letters before or behind that one of them lacks:
    LMP-1001, 1001 and 1001-UK, but not LMP-1001 and ABC-1001, nor 1001 and 1001-2."""
    parts = [_PARTS.fullmatch(number_key(number)) for number in (one, other)]
    if parts[0] is None or parts[1] is None:
        return False
    (before, digits, after), (other_before, other_digits, other_after) = (
        part.groups() for part in parts if part
    )
    return (
        digits == other_digits
        and (before == other_before or not before or not other_before)
        and (after == other_after or not after or not other_after)
    )
