"""What the ledgers of several accounts tell, as one story."""

import heapq
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from itertools import repeat
from pathlib import Path

from triage.account import Account
from triage.ledger import Entry, SetAside, history


def told(
    state: Path, accounts: Sequence[Account], begin: float
) -> Generator[tuple[str, Entry | SetAside], None, None]:
    """The mails since `begin`, in seconds since the epoch, each with the name of its account; the
    newest last, read one by one. Closing it closes the ledgers."""
    with ExitStack() as opened:
        stories = []
        for account in accounts:
            story = history(state, account.address.key, begin)
            opened.enter_context(closing(story))
            stories.append(zip(repeat(account.name), story))
        yield from heapq.merge(*stories, key=lambda each: each[1].moment)
