"""What an order command answers: JSON becomes orders, or is refused as a whole."""

import json
from collections.abc import Mapping
from dataclasses import fields

from triage.errors import UserError
from triage.order import Columns, Order
from triage.orders.parts import MOST_ITEMS, Parts
from triage.orders.row import LONGEST, Reader

_TEXTS = tuple(column.name for column in fields(Columns) if column.name != "item")


class _OddError(ValueError):
    """Something that should not stand where it stands; says where."""


def orders(said: bytes, program: str) -> list[Order]:
    """The orders of an answer: {"orders": [{"number": ..., "email": ..., "items": [...], ...}]}.
    What is not there, or null, is not known; keys of other names are passed over.

    Raises UserError orders-command-answer, which says where something is wrong, never what.
    """
    parts = Parts()
    try:
        for number, found in enumerate(_list(_json(said), "orders")):
            _read(found, f"orders[{number}]", parts)
    except _OddError as odd:
        raise UserError("orders-command-answer", command=program, where=str(odd)) from None
    return parts.all


def _json(said: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(said.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _OddError("") from None
    if not isinstance(found, dict):
        raise _OddError("")
    return found


def _read(found: object, where: str, parts: Parts) -> None:
    """Read as a row of a file with these columns: `shipped` that is null is not shipped, and one
    that is not there is not known."""
    if not isinstance(found, dict):
        raise _OddError(where)
    columns = [name for name in _TEXTS if name in found]
    places: dict[str, tuple[int, ...]] = {column.name: () for column in fields(Columns)} | {
        name: (place,) for place, name in enumerate(columns)
    }
    cells = [_text(found[name], f"{where}.{name}") for name in columns]
    reader = Reader(places, len(cells), "")
    row = reader.row(0, cells)
    if not row.order.number.strip("# "):
        raise _OddError(f"{where}.number")
    if reader.unread:
        raise _OddError(f"{where}.{reader.unread[0].column}")
    items = [_text(item, f"{where}.items") for item in _list(found, "items", where)[:MOST_ITEMS]]
    order = row.order._replace(items=tuple(item[:LONGEST] for item in items if item))
    parts.add(row._replace(order=order))


def _list(found: Mapping[str, object], key: str, where: str = "") -> list[object]:
    value = found.get(key)
    if value is None and where:
        return []
    if not isinstance(value, list):
        raise _OddError(f"{where}.{key}" if where else key)
    return value


def _text(value: object, where: str) -> str:
    """One line of what can be printed: a number may be written as one, a yes as true."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case int():
            return str(value)
        case str():
            shown = (char if char.isprintable() else " " for char in value)
            return " ".join("".join(shown).split())
    raise _OddError(where)
