"""Signals reach the daemon whatever it is at."""

import os
import signal
import subprocess
import sys
import time

from triage.daemon.signals import Signals


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


STORM = """
from triage.daemon.signals import Signals

signals = Signals()
with signals.heard():
    print("ready", flush=True)
    while not signals.stopping():
        signals.wait(5)
"""


def test_a_storm_ends_in_a_stop() -> None:
    """However many signals fall on it, and between which two steps, it hears the last one."""
    process = subprocess.Popen([sys.executable, "-c", STORM], stdout=subprocess.PIPE)
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
