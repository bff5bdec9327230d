"""What the ledger remembers of every message, and what it remembered in an earlier form."""

import gc
import sqlite3
import tracemalloc
from pathlib import Path

import pytest
from test_ledger import DAY, INBOX, NOW, draft, judged, listed, ref

from triage.errors import MessageError
from triage.ledger import ATTEMPTS, Entry, LaidLetter, Ledger, SetAside, history, schema
from triage.ledger.file import FILE, connect
from triage.ledger.history import FAILURES, MESSAGES
from triage.ledger.ledger import COMPLAINTS
from triage.place import Ref, Status, Stored
from triage.record import Done
from triage.taxonomy import Outcome

SHOP = "hello@shop.example"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path, SHOP)
    ledger.since(NOW, 7 * DAY)
    listed(ledger, *range(1, 9))
    return ledger


def heard(folder: Path, *arguments: Outcome, begin: float = 0.0) -> list[str]:
    """The digests of the messages and the UIDs of the failed ones, in the order they come."""
    return [
        each.judged.digest if isinstance(each, Entry) else str(each.ref.uid)
        for each in history(folder, SHOP, begin, *arguments)
    ]


def test_newest_stands_last(ledger: Ledger, tmp_path: Path) -> None:
    """By the time it was judged, or last tried; from a time on; all outcomes, or one of them."""
    for uid, moment, outcome in [(1, 50.0, "unsure"), (2, 30.0, "passed"), (3, 10.0, "unsure")]:
        message = judged(f"d{uid}", judged=NOW + moment, outcome=outcome)
        ledger.finish([Done(ref(uid), message.digest, message)], NOW)
    ledger.failed(ref(4), MessageError("empty"), NOW + 40)
    assert heard(tmp_path) == ["d3", "d2", "4", "d1"]
    assert heard(tmp_path, begin=NOW + 30) == ["d2", "4", "d1"]
    assert heard(tmp_path, Outcome.UNSURE) == ["d3", "d1"]
    assert heard(tmp_path, Outcome.FAILED) == ["4"]
    assert heard(tmp_path, Outcome.FLAGGED) == []
    assert list(history(tmp_path, "other@shop.example", 0.0)) == []


def test_message_stands_once_with_all_its_places(ledger: Ledger, tmp_path: Path) -> None:
    """A copy in another mailbox is another place of it; one that is not known any more is none."""
    ledger.finish([Done(ref(1), "d1", judged("d1", writer="a@b", subject="Cup"))], NOW)
    orders = Status("Orders", 3, 10, 1, read_only=False)
    ledger.enter(orders, NOW)
    ledger.listed(orders, [9])
    ledger.finish([Done(Ref("Orders", 3, 9), "d1")], NOW)
    (entry,) = history(tmp_path, SHOP, 0.0)
    assert entry == Entry(
        judged("d1", writer="a@b", subject="Cup"), (ref(1), Ref("Orders", 3, 9)), None
    )
    ledger.enter(Status("Orders", 4, 1, 0, read_only=False), NOW)
    ledger.enter(Status("INBOX", 8, 1, 0, read_only=False), NOW)
    (entry,) = history(tmp_path, SHOP, 0.0)
    assert isinstance(entry, Entry)
    assert entry.places == ()


def test_letter_is_told_as_far_as_it_came(ledger: Ledger, tmp_path: Path) -> None:
    """Intended, sent and not settled, stored, dropped; and none."""
    for uid in range(1, 6):
        message = judged(f"d{uid}", judged=NOW + uid)
        letter = draft(f"d{uid}") if uid < 5 else None
        ledger.finish([Done(ref(uid), f"d{uid}", message, letter)], NOW)
    ledger.appending("<d2.1@shop.example>", NOW, 120.0)
    ledger.stored("<d3.1@shop.example>", Stored(Ref("Drafts", 3, 9), "f" * 64), NOW)
    ledger.dropped("<d4.1@shop.example>", "answered-in-Sent", NOW)
    assert [each.letter for each in history(tmp_path, SHOP, 0.0) if isinstance(each, Entry)] == [
        LaidLetter("intended", "", None, "damaged"),
        LaidLetter("appending", "", None, "damaged"),
        LaidLetter("stored", "", Ref("Drafts", 3, 9), "damaged", NOW),
        LaidLetter("dropped", "answered-in-Sent", None, "damaged"),
        None,
    ]


def test_failed_mail_is_told_with_its_reason(ledger: Ledger, tmp_path: Path) -> None:
    """While it is tried again, and once it is given up; one that is read after all is not."""
    ledger.failed(ref(1), MessageError("nested-too-deep", limit=30), NOW)
    assert list(history(tmp_path, SHOP, 0.0)) == [
        SetAside(ref(1), NOW, "nested-too-deep", {"limit": 30}, NOW + 60)
    ]
    for attempt in range(1, ATTEMPTS):
        ledger.failed(ref(1), MessageError("nested-too-deep", limit=30), NOW + attempt)
    (given_up,) = history(tmp_path, SHOP, 0.0)
    assert isinstance(given_up, SetAside)
    assert (given_up.moment, given_up.retry_at) == (NOW + ATTEMPTS - 1, None)
    ledger.failed(ref(2), MessageError("empty"), NOW)
    ledger.finish([Done(ref(2), "d2", judged("d2"))], NOW)
    assert heard(tmp_path, Outcome.FAILED) == ["1"]


def test_without_a_ledger_nothing_is_told_or_made(tmp_path: Path) -> None:
    """Asking makes no file."""
    assert list(history(tmp_path, SHOP, 0.0)) == []
    assert not (tmp_path / FILE).exists()


def test_history_is_read_row_by_row(ledger: Ledger, tmp_path: Path) -> None:
    """Thousands of messages take no more memory than one, and no sorting of them all."""
    many = [
        judged(f"d{number:05}", judged=NOW + number, subject="x" * 200) for number in range(9999)
    ]
    ledger.finish([Done(ref(uid + 100), m.digest, m) for uid, m in enumerate(many)], NOW)
    tracemalloc.start()
    assert sum(1 for _ in history(tmp_path, SHOP, NOW)) == len(many)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500_000


def test_history_may_be_left_in_the_middle(ledger: Ledger, tmp_path: Path) -> None:
    """Whoever reads no further leaves nothing open, and nothing that complains later."""
    for uid in (1, 2):
        ledger.finish([Done(ref(uid), f"d{uid}", judged(f"d{uid}", judged=NOW + uid))], NOW)
        ledger.failed(ref(uid + 2), MessageError("empty"), NOW + uid)
    told = history(tmp_path, SHOP, 0.0)
    assert next(told)
    told.close()
    gc.collect()  # an error of a generator that is collected fails the test


@pytest.mark.parametrize(
    ("query", "indexes"),
    [(MESSAGES, ["message_judged", "location_message"]), (FAILURES, ["location_failed"])],
)
def test_history_is_not_sorted(ledger: Ledger, query: str, indexes: list[str]) -> None:
    """An index has it in order, and whatever belongs to a message is found by one."""
    rows = ledger.all(f"EXPLAIN QUERY PLAN {query}", begin=NOW, outcome=None)
    plan = [row["detail"] for row in rows]
    assert indexes[0] in plan[0]
    assert all(any(index in step for step in plan) for index in indexes)
    assert not [step for step in plan if step.startswith(("SCAN", "USE TEMP"))]


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """A state folder as the first form of the ledger left it: one message, two failed places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        patch.setattr(schema, "VERSION", 1)
        connection = connect(tmp_path)
    connection.execute("INSERT INTO account (account, since) VALUES (?, ?)", (SHOP, NOW))
    connection.execute("INSERT INTO mailbox VALUES (?, 'INBOX', 7, 101, ?, 101, 0)", (SHOP, NOW))
    connection.execute(
        "INSERT INTO message VALUES (?, 'd1', '<d1@c>', 'echo d1', ?, ?, 'unsure', 'in-between',"
        " 'customer', 'damaged', 0.5, 'en', 'unsure', 0)",
        (SHOP, NOW, NOW + 5),
    )
    connection.executemany(
        "INSERT INTO location VALUES (?, 'INBOX', 7, ?, ?, ?, ?, ?, ?, '{}')",
        [
            (SHOP, 1, "d1", "finished", 0, 0.0, None),
            (SHOP, 2, None, "listed", 1, NOW + 60, "empty"),
            (SHOP, 3, None, "finished", 7, NOW + 10 + 60 * 4**6, "no-header"),
        ],
    )
    connection.close()
    return tmp_path


def test_ledger_of_the_former_form_is_opened(former: Path) -> None:
    """Nothing is lost: what was judged is known, without writer, subject and signals; failed mails
    are told with the time they were tried."""
    aside, message, given_up = history(former, SHOP, 0.0)
    assert aside == SetAside(ref(2), NOW, "empty", {}, NOW + 60)
    assert isinstance(message, Entry)
    assert (message.places, message.letter) == ((ref(1),), None)
    assert (message.judged.outcome, message.judged.writer, message.judged.subject) == (
        "unsure",
        None,
        None,
    )
    assert message.judged.signals is None
    assert given_up == SetAside(ref(3), NOW + 10, "no-header", {}, None)
    ledger = Ledger.open(former, SHOP)
    assert ledger.known("d1") == message.judged
    assert ledger.unfinished(INBOX, NOW + 60) == [2]
    plain = sqlite3.connect(former / FILE)
    assert plain.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_complaints_of_one_customer(ledger: Ledger, tmp_path: Path) -> None:
    """His alone, of this account, in a stretch of time, oldest first; found by an index."""
    for uid, arrived, who in [(1, 5.0, "a@b"), (2, 3.0, "a@b"), (3, 4.0, "c@d"), (4, 4.0, None)]:
        message = judged(f"d{uid}", arrived=NOW + arrived, complainant=who)
        ledger.finish([Done(ref(uid), message.digest, message)], NOW)
    heard = [each.digest for each in ledger.complaints("a@b", NOW, NOW + 6)]
    assert heard == ["d2", "d1"]
    assert [each.digest for each in ledger.complaints("a@b", NOW + 3, NOW + 5)] == ["d2"]
    assert Ledger.open(tmp_path, "other@shop.example").complaints("a@b", NOW, NOW + 6) == []
    (step,) = ledger.all(
        f"EXPLAIN QUERY PLAN {COMPLAINTS}", complainant="a@b", after=NOW, before=NOW, most=1
    )
    assert "message_complainant" in step["detail"]
