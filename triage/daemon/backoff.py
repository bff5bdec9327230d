"""How long to wait after a failure. Pure."""

# Seconds: the first wait, and the longest. A server that is down all night is found within a
# quarter of an hour of coming back, and hears from us at most four times an hour until then.
FIRST = 5.0
LONGEST = 900.0
# The same for work beside the watching, which may fail for days while the inbox is watched.
ASIDE, ASIDE_LONGEST = 60.0, 6 * 3600.0
# What a server may ask for, at most, in seconds; nobody waits longer.
ASKED = 3600.0


def backoff(failures: int, chance: float, asked: float = 0.0) -> float:
    """Seconds to wait after so many failures in a row (1 or more), `chance` in [0, 1); at least so
    many as the server has `asked` for.

    Doubles from `FIRST` up to `LONGEST`, then half of it is left to chance, so that many accounts
    on one server do not come back at the same moment ("equal jitter").
    """
    ceiling = min(FIRST * 2.0 ** min(failures - 1, 16), LONGEST)
    return max(ceiling / 2 + ceiling / 2 * chance, min(asked, ASKED))


def left(until: float, now: float) -> float:
    """Seconds of a wait that are left, 0.0 when it is over. One that is longer than there are was
    written by a clock that was wrong."""
    wait = until - now
    return wait if 0.0 < wait <= ASKED else 0.0


class Aside:
    """The wait of work that is done beside the watching: a minute after a failure, doubling up to
    six hours. `now` is seconds since the epoch."""

    def __init__(self) -> None:
        self.failures = 0  # in a row
        self._again = 0.0

    def waits(self, now: float) -> bool:
        """Whether it is not tried yet."""
        return 0.0 < self._again - now <= ASIDE_LONGEST

    def failed(self, now: float) -> None:
        """It has failed once more."""
        self._again = now + min(ASIDE * 2.0 ** min(self.failures, 10), ASIDE_LONGEST)
        self.failures += 1

    def went(self) -> None:
        """It has not."""
        self.failures = 0
