"""One account's thread: connect, cycle, wait, and back off when something fails."""

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from triage.account import Account
from triage.cycle import cycle
from triage.daemon.backoff import backoff, left
from triage.daemon.daily import Herald
from triage.daemon.events import AccountStopped, Connected, CycleEnded, CycleFailed, Told
from triage.daemon.failure import asked, note, ours, stops
from triage.daemon.pulse import STEP, Pulse
from triage.daemon.teaching import Teacher
from triage.errors import TriageError
from triage.event import Event, MailboxMissing
from triage.finding import Desk
from triage.ledger import Ledger
from triage.mailbox import Session, connect
from triage.reply import is_draft_id
from triage.story import Story

# A stopped account is tried again so often, in seconds: the owner may have mended it at the
# provider's (a password set again, a certificate renewed), where no restart tells us.
STOPPED = 3600.0
# A connection that lasted so long, in seconds, makes good for the failures before it.
HELD = 60.0
# From the beginning of one cycle to that of the next, in seconds, at least.
LEAST = 1.0


class Worker(threading.Thread):
    """Runs one account until it is told to stop. Nothing of it is shared but what is named here;
    `desk` is asked for before each cycle."""

    def __init__(
        self,
        account: Account,
        desk: Callable[[], Desk],
        state: Path,
        *,
        pulse: Pulse[threading.Thread],
        clock: Callable[[], datetime],
        tell: Callable[[Told], None],
        herald: Herald | None = None,
    ) -> None:
        super().__init__(name=f"account {account.name}", daemon=True)
        self.account = account
        self._desk = desk
        self._state = state
        self._pulse = pulse
        self._clock = clock
        self._tell = tell
        self._stopping = threading.Event()
        self._session: Session | None = None
        self._failures = 0
        self._missing = set[str]()
        self._teacher = Teacher(account, state, clock, tell)
        self._herald = herald

    def stop(self) -> None:
        """Asks the thread to end after the step it is at. Called from another thread."""
        self._stopping.set()
        if session := self._session:
            session.interrupt()

    def abort(self) -> None:
        """Cuts the connection under a thread that did not end. What was half done is found again
        by the next cycle, as after a broken line."""
        if session := self._session:
            session.abort()

    def run(self) -> None:
        self._post(STEP)
        while not self._stopping.is_set():
            self._wait(self._try())
        self._pulse.retire(self)  # only here: a thread that dies otherwise is missed

    def _try(self) -> float:
        """One connection from login to its end. Returns how long to wait before the next."""
        try:
            ledger = Ledger.open(self._state, self.account.address.key)
        except TriageError as error:
            return self._failed(error, None)
        try:
            if wait := left(ledger.retry_at(), self._now()):
                return wait  # an earlier process was to wait, and so are we
            self._failures = max(self._failures, ledger.failures())
            self._live(ledger)
        except Exception as error:  # noqa: BLE001 - a fault in one account ends no other
            return 0.0 if self._stopping.is_set() else self._failed(ours(error), ledger)
        finally:
            ledger.close()
        return 0.0

    def _live(self, ledger: Ledger) -> None:
        """A connection: cycle after cycle until it breaks or the thread is to stop."""
        ledger.since(self._now(), self.account.look_back)  # first contact, should login fail
        with connect(self.account, is_ours=is_draft_id, on_step=self._post) as session:
            self._session = session
            try:
                self._tell(Connected(self.account.host))
                self._cycles(session, ledger)
            finally:
                self._session = None

    def _cycles(self, session: Session, ledger: Ledger) -> None:
        connected, fresh = time.monotonic(), True
        while not self._stopping.is_set():
            begun = time.monotonic()
            ledger.started(self._now())
            cycle(
                Story(
                    self.account,
                    self._desk(),
                    session,
                    ledger,
                    self._clock,
                    self._tell_once,
                    self._stopping.is_set,
                    fresh,
                )
            )
            fresh = False
            if self._stopping.is_set():
                return
            ledger.succeeded(self._now())
            self._tell(CycleEnded())
            more = self._teacher.look(session, ledger, self._stopping.is_set)
            if self._herald and not self._stopping.is_set():
                self._herald.look(session, ledger, self._desk())
            if begun - connected > HELD:
                self._failures = 0
            if not more:
                self._idle(session, ledger)
            # A server that sees news all the time, or a clock that jumps, costs a look a second.
            self._stopping.wait(begun + LEAST - time.monotonic())

    def _idle(self, session: Session, ledger: Ledger) -> None:
        """Waits for new mail, for the next poll, or until something put off is due."""
        watched = (*self.account.mailboxes, *self.account.listed)
        due = ledger.next_retry(watched)
        seconds = self.account.poll if due is None else min(self.account.poll, due - self._now())
        if seconds > 0:
            session.wait(self.account.mailboxes[0], seconds, ledger.behind)

    def _failed(self, error: TriageError, ledger: Ledger | None) -> float:
        """Tells the listener and the ledger. Returns how long to wait, in seconds."""
        chance = random.random()  # noqa: S311 - jitter, no secret
        if stops(error):
            seconds, wait = STOPPED, backoff(1, chance)  # a restart, after a mend, waits no hour
            told: Told = AccountStopped(error, seconds)
        else:
            self._failures += 1
            seconds = wait = backoff(self._failures, chance, asked(error))
            told = CycleFailed(error, seconds)
        if ledger:
            note(ledger, error, self._now() + wait)
        self._tell(told)
        return seconds

    def _tell_once(self, event: Event) -> None:
        """A mailbox that stays away is told of once, not every minute."""
        if isinstance(event, MailboxMissing):
            if event.mailbox in self._missing:
                return
            self._missing.add(event.mailbox)
        self._tell(event)

    def _wait(self, seconds: float) -> None:
        self._post(STEP + seconds)
        self._stopping.wait(seconds)

    def _post(self, seconds: float = STEP) -> None:
        self._pulse.post(self, seconds)

    def _now(self) -> float:
        return self._clock().timestamp()
