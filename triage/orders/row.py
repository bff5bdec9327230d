"""One row of an export: cells become an order, as far as they can be read."""

import re
import time
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from triage.order import Order
from triage.orders.status import Told, told
from triage.reply import address_key

MOST_UNREAD = 10_000  # of so many cells that are not read it is said where they are
LONGEST = 200  # characters of a cell that are kept
EARLIEST = date(2000, 1, 1)  # a day before it is some program's zero
# Shop systems write the time behind the day, in several ways; the day is the shop's own.
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
_TEXTS = ("number", "email", "name", "item", "carrier", "tracking", "postal")
_DAYS = ("ordered", "shipped", "delivered")
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
        self._days: dict[str, tuple[date | None, bool]] = {"": (None, True)}
        self._told: dict[str, Told | None] = {}
        self._words, self._cancelled = places["status"], places["cancelled"]
        self._has_shipped = bool(places["shipped"])
        # Behind the row's own cells comes an empty one, and what stands in several, joined.
        self._joined: list[tuple[str, tuple[int, ...]]] = []
        one: dict[str, int] = {}
        for column in (*_TEXTS, *_DAYS):
            several = places[column]
            one[column] = several[0] if several else width
            if len(several) > 1:
                self._joined.append((", " if column == "postal" else " ", several))
                one[column] = width + len(self._joined)
        self._texts = itemgetter(*(one[column] for column in _TEXTS))
        self._dated = tuple((column, one[column]) for column in _DAYS)

    def row(self, line: int, cells: list[str]) -> Row:
        """What a row says; it grows."""
        cells.append("")
        for mark, several in self._joined:
            cells.append(mark.join(filter(None, [cells[place].strip() for place in several])))

        number, email, name, item, carrier, tracking, postal = [
            " ".join(cell.split())[:LONGEST] if cell else "" for cell in self._texts(cells)
        ]
        address = address_key(email)
        if email and not address:
            self._miss(CellFault(line, "address", "email"))
        (ordered, _), (shipped, one), (delivered, other) = [
            self._day(cells[place].strip(), line, column) for column, place in self._dated
        ]
        words = self._status(line, cells)
        order = Order(
            number=number,
            address=address,
            name=name,
            items=(item,) if item else (),
            ordered=ordered,
            shipped=shipped,
            delivered=delivered,
            carrier=carrier,
            tracking=tracking,
            postal=postal,
            legible=one
            and other
            and self._agree(words, shipped, delivered)
            and not (self._cancelled and self._is_cancelled(cells)),
        )
        return Row(order, bool(email and not address), words)

    def _is_cancelled(self, cells: list[str]) -> bool:
        return any(cells[place].strip().casefold() not in _NOT for place in self._cancelled)

    def _day(self, text: str, line: int, column: str) -> tuple[date | None, bool]:
        """The day a cell names, and whether it is empty or could be read."""
        found = self._days.get(text)
        if found is None:
            day = read_date(text, self._dates)
            found = self._days[text] = (day, day is not None)
        if not found[1]:
            self._miss(CellFault(line, "date", column))
        return found

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
