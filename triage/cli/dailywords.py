"""The day's digest in an owner's words, as plain text and as HTML with the same words.

Subject and first line bear numbers alone: they are shown on a locked phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from triage.cli.phrase import worded as phrase
from triage.cli.sentences import ERRORS
from triage.cli.status import why
from triage.cli.terminal import clean, count, folded
from triage.cli.wording import LETTERS, ORDERS, REASONS, TOPICS, UNDRAFTED, parts, signalled
from triage.order import Order
from triage.reply import day_words
from triage.report.daily import Case, Daily, Unreached
from triage.report.dailymail import Content
from triage.report.log import LetterState, Line
from triage.report.page import page
from triage.report.strongest import harmless
from triage.taxonomy import Outcome, Topic

WIDE = 72  # characters of a line of plain text (RFC 5322 section 2.1.1 asks for 78 at most)
MOST = 30  # rows of one section
# What is said of mail that was read and not judged, by its reason.
SKIPPED = {
    "own": "your own",
    "bounce": "delivery reports",
    "old": "older than triage's first look",
    "foreign-language": "in a language triage does not know",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One mail: what it is, what its writer says ("" for nothing quoted), and what is to be known
    of it."""

    title: str
    quote: str = ""
    lines: Sequence[str] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows below a heading; `more` says what was left out, "" for nothing."""

    heading: str
    rows: Sequence[Row]
    more: str = ""


def worded(daily: Daily) -> Content:
    """The mail that is laid into the inbox."""
    subject = f"triage: {_numbers(daily) or 'nothing waits'}"
    first, sections, last = _first(daily), list(_sections(daily)), list(_last(daily))
    html = page("digest", {}, subject=subject, first=first, sections=sections, last=last)
    return Content(subject, "\n".join(_text(first, sections, last)) + "\n", html)


def _numbers(daily: Daily) -> str:
    """ "3 complaints wait, 1 overdue; 2 to look at"."""
    found = []
    if waiting := len(daily.waiting):
        late = f", {daily.late} overdue" if daily.late else ""
        found.append(f"{count(waiting, 'complaint')} {'waits' if waiting == 1 else 'wait'}{late}")
    look = len(daily.unsure) + len(daily.unreached) + bool(daily.reports) + len(daily.failed)
    if look:
        found.append(f"{look} to look at")
    if daily.ill:
        found.append(f"{count(len(daily.ill), 'account')} not well")
    return "; ".join(found)


def _first(daily: Daily) -> str:
    """Read on a lock screen: numbers, and nobody's name."""
    found = _numbers(daily)
    read = f"{count(daily.read, 'mail')} read"
    return f"{found}. {read}." if found else f"{read}, nothing waits."


def _sections(daily: Daily) -> Iterator[Section]:
    late = [case for case in daily.waiting if case.late]
    rest = [case for case in daily.waiting if not case.late]
    yield from _section("Overdue", late, daily.day)
    yield from _section("Waiting for an answer", rest, daily.day)
    yield from _section("Not sure: look at these yourself", daily.unsure, daily.day)
    if daily.unreached or daily.reports:
        rows = [_unreached(each, daily.day) for each in daily.unreached]
        if daily.reports:
            rows.append(Row(f"{count(daily.reports, 'delivery report')} in your inbox"))
        yield Section("Came back: these customers were not reached", rows)
    if daily.failed or daily.ill:
        rows = [*map(_failed, daily.failed[:MOST])]
        rows += [Row(f"Account {clean(each.account)}: {why(each)}") for each in daily.ill]
        yield Section("Did not work", rows, _more(len(daily.failed)))


def _section(heading: str, cases: Sequence[Case], today: date) -> Iterator[Section]:
    if cases:
        rows = [_row(case, today) for case in cases[:MOST]]
        yield Section(heading, rows, _more(len(cases)))


def _more(number: int) -> str:
    return f"and {number - MOST} more: triage log" if number > MOST else ""


def _row(case: Case, today: date) -> Row:
    return Row(
        title=_upper("; ".join(_title(case, today))),
        quote=case.seen.quote if case.seen else "",
        lines=list(_lines(case, today)),
        late=case.late,
    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title(case: Case, today: date) -> Iterator[str]:
    line = case.line
    if line.signals:
        yield signalled(line.signals)
    if line.outcome is Outcome.UNSURE:
        yield REASONS.get(line.reason, clean(line.reason))
    else:
        yield TOPICS[Topic(line.topic)] if line.topic in frozenset(Topic) else "a complaint"
        if line.again:
            yield f"has complained of it before, on {day_words(line.again, year=False)}"
    if case.due:
        yield f"was due {_day(case.due, today)}" if case.late else f"due {_day(case.due, today)}"


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _day(day: date, today: date) -> str:
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    return near or day_words(day, year=day.year != today.year)


def _lines(case: Case, today: date) -> Iterator[str]:
    line = case.line
    subject = harmless(line.subject or "")
    sender = clean(line.sender or "an unknown address")
    if case.seen and case.seen.name:
        sender = f"{clean(case.seen.name)} <{sender}>"
    came = _day(datetime.fromtimestamp(case.since).astimezone().date(), today)
    yield f"From {sender}, {came}" + (f": {_quoted(subject)}" if subject else "")
    if case.seen and case.seen.order:
        yield _order(case.seen.order, today)
    elif line.order:
        yield f"Order {clean(line.order)}"
    if case.moved:
        yield "It is not in your inbox any more, and has no answer that triage knows of."
    if line.outcome is not Outcome.UNSURE or line.letter is not LetterState.NONE:
        yield _letter(case)


def _letter(case: Case) -> str:
    line = case.line
    if line.letter is LetterState.LAID:
        return (
            "A letter waits in Drafts: it asks you to fill something in."
            if case.asks
            else "A letter waits in Drafts."
        )
    if line.letter is LetterState.NONE:
        why_not = UNDRAFTED.get(line.unwritten, "none").format(where="the marketplace")
        return f"Letter: {why_not}."
    return f"Letter: {LETTERS[line.letter]}."


def _order(order: Order, today: date) -> str:
    """ "Order 1042: Blue mug; sent 12 November with Hare Lane, marked as delivered 14 November"."""
    said = [ORDERS[order.status]]
    if order.shipped:
        carrier = f" with {clean(order.carrier)}" if order.carrier else ""
        said = [f"sent {_day(order.shipped, today)}{carrier}"]
    if order.delivered:
        said.append(f"marked as delivered {_day(order.delivered, today)}")
    items = f": {harmless(', '.join(order.items))}" if order.items else ""
    return f"Order {clean(order.number)}{items}; {', '.join(said)}"


def _unreached(each: Unreached, today: date) -> Row:
    order = each.order
    lines = ["A mail of yours to this address came back."]
    if order:
        lines.append(_order(order, today))
        where = ", ".join(filter(None, (order.name, order.postal)))
        lines += [f"The order goes to: {harmless(where)}"] if where else []
    return Row(clean(each.addr), lines=lines)


def _failed(line: Line) -> Row:
    place = ", ".join(f"{clean(each.mailbox)}, UID {each.uid}" for each in line.places)
    again = "It is not tried again." if line.given_up else "It is tried again."
    return Row(
        f"A mail could not be read ({place})",
        lines=[phrase(ERRORS, line.reason, line.facts), again],
    )


def _last(daily: Daily) -> Iterator[str]:
    """What was done since the last digest, and what to think about."""
    since = day_words(datetime.fromtimestamp(daily.since).astimezone().date())
    found = parts(daily.outcomes)
    yield (
        f"Since {since}: {count(daily.read, 'mail')} read, {daily.people} from customers"
        f"{f' ({found})' if found else ''}."
    )
    if daily.skipped:
        why_not = ", ".join(
            f"{SKIPPED.get(reason, clean(reason))} {number}"
            for reason, number in sorted(daily.skipped.items(), key=lambda each: -each[1])
        )
        yield f"Not judged: {why_not}."
    for template, times in daily.unused.items():
        yield (
            f"The last {times} letters of the template {clean(template)} were not used: write your"
            f" own with triage templates edit {clean(template)}."
        )
    yield (
        "This mail is written by triage on your machine, and by nobody else. A digest comes when"
        " there is something to tell, and each Monday: when none comes on a Monday, see triage"
        " status."
    )


def _text(first: str, sections: Sequence[Section], last: Sequence[str]) -> Iterator[str]:
    yield from folded(first, WIDE)
    for section in sections:
        yield ""
        yield section.heading.upper()
        for row in section.rows:
            yield ""
            yield from _folded(row.title, "* ", "  ")
            if row.quote:
                yield from _folded(_quoted(row.quote), "    ", "    ")
            for line in row.lines:
                yield from _folded(line, "  ", "    ")
        if section.more:
            yield from ("", f"  {section.more}")
    yield ""
    for line in last:
        yield from folded(line, WIDE)
        yield ""


def _folded(words: str, begin: str, then: str) -> Iterator[str]:
    for number, line in enumerate(folded(words, WIDE - len(then))):
        yield (then if number else begin) + line
