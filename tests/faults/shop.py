"""A shop on a real server, with a ledger on disk for each machine, and a clock that is set."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cycle.world import LETTERS, MORNING, Listener, Stepped, mail
from faults.checker import Checker, Lying
from servers.dovecot import PASSWORD, Dovecot
from servers.instance import Instance
from servers.memory import Fault, no_fault

from triage.account import Security
from triage.cycle import cycle
from triage.event import Event
from triage.finding import Desk
from triage.ledger import Ledger
from triage.mailbox import Timeouts, connect
from triage.orders import OrderFile
from triage.origin import House
from triage.reply import Identity, is_draft_id
from triage.reply import Shop as Rules
from triage.story import Story
from triage.verdict import Thresholds

PATIENT = Timeouts(connect=10.0, read=30.0, answer=30.0)
ONE, TWO = "one", "two"  # machines


def never() -> bool:
    """Nobody stops it."""
    return False


class Shop:
    """One account. Every look is a new process, on the disk of its machine."""

    def __init__(self, server: Dovecot | Instance, user: str, folder: Path) -> None:
        self.now = MORNING
        self.server, self.user, self.folder = server, user, folder
        self.account = server.account(user, Security.NONE)
        self._desk = Desk(
            Listener(),
            Thresholds(flag=0.8, unsure=0.4),
            House(self.account.addresses, ()),
            LETTERS,
            Rules(),
            Identity(self.account.addresses),
            OrderFile(None),
        )
        self.sit_down()

    def sit_down(self) -> None:
        """The owner's client and the checker's."""
        self.owner = self.server.owner(self.user)
        self.checker = Checker(self.server.port, self.user, PASSWORD, self.server.ways)

    def stand_up(self) -> None:
        self.owner.close()
        self.checker.close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Both clients are gone for a while."""
        self.stand_up()
        yield
        self.sit_down()

    def look(
        self,
        *,
        minutes: float = 0,
        machine: str = ONE,
        port: int | None = None,
        timeouts: Timeouts = PATIENT,
        step: Fault = no_fault,
        stopping: Callable[[], bool] = never,
    ) -> list[Event]:
        """One cycle, so many minutes later; what it told. `port` is that of a proxy, `step` hears
        of each step outside."""
        self.now += timedelta(minutes=minutes)
        folder, clock, told = self.folder / machine, self.now, list[Event]()
        folder.mkdir(parents=True, exist_ok=True)
        ledger = Ledger.open(folder, self.account.address.key)
        account = replace(self.account, port=port or self.account.port)
        session = None
        try:
            session = connect(account, is_ours=is_draft_id, timeouts=timeouts)
            story = Story(
                account,
                self._desk,
                Stepped(session, step, ""),  # type: ignore[arg-type]
                Stepped(ledger, step),  # type: ignore[arg-type]
                lambda: clock,
                told.append,
                stopping,
            )
            cycle(story)
            ledger.succeeded(clock.timestamp())
        finally:
            if session:
                session.close()
            ledger.close()
        return told

    def deliver(
        self, number: int, text: str, *, folder: str = "INBOX", sender: str = "", more: str = ""
    ) -> bytes:
        """The post brings a customer's mail, where no sender is named each customer's one."""
        sender = sender or f"C{number} <c{number}@customer.example>"
        raw = mail(number, f"Number {number}: {text}", sender=sender, date=self.now, more=more)
        self.owner.deliver(folder, raw, internal_date=self.now)
        return raw

    def ours(self) -> list[Lying]:
        """The drafts of the program that lie in Drafts, whoever has changed them since."""
        return [lying for lying in self.checker.lying("Drafts") if is_draft_id(lying.message_id)]

    def answered(self) -> Counter[str]:
        """How many drafts of the program answer each Message-ID."""
        return Counter(lying.answers for lying in self.ours())
