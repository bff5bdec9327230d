"""Within which term a customer hears from the shop, over its days off. Pure.

A draft may be sent days after it was written, so a term counts working days from sending.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

# So many days after it was written a draft may still be sent, and what it says must be true then.
# Days off that make the term no longer than this lengthen it; only more of them are told of. So a
# letter that tells of them is never sent when they are over.
SENT_WITHIN = 2


class Weekday(StrEnum):
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_WEEK = tuple(Weekday)
WORKING_WEEK = _WEEK[:5]
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The first and the last day on which the shop is closed."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Term:
    """So many working days, from sending, or from the day on which the shop opens again."""

    days: int
    opens_again: date | None = None


def term(
    answer_within: int,
    today: date,
    open_on: Sequence[Weekday],
    closed: Sequence[DaysOff],
) -> Term:
    """What is promised in a letter written on `today` by a shop that answers within so many days
    on which it is open; 0 promises nothing."""
    if not answer_within:
        return Term(0)

    def counted(sent: date) -> int:
        """How many working days after `sent` the shop has been open often enough."""
        days = left = 0
        for day in _open_days(sent, open_on):
            days += 1
            left += not _off(day, closed)
            if left == answer_within:
                break
        return days

    most = answer_within + SENT_WITHIN
    longest = max(counted(today + timedelta(late)) for late in range(SENT_WITHIN + 1))
    if longest <= most:
        return Term(longest)
    before = today
    for day in _open_days(today, open_on):
        again = _off(before, closed) and not _off(day, closed)
        if again and day > today + timedelta(SENT_WITHIN) and counted(day) <= most:
            break
        before = day
    return Term(counted(day), day)


def last_day(
    days: int, today: date, open_on: Sequence[Weekday], closed: Sequence[DaysOff] = ()
) -> date:
    """The day on which a term ends that begins today; today itself for none."""
    working = (day for day in _open_days(today, open_on) if not _off(day, closed))
    return next(islice(working, days - 1, None)) if days else today


def open_days(open_on: Sequence[Weekday]) -> str:
    """The working days as they are said: "Tuesday to Thursday", "Tuesdays and Fridays"; "" where
    they are the usual ones, Monday to Friday."""
    if set(open_on) == set(WORKING_WEEK):
        return ""
    at = [number for number, day in enumerate(_WEEK) if day in open_on]
    for first in at:  # over the end of the week, too: Thursday to Monday
        row = [(first + more) % len(_WEEK) for more in range(len(at))]
        if len(row) >= 3 and sorted(row) == at:
            return f"{_NAMES[row[0]]} to {_NAMES[row[-1]]}"
    *others, last = [f"{_NAMES[number]}s" for number in at]
    return f"{', '.join(others)} and {last}" if others else last


def _open_days(after: date, open_on: Sequence[Weekday]) -> Iterator[date]:
    """The days behind a day on which the shop would be open."""
    day = after
    while True:
        day += timedelta(1)
        if _WEEK[day.weekday()] in open_on:
            yield day


def _off(day: date, closed: Sequence[DaysOff]) -> bool:
    return any(off.first <= day <= off.last for off in closed)
