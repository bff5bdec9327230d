"""Floor 2: the SQLite file that remembers, and nothing else that knows SQL."""

from triage.ledger.ledger import ATTEMPTS, Ledger
from triage.ledger.summary import Summary, summary

__all__ = ["ATTEMPTS", "Ledger", "Summary", "summary"]
