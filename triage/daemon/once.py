"""One cycle of every account, without threads: `triage once`."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial

from triage.account import Account
from triage.config import Config
from triage.cycle import cycle
from triage.daemon.backoff import backoff, left
from triage.daemon.daily import Herald, Wording
from triage.daemon.desk import Outfit
from triage.daemon.events import (
    AccountStopped,
    CycleEnded,
    CycleFailed,
    Listener,
    ModelReplaced,
    Told,
)
from triage.daemon.failure import asked, note, ours, stops
from triage.daemon.lock import locked
from triage.daemon.rehearsal import Rehearsal
from triage.daemon.teaching import Teacher
from triage.errors import AccountError, MailboxError, StateError, TriageError, UserError
from triage.ledger import Ledger
from triage.mailbox import connect
from triage.reply import is_draft_id
from triage.story import Story


def run_once(
    config: Config,
    tell: Listener,
    clock: Callable[[], datetime],
    *,
    patient: bool = False,
    digest: Wording | None = None,
) -> None:
    """Every account once; one that fails does not keep the others from their turn. `patient`: one
    that failed before is not tried until its back-off is over, however often this is called.
    `digest` words the day's digest; without it there is none.

    Raises UserError when nothing can be begun, and in the end what `tell` raised.
    """
    with locked(config.state), _to_the_end(tell) as steadily:
        outfit = Outfit.of(config, lambda *how: steadily("", ModelReplaced(*how)))
        for account in config.accounts:
            ledger = Ledger.open(config.state, account.address.key)
            if patient and (error := _put_off(ledger, clock().timestamp())):
                ledger.close()
                steadily(account.name, _told(error))
                continue
            _once(account, outfit, ledger, steadily, clock, rehearsed=False, digest=digest)


def rehearse_once(config: Config, tell: Listener, clock: Callable[[], datetime]) -> None:
    """The same, but nothing is changed: not on the server, not in the state folder."""
    with _to_the_end(tell) as steadily:
        outfit = Outfit.of(config, lambda *how: steadily("", ModelReplaced(*how)), keep=False)
        for account in config.accounts:
            copy = Ledger.open_copy(config.state, account.address.key)
            _once(account, outfit, copy, steadily, clock, rehearsed=True)


@contextmanager
def _to_the_end(tell: Listener) -> Iterator[Listener]:
    """A listener that fails (a pipe that is closed, a full disk) fails no account: it hears no
    more, all is done to the end, and then its error is raised."""
    failures: list[Exception] = []

    def steadily(account: str, told: Told) -> None:
        if not failures:
            try:
                tell(account, told)
            except Exception as error:  # noqa: BLE001 - raised below
                failures.append(error)

    yield steadily
    for failure in failures:
        raise failure


def _once(
    account: Account,
    outfit: Outfit,
    ledger: Ledger,
    tell: Listener,
    clock: Callable[[], datetime],
    *,
    rehearsed: bool,
    digest: Wording | None = None,
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
            if not rehearsed:
                hear: Callable[[Told], None] = partial(tell, name)
                Teacher(account, outfit.config.state, clock, hear).look(session, ledger)
                state, accounts = outfit.config.state, outfit.config.accounts
                herald = Herald(account, state, accounts, wording=digest, clock=clock, tell=hear)
                herald.look(session, ledger, outfit.desk(account))
    except Exception as failure:  # noqa: BLE001 - a fault in one account ends no other
        error, now = ours(failure), clock().timestamp()
        with suppress(StateError, UserError):  # of the ledger itself
            chance = random.random()  # noqa: S311 - jitter, no secret
            wait = backoff(ledger.failures() + 1, chance, asked(error))
            note(ledger, error, now + wait)
        tell(name, _told(error))
    finally:
        ledger.close()


def _put_off(ledger: Ledger, now: float) -> TriageError | None:
    """Why an account is not to be tried yet."""
    wait = left(ledger.retry_at(), now)
    if not wait:
        return None
    if ledger.stopped():
        return AccountError("not-tried-stopped", seconds=round(wait))
    return MailboxError("not-tried", seconds=round(wait))


def _told(error: TriageError) -> Told:
    return AccountStopped(error, 0.0) if stops(error) else CycleFailed(error, 0.0)
