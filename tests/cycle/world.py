"""A small shop to tell the story in: a server in memory, a ledger on disk, a clock that is set."""

import email
import email.policy
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any

from servers.memory import Fault, MemoryMailboxes, MemoryServer, no_fault

from triage.account import Account, PasswordFrom, Security
from triage.cycle import cycle
from triage.event import Event
from triage.finding import Desk
from triage.ledger import Entry, Ledger, history
from triage.message import Address
from triage.orders import OrderFile
from triage.origin import House
from triage.reply import Identity, Shop, is_draft_id
from triage.reply.letters import Letters
from triage.story import Story
from triage.taxonomy import SignalKind, Topic
from triage.verdict import Clue, Opinion, Signal, Thresholds

OWNER = Address("Mira", "hello@shop.example")
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACCOUNT = Account(
    name="shop",
    addresses=(OWNER,),
    host="localhost",
    port=143,
    security=Security.NONE,
    user="shop",
    password=PasswordFrom(env="NOBODY_ASKS"),
)


SIGNS = {
    SignalKind.ANGRY: "livid",
    SignalKind.LAWYER: "lawyer",
}


class Listener:
    """A classifier that understands one word each."""

    def judge(self, subject: str, text: str) -> Opinion:
        words = f"{subject} {text}".lower()
        if "crash the judge" in words:
            raise ZeroDivisionError
        complaint = 0.99 if "broken" in words else 0.5 if "hmm" in words else 0.01
        topic = Topic.ORDER_STATUS if "when" in words else Topic.DAMAGED
        return Opinion(complaint, {topic: 1.0}, (Clue("broken", 2.0),), "en", known_language=True)

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        words = f"{subject} {text}".lower()
        return tuple(Signal(kind, words) for kind, sign in SIGNS.items() if sign in words)


LETTERS = Letters.load()


class World:
    """One account from one connection to the next. `restart` is a new process on the same disk."""

    def __init__(
        self,
        folder: Path,
        *,
        shop: Shop | None = None,
        account: Account = ACCOUNT,
        server: MemoryServer | None = None,
    ) -> None:
        self.server = server or MemoryServer()
        self.folder = folder
        self.account = account
        self.now = MORNING
        self.events: list[Event] = []
        self.ledger_fault: Fault = no_fault
        self.desk = Desk(
            Listener(),
            Thresholds(flag=0.8, unsure=0.4),
            House(account.addresses, account.own_lists),
            LETTERS,
            shop or Shop(),
            Identity(account.addresses),
            OrderFile(None),
        )
        self.restart()

    def restart(self) -> None:
        self.server.fault = self.ledger_fault = no_fault
        self.ledger = Ledger.open(self.folder, self.account.address.key)

    def cycle(self, *, minutes: float = 0) -> list[Event]:
        """A new connection and one cycle, so many minutes later. Returns what it told."""
        self.now += timedelta(minutes=minutes)
        before = len(self.events)
        mailboxes = self.connect()
        cycle(
            Story(
                self.account,
                self.desk,
                mailboxes,
                Stepped(self.ledger, self.ledger_fault),  # type: ignore[arg-type]
                lambda: self.now,
                self.events.append,
            )
        )
        self.ledger.succeeded(self.now.timestamp())
        return self.events[before:]

    def connect(self) -> MemoryMailboxes:
        return MemoryMailboxes(self.server, self.account, is_ours=is_draft_id)

    def deliver(self, raw: bytes, *, to: str = "INBOX", days_ago: float = 0, **more: Any) -> int:
        arrived = self.now - timedelta(days=days_ago)
        return self.server.deliver(to, raw, internal_date=arrived, **more)

    def entry(self, number: int = 1) -> Entry:
        """What the ledger says of a mail."""
        (found,) = (
            each
            for each in history(self.folder, self.account.address.key, 0.0)
            if isinstance(each, Entry) and each.judged.message_id == msgid(number)
        )
        return found

    def drafts(self) -> list[EmailMessage]:
        """The mails in the Drafts folder."""
        return [_parsed(mail.raw) for mail in self.server.mails("Drafts")]

    def answered(self) -> Counter[str]:
        """How many drafts answer each Message-ID."""
        return Counter(str(draft["In-Reply-To"]) for draft in self.drafts())

    def flagged(self) -> set[str]:
        """The Message-IDs of the mails in the inbox that bear a flag."""
        return {
            str(_parsed(mail.raw)["Message-ID"])
            for mail in self.server.mails("INBOX")
            if "\\Flagged" in mail.flags
        }


class Stepped:
    """A ledger, or a connection, with a hook before and after each call, as the server in memory
    has one."""

    def __init__(self, whose: object, fault: Fault, prefix: str = "ledger.") -> None:
        self._whose, self._fault, self._prefix = whose, fault, prefix

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._whose, name)
        if not callable(method):
            return method

        def call(*arguments: Any, **named: Any) -> Any:
            self._fault("before", f"{self._prefix}{name}")
            result = method(*arguments, **named)
            self._fault("after", f"{self._prefix}{name}")
            return result

        return call


@lru_cache(1000)  # who reads them changes nothing
def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def mail(
    number: int,
    text: str,
    *,
    sender: str | None = None,
    subject: str = "My order",
    more: str = "",
    date: datetime = MORNING,
) -> bytes:
    """A customer's mail with the Message-ID <N@customer.example>; each has a writer of its own,
    where none is named."""
    if sender is None:
        sender = f"Ada Fox <ada{number if number != 1 else ''}@customer.example>"
    return (
        f"From: {sender}\r\nTo: hello@shop.example\r\nSubject: {subject}\r\n"
        f"Date: {date:%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: {msgid(number)}\r\n{more}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


def msgid(number: int) -> str:
    return f"<{number}@customer.example>"
