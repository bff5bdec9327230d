"""One account's connection to the ledger: transactions, and queries bound to the account."""

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from triage.errors import TriageError
from triage.ledger.file import FILE, connect, connect_copy, connect_memory, guarded


class Store:
    """The account's rows. Not shared between threads.

    Every method may raise UserError (damaged file) or StateError (disk full, read-only).
    """

    def __init__(self, connection: sqlite3.Connection, account: str, path: Path) -> None:
        self._db = connection
        self._account = account
        self._path = path

    @classmethod
    def open(cls, state: Path, account: str) -> Self:
        """The account (its main address, case folded) in the ledger of a state folder."""
        return cls(connect(state), account, state / FILE)

    @classmethod
    def open_copy(cls, state: Path, account: str) -> Self:
        """The same, as a copy in memory: nothing done to it outlives it."""
        return cls(connect_copy(state), account, state / FILE)

    @classmethod
    def in_memory(cls, account: str) -> Self:
        """An empty one, of which nothing outlives the process."""
        return cls(connect_memory(), account, Path(":memory:"))

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with guarded(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # SQLite itself rolls back when the disk is full
                    self._db.execute("ROLLBACK")
                raise
            try:
                self._db.execute("COMMIT")
            except sqlite3.Error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def run(self, sql: str, **values: object) -> None:
        self._db.execute(sql, {"account": self._account, **values})

    def all(self, sql: str, **values: object) -> list[sqlite3.Row]:
        with guarded(self._path):
            return self._db.execute(sql, {"account": self._account, **values}).fetchall()

    def each(self, sql: str, **values: object) -> Generator[sqlite3.Row, None, None]:
        """The rows one by one, for a query of any length. To be closed before the store is."""
        with (
            guarded(self._path),
            closing(self._db.execute(sql, {"account": self._account, **values})) as rows,
        ):
            yield from rows

    def first(self, sql: str, **values: object) -> sqlite3.Row | None:
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def one(self, sql: str, **values: object) -> sqlite3.Row:
        return self.all(sql, **values)[0]


def written(error: TriageError) -> str:
    """The facts of an error as they stand in a row: JSON."""
    return json.dumps(error.facts, default=str, sort_keys=True)
