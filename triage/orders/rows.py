"""The rows of an export become orders."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from triage.errors import UserError
from triage.order import Export, Order, Preset
from triage.orders.head import columns
from triage.orders.parts import Parts
from triage.orders.presets import all_names
from triage.orders.row import CellFault, Reader
from triage.orders.table import Record, decoded, records

# A file of which so many rows are left out is something else than an order book.
MOST_LEFT_OUT = 10_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: whose export it is, its orders, the rows left out, and the cells of other
    rows that were not read (the first 10,000)."""

    preset: Preset | None
    orders: tuple[Order, ...]
    left_out: list[CellFault]
    unread: list[CellFault]


def read(raw: bytes, export: Export) -> Contents:
    """The orders of a file. Raises UserError: orders-unfinished, orders-columns or
    orders-no-table."""
    lines = io.StringIO(decoded(raw), newline="")
    found = records(lines, all_names(export))
    head = next(found, None)
    if head is None:
        raise UserError("orders-unfinished", path=export.path)
    known, places = columns(head, export)
    width = len(head.cells or ())
    reader = Reader(places, width, known.dates)
    orders = Parts()
    left_out: list[CellFault] = []
    for record in _sound(found, width, export, left_out):
        row = reader.row(record.line, record.cells or [])
        if row.order.number.strip("# "):
            orders.add(row)
        else:
            _leave(left_out, CellFault(record.line, "no-number"), export)
    return Contents(known.preset, tuple(orders.all), left_out, reader.unread)


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
