"""What a thing is needed for, and by when, is told from plain sentences; from traps not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from growth import linear
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.occasion import OCCASIONS, Occasion, occasion
from triage.origin import origin

WRITTEN = date(2026, 11, 23)  # a Monday
LINES = Path(__file__).with_name("occasion.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("what", "day", "flags", "text"), ROWS)
def test_what_it_is_for(what: str, day: str, flags: str, text: str) -> None:
    """The occasion, its day, whether it is a gift, and whether it is over; or nothing at all."""
    expected = None
    if what != "-":
        named = date.fromisoformat(day) if day else None
        expected = Occasion(what, named, gift="gift" in flags, past="past" in flags)
    assert occasion(text, WRITTEN) == expected


def test_there_are_sentences_enough() -> None:
    """At least a hundred, all different, forty of which name nothing."""
    assert len({text for *_, text in ROWS}) == len(ROWS) >= 100
    assert sum(what == "-" for what, *_ in ROWS) >= 40
    assert {what for what, *_ in ROWS} <= {*OCCASIONS, "", "-"}


def test_nothing_of_the_text_is_printed() -> None:
    """What an occasion is called is a word of ours, however it was spelt."""
    found = occasion("IT IS FOR MY MUM'S B-DAY ON SATURDAY!", WRITTEN)
    assert found == Occasion("birthday", date(2026, 11, 28), gift=False, past=False)


@pytest.mark.parametrize(
    ("written", "text", "day", "past"),
    [
        (date(2026, 12, 24), "I need it for Christmas.", date(2026, 12, 25), False),
        (date(2027, 1, 9), "It was for Christmas.", date(2026, 12, 25), True),
        (date(2026, 6, 1), "It is for Christmas.", None, False),
        (None, "I need it for Christmas.", None, False),
        (None, "It is for her birthday on Saturday.", None, False),
        (date.max, "It is for her birthday tomorrow.", None, False),
    ],
)
def test_which_day_it_is(written: date | None, text: str, day: date | None, past: bool) -> None:
    """Told from the day of the mail; without one, or at the end of the calendar, there is none."""
    found = occasion(text, written)
    assert found is not None
    assert (found.day, found.past) == (day, past)


def test_an_old_christmas() -> None:
    """Is none that anything is needed for."""
    assert occasion("You have had it since before Christmas.", date(2027, 4, 2)) is None


def test_the_mail_has_its_day() -> None:
    """Days are counted from the Date of the mail, and only the writer's own words count."""
    mail = make(text="The wedding is on Saturday.\n", quoted="> her birthday is on Friday\n")
    dated = replace(mail, date=datetime(2026, 11, 23, 23, 50, tzinfo=UTC))
    found = facts(dated, origin(dated, HOUSE)).occasion
    assert found == Occasion("wedding", date(2026, 11, 28), gift=False, past=False)
    robot = make(text="The wedding is on Saturday.\n", auto_submitted="auto-generated")
    assert facts(robot, origin(robot, HOUSE)).occasion is None


@pytest.mark.parametrize(
    "piece",
    ["for the ", "birthday ", "need it ", "on friday ", "birthday present for ", "wedding on 28 "],
)
def test_no_text_keeps_it_busy(piece: str) -> None:
    """Time grows with the length only."""
    assert linear(lambda text: occasion(text, WRITTEN), piece, 20_000)
    assert linear(lambda text: occasion(text, WRITTEN), f"It is {piece}. ", 20_000)
