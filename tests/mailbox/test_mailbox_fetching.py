"""Reading messages from servers that lose, invent and lie."""

import contextlib
import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers.dovecot import Dovecot
from servers.fake import Dialog, Fake
from servers.letters import draft, is_ours, mail

from triage.account import Account
from triage.errors import MailboxError, Refusal
from triage.mailbox import Session, Timeouts, connect
from triage.mailbox.listing import BATCH_MESSAGES, BATCH_OCTETS, WINDOW, WINDOWS, batches, windows
from triage.place import Fetched, Ref

Fakes = Callable[..., Fake]
Dial = Callable[..., Session]

RAW = b"Subject: a\r\n\r\nhello\r\n"
PLACE = b"* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4]\r\n"
SELECT = b"* 3 EXISTS\r\n* OK [UIDVALIDITY %d]\r\n* OK [UIDNEXT 4]\r\n"
DATE = b'INTERNALDATE "02-Mar-2026 10:30:00 +0100"'


def about(uid: int, size: int = len(RAW), flags: bytes = b"") -> bytes:
    return b"* %d FETCH (UID %d RFC822.SIZE %d FLAGS (%s) %s)\r\n" % (uid, uid, size, flags, DATE)


def body(uid: int, raw: bytes = RAW) -> bytes:
    return b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, uid, len(raw), raw)


def flags(uid: int, flags: bytes = b"") -> bytes:
    return b"* %d FETCH (UID %d FLAGS (%s))\r\n" % (uid, uid, flags)


class Store:
    """Answers UID FETCH by what is asked for; of each list the last answer stays."""

    def __init__(self, about: list[bytes], body: list[bytes], flags: list[bytes]) -> None:
        self._answers = {"SIZE": about, "BODY": body, "FLAGS": flags}

    def __call__(self, dialog: Dialog) -> None:
        line = dialog.line.decode()
        name = next(name for name in ("BODY", "SIZE", "FLAGS") if name in line)
        answers = self._answers[name]
        said = answers.pop(0) if len(answers) > 1 else answers[0]
        dialog.send(said + (b"" if b"TAG " in said else b"TAG OK .\r\n"))


def read(session: Session, *uids: int) -> list[Fetched]:
    session.open("INBOX")
    return [found for batch in session.fetch(uids) for found in batch]


SOUND = Fetched(
    Ref("INBOX", 7, 1),
    RAW,
    len(RAW),
    frozenset(),
    datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    truncated=False,
)


@pytest.mark.parametrize(
    ("store", "raw"),
    [
        (Store([about(1)], [body(1)], [flags(1)]), RAW),
        (Store([about(1)], [b"* 1 FETCH (UID 1 BODY[] NIL)\r\n"], [b""]), None),
        (Store([about(1)], [b'* 1 FETCH (UID 1 BODY[] "")\r\n'], [b""]), None),
        (Store([about(1)], [b""], [b""]), None),
        (Store([about(1)], [body(1)], [flags(1, b"\\Deleted")]), None),
        (Store([about(1)], [body(1)], [flags(1, b"\\DELETED")]), None),
        (Store([about(1)], [body(1, b"From: root@localhost\r\n\r\ngone\r\n")], [b""]), None),
        (Store([b""], [b""], [b""]), None),
        (Store([about(1)], [b"", body(1)], [flags(1)]), RAW),
        (Store([b"", about(1)], [body(1)], [flags(1)]), RAW),
        (Store([about(1, 9999)], [body(1)], [flags(1)]), RAW),
        (Store([about(1)], [b"", b""], [flags(1)]), b""),
        (Store([about(1)], [b"TAG NO cannot read it\r\n"], [flags(1)]), b""),
        (Store([about(1)], [b"* 1 FETCH (UID 1 BODY[] (()\r\n"], [flags(1)]), b""),
        (Store([about(1)], [flags(2) + body(1) + b"* 9 EXISTS\r\n"], [flags(1)]), RAW),
        (Store([about(1)], [body(2, b"another") + body(1)], [flags(1)]), RAW),
        (Store([about(1)], [body(1) + b"* 1 FETCH (BODY[] {1}\r\nX)\r\n"], [flags(1)]), RAW),
    ],
    ids=[
        "sound",
        "Dovecot: NIL",
        "Dovecot: empty",
        "no answer, gone",
        "Cyrus: old text, deleted",
        "deleted, other case",
        "Courier: invented",
        "unknown to all",
        "lost once",
        "size lost once",
        "size a lie",
        "there, never given",
        "refused",
        "unparsable",
        "unasked",
        "another's",
        "without a UID",
    ],
)
def test_what_is_there_and_what_is_gone(
    fakes: Fakes, dial: Dial, store: Store, raw: bytes | None
) -> None:
    """Gone (None) only when the server, asked again, knows no such UID; a message that is there
    and cannot be had is empty and truncated: one bad mail, not a lost one."""
    fake = fakes({"UID FETCH": store, "UID SEARCH": b"* SEARCH\r\n"})
    (found,) = read(dial(fake), 1)
    assert found.raw == raw
    assert found.truncated is (raw == b"")
    if raw == RAW:
        assert (found.ref, found.internal_date) == (SOUND.ref, SOUND.internal_date)


def test_what_is_gone_is_told_at_a_noop(fakes: Fakes, dial: Dial) -> None:
    """Courier goes on about a message, and invents its text, until it is asked what is new."""
    fake: Fake

    def answer(dialog: Dialog) -> None:
        known = b"" if fake.said("NOOP") else about(1) + body(1)
        dialog.send(known + b"TAG OK .\r\n")

    fake = fakes({"UID FETCH": answer, "UID SEARCH": b"* SEARCH\r\n"})
    (found,) = read(dial(fake), 1)
    assert found.raw is None


def test_a_lost_answer_is_looked_for_by_search(fakes: Fakes, dial: Dial) -> None:
    """A FETCH without an answer can look like a message that is gone."""
    fake = fakes({"UID FETCH": b"", "UID SEARCH": b"* SEARCH 1\r\n"})
    (found,) = read(dial(fake), 1)
    assert (found.raw, found.truncated) == (b"", True)


def test_what_was_said_unasked_spoils_nothing(fakes: Fakes, dial: Dial) -> None:
    """Broken or stale words before a FETCH are not taken for its answer."""
    scripts = {
        "UID SEARCH": b"* 1 FETCH ((broken\r\n* SEARCH 1\r\n",
        "NOOP": b"* 1 FETCH (UID 1 FLAGS (\\Deleted)\r\n",
        "UID FETCH": Store([about(1)], [body(1)], [flags(1)]),
    }
    session = dial(fakes(scripts))
    session.open("INBOX")
    assert session.uids(1) == [1]
    assert [one.raw for batch in session.fetch([1]) for one in batch] == [RAW]


def test_a_large_message_whose_size_was_lost(fakes: Fakes, dial: Dial) -> None:
    """Once it is known, only the head is asked for."""
    head = b"* 1 FETCH (UID 1 BODY[]<0> {5}\r\nhello)\r\n"
    fake = fakes({"UID FETCH": Store([b"", about(1, 2_000_000)], [head], [flags(1)])})
    (found,) = read(dial(fake, max_size=1_000_000), 1)
    assert (found.raw, found.size, found.truncated) == (b"hello", 2_000_000, True)
    bodies = [line for line in fake.said("UID FETCH") if b"BODY" in line]
    assert bodies == [b"UID FETCH 1 (UID BODY.PEEK[]<0.262144>)"]


def test_one_bad_mail_does_not_spoil_its_batch(fakes: Fakes, dial: Dial) -> None:
    """A server that refuses a whole FETCH over one message is asked one by one."""

    def answer(dialog: Dialog) -> None:
        if b"BODY" not in dialog.line:
            dialog.send(b"".join(about(uid) for uid in (1, 2, 3)) + b"TAG OK .\r\n")
        elif b" 2 " in dialog.line or b"," in dialog.line:
            dialog.send(b"TAG NO message 2 is corrupt\r\n")
        else:
            dialog.send(body(int(dialog.line.split()[2])) + b"TAG OK .\r\n")

    found = read(dial(fakes({"UID FETCH": answer})), 1, 2, 3)
    assert [one.raw for one in found] == [RAW, b"", RAW]


def test_a_bug_over_one_mail_is_about_that_mail(fakes: Fakes, dial: Dial) -> None:
    """Asked for alone, a message the server breaks on is one bad mail, not a server in trouble."""
    bug = b"TAG NO [SERVERBUG] Internal error occurred\r\n"
    (found,) = read(dial(fakes({"UID FETCH": Store([about(1)], [bug], [flags(1)])})), 1)
    assert (found.raw, found.truncated) == (b"", True)
    (found,) = read(dial(fakes({"UID FETCH": bug, "UID SEARCH": b"* SEARCH 1\r\n"})), 1)
    assert (found.raw, found.truncated) == (b"", True)


@pytest.mark.parametrize(
    ("answer", "uids"),
    [
        (b"[UNAVAILABLE] try again", [1]),
        (b"what?", [1, 2, 3]),
        (b"[SERVERBUG] oh", [1, 2, 3]),
    ],
)
def test_a_server_that_refuses_all_is_tried_later(
    fakes: Fakes, dial: Dial, answer: bytes, uids: list[int]
) -> None:
    """That is no bad mail, and three together are none either."""
    fake = fakes({"UID FETCH": b"TAG NO " + answer + b"\r\n"})
    with pytest.raises(MailboxError) as raised:
        read(dial(fake), *uids)
    assert raised.value.kind == "server-refused"


@pytest.mark.parametrize("moment", [b'"00-Jan-0000 00:00:00 +0000"', b"NIL", b'"yesterday"'])
def test_dates_that_are_none(fakes: Fakes, dial: Dial, moment: bytes) -> None:
    """A mail is read all the same."""
    odd = b"* 1 FETCH (UID 1 RFC822.SIZE %d INTERNALDATE %s)\r\n" % (len(RAW), moment)
    (found,) = read(dial(fakes({"UID FETCH": Store([odd], [body(1)], [flags(1)])})), 1)
    assert (found.raw, found.internal_date) == (RAW, None)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"* 1 FETCH (UID 1 BODY[] {4294967295}\r\nx", "answer-too-large"),
        (b"* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\nx", "answer-too-large"),
        (b"* 1 FETCH (UID 1 BODY[] {20}\r\nshort", "timed-out"),
        (b"* OK " + b"x" * 9_000_000, "answer-too-large"),
        ((b"* OK " + b"x" * 5000 + b"\r\n") * 4000, "answer-too-large"),
        (b"A999 OK not my tag\r\n", "connection-lost"),
        (b"\x00\xff\x80\r\n", "connection-lost"),
        (b"* 1 FETCH (UID 1 FLAGS ()\n", "connection-lost"),
        (b"* BYE Server shutting down\r\n", "server-closed"),
        (b"", "timed-out"),
    ],
    ids=[
        "4 GB literal",
        "literal beyond 64 bits",
        "cut literal",
        "endless line",
        "endless answers",
        "wrong tag",
        "noise",
        "bare newline",
        "bye",
        "silence",
    ],
)
def test_hostile_answers(fakes: Fakes, dial: Dial, answer: bytes, kind: str) -> None:
    """Each ends the cycle with its kind, in bounded time and memory; the connection is over, and
    nobody waits for its LOGOUT."""

    def hostile(dialog: Dialog) -> None:
        dialog.send(answer)
        dialog.silence()

    fake = fakes({"UID FETCH": hostile})
    read = 0.8 if kind == "timed-out" else 20.0
    session = dial(fake, max_size=1_000_000, timeouts=Timeouts(connect=5, read=read, answer=60))
    session.open("INBOX")
    with pytest.raises(MailboxError) as raised:
        list(session.fetch([1]))
    assert raised.value.kind == kind
    with pytest.raises(MailboxError) as raised:
        session.open("INBOX")
    assert raised.value.kind == "connection-lost"
    session.close()
    assert not fake.said("LOGOUT")


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH " + b"(" * 100_000 + b"\r\n",
        b"* 1 FETCH (UID)\r\n",
        b"* 1 FETCH (UID NIL BODY[] NIL)\r\n",
        b"* 1 FETCH NIL\r\n",
        b'* 1 FETCH (UID 1 "unclosed)\r\n',
        b"* x FETCH ((1 2) (3 4))\r\n",
    ],
)
def test_answers_that_are_no_grammar(fakes: Fakes, dial: Dial, answer: bytes) -> None:
    """They are one bad mail, or a MailboxError; no other exception."""
    session = dial(fakes({"UID FETCH": answer, "UID SEARCH": b"* SEARCH 1\r\n"}))
    try:
        (found,) = read(session, 1)
    except MailboxError:
        return
    assert found.raw == b""


def test_a_dripping_server_is_left(fakes: Fakes, dial: Dial) -> None:
    """An octet now and then does not keep a connection for ever."""
    gone = threading.Event()

    def drip(dialog: Dialog) -> None:
        try:
            while not gone.wait(0.05):
                dialog.send(b"* ")
        finally:
            gone.set()

    session = dial(fakes({"UID FETCH": drip}))
    session.open("INBOX")
    with pytest.raises(MailboxError) as raised:
        list(session.fetch([1]))
    assert raised.value.kind == "timed-out"
    assert gone.wait(2)


@pytest.mark.parametrize("where", ["open", "uids", "mark", "answered"])
def test_a_black_hole_ends_in_time(fakes: Fakes, dial: Dial, where: str) -> None:
    """Every step gives up after the read time-out."""
    silent = dict.fromkeys(("UID SEARCH", "UID STORE"), Dialog.silence)
    session = dial(fakes({**silent, "SELECT": [SELECT % 7, Dialog.silence]}))
    session.open("INBOX")
    with pytest.raises(MailboxError) as raised:
        match where:
            case "uids":
                session.uids(1)
            case "mark":
                session.mark(Ref("INBOX", 7, 1))
            case "answered":
                session.answered(draft("one"))
            case "open":
                session.open("INBOX")
    assert raised.value.kind == "timed-out"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"* SEARCH 3\r\n", []),
        (b"* SEARCH 9 4 4 7\r\n", [4, 7, 9]),
        (b"* SEARCH\r\n", []),
        (b"", []),
        (b"* SEARCH 4\r\n* SEARCH 5\r\n", [4, 5]),
        (b"* 5 EXISTS\r\n* SEARCH 4\r\n", [4]),
    ],
    ids=["the last old one", "in disorder", "none", "silent", "in two lines", "with news"],
)
def test_uids_as_servers_answer(
    fakes: Fakes, dial: Dial, answer: bytes, expected: list[int]
) -> None:
    """Only UIDs of the range, ascending, each once."""
    session = dial(fakes({"UID SEARCH": answer}))
    session.open("INBOX")
    assert session.uids(4) == expected


def test_a_search_answer_of_150_000_uids(fakes: Fakes, dial: Dial) -> None:
    """Over the megabyte at which imaplib gives up."""
    many = b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(1_000_000, 1_150_000)) + b"\r\n"
    session = dial(fakes({"UID SEARCH": many}))
    session.open("INBOX")
    assert len(session.uids(1)) == 150_000


def test_sparse_uids_cost_few_searches(fakes: Fakes, dial: Dial) -> None:
    """Ten mails among four thousand million UIDs are asked for at once; 50,000 in three answers,
    though an expunge meanwhile moves one of them into two windows."""
    place = b"* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4000000000]\r\n"
    fake = fakes({"SELECT": b"* 10 EXISTS\r\n" + place})
    session = dial(fake)
    session.open("INBOX")
    assert session.uids(1) == [1, 2, 3]
    assert fake.said("UID SEARCH") == [b"UID SEARCH UID 1:4294967295"]
    answers = [
        b"* SEARCH 3999999999 2000000000\r\n",
        b"* SEARCH 2000000000 9\r\n",
        b"* SEARCH 8\r\n",
    ]
    fake = fakes({"SELECT": b"* 50000 EXISTS\r\n" + place, "UID SEARCH": [*answers]})
    session = dial(fake)
    session.open("INBOX")
    assert session.uids(1, since=date(2026, 3, 1)) == [8, 9, 2_000_000_000, 3_999_999_999]
    ranges = (b"40001:*", b"20001:40000", b"1:20000")
    assert fake.said("UID SEARCH") == [
        b"UID SEARCH %s UID 1:4294967295 SINCE 1-Mar-2026" % range_ for range_ in ranges
    ]


def test_more_uids_than_any_mailbox_has(
    fakes: Fakes, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that never runs out of them is not believed."""
    monkeypatch.setattr("triage.mailbox.session.WINDOW", 1)
    monkeypatch.setattr("triage.mailbox.session.WINDOWS", 2)
    session = dial(fakes())
    session.open("INBOX")
    with pytest.raises(MailboxError) as raised:
        session.uids(1)
    assert raised.value.kind == "answer-malformed"


@pytest.mark.parametrize("number", [b"4294967296", b"-1", b"9" * 5000])
@pytest.mark.parametrize("name", [b"UIDVALIDITY", b"UIDNEXT", b"EXISTS"])
def test_numbers_beyond_measure(fakes: Fakes, dial: Dial, name: bytes, number: bytes) -> None:
    """What is no number of 32 bits ends the cycle before it is reckoned with."""
    healthy = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] .\r\n* OK [UIDNEXT 4] .\r\n"
    said = re.sub(name + rb" \d+", name + b" " + number, healthy)
    said = re.sub(rb"\d+ EXISTS", number + b" EXISTS", said) if name == b"EXISTS" else said
    with pytest.raises(MailboxError) as raised:
        dial(fakes({"SELECT": said})).open("INBOX")
    assert raised.value.kind == "answer-malformed"


@pytest.mark.parametrize("uid", [b"4294967296", b"-7", b"9" * 5000])
def test_uids_beyond_measure(fakes: Fakes, dial: Dial, uid: bytes) -> None:
    """Neither a SEARCH nor a FETCH brings one in."""
    said = b"* 1 FETCH (UID %s RFC822.SIZE 9 FLAGS ())\r\n" % uid
    session = dial(fakes({"UID FETCH": said}))
    session.open("INBOX")
    with contextlib.suppress(MailboxError):
        assert [one.raw for batch in session.fetch([1]) for one in batch] == [b""]
    session = dial(fakes({"UID SEARCH": b"* SEARCH 1 %s\r\n" % uid}))
    session.open("INBOX")
    with pytest.raises(MailboxError) as raised:
        session.uids(1)
    assert raised.value.kind == "answer-malformed"


@pytest.mark.parametrize("missing", [b"UIDNEXT", b"UIDVALIDITY"])
def test_what_select_leaves_out(fakes: Fakes, dial: Dial, missing: bytes) -> None:
    """Courier sends no UIDNEXT with SELECT; STATUS has it."""
    items = {b"UIDNEXT": b"* OK [UIDNEXT 4] .\r\n", b"UIDVALIDITY": b"* OK [UIDVALIDITY 7] .\r\n"}
    del items[missing]
    fake = fakes(
        {
            "SELECT": b"* 3 EXISTS\r\n" + b"".join(items.values()),
            "STATUS": b"* STATUS INBOX (UIDNEXT 4 UIDVALIDITY 7)\r\n",
        }
    )
    status = dial(fake).open("INBOX")
    assert (status.uidvalidity, status.uidnext, status.exists) == (7, 4, 3)


def test_a_mailbox_that_may_only_be_read(fakes: Fakes, dial: Dial) -> None:
    """A SELECT the server answers with READ-ONLY opens it so; nothing in it is marked."""
    fake = fakes({"SELECT": SELECT % 7 + b"TAG OK [READ-ONLY]\r\n"})
    session = dial(fake)
    assert session.open("INBOX").read_only
    session.mark(Ref("INBOX", 7, 1))
    assert not fake.said("UID STORE")


@pytest.mark.parametrize(
    ("permanent", "stored"),
    [
        (b"(\\Flagged \\*)", [b"\\Flagged", b"Complaint"]),
        (b"(\\Flagged complaint)", [b"\\Flagged", b"Complaint"]),
        (b"(\\Flagged \\Seen)", [b"\\Flagged"]),
        (b"()", [b"\\Flagged"]),
    ],
)
def test_keywords_are_decoration(
    fakes: Fakes, dial: Dial, permanent: bytes, stored: list[bytes]
) -> None:
    """Set where the server keeps them, and only there."""
    fake = fakes({"SELECT": SELECT % 7 + b"* OK [PERMANENTFLAGS " + permanent + b"]\r\n"})
    session = dial(fake)
    session.open("INBOX")
    session.mark(Ref("INBOX", 7, 1))
    assert fake.said("UID STORE") == [b"UID STORE 1 +FLAGS.SILENT (%s)" % flag for flag in stored]


def test_a_refused_keyword_is_not_tried_again(fakes: Fakes, dial: Dial) -> None:
    """It is no error, and the session knows."""
    fake = fakes({"UID STORE": [b"", b"TAG NO no keywords\r\n", b""]})
    session = dial(fake)
    session.open("INBOX")
    session.mark(Ref("INBOX", 7, 1))
    assert not session.keeps_keywords
    session.mark(Ref("INBOX", 7, 2))
    assert len(fake.said("UID STORE")) == 3


@pytest.mark.parametrize("answer", [b"TAG NO no\r\n", b"TAG BAD what?\r\n"])
def test_a_refused_flag_is_an_error(fakes: Fakes, dial: Dial, answer: bytes) -> None:
    """When the message is still there. The connection goes on."""
    scripts = {"UID STORE": answer, "UID SEARCH": [b"* SEARCH 1\r\n", b"* SEARCH\r\n"]}
    session = dial(fakes(scripts))
    session.open("INBOX")
    with pytest.raises(Refusal) as raised:
        session.mark(Ref("INBOX", 7, 1))
    assert raised.value.kind == "server-refused"
    session.mark(Ref("INBOX", 7, 1))


def test_a_mailbox_that_cannot_be_selected_again(fakes: Fakes, dial: Dial) -> None:
    """A refusal on the way back leaves no mailbox selected: the next step selects it once more."""
    fake = fakes({"SELECT": [SELECT % 7, b"TAG NO not now\r\n", SELECT % 7]})
    session = dial(fake)
    session.open("INBOX")
    session.answered(draft("one"))
    with pytest.raises(Refusal):
        session.uids(1)
    assert session.uids(1) == [1, 2, 3]
    assert len(fake.said("SELECT")) == 3


def test_listed_mailboxes_are_never_marked(fakes: Fakes, dial: Dial) -> None:
    """Junk is only read, whatever the caller asks."""
    fake = fakes()
    session = dial(fake, listed=("Junk",))
    session.open("INBOX")
    session.mark(Ref("Junk", 7, 1))
    assert not fake.said("UID STORE")


def test_uidvalidity_changes_while_elsewhere(fakes: Fakes, dial: Dial) -> None:
    """Numbers from before are not used after: the cycle ends."""
    fake = fakes({"SELECT": [SELECT % 7, SELECT % 8], "EXAMINE": b"* 0 EXISTS\r\n" + PLACE})
    session = dial(fake)
    session.open("INBOX")
    assert session.answered(draft("one")) is None
    with pytest.raises(MailboxError) as raised:
        session.uids(1)
    assert raised.value.kind == "uidvalidity-changed"


def test_two_thousand_messages_on_dovecot(
    dovecot: Dovecot, imap_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and batches, against a real server."""
    monkeypatch.setattr("triage.mailbox.listing.WINDOW", 300)
    owner = dovecot.owner(imap_account.user)
    raws = [mail(str(n)) for n in range(2000)]
    owner.client.multiappend("INBOX", raws)
    session = connect(imap_account, is_ours=is_ours)
    try:
        session.open("INBOX")
        uids = session.uids(1)
        assert session.uids(1, since=date(2020, 1, 1)) == uids
        assert session.uids(uids[500], uids[1500]) == uids[500:1501]
        found = [one.raw for batch in session.fetch(uids) for one in batch]
    finally:
        session.close()
        owner.close()
    assert found == raws


# --- the pure part ---


@given(
    st.integers(1, 2**32 - 1),
    st.one_of(st.none(), st.integers(1, 2**32 - 1)),
    st.integers(1, 2**32 - 1),
    st.integers(0, 2**32 - 1),
)
def test_windows_are_few_and_cover_all(
    first: int, last: int | None, uidnext: int, exists: int
) -> None:
    """One command for a few UIDs, else ranges of sequence numbers that meet and end open; never
    more commands than the limit, whatever numbers a server claims."""
    made = list(windows(first, last, uidnext, exists))
    end = 2**32 - 1 if last is None else last
    if first > end:
        assert made == []
        return
    assert len(made) <= WINDOWS
    assert all(window.endswith(f"UID {first}:{end}") for window in made)
    if min(exists, uidnext - first) <= WINDOW:
        assert made == [f"UID {first}:{end}"]
        return
    ranges = [window.split()[0].split(":") for window in reversed(made)]
    assert (ranges[0][0], ranges[-1][1]) == ("1", "*")
    assert all(int(low[1]) + 1 == int(high[0]) for low, high in pairwise(ranges))
    assert all(int(low) <= exists for low, _ in ranges)


@pytest.mark.parametrize(
    ("uidnext", "exists", "count"),
    [
        (4_000_000_000, 10, 1),
        (4_000_000_000, 20_001, 2),
        (300_001, 300_000, 15),
        (4_000_000_000, 4_000_000_000, WINDOWS),
    ],
    ids=["sparse", "sparse, large", "dense", "absurd"],
)
def test_windows_of_mailboxes(uidnext: int, exists: int, count: int) -> None:
    """As many as there are mails for, not as there are UIDs."""
    assert len(list(windows(1, None, uidnext, exists))) == count
    assert len(list(windows(uidnext - 300, None, uidnext, exists))) == 1


@given(st.lists(st.integers(0, 12_000_000), max_size=400))
def test_batches_are_bearable(sizes: list[int]) -> None:
    """All UIDs in order, by octets and by number; one alone may be larger."""
    octets = dict(enumerate(sizes, 1))
    made = list(batches(list(octets), octets))
    assert [uid for batch in made for uid in batch] == list(octets)
    for batch in made:
        assert 1 <= len(batch) <= BATCH_MESSAGES
        assert len(batch) == 1 or sum(octets[uid] for uid in batch) <= BATCH_OCTETS
