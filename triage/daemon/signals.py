"""What the daemon is told by signals: to stop, or to read its configuration again."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType


class Signals:
    """SIGTERM and SIGINT ask to stop, SIGHUP to read again; each wakes who waits.

    A handler runs between any two steps of the main thread, which may hold a lock just then: a
    `threading.Event` set by it asks for the same lock and never gets it (seen under a storm of
    signals). Here are plain values, and a queue whose `put` may interrupt its `get`.
    """

    def __init__(self) -> None:
        self._stop = False
        self._reload = False
        self._woken: SimpleQueue[None] = SimpleQueue()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """The handlers are in place inside the block, and the former ones after it."""
        numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        before = [signal.signal(number, self._handle) for number in numbers]
        try:
            yield
        finally:
            for number, former in zip(numbers, before, strict=True):
                signal.signal(number, former)

    def stopping(self) -> bool:
        """Whether the daemon is to end, now or any time after."""
        return self._stop

    def take_reload(self) -> bool:
        """Whether there was a SIGHUP since this was last asked."""
        if not self._reload:
            return False
        self._reload = False  # one that comes just now is answered by what follows
        return True

    def wait(self, seconds: float) -> None:
        """Until the next signal, or so long."""
        with suppress(Empty):
            self._woken.get(timeout=seconds)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._reload = True
        else:
            self._stop = True
        self._woken.put(None)
