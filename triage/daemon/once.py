"""One cycle of every account, without threads: `triage once`."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from triage.account import Account
from triage.config import Config
from triage.cycle import Story, cycle
from triage.daemon.desk import Outfit
from triage.daemon.events import AccountStopped, CycleEnded, CycleFailed, Listener
from triage.daemon.failure import ours
from triage.daemon.lock import locked
from triage.daemon.rehearsal import Rehearsal
from triage.errors import AccountError, StateError, UserError
from triage.ledger import Ledger
from triage.mailbox import connect
from triage.reply import is_draft_id


def run_once(config: Config, tell: Listener, clock: Callable[[], datetime]) -> None:
    """Every account once; one that fails does not keep the others from their turn.

    Raises UserError when nothing can be begun.
    """
    with locked(config.state):
        outfit = Outfit.of(config)
        for account in config.accounts:
            ledger = Ledger.open(config.state, account.address.key)
            _once(account, outfit, ledger, tell, clock, rehearsed=False)


def rehearse_once(config: Config, tell: Listener, clock: Callable[[], datetime]) -> None:
    """The same, but nothing is changed: not on the server, not in the state folder."""
    outfit = Outfit.of(config)
    for account in config.accounts:
        copy = Ledger.open_copy(config.state, account.address.key)
        _once(account, outfit, copy, tell, clock, rehearsed=True)


def _once(
    account: Account,
    outfit: Outfit,
    ledger: Ledger,
    tell: Listener,
    clock: Callable[[], datetime],
    *,
    rehearsed: bool,
) -> None:
    name = account.name
    try:
        ledger.since(clock().timestamp(), account.look_back)
        ledger.started(clock().timestamp())
        with connect(account, is_ours=is_draft_id) as session:
            cycle(
                Story(
                    account,
                    outfit.desk(account),
                    Rehearsal(session) if rehearsed else session,
                    ledger,
                    clock,
                    lambda event: tell(name, event),
                )
            )
        ledger.succeeded(clock().timestamp())
        tell(name, CycleEnded())
    except Exception as failure:  # noqa: BLE001 - a fault in one account ends no other
        error, now = ours(failure), clock().timestamp()
        stopped = isinstance(error, AccountError | UserError)
        with suppress(StateError, UserError):  # the ledger itself may be what failed
            (ledger.stops if stopped else ledger.backs_off)(error, now)
        tell(name, AccountStopped(error, 0.0) if stopped else CycleFailed(error, 0.0))
    finally:
        ledger.close()
