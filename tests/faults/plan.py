"""Which faults strike, drawn from a seed: the same seed, the same faults."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from servers.chaos import Act
from servers.memory import Killed


class Kind(StrEnum):
    """What goes wrong once, in a cycle or before it."""

    RESET = "reset"  # some octets are lost, and both ends are reset
    LAST = "reset-behind"  # they arrive, and then both ends are reset
    FIN = "closed"  # they are lost, and both ends are closed in order
    HOLE = "black-hole"  # they and all that follows are swallowed
    DELAY = "delayed"  # they arrive when the client has given up
    DRIP = "dripping"  # they arrive one by one
    LATE = "late-append"  # an APPEND is held back, and stored when the client has long gone
    REFUSED = "refused"  # the server says NO to a command
    KILLED = "killed"  # the program ends, before or after a step outside
    DISK = "disk-full"  # the ledger cannot be written
    TWIN = "second-machine"  # another machine looks at the account between two steps
    RESTART = "server-restarted"  # stopped or killed, and started again
    RENUMBERED = "renumbered"  # the inbox, or Drafts, has a new UIDVALIDITY and other UIDs
    BACKUP = "mail-from-a-backup"  # old mail lies in the inbox once more
    CLOCK = "clock-back"  # it is a day earlier for a while
    AGED = "ledger-of-before"  # the ledger is that of some time ago
    LOST = "ledger-lost"  # there is no ledger any more


STEPS = frozenset({Kind.KILLED, Kind.DISK, Kind.TWIN})  # strike at a step
# Strike between two cycles.
BETWEEN = frozenset({Kind.RESTART, Kind.RENUMBERED, Kind.BACKUP, Kind.CLOCK, Kind.AGED, Kind.LOST})
# What a proxy swallows or keeps never comes in time; else a busy machine is given time.
SLOW = frozenset({Kind.HOLE, Kind.LATE, Kind.DELAY})


@dataclass(frozen=True)
class Fault:
    """`at` counts octets of one direction, or steps; `word` is the command meant, behind whose line
    so many pieces of the direction pass first. `direction` is that of the octets, or says whether
    it strikes before or after the step."""

    kind: Kind
    direction: str = "up"
    at: int = 0
    word: bytes = b""
    passing: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.direction} {self.at}{self.word.decode()}+{self.passing}"


_COMMANDS = (
    b" APPEND ",
    b" UID SEARCH ",
    b" UID STORE ",
    b" UID FETCH ",
    b" SELECT ",
    b" EXAMINE ",
)


@dataclass(frozen=True)
class Length:
    """How long a cycle is: octets either way, and steps of the ledger and the connection."""

    up: int = 1_000
    down: int = 3_000
    steps: int = 20


def draw(chance: random.Random, usual: Length, kind: Kind) -> Fault:
    """A fault of this kind in a cycle of about the usual length. Half of the cuts are aimed at a
    command, the others at any octet."""
    if kind in BETWEEN:
        return Fault(kind)
    if kind in STEPS:
        return Fault(kind, chance.choice(("before", "after")), chance.randrange(usual.steps))
    if kind is Kind.LATE:
        return Fault(kind, word=b" APPEND ", passing=1)  # its literal, which the server waits for
    if kind is Kind.REFUSED:
        return Fault(kind, word=chance.choice(_COMMANDS))
    direction = chance.choice(("up", "down"))
    if chance.random() < 0.5:
        word = chance.choice((b" APPEND ", *_COMMANDS))
        return Fault(kind, direction, word=word, passing=chance.randrange(3))
    most = usual.up if direction == "up" else usual.down
    return Fault(kind, direction, chance.randrange(most))


_ACTS = {
    Kind.RESET: Act.RESET,
    Kind.LAST: Act.LAST,
    Kind.FIN: Act.FIN,
    Kind.DELAY: Act.DELAY,
    Kind.DRIP: Act.DRIP,
    Kind.HOLE: Act.HOLE,
    Kind.LATE: Act.HOLD,
}


class Striking:
    """One fault in one cycle: the rule of the proxy, and the hook of the steps. It strikes once at
    most. `twin` is the cycle of the other machine."""

    def __init__(
        self, fault: Fault | None, no_space: Exception, twin: Callable[[], None] = lambda: None
    ) -> None:
        self.struck = False
        self.passed = {"up": 0, "down": 0}
        self.steps = 0
        self._fault, self._no_space, self._twin = fault, no_space, twin
        self._aimed = fault is not None and fault.word == b""
        self._passing = fault.passing if fault else 0

    def octets(self, direction: str, data: bytes) -> Act | bytes:
        """What becomes of some octets: a `Rule` of the proxy."""
        fault = self._fault
        self.passed[direction] += len(data)
        if fault is None or self.struck or fault.kind in STEPS | BETWEEN:
            return Act.PASS
        self._aimed |= direction == "up" and bool(fault.word) and fault.word in data
        there = direction == fault.direction and self.passed[direction] > fault.at
        if not (self._aimed and there):
            return Act.PASS
        if self._passing:
            self._passing -= 1
            return Act.PASS
        self.struck = True
        if fault.kind is Kind.REFUSED:
            return data.split(b" ", 1)[0] + b" NO [UNAVAILABLE] Not now\r\n"
        return _ACTS[fault.kind]

    def step(self, moment: str, name: str) -> None:
        """Before and after each call of the ledger and the connection."""
        fault = self._fault
        self.steps += moment == "before"
        if fault is None or self.struck or fault.kind not in STEPS:
            return
        # Only what the ledger writes can find the disk full.
        possible = fault.kind is not Kind.DISK or name.startswith("ledger.")
        if moment == fault.direction and self.steps > fault.at and possible:
            self.struck = True
            if fault.kind is Kind.TWIN:
                self._twin()
            else:
                raise Killed if fault.kind is Kind.KILLED else self._no_space
