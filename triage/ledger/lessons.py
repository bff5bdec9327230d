"""Lessons in the ledger: which mails of the teaching folders have been read, and what they were."""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from triage.ledger.file import FILE
from triage.ledger.marking import Marking
from triage.ledger.places import at
from triage.ledger.store import Store
from triage.place import Ref
from triage.record import Taught

WAITING = (
    "SELECT count(DISTINCT digest) FROM lesson WHERE account = :account AND digest IS NOT NULL"
    " AND kept = 1 AND taught > :after"
)


class Lessons(Marking):
    """The account's lessons, place by place."""

    def taught_in(self, mailbox: str) -> Sequence[Taught]:
        """What is known of a teaching folder."""
        rows = self.all(
            "SELECT * FROM lesson WHERE account = :account AND mailbox = :mailbox", mailbox=mailbox
        )
        return [_taught(row) for row in rows]

    def taught_by(self, digest: str) -> list[Taught]:
        """Every place of a mail in the teaching folders."""
        rows = self.all(
            "SELECT * FROM lesson WHERE account = :account AND digest = :digest", digest=digest
        )
        return [_taught(row) for row in rows]

    def teach(
        self,
        read: Sequence[Taught],
        gone: Iterable[Ref],
        said: Mapping[str, bool | None],
        now: float,
    ) -> None:
        """These mails have been read, and nothing lies at those places any more; and what is
        `said` by that, as in `corrected`."""
        with self.transaction():
            for ref in gone:
                self.run(
                    "DELETE FROM lesson WHERE account = :account AND mailbox = :mailbox"
                    " AND uidvalidity = :uidvalidity AND uid = :uid",
                    **at(ref),
                )
            for each in read:
                self.run(
                    "INSERT OR REPLACE INTO lesson"
                    " (account, mailbox, uidvalidity, uid, digest, taught, tries, kept) VALUES"
                    " (:account, :mailbox, :uidvalidity, :uid, :digest, :taught, :tries, :kept)",
                    **at(each.ref),
                    digest=each.digest,
                    taught=each.taught,
                    tries=each.tries,
                    kept=each.kept,
                )
            self.correct(said, now)

    def renumbered(self, mailbox: str) -> None:
        """The UIDs of a teaching folder name other mails than before, under one UIDVALIDITY."""
        with self.transaction():
            self.run(
                "UPDATE OR REPLACE lesson SET uidvalidity = 0"
                " WHERE account = :account AND mailbox = :mailbox",
                mailbox=mailbox,
            )

    def outlived(self, before: float) -> list[str]:
        """The digests of the mails that were last taught before that time, and are kept."""
        rows = self.all(
            "SELECT digest FROM lesson WHERE account = :account AND digest IS NOT NULL"
            " GROUP BY digest HAVING max(taught) < :before AND min(kept) = 1",
            before=before,
        )
        return [str(row["digest"]) for row in rows]

    def unwanted(self, digests: Iterable[str]) -> None:
        """Nothing more is learned from these mails while they lie where they do."""
        with self.transaction():
            for digest in digests:
                self.run(
                    "UPDATE lesson SET kept = 0 WHERE account = :account AND digest = :digest",
                    digest=digest,
                )


def waiting(state: Path, account: str, after: float) -> int:
    """How many mails have been taught since that time, in seconds since the epoch. Makes no
    file."""
    if not os.access(state / FILE, os.F_OK):
        return 0
    book = Store.open(state, account)
    try:
        return int(book.one(WAITING, after=after)[0])
    finally:
        book.close()


def _taught(row: sqlite3.Row) -> Taught:
    ref = Ref(row["mailbox"], row["uidvalidity"], row["uid"])
    return Taught(ref, row["digest"], row["taught"], row["tries"], bool(row["kept"]))
