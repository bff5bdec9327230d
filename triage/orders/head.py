"""The first line of an export: which columns there are, and where."""

import re
from dataclasses import fields

from triage.errors import UserError
from triage.order import Columns, Export, Preset
from triage.orders.presets import Layout, layout
from triage.orders.table import Record, column_name

# Of a first line that is not understood so many names are shown, and so many characters of each.
MOST_SEEN = 20
LONGEST_SEEN = 30
# No column's name has an address or a number of three digits in it; a row of orders has.
_DATA = re.compile(r"@|\d\d\d|\d[./-]\d")
LONGEST_NAME = 100  # characters of a name of a column


def columns(head: Record, export: Export) -> tuple[Layout, dict[str, tuple[int, ...]]]:
    """The layout of a first line, and the places of each column in a row, () where the file has
    none. Raises UserError: orders-unfinished or orders-columns."""
    names = [column_name(cell) for cell in head.cells or ()]
    known = layout(frozenset(names), export)
    places = {}
    missing = []
    for column in fields(Columns):
        wanted = getattr(known.columns, column.name)
        # Of two columns nobody knows which is meant: the seller may have an address too.
        there = [name for name in wanted if names.count(column_name(name)) == 1]
        places[column.name] = tuple(names.index(column_name(name)) for name in there)
        # A column that was named must be there; of the others only the number must.
        if column.name == "number" or getattr(export.columns, column.name):
            missing += [name for name in wanted if name not in there]
    if missing and head.last:
        raise UserError("orders-unfinished", path=export.path)
    if missing:
        raise UserError(
            "orders-columns",
            path=export.path,
            columns=tuple(missing),
            seen=_seen(head.cells or []),
            presets=tuple(map(str, Preset)),
        )
    return known, places


def _seen(cells: list[str]) -> tuple[str, ...]:
    """The names a first line has, as far as they can be shown. () where it may be no names but an
    order: those are nobody's to read in a log."""
    names = [" ".join(cell.split()) for cell in cells]
    if len(names) < 2 or any(_DATA.search(name) or len(name) > LONGEST_NAME for name in names):
        return ()
    more = ("...",) if len(names) > MOST_SEEN else ()
    return tuple(ascii(name[:LONGEST_SEEN])[1:-1] for name in names[:MOST_SEEN]) + more
