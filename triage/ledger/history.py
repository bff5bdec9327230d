"""What the ledger remembers of every message, in the order it was judged."""

import heapq
import json
import os
import sqlite3
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from triage.ledger.file import FILE
from triage.ledger.row import judged
from triage.ledger.store import Store
from triage.place import Ref
from triage.record import Judged
from triage.taxonomy import Outcome

# Both walk an index in the order of time: a ledger of any length is not sorted.
MESSAGES = (
    "SELECT message.*, draft.state, draft.dropped, draft.mailbox, draft.uidvalidity, draft.uid,"
    " draft.template, draft.stored, draft.fate, draft.fated, draft.changed,"
    " answer.answered, answer.how, mark.undone, correction.complaint AS said,"
    " (SELECT json_group_array(json_array(mailbox, uidvalidity, uid)) FROM location"
    "  WHERE location.account = message.account AND location.digest = message.digest) AS places"
    " FROM message LEFT JOIN draft ON draft.account = message.account"
    "  AND draft.digest = message.digest AND draft.generation = (SELECT max(generation)"
    "   FROM draft WHERE account = message.account AND digest = message.digest)"
    " LEFT JOIN answer ON answer.account = message.account AND answer.digest = message.digest"
    " LEFT JOIN mark ON mark.account = message.account AND mark.digest = message.digest"
    " LEFT JOIN correction ON correction.account = message.account"
    "  AND correction.digest = message.digest"
    " WHERE message.account = :account AND judged >= :begin"
    "  AND (:outcome IS NULL OR outcome = :outcome) ORDER BY judged, message.digest"
)
FAILURES = (
    "SELECT * FROM location WHERE account = :account AND failed IS NOT NULL AND tried >= :begin"
    " ORDER BY tried"
)


@dataclass(frozen=True, slots=True)
class LaidLetter:
    """How far a letter has come: `state` is intended, appending, stored or dropped; `dropped` says
    why it was, "" else; `ref` is where it was stored, and `stored` when.

    `fate` is what became of it since, "" while it waits untouched: edited (it lies there changed),
    gone (it lies nowhere, and may be open in a composer), discarded, sent; or taken away by triage
    because the matter is settled, answered, no complaint (corrected), or the letter replaced.
    `fated` is when that was seen, `changed` the share of the words of a sent one that the owner
    changed, 0.0 to 1.0.
    """

    state: str
    dropped: str
    ref: Ref | None
    template: str = ""
    stored: float | None = None
    fate: str = ""
    fated: float | None = None
    changed: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A judged message, every place where it was seen, and its letter if it got one.

    `answered` is when its owner first answered it, and `how`: by the letter, by words of his own,
    or only by the mail program's word for it (flag); None and "" when he has not, as far as is
    known. `dealt` is when he was seen to have taken our flag off it. `said`: whether
    it is a complaint, as he himself says, None where he has not.
    """

    judged: Judged
    places: tuple[Ref, ...]
    letter: LaidLetter | None
    answered: float | None = None
    how: str = ""
    dealt: float | None = None
    said: bool | None = None

    @property
    def moment(self) -> float:
        return self.judged.judged


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be read: why (`kind` and `facts` of the error), when it was last
    tried, and when it is tried again, None when it was given up."""

    ref: Ref
    moment: float
    kind: str
    facts: Mapping[str, object]
    retry_at: float | None


def history(
    state: Path, account: str, begin: float, outcome: Outcome | None = None
) -> Generator[Entry | SetAside, None, None]:
    """The account's messages since `begin`, all or those of one outcome, the newest last. Read one
    by one, however many there are. Makes no file. Closing it closes all that it has opened."""
    if not os.access(state / FILE, os.F_OK):
        return
    with ExitStack() as opened:  # closed in reverse: the rows before the store they come from
        book = opened.enter_context(closing(Store.open(state, account)))
        parts: list[Iterator[Entry | SetAside]] = []
        if outcome is not Outcome.FAILED:
            rows = opened.enter_context(closing(book.each(MESSAGES, begin=begin, outcome=outcome)))
            parts.append(map(_entry, rows))
        if outcome in {None, Outcome.FAILED}:
            rows = opened.enter_context(closing(book.each(FAILURES, begin=begin)))
            parts.append(map(_set_aside, rows))
        yield from heapq.merge(*parts, key=lambda each: each.moment)


def _entry(row: sqlite3.Row) -> Entry:
    places = tuple(Ref(*place) for place in json.loads(row["places"]))
    letter = None
    if row["state"]:
        stored = row["state"] == "stored"
        ref = Ref(row["mailbox"], row["uidvalidity"], row["uid"]) if stored else None
        letter = LaidLetter(
            row["state"],
            row["dropped"] or "",
            ref,
            row["template"],
            row["stored"],
            row["fate"] or "",
            row["fated"],
            row["changed"],
        )
    said = None if row["said"] is None else bool(row["said"])
    answered = (row["answered"], row["how"] or "")
    return Entry(judged(row), places, letter, *answered, row["undone"], said)


def _set_aside(row: sqlite3.Row) -> SetAside:
    return SetAside(
        Ref(row["mailbox"], row["uidvalidity"], row["uid"]),
        row["tried"],
        row["failed"],
        json.loads(row["facts"] or "{}"),
        row["retry_at"] if row["state"] == "listed" else None,
    )
