"""The order book: orders by number and by address, and what of the file could not be read."""

import gc
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Self

from triage.errors import UserError
from triage.order import (
    Export,
    Match,
    Mention,
    Order,
    Preset,
    Ware,
    nearly,
    number_key,
    tracking_key,
)
from triage.orders.named import Named
from triage.orders.row import CellFault
from triage.orders.rows import read
from triage.reply import address_key

LARGEST = 30_000_000  # octets; 100,000 orders take 15 million
# A mail that names no number is about an order of so many days before it: parcels over an ocean
# take eight weeks.
RECENT = timedelta(days=90)
# Two digits fewer than this shop's shortest number: "order 148" where numbers are 10442 counts
# something, or is a hundred times as old as any other.
TOO_SHORT = 2
WARES = 2000  # that are told apart
_DAY = timedelta(days=1)  # what clocks and zones may differ by


@dataclass(frozen=True, slots=True)
class OrderBook:
    """`left_out` are the rows that could not be used, `unread` the cells of other rows; `as_of` is
    the day on which the file was written, by this machine's clock, None without one; `preset` is
    whose export its first line shows; `catalogue` is what was bought."""

    left_out: tuple[CellFault, ...] = ()
    unread: tuple[CellFault, ...] = ()
    as_of: date | None = None
    preset: Preset | None = None
    _fresh: timedelta = timedelta()
    _by_number: Mapping[str, list[Order]] = field(default_factory=dict, repr=False)
    _by_address: Mapping[str, list[Order]] = field(default_factory=dict, repr=False)
    _shortest: int = 0  # digits of the shortest order number
    _named: Named = field(default_factory=Named, repr=False, compare=False)
    catalogue: tuple[Ware, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return sum(map(len, self._by_number.values()))

    @property
    def addressed(self) -> int:
        """How many orders have their buyer's address: of no other a letter tells."""
        return sum(map(len, self._by_address.values()))

    @property
    def newest(self) -> date | None:
        """The latest day on which an order was made or sent."""
        orders = chain.from_iterable(self._by_number.values())
        days = (day for order in orders for day in (order.ordered, order.shipped) if day)
        return max(days, default=None)

    @classmethod
    def load(cls, export: Export) -> Self:
        """Reads the file. Raises UserError: orders-unreadable, orders-unfinished (it is being
        written), orders-columns or orders-no-table."""
        raw, as_of = _content(export.path)
        with _no_garbage():
            found = read(raw, export)
            return replace(
                cls.of(found.orders, as_of, export.fresh_days),
                left_out=tuple(found.left_out),
                unread=tuple(found.unread),
                preset=found.preset,
            )

    @classmethod
    def of(cls, orders: Sequence[Order], as_of: date, fresh_days: int) -> Self:
        """A book of these orders."""
        by_number, by_address = defaultdict(list), defaultdict(list)
        for order in orders:
            by_number[number_key(order.number)].append(order)
            if order.address:
                by_address[order.address].append(order)
        return cls(
            as_of=as_of,
            _fresh=timedelta(days=fresh_days),
            _by_number=dict(by_number),
            _by_address=dict(by_address),
            _shortest=min(map(_digits, by_number), default=0),
            _named=Named(orders),
            catalogue=_catalogue(by_address),
        )

    def find(self, mention: Mention) -> Match | None:
        """The one order a mail is about, None when there is none or more than one.

        Stated numbers decide alone: where none of them is in the book, the mail is about an order
        that is not. Only a number that is too short for this shop counts as none. Tracking numbers
        lead to an order of that address alone, and so do bare figures. Where all that gives
        nothing, an order of another address under one of the names, made on the day that the mail
        states, is guessed: that is nobody's own, whoever writes.
        """
        own = address_key(mention.address)
        if found := self._certain(mention, own):
            return found
        guess = self._named.find(mention.names, mention.written, mention.ordered, RECENT)
        if guess is None or (own and guess.address == own):
            return None
        return replace(self._match(guess, own=False), guessed=True)

    def _certain(self, mention: Mention, own: str) -> Match | None:
        stated = {number_key(number) for number in mention.numbers}
        found = self._numbered(stated, own)
        parcel = self._tracked(mention.tracking, own)
        if parcel and not (found and found.own):
            return self._own(parcel)
        if found:
            return found if parcel is None or parcel.number == found.order.number else None
        if not all(self._too_short(number) for number in stated):
            return None
        orders = self._by_address.get(own, ()) if own else ()
        bare = {number_key(figures) for figures in mention.bare}
        meant = [order for order in orders if number_key(order.number) in bare]
        meant = meant or [order for order in orders if _recent(order, mention.written)]
        return self._own(meant[0]) if len(meant) == 1 else None

    def _tracked(self, tracking: Iterable[str], own: str) -> Order | None:
        """The one order of an address that was sent under one of these numbers. Others' orders are
        not looked at: a number on a parcel is read by many."""
        keys = {tracking_key(number) for number in tracking}
        mine = self._by_address.get(own, ()) if own else ()
        found = [order for order in mine if order.tracking and tracking_key(order.tracking) in keys]
        return found[0] if len(found) == 1 else None

    def _too_short(self, stated: str) -> bool:
        return stated.isdecimal() and len(stated) <= self._shortest - TOO_SHORT

    def _numbered(self, stated: Iterable[str], own: str) -> Match | None:
        """Numbers of other people's orders change nothing of what a letter says: nobody can find
        out by a letter which there are."""
        found = [order for key in stated for order in self._by_number.get(key, ())]
        mine = [order for order in found if own and order.address == own]
        if not mine and own:
            near = self._by_address.get(own, ())
            mine = [order for order in near if any(nearly(order.number, key) for key in stated)]
        if len(mine) == 1:
            return self._own(mine[0])
        return self._match(found[0], own=False) if len(found) == 1 else None

    def _own(self, order: Order) -> Match:
        """The writer's own order; not legible where a row of its number is nobody's, which may be
        a part of it."""
        others = self._by_number[number_key(order.number)]
        clear = order.legible and all(other.address for other in others)
        return self._match(order._replace(legible=clear), own=True)

    def _match(self, order: Order, *, own: bool) -> Match:
        return Match(order, own, self.as_of, self.as_of + self._fresh if self.as_of else None)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """While a book is made nothing of it is let go: looking for what can be would take a quarter of
    the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _catalogue(by_address: Mapping[str, Sequence[Order]]) -> tuple[Ware, ...]:
    """What was bought, the most bought first; common what at least two addresses have: a ring with
    a name in it is one customer's."""
    bought = Counter(
        chain.from_iterable(
            {item for order in orders for item in order.items} for orders in by_address.values()
        )
    )
    return tuple(Ware(item, buyers > 1) for item, buyers in bought.most_common(WARES))


def _digits(number: str) -> int:
    return len(number) if number.isdigit() else sum(map(str.isdigit, number))


def _recent(order: Order, written: date | None) -> bool:
    day = order.ordered or order.shipped
    if day is None or written is None:
        return True
    return day - _DAY <= written <= day + RECENT


def _content(path: Path) -> tuple[bytes, date]:
    """The bytes of a file that is not being written, and the day on which it was."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would keep us waiting
            raise UserError("orders-unreadable", path=path, why="it is no file")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            raw = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UserError("orders-unreadable", path=path, why=error.strerror) from error
    if len(raw) > LARGEST:
        why = f"it is larger than {LARGEST // 1_000_000} MB"
        raise UserError("orders-unreadable", path=path, why=why)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise UserError("orders-unfinished", path=path)
    return raw, datetime.fromtimestamp(after.st_mtime).astimezone().date()
