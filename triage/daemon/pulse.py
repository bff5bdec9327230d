"""Who is alive: each account posts until when it may be silent, and the watchdog looks at that.

A hang is a deadline that has passed. A server that is down all day is not: the account posts a new
deadline with each wait and each try.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Who = TypeVar("Who", bound=Hashable)

# How long one step at a server may take, in seconds: more than the longest answer may (480 s).
STEP = 600.0


class Pulse(Generic[Who]):
    """Deadlines, on a monotonic clock in seconds. Shared between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._deadlines: dict[Who, float] = {}

    def post(self, who: Who, seconds: float = STEP) -> None:
        """`who` will be heard of again within so many seconds."""
        with self._lock:
            self._deadlines[who] = self._clock() + seconds

    def retire(self, who: Who) -> None:
        """`who` has ended as it should, and is missed no more."""
        with self._lock:
            self._deadlines.pop(who, None)

    def late(self) -> list[Who]:
        """Whose deadline has passed."""
        with self._lock:
            now = self._clock()
            return [who for who, deadline in self._deadlines.items() if deadline < now]
