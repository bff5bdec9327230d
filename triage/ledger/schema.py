"""The way from any earlier form of the ledger to the newest."""

import sqlite3
from contextlib import closing
from functools import cache

from triage.ledger.scripts import MIGRATIONS

VERSION = len(MIGRATIONS)


class TooNewError(Exception):
    """The ledger was written by a newer triage."""


def version(connection: sqlite3.Connection) -> int:
    """The version of an open ledger; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the ledger to `VERSION`, each step and its number in one transaction.

    Raises TooNewError when it is already further.
    """
    if version(connection) > VERSION:
        raise TooNewError
    for number in range(version(connection), VERSION):
        connection.execute("BEGIN EXCLUSIVE")
        try:
            if version(connection) == number:  # another process may have been faster
                for statement in _statements(MIGRATIONS[number]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite itself rolls back when the disk is full
                connection.execute("ROLLBACK")
            raise


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a ledger of `VERSION` holds what one that is made here holds, and nothing else:
    another's trigger or view would run with every statement of ours."""
    return _content(connection) == _made(VERSION)


@cache
def _made(_version: int) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        migrate(made)
        return _content(made)


def _content(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Tables and indexes by name, since SQLite words an altered one as it likes; triggers whole."""
    asked = (
        "SELECT type, name, tbl_name, iif(type = 'trigger', sql, '') FROM sqlite_schema"
        " WHERE name NOT GLOB 'sqlite_*'"
    )
    return {tuple(row) for row in connection.execute(asked)}


def _statements(script: str) -> list[str]:
    """The statements of a script, one by one: `executescript` would commit behind our back."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
