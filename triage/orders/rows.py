"""The rows of an export become orders: several rows of one number are its items."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date

from triage.errors import UserError
from triage.order import Export, Order
from triage.orders.table import Record, column_name, decoded, records
from triage.reply import address_key

# A file with so many broken rows is something else than a table.
MOST_BROKEN = 1000
LONGEST = 200  # characters of a cell that are kept
MOST_ITEMS = 100  # of one order
EARLIEST = date(2000, 1, 1)  # a day before it is some program's zero
# Shop systems write the time behind the day, in several ways; the day is the shop's own.
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
# What stands in a column of cancellations beside a day or a "yes".
_NOT = {"", "-", "0", "false", "n", "no"}
_SIGNS = re.compile(r"[#\s]+")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What could not be read: the line, a code, and our name of the column where one is meant."""

    line: int
    kind: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: orders by `number_key` and address (two shops may count alike), the rows
    left out, and the cells of other rows that were not read."""

    orders: dict[str, dict[str, Order]]
    left_out: list[CellFault]
    unread: list[CellFault]


def number_key(number: str) -> str:
    """An order number for comparing: without number signs, blanks and case."""
    return _SIGNS.sub("", number).casefold()


def read(raw: bytes, export: Export) -> Contents:
    """The orders of a file. Raises UserError: orders-unfinished, orders-columns or
    orders-no-table."""
    found = records(decoded(raw), [column_name(name) for name in astuple(export.columns)])
    head = next(found, None)
    if head is None:
        raise UserError("orders-unfinished", path=export.path)
    reader = _Reader(_places(head, export), export.dates)
    contents = Contents({}, [], reader.unread)
    for record in _sound(found, len(head.cells or ()), export, contents.left_out):
        order = reader.order(record.line, record.cells or [])
        if key := number_key(order.number):
            _put(contents.orders.setdefault(key, {}), order)
        else:
            contents.left_out.append(CellFault(record.line, "no-number"))
    return contents


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
        places[column.name] = names.index(key) if key in names else -1
        # A column that was named must be there; of the usual ones only the number must.
        if key not in names and (column.name == "number" or name != column.default):
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
    broken = 0
    for record in found:
        if record.cells is not None and len(record.cells) == width:
            yield record
            continue
        if record.last:
            raise UserError("orders-unfinished", path=export.path)
        broken += record.cells is None
        if broken > MOST_BROKEN:
            raise UserError("orders-no-table", path=export.path)
        left_out.append(CellFault(record.line, "quotes" if record.cells is None else "width"))


class _Reader:
    """Makes an order of each row, and keeps a list of the cells that it could not read."""

    def __init__(self, places: Mapping[str, int], dates: str) -> None:
        self.unread: list[CellFault] = []
        self._places = places
        self._dates = dates
        self._days: dict[str, date | None] = {}

    def order(self, line: int, cells: list[str]) -> Order:
        """The order of one row. It grows by an empty cell, for the columns that are not there."""
        cells.append("")
        places = self._places

        def text(column: str) -> str:
            return " ".join(cells[places[column]].split())[:LONGEST]

        def day(column: str) -> tuple[date | None, bool]:
            found = cells[places[column]].strip()
            if found not in self._days:
                self._days[found] = read_date(found, self._dates) if found else None
            if (day := self._days[found]) is None and found:
                self.unread.append(CellFault(line, "date", column))
            return day, day is not None or not found

        email = text("email")
        address = address_key(email)
        if email and not address:
            self.unread.append(CellFault(line, "address", "email"))
        item = text("item")
        ordered, _ = day("ordered")
        shipped, one = day("shipped")
        delivered, other = day("delivered")
        return Order(
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


def _put(orders: dict[str, Order], order: Order) -> None:
    """Another order of a number, or further items of one that is there. A row without an address
    belongs to the order above it."""
    address = order.address or next(reversed(orders), "")
    there = orders.get(address) or orders.pop("", None)
    orders[address] = _together(there, order) if there else order


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
        address=order.address or more.address,
        name=order.name or more.name,
        items=tuple(dict.fromkeys(order.items + more.items))[:MOST_ITEMS],
        ordered=order.ordered or more.ordered,
        shipped=order.shipped or more.shipped,
        delivered=order.delivered or more.delivered,
        carrier=order.carrier or more.carrier,
        tracking=order.tracking or more.tracking,
        legible=order.legible and more.legible and agreed,
    )
