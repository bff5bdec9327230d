"""The order book of the demonstration fits its mails."""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from triage.demo import inbox, orders, spare
from triage.order import Export, Mention, Order, OrderStatus
from triage.orders import OrderBook

# As it is shown today, and some other day.
MOMENTS = [datetime.now(UTC), datetime(2031, 3, 1, 0, 10, tzinfo=UTC)]


def book(folder: Path, moment: datetime) -> OrderBook:
    file = folder / "orders.csv"
    file.write_text(orders(moment.date()))
    return OrderBook.load(Export(file))


def found(folder: Path, moment: datetime) -> Iterator[Order]:
    """The orders that are somebody's own who writes about them."""
    loaded = book(folder, moment)
    for raw in (*(mail.raw for mail in inbox(moment)), spare(moment)):
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        part = mail.get_body(("plain", "html"))
        numbers = re.findall(
            r"\b2[34]\d\d\b", mail["Subject"] + (part.get_content() if part else "")
        )
        match = loaded.find(
            Mention(numbers[:1], mail["From"].addresses[0].addr_spec, moment.date())
        )
        if match and match.own:
            yield match.order


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_can_be_read_to_the_last_cell(tmp_path: Path, moment: datetime) -> None:
    """No row is left out and no cell unread."""
    loaded = book(tmp_path, moment)
    assert (loaded.left_out, loaded.unread) == ((), ())


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_order_is_its_writers_own(tmp_path: Path, moment: datetime) -> None:
    """Each is named by the very customer who bought it, and every status is shown."""
    named = {order.number: order for order in found(tmp_path, moment)}
    assert len(named) == len(book(tmp_path, moment))
    statuses = {order.status for order in named.values()}
    assert statuses == set(OrderStatus) - {OrderStatus.UNKNOWN}


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_day_lies_ahead(tmp_path: Path, moment: datetime) -> None:
    """Ordered, then sent, then delivered, at the latest yesterday."""
    for order in found(tmp_path, moment):
        days = [day for day in (order.ordered, order.shipped, order.delivered) if day]
        assert days == sorted(days)
        assert days[-1] <= moment.date() - timedelta(days=1)
