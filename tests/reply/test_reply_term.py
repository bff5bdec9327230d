"""The term of a letter: working days, opening days, days off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reply_cases import SHOP, message, opinion, patient

from triage.facts import Facts
from triage.reply import DaysOff, Shop, Weekday, situation
from triage.reply.cases import LETTERS, Stance, case_of
from triage.reply.courtesy import phrase_breaches
from triage.reply.letters import Letters
from triage.reply.samples import samples
from triage.reply.term import SENT_WITHIN, WORKING_WEEK, Term, open_days, term
from triage.taxonomy import Topic

OURS = Letters.load()
PROMISING = [letter for letter in LETTERS if letter != Topic.PRAISE]
MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
# 2026-11-23 is a Monday.
MONDAY = date(2026, 11, 23)
NEW_YEAR = DaysOff(date(2026, 12, 24), date(2027, 1, 1))  # Thursday to Friday of the next week
WEEK = DaysOff(date(2026, 8, 3), date(2026, 8, 7))
ONE = DaysOff(date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.parametrize(
    ("open_on", "words"),
    [
        (WORKING_WEEK, ""),
        ((FRI, THU, WED, TUE, MON), ""),
        ((TUE, WED, THU), "Tuesday to Thursday"),
        ((TUE, FRI), "Tuesdays and Fridays"),
        ((SAT,), "Saturdays"),
        ((MON, WED, FRI), "Mondays, Wednesdays and Fridays"),
        ((THU, FRI, SAT, SUN, MON), "Thursday to Monday"),
        (tuple(Weekday), "Monday to Sunday"),
    ],
)
def test_the_words_of_the_working_days(open_on, words):
    """Which days count is said where they are not Monday to Friday."""
    assert open_days(open_on) == words


@pytest.mark.parametrize(
    ("days", "today", "closed", "told"),
    [
        (0, date(2026, 12, 24), (NEW_YEAR,), Term(0)),
        (2, MONDAY, (), Term(2)),
        # A day off in the term, even if the letter is sent two days later, makes it longer.
        (2, MONDAY, (ONE,), Term(3)),
        (1, date(2026, 11, 20), (ONE,), Term(1)),  # and one behind it does not
        (2, date(2026, 11, 25), (ONE,), Term(2)),
        (2, MONDAY, (DaysOff(date(2026, 11, 28), date(2026, 11, 29)),), Term(2)),  # a weekend
        # A week is told of as soon as the term reaches into it ...
        (2, date(2026, 7, 27), (WEEK,), Term(2)),
        (2, date(2026, 7, 28), (WEEK,), Term(2, date(2026, 8, 10))),  # sent on Thursday, to Monday
        (2, date(2026, 8, 3), (WEEK,), Term(2, date(2026, 8, 10))),
        (2, date(2026, 8, 4), (WEEK,), Term(2, date(2026, 8, 10))),
        # ... and no more when it may be over once the letter is sent.
        (2, date(2026, 8, 5), (WEEK,), Term(4)),
        (2, date(2026, 8, 6), (WEEK,), Term(3)),
        (2, date(2026, 8, 7), (WEEK,), Term(2)),
        (2, date(2026, 8, 8), (WEEK,), Term(2)),
        (2, date(2026, 12, 18), (NEW_YEAR,), Term(2)),
        (2, date(2026, 12, 22), (NEW_YEAR,), Term(2, date(2027, 1, 4))),
        (2, date(2026, 12, 28), (NEW_YEAR,), Term(2, date(2027, 1, 4))),
        (2, date(2027, 1, 1), (NEW_YEAR,), Term(2)),
        # Two of them with a day between: the shop is open again when it stays so.
        (
            2,
            date(2026, 8, 3),
            (WEEK, DaysOff(date(2026, 8, 11), date(2026, 8, 20))),
            Term(2, date(2026, 8, 21)),
        ),
        (2, date(2026, 8, 3), (WEEK, DaysOff(date(2026, 8, 11), date(2026, 8, 11))),
         Term(3, date(2026, 8, 10))),
    ],
)  # fmt: skip
def test_days_off(days, today, closed, told):
    """A few make the term longer, more move its beginning to the day the shop opens again."""
    assert term(days, today, WORKING_WEEK, closed) == told


@patient
@given(
    st.integers(1, 5),
    st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.sets(st.sampled_from(Weekday), min_size=1),
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 20))),
    st.integers(0, SENT_WITHIN),
)
def test_the_shop_can_keep_its_promise(days, today, open_on, stretches, late):
    """Whenever it is sent: in the days promised the shop is open as often as it wants to be."""
    closed = [DaysOff(first, first + timedelta(more)) for first, more in stretches]
    off = {o.first + timedelta(n) for o in closed for n in range((o.last - o.first).days + 1)}
    told = term(days, today, tuple(open_on), closed)
    day = today + timedelta(late)
    if told.opens_again:
        day = max(day, told.opens_again)
        assert day == told.opens_again
        assert day > today + timedelta(SENT_WITHIN)
        assert day not in off
    left = counted = 0
    while counted < told.days:
        day += timedelta(1)
        if list(Weekday)[day.weekday()] in open_on:
            counted += 1
            left += day not in off
    assert left >= days


def _found(letter, shop, today):
    """What a shop knows of a mail that is answered with a letter."""
    found = replace(next(samples(letter)), today=today, open=shop.open, notice=None)
    told = term(shop.answer_within, today, shop.open, shop.closed)
    return replace(found, answer_within=told.days, opens_again=told.opens_again)


def test_every_letter_knows_when_the_shop_opens_again():
    """Also that on harm; and the day is a fact to the check, as no other day is."""
    shop = Shop(owner="Anna", name="Larkspur", closed=(NEW_YEAR,))
    for letter in PROMISING:
        found = _found(letter, shop, date(2026, 12, 23))
        text = OURS.render(found).text
        told = case_of(found).stance is Stance.ANSWER
        words = "you will hear from me within two working days of reopening on"
        assert f"{words} 4 January 2027." in text
        assert list(phrase_breaches(text, found.days, looked_into=told)) == []
        assert any(phrase_breaches(text, found.days[:-1], looked_into=told))


def test_an_owners_own_term_counts_the_days_off(tmp_path):
    """A template that asks `answer_within` is as right as ours."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "reply.txt.j2").write_text(
        '{% extends "original/reply.txt.j2" %}\n'
        "{% block term %}\nwithin {{ answer_within }} working days.\n{% endblock %}\n"
    )
    shop = Shop(name="Larkspur", closed=(ONE,))
    found = situation(message(), opinion(), Facts(), shop, SHOP, today=MONDAY)
    assert "hear from me within 3 working days." in Letters.load(tmp_path).render(found).text


def test_the_working_days_stand_behind_the_term():
    """In every letter that promises one."""
    shop = Shop(name="Larkspur", open=(TUE, WED, THU), closed=(NEW_YEAR,))
    words = "hear from me within two working days (Tuesday to Thursday)"
    for letter in PROMISING:
        assert f"{words}." in OURS.render(_found(letter, shop, MONDAY)).text
        closed = OURS.render(_found(letter, shop, date(2026, 12, 23))).text
        assert f"{words} of reopening on 5 January 2027." in closed


def test_the_situation_knows_the_term():
    """Of the shop's days and today, also of a mail that tells of harm."""
    shop = Shop(name="Larkspur", open=(TUE, WED, THU), closed=(NEW_YEAR,))
    for facts in (Facts(), Facts(harm="burnt my hand")):
        found = situation(message(), opinion(), facts, shop, SHOP, today=date(2026, 12, 23))
        assert (found.answer_within, found.opens_again) == (2, date(2027, 1, 5))
        assert found.open == shop.open
