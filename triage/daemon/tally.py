"""What the daemon has done today, for one line in `systemctl status`."""

import threading
from collections.abc import Callable
from datetime import date, datetime

from triage.daemon.events import CycleEnded, Told
from triage.event import DraftStored


class Tally:
    """Counts what the accounts tell. Shared between threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._day: date | None = None
        self._drafts = 0
        self._last: datetime | None = None

    def count(self, told: Told) -> None:
        now = self._clock()
        with self._lock:
            if isinstance(told, CycleEnded):
                self._last = now
            elif isinstance(told, DraftStored) and not told.found:
                if now.date() != self._day:
                    self._day, self._drafts = now.date(), 0
                self._drafts += 1

    def line(self, accounts: int) -> str:
        """ "2 accounts, last cycle 3 s ago, 4 drafts today"."""
        now = self._clock()
        with self._lock:
            drafts = self._drafts if now.date() == self._day else 0
            last = self._last
        ago = f"last cycle {(now - last).total_seconds():.0f} s ago" if last else "no cycle yet"
        return f"{_count(accounts, 'account')}, {ago}, {_count(drafts, 'draft')} today"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
