"""A mail made as small as it can be while it still does what it was found for."""

import time
from collections.abc import Callable

SECONDS = 60.0  # for one mail


def shrunk(raw: bytes, holds: Callable[[bytes], bool], seconds: float = SECONDS) -> bytes:
    """The smallest of `raw` of which `holds` is still true, as far as it is found in that time:
    halves, quarters and so on are left out, down to single octets, and what is left becomes "a"."""
    until = time.monotonic() + seconds
    length = len(raw) // 2
    while length and time.monotonic() < until:
        at, smaller = 0, False
        while at < len(raw) and time.monotonic() < until:
            without = raw[:at] + raw[at + length :]
            if holds(without):
                raw, smaller = without, True
            else:
                at += length
        if not (smaller and length == 1):
            length //= 2
    for at, octet in enumerate(raw):
        if time.monotonic() >= until:
            break
        plain = raw[:at] + b"a" + raw[at + 1 :]
        if octet not in b"a\n: " and holds(plain):
            raw = plain
    return raw
