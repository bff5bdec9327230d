"""The order book in the story: looked at once a cycle, and never in the way."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from world import MORNING, World, mail

from triage.event import Handled, OrdersNotRead
from triage.order import Export
from triage.orders import OrderFile
from triage.reply import Shop

ADA = "Ada Fox <ada@customer.example>"
ROWS = "number,email,shipped\n2417,ada@customer.example,2026-02-24\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A shop that answers "when will it come", with an order book yet to be written."""
    world = World(tmp_path, shop=Shop(order_status=True))
    orders = OrderFile(Export(tmp_path / "orders.csv"))
    world.desk = replace(world.desk, orders=orders)
    return world


def write(folder: Path, rows: str) -> None:
    """A file of the day before, that nobody is writing any more."""
    path = folder / "orders.csv"
    path.write_text(rows)
    yesterday = MORNING.timestamp() - 86_400
    os.utime(path, (yesterday, yesterday))


def test_an_order_written_down_between_two_cycles(world: World, tmp_path: Path) -> None:
    """The next cycle knows it; a file that is away or cut is told of once, and stops nothing."""
    world.deliver(mail(1, "When will it come?"))
    failed, handled = world.cycle()[:2]
    assert isinstance(failed, OrdersNotRead)
    assert failed.error.kind == "orders-unreadable"
    assert isinstance(handled, Handled)
    assert handled.finding.match is None
    write(tmp_path, ROWS)
    world.deliver(mail(2, "When does my order 2417 come?", sender=ADA))
    (handled, _) = world.cycle(minutes=1)
    assert isinstance(handled, Handled)
    assert handled.finding.match
    assert handled.finding.match.own
    write(tmp_path, ROWS[:-12])
    world.deliver(mail(3, "And when, please?", sender=ADA))
    failed, handled, _ = world.cycle(minutes=1)
    assert isinstance(failed, OrdersNotRead)
    assert failed.error.kind == "orders-unfinished"
    assert isinstance(handled, Handled)
    assert handled.finding.match
    assert world.cycle(minutes=1) == []
    plain, *told = [draft.get_content() for draft in world.drafts()]
    assert "sent on" not in plain
    assert ["sent on 24 February" in text for text in told] == [True, True]


def test_an_order_of_mail_that_nobody_answers(world: World, tmp_path: Path) -> None:
    """The owner's own mail and bounces are about no order."""
    write(tmp_path, ROWS)
    world.deliver(mail(1, "My order 2417", sender="hello@shop.example"))
    (handled,) = world.cycle()
    assert isinstance(handled, Handled)
    assert handled.finding.match is None
