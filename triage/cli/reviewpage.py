"""A report as a page for a browser. It may be shown to others: no customer stands in it."""

from collections.abc import Iterator, Sequence
from datetime import date

from triage.cli import reviewwords as words
from triage.reply import Shop, day_words
from triage.report.page import page
from triage.report.review import Review

PARTS = 5  # shades of the table of weeks


def as_page(found: Review, shop: Shop, changed: list[date], now: float) -> str:
    """The page, with the same figures as in the terminal; nobody is named who waits."""
    most = max(found.by_week.values(), default=1)
    weeks = found.weeks[::-1]  # on a phone the first ones are seen
    return page(
        "report",
        {},
        shop=shop.name,
        span=words.span(found),
        heads=list(words.heads(found)),
        headline=list(_headline(found)),
        alarms=list(words.alarmed(found)),
        alarmed=bool(found.alarms),
        weeks=[_week(week) for week in weeks],
        topics=[
            (words.topic(code), number, [_shade(found, week, code, most) for week in weeks])
            for code, number in found.topics
        ],
        bought=list(words.bought(found)),
        tables=list(_tables(found)),
        again=list(words.came_again(found)),
        answers=list(words.answers(found, shop)),
        waiting=[
            (words.waits(each, now), "too long" if each.late else "", words.topic(each.topic))
            for each in found.answers.waiting
        ],
        letters=list(words.letters(found)),
        fates=list(words.FATES),
        templates=_templates(found),
        fates_told=words.FATES_TOLD,
        months_names=list(words.MONTHS),
        months=[words.month(each) for each in found.months],
        months_told=[words.MONTHS_TOLD, *words.models(changed)],
    )


def _headline(found: Review) -> Iterator[tuple[str, str]]:
    yield f"{found.mails:,}", "mails read"
    yield f"{found.complaints:,}", "complaints"
    if found.answers.middle is not None:
        yield words.hours(found.answers.middle), "until half were answered"
    yield str(len(found.answers.waiting)), "still wait"


def _week(week: date) -> tuple[str, str, str]:
    """The day, the month, and both in words."""
    return str(week.day), f"{week:%b}", day_words(week)


def _shade(found: Review, week: date, code: str, most: int) -> tuple[int, int]:
    number = found.by_week.get((week, code), 0)
    return number, -(-PARTS * number // most)


def _tables(found: Review) -> Iterator[tuple[str, Sequence[tuple[str, int, int]]]]:
    """Products and carriers, each with its part of the most frequent one in per cent."""
    if found.bought is None:
        return
    for name, rows in (("Products", found.bought.products), ("Carriers", found.bought.carriers)):
        if rows:
            most = rows[0][1]
            yield name, [(what, number, 100 * number // most) for what, number in rows]


def _templates(found: Review) -> list[tuple[str, list[int]]]:
    rows = [(name, words.row(fates)) for name, fates in found.letters.by_template.items()]
    return [*rows, ("all", words.row(found.letters.all))] if rows else []
