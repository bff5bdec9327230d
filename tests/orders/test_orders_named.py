"""An order guessed by its buyer's name: exactly one, and never more than a guess."""

from datetime import date
from pathlib import Path

import pytest
from exports import export

from triage.order import Mention
from triage.orders import OrderBook
from triage.orders.named import name_key

WRITTEN = date(2026, 11, 20)
ROWS = (
    "1001,ann@example.org,Ann Fox,Mug,2026-11-01,,,,",
    "1002,bo@example.org,Bo Li,Mug,2026-11-02,,,,",
    "1003,bo@work.example,Bo Li,Mug,2026-11-09,,,,",
    "1004,cy@example.org,Cy Roe,Mug,2026-05-01,,,,",
    "1005,cy@example.org,Cy Roe,Mug,2026-11-10,,,,",
    "1006,,Dee Poe,Mug,2026-11-10,,,,",
    "1007,eve@example.org,Eve Moe,Mug,,,,,",
)


@pytest.fixture
def book(tmp_path: Path) -> OrderBook:
    return OrderBook.load(export(tmp_path, *ROWS))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Fox", "ann fox", True),
        ("Ann Fox", "FOX, Ann", True),
        ("Ann B. Fox", "Ann Fox", True),
        ("José Núñez", "Jose Nunez", True),
        ("Łukasz Żak", "Lukasz Zak", True),
        ("Søren Groß", "soren GROSS", True),
        ("Mary-Ann O'Neil", "Mary Ann O’Neil", True),
        ("Ann Fox", "Ann Foxe", False),
        ("Ann Fox", "Ann Mary Fox", False),
        ("Ann Fox", "Fox", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    """Without case, accents, initials and sequence; both names, and no others."""
    assert (name_key(one) == name_key(other)) is same
    assert name_key(one)


@pytest.mark.parametrize("text", ["", "Ann", "A. B.", "42 17", "x" * 90, "ann fox " * 20])
def test_what_is_no_full_name(text: str) -> None:
    """A given name alone is many people's."""
    assert name_key(text) == ""


@pytest.mark.parametrize(
    ("names", "ordered", "number"),
    [
        (["Ann Fox"], None, "1001"),
        (["", "It has not come.", "Ann Fox"], None, "1001"),
        (["Ann"], None, ""),
        (["Bo Li"], None, ""),
        (["Bo Li"], date(2026, 11, 9), "1003"),
        (["Bo Li"], date(2026, 11, 3), "1002"),  # a day off: midnight, and zones
        (["Bo Li"], date(2026, 11, 6), ""),
        (["Ann Fox"], date(2026, 11, 6), ""),  # the day that he says is another
        (["Ann Fox", "Dee Poe"], None, ""),
        (["Cy Roe"], None, "1005"),
        (["Cy Roe"], date(2026, 5, 1), "1004"),
        (["Dee Poe"], None, "1006"),
        (["Eve Moe"], None, ""),  # nobody knows when it was
    ],
)
def test_by_name_and_day(
    book: OrderBook, names: list[str], ordered: date | None, number: str
) -> None:
    """Exactly one of ninety days, or of the day that is stated: a guess, and nobody's own."""
    match = book.find(Mention([], "x@y.example", WRITTEN, names=names, ordered=ordered))
    assert (match.order.number if match else "") == number
    if match:
        assert (match.own, match.guessed) == (False, True)


def test_what_is_certain_goes_first(book: OrderBook) -> None:
    """Number, address: a name changes nothing of them; nor is one guessed among the writer's."""
    for numbers, address in ((["1001"], "bo@example.org"), ([], "ann@example.org")):
        match = book.find(Mention(numbers, address, WRITTEN, names=["Dee Poe"]))
        assert match
        assert (match.order.number, match.guessed) == ("1001", False)
    assert book.find(Mention(["99"], "cy@example.org", WRITTEN, names=["Ann Fox"]))
    assert book.find(Mention(["9999"], "cy@example.org", WRITTEN, names=["Cy Roe"])) is None


def test_a_mail_of_no_day(book: OrderBook) -> None:
    """Nobody can say what was of late."""
    assert book.find(Mention([], "", None, names=["Ann Fox"])) is None
    assert book.find(Mention([], "", None, names=["Ann Fox"], ordered=date(2026, 11, 1)))
