"""The ledger: what one account has seen, judged and drafted, and nothing that can be asked again.

Intent and completion of a draft commit singly; everything else is written a fetched batch at a
time. A transaction is never held open across a server's answer.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from triage.errors import TriageError
from triage.ledger.file import FILE, connect, connect_copy, guarded
from triage.place import Ref, Status, Stored
from triage.reply import Draft

# How often a message that cannot be read is tried before it is given up and listed.
ATTEMPTS = 3
# A draft that needed a second APPEND is looked at again so long after it was stored, in seconds:
# a late first one has arrived by then.
SWEEPS = (600.0, 3600.0, 86400.0)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox has been listed.

    UIDs from `base` on are all new mail; below it only those whose INTERNALDATE is not before
    `since` (seconds since the epoch). Every UID below `listed` has been listed once. `fresh`: this
    is the first contact with this UIDVALIDITY.
    """

    base: int
    since: float
    listed: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One message as the ledger keeps it. Times in seconds since the epoch."""

    digest: str
    message_id: str | None
    echo: str
    arrived: float
    judged: float
    outcome: str
    reason: str
    origin: str
    topic: str | None = None
    complaint: float | None = None
    language: str | None = None
    undrafted: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that is not on the server yet, as far as is known.

    `unsettled` is when an APPEND was sent whose answer is not known, None when there is none.
    """

    message_id: str
    generation: int
    digest: str
    answers: str | None
    raw: bytes
    attempts: int
    unsettled: float | None


@dataclass(frozen=True, slots=True)
class SweptDraft:
    """A stored draft of which a late second copy may have arrived, and where the first lies."""

    message_id: str
    generation: int
    digest: str
    raw: bytes
    stored: Stored


class Ledger:
    """One account's view of the ledger. Not shared between threads.

    Every method may raise UserError (damaged file) or StateError (disk full, read-only).
    """

    def __init__(self, connection: sqlite3.Connection, account: str, path: Path) -> None:
        self._db = connection
        self._account = account
        self._path = path

    @classmethod
    def open(cls, state: Path, account: str) -> "Ledger":
        """The account (its main address, case folded) in the ledger of a state folder."""
        return cls(connect(state), account, state / FILE)

    @classmethod
    def open_copy(cls, state: Path, account: str) -> "Ledger":
        """The same, as a copy in memory: nothing done to it outlives it."""
        return cls(connect_copy(state), account, state / FILE)

    def close(self) -> None:
        self._db.close()

    # -- the account ------------------------------------------------------------------------

    def since(self, now: float, look_back: float) -> float:
        """From when on mail is judged: `look_back` before first contact, settled for ever then."""
        with self._transaction():
            self._run(
                "INSERT INTO account (account, since) VALUES (:account, :since)"
                " ON CONFLICT DO NOTHING",
                since=now - look_back,
            )
            row = self._one("SELECT since FROM account WHERE account = :account")
        return float(row["since"])

    def started(self, now: float) -> None:
        """A cycle begins."""
        with self._transaction():
            self._run("UPDATE account SET started = :now WHERE account = :account", now=now)

    def succeeded(self, now: float) -> None:
        """A whole cycle has ended well."""
        with self._transaction():
            self._run(
                "UPDATE account SET succeeded = :now, failures = 0, retry_at = NULL,"
                " stopped = NULL, facts = NULL WHERE account = :account",
                now=now,
            )

    def failures(self) -> int:
        """Cycles that failed since the last good one."""
        row = self._first("SELECT failures FROM account WHERE account = :account")
        return int(row["failures"]) if row else 0

    def retry_at(self) -> float:
        """Until when the account backs off; 0.0 when it need not. Outlives a restart."""
        row = self._first("SELECT retry_at FROM account WHERE account = :account")
        return float(row["retry_at"] or 0.0) if row else 0.0

    def backs_off(self, error: TriageError, retry_at: float) -> None:
        """A cycle has failed and is tried again at `retry_at`."""
        self._ended(error, retry_at, stopped=False)

    def stops(self, error: TriageError) -> None:
        """The account is stopped until its owner acts."""
        self._ended(error, None, stopped=True)

    def _ended(self, error: TriageError, retry_at: float | None, *, stopped: bool) -> None:
        with self._transaction():
            self._run(
                "INSERT INTO account (account, since, failures, retry_at, stopped, facts)"
                " VALUES (:account, :now, 1, :retry_at, :stopped, :facts)"
                " ON CONFLICT DO UPDATE SET failures = failures + 1, retry_at = excluded.retry_at,"
                " stopped = excluded.stopped, facts = excluded.facts",
                now=0.0,
                retry_at=retry_at,
                stopped=error.kind if stopped else None,
                facts=_facts(error),
            )

    # -- places -----------------------------------------------------------------------------

    def enter(self, status: Status, since: float) -> Position:
        """The position in a mailbox as it was just opened.

        A new UIDVALIDITY, or a UIDNEXT that went backwards under the old one (renumbered), is a
        first contact: places are forgotten, messages are not.
        """
        place = {"mailbox": status.mailbox, "uidvalidity": status.uidvalidity}
        with self._transaction():
            row = self._first(
                "SELECT * FROM mailbox WHERE account = :account AND mailbox = :mailbox", **place
            )
            if row and row["uidvalidity"] == status.uidvalidity:
                if row["listed"] <= status.uidnext:
                    return Position(row["base"], row["since"], row["listed"], fresh=False)
                self._run(
                    "DELETE FROM location WHERE account = :account AND mailbox = :mailbox"
                    " AND uidvalidity = :uidvalidity",
                    **place,
                )
            self._run(
                "INSERT OR REPLACE INTO mailbox (account, mailbox, uidvalidity, base, since, listed)"
                " VALUES (:account, :mailbox, :uidvalidity, :base, :since, 1)",
                **place,
                base=status.uidnext,
                since=since,
            )
        return Position(status.uidnext, since, 1, fresh=True)

    def list(self, status: Status, uids: Iterable[int]) -> None:
        """These UIDs, and with them all below the status's UIDNEXT, have been listed."""
        place = {"mailbox": status.mailbox, "uidvalidity": status.uidvalidity}
        with self._transaction():
            self._db.executemany(
                "INSERT INTO location (account, mailbox, uidvalidity, uid, state)"
                " VALUES (?, ?, ?, ?, 'listed') ON CONFLICT DO NOTHING",
                (
                    (self._account, status.mailbox, status.uidvalidity, uid)
                    for uid in uids
                ),
            )
            self._run(
                "UPDATE mailbox SET listed = max(listed, :uidnext)"
                " WHERE account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity",
                **place,
                uidnext=status.uidnext,
            )

    def unfinished(self, status: Status, now: float) -> Sequence[int]:
        """The listed UIDs that are to be handled now, ascending."""
        rows = self._all(
            "SELECT uid FROM location WHERE account = :account AND mailbox = :mailbox"
            " AND uidvalidity = :uidvalidity AND state = 'listed' AND retry_at <= :now"
            " ORDER BY uid",
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
            now=now,
        )
        return [int(row["uid"]) for row in rows]

    def failed(self, ref: Ref, error: TriageError, retry_at: float) -> bool:
        """This place could not be read. True when it is given up: listed with its reason."""
        with self._transaction():
            self._run(
                "UPDATE location SET attempts = attempts + 1, retry_at = :retry_at,"
                " failed = :kind, facts = :facts,"
                " state = CASE WHEN attempts + 1 >= :most THEN 'finished' ELSE state END"
                f" WHERE {_AT}",
                **_at(ref),
                retry_at=retry_at,
                kind=error.kind,
                facts=_facts(error),
                most=ATTEMPTS,
            )
            row = self._first(f"SELECT state FROM location WHERE {_AT}", **_at(ref))
        return bool(row and row["state"] == "finished")

    # -- messages ---------------------------------------------------------------------------

    def known(self, digest: str) -> Judged | None:
        """The message of this digest, None when it was never judged."""
        row = self._first(
            "SELECT * FROM message WHERE account = :account AND digest = :digest", digest=digest
        )
        return _judged(row) if row else None

    def echoed(self, echo: str, digest: str, after: float) -> bool:
        """Whether another message with the same sender and text was judged after that time."""
        row = self._first(
            "SELECT 1 FROM message WHERE account = :account AND echo = :echo AND judged > :after"
            " AND digest <> :digest AND provisional = 0 LIMIT 1",
            echo=echo,
            after=after,
            digest=digest,
        )
        return row is not None

    def finish(
        self, places: Mapping[Ref, str | None], messages: Iterable[Judged] = ()
    ) -> None:
        """These messages are judged, and these places done: ref → digest, None when it vanished."""
        with self._transaction():
            self._finish(places, messages)

    def _finish(self, places: Mapping[Ref, str | None], messages: Iterable[Judged]) -> None:
        for message in messages:
            self._run(
                "INSERT INTO message (account, digest, message_id, echo, arrived, judged, outcome,"
                " reason, origin, topic, complaint, language, undrafted, provisional)"
                " VALUES (:account, :digest, :message_id, :echo, :arrived, :judged, :outcome,"
                " :reason, :origin, :topic, :complaint, :language, :undrafted, :provisional)"
                " ON CONFLICT DO UPDATE SET judged = excluded.judged, outcome = excluded.outcome,"
                " reason = excluded.reason, undrafted = excluded.undrafted,"
                " provisional = excluded.provisional",
                **{name: getattr(message, name) for name in Judged.__slots__},
            )
        for ref, digest in places.items():
            self._run(
                "UPDATE location SET state = 'finished', digest = :digest, failed = NULL,"
                f" facts = NULL WHERE {_AT}",
                **_at(ref),
                digest=digest,
            )

    # -- drafts -----------------------------------------------------------------------------

    def intend(
        self,
        draft: Draft,
        answers: str | None,
        now: float,
        places: Mapping[Ref, str | None],
        messages: Iterable[Judged],
    ) -> None:
        """A draft is going to be stored: committed, with its message, before the server hears."""
        with self._transaction():
            self._finish(places, messages)
            self._run(
                "INSERT INTO draft (account, digest, generation, message_id, answers, template,"
                " raw, state, intended) VALUES (:account, :digest, :generation, :message_id,"
                " :answers, :template, :raw, 'intended', :now)",
                digest=draft.digest,
                generation=draft.generation,
                message_id=draft.message_id,
                answers=answers,
                template=draft.template,
                raw=draft.raw,
                now=now,
            )

    def open_drafts(self, now: float) -> list[OpenDraft]:
        """The drafts to be brought to the server now, oldest first."""
        rows = self._all(
            "SELECT * FROM draft WHERE account = :account AND state IN ('intended', 'appending')"
            " AND retry_at <= :now ORDER BY intended, message_id",
            now=now,
        )
        return [
            OpenDraft(**{name: row[name] for name in OpenDraft.__slots__}) for row in rows
        ]

    def next_retry(self) -> float | None:
        """When the next put-off draft or unreadable message is due, None when nothing waits."""
        row = self._one(
            "SELECT min(due) AS due FROM ("
            " SELECT retry_at AS due FROM draft WHERE account = :account"
            "  AND state IN ('intended', 'appending')"
            " UNION ALL SELECT sweep_at FROM draft WHERE account = :account"
            "  AND sweep_at IS NOT NULL"
            " UNION ALL SELECT retry_at FROM location WHERE account = :account"
            "  AND state = 'listed' AND retry_at > 0)"
        )
        return None if row["due"] is None else float(row["due"])

    def appending(self, message_id: str, now: float, settle: float) -> None:
        """An APPEND is about to be sent: until its answer is known the draft may lie anywhere."""
        self._move(
            message_id,
            "state = 'appending', attempts = attempts + 1, unsettled = :now,"
            " retry_at = :retry_at",
            now=now,
            retry_at=now + settle,
        )

    def unknown(self, message_id: str, now: float, settle: float) -> None:
        """The answer to the APPEND never came: the draft is left alone until it has settled."""
        self._move(
            message_id,
            "unsettled = :now, doubtful = 1, retry_at = :retry_at",
            now=now,
            retry_at=now + settle,
        )

    def refused(self, message_id: str, retry_at: float) -> None:
        """The server refused the APPEND: nothing was stored, it is tried again later."""
        self._move(message_id, "unsettled = NULL, retry_at = :retry_at", retry_at=retry_at)

    def dropped(self, message_id: str, why: str) -> None:
        """The draft is not wanted any more (the owner has answered): never to be stored."""
        self._move(message_id, "state = 'dropped', unsettled = NULL, dropped = :why", why=why)

    def stored(self, message_id: str, stored: Stored, now: float) -> None:
        """The draft lies on the server. From now on it is the owner's."""
        self._move(
            message_id,
            "state = 'stored', stored = :now, mailbox = :mailbox, uidvalidity = :uidvalidity,"
            " uid = :uid, raw_digest = :raw_digest,"
            " sweep_at = CASE WHEN unsettled IS NOT NULL AND unsettled < :now OR doubtful"
            "  OR attempts > 1 THEN :sweep_at END, unsettled = NULL",
            now=now,
            mailbox=stored.ref.mailbox,
            uidvalidity=stored.ref.uidvalidity,
            uid=stored.ref.uid,
            raw_digest=stored.raw_digest,
            sweep_at=now + SWEEPS[0],
        )

    def _move(self, message_id: str, change: str, **values: object) -> None:
        with self._transaction():
            self._run(
                f"UPDATE draft SET {change}"
                " WHERE account = :account AND message_id = :message_id",
                message_id=message_id,
                **values,
            )

    def sweeps(self, now: float) -> list[SweptDraft]:
        """The stored drafts of which a late second copy is to be looked for now."""
        rows = self._all(
            "SELECT * FROM draft WHERE account = :account AND sweep_at <= :now", now=now
        )
        return [
            SweptDraft(
                row["message_id"],
                row["generation"],
                row["digest"],
                row["raw"],
                Stored(Ref(row["mailbox"], row["uidvalidity"], row["uid"]), row["raw_digest"]),
            )
            for row in rows
        ]

    def swept(self, message_id: str, now: float) -> None:
        """Looked for late copies; the next look, if one is due, is arranged."""
        sweeps = " ".join(
            f"WHEN {number} THEN :now + {delay}" for number, delay in enumerate(SWEEPS[1:])
        )
        self._move(
            message_id, f"sweep_at = CASE sweeps {sweeps} END, sweeps = sweeps + 1", now=now
        )

    # -- SQLite -----------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[None]:
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

    def _run(self, sql: str, **values: object) -> None:
        self._db.execute(sql, {"account": self._account, **values})

    def _all(self, sql: str, **values: object) -> list[sqlite3.Row]:
        with guarded(self._path):
            return self._db.execute(sql, {"account": self._account, **values}).fetchall()

    def _first(self, sql: str, **values: object) -> sqlite3.Row | None:
        rows = self._all(sql, **values)
        return rows[0] if rows else None

    def _one(self, sql: str, **values: object) -> sqlite3.Row:
        return self._all(sql, **values)[0]


_AT = (
    "account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity AND uid = :uid"
    " AND state = 'listed'"
)


def _at(ref: Ref) -> dict[str, object]:
    return {"mailbox": ref.mailbox, "uidvalidity": ref.uidvalidity, "uid": ref.uid}


def _facts(error: TriageError) -> str:
    return json.dumps(error.facts, default=str, sort_keys=True)


def _judged(row: sqlite3.Row) -> Judged:
    values = {name: row[name] for name in Judged.__slots__}
    return Judged(**{**values, "provisional": bool(values["provisional"])})
