"""The small parts of the daemon: lock, notices to systemd, back-off, deadlines, the day's tally."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from triage.daemon.backoff import ASIDE, ASIDE_LONGEST, ASKED, FIRST, LONGEST, Aside, backoff
from triage.daemon.events import CycleEnded
from triage.daemon.lock import FILE, locked
from triage.daemon.notify import Notifier
from triage.daemon.pulse import Pulse
from triage.daemon.tally import Tally
from triage.errors import StateError, UserError
from triage.event import DraftStored
from triage.place import Ref, Stored


def test_second_program_is_told_who_holds_the_state(tmp_path: Path) -> None:
    """The error names the process that holds the folder."""
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from triage.daemon.lock import locked\n"
            "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()",
            str(tmp_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin
    assert holder.stdout
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StateError) as caught, locked(tmp_path):
            pass
        assert caught.value.kind == "state-locked"
        assert caught.value.facts["pid"] == str(holder.pid)
        holder.kill()
        holder.wait()
        with locked(tmp_path):  # a dead holder holds nothing
            assert (tmp_path / FILE).read_text() == f"{os.getpid()}\n"
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()


def test_lock_leaves_the_holders_name_alone(tmp_path: Path) -> None:
    """Being refused does not wipe out who holds the folder."""
    with locked(tmp_path):
        with pytest.raises(StateError), locked(tmp_path):
            pass
        assert (tmp_path / FILE).read_text() == f"{os.getpid()}\n"


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears(tmp_path: Path, abstract: bool) -> None:
    """Both kinds of address that systemd gives: a path, and a name in the abstract namespace."""
    name = f"triage-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.settimeout(5)
        systemd.bind("\0" + name if abstract else name)
        notifier = Notifier({"NOTIFY_SOCKET": "@" + name if abstract else name})
        notifier.send(STATUS="2 accounts", WATCHDOG=1)
        assert systemd.recv(1000) == b"STATUS=2 accounts\nWATCHDOG=1"


def test_systemd_that_does_not_listen(tmp_path: Path) -> None:
    """Its queue is full: what is said is lost, and waiting for it costs no processor time."""
    name = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(name)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as crowd, suppress(BlockingIOError):
            crowd.setblocking(False)
            while True:
                crowd.sendto(b"X=1", name)
        before = time.thread_time()
        Notifier({"NOTIFY_SOCKET": name}).send(READY=1)
        assert time.thread_time() - before < 0.2


def test_without_systemd_nothing_is_sent(tmp_path: Path) -> None:
    """No socket, or one nobody listens at, is no error."""
    Notifier({}).send(READY=1)
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).send(READY=1)


@pytest.mark.parametrize(
    ("environment", "interval"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 15.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 15.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_watchdog_is_fed_at_half_its_limit(
    environment: dict[str, str], interval: float | None
) -> None:
    """Half of WATCHDOG_USEC, and only when it is meant for this process."""
    assert Notifier(environment).interval == interval


def test_back_off_doubles_to_its_limit() -> None:
    """Half of each wait is certain, the other half left to chance."""
    assert [backoff(n, 0.999999) for n in (1, 2, 3)] == pytest.approx([FIRST, 2 * FIRST, 4 * FIRST])
    assert backoff(1, 0.0) == FIRST / 2
    assert backoff(10**9, 0.999999) == pytest.approx(LONGEST)
    assert backoff(1, 0.0, asked=299.5) == 299.5
    assert backoff(10**9, 0.0, asked=1.0) == LONGEST / 2
    assert backoff(1, 0.0, asked=1e12) == ASKED


def test_work_beside_the_watching_is_tried_again_ever_later() -> None:
    """Not before its pause is over, never later than the longest, and at once when the clock was
    set back by more than that."""
    aside, now = Aside(), 1e9
    assert not aside.waits(now)
    for pause in (ASIDE, 2 * ASIDE, 4 * ASIDE):
        aside.failed(now)
        assert aside.waits(now + pause - 1)
        assert not aside.waits(now + pause)
    for _ in range(2000):
        aside.failed(now)
    assert aside.waits(now + ASIDE_LONGEST - 1)
    assert not aside.waits(now + ASIDE_LONGEST)
    assert not aside.waits(now - 1)
    aside.went()
    aside.failed(now)
    assert not aside.waits(now + ASIDE)


def test_hang_is_a_deadline_that_has_passed() -> None:
    """Whoever posts in time is not late, and whoever has ended is not missed."""
    now = 100.0
    pulse = Pulse[str](lambda: now)
    pulse.post("shop", 10)
    pulse.post("studio", 1000)
    now = 110.0
    assert pulse.late() == []
    now = 111.0
    assert pulse.late() == ["shop"]
    pulse.post("shop", 10)
    assert pulse.late() == []
    now = 5000.0
    pulse.retire("shop")
    assert pulse.late() == ["studio"]


def test_status_line() -> None:
    """What `systemctl status` shows, and that a new day starts from nothing."""
    now = datetime(2026, 3, 1, 23, 59, 50, tzinfo=UTC)
    tally = Tally(lambda: now)
    assert tally.line(1) == "1 account, no cycle yet, 0 drafts today"
    stored = DraftStored("<x@y>", Stored(Ref("Drafts", 1, 1), ""))
    for _ in range(4):
        tally.count(stored)
    tally.count(CycleEnded())
    now += timedelta(seconds=3)
    assert tally.line(2) == "2 accounts, last cycle 3 s ago, 4 drafts today"
    now += timedelta(seconds=10)
    assert tally.line(2) == "2 accounts, last cycle 13 s ago, 0 drafts today"
    tally.count(stored)
    assert tally.line(2) == "2 accounts, last cycle 13 s ago, 1 draft today"


def test_a_link_in_the_place_of_the_lock(tmp_path: Path) -> None:
    """In a state folder that came from elsewhere it may lead to any file of ours, which would be
    emptied: it is refused, and the file is as it was."""
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "state").mkdir(mode=0o700)
    (tmp_path / "state" / "lock").symlink_to(tmp_path / "precious")
    with pytest.raises(UserError) as raised, locked(tmp_path / "state"):
        pass
    assert raised.value.kind == "state-not-writable"
    assert (tmp_path / "precious").read_text() == "mine"
