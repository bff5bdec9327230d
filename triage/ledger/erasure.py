"""Somebody is forgotten: what the ledger knows of him, and how it comes to know it no more.

That his mails are done with stays, by their digests and places: else they would be answered again.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from triage.errors import StateError
from triage.ledger.file import FILE, connect, guarded
from triage.record import Person

# `his` says whether an address is his, `named` whether a text has it in it.
MESSAGES = (
    "SELECT account, digest, writer, echo FROM message"
    " WHERE his(writer) OR his(complainant) OR named(subject)"
)


@dataclass(frozen=True, slots=True)
class Traces:
    """What the ledger knows of somebody: his mails by digest, and pairs of writer and `echo`, as in
    `Judged`; how many letters it holds that name him."""

    digests: frozenset[str]
    echoes: frozenset[tuple[str, str]]
    letters: int


def traces(state: Path, person: Person) -> Traces:
    """What is there of him. Makes no file. UserError, StateError."""
    if not os.access(state / FILE, os.F_OK):
        return Traces(frozenset(), frozenset(), 0)
    with _opened(state, person) as book:
        rows = book.execute(MESSAGES).fetchall()
        letters = _letters(book)
    return Traces(
        frozenset(row["digest"] for row in rows),
        frozenset((row["writer"], row["echo"]) for row in rows if row["writer"]),
        len(letters),
    )


def unteach(state: Path, digests: Iterable[str]) -> None:
    """Nothing more is learned from these mails while they lie where they do. UserError,
    StateError."""
    with guarded(state / FILE), closing(connect(state)) as book, book:
        for digest in digests:
            book.execute("UPDATE lesson SET kept = 0 WHERE digest = ?", (digest,))


def erase(state: Path, person: Person) -> None:
    """Blanks all that, in one transaction, and takes the octets out of the file; a letter that is
    not laid yet is not laid any more. To be called while no other program works with the ledger;
    when it is interrupted, again. UserError, StateError `state-busy`."""
    if not os.access(state / FILE, os.F_OK):
        return
    with _opened(state, person) as book:
        book.execute("PRAGMA secure_delete = ON")
        book.execute("BEGIN IMMEDIATE")
        try:
            for row in _letters(book):
                book.execute(
                    "UPDATE draft SET raw = x'', in_reply_to = NULL, unsettled = NULL,"
                    " sweep_at = NULL, dropped = iif(state = 'stored', NULL, 'forgotten'),"
                    " state = iif(state = 'stored', 'stored', 'dropped')"
                    " WHERE account = :account AND digest = :digest AND generation = :generation",
                    dict(row),
                )
            for row in book.execute(MESSAGES).fetchall():
                place = {"account": row["account"], "digest": row["digest"]}
                book.execute(
                    "DELETE FROM thread WHERE account = :account AND (digest = :digest OR named ="
                    " (SELECT message_id FROM message WHERE account = :account"
                    "  AND digest = :digest))",
                    place,
                )
                book.execute(
                    "UPDATE message SET message_id = NULL, echo = '', writer = NULL,"
                    " subject = NULL, complainant = NULL, order_key = NULL, again = NULL"
                    " WHERE account = :account AND digest = :digest",
                    place,
                )
                book.execute(
                    "UPDATE lesson SET kept = 0 WHERE account = :account AND digest = :digest",
                    place,
                )
            book.execute("COMMIT")
        except BaseException:
            if book.in_transaction:
                book.execute("ROLLBACK")
            raise
        book.execute("VACUUM")
        busy, *_ = book.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StateError("state-busy", path=str(state / FILE))


def _letters(book: sqlite3.Connection) -> list[sqlite3.Row]:
    """The letters to his mails, and those to others' that name him, once they are laid."""
    own = (
        f"SELECT account, digest, generation FROM draft JOIN ({MESSAGES}) USING (account, digest)"
        " WHERE raw <> x''"
    )
    others = (
        "SELECT account, digest, generation FROM draft WHERE named(raw)"
        " AND state IN ('stored', 'dropped')"
    )
    return book.execute(f"{own} UNION {others}").fetchall()


@contextmanager
def _opened(state: Path, person: Person) -> Iterator[sqlite3.Connection]:
    def his(addr: str | None) -> bool:
        return addr is not None and person.is_his(addr)

    def named(text: str | bytes | None) -> bool:
        words = text.replace(b"=\r\n", b"").decode("latin-1") if isinstance(text, bytes) else text
        return words is not None and person.is_named(words)

    with guarded(state / FILE), closing(connect(state)) as book:
        book.create_function("his", 1, his, deterministic=True)
        book.create_function("named", 1, named, deterministic=True)
        yield book
