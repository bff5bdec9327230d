"""The daemon: one thread an account, signals, and systemd."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from triage.account import Account
from triage.config import Config
from triage.daemon.daily import Herald, Wording
from triage.daemon.desk import Outfit
from triage.daemon.events import (
    Hanging,
    Listener,
    ModelNotRead,
    ModelRenewed,
    ModelReplaced,
    Reloaded,
    ReloadFailed,
    Started,
    Stopping,
    Told,
)
from triage.daemon.lock import locked
from triage.daemon.notify import Notifier
from triage.daemon.pulse import Pulse
from triage.daemon.signals import Signals, Stopped
from triage.daemon.tally import Tally
from triage.daemon.worker import Worker
from triage.errors import TriageError, UserError
from triage.finding import Desk

# SIGTERM must end everything within 5 seconds: so long the accounts have to finish their step, then
# their connections are cut, and so long they have to notice.
GRACE = 2.5
CUT = 0.5
# How often the main thread looks round when systemd asks for nothing sooner, in seconds.
ROUND = 5.0
# For how long systemd is to wait for the next step of a model that is made, in microseconds.
PATIENCE = 600_000_000


class Daemon:
    """Runs all accounts until SIGTERM or SIGINT. SIGHUP reads the configuration again."""

    def __init__(
        self,
        load: Callable[[], Config],
        tell: Listener,
        *,
        clock: Callable[[], datetime],
        notifier: Notifier | None = None,
        digest: Wording | None = None,
    ) -> None:
        self._load = load
        self._listener = tell
        self._clock = clock
        self._digest = digest
        self._notifier = notifier or Notifier()
        self._pulse = Pulse[threading.Thread](time.monotonic)
        self._signals = Signals()
        self._tally = Tally(clock)

    def run(self) -> None:
        """Returns after a signal. Raises UserError when it cannot start."""
        config = self._load()
        workers: Sequence[Worker] = ()
        with locked(config.state), self._signals.heard():
            with suppress(Stopped):
                workers = self._start(self._made(config))
                self._tell("", Started(len(workers)))
                self._notifier.send(READY=1)
                while not self._signals.stopping():
                    if self._signals.take_reload():
                        workers = self._reloaded(config, workers)
                    self._renew()
                    self._look(workers)
                    self._signals.wait(min(self._notifier.interval or ROUND, ROUND))
            self._notifier.send(STOPPING=1)
            self._end(workers)

    def _made(self, config: Config) -> Outfit:
        """Takes a minute where a model is made. `Stopped` when it is told to stop meanwhile:
        nothing is half done, the file of a model is written whole or not at all."""
        with self._signals.interrupting():
            return Outfit.of(config, self._replacing)

    def _replacing(self, error: UserError | None, made: bool) -> Callable[[int, int], None]:
        """Each step asks systemd for as long again, and is a sign of life after a reload: on a
        small machine a model takes minutes."""
        self._tell("", ModelReplaced(error, made))
        return lambda done, total: self._notifier.send(EXTEND_TIMEOUT_USEC=PATIENCE, WATCHDOG=1)

    def _start(self, outfit: Outfit) -> Sequence[Worker]:
        self._outfit = outfit
        workers = [self._worker(account, outfit.config) for account in outfit.config.accounts]
        for worker in workers:
            worker.start()
        return workers

    def _worker(self, account: Account, config: Config) -> Worker:
        tell = partial(self._tell, account.name)
        return Worker(
            account,
            partial(self._desk, account),
            config.state,
            pulse=self._pulse,
            clock=self._clock,
            tell=tell,
            herald=Herald(
                account,
                config.state,
                config.accounts,
                wording=self._digest,
                clock=self._clock,
                tell=tell,
            ),
        )

    def _desk(self, account: Account) -> Desk:
        return self._outfit.desk(account)

    def _renew(self) -> None:
        """Takes up a model that was made meanwhile: each account judges by it from its next cycle
        on. One that cannot be read changes nothing."""
        try:
            outfit = self._outfit.renewed()
        except UserError as error:
            self._tell("", ModelNotRead(error))
            return
        if outfit is not self._outfit:
            self._outfit = outfit
            self._tell("", ModelRenewed())

    def _reloaded(self, running: Config, workers: Sequence[Worker]) -> Sequence[Worker]:
        """The accounts by the new configuration, or those that run when it is not usable."""
        self._notifier.send(RELOADING=1, MONOTONIC_USEC=time.monotonic_ns() // 1000)
        try:
            config = self._load()
            if config.state != running.state:
                raise UserError("state-moved", old=str(running.state), new=str(config.state))
            outfit = self._made(config)
        except TriageError as error:
            self._tell("", ReloadFailed(error))
        else:
            self._end(workers)
            if self._signals.stopping():  # told to stop while the accounts were ending
                return ()
            workers = self._start(outfit)
            self._tell("", Reloaded(len(workers)))
        self._notifier.send(READY=1)
        return workers

    def _end(self, workers: Sequence[Worker]) -> None:
        """Asks all to end, then cuts the connections of those that have not."""
        for worker in workers:
            worker.stop()
        deadline = time.monotonic() + GRACE
        for worker in workers:
            worker.join(max(0.0, deadline - time.monotonic()))
        busy = [worker for worker in workers if worker.is_alive()]
        for worker in busy:
            worker.abort()
        deadline = time.monotonic() + CUT
        for worker in busy:
            worker.join(max(0.0, deadline - time.monotonic()))
        if self._signals.stopping():
            self._tell("", Stopping(tuple(w.account.name for w in workers if w.is_alive())))

    def _look(self, workers: Sequence[Worker]) -> None:
        """One look round: who is alive, and what systemd is told."""
        late = self._pulse.late()
        hanging = [w.account.name for w in workers if w in late or not w.is_alive()]
        if hanging:
            self._tell("", Hanging(tuple(hanging)))
            self._notifier.send(STATUS=f"hanging: {', '.join(hanging)}")
            return
        self._notifier.send(STATUS=self._tally.line(len(workers)), WATCHDOG=1)

    def _tell(self, account: str, told: Told) -> None:
        """What happens to the listener (a closed pipe, a full disk) happens to no account."""
        self._tally.count(told)
        with suppress(Exception):
            self._listener(account, told)
