"""Small numbers: what is chance, and what is not. Quiet shops raise no alarm."""

from math import comb
from random import Random

import pytest

from triage.report.alarm import LEVEL, RECENT, Alarm, Thing, alarms, chief, tail

MUG = Thing(product="Blue mug")
BROKEN = Thing(topic="damaged", product="Blue mug")
TOPICS, PRODUCTS = 8, 12


@pytest.mark.parametrize(("cases", "total"), [(0, 5), (1, 1), (3, 3), (3, 13), (9, 40), (41, 40)])
def test_tail_is_the_binomial_sum(cases: int, total: int) -> None:
    share = 14 / 90
    exact = sum(
        comb(total, some) * share**some * (1 - share) ** (total - some)
        for some in range(cases, total + 1)
    )
    assert tail(cases, total, share) == pytest.approx(exact, rel=1e-9)


def test_tail_of_thousands() -> None:
    """Without overflow, and never more than certain."""
    assert 0.0 < tail(900, 5000, 14 / 90) < 1e-5
    assert tail(1, 50_000, 0.5) == pytest.approx(1.0)
    assert tail(0, 50_000, 0.5) <= 1.0


def test_three_where_there_were_none_for_a_year() -> None:
    (alarm,) = alarms({MUG: (3, 0)}, 351)
    assert (alarm.thing, alarm.cases, alarm.before, alarm.usual) == (MUG, 3, 0, 0.0)
    assert alarm.chance == pytest.approx((14 / 365) ** 3)


def test_what_is_usual_is_told_a_fortnight() -> None:
    (alarm,) = alarms({MUG: (6, 10)}, 350)
    assert alarm.usual == pytest.approx(0.4)


@pytest.mark.parametrize("cases", [(2, 0), (0, 0), (0, 9), (4, 100), (1, 2)])
def test_no_alarm(cases: tuple[int, int]) -> None:
    """Fewer than three, or no more than usual."""
    assert alarms({MUG: cases}, 351) == []


def test_no_alarm_while_too_little_is_known() -> None:
    """28 days, of which 14 tell what is usual."""
    assert alarms({MUG: (50, 0)}, 13.9) == []
    assert alarms({MUG: (50, 0)}, 14.0)


def test_many_looks_are_paid_for() -> None:
    """What is striking alone is not among a hundred; what could never be named costs nothing."""
    assert alarms({MUG: (5, 20)}, 351)
    others = {Thing(product=f"Bowl {number}"): (0, 20) for number in range(100)}
    assert alarms({MUG: (5, 20), **others}, 351) == []
    rare = {Thing(product=f"Bowl {number}"): (0, 2) for number in range(100)}
    assert alarms({MUG: (5, 20), **rare}, 351)


def test_the_least_likely_first() -> None:
    found = alarms({MUG: (4, 0), BROKEN: (9, 0)}, 351)
    assert [alarm.thing for alarm in found] == [BROKEN, MUG]
    assert found[0].chance <= found[1].chance <= LEVEL


def test_the_closer_word_is_enough() -> None:
    """Broken blue mugs need not be told again as blue mugs, unless most of these are not broken."""
    broken = Alarm(BROKEN, 6, 1, 0.0, 0.001)
    assert chief([Alarm(MUG, 7, 2, 0.0, 0.01), broken]) == [broken]
    most = [Alarm(MUG, 12, 2, 0.0, 0.01), broken]
    assert chief(most) == most


def alarmed(chance: Random, rate: float, jump: float = 1.0, days: int = 90) -> bool:
    """Whether a shop raises an alarm: so many complaints a day, each of a topic and a product;
    `jump`: broken mugs come so many times as often in the last days."""
    cases: dict[Thing, list[int]] = {}

    def count(topic: int, product: int, recent: bool) -> None:
        pair = Thing(str(topic), str(product))
        for thing in (Thing(topic=pair.topic), Thing(product=pair.product), pair):
            cases.setdefault(thing, [0, 0])[not recent] += 1

    for day in range(days):
        recent = day < RECENT
        for _ in range(poisson(chance, rate)):
            # Some topics and products are complained of much more often than others.
            count(int(TOPICS * chance.random() ** 2), int(PRODUCTS * chance.random() ** 2), recent)
        if recent:
            usual = rate / (TOPICS * PRODUCTS) ** 0.5
            for _ in range(poisson(chance, usual * (jump - 1))):
                count(0, 0, recent)
    return bool(alarms({thing: (found[0], found[1]) for thing, found in cases.items()}, days - 14))


def poisson(chance: Random, mean: float) -> int:
    number, left = 0, chance.expovariate(1.0)
    while left < mean:
        number += 1
        left += chance.expovariate(1.0)
    return number


@pytest.mark.parametrize("days", [30, 90])
@pytest.mark.parametrize("rate", [0.2, 1.0])
def test_quiet_shops_raise_no_alarm(rate: float, days: int) -> None:
    """Of 2,000 at most one in twenty."""
    chance = Random(f"{rate} {days}")
    assert sum(alarmed(chance, rate, days=days) for _ in range(2000)) <= 0.05 * 2000


def test_a_jump_is_seen() -> None:
    """A complaint a day, one in ten of broken mugs; for two weeks these come ten times as often."""
    chance = Random(6)
    assert sum(alarmed(chance, 1.0, jump=10.0) for _ in range(200)) >= 0.9 * 200
