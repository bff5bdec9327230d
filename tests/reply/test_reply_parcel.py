"""The customer's own order: what of it may be printed, and in which words."""

from datetime import date

import pytest

from triage.facts.stated import Stated
from triage.order import Match, Order, OrderStatus
from triage.reply.parcel import parcel

TODAY = date(2025, 11, 22)
SENT = Order(
    number="#1043",
    address="maria@example.com",
    name="Maria Rossi",
    items=("Blue mug", "Bowl"),
    ordered=date(2025, 11, 10),
    shipped=date(2025, 11, 12),
    carrier="Royal Mail",
    tracking="RM 1234 5678 5GB",
)


def told(**changes):
    return parcel(Match(SENT._replace(**changes), own=True), TODAY)


def test_an_order_on_its_way():
    """All that is known, in words."""
    found = told()
    assert found.status is OrderStatus.IN_TRANSIT
    assert (found.number, found.shipped, found.delivered) == ("#1043", "12 November", "")
    assert (found.carrier, found.tracking) == ("Royal Mail", "RM 1234 5678 5GB")
    assert found.items == "Blue mug, Bowl"


def test_american_days():
    """The month first, and the year where it is another one."""
    order = SENT._replace(ordered=None, shipped=date(2024, 11, 12), delivered=date(2025, 1, 3))
    found = parcel(Match(order, own=True), TODAY, american=True)
    assert found.days == ("November 12, 2024", "January 3")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"shipped": None, "tracking": ""}, OrderStatus.NOT_SHIPPED),
        ({}, OrderStatus.IN_TRANSIT),
        ({"delivered": date(2025, 11, 15)}, OrderStatus.DELIVERED),
        ({"shipped": None, "delivered": date(2025, 11, 15)}, OrderStatus.DELIVERED),
        # A label without a day may lie on the packing table; a word that was not read may be any.
        ({"shipped": None}, OrderStatus.UNKNOWN),
        ({"legible": False}, OrderStatus.UNKNOWN),
        ({"legible": False, "delivered": date(2025, 11, 15)}, OrderStatus.UNKNOWN),
    ],
)
def test_how_far_an_order_is(changes, status):
    """What the dates say; where they say nothing for certain, no day, nor how far it is."""
    assert SENT._replace(**changes).status is status
    assert told(**changes).status is status


@pytest.mark.parametrize(
    "changes",
    [
        {"shipped": date(2025, 11, 23)},
        {"delivered": date(2025, 12, 1)},
        {"delivered": date(2025, 11, 11)},
        {"ordered": date(2025, 11, 13)},
        {"ordered": date(2025, 12, 1), "shipped": None, "tracking": ""},
    ],
)
def test_days_that_cannot_be(changes):
    """A day to come (a plan), or days in the wrong order: no day, nor how far it is."""
    assert told(**changes).status is OrderStatus.UNKNOWN
    assert told(**changes).days == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2025, 1, 2), "2 January"), (date(2024, 12, 31), "31 December 2024")],
)
def test_a_day_of_another_year_says_so(day, words):
    """This year's needs none."""
    assert told(ordered=None, shipped=day).shipped == words


@pytest.mark.parametrize(
    ("field", "text", "printed"),
    [
        ("carrier", "DHL", "DHL"),
        ("carrier", "ROYAL MAIL", "Royal Mail"),
        ("carrier", "HERMES", "Hermes"),
        ("carrier", "  An\tPost ", "An Post"),
        ("carrier", "https://track.example/1", ""),
        ("carrier", "DHL\r\nBcc: x@y.example", ""),
        ("carrier", "\u202eliaM layoR", "liaM layoR"),
        ("carrier", "{{ 7 * 7 }}", ""),
        ("carrier", "Sorry!", ""),
        ("carrier", "x" * 60, ""),
        ("tracking", "1Z999AA10123456784", "1Z999AA10123456784"),
        ("tracking", "none", ""),
        ("tracking", "https://track.example/1", ""),
        ("tracking", "2025-11-30", ""),
        ("tracking", "12 March 2026", ""),
        ("tracking", "1" * 50, ""),
        ("number", "1043", "1043"),
        ("number", "TICKET-1", ""),
        ("number", "10 43", ""),
        ("items", ("Blue mug",), "Blue mug"),
        ("items", ("Mug, see www.mug.example",), ""),
        ("items", ("Mug of anna@mug.example",), ""),
        ("items", ("Blue mug", "Blue mug (large)"), "Blue mug, Blue mug (large)"),
        ("items", (), ""),
        ("items", ("a1", "b1", "c1", "d1"), ""),
        ("items", ("Blue mug", "[[fill in]]"), ""),
        ("items", ("Blue mug", "BUY NOW, CHEAP"), ""),
        ("items", ("Mug\\",), ""),
        ("items", ("Mug, engraved: see you tomorrow",), ""),
        ("items", ("m" * 100,), ""),
        ("items", ("Bücher über Töpferei",), "Bücher über Töpferei"),
    ],
)
def test_what_can_be_printed(field, text, printed):
    """Plain words, or nothing: what does not look like what it should be is left out."""
    assert getattr(told(**{field: text}), field) == printed


def test_words_that_are_civil_alone():
    """What only together withdraws an apology is left out, both."""
    found = told(items=("Sorry card",), carrier="But Parcels")
    assert (found.items, found.carrier, found.tracking) == ("", "", "RM 1234 5678 5GB")
    assert told(items=("Sorry card",)).items == "Sorry card"


@pytest.mark.parametrize(
    ("shipped", "takes", "overdue"),
    [
        (date(2025, 11, 12), 0, False),
        (date(2025, 11, 8), 0, False),
        (date(2025, 11, 7), 0, True),
        (date(2025, 11, 12), 10, False),
        (date(2025, 11, 11), 10, True),
        (date(2025, 11, 7), 30, False),
    ],
)
def test_overdue(shipped, takes, overdue):
    """On its way for longer than the shop says that parcels take, or than two weeks."""
    order = Order("1", ordered=date(2025, 11, 1), shipped=shipped)
    assert parcel(Match(order, own=True), TODAY, takes).overdue is overdue
    came = Order("1", shipped=shipped, delivered=TODAY)
    assert not parcel(Match(came, own=True), TODAY, takes).overdue


@pytest.mark.parametrize(
    ("stated", "differs"),
    [
        (Stated(), False),
        (Stated(ordered=date(2025, 11, 10)), False),
        (Stated(ordered=date(2025, 11, 7)), False),
        (Stated(ordered=date(2025, 11, 6)), True),
        (Stated(ordered=date(2025, 11, 14)), True),
        (Stated(arrived=date(2025, 11, 20)), True),
        (Stated(arrived=date(2025, 11, 16)), False),
        (Stated(promised=date(2025, 11, 2), wrote=date(2025, 11, 2)), False),
    ],
)
def test_days_that_are_not_the_books(stated, differs):
    """By more than three days; what the book does not say differs from nothing."""
    assert told(delivered=date(2025, 11, 15)).differs(stated) is differs
    assert not told(ordered=None).differs(stated)
