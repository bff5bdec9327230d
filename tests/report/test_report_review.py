"""What came of some weeks of mail: every figure from a ledger's rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triage.ledger import Entry, LaidLetter, SetAside
from triage.order import Order
from triage.place import Ref
from triage.record import Judged
from triage.reply import DaysOff, Shop
from triage.reply.term import WORKING_WEEK
from triage.report.alarm import Thing
from triage.report.answers import Answered, Term
from triage.report.fates import Fate
from triage.report.review import Frame, Review, Said, review
from triage.taxonomy import Topic

DAY, HOUR = 86400.0, 3600.0
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC).timestamp()  # a Tuesday
FRAME = Frame(NOW - 89.5 * DAY, NOW, NOW - 400 * DAY, NOW - 400 * DAY, Shop(), UTC)
PLAIN = Judged("d", "<d@c>", "e", NOW, NOW, "passed", "no-complaint", origin="customer")
MUG = Order("4471", items=("Blue mug",), carrier="Hare Lane")
BOWL = Order("4472", items=("Bowl", "Blue mug"), carrier="Royal Mail")
RING = Order("4473", items=("Ring for Maria",))
BOOK = {"4471": MUG, "4472": BOWL, "4473": RING}


def mail(ago: float, digest: str = "d", **more: object) -> Entry:
    """A mail of so many days ago that nobody complains in."""
    judged = replace(PLAIN, digest=digest, echo=f"e{digest}", arrived=NOW - ago * DAY)
    return Entry(replace(judged, **more), (), None)  # type: ignore[arg-type]


def complaint(ago: float, topic: str = "damaged", digest: str = "d", **more: object) -> Entry:
    return mail(
        ago, digest, outcome="flagged", topic=topic, complainant="ada@customer.example", **more
    )


def letter(fate: str, changed: float | None = None, template: str = "damaged") -> LaidLetter:
    return LaidLetter("stored", "", None, template, NOW, fate, NOW, changed)


def told(*entries: Entry | SetAside, frame: Frame = FRAME, **more: object) -> Review:
    given = {"said": {}, "look_up": None} | more
    return review((("shop", entry) for entry in entries), frame, **given)  # type: ignore[arg-type]


def test_nothing_at_all() -> None:
    found = told()
    assert (found.mails, found.complaints, found.alarms, found.months) == (0, 0, (), ())
    assert (found.answers.middle, found.answers.due, found.letters.all) == (None, 0, {})


def test_mails_and_complaints() -> None:
    """What triage could not read, robots and repeats are told apart."""
    found = told(
        complaint(1),
        complaint(2, "late"),
        mail(3),
        mail(3, origin="bulk"),
        mail(3, outcome="repeat"),
        SetAside(Ref("INBOX", 1, 1), NOW - DAY, "empty", {}, None),
        SetAside(Ref("INBOX", 1, 1), NOW - 100 * DAY, "empty", {}, None),
        complaint(91),
    )
    assert (found.mails, found.people, found.complaints) == (5, 4, 2)
    assert (found.repeats, found.failed) == (1, 1)
    assert found.topics == (("damaged", 1), ("late", 1))


def test_weeks_begin_on_the_owners_monday() -> None:
    """Summer time is his: 23:30 UTC on a Sunday is his Monday."""
    sunday = datetime(2026, 3, 29, 23, 30, tzinfo=UTC).timestamp()
    entry = complaint((NOW - sunday) / DAY)
    assert told(entry).by_week == {(date(2026, 3, 23), "damaged"): 1}
    london = replace(FRAME, zone=ZoneInfo("Europe/London"))
    assert told(entry, frame=london).by_week == {(date(2026, 3, 30), "damaged"): 1}
    winter = complaint((NOW - sunday) / DAY + 28)
    assert told(winter, frame=london).by_week == {(date(2026, 2, 23), "damaged"): 1}


def test_every_week_is_there() -> None:
    """Also those without a complaint, from the one of the first day."""
    weeks = told().weeks
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2025, 12, 29), date(2026, 3, 30), 14)
    assert all(week.weekday() == 0 for week in weeks)


def test_what_is_known_begins_later() -> None:
    """Before triage looked there is nothing to tell, and no week."""
    found = told(complaint(1), frame=replace(FRAME, known=NOW - 10 * DAY))
    assert (found.first, len(found.weeks)) == (date(2026, 3, 21), 3)


def test_the_owner_has_the_last_word() -> None:
    """A label makes a complaint, unmakes it, and says what it is about; by digest or by echo."""
    said = {
        "d1": Said(complaint=False),
        "ed2": Said(complaint=True, topic=Topic.LATE),
        "d3": Said(complaint=True, topic=Topic.BILLING),
        "d4": Said(complaint=True),
    }
    found = told(
        complaint(1, digest="d1"),
        mail(1, "d2", topic="order-status"),
        complaint(1, digest="d3"),
        complaint(1, digest="d4"),
        complaint(1, digest="d5"),
        said=said,
    )
    assert found.topics == (("damaged", 2), ("billing", 1), ("late", 1))
    assert found.overruled == 1
    (month,) = found.months
    assert (month.flagged, month.labelled, month.no_complaint, month.missed) == (4, 4, 1, 1)


def test_how_fast_answers_are() -> None:
    """Median and 90th percentile in hours; what waits too long counts as not in time."""
    friday = (NOW - datetime(2026, 3, 27, 9, tzinfo=UTC).timestamp()) / DAY
    arrived = NOW - friday * DAY
    hours = (1, 2, 3, 80, 90)
    answers = [replace(complaint(friday), answered=arrived + hour * HOUR) for hour in hours]
    found = told(*answers, complaint(20), complaint(0.5)).answers
    assert (found.answered, found.middle, found.most) == (5, 3, pytest.approx(86))
    assert (found.within, found.due) == (5, 6), "until Tuesday evening"
    assert [(each.late, each.who) for each in found.waiting] == [
        (True, "ada@customer.example"),
        (False, "ada@customer.example"),
    ]


def test_a_closed_shop_has_its_term_longer() -> None:
    """Two working days after a Friday end on Tuesday; with Monday closed, on Wednesday."""
    friday, *days = (datetime(2026, 3, day, 9, tzinfo=UTC).timestamp() for day in (6, 10, 11, 12))
    monday = DaysOff(date(2026, 3, 9), date(2026, 3, 9))
    for closed, kept in [((), [True, False, False]), ((monday,), [True, True, False])]:
        term = Term(2, WORKING_WEEK, closed, UTC)
        assert [term.kept(friday, day) for day in days] == kept


@pytest.mark.parametrize(
    "entry",
    [
        replace(complaint(9), dealt=NOW),
        replace(complaint(9), letter=letter("settled")),
        replace(complaint(9), letter=letter("replaced")),
        complaint(9, undrafted="answered-later"),
        complaint(9, undrafted="answer-at-marketplace"),
        mail(9),
    ],
)
def test_nobody_waits_where_the_matter_is_done(entry: Entry) -> None:
    assert told(entry).answers.waiting == ()


@pytest.mark.parametrize("fate", ["", "edited", "gone", "discarded"])
def test_a_letter_is_no_answer(fate: str) -> None:
    """Unless it is sent."""
    assert len(told(replace(complaint(9), letter=letter(fate))).answers.waiting) == 1


def test_a_clock_that_was_wrong() -> None:
    """An answer before the mail took no time, and a mail of tomorrow is one of today."""
    answered = Answered(Shop(), NOW, UTC)
    answered.add("shop", replace(complaint(1), answered=NOW - 5 * DAY), "late")
    assert answered.told().middle == 0.0
    assert told(complaint(-4000)).weeks[-1] == date(2026, 3, 30)
    assert sum(told(complaint(-1e9)).by_week.values()) == 1


def test_what_became_of_the_letters() -> None:
    """Nearly unchanged is as it was; what was never laid is no letter."""
    fates = [("sent", 0.0), ("sent", 0.05), ("sent", 0.06), ("sent", None), ("discarded", None)]
    fates += [("answered", 1.0), ("settled", None), ("replaced", None)]
    fates += [("edited", None), ("gone", None), ("", None)]
    entries = [replace(complaint(1), letter=letter(*each)) for each in fates]
    entries += [replace(complaint(1), letter=letter("sent", 0.0, "late"))]
    entries += [replace(complaint(1), letter=LaidLetter("dropped", "settled", None, "late"))]
    found = told(*entries).letters
    assert list(found.by_template) == ["damaged", "late"]
    assert found.by_template["late"] == {Fate.AS_IS: 1}
    assert found.by_template["damaged"] == {
        Fate.AS_IS: 2,
        Fate.EDITED: 2,
        Fate.DISCARDED: 1,
        Fate.ANSWERED: 1,
        Fate.SETTLED: 1,
        Fate.REPLACED: 1,
        Fate.BEGUN: 2,
        Fate.WAITING: 1,
    }
    assert found.all[Fate.AS_IS] == 3
    assert found.unused == {}


def test_templates_that_are_not_used() -> None:
    letters = [replace(complaint(40 - n), letter=letter("discarded")) for n in range(10)]
    assert told(*letters).letters.unused == {"damaged": 10}


def test_products_and_carriers() -> None:
    """Of the orders that the book knows; what one customer alone has is not named, unless the
    catalogue says that others have it, too."""
    entries = [complaint(1, order_key=key) for key in ("4471", "4472", "4473", "9999")]
    found = told(*entries, complaint(1), look_up=BOOK.get).bought
    assert found is not None
    assert (found.numbered, found.known, found.unnamed) == (4, 3, 2)
    assert found.products == (("Blue mug", 2),)
    assert found.carriers == (("Hare Lane", 1), ("Royal Mail", 1))
    found = told(*entries, look_up=BOOK.get, common={"Bowl", "Plate"}).bought
    assert found is not None
    assert found.products == (("Blue mug", 2), ("Bowl", 1))
    assert told(*entries).bought is None


def test_what_comes_again() -> None:
    """By product and topic where the product is known, else by topic; and how many came alone."""
    keys = ("4471", "4472", "4473", None)
    entries = [complaint(1, order_key=key) for key in keys]
    found = told(*entries, complaint(1, "late"), complaint(95), look_up=BOOK.get)
    assert found.again == (
        (Thing(topic="damaged"), 2),
        (Thing(topic="damaged", product="Blue mug"), 2),
    )
    assert found.once == 1


def fortnight(number: int, **more: object) -> Iterator[Entry]:
    for each in range(number):
        yield complaint(each + 1, order_key="4471", **more)


def test_an_alarm() -> None:
    """The mail of a year tells what is usual, however few days are told of."""
    week = replace(FRAME, begin=NOW - 7 * DAY)
    found = told(complaint(300), *fortnight(8), frame=week, look_up=BOOK.get, common={"Blue mug"})
    assert {alarm.thing for alarm in found.alarms} == {
        Thing(topic="damaged"),
        Thing(product="Blue mug"),
        Thing(topic="damaged", product="Blue mug"),
        Thing(carrier="Hare Lane"),
    }
    assert {(alarm.cases, alarm.before) for alarm in found.alarms} == {(8, 1), (8, 0)}
    assert found.usual_days == 351


def test_one_customer_raises_no_alarm() -> None:
    """Who complains of the same matter again, and again, is one case."""
    assert told(*fortnight(8, again="2026-03-01")).alarms == ()


def test_no_alarm_before_all_accounts_are_known() -> None:
    """A second account that was added last week brings complaints, and no trouble."""
    young = replace(FRAME, complete=NOW - 20 * DAY)
    found = told(*fortnight(8), frame=young)
    assert (found.alarms, found.usual_days) == ((), 6)
    assert found.complaints == 8


def test_the_verdicts_of_each_month() -> None:
    old = NOW - timedelta(days=40).total_seconds()
    sent = replace(complaint(1), letter=letter("sent", 0.2))
    found = told(
        complaint((NOW - old) / DAY), sent, replace(complaint(1), dealt=NOW), mail(1)
    ).months
    assert [(month.month, month.flagged, month.sent, month.dealt) for month in found] == [
        ("2026-02", 1, 0, 0),
        ("2026-03", 2, 1, 1),
    ]
