"""The ledger: what one account has seen, judged and drafted, and nothing that can be asked again.

Intent and completion of a draft commit singly; everything else is written a fetched batch at a
time. A transaction is never held open across a server's answer.
"""

from collections.abc import Sequence

from triage.errors import StateError, TriageError
from triage.ledger.daily import Dailies
from triage.ledger.drafts import Drafts
from triage.ledger.fates import Fates
from triage.ledger.lessons import Lessons
from triage.ledger.places import AT, Places, at
from triage.ledger.row import judged
from triage.ledger.store import written
from triage.place import Ref
from triage.record import Done, Judged

# A clock before this, the first day of 2025, is wrong: no triage is that old.
BEGINNING = 1_735_689_600.0


# So many complaints of one customer are looked at to find out whether he has written before.
FLOOD = 100
COMPLAINTS = (
    "SELECT * FROM message WHERE account = :account AND complainant = :complainant"
    " AND arrived >= :after AND arrived < :before ORDER BY arrived LIMIT :most"
)


class Ledger(Places, Drafts, Fates, Lessons, Dailies):
    """One account's view of the ledger. Not shared between threads.

    Every method may raise UserError (damaged file) or StateError (disk full, read-only).
    """

    # -- the account ------------------------------------------------------------------------

    def since(self, now: float, look_back: float) -> float:
        """From when on mail is judged: `look_back` before first contact, settled for ever then,
        but never in the future (a clock that was wrong at first contact). StateError
        `clock-behind` when this machine's clock cannot be right: all mail would be new."""
        if now < BEGINNING:
            raise StateError("clock-behind")
        row = self.first("SELECT since FROM account WHERE account = :account")
        if row and row["since"] is not None and row["since"] < now:
            return float(row["since"])
        with self.transaction():
            self.run(
                "INSERT INTO account (account, since) VALUES (:account, :since)"
                " ON CONFLICT DO UPDATE SET since = excluded.since",
                since=now - look_back,
            )
        return now - look_back

    def started(self, now: float) -> None:
        """A cycle begins."""
        with self.transaction():
            self.run("UPDATE account SET started = :now WHERE account = :account", now=now)

    def succeeded(self, now: float) -> None:
        """A whole cycle has ended well."""
        with self.transaction():
            self.run(
                "UPDATE account SET succeeded = :now, failures = 0, retry_at = NULL,"
                " stopped = 0, error = NULL, facts = NULL WHERE account = :account",
                now=now,
            )

    def last_success(self) -> float | None:
        """When the last whole cycle ended well, None when none ever has."""
        row = self.first("SELECT succeeded FROM account WHERE account = :account")
        return row["succeeded"] if row else None

    def failures(self) -> int:
        """Cycles that failed since the last good one."""
        row = self.first("SELECT failures FROM account WHERE account = :account")
        return int(row["failures"]) if row else 0

    def retry_at(self) -> float:
        """Until when the account backs off; 0.0 when it need not. Outlives a restart."""
        row = self.first("SELECT retry_at FROM account WHERE account = :account")
        return float(row["retry_at"] or 0.0) if row else 0.0

    def stopped(self) -> bool:
        """Whether the last cycle ended with what the owner must act on."""
        row = self.first("SELECT stopped FROM account WHERE account = :account")
        return bool(row and row["stopped"])

    def backs_off(self, error: TriageError, retry_at: float) -> None:
        """A cycle has failed and is tried again at `retry_at`."""
        self._ended(error, retry_at, stopped=False)

    def stops(self, error: TriageError, retry_at: float) -> None:
        """The account is stopped until its owner acts; even a restart waits until `retry_at`."""
        self._ended(error, retry_at, stopped=True)

    def _ended(self, error: TriageError, retry_at: float, *, stopped: bool) -> None:
        with self.transaction():
            self.run(
                "INSERT INTO account (account, failures, retry_at, stopped, error, facts)"
                " VALUES (:account, 1, :retry_at, :stopped, :error, :facts)"
                " ON CONFLICT DO UPDATE SET failures = failures + 1, retry_at = excluded.retry_at,"
                " stopped = excluded.stopped, error = excluded.error, facts = excluded.facts",
                retry_at=retry_at,
                stopped=stopped,
                error=error.kind,
                facts=written(error),
            )

    # -- messages ---------------------------------------------------------------------------

    def known(self, digest: str) -> Judged | None:
        """The message of this digest, None when it was never judged."""
        row = self.first(
            "SELECT * FROM message WHERE account = :account AND digest = :digest", digest=digest
        )
        return judged(row) if row else None

    def echoed(self, echo: str, digest: str, after: float) -> bool:
        """Whether another message with the same writer and text was flagged, doubted or answered
        after that time."""
        row = self.first(
            "SELECT 1 FROM message WHERE account = :account AND echo = :echo AND judged > :after"
            " AND digest <> :digest AND provisional = 0"
            " AND (outcome IN ('flagged', 'unsure', 'repeat') OR undrafted = '') LIMIT 1",
            echo=echo,
            after=after,
            digest=digest,
        )
        return row is not None

    def complaints(self, complainant: str, after: float, before: float) -> list[Judged]:
        """The complaints of one customer that arrived from `after` on and before `before`, oldest
        first; of somebody who floods the shop so many, and no more."""
        rows = self.all(
            COMPLAINTS,
            complainant=complainant,
            after=after,
            before=before,
            most=FLOOD,
        )
        return [judged(row) for row in rows]

    def finish(self, done: Sequence[Done], now: float) -> None:
        """These places are done with, their messages judged, and their letters intended: all of it
        or nothing. No server has heard of the letters yet."""
        if not done:
            return
        with self.transaction():
            for each in done:
                if each.judged:
                    self._judge(each.judged)
                if each.digest and each.marks:
                    self.marked(each.digest, each.marks, now)
                if each.draft:
                    self.intend(each.draft, now)
                if each.digest and each.thread:
                    self.threaded(each.digest, each.thread, settled=each.settled)
                if each.superseded:
                    replaced = each.draft if each.why == "replaced" else None
                    letter = replaced.message_id if replaced else None
                    self.superseded(each.superseded, each.why, letter)
                self._leave(each.ref, each.digest)

    def _judge(self, message: Judged) -> None:
        self.run(
            f"INSERT INTO message (account, {', '.join(Judged.__slots__)})"
            f" VALUES (:account, {', '.join(f':{name}' for name in Judged.__slots__)})"
            " ON CONFLICT DO UPDATE SET judged = excluded.judged, outcome = excluded.outcome,"
            " reason = excluded.reason, undrafted = excluded.undrafted,"
            " provisional = excluded.provisional, writer = excluded.writer,"
            " subject = excluded.subject, signals = excluded.signals,"
            " complainant = excluded.complainant, order_key = excluded.order_key,"
            " again = excluded.again WHERE provisional = 1",
            **{name: getattr(message, name) for name in Judged.__slots__},
        )

    def _leave(self, ref: Ref, digest: str | None) -> None:
        """A vanished message leaves no row: should it be listed again, it is looked at again."""
        if digest is None:
            self.run(f"DELETE FROM location WHERE {AT}", **at(ref))
        else:
            self.run(
                "UPDATE location SET state = 'finished', digest = :digest, failed = NULL,"
                f" facts = NULL WHERE {AT}",
                **at(ref),
                digest=digest,
            )
