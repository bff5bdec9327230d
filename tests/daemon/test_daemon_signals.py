"""Signals reach the daemon whatever it is at."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from triage.daemon import signals as module
from triage.daemon.signals import LOST, Signals


def test_each_does_its_own() -> None:
    """SIGHUP asks to read again, SIGTERM and SIGINT to stop; afterwards they are as before."""
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    for number, expected in (
        (signal.SIGHUP, (False, True)),
        (signal.SIGTERM, (True, False)),
        (signal.SIGINT, (True, False)),
    ):
        signals = Signals()
        with signals.heard():
            signal.raise_signal(number)
            assert (signals.stopping(), signals.take_reload()) == expected
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)] == before


def test_one_that_came_before_the_wait_is_not_slept_over() -> None:
    """Nor does the wait end without one."""
    signals = Signals()
    with signals.heard():
        signal.raise_signal(signal.SIGHUP)
        begin = time.monotonic()
        signals.wait(60)
        assert time.monotonic() - begin < 30
        begin = time.monotonic()
        signals.wait(0.1)
        assert time.monotonic() - begin >= 0.1


def test_one_that_another_thread_is_given_ends_the_wait() -> None:
    """The kernel may give it to any; the main thread then sleeps on, unless it is woken."""
    signals = Signals()
    other = threading.Timer(0.2, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM))
    with signals.heard():
        begin = time.monotonic()
        other.start()
        signals.wait(20)
        assert time.monotonic() - begin < 10
        assert signals.stopping()
    other.join()


ALIVE = """
from triage.daemon.signals import Signals

signals = Signals()
with signals.heard():
    print("ready", flush=True)
    while not signals.stopping():
        signals.wait(5)
        if signals.take_reload() and {loud}:
            print("read again", flush=True)
"""
# As the leader of a session on the terminal that is its standard input.
LEADER = "import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"


def test_a_storm_ends_in_a_stop() -> None:
    """However many signals fall on it, and between which two steps, it hears the last one."""
    program = ALIVE.format(loud=False)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    for _ in range(200_000):
        os.kill(process.pid, signal.SIGHUP)
    os.kill(process.pid, signal.SIGTERM)
    try:
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_terminal_that_is_closed_ends_it() -> None:
    """While the terminal is there a SIGHUP asks to read again."""
    master, slave = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", LEADER + ALIVE.format(loud=True)],
        stdin=slave,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    os.close(slave)
    try:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGHUP)
        assert process.stdout.readline() == b"read again\n"
        os.close(master)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_terminal_that_went_without_a_word_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disowned: a SIGHUP long after the loss asks to read again; one that comes with it ends all,
    as the shell's own does, however often the terminal was looked for in between."""
    there, now = True, 1000.0
    monkeypatch.setattr(module, "_terminal", lambda: there)
    monkeypatch.setattr(module, "monotonic", lambda: now)
    disowned, closed = Signals(), Signals()
    now += 100 * LOST
    for signals in (disowned, closed):
        signals.wait(0)
    there = False
    for signals, since, stops in ((closed, 0.0, True), (disowned, LOST, False)):
        now += since
        signals.wait(0)
        with signals.heard():
            signal.raise_signal(signal.SIGHUP)
        assert (signals.stopping(), signals.take_reload()) == (stops, not stops)


def test_nohup_is_left_alone() -> None:
    """Who starts it so that it outlives the terminal gets that."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals = Signals()
        with signals.heard():
            signal.raise_signal(signal.SIGHUP)
            assert not signals.stopping()
            assert not signals.take_reload()
    finally:
        signal.signal(signal.SIGHUP, before)
