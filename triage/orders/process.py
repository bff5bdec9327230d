"""Another program, run once: something to its standard input, its standard output back."""

import os
import signal
import subprocess
import time
from contextlib import suppress

from triage.errors import UserError
from triage.pipe import parts

SECONDS = 5.0
LARGEST = 1_000_000  # octets; an order has some hundred
# Nothing else of ours is its own: passwords may stand in our environment.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")


def output(words: tuple[str, ...], given: bytes) -> bytes:
    """What a program prints, given some octets (fewer than 64 kB, which a pipe takes at once). What
    it says on standard error is not read: a customer's data may stand in it. Whatever it started is
    killed with it.

    Raises UserError: orders-command-missing, -slow, -large or -failed.
    """
    program = words[0]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    end = time.monotonic() + SECONDS
    try:
        process = subprocess.Popen(  # noqa: S603  # the owner's own command, without a shell
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise UserError("orders-command-missing", command=program, reason=error.strerror) from error
    with process:
        try:
            _hand_over(process, given)
            said = _read(process, end, program)
            status = process.wait(max(end - time.monotonic(), 0.0))
        except subprocess.TimeoutExpired:
            raise UserError("orders-command-slow", command=program, seconds=SECONDS) from None
        finally:
            # Its children may have outlived it, and the group bears its number as long as they do.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    if status != 0:
        raise UserError("orders-command-failed", command=program, status=status)
    return said


def _hand_over(process: subprocess.Popen[bytes], given: bytes) -> None:
    """A program need not read what it is given."""
    if process.stdin:
        with suppress(BrokenPipeError):
            process.stdin.write(given)
        with suppress(BrokenPipeError):
            process.stdin.close()


def _read(process: subprocess.Popen[bytes], end: float, program: str) -> bytes:
    """All it prints until its standard output is closed."""
    said = bytearray()
    for part in parts(process, end):
        said += part
        if len(said) > LARGEST:
            raise UserError("orders-command-large", command=program, limit=LARGEST // 1_000_000)
    return bytes(said)
