"""Floor 2: the SQLite file that remembers, and nothing else that knows SQL."""

from triage.ledger.ledger import ATTEMPTS, Judged, Ledger, OpenDraft, Position, SweptDraft

__all__ = ["ATTEMPTS", "Judged", "Ledger", "OpenDraft", "Position", "SweptDraft"]
