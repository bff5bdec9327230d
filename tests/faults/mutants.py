"""`make mutants`: each safeguard is taken away in turn, and the tests must turn red.

As a plugin of pytest (`-p faults.mutants`) it takes away the one that MUTANT names.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import triage.cycle
import triage.uids
from triage.ledger import Ledger
from triage.mailbox import Session
from triage.mailbox.drafts import Drafts
from triage.place import Letter, Ref, Status, Stored
from triage.record import Position

TESTS = Path(__file__).parents[1]
MEANT = ("cycle", "ledger", "mailbox", "faults")


def no_look() -> None:
    """An APPEND without a look for the draft before it."""
    Session.find = lambda self, letter: None  # type: ignore[method-assign]


def no_answer_looked_for() -> None:
    """An APPEND without a look for the owner's answer."""
    Session.answered = lambda self, letter: None  # type: ignore[method-assign]


def no_intent() -> None:
    """The ledger does not know that an APPEND is on its way."""
    Ledger.appending = lambda self, *_: None  # type: ignore[method-assign]


def no_reading_back() -> None:
    """An OK is believed, and so is its APPENDUID."""

    def believed(self: Drafts, uid: int, letter: Letter) -> Stored:
        status = self._client.select(self._folders.drafts, read_only=True).status
        ref = Ref(status.mailbox, status.uidvalidity, uid)
        return Stored(ref, hashlib.sha256(letter.raw).hexdigest())

    Drafts._at = believed  # type: ignore[method-assign]


def no_matching_again() -> None:
    """A message that comes under another UID is a new one."""
    Ledger.known = lambda self, digest: None  # type: ignore[method-assign]


def no_new_numbering() -> None:
    """Another UIDVALIDITY is not noticed: what was listed before counts as listed."""
    enter = Ledger.enter

    def blind(self: Ledger, status: Status, since: float, **_: bool) -> Position:
        self.run(
            "UPDATE mailbox SET uidvalidity = :uidvalidity, listed = min(listed, :uidnext)"
            " WHERE account = :account AND mailbox = :mailbox",
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
            uidnext=status.uidnext,
        )
        return enter(self, status, since)

    Ledger.enter = blind  # type: ignore[method-assign]


def no_low_water() -> None:
    """Only what lies above the last UID is listed."""
    triage.uids.RELIST = 0


def no_doubt_of_uids() -> None:
    """A UID under the old UIDVALIDITY is believed to name what it named."""
    triage.cycle.reassigned = lambda *_: False


def no_sweep() -> None:
    """Copies that come late stay."""
    triage.follow.superfluous = lambda *_, **__: []


MUTANTS: dict[str, Callable[[], None]] = {
    mutant.__name__: mutant
    for mutant in (
        no_look,
        no_answer_looked_for,
        no_intent,
        no_reading_back,
        no_matching_again,
        no_new_numbering,
        no_low_water,
        no_doubt_of_uids,
        no_sweep,
    )
}

if name := os.environ.get("MUTANT"):
    MUTANTS[name]()


def caught_by(name: str) -> list[str]:
    """The tests that are red without this safeguard, the first few."""
    folders = [str(TESTS / folder) for folder in MEANT]
    said = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "faults.mutants",
            "--maxfail=3",
            "-n2",
            *folders,
        ],
        env={**os.environ, "MUTANT": name, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return re.findall(r"^(?:FAILED|ERROR) \S*/(\S+)", said, re.MULTILINE)


def main() -> int:
    alive = 0
    for name, mutant in MUTANTS.items():
        red = caught_by(name)
        alive += not red
        caught = "CAUGHT BY" if red else "NOT CAUGHT"
        sys.stdout.write("\n  ".join((f"{name}: {mutant.__doc__} {caught}", *red)) + "\n")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
