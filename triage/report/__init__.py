"""Floor 3: what is to be told of the accounts, from what the ledger remembers."""

from triage.report.log import LetterState, Line, Wanted, log
from triage.report.standing import (
    LATELY,
    PATIENCE,
    POLLS,
    Health,
    Standing,
    standing,
    standings,
)

__all__ = [
    "LATELY",
    "PATIENCE",
    "POLLS",
    "Health",
    "LetterState",
    "Line",
    "Standing",
    "Wanted",
    "log",
    "standing",
    "standings",
]
