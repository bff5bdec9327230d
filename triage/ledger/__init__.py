"""Floor 2: the SQLite file that remembers, and nothing else that knows SQL."""

from triage.ledger.history import Entry, LaidLetter, SetAside, history
from triage.ledger.ledger import Ledger
from triage.ledger.lessons import waiting
from triage.ledger.marking import correct
from triage.ledger.places import ATTEMPTS
from triage.ledger.summary import Summary, summary

__all__ = [
    "ATTEMPTS",
    "Entry",
    "LaidLetter",
    "Ledger",
    "SetAside",
    "Summary",
    "correct",
    "history",
    "summary",
    "waiting",
]
