"""Somebody is forgotten by the ledger, and nothing else of it changes."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from triage.ledger import Ledger
from triage.ledger.erasure import erase, traces, unteach
from triage.ledger.file import FILE
from triage.message import Address
from triage.place import Ref, Status, Stored
from triage.record import Done, Judged, Person, Taught
from triage.reply import Draft

NOW = 1_750_000_000.0
INBOX = Status("INBOX", 7, 101, 100, read_only=False)
ADA = Person("ada@customer.example")
OWNER = Address("Mira", "hello@shop.example")


def judged(digest: str, writer: str, **more: object) -> Judged:
    plain = Judged(digest, f"<{digest}@c>", f"echo {digest}", NOW, NOW, "flagged", "complaint")
    known = replace(plain, writer=writer, subject=f"Subject {digest}", complainant=writer.lower())
    return replace(known, order_key="1043", again="2026-11-02", **more)  # type: ignore[arg-type]


def draft(digest: str, text: str) -> Draft:
    raw = f"To: {text}\r\n\r\nDear customer\r\n".encode()
    ids = (f"<{digest}.1@shop.example>", 1, digest, "late", OWNER, (), OWNER, "Re: cup")
    return Draft(*ids, f"<{digest}@c>", (), "Hello", (), raw)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Ada's two mails, one letter laid and one not; and a stranger's, with his letter laid."""
    ledger = Ledger.open(tmp_path, "hello@shop.example")
    ledger.since(NOW, 0)
    ledger.enter(INBOX, NOW)
    ledger.listed(INBOX, [1, 2, 3])
    mails = {
        "d1": "Ada@Customer.example",
        "d2": "ada@customer.example",
        "d3": "nada@customer.example",
    }
    done = [
        Done(Ref("INBOX", 7, uid), digest, judged(digest, writer), draft(digest, writer))
        for uid, (digest, writer) in enumerate(mails.items(), 1)
    ]
    ledger.finish(done, NOW)
    for digest in ("d1", "d3"):
        stored = Stored(Ref("Drafts", 5, 1 if digest == "d1" else 2), "raw")
        ledger.stored(f"<{digest}.1@shop.example>", stored, NOW)
    return ledger


def bytes_of(state: Path) -> bytes:
    return b"".join(path.read_bytes() for path in state.glob(f"{FILE}*"))


def test_what_names_him_goes_and_what_is_done_stays(ledger: Ledger, tmp_path: Path) -> None:
    """Digest, outcome and place; no letter is laid any more; who has a like address keeps all."""
    stranger = ledger.known("d3")
    found = traces(tmp_path, ADA)
    assert (found.digests, found.letters) == ({"d1", "d2"}, 2)
    assert ("ada@customer.example", "echo d2") in found.echoes
    ledger.close()
    erase(tmp_path, ADA)
    ledger = Ledger.open(tmp_path, "hello@shop.example")
    for digest in ("d1", "d2"):
        known = ledger.known(digest)
        assert known
        assert (known.outcome, known.judged, known.writer, known.subject) == (
            *("flagged", NOW, None, None),
        )
        assert (known.message_id, known.echo, known.complainant, known.order_key, known.again) == (
            *(None, "", None, None, None),
        )
    assert ledger.known("d3") == stranger
    assert ledger.unfinished(INBOX, NOW) == []
    assert ledger.open_drafts(NOW) == []
    assert [each.message_id for each in ledger.sweeps(NOW * 2)] == ["<d3.1@shop.example>"]
    assert traces(tmp_path, ADA).digests == frozenset()


def test_no_octet_of_it_is_left(ledger: Ledger, tmp_path: Path) -> None:
    """Neither in the file nor beside it; the stranger's are there, so the look would see them."""
    ledger.close()
    erase(tmp_path, ADA)
    left = bytes_of(tmp_path).lower().replace(b"nada@customer", b"")
    assert b"ada@customer" not in left
    assert b"subject d1" not in left
    assert b"subject d3" in left
    assert (tmp_path / f"{FILE}-wal").exists() is False or not (
        tmp_path / f"{FILE}-wal"
    ).stat().st_size


def test_an_address_within_a_letter(tmp_path: Path, ledger: Ledger) -> None:
    """A letter to somebody else that names him, once it is settled; broken by a soft line end."""
    ledger.listed(INBOX, [4])
    quoting = draft("d4", "bo@b.example\r\n\r\nWrite to ada@customer.exa=\r\nmple")
    ledger.finish([Done(Ref("INBOX", 7, 4), "d4", judged("d4", "bo@b.example"), quoting)], NOW)
    assert traces(tmp_path, ADA).letters == 2  # it is still to be laid
    ledger.dropped("<d4.1@shop.example>", "answered-in-Sent", NOW)
    assert traces(tmp_path, ADA).letters == 3
    ledger.close()
    erase(tmp_path, ADA)
    assert b"ada@customer.exa=" not in bytes_of(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE message SET outcome = 'passed'",
        "UPDATE message SET writer = NULL",
        "UPDATE message SET writer = NULL, subject = NULL, message_id = NULL, echo = '',"
        " complainant = NULL, order_key = NULL, again = NULL, outcome = 'passed'",
        "UPDATE message SET writer = 'x', subject = NULL, message_id = NULL, echo = '',"
        " complainant = NULL, order_key = NULL, again = NULL",
        "UPDATE draft SET raw = x'00', sweep_at = NULL, in_reply_to = NULL",
        "UPDATE draft SET raw = x'' WHERE state = 'intended'",
        "UPDATE draft SET message_id = 'x', raw = x'', in_reply_to = NULL, sweep_at = NULL",
        "UPDATE draft SET in_reply_to = NULL",
    ],
)
def test_nothing_else_is_let_through(ledger: Ledger, tmp_path: Path, change: str) -> None:
    """The ledger still refuses what must not happen."""
    with closing(sqlite3.connect(tmp_path / FILE)) as book, pytest.raises(sqlite3.IntegrityError):
        book.execute(change)


def test_lessons_are_not_heard_again(ledger: Ledger, tmp_path: Path) -> None:
    """His mails in teaching folders, whether the ledger knows them from the inbox or not."""
    rows = [Taught(Ref("Triage/Complaint", 1, n), f"d{n}", NOW) for n in (1, 3, 9)]
    ledger.teach(rows, (), {}, NOW)
    ledger.close()
    unteach(tmp_path, ["d9"])
    erase(tmp_path, ADA)
    ledger = Ledger.open(tmp_path, "hello@shop.example")
    assert [each.kept for each in ledger.taught_in("Triage/Complaint")] == [False, True, False]


def test_where_there_is_no_ledger_none_is_made(tmp_path: Path) -> None:
    """Nothing is known of anybody."""
    assert traces(tmp_path, ADA).digests == frozenset()
    erase(tmp_path, ADA)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ada@customer.example", True),
        ("Write to <ADA@customer.example>.", True),
        ("nada@customer.example", False),
        ("x.ada@customer.example", False),
        ("ada@customer.example.org", False),
        ("ada@customer.examples", False),
    ],
)
def test_an_address_is_named_for_itself(text: str, named: bool) -> None:
    """And not within a longer one."""
    assert ADA.is_named(text) is named
