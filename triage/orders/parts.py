"""Rows put together: several of one number are the parts of an order."""

from triage.order import Order
from triage.orders.row import Row
from triage.orders.status import Told

MOST_ITEMS = 100  # of one order


class Parts:
    """The orders that rows make. Further items of an order are rows of the same number and address,
    or rows without one directly below it. Never more: two shops may count alike, and of a row whose
    address cannot be read nobody knows whose it is."""

    def __init__(self) -> None:
        self.all: list[Order] = []
        self._told: dict[int, Told] = {}  # by the place of its order, where it is something
        self._places: dict[tuple[str, str], int] = {}
        self._last = ("", -1)  # the number of the row above, and the place of its order

    def add(self, row: Row) -> None:
        # Not `number_key`: two numbers that differ by a blank may be two orders.
        key = row.order.number.lstrip("# ").casefold()
        place = len(self.all)
        if row.order.address:
            place = self._places.setdefault((key, row.order.address), place)
        elif not row.nobodys and self._last[0] == key:
            place = self._last[1]
        if place == len(self.all):
            self.all.append(row.order)
        else:
            told_before = self._told.get(place, Told.NOTHING)
            self.all[place] = _together(Row(self.all[place], row.nobodys, told_before), row)
        if row.told is not Told.NOTHING:
            self._told.setdefault(place, row.told)
        self._last = (key, place)


def _together(row: Row, further: Row) -> Order:
    """An order with what a further row says of it. Two parcels, two days or two buyers are more
    than a letter can tell: then the book is not legible."""
    order, more = row.order, further.order
    pairs = (
        (order.name, more.name),
        (order.shipped, more.shipped),
        (order.delivered, more.delivered),
        (order.tracking, more.tracking),
    )
    agreed = all(one == other for one, other in pairs if one and other)
    whole = not any(
        _behind(one, other, column)
        for one, other in ((row, further), (further, row))
        for column in ("shipped", "delivered")
    )
    return order._replace(
        name=order.name or more.name,
        items=tuple(dict.fromkeys(order.items + more.items))[:MOST_ITEMS],
        ordered=order.ordered or more.ordered,
        shipped=order.shipped or more.shipped,
        delivered=order.delivered or more.delivered,
        carrier=order.carrier or more.carrier,
        tracking=order.tracking or more.tracking,
        postal=order.postal or more.postal,
        legible=order.legible and more.legible and agreed and whole,
    )


def _behind(row: Row, ahead: Row, column: str) -> bool:
    """Whether a row is of a part that has not come as far: it has no day where the other has one.
    A row without an address is an item and no more; and where a word says how far the whole order
    is, days stand in one row only."""
    if getattr(row.order, column) or not getattr(ahead.order, column):
        return False
    if row.told is Told.NOT_SENT:
        return True
    return bool(row.order.address) and ahead.told not in {Told.SENT, Told.DELIVERED}
