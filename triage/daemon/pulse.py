"""Who is alive: each account posts until when it may be silent, and the watchdog looks at that.

A hang is a deadline that has passed. A server that is down all day is not: the account posts a new
deadline with each wait and each try.
"""

import threading
from collections.abc import Callable

# How long one step at a server may take, in seconds, beyond what its own time-outs allow: the
# longest legitimate one is a 25 MB message on a slow line.
STEP = 600.0


class Pulse:
    """Deadlines by account, on a monotonic clock in seconds. Shared between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._deadlines: dict[str, float] = {}

    def post(self, account: str, seconds: float = STEP) -> None:
        """The account will be heard of again within so many seconds."""
        with self._lock:
            self._deadlines[account] = self._clock() + seconds

    def retire(self, account: str) -> None:
        """The account's thread has ended as it should."""
        with self._lock:
            self._deadlines.pop(account, None)

    def late(self) -> list[str]:
        """The accounts whose deadline has passed."""
        with self._lock:
            now = self._clock()
            return sorted(name for name, deadline in self._deadlines.items() if deadline < now)
