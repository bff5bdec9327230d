"""The rows of an export become orders: several rows of one number are its items."""

import io
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date

from triage.errors import UserError
from triage.order import Export, Order, number_key
from triage.orders.table import Record, column_name, decoded, records
from triage.reply import address_key

# A file of which so many rows are left out is something else than an order book; of so many cells
# that are not read it is said where they are.
MOST_LEFT_OUT = 10_000
MOST_UNREAD = 10_000
LONGEST = 200  # characters of a cell that are kept
MOST_ITEMS = 100  # of one order
EARLIEST = date(2000, 1, 1)  # a day before it is some program's zero
# Shop systems write the time behind the day, in several ways; the day is the shop's own.
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
# What stands in a column of cancellations beside a day or a "yes".
_NOT = {"", "-", "0", "false", "n", "no"}


@dataclass(frozen=True, slots=True)
class CellFault:
    """What could not be read: the line, a code, and our name of the column where one is meant."""

    line: int
    kind: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: its orders, the rows left out, and the cells of other rows that were not
    read (the first 10,000)."""

    orders: tuple[Order, ...]
    left_out: list[CellFault]
    unread: list[CellFault]


def read(raw: bytes, export: Export) -> Contents:
    """The orders of a file. Raises UserError: orders-unfinished, orders-columns or
    orders-no-table."""
    lines = io.StringIO(decoded(raw), newline="")
    found = records(lines, [column_name(name) for name in astuple(export.columns)])
    head = next(found, None)
    if head is None:
        raise UserError("orders-unfinished", path=export.path)
    reader = _Reader(_places(head, export), export.dates)
    orders = _Orders()
    left_out: list[CellFault] = []
    for record in _sound(found, len(head.cells or ()), export, left_out):
        order, nobodys = reader.order(record.line, record.cells or [])
        if number_key(order.number):
            orders.add(order, nobodys=nobodys)
        else:
            _leave(left_out, CellFault(record.line, "no-number"), export)
    return Contents(tuple(orders.all), left_out, reader.unread)


def read_date(text: str, dates: str) -> date | None:
    """The day a cell names: ISO 8601, else as `dates` says (codes of strptime); None for any
    other."""
    try:
        if iso := _ISO.fullmatch(text):
            day = date.fromisoformat(iso[1])
        else:
            day = date(*time.strptime(text, dates)[:3])
    except ValueError:
        return None
    return day if day >= EARLIEST else None


def _places(head: Record, export: Export) -> Mapping[str, int]:
    """The place of each column in a row, -1 where the file has none."""
    names = [column_name(cell) for cell in head.cells or ()]
    places = {}
    missing = []
    for column in fields(export.columns):
        name = getattr(export.columns, column.name)
        key = column_name(name)
        # Of two columns nobody knows which is meant: the seller may have an address too.
        there = names.count(key) == 1
        places[column.name] = names.index(key) if there else -1
        # A column that was named must be there; of the usual ones only the number must.
        if not there and (column.name == "number" or name != column.default):
            missing.append(name)
    if missing and head.last:
        raise UserError("orders-unfinished", path=export.path)
    if missing:
        raise UserError("orders-columns", path=export.path, columns=tuple(missing))
    return places


def _sound(
    found: Iterator[Record], width: int, export: Export, left_out: list[CellFault]
) -> Iterator[Record]:
    """The rows with a cell for each column: one of another width has them in the wrong ones."""
    for record in found:
        if record.cells is not None and len(record.cells) == width:
            yield record
            continue
        if record.last:
            raise UserError("orders-unfinished", path=export.path)
        fault = CellFault(record.line, "quotes" if record.cells is None else "width")
        _leave(left_out, fault, export)


def _leave(left_out: list[CellFault], fault: CellFault, export: Export) -> None:
    if len(left_out) == MOST_LEFT_OUT:
        raise UserError("orders-no-table", path=export.path)
    left_out.append(fault)


class _Reader:
    """Makes an order of each row, and keeps a list of the cells that it could not read."""

    def __init__(self, places: Mapping[str, int], dates: str) -> None:
        self.unread: list[CellFault] = []
        self._places = places
        self._dates = dates
        self._days: dict[str, date | None] = {}

    def order(self, line: int, cells: list[str]) -> tuple[Order, bool]:
        """The order of one row, and whether it has an address that cannot be read. The row grows
        by an empty cell, for the columns that are not there."""
        cells.append("")
        places = self._places

        def text(column: str) -> str:
            return " ".join(cells[places[column]].split())[:LONGEST]

        def day(column: str) -> tuple[date | None, bool]:
            found = cells[places[column]].strip()
            if found not in self._days:
                self._days[found] = read_date(found, self._dates) if found else None
            if (day := self._days[found]) is None and found:
                self._miss(CellFault(line, "date", column))
            return day, day is not None or not found

        email = text("email")
        address = address_key(email)
        if email and not address:
            self._miss(CellFault(line, "address", "email"))
        item = text("item")
        ordered, _ = day("ordered")
        shipped, one = day("shipped")
        delivered, other = day("delivered")
        order = Order(
            number=text("number"),
            address=address,
            name=text("name"),
            items=(item,) if item else (),
            ordered=ordered,
            shipped=shipped,
            delivered=delivered,
            carrier=text("carrier"),
            tracking=text("tracking"),
            legible=one
            and other
            and (places["shipped"] >= 0 or delivered is not None)
            and text("cancelled").casefold() in _NOT,
        )
        return order, bool(email and not address)

    def _miss(self, fault: CellFault) -> None:
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(fault)


class _Orders:
    """Rows put together. Further items of an order are rows of the same number and address, or
    rows without one directly below it. Never more: two shops may count alike, and of a row whose
    address cannot be read nobody knows whose it is."""

    def __init__(self) -> None:
        self.all: list[Order] = []
        self._places: dict[tuple[str, str], int] = {}
        self._last = ("", -1)  # the number of the row above, and the place of its order

    def add(self, order: Order, *, nobodys: bool) -> None:
        # Not `number_key`: two numbers that differ by a blank may be two orders.
        key = order.number.lstrip("# ").casefold()
        place = len(self.all)
        if order.address:
            place = self._places.setdefault((key, order.address), place)
        elif not nobodys and self._last[0] == key:
            place = self._last[1]
        if place == len(self.all):
            self.all.append(order)
        else:
            self.all[place] = _together(self.all[place], order)
        self._last = (key, place)


def _together(order: Order, more: Order) -> Order:
    """An order with what a further row says of it. Two parcels, two days or two buyers are more
    than a letter can tell: then the book is not legible."""
    pairs = (
        (order.name, more.name),
        (order.shipped, more.shipped),
        (order.delivered, more.delivered),
        (order.tracking, more.tracking),
    )
    agreed = all(one == other for one, other in pairs if one and other)
    return replace(
        order,
        name=order.name or more.name,
        items=tuple(dict.fromkeys(order.items + more.items))[:MOST_ITEMS],
        ordered=order.ordered or more.ordered,
        shipped=order.shipped or more.shipped,
        delivered=order.delivered or more.delivered,
        carrier=order.carrier or more.carrier,
        tracking=order.tracking or more.tracking,
        legible=order.legible and more.legible and agreed,
    )
