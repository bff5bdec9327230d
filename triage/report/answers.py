"""How fast complaints are answered, and which still wait. Pure."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from statistics import median, quantiles

from triage.ledger import Entry
from triage.reply import DaysOff, Shop, Weekday
from triage.reply.term import last_day

# Why there is no letter, where there is nothing to answer, or Sent could not tell that it was.
UNTOLD = frozenset(
    {
        *("answered", "answered-later", "settled-later", "only-listed"),
        *("answer-at-marketplace", "nobody-to-answer", "unusable-address"),
    }
)
# What has become of a letter whose matter is done with.
DONE = frozenset({"sent", "settled", "answered", "replaced"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A complaint that is not answered yet: since when, in seconds since the epoch, and whether it
    should have been by now. `who` is an address, for the owner's own eyes, "" where none is known.
    """

    account: str
    since: float
    topic: str
    late: bool
    who: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Hours to the first answer: `middle`, and `most`, the 90th percentile; None where there are
    none, or too few. `within` of the `due` complaints (answered, or waiting too long) were answered
    in the promised term. `waiting`, the oldest first."""

    answered: int
    middle: float | None
    most: float | None
    within: int
    due: int
    waiting: tuple[Waiting, ...]


class Answered:
    """Hears of complaints one by one."""

    def __init__(self, shop: Shop, now: float, zone: tzinfo | None) -> None:
        self._term = Term(shop.answer_within, shop.open, shop.closed, zone)
        self._now = now
        self._hours = array("d")
        self._within = 0
        self._late = 0
        self._waiting: list[Waiting] = []

    def add(self, account: str, entry: Entry, topic: str) -> None:
        arrived = min(entry.judged.arrived, self._now)
        if entry.answered is not None:
            answered = max(min(entry.answered, self._now), arrived)
            self._hours.append((answered - arrived) / 3600)
            self._within += self._term.kept(arrived, answered)
        elif waits(entry):
            late = not self._term.kept(arrived, self._now)
            self._late += late
            who = entry.judged.complainant or entry.judged.writer or ""
            self._waiting.append(Waiting(account, arrived, topic, late, who))

    def told(self) -> Answers:
        hours = sorted(self._hours)
        return Answers(
            answered=len(hours),
            middle=median(hours) if hours else None,
            most=quantiles(hours, n=10, method="inclusive")[-1] if len(hours) > 1 else None,
            within=self._within,
            due=len(hours) + self._late,
            waiting=tuple(sorted(self._waiting, key=lambda each: each.since)),
        )


class Term:
    """Within so many working days a customer hears from the shop."""

    def __init__(
        self,
        days: int,
        open_on: Sequence[Weekday],
        closed: Sequence[DaysOff],
        zone: tzinfo | None,
    ) -> None:
        self._days, self._open_on, self._closed, self._zone = days, open_on, closed, zone
        self._ends: dict[date, date] = {}

    def kept(self, arrived: float, answered: float) -> bool:
        """Whether an answer comes in the term that begins with a mail."""
        came, went = (
            datetime.fromtimestamp(each, self._zone).date() for each in (arrived, answered)
        )
        if came not in self._ends:
            self._ends[came] = last_day(self._days, came, self._open_on, self._closed)
        return went <= self._ends[came]


def waits(entry: Entry) -> bool:
    """Whether nothing has been done about a complaint that is not answered."""
    fate = entry.letter.fate if entry.letter else ""
    return entry.dealt is None and fate not in DONE and entry.judged.undrafted not in UNTOLD
