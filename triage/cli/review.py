"""A report as it is read in a terminal."""

from collections.abc import Iterator, Sequence
from datetime import date

from triage.cli import reviewwords as words
from triage.cli.terminal import clean, cut, fitted, folded, stamp
from triage.reply import Shop
from triage.report.review import Review

WIDEST = 100
NAME = 26  # columns of what a row is about
FIGURE = 7  # of a figure in a table
SHOWN = 20  # rows of a list
NONE, MANY = "·", "+"


def text(found: Review, shop: Shop, changed: list[date], now: float, columns: int) -> Iterator[str]:
    """Its lines, none longer than `columns`. `changed` are the days of a new model; `now`, in
    seconds since the epoch, is when the waiting ones still wait."""
    width = min(columns, WIDEST)
    yield words.span(found)
    yield from _sentences(words.heads(found), width)
    yield from _part("More often than usual", list(words.alarmed(found)), width)
    if not found.mails:
        return
    if found.topics:
        yield ""
        yield from _by_week(found, width)
    yield from _orders(found, width)
    yield from _part("What comes again", list(_few(words.came_again(found))), width)
    if found.complaints:
        yield from _part("Answers", list(words.answers(found, shop)), width)
        yield from _waiting(found, now, width)
    yield from _part("Letters", list(words.letters(found)), width)
    if found.letters.all:
        rows = [(name, words.row(fates)) for name, fates in found.letters.by_template.items()]
        total = ("all", words.row(found.letters.all))
        yield from _table("template", tuple(words.FATES), [*rows, total], width)
        yield from _sentences([words.FATES_TOLD], width)
    yield from _part("The verdicts by month", [], width, always=True)
    yield from _table("month", words.MONTHS, [words.month(each) for each in found.months], width)
    yield from _sentences([words.MONTHS_TOLD, *words.models(changed)], width)


def digits(numbers: Sequence[int]) -> str:
    """A sign a week."""
    return "".join(NONE if not some else str(some) if some < 10 else MANY for some in numbers)


def _by_week(found: Review, width: int) -> Iterator[str]:
    weeks = found.weeks[-(width - NAME - FIGURE - 3) :]
    yield "Complaints, and a digit for each week"
    for code, number in found.topics:
        told = digits([found.by_week.get((week, code), 0) for week in weeks])
        yield f"  {fitted(words.topic(code), NAME)}{number:>5}  {told}"
    both = [sum(found.by_week.get((week, code), 0) for code, _ in found.topics) for week in weeks]
    yield f"  {fitted('all', NAME)}{found.complaints:>5}  {digits(both)}"
    legend = f"Weeks from Monday, {weeks[0]} to {weeks[-1]}; {NONE} none, {MANY} more than nine."
    yield from _sentences([legend], width)


def _orders(found: Review, width: int) -> Iterator[str]:
    if not found.complaints:
        return
    yield from _part("Products and carriers", list(words.bought(found)), width)
    if found.bought is None:
        return
    for heading, rows in (("product", found.bought.products), ("carrier", found.bought.carriers)):
        if rows:
            counted = [(name, (number,)) for name, number in rows[:SHOWN]]
            yield from _table(heading, ("",), counted, width)
        if len(rows) > SHOWN:
            yield f"  and {len(rows) - SHOWN} more"


def _few(sentences: Iterator[str]) -> Iterator[str]:
    """The first ones, which tell of the most."""
    told = list(sentences)
    yield from told[:SHOWN]
    if len(told) > SHOWN:
        yield f"and {len(told) - SHOWN} more: --json has them all"


def _waiting(found: Review, now: float, width: int) -> Iterator[str]:
    """With the address of who waits: the owner has to find the mail. Nobody's words are shown."""
    waiting = found.answers.waiting
    for each in waiting[:SHOWN]:
        late = "too long" if each.late else ""
        who = clean(each.who) or "somebody"
        line = f"  {stamp(each.since)[:10]}  {words.waits(each, now):>8}  {late:<8}  {who}"
        yield cut(f"{line}, {words.topic(each.topic)}", width - 1)
    if len(waiting) > SHOWN:
        yield f"  and {len(waiting) - SHOWN} more: triage log --outcome flagged"


def _part(
    heading: str, sentences: Sequence[str], width: int, *, always: bool = False
) -> Iterator[str]:
    if sentences or always:
        yield ""
        yield heading
        yield from _sentences(sentences, width)


def _sentences(sentences: Sequence[str] | Iterator[str], width: int) -> Iterator[str]:
    for each in sentences:
        first, *more = folded(each, width - 4)
        yield f"  {first}"
        yield from (f"    {line}" for line in more)


def _table(
    heading: str,
    names: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
    width: int,
) -> Iterator[str]:
    room = min(NAME, width - 2 - FIGURE * len(names))
    room = NAME if len(names) == 1 else room
    yield f"  {fitted(heading, room)}{''.join(f'{name:>{FIGURE}}' for name in names)}".rstrip()
    for name, numbers in rows:
        yield f"  {fitted(name, room)}{''.join(f'{each:>{FIGURE}}' for each in numbers)}"
