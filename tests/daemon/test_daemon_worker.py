"""One account's thread, on days on which nothing goes well: a clock that jumps from try to try."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cycle.world import ACCOUNT

from triage.daemon import worker as module
from triage.daemon.events import Told
from triage.daemon.pulse import Pulse
from triage.daemon.worker import Worker
from triage.errors import AccountError, MailboxError, TriageError

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Day:
    """A day on which every login ends with `error`; the service is started anew each so many
    minutes, if at all."""

    def __init__(self, state: Path, error: TriageError) -> None:
        self.state, self.error = state, error
        self.now = MORNING
        self.tries: list[datetime] = []
        self.told: list[Told] = []

    def connect(self, *_: object, **__: object) -> None:
        self.tries.append(self.now)
        raise self.error

    def pass_by(self, restart: timedelta | None) -> int:
        """How often it was tried."""
        end, begun, worker = self.now + timedelta(days=1), self.now, self.started()
        while self.now < end:
            next_try = self.now + timedelta(seconds=worker._try() + 0.001)
            if restart and next_try > begun + restart:
                self.now = begun = begun + restart
                worker = self.started()
            else:
                self.now = next_try
        return len(self.tries)

    def started(self) -> Worker:
        pulse = Pulse[threading.Thread](lambda: 0.0)
        return Worker(
            ACCOUNT,
            lambda: pytest.fail("nobody has logged in"),
            self.state,
            pulse=pulse,
            clock=lambda: self.now,
            tell=self.told.append,
        )


@pytest.mark.parametrize("restart", [None, timedelta(hours=1), timedelta(minutes=2)])
def test_a_server_that_is_down_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restart: timedelta | None
) -> None:
    """Eight connections an hour at most, however often the service is started again."""
    day = Day(tmp_path, MailboxError("connection-refused", host="localhost"))
    monkeypatch.setattr(module, "connect", day.connect)
    assert 90 < day.pass_by(restart) < 24 * 8 + 20
    later = [b - a for a, b in zip(day.tries[20:], day.tries[21:], strict=False)]
    assert timedelta(minutes=7) < min(later) <= max(later) < timedelta(minutes=17)


@pytest.mark.parametrize("restart", [None, timedelta(hours=3)])
def test_a_wrong_password_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restart: timedelta | None
) -> None:
    """One login an hour, and one for each start: no provider locks the account for that."""
    day = Day(tmp_path, AccountError("login-refused", host="localhost", user="shop"))
    monkeypatch.setattr(module, "connect", day.connect)
    assert 20 < day.pass_by(restart) <= 24 + 8


def test_a_server_that_says_how_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left alone for so long, and not longer; a restart changes nothing."""
    busy = MailboxError("server-busy", command="SELECT", answer="NO", code="", wait=295.0)
    day = Day(tmp_path, busy)
    monkeypatch.setattr(module, "connect", day.connect)
    day.pass_by(timedelta(minutes=2))
    first, second = day.tries[:2]
    assert timedelta(seconds=295) <= second - first < timedelta(seconds=296)
