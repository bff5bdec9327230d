"""Whether the time that some work takes grows with its length only.

A machine's speed is no business of a test, so nothing is compared with seconds: the same work is
timed on something and on something eight times as long. What is linear takes eight times as long,
what is quadratic sixty-four times; three times as long as linear is allowed.
"""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LONGER = 8
NOISE = 0.02  # seconds of the processor: below that a clock's steps are all there is to see


def seconds(work: Callable[[T], object], given: T) -> float:
    """Of the processor, the shorter of two: what else the machine does makes one longer."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        work(given)
        taken.append(time.process_time() - start)
    return min(taken)


def linear(work: Callable[[str], object], piece: str, length: int) -> bool:
    """Whether `work` on `piece` repeated to so many characters takes about `LONGER` times as long
    as on the first `length / LONGER` of them."""
    short = piece * max(1, length // LONGER // len(piece))
    return proportional(work, short, short * LONGER)


def proportional(work: Callable[[T], object], short: T, long: T) -> bool:
    """Whether `work` takes about `LONGER` times as long on `long`, which is as much longer."""
    return seconds(work, long) <= 3 * LONGER * seconds(work, short) + NOISE
