"""What the daemon is told by signals: to stop, or to read its configuration again."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from time import monotonic
from types import FrameType

# A hang-up comes within moments of the loss of the terminal. So long a look for it may be late, in
# seconds: a reload takes 18 s where the model is made anew.
LOST = 20.0
_NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(BaseException):
    """The daemon is to end, in the middle of what `Signals.interrupting` allows it to leave."""


class Signals:
    """SIGTERM and SIGINT ask to stop, SIGHUP to read again, or to stop when it says that the
    terminal has been closed; each wakes who waits. A SIGHUP that is ignored (nohup) stays ignored.

    Who hangs up cannot be told from who asks to read again: for a job in the background it is the
    shell, by kill(2) as any other. So it is told by the time: a terminal that went long ago, and
    without a word (disown), is not what a SIGHUP of now is about.

    A handler runs between any two steps of the main thread, which may hold a lock just then: a
    `threading.Event` set by it asks for the same lock and never gets it (seen under a storm of
    signals). It runs late, too: one that comes as the main thread lies down to wait, or is given to
    another thread by the kernel, is not handled before the wait is over. So who waits does so for
    the octet that `signal.set_wakeup_fd` has written the moment a signal comes.
    """

    def __init__(self) -> None:
        self._seen = monotonic() if _terminal() else -LOST  # when the terminal was there last
        self._stop = False
        self._interrupting = False
        self._reload = False
        # Both stay open as long as the process.
        self._wake, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    @contextmanager
    def heard(self) -> Iterator[None]:
        """The handlers are in place inside the block, and the former ones after it."""
        former = {number: signal.getsignal(number) for number in _NUMBERS}
        for number, handler in former.items():
            if number != signal.SIGHUP or handler != signal.SIG_IGN:
                signal.signal(number, self._handle)
        former_waker = signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(former_waker)
            for number, handler in former.items():
                signal.signal(number, handler)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Inside the block what asks to stop raises `Stopped` at once, wherever the block is: for
        work of many seconds of which nothing remains half done. Caught outside of the block: the
        signal may come as it is left."""
        self._interrupting = True
        try:
            self._interrupt()  # told before
            yield
        finally:
            self._interrupting = False

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
        """Until the next signal, or so long. The terminal is looked for, too."""
        if _terminal():
            self._seen = monotonic()
        select([self._wake], [], [], seconds)
        with suppress(BlockingIOError):
            while os.read(self._wake, 4096):
                pass

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        lost = not _terminal() and monotonic() - self._seen < LOST
        if number == signal.SIGHUP and not lost:
            self._reload = True
        else:
            self._stop = True
        self._interrupt()

    def _interrupt(self) -> None:
        if self._stop and self._interrupting:
            self._interrupting = False  # once: a second signal does not break into the way out
            raise Stopped


def _terminal() -> bool:
    """Whether there is a controlling terminal, tty(4). A process loses it when it hangs up."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
