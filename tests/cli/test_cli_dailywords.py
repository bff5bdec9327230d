"""The digest's words: every section, the same in plain text and in HTML."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from triage.cli.dailywords import MOST, worded
from triage.order import Order
from triage.place import Ref
from triage.report.daily import Case, Daily, Seen, Unreached
from triage.report.log import LetterState, Line
from triage.report.standing import Health, Standing
from triage.taxonomy import Outcome, SignalKind

DAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12).astimezone().timestamp()
LINE = Line(
    "shop",
    NOON,
    Outcome.FLAGGED,
    "complaint",
    (Ref("INBOX", 1, 7),),
    LetterState.LAID,
    sender="ada@customer.example",
    subject="My cup",
    topic="damaged",
    order="1042",
)
CASE = Case(LINE, NOON, "d" * 8, due=date(2026, 3, 6))
EMPTY = Daily("shop", DAY, NOON - 7 * 86400)


def text(daily: Daily) -> str:
    """As plain text, on one line; what it says stands in the HTML, too."""
    content = worded(daily)
    assert all(len(line) <= 78 for line in content.text.splitlines())
    assert "http" not in content.html
    assert "<script" not in content.html
    return " ".join(content.text.split())


def changed(**what: object) -> str:
    return text(replace(EMPTY, waiting=(replace(CASE, **what),)))  # type: ignore[arg-type]


def letter(state: LetterState, **more: object) -> str:
    line = replace(LINE, letter=state, **more)  # type: ignore[arg-type]
    return text(replace(EMPTY, waiting=(replace(CASE, line=line),)))


def test_peace() -> None:
    content = worded(replace(EMPTY, read=212, people=40, weekly=True))
    assert content.subject == "triage: nothing waits"
    assert content.text.startswith("212 mails read, nothing waits.\n")


def test_a_locked_phone_shows_numbers_alone() -> None:
    """One or several, overdue or not."""
    late = replace(CASE, late=True, due=date(2026, 3, 3))
    daily = replace(EMPTY, waiting=(late, CASE), unsure=(CASE,), reports=2, read=9)
    content = worded(daily)
    assert content.subject == "triage: 2 complaints wait, 1 overdue; 2 to look at"
    assert content.text.splitlines()[0] == f"{content.subject[8:]}. 9 mails read."


def test_when_it_is_due() -> None:
    for due, late, words in (
        (date(2026, 3, 4), False, "; due today"),
        (date(2026, 3, 5), False, "; due tomorrow"),
        (date(2026, 3, 3), True, "; was due yesterday"),
        (date(2025, 12, 30), True, "; was due 30 December 2025"),
        (None, False, "Damaged or not working From"),
    ):
        assert words in changed(due=due, late=late)


def test_the_order_and_the_quote() -> None:
    order = Order(
        "1042",
        items=("Blue mug", "Tray"),
        shipped=date(2026, 2, 20),
        delivered=date(2026, 2, 24),
        carrier="Hare Lane",
    )
    said = changed(seen=Seen("Ada", "It is broken.", order))
    assert "“It is broken.” From Ada <ada@customer.example>, today: “My cup”" in said
    where = "sent 20 February with Hare Lane, marked as delivered 24 February"
    assert f"Order 1042: Blue mug, Tray; {where}" in said
    assert "Order 1042 A letter waits" in changed()
    assert "not sent yet" in changed(seen=Seen(order=Order("1042")))


def test_how_its_letter_lies() -> None:
    assert "it asks you to fill something in" in changed(asks=True)
    assert "you have been at it" in letter(LetterState.EDITED)
    assert "open in a mail program, or deleted" in letter(LetterState.GONE)
    none = letter(LetterState.NONE, unwritten="owner-writing")
    assert "Letter: none: you are at the letter to an earlier mail." in none


def test_what_is_loud_comes_first_in_its_line() -> None:
    signals = (SignalKind.HARM, SignalKind.LAWYER)
    said = letter(LetterState.LAID, signals=signals, again=date(2026, 2, 1))
    assert "* HARM OR DANGER, lawyer or authority; damaged or not working; has complained" in said


def test_a_customer_not_reached_and_what_did_not_work() -> None:
    order = Order("1042", name="Ada Lind", postal="4 Mill Lane")
    line = Line("shop", NOON, Outcome.FAILED, "empty", (Ref("INBOX", 1, 9),), given_up=True)
    said = text(
        replace(
            EMPTY,
            unreached=(Unreached("ada@customer.example", order),),
            failed=(line,),
            ill=(Standing("studio", Health.NEVER, None),),
        )
    )
    assert "* ada@customer.example A mail of yours to this address came back. Order 1042" in said
    assert "The order goes to: Ada Lind, 4 Mill Lane" in said
    assert "could not be read (INBOX, UID 9) The mail is empty. It is not tried again." in said
    assert "Account studio: triage has never looked at it" in said


def test_the_end_counts_and_names_what_nobody_uses() -> None:
    outcomes: Mapping[str, int] = {"flagged": 2, "passed": 7, "skipped": 3}
    said = text(
        replace(
            EMPTY,
            read=12,
            people=9,
            outcomes=outcomes,
            skipped={"own": 1, "bounce": 2},
            unused={"late": 11},
        )
    )
    assert "Since 25 February 2026: 12 mails read, 9 from customers (2 flagged, 7 passed" in said
    assert "Not judged: delivery reports 2, your own 1." in said
    assert "The last 11 letters of the template late were not used" in said


def test_a_flood_is_cut() -> None:
    """And said to be."""
    said = text(replace(EMPTY, waiting=(CASE,) * (MOST + 5)))
    assert said.count("ada@customer.example") == MOST
    assert "and 5 more: triage log" in said
    assert worded(replace(EMPTY, waiting=(CASE,) * 35)).subject == "triage: 35 complaints wait"
