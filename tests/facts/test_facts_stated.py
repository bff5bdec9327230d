"""The days a customer states: for certain, or not at all."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from growth import linear
from hypothesis import given, settings
from hypothesis import strategies as st
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.stated import AHEAD, UNSTATED, YEAR, Stated, days_ahead, stated
from triage.origin import origin

WRITTEN = date(2026, 11, 23)  # a Monday
LINES = Path(__file__).with_name("stated.tsv").read_text(encoding="utf-8").splitlines()
TABLE = [line.partition("\t")[::2] for line in LINES if not line.startswith("#")]


def expected(told: str) -> Stated:
    pairs = re.findall(r"(\w+) (\d{4}-\d\d-\d\d)", told)
    return Stated(**{kind: date.fromisoformat(day) for kind, day in pairs})


def test_there_are_sentences_enough() -> None:
    """Eighty that state a day and eighty that do not, all different."""
    assert len({text for text, told in TABLE if told}) >= 80
    assert len({text for text, told in TABLE if not told}) >= 80
    assert len({text for text, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("text", "told"), TABLE)
def test_sentence(text: str, told: str) -> None:
    """The days it states, and no other."""
    assert stated(text, WRITTEN) == expected(told)


def test_without_a_day_of_writing_nothing_is_known() -> None:
    """Not even of whole dates: they may be of another year's matter."""
    assert stated("I ordered on 3 November 2026.", None) == UNSTATED


KINDS = {
    "ordered": "I ordered a mug on {}.",
    "arrived": "It arrived on {}.",
    "promised": "It should have arrived by {}.",
    "wrote": "I wrote to you on {}.",
}
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
FORMS = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"]


@given(st.sampled_from(sorted(KINDS)), DAYS, DAYS, st.sampled_from(FORMS))
def test_a_whole_date(kind: str, day: date, written: date, form: str) -> None:
    """Is told where it lies within the year, or a promise at most 60 days ahead; else nothing."""
    latest = written + AHEAD if kind == "promised" else written
    known = written - YEAR <= day <= latest
    found = stated(KINDS[kind].format(day.strftime(form)), written)
    assert found == (Stated(**{kind: day}) if known else UNSTATED)


@given(st.sampled_from(sorted(KINDS)), DAYS, st.integers(0, 364))
def test_a_date_without_its_year(kind: str, written: date, back: int) -> None:
    """Is the last such day; none where the next is as near, but for a promise, which it may be."""
    day = written - timedelta(days=back)
    found = getattr(stated(KINDS[kind].format(f"{day:%d %B}"), written), kind)
    assert found in {None, day} or (kind == "promised" and found > written)
    assert found == day or back > 300


@given(st.sampled_from(sorted(KINDS)), st.dates(date(2024, 1, 1), date(2028, 1, 1)), DAYS, DAYS)
def test_two_days_of_a_kind(kind: str, written: date, one: date, other: date) -> None:
    """Contradict each other: then none is told, unless they are the same."""
    text = f"{KINDS[kind].format(one)} {KINDS[kind].format(other)}"
    found = getattr(stated(text, written), kind)
    assert found is None or found == one == other


PIECES = [
    *(
        "i ordered ",
        "it arrived ",
        "you promised it by ",
        "i wrote to you ",
        "on ",
        "by ",
        "Monday ",
    ),
    *("3 November ", "03/11/2026 ", "yesterday ", "three weeks ago ", "2026-11-03 ", "and ", ". "),
    *("? ", "\n\n", "not ", "if ", "\u0130", "the ", "May ", "31 ", "99999 ", ", "),
]


@settings(deadline=None)  # a busy machine is no failed property
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.dates())
def test_any_text(pieces: list[str], written: date) -> None:
    """Of whatever is written at whatever time: a day within its bounds, or none, and no error."""
    found = stated("".join(pieces), written)
    for kind in KINDS:
        day = getattr(found, kind)
        if day:
            assert (written - day) <= YEAR
            assert (day - written) <= (AHEAD if kind == "promised" else timedelta())


@pytest.mark.parametrize(
    "piece",
    [
        *PIECES,
        "i ordered a a a a a a a a a on Monday ",
        "x",
        " ",
        "it should have been the the by ",
    ],
)
def test_a_hostile_text(piece: str) -> None:
    """A megabyte takes as long as its length at most."""
    assert linear(lambda text: stated(text, WRITTEN), piece, 1_000_000)


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Mon, 23 Nov 2026 01:00:00 +0900", date(2026, 11, 22)),  # it is Sunday in UTC
        ("Sun, 22 Nov 2026 11:00:00 -0500", date(2026, 11, 21)),
        ("Sun, 22 Nov 2026 16:00:00 GMT", date(2026, 11, 21)),
        ("Sun, 22 Nov 2026 16:00:00", date(2026, 11, 21)),
    ],
)
def test_yesterday_by_the_writers_own_clock(header: str, day: date) -> None:
    """A mail of Monday morning in Tokyo says "yesterday" of Sunday, wherever the shop is."""
    message = replace(
        make(text="It arrived yesterday.", date=header),
        date=datetime(2026, 11, 22, 16, tzinfo=UTC),
    )
    assert facts(message, origin(message, HOUSE)).stated == Stated(arrived=day)


def test_what_is_quoted_is_not_stated() -> None:
    """Not what the shop wrote below, nor a subject of its thread."""
    message = replace(
        make(
            subject="Re: I ordered on 3 November",
            in_reply_to="<shop@shop.example>",
            text="> I ordered on 4 November\nNo.",
            quoted="I ordered on 5 November",
        ),
        date=datetime(2026, 11, 22, 16, tzinfo=UTC),
    )
    assert facts(message, origin(message, HOUSE)).stated == UNSTATED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We have the whole team in on Wednesday, Nov 25.", ["2026-11-25"]),
        ("The wedding is on 12 December, and we leave on Thursday 26.", ["2026-12-12"]),
        ("By Friday the 27th please; the fair is on 5 December.", ["2026-11-27", "2026-12-05"]),
        ("It is for 2026-12-01 and for 01.12.2026.", ["2026-12-01"]),
        ("I ordered on 3 November and it came on the 9th.", []),
        ("My parents come on the 27th.", ["2026-11-27"]),
        ("If it won't be here by the 25th, please say so.", ["2026-11-25"]),
        ("You said it would be here by the 25th.", []),
        ("I ordered it on the 27th. It is not here.", []),
        ("He is only in for Thanksgiving, wed the 25th.", ["2026-11-25"]),
        ("Ring me on Friday, tomorrow, or in 3 days.", []),
        ("Some time between 1 and 5 December.", []),
        ("I was born on 4 December 1980.", []),
        ("The guarantee ends on 1 March.", []),
        ("31 November", []),
    ],
)
def test_the_dates_to_come(text, found):
    """Those that stand in a calendar and cannot have been; written on 23 November 2026."""
    assert [day.isoformat() for day in days_ahead(text, date(2026, 11, 23))] == found
    assert days_ahead(text, None) == ()
