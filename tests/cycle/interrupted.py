"""Where a cycle can be interrupted, and by what."""

import pytest
from servers.memory import FaultAt, Killed
from world import World

from triage.errors import AppendUnknown, MailboxError, StateError

# What an error can strike at: what is not named, at everything.
STEPS: dict[type[BaseException], str] = {AppendUnknown: "append", StateError: "ledger."}
FEW = 20  # moments that are all tried
TURNS: dict[type[BaseException], int] = {Killed: 0, MailboxError: 1}

by_each_error = pytest.mark.parametrize(
    "error",
    [
        Killed(),
        MailboxError("connection-lost", account="shop"),
        AppendUnknown("append-unanswered", account="shop"),
        StateError("state-disk-full", path="ledger"),
    ],
    ids=lambda error: type(error).__name__,
)


def moments(world: World, *minutes: float) -> list[str]:
    """All moments of cycles so far apart at which something outside happens."""
    counted = FaultAt(None)
    world.server.fault = world.ledger_fault = counted
    for pause in minutes:
        world.cycle(minutes=pause)
    return counted.seen


def chosen(seen: list[str], error: BaseException) -> list[int]:
    """The moments that an error strikes at; of many every third one, each error at others."""
    possible = [
        number for number, moment in enumerate(seen) if STEPS.get(type(error), "") in moment
    ]
    return possible if len(possible) <= FEW else possible[TURNS.get(type(error), 2) :: 3]
