"""How the accounts are doing, told from the ledger alone: no server is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from triage.account import Account
from triage.ledger import Summary, summary

# An account is late when its last good cycle lies further back than this many of its polls, and
# than the longest back-off (15 minutes, in seconds), which a server that restarts may cause.
POLLS = 3
PATIENCE = 1800.0
# How far back `lately` reaches, in days: the owner may have been away over a weekend.
LATELY = 7


class Health(StrEnum):
    """How an account is."""

    WELL = "well"
    NEVER = "never"  # it was never looked at
    STOPPED = "stopped"  # until its owner acts
    FAILING = "failing"  # and tried again
    UNPROVEN = "unproven"  # begun, but no cycle has ended well yet
    LATE = "late"  # not looked at for too long


@dataclass(frozen=True, slots=True)
class Standing:
    """How one account is doing. `found` is None when the ledger does not know it."""

    account: str
    health: Health
    found: Summary | None

    @property
    def well(self) -> bool:
        return self.health is Health.WELL


def standings(state: Path, accounts: Sequence[Account], now: datetime) -> list[Standing]:
    """All accounts, with the figures of the day of `now` (aware, in the owner's zone)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    moment = now.timestamp()
    lately = moment - LATELY * 86400.0
    return [
        standing(account, summary(state, account.address.key, midnight, lately), moment)
        for account in accounts
    ]


def standing(account: Account, found: Summary | None, moment: float) -> Standing:
    """What an account's figures mean at a moment, in seconds since the epoch. Pure."""
    if found is None:
        health = Health.NEVER
    elif found.stopped:
        health = Health.STOPPED
    elif found.failures:
        health = Health.FAILING
    elif found.succeeded is None:
        health = Health.UNPROVEN
    elif moment - found.succeeded > max(PATIENCE, POLLS * account.poll):
        health = Health.LATE
    else:
        health = Health.WELL
    return Standing(account.name, health, found)
