"""Waiting for news: the traps of IDLE."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from servers.certificates import Authority
from servers.dovecot import Dovecot
from servers.fake import HEALTHY, Dialog, Fake
from servers.letters import draft, is_ours, mail, still

from triage.errors import MailboxError
from triage.mailbox import Session, Timeouts, connect, idle
from triage.mailbox.idle import Event, event
from triage.place import Status

SELECT = HEALTHY["SELECT"]
STATUS = b"* STATUS INBOX (UIDNEXT 4 UIDVALIDITY 7)\r\n"
Fakes = Callable[..., Fake]
Dial = Callable[..., Session]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"+ idling", Event.GO_ON),
        (b"+", Event.GO_ON),
        (b"* 3 EXISTS", Event.NEWS),
        (b"* 3 exists", Event.NEWS),
        (b"* 1 RECENT", Event.NEWS),
        (b"* 2 EXPUNGE", Event.NEWS),
        (b"* 2 FETCH (FLAGS (\\Seen))", Event.NEWS),
        (b"* OK Still here", Event.NOISE),
        (b"* OK 3 EXISTS", Event.NOISE),
        (b"* CAPABILITY IMAP4rev1", Event.NOISE),
        (b"A1 OK done", Event.DONE),
        (b"A1 NO no", Event.REFUSED),
        (b"A1 BAD what", Event.REFUSED),
    ],
)
def test_lines_of_idle(line: bytes, expected: Event) -> None:
    """What each means to one who waits."""
    assert event(line, b"A1", "h") is expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"* BYE Autologout", "server-closed"),
        (b"A2 OK", "answer-malformed"),
        (b"", "answer-malformed"),
    ],
)
def test_lines_that_end_it(line: bytes, kind: str) -> None:
    """A BYE, and what is no line of IMAP."""
    with pytest.raises(MailboxError) as raised:
        event(line, b"A1", "h")
    assert raised.value.kind == kind


def scripted(*pieces: bytes | float, then: str = "done") -> Callable[[Dialog], None]:
    """An IDLE in which pieces are sent, with pauses (seconds) between."""

    def run(dialog: Dialog) -> None:
        for piece in pieces:
            if isinstance(piece, float):
                time.sleep(piece)
            else:
                dialog.send(piece)
        if then == "close":
            dialog.close()
        elif then == "silence":
            dialog.silence()
        elif dialog.readline() == b"DONE\r\n":
            dialog.send(b"TAG OK done\r\n")

    return run


@pytest.mark.parametrize(
    "script",
    [
        scripted(b"+ idling\r\n", 0.05, b"* 4 EXISTS\r\n"),
        scripted(b"+ idling\r\n* 4 EXISTS\r\n"),
        scripted(b"* 4 EXISTS\r\n+ idling\r\n"),
        scripted(b"+ idling\r\n* 4 EX", 0.1, b"ISTS\r\n"),
        scripted(b"+ id", 0.05, b"ling\r\n* 4 EXISTS\r", 0.05, b"\n"),
        scripted(b"+ idling\r\n", 0.05, b"* 4 EXISTS\r\n" + b"* OK filler\r\n" * 2000),
        scripted(b"+ idling\r\n* OK Still here\r\n", 0.05, b"* 4 EXISTS\r\n"),
    ],
    ids=["after", "same segment", "before", "split", "split thrice", "burst", "after noise"],
)
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "tls"])
def test_news_is_seen(  # fixtures
    fakes: Fakes,
    dial: Dial,
    authority: Authority,
    encrypted: bool,
    script: Callable[[Dialog], None],
) -> None:
    """Wherever EXISTS stands to "+" and however the segments fall; and the connection goes on."""
    certificate = authority.certificate("server") if encrypted else None
    fake = fakes({"IDLE": script}, certificate=certificate)
    session = dial(fake, ca_file=authority.ca_file if encrypted else None)
    session.open("INBOX")
    start = time.monotonic()
    assert session.wait("INBOX", 10, still) is True
    assert time.monotonic() - start < 15
    assert session.uids(1) == [1, 2, 3]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (scripted(b"+ idling\r\n", 0.05, then="close"), "connection-lost"),
        (scripted(b"+ idling\r\n* BYE Autologout\r\n", then="close"), "server-closed"),
        (scripted(b"+ idling\r\n", 0.05, b"* 4 EX", then="close"), "connection-lost"),
        (scripted(then="close"), "connection-lost"),
        (scripted(then="silence"), "timed-out"),
        (scripted(b"+ idling\r\n", then="silence"), "timed-out"),
        (scripted(b"+ idling\r\n* 4 EX", then="silence"), "timed-out"),
        (scripted(b"+ idling\r\n\xff\xfe\r\n"), "answer-malformed"),
    ],
    ids=[
        "eof",
        "bye",
        "eof in a line",
        "eof first",
        "mute",
        "mute at DONE",
        "half a line",
        "noise",
    ],
)
def test_ends_are_noticed(
    fakes: Fakes, dial: Dial, script: Callable[[Dialog], None], kind: str
) -> None:
    """One IDLE, one error, in the time allowed: no spinning and no hanging."""
    fake = fakes({"IDLE": script})
    session = dial(fake)
    session.open("INBOX")
    start, used = time.monotonic(), time.process_time()
    with pytest.raises(MailboxError) as raised:
        session.wait("INBOX", 0.3, still)
    assert raised.value.kind == kind
    assert time.monotonic() - start < 15
    assert time.process_time() - used < 0.2
    assert len(fake.said("IDLE")) == 1
    with pytest.raises(MailboxError):
        session.wait("INBOX", 5, still)


def test_idle_is_begun_anew_before_servers_drop_it(
    fakes: Fakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long wait is several IDLEs, and the watchdog hears of each."""
    monkeypatch.setattr(idle, "CAP", 0.1)
    fake = fakes({"IDLE": scripted(b"+ idling\r\n")})
    steps: list[float] = []
    account = fake.account(tmp_path)
    with connect(account, is_ours=is_ours, on_step=lambda: steps.append(1)) as session:
        session.open("INBOX")
        before = len(steps)
        assert session.wait("INBOX", 0.35, still) is False
        assert 3 <= len(fake.said("IDLE")) <= 4
        assert len(steps) - before >= len(fake.said("IDLE"))


@pytest.mark.parametrize("where", ["wait", "fetch"])
def test_abort_from_another_thread(fakes: Fakes, dial: Dial, where: str) -> None:
    """Whatever the session hangs in, it ends at once, in a MailboxError."""
    fake = fakes({"UID FETCH": Dialog.silence, "IDLE": Dialog.silence})
    session = dial(fake, timeouts=Timeouts(connect=2, read=30, answer=60))
    session.open("INBOX")
    timer = threading.Timer(0.1, session.abort)
    timer.start()
    start = time.monotonic()
    with pytest.raises(MailboxError) as raised:
        _ = session.wait("INBOX", 30, still) if where == "wait" else list(session.fetch([1]))
    assert raised.value.kind == "connection-lost"
    assert time.monotonic() - start < 15
    timer.join()
    session.abort()


def test_no_idle(fakes: Fakes, dial: Dial) -> None:
    """Then the time is slept, and there may be news whenever it is over."""
    fake = fakes(capabilities=b"IMAP4rev1 UIDPLUS")
    session = dial(fake)
    session.open("INBOX")
    start = time.monotonic()
    assert session.wait("INBOX", 0.2, still) is True
    assert 0.15 < time.monotonic() - start < 15
    assert not fake.said("IDLE")
    assert fake.said("NOOP")


@pytest.mark.parametrize("answer", [b"TAG BAD what?\r\n", b"TAG NO not now\r\n", b"TAG OK\r\n"])
def test_idle_announced_and_refused(fakes: Fakes, dial: Dial, answer: bytes) -> None:
    """It is done without, from then on."""
    fake = fakes({"IDLE": answer})
    session = dial(fake)
    session.open("INBOX")
    assert session.wait("INBOX", 0.1, still) is True
    assert session.wait("INBOX", 0.1, still) is True
    assert len(fake.said("IDLE")) == 1
    assert not session.has_idle


@pytest.mark.parametrize("capabilities", [b"IMAP4rev1 IDLE", b"IMAP4rev1"])
def test_interrupt(fakes: Fakes, dial: Dial, capabilities: bytes) -> None:
    """Ends a wait of either kind at once, and a server that is mute then does not hold it."""
    fake = fakes({"IDLE": scripted(b"+ idling\r\n", then="silence")}, capabilities=capabilities)
    session = dial(fake, timeouts=Timeouts(connect=2, read=30, answer=60))
    session.open("INBOX")
    timer = threading.Timer(0.1, session.interrupt)
    timer.start()
    start = time.monotonic()
    if b"IDLE" in capabilities:
        with pytest.raises(MailboxError):
            session.wait("INBOX", 20, still)
    else:
        assert session.wait("INBOX", 20, still) is False
    assert time.monotonic() - start < 15
    timer.join()


def test_interrupting_often_is_one_interrupt(fakes: Fakes, dial: Dial) -> None:
    """It never blocks, however often it is called and by whom."""
    session = dial(fakes({"IDLE": scripted(b"+ idling\r\n")}))
    session.open("INBOX")
    for _ in range(5000):
        session.interrupt()
    start = time.monotonic()
    while session.wait("INBOX", 0.5, still) is False and time.monotonic() - start < 0.5:
        pass
    assert session.wait("INBOX", 0.05, still) is False


def test_news_while_elsewhere(dovecot: Dovecot) -> None:
    """Mail that comes while Drafts is selected ends the next wait at once."""
    account = dovecot.account("elsewhere")
    owner = dovecot.owner(account.user)
    session = connect(account, is_ours=is_ours)
    try:
        before = session.open("INBOX")
        assert session.answered(draft("one")) is None
        owner.deliver("INBOX", mail("a"))
        start = time.monotonic()
        assert session.wait("INBOX", 20, lambda now: now != before) is True
        assert time.monotonic() - start < 15
    finally:
        session.close()
        owner.close()


def test_news_just_before_the_idle(dovecot: Dovecot) -> None:
    """Mail that comes after the mailbox was looked at and before the IDLE ends it at once."""
    account = dovecot.account("justbefore")
    owner = dovecot.owner(account.user)

    def deliver(_: Status) -> bool:
        owner.deliver("INBOX", mail("a"))
        return False

    with connect(account, is_ours=is_ours) as session:
        start = time.monotonic()
        assert session.wait("INBOX", 20, deliver) is True
        assert time.monotonic() - start < 15
    owner.close()


@pytest.mark.parametrize(
    "scripts",
    [
        {"SELECT": [SELECT, SELECT.replace(b"3 EXISTS", b"4 EXISTS")]},
        {"SELECT": [SELECT, SELECT.replace(b"3 EXISTS", b"2 EXISTS")]},
        {"SELECT": [SELECT, SELECT.replace(b"TAG OK", b"* 4 EXISTS\r\nTAG OK")]},
        {
            "SELECT": SELECT.replace(b"* OK [UIDNEXT 4] .\r\n", b""),
            "STATUS": [STATUS, STATUS + b"* 4 EXISTS\r\n"],
        },
    ],
    ids=["more", "fewer", "twice", "with STATUS"],
)
def test_news_that_only_exists_tells(
    fakes: Fakes, dial: Dial, scripts: dict[str, bytes | list[bytes]]
) -> None:
    """Before the IDLE, with a UIDNEXT that lags: no IDLE is begun; nor is one left out after it."""
    fake = fakes({**scripts, "IDLE": scripted(b"+ idling\r\n")})
    session = dial(fake)
    session.open("INBOX")
    assert session.wait("INBOX", 0.1, still) is True
    assert not fake.said("IDLE")
    session.open("INBOX")
    assert session.wait("INBOX", 0.1, still) is False
    assert fake.said("IDLE")


def test_the_server_is_killed_while_we_wait(own_dovecot: Dovecot) -> None:
    """One error soon after, and after its restart a new session works."""
    account = own_dovecot.account("anna")
    session = connect(account, is_ours=is_ours)
    session.open("INBOX")
    timer = threading.Timer(0.2, own_dovecot.kill)
    timer.start()
    start, used = time.monotonic(), time.process_time()
    try:
        with pytest.raises(MailboxError):
            session.wait("INBOX", 30, still)
    finally:
        session.close()
    assert time.monotonic() - start < 15
    assert time.process_time() - used < 0.5
    timer.join()
    own_dovecot.start()
    again = connect(account, is_ours=is_ours)
    assert again.open("INBOX").exists == 0
    again.close()
