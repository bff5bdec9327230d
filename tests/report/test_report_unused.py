"""Ten letters of one template that were not used are worth a word."""

import pytest

from triage.ledger import LaidLetter
from triage.report.unused import unused


def letters(template: str, fates: str) -> list[LaidLetter]:
    known = {"s": "sent", "d": "discarded", "a": "answered", "w": "", "e": "edited", "g": "gone"}
    known |= {"t": "settled", "r": "replaced"}
    return [LaidLetter("stored", "", None, template, 1.0, known[each]) for each in fates]


@pytest.mark.parametrize(
    ("fates", "told"),
    [
        ("d" * 10, 10),
        ("d" * 9, None),
        ("a" * 5 + "d" * 6, 11),
        ("d" * 10 + "s", None),  # the last was of use
        ("s" + "d" * 10, 10),
        ("d" * 5 + "s" + "d" * 9, None),
        ("ddddd" + "wegtr" + "ddddd", 10),  # these say nothing
        ("w" * 20, None),
    ],
)
def test_ten_in_a_row(fates: str, told: int | None) -> None:
    assert unused(letters("late", fates)) == ({"late": told} if told else {})


def test_each_template_for_itself() -> None:
    """The one with the most stands first."""
    mixed = [*letters("late", "d" * 10), *letters("damaged", "a" * 12), *letters("late", "d")]
    mixed += letters("refund", "d" * 9)
    assert list(unused(mixed).items()) == [("damaged", 12), ("late", 11)]
