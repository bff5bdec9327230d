"""The customer's own order: what of it may be printed, and in which words."""

from datetime import date

import pytest

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
    given = {name: getattr(SENT, name) for name in SENT.__slots__} | changes
    return parcel(Match(Order(**given), own=True), TODAY)


def test_an_order_on_its_way():
    """All that is known, in words."""
    found = told()
    assert found.status is OrderStatus.IN_TRANSIT
    assert (found.number, found.shipped, found.delivered) == ("#1043", "12 November", "")
    assert (found.carrier, found.tracking) == ("Royal Mail", "RM 1234 5678 5GB")
    assert found.items == "Blue mug, Bowl"


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
    """What the dates say; where they say nothing for certain, nothing is told."""
    given = {name: getattr(SENT, name) for name in SENT.__slots__} | changes
    assert Order(**given).status is status
    assert (told(**changes) is None) == (status is OrderStatus.UNKNOWN)


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
    """A day to come (a plan), or days in the wrong order: nothing is told."""
    assert told(**changes) is None


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
