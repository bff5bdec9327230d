"""Floor 3: what is to be told of the accounts, from what the ledger remembers."""

from triage.report.standing import PATIENCE, POLLS, Health, Standing, standing, standings

__all__ = ["PATIENCE", "POLLS", "Health", "Standing", "standing", "standings"]
