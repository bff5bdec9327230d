"""How a mailbox is asked for in pieces: no command line or answer too long to be taken. Pure."""

from collections.abc import Iterator, Mapping, Sequence

WINDOW = 20_000  # UIDs a SEARCH answer may hold: 220 kB at most
CHUNK = 300  # UIDs a command line may name: 3.3 kB; servers take 8 kB (RFC 2683 section 3.2.1.5)
BATCH_OCTETS = 8_000_000
BATCH_MESSAGES = 100
HEAD = 262_144  # octets of a message over max_size that are read


def windows(first: int, last: int | None, uidnext: int, exists: int) -> Iterator[tuple[int, int]]:
    """Ranges of UIDs that cover [first, last], ascending; last None means to the end.

    Widened where UIDs are sparse: the server's numbers must not decide how many commands there
    are. `last` of the last range may lie above uidnext: mail may have come meanwhile.
    """
    end = 2**32 - 1 if last is None else last
    top = min(end, uidnext - 1)
    span = max(0, top - first + 1)
    step = WINDOW * max(1, span // max(1, exists)) if exists > WINDOW else max(1, span)
    start = first
    while start + step <= top:
        yield start, start + step - 1
        start += step
    if start <= end:
        yield start, end


def chunks(uids: Sequence[int], size: int = CHUNK) -> Iterator[Sequence[int]]:
    """Runs of at most `size`."""
    for start in range(0, len(uids), size):
        yield uids[start : start + size]


def batches(uids: Sequence[int], octets: Mapping[int, int]) -> Iterator[list[int]]:
    """Runs of UIDs whose messages together are bearable; one alone may be larger."""
    batch: list[int] = []
    total = 0
    for uid in uids:
        size = octets.get(uid, 0)
        if batch and (total + size > BATCH_OCTETS or len(batch) == BATCH_MESSAGES):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch
