"""What a day's digest tells: who waits, what was doubtful, whom no answer reaches. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from triage.ledger import Entry, SetAside
from triage.order import Order
from triage.reply import Shop
from triage.reply.term import last_day
from triage.report.answers import waits
from triage.report.log import Line, line
from triage.report.standing import Standing
from triage.report.unused import unused
from triage.taxonomy import OriginKind, Outcome, SignalKind
from triage.verdict import PEOPLE

DAY = 86400.0
# Complaints that have waited longer than this are in `triage report`, not in every day's digest.
LONGEST = 60 * DAY
# A complaint that was moved out of the inbox is told of while it is so old, and then no more.
MOVED = 7 * DAY
# What a reader should see first.
GRAVE = {
    SignalKind.HARM: 3,
    SignalKind.CHARGEBACK: 2,
    SignalKind.LAWYER: 2,
    SignalKind.REVIEW: 2,
    SignalKind.ANGRY: 1,
    SignalKind.REPEATED: 1,
}


@dataclass(frozen=True, slots=True)
class Span:
    """The digest of a day, gathered at `now` (aware, in the owner's zone), about what came after
    `since`, in seconds since the epoch."""

    day: date
    since: float
    now: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A mail looked at again: its writer's name, his own strongest sentence, and the order it is
    about. Both are his words, on one line and without links."""

    name: str = ""
    quote: str = ""
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint that waits, or a mail that triage is not sure of.

    `due` is the day by which the customer should have heard, None where the shop promises none, and
    `late` that it has passed. `asks`: the letter has places that only the owner can fill in.
    `moved`: the mail does not lie where it was read any more. `seen` is None where it was not
    looked at again. `digest` is the mail's.
    """

    line: Line
    since: float
    digest: str
    due: date | None = None
    late: bool = False
    asks: bool = False
    moved: bool = False
    seen: Seen | None = None

    @property
    def grave(self) -> int:
        """How loud it calls for an answer: 3 somebody is hurt, 0 nothing more than a complaint."""
        return max((GRAVE.get(kind, 0) for kind in self.line.signals or ()), default=0)


@dataclass(frozen=True, slots=True)
class Unreached:
    """A customer whom a mail did not reach, and the order of his that is known."""

    addr: str
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Daily:
    """One account's digest. `since` is when the last one was laid; what is counted came after it.

    `waiting`: overdue ones first, among them the gravest, and then the oldest. `unsure` are those
    judged since then that nobody has decided on. `read` counts mails, `outcomes` by what was made
    of them, `skipped` by why they were not judged, `people` those behind which a customer stands.
    `unused` are the templates whose letters are not used, and `ill` the accounts that are not well.
    `weekly`: it is laid though nothing may be to be told.
    """

    account: str
    day: date
    since: float
    weekly: bool = False
    waiting: tuple[Case, ...] = ()
    unsure: tuple[Case, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    reports: int = 0  # delivery reports that name nobody
    failed: tuple[Line, ...] = ()
    ill: tuple[Standing, ...] = ()
    read: int = 0
    people: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    unused: Mapping[str, int] = field(default_factory=dict)

    @property
    def late(self) -> int:
        """How many of those who wait should have been answered by now."""
        return sum(case.late for case in self.waiting)

    @property
    def says(self) -> bool:
        """Whether there is anything that the owner could do something about."""
        return any((self.waiting, self.unsure, self.unreached, self.reports, self.failed, self.ill))


def weekly(day: date, last: date | None) -> bool:
    """Whether a day's digest is laid in any case: the first of a week, a Monday's, or that of a
    later day when the machine was off. `last` is the day of the last one that was laid."""
    return last is None or last < day - timedelta(day.weekday())


def gather(
    told: Iterable[Entry | SetAside], account: str, span: Span, shop: Shop
) -> tuple[Daily, Sequence[Line]]:
    """The digest as far as the ledger tells it, and the delivery reports that came since."""
    waiting, unsure, failed, reports = [], [], [], []
    letters, outcomes, skipped = [], Counter[Outcome](), Counter[str]()
    people = 0
    for each in told:
        fresh = each.moment > span.since
        said = line(account, each)
        if isinstance(each, SetAside):
            if fresh:
                failed.append(said)
            continue
        if each.letter and each.letter.state == "stored":
            letters.append(each.letter)
        complains = each.said if each.said is not None else said.outcome is Outcome.FLAGGED
        if complains and each.answered is None and waits(each):
            waiting.append(_case(said, each, span, shop))
        if not fresh:
            continue
        outcomes[said.outcome] += 1
        people += said.origin in PEOPLE
        if said.outcome is Outcome.SKIPPED:
            skipped[said.reason] += 1
        if said.origin == OriginKind.BOUNCE:
            reports.append(said)
        if said.outcome is Outcome.UNSURE and each.said is None and each.answered is None:
            unsure.append(_case(said, each, span, shop))
    daily = Daily(
        account,
        span.day,
        span.since,
        waiting=tuple(waiting),
        unsure=tuple(unsure),
        failed=tuple(failed),
        read=sum(outcomes.values()),
        people=people,
        outcomes=outcomes,
        skipped=skipped,
        unused=unused(letters),
    )
    return daily, reports


def ordered(cases: Iterable[Case], now: float) -> tuple[Case, ...]:
    """Those that still lie where they were read, or were moved not long ago; the overdue ones
    first, the gravest of them at the top, and then the oldest."""
    kept = (case for case in cases if not case.moved or case.since > now - MOVED)
    return tuple(sorted(kept, key=lambda case: (not case.late, -case.grave, case.since)))


def _case(said: Line, entry: Entry, span: Span, shop: Shop) -> Case:
    arrived = min(entry.judged.arrived, span.now.timestamp())
    came = datetime.fromtimestamp(arrived, span.now.tzinfo).date()
    if not shop.answer_within:
        return Case(said, arrived, entry.judged.digest)
    last = last_day(shop.answer_within, came, shop.open, shop.closed)
    late = span.day > last
    return Case(said, arrived, entry.judged.digest, last, late=late)
