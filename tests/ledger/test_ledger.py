"""The ledger remembers, and refuses what must not happen."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from triage.errors import MessageError, StateError, UserError
from triage.ledger import ATTEMPTS, Ledger, schema, summary
from triage.ledger.drafts import SWEEPS
from triage.ledger.file import FILE, connect, connect_copy
from triage.message import Address
from triage.place import Ref, Status, Stored
from triage.record import Done, Judged, Known
from triage.reply import Draft

NOW = 1_750_000_000.0
DAY = 86400.0
INBOX = Status("INBOX", 7, 101, 100, read_only=False)
OWNER = Address("Mira", "hello@shop.example")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path, "hello@shop.example")
    ledger.since(NOW, 7 * DAY)
    return ledger


def ref(uid: int) -> Ref:
    return Ref("INBOX", 7, uid)


def judged(digest: str, **more: object) -> Judged:
    plain = Judged(digest, f"<{digest}@c>", f"echo {digest}", NOW, NOW, "passed", "no-complaint")
    return replace(plain, **{"undrafted": "passed", **more})  # type: ignore[arg-type]


def draft(digest: str, generation: int = 1) -> Draft:
    return Draft(
        message_id=f"<{digest}.{generation}@shop.example>",
        generation=generation,
        digest=digest,
        template="damaged",
        from_=OWNER,
        to=(),
        recipient=OWNER,
        subject="Re: cup",
        in_reply_to=f"<{digest}@c>",
        references=(),
        body="Hello",
        missing=(),
        raw=b"Subject: Re: cup\r\n\r\nHello\r\n",
    )


def finish(ledger: Ledger, *messages: Judged, at: tuple[int, ...] = ()) -> None:
    """Messages judged at these UIDs, at places of no consequence where none are given."""
    uids = at or range(10_000, 10_000 + len(messages))
    done = [Done(ref(uid), m.digest, m) for uid, m in zip(uids, messages, strict=True)]
    ledger.finish(done, NOW)


def listed(ledger: Ledger, *uids: int) -> None:
    ledger.enter(INBOX, NOW)
    ledger.listed(INBOX, uids)


def intended(ledger: Ledger, digest: str = "d1", uid: int = 1) -> Draft:
    """A draft whose intent is committed."""
    listed(ledger, uid)
    letter = draft(digest)
    ledger.finish([Done(ref(uid), digest, judged(digest), letter)], NOW)
    return letter


def test_file_is_private(tmp_path: Path) -> None:
    """The ledger and its folder can be read by the owner alone, whatever the umask."""
    before = os.umask(0)
    try:
        Ledger.open(tmp_path / "state", "a@b").since(NOW, DAY)
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in [tmp_path / "state", *(tmp_path / "state").iterdir()]
        }
    finally:
        os.umask(before)
    assert modes.pop("state") == 0o700
    assert FILE in modes
    assert set(modes.values()) == {0o600}


def test_first_contact_is_settled_once(ledger: Ledger) -> None:
    """From when on mail is judged never changes, whatever the configuration says later."""
    assert ledger.since(NOW + 90 * DAY, DAY) == NOW - 7 * DAY


def test_account_stopped_before_first_contact_still_gets_a_look_back(tmp_path: Path) -> None:
    """A wrong password on the first day does not open the owner's whole past on the second."""
    ledger = Ledger.open(tmp_path, "a@b")
    ledger.stops(UserError("login-refused"), NOW)
    assert ledger.since(NOW, DAY) == NOW - DAY


def test_known_mailbox_goes_on_where_it_was(ledger: Ledger) -> None:
    """The position outlives the connection."""
    listed(ledger, 40, 100)
    later = replace(INBOX, uidnext=120)
    position = ledger.enter(later, 0.0)
    assert (position.base, position.since, position.listed) == (101, NOW, 101)
    assert ledger.behind(later)
    ledger.listed(later, [119])
    assert not ledger.behind(later)
    assert ledger.unfinished(later, NOW) == [40, 100, 119]


def test_new_uidvalidity_is_a_first_contact(ledger: Ledger) -> None:
    """Nothing is concluded from UIDs of another UIDVALIDITY."""
    listed(ledger, 40)
    finish(ledger, judged("d"), at=(40,))
    moved = replace(INBOX, uidvalidity=8)
    assert ledger.behind(moved)
    assert ledger.enter(moved, NOW - DAY).listed == 1
    ledger.listed(moved, [40])
    assert ledger.unfinished(moved, NOW) == [40]
    assert ledger.known("d")


def test_uidnext_going_backwards_is_a_first_contact(ledger: Ledger) -> None:
    """A renumbered mailbox that kept its UIDVALIDITY: places are forgotten, messages are not."""
    listed(ledger, 40)
    finish(ledger, judged("d"), at=(40,))
    renumbered = replace(INBOX, uidnext=50)
    assert ledger.behind(renumbered)
    assert ledger.enter(renumbered, NOW - DAY).listed == 1
    ledger.listed(renumbered, [40])
    assert ledger.unfinished(renumbered, NOW) == [40]
    assert ledger.known("d")


def test_uids_that_name_other_messages_are_a_first_contact(ledger: Ledger) -> None:
    """The newest known are remembered by their Message-IDs, and forgotten with their places."""
    listed(ledger, *range(40, 48))
    nameless = replace(judged("d47"), message_id=None)
    messages = [judged(f"d{uid}") for uid in range(40, 47)]
    finish(ledger, *messages, nameless, at=tuple(range(40, 48)))
    newest = ledger.newest(INBOX)
    assert [known.uid for known in newest] == [46, 45, 44, 43, 42]
    assert newest[0] == Known(46, "d46", "<d46@c>")
    assert ledger.enter(INBOX, NOW - DAY, renumbered=True).listed == 1
    assert not ledger.newest(INBOX)
    assert ledger.known("d46")


def test_listing_again_opens_nothing(ledger: Ledger) -> None:
    """UIDs are listed again each cycle; the finished ones stay finished."""
    listed(ledger, 1, 2)
    ledger.finish([Done(ref(1), "d", judged("d")), Done(ref(2), None)], NOW)
    ledger.listed(INBOX, [1, 3])
    assert ledger.unfinished(INBOX, NOW) == [3]


def test_vanished_mail_that_is_listed_again_is_looked_at_again(ledger: Ledger) -> None:
    """A server that left a UID out of an answer, or a mail undeleted: nothing is missed."""
    listed(ledger, 1)
    ledger.finish([Done(ref(1), None)], NOW)
    assert ledger.unfinished(INBOX, NOW) == []
    ledger.listed(INBOX, [1])
    assert ledger.unfinished(INBOX, NOW) == [1]


def test_failed_message_is_tried_again_then_given_up(ledger: Ledger) -> None:
    """Each try after a longer wait, over about a day; then it is finished with its reason."""
    listed(ledger, 1)
    error = MessageError("nested-too-deep", limit=20)
    now, waits = NOW, []
    while not ledger.failed(ref(1), error, now):
        assert ledger.unfinished(INBOX, now) == []
        due = ledger.next_retry(["INBOX"])
        assert due is not None
        waits.append((due - now) / 60)
        now = due
        assert ledger.unfinished(INBOX, now) == [1]
    assert waits == [1, 4, 16, 64, 256, 1024]
    assert len(waits) == ATTEMPTS - 1
    assert ledger.unfinished(INBOX, now + 99 * DAY) == []
    row = ledger.first("SELECT failed, facts FROM location WHERE uid = 1")
    assert row
    assert tuple(row) == ("nested-too-deep", '{"limit": 20}')


def test_what_failed_comes_last(ledger: Ledger) -> None:
    """The next look begins with what was never tried."""
    listed(ledger, 40, 41, 42)
    ledger.failed(ref(40), MessageError("fetch-broke-off"), NOW)
    assert ledger.unfinished(INBOX, NOW) == [41, 42]
    assert ledger.unfinished(INBOX, NOW + DAY) == [41, 42, 40]


def test_mailbox_that_is_not_watched_any_more_wakes_nobody(ledger: Ledger) -> None:
    """An unreadable mail in a mailbox that left the configuration is due for ever: not ours."""
    listed(ledger, 1)
    ledger.failed(ref(1), MessageError("empty"), NOW)
    assert ledger.next_retry(["INBOX"]) == NOW + 60
    assert ledger.next_retry(["Orders"]) is None
    ledger.enter(replace(INBOX, uidvalidity=8), NOW)
    assert ledger.next_retry(["INBOX"]) is None


def test_trouble_is_kept_till_it_is_over(ledger: Ledger) -> None:
    """A FETCH that broke off is remembered by the mailbox it was from."""
    listed(ledger, 1)
    assert not ledger.troubled(INBOX)
    ledger.trouble(INBOX, there_is=True)
    assert ledger.troubled(INBOX)
    assert not ledger.troubled(replace(INBOX, mailbox="Orders"))
    ledger.trouble(INBOX, there_is=False)
    assert not ledger.troubled(INBOX)


def test_clock_of_another_age_is_refused(tmp_path: Path) -> None:
    """A clock before this program's time; and one that was ahead at first contact is put right."""
    ledger = Ledger.open(tmp_path, "a@b")
    with pytest.raises(StateError, match="clock-behind"):
        ledger.since(300.0, DAY)
    assert ledger.since(NOW + 4000 * DAY, DAY) == NOW + 3999 * DAY
    assert ledger.since(NOW, DAY) == NOW - DAY
    assert ledger.since(NOW + 30 * DAY, DAY) == NOW - DAY


def test_same_letter_again_is_an_echo(ledger: Ledger) -> None:
    """Same sender and text within the time asked for, but not the message itself."""
    finish(ledger, judged("d1", echo="e", outcome="flagged"), judged("d0", echo="old"))
    assert not ledger.echoed("old", "d2", NOW - 1), "a mail that was passed is not repeated"
    assert ledger.echoed("e", "d2", NOW - 1)
    assert not ledger.echoed("e", "d1", NOW - 1)
    assert not ledger.echoed("e", "d2", NOW + 1)
    assert not ledger.echoed("other", "d2", NOW - 1)


def test_judged_message_is_not_judged_again(ledger: Ledger) -> None:
    """The first verdict stands; only that on a message from a merely listed folder may change."""
    finish(ledger, *[judged("d", provisional=True)])
    finish(ledger, *[judged("d", outcome="flagged", signals="angry")])
    finish(ledger, *[judged("d", outcome="passed")])
    assert ledger.known("d") == judged("d", outcome="flagged", signals="angry")
    with pytest.raises(sqlite3.IntegrityError, match="not judged again"):
        ledger.run("UPDATE message SET outcome = 'passed' WHERE digest = 'd'")


def test_intent_message_and_place_are_one(ledger: Ledger) -> None:
    """When the intent cannot be written, neither is its message nor its place."""
    listed(ledger, 1, 2)
    ledger.finish([Done(ref(1), "d1", judged("d1"), draft("d1"))], NOW)
    same_id = replace(draft("d2"), message_id=draft("d1").message_id)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.finish([Done(ref(2), "d2", judged("d2"), same_id)], NOW)
    assert ledger.known("d2") is None
    assert ledger.unfinished(INBOX, NOW) == [2]


def test_one_draft_a_generation(ledger: Ledger) -> None:
    """The schema refuses a second draft of the same generation for one message."""
    intended(ledger)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.intend(replace(draft("d1"), message_id="<x@y>"), NOW)


def test_letters_are_brought_in_the_order_of_their_mails(ledger: Ledger) -> None:
    """Those written in one batch too, whatever their ids."""
    listed(ledger, 1, 2, 3)
    letters = [draft(digest) for digest in ("d2", "d3", "d1")]
    done = [Done(ref(n), x.digest, judged(x.digest), x) for n, x in enumerate(letters, start=1)]
    ledger.finish(done, NOW)
    ids = [letter.message_id for letter in letters]
    assert [waiting.message_id for waiting in ledger.open_drafts(NOW)] == ids


def test_draft_goes_its_way(ledger: Ledger) -> None:
    """Intended, appending, stored: after that it is never offered again."""
    letter = intended(ledger)
    (open_draft,) = ledger.open_drafts(NOW)
    assert (open_draft.raw, open_draft.attempts, open_draft.unsettled) == (letter.raw, 0, None)
    ledger.appending(letter.message_id, NOW, 120.0)
    assert ledger.open_drafts(NOW + 119) == []
    (open_draft,) = ledger.open_drafts(NOW + 120)
    assert (open_draft.attempts, open_draft.unsettled) == (1, NOW)
    ledger.stored(letter.message_id, Stored(Ref("Drafts", 3, 9), "f" * 64), NOW + 130)
    assert ledger.open_drafts(NOW + 9999) == []


@pytest.mark.parametrize("appends", [0, 1, 2])
def test_copies_of_a_draft_are_looked_for(ledger: Ledger, appends: int) -> None:
    """A late first one, or another machine's: three times, further and further apart, then no
    more."""
    letter = intended(ledger)
    for number in range(appends):
        ledger.appending(letter.message_id, NOW + number * 120, 120.0)
    stored = Stored(Ref("Drafts", 3, 9), "f" * 64)
    ledger.stored(letter.message_id, stored, NOW)
    due = NOW
    for delay in SWEEPS:
        due += delay
        assert ledger.sweeps(due - 1) == []
        (swept,) = ledger.sweeps(due)
        assert swept.stored == stored
        ledger.swept(letter.message_id, due)
    assert ledger.sweeps(due + 9999 * DAY) == []


def test_refused_draft_waits_its_time(ledger: Ledger) -> None:
    """A refusal is no doubt: nothing was stored, it is simply tried again later."""
    letter = intended(ledger)
    ledger.appending(letter.message_id, NOW, 120.0)
    ledger.refused(letter.message_id)
    ledger.delayed(letter.message_id, NOW, 0.0)
    assert ledger.open_drafts(NOW + 59) == []
    (open_draft,) = ledger.open_drafts(NOW + 60)
    assert open_draft.unsettled is None
    assert ledger.next_retry([]) == NOW + 60


def test_hopeless_draft_waits_longer_and_longer(ledger: Ledger) -> None:
    """A minute, doubling up to six hours; never less than the settling of an unanswered APPEND."""
    letter = intended(ledger)
    waits = []
    for least in [120.0, *[0.0] * 11]:
        ledger.delayed(letter.message_id, NOW, least)
        due = ledger.next_retry([])
        assert due is not None
        waits.append((due - NOW) / 60)
    assert waits == [2, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


@pytest.mark.parametrize("end", ["stored", "dropped"])
def test_ended_draft_does_not_go_back(ledger: Ledger, end: str) -> None:
    """A draft once stored is never created again, whatever a caller does."""
    letter = intended(ledger)
    if end == "stored":
        ledger.stored(letter.message_id, Stored(Ref("Drafts", 3, 9), "f" * 64), NOW)
    else:
        ledger.dropped(letter.message_id, "answered", NOW)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.appending(letter.message_id, NOW, 120.0)


def test_accounts_do_not_see_each_other(tmp_path: Path) -> None:
    """Two accounts in one file: positions, messages and drafts are apart."""
    one, two = (Ledger.open(tmp_path, name) for name in ("a@x", "b@x"))
    one.since(NOW, DAY)
    two.since(NOW, DAY)
    intended(one)
    assert two.known("d1") is None
    assert two.open_drafts(NOW) == []
    assert two.behind(INBOX)
    assert not two.echoed("echo d1", "d9", 0.0)


def test_back_off_and_stop_outlive_the_process(tmp_path: Path) -> None:
    """A restart finds how often the account failed and until when it is to wait."""
    ledger = Ledger.open(tmp_path, "a@b")
    ledger.backs_off(UserError("x"), NOW + 10)
    ledger.backs_off(UserError("x"), NOW + 20)
    ledger.close()
    ledger = Ledger.open(tmp_path, "a@b")
    assert (ledger.failures(), ledger.retry_at()) == (2, NOW + 20)
    ledger.succeeded(NOW + 30)
    assert (ledger.failures(), ledger.retry_at(), ledger.last_success()) == (0, 0.0, NOW + 30)


def test_copy_changes_nothing(tmp_path: Path) -> None:
    """A dry run works on a copy in memory; without a ledger it makes none."""
    assert Ledger.open_copy(tmp_path / "none", "a@b").since(NOW, DAY) == NOW - DAY
    assert not (tmp_path / "none").exists()
    ledger = Ledger.open(tmp_path, "a@b")
    ledger.since(NOW, DAY)
    copy = Ledger.open_copy(tmp_path, "a@b")
    assert copy.since(NOW + DAY, DAY) == NOW - DAY
    finish(copy, *[judged("d")])
    assert ledger.known("d") is None


def test_damaged_file_is_the_operators(tmp_path: Path) -> None:
    """A file that is no database is named, and left as it is."""
    (tmp_path / FILE).write_bytes(b"this is not a ledger" * 500)
    with pytest.raises(UserError) as caught:
        Ledger.open(tmp_path, "a@b")
    assert caught.value.kind == "ledger-damaged"
    assert (tmp_path / FILE).read_bytes() == b"this is not a ledger" * 500


@pytest.mark.parametrize("opening", [connect, connect_copy])
def test_damaged_file_is_let_go(
    tmp_path: Path, opening: Callable[[Path], sqlite3.Connection]
) -> None:
    """The account is tried again and again, and no try keeps the file open."""
    path = tmp_path / FILE
    path.write_bytes(b"this is not a ledger" * 500)
    with pytest.raises(UserError) as caught:
        opening(tmp_path)
    assert caught.value.__traceback__, "its frames hold whatever was not closed"
    held = [each.readlink() for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    assert path not in held


def test_damaged_page_is_the_operators(tmp_path: Path) -> None:
    """Damage in the middle of the file is found when it is met, not passed over."""
    ledger = Ledger.open(tmp_path, "a@b")
    ledger.since(NOW, DAY)
    finish(ledger, *[judged(f"d{number}") for number in range(2000)])
    ledger.close()
    path = tmp_path / FILE
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    path.write_bytes(raw)
    with pytest.raises(UserError) as caught:
        Ledger.open(tmp_path, "a@b").known("d77")
    assert caught.value.kind == "ledger-damaged"


def test_newer_ledger_is_refused(tmp_path: Path) -> None:
    """A ledger of a newer triage is not touched by an older one."""
    connection = connect(tmp_path)
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    with pytest.raises(UserError) as caught:
        Ledger.open(tmp_path, "a@b")
    assert caught.value.kind == "ledger-too-new"


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A state folder that cannot exist is the operator's to mend."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as caught:
        Ledger.open(tmp_path / "file" / "state", "a@b")
    assert caught.value.kind == "ledger-not-opened"


def test_full_disk_changes_nothing(tmp_path: Path) -> None:
    """When the file cannot grow the transaction is undone, and the ledger works on afterwards."""
    ledger = Ledger.open(tmp_path, "a@b")
    ledger.since(NOW, DAY)
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count = {pages}")
    many = [judged(f"d{number}") for number in range(5000)]
    with pytest.raises(StateError) as caught:
        finish(ledger, *many)
    assert caught.value.kind == "state-disk-full"
    ledger._db.execute("PRAGMA max_page_count = 100000")
    assert ledger.known("d1") is None
    finish(ledger, *many)
    assert ledger.known("d1")


def test_migration_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks half way leaves the ledger at the version it had."""
    connect(tmp_path).close()
    broken = (*schema.MIGRATIONS, "CREATE TABLE extra (a) STRICT; CREATE TABLE extra (b) STRICT;")
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    monkeypatch.setattr(schema, "VERSION", len(broken))
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path)
    plain = sqlite3.connect(tmp_path / FILE)
    assert plain.execute("PRAGMA user_version").fetchone() == (len(broken) - 1,)
    assert not plain.execute("SELECT 1 FROM sqlite_master WHERE name = 'extra'").fetchall()
    plain.close()


def test_summary_counts_what_happened(tmp_path: Path) -> None:
    """The figures of `status` come from the ledger alone; asking makes no file."""
    assert summary(tmp_path, "a@b", NOW, NOW - DAY) is None
    assert not (tmp_path / FILE).exists()
    ledger = Ledger.open(tmp_path, "a@b")
    assert summary(tmp_path, "a@b", NOW, NOW - DAY) is None
    ledger.since(NOW, DAY)
    listed(ledger, 1, 2, 3, 4)
    old = judged("d0", judged=NOW - 1)
    ledger.finish([Done(ref(9), "d0", old)], NOW)
    for uid in (1, 2):
        name = f"d{uid}"
        flagged = judged(name, outcome="flagged")
        ledger.finish([Done(ref(uid), name, flagged, draft(name))], NOW)
    ledger.stored("<d1.1@shop.example>", Stored(Ref("Drafts", 3, 9), "f" * 64), NOW)
    ledger.appending("<d2.1@shop.example>", NOW, 120.0)
    for _ in range(ATTEMPTS):
        ledger.failed(ref(3), MessageError("nested-too-deep"), NOW)
    ledger.failed(ref(4), MessageError("nested-too-deep"), NOW)
    ledger.stops(UserError("login-refused", host="h"), NOW + 5)
    found = summary(tmp_path, "a@b", NOW, NOW - DAY)
    assert found
    assert dict(found.outcomes) == {"flagged": 2, "failed": 2}
    assert dict(found.lately) == {"flagged": 2, "passed": 1, "failed": 2}
    assert (found.drafts, found.open_drafts, found.unsettled) == (1, 1, 1)
    assert (found.settles, found.doubled, found.sweep) == (NOW + 120, 0, None)
    ledger.appending("<d2.1@shop.example>", NOW + 200, 120.0)
    ledger.stored("<d2.1@shop.example>", Stored(Ref("Drafts", 3, 10), "f" * 64), NOW + 201)
    later = summary(tmp_path, "a@b", NOW, NOW - DAY)
    assert later
    assert (later.unsettled, later.settles) == (0, None)
    assert (later.doubled, later.sweep) == (1, NOW + 201 + SWEEPS[0])
    assert dict(found.unreadable) == {"nested-too-deep": 1}
    assert (found.stopped, found.error, found.failures) == (True, "login-refused", 1)
    assert dict(found.facts) == {"host": "h"}


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TRIGGER evil AFTER INSERT ON account BEGIN UPDATE account SET stopped = 1; END",
        "CREATE TABLE more (a)",
        "DROP TRIGGER draft_is_written_once",
        "DROP TABLE draft; CREATE VIEW draft AS WITH RECURSIVE n(i) AS"
        " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS account FROM n",
    ],
    ids=["trigger", "table", "a rule less", "view without end"],
)
def test_a_ledger_that_another_program_made(tmp_path: Path, made: str) -> None:
    """What is not ours in it would run with every statement of ours: it is refused as damaged, by
    who works with it and by who looks at a copy, and left as it is."""
    Ledger.open(tmp_path, "a@b").close()
    with closing(sqlite3.connect(tmp_path / FILE)) as hostile:
        hostile.executescript(made)
    for open_it in (Ledger.open, Ledger.open_copy):
        with pytest.raises(UserError) as raised:
            open_it(tmp_path, "a@b")
        assert raised.value.kind == "ledger-damaged"
