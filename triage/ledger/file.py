"""The ledger as a file: opened, brought up to date, and its errors turned into ours."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triage.errors import StateError, UserError
from triage.ledger import schema

FILE = "ledger.sqlite3"
# How long a writer waits for another account's transaction, in seconds: each is a few rows long.
BUSY = 30.0

_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PASSING = {
    sqlite3.SQLITE_FULL: "state-disk-full",
    sqlite3.SQLITE_IOERR: "state-io",
    sqlite3.SQLITE_READONLY: "state-read-only",
    sqlite3.SQLITE_BUSY: "state-busy",
}


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into UserError (damaged) or StateError (full, read-only, busy)."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary part of an extended code
        if code in _CORRUPT:
            raise UserError("ledger-damaged", path=str(path)) from error
        if code in _PASSING:
            raise StateError(_PASSING[code], path=str(path)) from error
        if code == sqlite3.SQLITE_CANTOPEN:
            raise UserError("ledger-not-opened", path=str(path)) from error
        raise
    except schema.TooNewError as error:
        raise UserError("ledger-too-new", path=str(path)) from error


def connect(state: Path) -> sqlite3.Connection:
    """Opens the ledger of a state folder, mode 0600, migrated to the newest schema.

    Raises UserError when the folder or file cannot be used, StateError when the disk fails.
    """
    path = state / FILE
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise UserError("ledger-not-opened", path=str(path), why=error.strerror) from error
    with guarded(path), _opened(str(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrate(connection)
        _see(connection, path)
    return connection


def connect_copy(state: Path) -> sqlite3.Connection:
    """A copy of the ledger in memory to try things out on: the file is not made, nor changed."""
    path = state / FILE
    with guarded(path), _opened(":memory:") as copy:
        if path.exists():
            source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                source.backup(copy)
            finally:
                source.close()
        schema.migrate(copy)
        _see(copy, path)
    return copy


def connect_memory() -> sqlite3.Connection:
    """An empty ledger in memory."""
    with _opened(":memory:") as connection:
        schema.migrate(connection)
    return connection


def _see(connection: sqlite3.Connection, path: Path) -> None:
    if not schema.is_ours(connection):
        raise UserError("ledger-damaged", path=str(path))


@contextmanager
def _opened(name: str) -> Iterator[sqlite3.Connection]:
    """A connection, closed again when what is done with it fails."""
    connection = sqlite3.connect(name, timeout=BUSY, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
    except BaseException:
        connection.close()
        raise
