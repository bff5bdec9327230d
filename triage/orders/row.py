"""One row of an export: cells become an order, as far as they can be read."""

import re
import time
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from triage.order import Order
from triage.orders.status import Told, told
from triage.reply import address_key

MOST_UNREAD = 10_000  # of so many cells that are not read it is said where they are
LONGEST = 200  # characters of a cell that are kept
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


class Row(NamedTuple):
    """One row: what it says of its order. `nobodys` says that it has an address that cannot be
    read, `told` what its words on the order's status say together."""

    order: Order
    nobodys: bool
    told: Told


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


class Reader:
    """Makes an order of each row, and keeps a list of the cells that it could not read."""

    def __init__(self, places: dict[str, tuple[int, ...]], width: int, dates: str) -> None:
        self.unread: list[CellFault] = []
        self._dates = dates
        self._days: dict[str, date | None] = {}
        self._told: dict[str, Told | None] = {}
        self._words, self._cancelled = places["status"], places["cancelled"]
        self._has_shipped = bool(places["shipped"])
        # What stands in several cells is joined in one more behind the row's own.
        self._joined: list[tuple[str, tuple[int, ...]]] = []
        self._places: dict[str, int | None] = {}
        for column, several in places.items():
            self._places[column] = several[0] if several else None
            if len(several) > 1:
                self._places[column] = width + len(self._joined)
                self._joined.append((", " if column == "postal" else " ", several))

    def row(self, line: int, cells: list[str]) -> Row:
        """What a row says; it grows."""
        places = self._places
        for mark, several in self._joined:
            cells.append(mark.join(filter(None, [cells[place].strip() for place in several])))

        def text(column: str) -> str:
            place = places[column]
            return "" if place is None else " ".join(cells[place].split())[:LONGEST]

        def day(column: str) -> tuple[date | None, bool]:
            place = places[column]
            found = "" if place is None else cells[place].strip()
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
        words = self._status(line, cells)
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
            postal=text("postal"),
            legible=one
            and other
            and self._agree(words, shipped, delivered)
            and all(cells[place].strip().casefold() in _NOT for place in self._cancelled),
        )
        return Row(order, bool(email and not address), words)

    def _status(self, line: int, cells: list[str]) -> Told:
        """The word of several that says most."""
        found = Told.NOTHING
        for place in self._words:
            cell = cells[place]
            if cell not in self._told:
                self._told[cell] = told(cell)
            word = self._told[cell]
            if word is None:
                self._miss(CellFault(line, "status", "status"))
                word = Told.DOUBT
            if word is not Told.NOTHING and found is not Told.DOUBT:
                found = word if found in {Told.NOTHING, word} else Told.DOUBT
        return found

    def _agree(self, word: Told, shipped: date | None, delivered: date | None) -> bool:
        """Whether the days and the word are one story, and whole."""
        match word:
            case Told.NOT_SENT:
                return shipped is None and delivered is None
            case Told.SENT:  # on a day that must be known
                return shipped is not None or delivered is not None
            case Told.DELIVERED:
                return delivered is not None
            case Told.DOUBT:
                return False
        return self._has_shipped or delivered is not None

    def _miss(self, fault: CellFault) -> None:
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(fault)
