"""Who takes part in the story of a message, and in that of its letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from triage.account import Account
from triage.event import Event
from triage.finding import Desk
from triage.place import Status
from triage.protocols import Mailboxes, Memory


@dataclass(frozen=True, slots=True)
class Story:
    """Who takes part. `clock` gives aware times in the owner's zone; once `stopping` says so the
    cycle ends after the message or letter it is at. `fresh`: the first cycle of a connection."""

    account: Account
    desk: Desk
    mailboxes: Mailboxes
    ledger: Memory
    clock: Callable[[], datetime]
    emit: Callable[[Event], None]
    stopping: Callable[[], bool] = lambda: False
    fresh: bool = True

    @property
    def now(self) -> float:
        return self.clock().timestamp()


@dataclass(frozen=True, slots=True)
class Look:
    """An open mailbox: what arrived in it before `since` is old; `listed`: its complaints are told,
    and neither marked nor answered."""

    status: Status
    since: float
    listed: bool
