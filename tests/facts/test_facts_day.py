"""The days that a text names, as dates behind or before the day on which it was written."""

from datetime import date

import pytest
from growth import linear

from triage.facts.day import Named, days

WRITTEN = date(2026, 11, 23)  # a Monday

# What is written, the words that name the day, the date behind, the date to come.
CERTAIN = [
    ("needed by 28 November.", "28 November", "2025-11-28", "2026-11-28"),
    ("ordered Nov 3rd", "Nov 3rd", "2026-11-03", "2027-11-03"),
    ("on November 3, 2026 I", "November 3, 2026", "2026-11-03", ""),
    ("3rd of November 2026", "3rd of November 2026", "2026-11-03", ""),
    ("28th\nNov.", "28th\nNov.", "2025-11-28", "2026-11-28"),
    ("on 12th may", "12th may", "2026-05-12", "2027-05-12"),
    ("on may 12th", "may 12th", "2026-05-12", "2027-05-12"),
    ("on May 12", "May 12", "2026-05-12", "2027-05-12"),
    ("dated 2026-11-03,", "2026-11-03", "2026-11-03", ""),
    ("28/11/2026", "28/11/2026", "", "2026-11-28"),
    ("11/28/26", "11/28/26", "", "2026-11-28"),
    ("3.11.2026", "3.11.2026", "2026-11-03", ""),
    ("3/3/2026", "3/3/2026", "2026-03-03", ""),
    ("here by 28/11", "28/11", "2025-11-28", "2026-11-28"),
    ("by the 28th, please", "the 28th", "2026-10-28", "2026-11-28"),
    ("on the 3rd I wrote", "the 3rd", "2026-11-03", "2026-12-03"),
    ("Saturday 28th", "Saturday 28th", "", "2026-11-28"),
    ("Sat 28 Nov", "Sat 28 Nov", "", "2026-11-28"),
    ("Tuesday the 3rd of November", "Tuesday the 3rd of November", "2026-11-03", ""),
    ("on Friday", "Friday", "2026-11-20", "2026-11-27"),
    ("on Fri", "Fri", "2026-11-20", "2026-11-27"),
    ("this Saturday", "this Saturday", "2026-11-21", "2026-11-28"),
    ("this coming Saturday", "this coming Saturday", "", "2026-11-28"),
    ("last Friday", "last Friday", "2026-11-20", ""),
    ("last Monday", "last Monday", "2026-11-16", ""),
    ("next Monday", "next Monday", "", "2026-11-30"),
    ("Friday of next week", "Friday of next week", "", "2026-12-04"),
    ("Tuesday last week", "Tuesday last week", "2026-11-17", ""),
    ("a week on Friday", "a week on Friday", "", "2026-12-04"),
    ("Friday week", "Friday week", "", "2026-12-04"),
    ("Friday week, the 4th", "Friday week, the 4th", "", "2026-12-04"),
    ("tomorrow", "tomorrow", "", "2026-11-24"),
    ("today", "today", "2026-11-23", "2026-11-23"),
    ("this morning", "this morning", "2026-11-23", "2026-11-23"),
    ("yesterday", "yesterday", "2026-11-22", ""),
    ("the day after tomorrow", "the day after tomorrow", "", "2026-11-25"),
    ("the day before yesterday", "the day before yesterday", "2026-11-21", ""),
    ("in ten days", "in ten days", "", "2026-12-03"),
    ("in 3 days", "in 3 days", "", "2026-11-26"),
    ("two days from now", "two days from now", "", "2026-11-25"),
    ("three days ago", "three days ago", "2026-11-20", ""),
]

UNSURE = [
    ("on Monday", "2026-11-16", "2026-11-30"),  # written on one
    ("next Friday", "", "2026-11-27"),
    ("it came on the Friday", "2026-11-20", "2026-11-27"),
    ("in two weeks", "", "2026-12-07"),
    ("a week ago", "2026-11-16", ""),
    ("about three days ago", "2026-11-20", ""),
    ("around 28 November", "2025-11-28", "2026-11-28"),
    ("28 or 29 November", "2025-11-29", "2026-11-29"),
    ("28 November or so", "2025-11-28", "2026-11-28"),
    ("3 November 2003", "2003-11-03", ""),
    ("Friday 28 November 2026", "", "2026-11-28"),  # a Saturday
    ("Thursday 28 November", "", ""),  # none of this year or the next
    ("29 February", "", ""),
    ("the Friday before last", "", ""),
]

NAMELESS = [
    "3/11/2026",
    "2026",
    "November 2026",
    "in November",
    "31 April",
    "the 28th time",
    "the 3rd mug of the 12th set",
    "on the 3rd floor",
    "on 24/7",
    "10/20 plates",
    "you may 3 times",
    "the 3 may be lost",
    "I sat in the sun",
    "Black Friday",
    "every Friday",
    "open on a Saturday",
    "Fridays",
    "a couple of weeks ago",
    "2-3 weeks ago",
    "order 2026-11-03-77",
    "version 1.2.2026.4",
    "£3 March",
    "next week",
    "",
]


@pytest.mark.parametrize(("text", "words", "past", "future"), CERTAIN)
def test_a_day_is_a_date(text: str, words: str, past: str, future: str) -> None:
    """With both directions, where the words leave both."""
    start = text.index(words)
    assert list(days(text, WRITTEN)) == [
        Named(start, start + len(words), _date(past), _date(future), certain=True)
    ]


@pytest.mark.parametrize(("text", "past", "future"), UNSURE)
def test_a_day_that_may_be_another(text: str, past: str, future: str) -> None:
    """Words that people use for two days, that are round, or that contradict themselves."""
    (named,) = days(text, WRITTEN)
    assert (named.past, named.future, named.certain) == (_date(past), _date(future), False)


@pytest.mark.parametrize("text", NAMELESS)
def test_what_names_no_day(text: str) -> None:
    """Figures of two readings, counts, ordinals of other things, months, feasts, weeks."""
    assert list(days(text, WRITTEN)) == []


def test_several_days_in_order() -> None:
    """Each has its own place in the text; of a stretch none is certain."""
    text = "Ordered on 3 November, needed by Saturday, open Tuesday to Thursday."
    found = list(days(text, WRITTEN))
    assert [text[each.start : each.end] for each in found] == [
        *("3 November", "Saturday", "Tuesday", "Thursday")
    ]
    assert [each.certain for each in found] == [True, True, False, False]


@pytest.mark.parametrize("text", ["on Friday", "in ten days", "28 November", "by the 28th."])
def test_a_mail_without_a_date(text: str) -> None:
    """Names days, but no dates; unless they stand there with their year."""
    (named,) = days(text, None)
    assert (named.past, named.future, named.certain) == (None, None, False)
    (dated,) = days("28 November 2026", None)
    assert (dated.past, dated.future) == (date(2026, 11, 28), date(2026, 11, 28))


@pytest.mark.parametrize("written", [date.min, date.max, date(2024, 2, 29)])
def test_a_mail_of_any_year(written: date) -> None:
    """The Date of a mail may be anything: what lies beyond the calendar is left out."""
    text = "yesterday, tomorrow, 3 November, the day after tomorrow, on Friday, 99 weeks ago"
    for each in (*days(text, written), *days("by the 31st. 29 February. next Monday", written)):
        assert each.start < each.end


@pytest.mark.parametrize("piece", ["28 ", "the 28th ", "next Friday ", "a week ", "1/1", "on the "])
def test_no_text_keeps_it_busy(piece: str) -> None:
    """Time grows with the length only."""
    assert linear(lambda text: list(days(text, WRITTEN)), piece, 50_000)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
