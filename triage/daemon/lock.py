"""One program on one state folder: the second one is told who holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from triage.errors import StateError, UserError

FILE = "lock"


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Holds the state folder. StateError `state-locked` with the holder's process id when it is
    taken: a service that meets `triage once` there starts a little later. UserError
    `state-not-writable`.

    The kernel drops the lock when the process ends, however it ends: there is no stale lock.
    """
    path = state / FILE
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UserError("state-not-writable", path=str(state), why=error.strerror) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(handle, 32).decode(errors="replace").strip() or "?"
            raise StateError("state-locked", path=str(state), pid=holder) from error
        with suppress(OSError):  # a full disk: the lock holds without the name of its holder
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
