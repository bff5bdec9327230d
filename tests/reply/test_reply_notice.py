"""Notices of the shop in its letters."""

from datetime import date

import pytest
from reply_cases import SHOP, message, opinion

from triage.facts import Facts
from triage.reply import Notice, Shop, breaches, situation
from triage.reply.letters import Letters
from triage.taxonomy import Topic

LETTERS = Letters.load()
TEXT = "The workshop is closed from 20 to 27 December."
CLOSED = Notice(TEXT, date(2026, 12, 27), date(2026, 12, 10))
LATE = Notice("Parcels take longer now.", date(2026, 12, 31), topics=frozenset({Topic.LATE}))


def letter(*notices, today=date(2026, 12, 21), topic=Topic.LATE, harm=None):
    shop = Shop(name="Larkspur", notices=notices)
    facts = Facts(harm=harm)
    found = situation(message(), opinion({topic: 1.0}), facts, shop, SHOP, today=today)
    return found, LETTERS.render(found).text


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2026, 12, 9), False), (date(2026, 12, 10), True), (date(2026, 12, 25), True),
     (date(2026, 12, 26), False), (date(2026, 12, 27), False), (date(2027, 12, 21), False)],
)  # fmt: skip
def test_a_notice_comes_and_goes(day, told):
    """From its first day on, and not when it may be over before the draft is sent."""
    assert (TEXT in letter(CLOSED, today=day)[1]) is told


def test_a_notice_is_a_paragraph_of_its_own():
    """Neither run into another nor changed."""
    assert letter(CLOSED)[1].split("\n\n").count(TEXT) == 1


@pytest.mark.parametrize(
    ("notices", "topic", "told"),
    [
        ((LATE, CLOSED), Topic.LATE, LATE),
        ((CLOSED, LATE), Topic.LATE, CLOSED),
        ((LATE, CLOSED), Topic.DAMAGED, CLOSED),
        ((LATE,), Topic.DAMAGED, None),
    ],
)
def test_a_letter_bears_one_notice(notices, topic, told):
    """The first that stands and is for its topic: a letter is no notice board."""
    assert letter(*notices, topic=topic)[0].notice is told


def test_no_notice_beside_an_injury():
    """Whoever was hurt reads nothing of a sale."""
    assert letter(CLOSED, harm="burnt my hand")[0].notice is None


def test_the_days_of_a_notice_are_facts():
    """Exactly those: the same letter with another day is a breach."""
    found, text = letter(CLOSED)
    assert breaches(text, found.days, looked_into=False) == ()
    assert breaches(text.replace("27 December", "28 December"), found.days) != ()


@pytest.mark.parametrize(
    ("text", "days", "code"),
    [
        (TEXT, ("27 December",), ""),
        ("From 3 May 2027 on there are new glazes.", ("3 May",), ""),
        ("We are closed until Monday.", (), "date-unknown"),
        ("The kiln is lit today.", (), "date-unknown"),
        ("You should have read the description.", (), "blaming"),
        ("A great sale!", (), "exclamation"),
    ],
)
def test_what_a_notice_may_say(text, days, code):
    """A day of the year, and none that moves with the sending; and nothing discourteous."""
    notice = Notice(text, date(2027, 5, 3))
    assert notice.days == days
    assert {breach.code for breach in notice.breaches()} == ({code} if code else set())


def test_a_notice_is_no_template():
    """What looks like one is printed as it stands, not run."""
    told = Notice("Seven is {{ 3 + 4 }}.", date(2027, 1, 1))
    assert told.text in letter(told)[1]
