"""How a mailbox is asked for in pieces: no command line or answer too long to be taken. Pure."""

from collections.abc import Iterator, Mapping, Sequence

WINDOW = 20_000  # UIDs a SEARCH answer may hold: 220 kB at most
WINDOWS = 250  # SEARCHes a listing may take
UID_MAX = 2**32 - 1  # RFC 3501 section 2.3.1.1
CHUNK = 300  # UIDs a command line may name: 3.3 kB; servers take 8 kB (RFC 2683 section 3.2.1.5)
BATCH_OCTETS = 8_000_000
BATCH_MESSAGES = 100
HEAD = 262_144  # octets of a message over max_size that are read


def windows(first: int, last: int | None, uidnext: int, exists: int) -> Iterator[str]:
    """SEARCH keys that together name the UIDs in [first, last]; last None means to the end.

    Where there may be too many for one answer they are cut by sequence numbers, which have no gaps
    as UIDs have: so neither an answer nor the number of commands is large. From the end down, since
    numbers only sink when another client expunges: a message may be named twice, none is left out.
    """
    end = UID_MAX if last is None else min(last, UID_MAX)
    if first > end:
        return
    uids = f"UID {first}:{end}"
    if min(exists, uidnext - first) <= WINDOW:
        yield uids
        return
    step = max(WINDOW, -(-exists // WINDOWS))
    for start in range((exists - 1) // step * step + 1, 0, -step):
        high = "*" if start + step > exists else start + step - 1  # "*": mail may have come
        yield f"{start}:{high} {uids}"


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
