"""What the daemon is told by signals: to stop, or to read its configuration again."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType

_NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Signals:
    """SIGTERM and SIGINT ask to stop, SIGHUP to read again, or to stop when it says that the
    terminal has been closed; each wakes who waits. A SIGHUP that is ignored (nohup) stays ignored.

    A handler runs between any two steps of the main thread, which may hold a lock just then: a
    `threading.Event` set by it asks for the same lock and never gets it (seen under a storm of
    signals). Here are plain values, and a queue whose `put` may interrupt its `get`.
    """

    def __init__(self) -> None:
        self._terminal = _terminal()
        self._stop = False
        self._reload = False
        self._woken: SimpleQueue[None] = SimpleQueue()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """The handlers are in place inside the block, and the former ones after it."""
        former = {number: signal.getsignal(number) for number in _NUMBERS}
        for number, handler in former.items():
            if number != signal.SIGHUP or handler != signal.SIG_IGN:
                signal.signal(number, self._handle)
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

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
        if number == signal.SIGHUP and (_terminal() or not self._terminal):
            self._reload = True
        else:
            self._stop = True
        self._woken.put(None)


def _terminal() -> bool:
    """Whether there is a controlling terminal, tty(4). A process loses it when it hangs up."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
