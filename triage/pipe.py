"""What a program prints, as it comes."""

import os
import selectors
import subprocess
import time
from collections.abc import Iterator

PART = 65_536  # octets: what a pipe holds


def parts(process: subprocess.Popen[bytes], end: float) -> Iterator[bytes]:
    """Of its standard output, until that is closed. TimeoutExpired when it still is open at `end`,
    of the monotonic clock."""
    if process.stdout is None:
        return
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(end - time.monotonic(), 0.0)):
            if not (part := os.read(process.stdout.fileno(), PART)):
                return
            yield part
    raise subprocess.TimeoutExpired(process.args, 0.0)
