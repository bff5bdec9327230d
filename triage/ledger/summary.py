"""What the ledger can say about an account without asking any server."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from triage.ledger.daily import Dailies
from triage.ledger.file import FILE
from triage.ledger.store import Store
from triage.taxonomy import SignalKind

OUTCOMES = (
    "SELECT outcome, count(*) FROM message WHERE account = :account AND judged >= :begin"
    " GROUP BY outcome"
    " UNION ALL SELECT 'failed', count(*) FROM location WHERE account = :account"
    " AND failed IS NOT NULL AND tried >= :begin HAVING count(*) > 0"
)

HARM = (
    "SELECT count(*) FROM message WHERE account = :account AND judged >= :begin"
    f" AND ' ' || signals || ' ' LIKE '% {SignalKind.HARM} %'"
)

AGAIN = (
    "SELECT count(DISTINCT complainant) FROM message WHERE account = :account"
    " AND judged >= :begin AND again IS NOT NULL"
)

OPEN = "SELECT count(*) FROM draft WHERE account = :account AND state IN ('intended', 'appending')"
UNSETTLED = (
    "SELECT count(*), min(retry_at) FROM draft WHERE account = :account AND unsettled IS NOT NULL"
)
DOUBLED = (
    "SELECT count(*), min(sweep_at) FROM draft WHERE account = :account AND attempts > 1"
    " AND sweep_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """One account in figures. Times are seconds since the epoch, None when it never happened.

    `outcomes` and `drafts` count what was judged (or failed) and stored since `begin`, `lately` the
    outcomes since an earlier time, `harm` the mails among these that tell of it, and `again` the
    customers who in these have complained again of the same matter. `open_drafts` are not on the
    server yet, `unsettled` of them may be (an APPEND whose answer never came), and are looked for
    again from `settles` on. `doubled` are on it and may come a second time (they were appended more
    than once): a late copy is looked for next at `sweep`, and taken away. `unreadable` counts
    the messages ever given up, by kind of error. `error` is the kind of the error that ended the
    last cycle, "" when it ended well; `stopped` says that the owner must act
    on it. `digest` is when the last one was laid.
    """

    begin: float
    started: float | None
    succeeded: float | None
    failures: int
    retry_at: float | None
    stopped: bool
    error: str
    facts: Mapping[str, object]
    outcomes: Mapping[str, int]
    lately: Mapping[str, int]
    harm: int
    again: int
    drafts: int
    open_drafts: int
    unsettled: int
    settles: float | None
    doubled: int
    sweep: float | None
    unreadable: Mapping[str, int]
    digest: float | None


def summary(state: Path, account: str, begin: float, lately: float) -> Summary | None:
    """The account since `begin` and since `lately`, None when the ledger does not know it. Makes no
    file."""
    if not os.access(state / FILE, os.F_OK):
        return None
    book = Dailies.open(state, account)
    try:
        row = book.first("SELECT * FROM account WHERE account = :account")
        if row is None:
            return None
        unsettled, settles = book.one(UNSETTLED)
        doubled, sweep = book.one(DOUBLED)
        return Summary(
            begin=begin,
            started=row["started"],
            succeeded=row["succeeded"],
            failures=row["failures"],
            retry_at=row["retry_at"],
            stopped=bool(row["stopped"]),
            error=row["error"] or "",
            facts=json.loads(row["facts"] or "{}"),
            outcomes=_counts(book, OUTCOMES, begin),
            lately=_counts(book, OUTCOMES, lately),
            harm=_count(book, HARM, lately),
            again=_count(book, AGAIN, lately),
            drafts=_count(
                book,
                "SELECT count(*) FROM draft WHERE account = :account AND stored >= :begin",
                begin,
            ),
            open_drafts=_count(book, OPEN, begin),
            unsettled=unsettled,
            settles=settles,
            doubled=doubled,
            sweep=sweep,
            unreadable=_counts(
                book,
                "SELECT failed, count(*) FROM location WHERE account = :account"
                " AND failed IS NOT NULL AND state = 'finished' GROUP BY failed",
                begin,
            ),
            digest=last[1] if (last := book.last_daily()) else None,
        )
    finally:
        book.close()


def _counts(book: Store, sql: str, begin: float) -> dict[str, int]:
    return {str(row[0]): int(row[1]) for row in book.all(sql, begin=begin)}


def _count(book: Store, sql: str, begin: float) -> int:
    return int(book.all(sql, begin=begin)[0][0])
