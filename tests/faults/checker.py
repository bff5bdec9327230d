"""What lies in a mailbox, read through another client that shares no code with the program."""

import email
import email.policy
import imaplib
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from servers.ways import Ways

_UID = re.compile(rb"UID (\d+)")
_FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")


@dataclass(frozen=True)
class Lying:
    """A mail as it lies in a folder."""

    uid: int
    flags: frozenset[str]
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)  # type: ignore[return-value]

    @property
    def message_id(self) -> str:
        return str(self.parsed["Message-ID"])

    @property
    def answers(self) -> str:
        """The Message-ID it answers, "" for none."""
        return str(self.parsed["In-Reply-To"] or "")


class Checker:
    """One connection of imaplib's, which looks and changes nothing."""

    def __init__(self, port: int, user: str, password: str, ways: Ways) -> None:
        self._ways = ways
        self._client = imaplib.IMAP4("127.0.0.1", port, timeout=20)
        self._client.login(user, password)

    def lying(self, folder: str) -> list[Lying]:
        answer, said = self._client.select(self._ways.named(folder), readonly=True)
        assert answer == "OK", said
        _, found = self._client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])")
        mails = []
        for part in found:
            if isinstance(part, tuple):
                uid, flags = _UID.search(part[0]), _FLAGS.search(part[0])
                assert uid and flags
                mails.append(Lying(int(uid[1]), frozenset(flags[1].decode().split()), part[1]))
        return mails

    def close(self) -> None:
        self._client.logout()


def unended(ledger: Path) -> int:
    """How many messages and letters the program has not come to an end with, by its own file."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as book:
        places = "SELECT count(*) FROM location WHERE state <> 'finished'"
        drafts = "SELECT count(*) FROM draft WHERE state IN ('intended', 'appending')"
        return sum(int(book.execute(sql).fetchone()[0]) for sql in (places, drafts))


@dataclass
class Verdict:
    """What must all be nothing in the end, by the Message-IDs concerned; `transient` copies were
    there for a while and were taken away."""

    duplicates: Counter[str] = field(default_factory=Counter)
    missed: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    unended: int = 0
    transient: int = 0
    broken: int = 0  # episodes that could not be run to their end

    def __str__(self) -> str:
        return (
            f"{sum(self.duplicates.values())} duplicates, {len(self.missed)} missed, "
            f"{self.unended} without an end, "
            f"{len(self.touched)} of the owner's drafts touched, {len(self.changed)} of his mails "
            f"changed ({self.transient} copies that were taken away again)"
            + (f"; {self.broken} EPISODES BROKE OFF" if self.broken else "")
        )

    @property
    def clean(self) -> bool:
        wrong = (self.duplicates, self.missed, self.touched, self.changed, self.unended)
        return not any(wrong) and not self.broken

    def add(self, other: "Verdict") -> None:
        self.duplicates += other.duplicates
        self.missed |= other.missed
        self.touched |= other.touched
        self.changed |= other.changed
        self.unended += other.unended
        self.transient += other.transient
        self.broken += other.broken
