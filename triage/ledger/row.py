"""Rows of the ledger as values."""

import sqlite3
from collections.abc import Container

from triage.place import Ref, Stored
from triage.record import Judged, LaidDraft


def judged(row: sqlite3.Row) -> Judged:
    """A row of the table `message`."""
    values = {name: row[name] for name in Judged.__slots__}
    return Judged(**{**values, "provisional": bool(values["provisional"])})


def laid(row: sqlite3.Row, stored: Container[str]) -> LaidDraft:
    """A row of the table `draft` that was stored; `stored` are the successors that were, too."""
    return LaidDraft(
        message_id=row["message_id"],
        in_reply_to=row["in_reply_to"],
        raw=row["raw"],
        stored=Stored(Ref(row["mailbox"], row["uidvalidity"], row["uid"]), row["raw_digest"]),
        digest=row["digest"],
        since=row["stored"],
        fate=row["fate"] or "",
        fated=row["fated"],
        changed=row["changed"],
        withdraw=row["withdraw"] or "",
        replaced=row["successor"] is None or row["successor"] in stored,
    )
