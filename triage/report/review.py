"""What came of the mail of some weeks: complaints, answers, letters, and what comes again. Pure.

Everything is counted in one pass over the ledger's rows; of complaints alone something is kept.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from triage.ledger import Entry, LaidLetter, SetAside
from triage.order import Order
from triage.reply import Shop
from triage.report.alarm import RECENT, Alarm, Thing, alarms
from triage.report.answers import Answered, Answers
from triage.report.cases import Bought, Case, Orders, again, most, things
from triage.report.fates import Laid, Letters, fate
from triage.report.unused import unused
from triage.report.verdicts import Judged, Month
from triage.taxonomy import Outcome, Topic
from triage.verdict import PEOPLE

DAY = 86400.0
# So far back the usual rate is looked for, in days: a year has every season once.
BEFORE = 365


@dataclass(frozen=True, slots=True)
class Said:
    """The owner's word on a mail; `topic` is None where he did not say what it is about."""

    complaint: bool
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What is reported on: mail that arrived from `begin` on. The first account is known since
    `known`, all of them since `complete`. `zone` is the owner's, None for the machine's. Times in
    seconds since the epoch."""

    begin: float
    now: float
    known: float
    complete: float
    shop: Shop = field(default_factory=Shop)
    zone: tzinfo | None = None

    @property
    def since(self) -> float:
        """From when on mail is counted."""
        return max(self.begin, self.known)

    @property
    def usual_from(self) -> float:
        """From when on complaints tell what is usual."""
        return max(self.now - BEFORE * DAY, self.complete)

    def day(self, moment: float) -> date:
        """The owner's day of a time."""
        return datetime.fromtimestamp(moment, self.zone).date()


@dataclass(frozen=True, slots=True)
class Review:
    """The mails from the day `first` to `last`, in figures.

    `people` are those behind which a customer stands, `repeats` those that say the same again, and
    `failed` could not be read. A complaint is what was flagged, or what the owner calls one;
    `overruled` were flagged and he says that they are none. `weeks` are their Mondays, all of them,
    and `by_week` counts complaints by Monday and topic. `bought` is None without an order book.
    `again` counts the complaints of a topic, or of a product with it, that came more than once;
    `once` is how many came alone. `usual_days` is how many days before the last `RECENT` the
    `alarms` compare with.
    """

    first: date
    last: date
    mails: int
    people: int
    repeats: int
    failed: int
    complaints: int
    overruled: int
    topics: tuple[tuple[str, int], ...]
    weeks: tuple[date, ...]
    by_week: Mapping[tuple[date, str], int]
    answers: Answers
    letters: Letters
    bought: Bought | None
    again: tuple[tuple[Thing, int], ...]
    once: int
    usual_days: float
    alarms: tuple[Alarm, ...]
    months: tuple[Month, ...]


def review(
    told: Iterable[tuple[str, Entry | SetAside]],
    frame: Frame,
    said: Mapping[str, Said],
    look_up: Callable[[str], Order | None] | None,
    common: Collection[str] = (),
) -> Review:
    """The figures of what the ledgers tell, each with the name of its account, in the order of
    time. `said` is by a mail's digest or echo. `look_up` finds an order by its key, None where
    there is no book; `common` are the products that several have bought."""
    count = _Count(frame, said)
    idle = unused(count.letters(told))
    orders = Orders(count.cases, look_up, common) if look_up else None
    return count.review(idle, orders)


class _Count:
    """The pass over the rows."""

    def __init__(self, frame: Frame, said: Mapping[str, Said]) -> None:
        self._frame = frame
        self._said = said
        self._since = frame.since
        self._found: Counter[str] = Counter()
        self._by_week: Counter[tuple[date, str]] = Counter()
        self._answered = Answered(frame.shop, frame.now, frame.zone)
        self._laid = Laid()
        self._judged = Judged()
        self.cases: list[Case] = []

    def letters(self, told: Iterable[tuple[str, Entry | SetAside]]) -> Iterator[LaidLetter]:
        """Counts what is told; passes the letters on."""
        for account, each in told:
            if isinstance(each, SetAside):
                self._found["failed"] += each.moment >= self._since
                continue
            self._add(account, each)
            if each.letter and each.letter.state == "stored":
                yield each.letter

    def _add(self, account: str, entry: Entry) -> None:
        judged = entry.judged
        said = self._said.get(judged.digest) or self._said.get(judged.echo)
        if said is None and entry.said is not None:
            said = Said(entry.said)
        flagged = judged.outcome == Outcome.FLAGGED
        complains = said.complaint if said else flagged
        topic = (said.topic if said else None) or judged.topic or str(Topic.OTHER)
        arrived = min(judged.arrived, self._frame.now)
        if complains:
            first = judged.again is None
            self.cases.append(Case(arrived, topic, judged.order_key or "", first))
        if arrived < self._since:
            return
        day = self._frame.day(arrived)
        became = fate(entry.letter) if entry.letter else None
        self._found["mails"] += 1
        self._found["people"] += judged.origin in PEOPLE
        self._found["repeats"] += judged.outcome == Outcome.REPEAT
        self._found["overruled"] += flagged and not complains
        self._judged.add(f"{day:%Y-%m}", entry, became, said.complaint if said else None)
        if entry.letter and became:
            self._laid.add(entry.letter.template, became)
        if complains:
            self._by_week[day - timedelta(day.weekday()), topic] += 1
            self._answered.add(account, entry, topic)

    def review(self, idle: Mapping[str, int], orders: Orders | None) -> Review:
        frame, found = self._frame, self._found
        lately = [case for case in self.cases if case.arrived >= self._since]
        times = again(lately, orders)
        several = [(thing, some) for thing, some in times.items() if some > 1]
        first, last = frame.day(self._since), frame.day(frame.now)
        days = (frame.now - frame.usual_from) / DAY - RECENT
        compared = things(self.cases, orders, frame.usual_from, frame.now)
        return Review(
            first=first,
            last=last,
            mails=found["mails"],
            people=found["people"],
            repeats=found["repeats"],
            failed=found["failed"],
            complaints=len(lately),
            overruled=found["overruled"],
            topics=most(Counter(case.topic for case in lately)),
            weeks=_mondays(first, last),
            by_week=dict(self._by_week),
            answers=self._answered.told(),
            letters=self._laid.told(idle),
            bought=orders.bought(lately) if orders else None,
            again=tuple(sorted(several, key=lambda each: (-each[1], each[0]))),
            once=len(times) - len(several),
            usual_days=max(days, 0.0),
            alarms=tuple(alarms(compared, days)),
            months=self._judged.told(),
        )


def _mondays(first: date, last: date) -> tuple[date, ...]:
    """Of all weeks from one day to another."""
    monday = first - timedelta(first.weekday())
    return tuple(monday + timedelta(7 * week) for week in range((last - monday).days // 7 + 1))
