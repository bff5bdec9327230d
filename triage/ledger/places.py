"""Places in the ledger: which UIDs of a mailbox have been listed, and which are done with."""

from collections.abc import Iterable, Sequence

from triage.errors import TriageError
from triage.ledger.store import Store, written
from triage.place import Ref, Status
from triage.record import Known, Position

# How often a message that cannot be read is tried before it is given up and listed: the waits
# between are 1, 4, 16, 64 minutes, 4 and 17 hours, so that a bad day of the server's, or of this
# machine's memory, passes.
ATTEMPTS = 7
# So many of the newest messages tell whether the UIDs still mean what they meant.
NEWEST = 5


class Places(Store):
    """The account's mailboxes, UID by UID."""

    def newest(self, status: Status) -> list[Known]:
        """The messages with the highest UIDs that are known by their Message-ID, the newest
        first."""
        rows = self.all(
            "SELECT uid, digest, message_id FROM location JOIN message USING (account, digest)"
            " WHERE account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity"
            " AND message_id IS NOT NULL ORDER BY uid DESC LIMIT :newest",
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
            newest=NEWEST,
        )
        return [Known(*row) for row in rows]

    def enter(self, status: Status, since: float, *, renumbered: bool = False) -> Position:
        """The position in a mailbox as it was just opened.

        A new UIDVALIDITY, or a UIDNEXT that went backwards under the old one, or UIDs that name
        other messages (`renumbered`), is a first contact: places are forgotten, messages are not.
        """
        place = {"mailbox": status.mailbox, "uidvalidity": status.uidvalidity}
        with self.transaction():
            row = self.first(
                "SELECT * FROM mailbox WHERE account = :account AND mailbox = :mailbox", **place
            )
            same = row and row["uidvalidity"] == status.uidvalidity and not renumbered
            if row and same and row["listed"] <= status.uidnext:
                return Position(row["base"], row["since"], row["listed"])
            self.run(
                "DELETE FROM location WHERE account = :account AND mailbox = :mailbox", **place
            )
            self.run(
                "INSERT OR REPLACE INTO mailbox"
                " (account, mailbox, uidvalidity, base, since, listed)"
                " VALUES (:account, :mailbox, :uidvalidity, :base, :since, 1)",
                **place,
                base=status.uidnext,
                since=since,
            )
        return Position(status.uidnext, since, 1)

    def listed(self, status: Status, uids: Iterable[int]) -> None:
        """These UIDs, and with them all below the status's UIDNEXT, have been listed."""
        place = {"mailbox": status.mailbox, "uidvalidity": status.uidvalidity}
        with self.transaction():
            self._db.executemany(
                "INSERT INTO location (account, mailbox, uidvalidity, uid, state)"
                " VALUES (?, ?, ?, ?, 'listed') ON CONFLICT DO NOTHING",
                ((self._account, status.mailbox, status.uidvalidity, uid) for uid in uids),
            )
            self.run(
                "UPDATE mailbox SET listed = :uidnext"  # no news, nothing written
                " WHERE account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity"
                " AND listed < :uidnext",
                **place,
                uidnext=status.uidnext,
            )

    def behind(self, status: Status) -> bool:
        """Whether the mailbox has moved since it was last listed."""
        row = self.first(
            "SELECT uidvalidity, listed FROM mailbox"
            " WHERE account = :account AND mailbox = :mailbox",
            mailbox=status.mailbox,
        )
        return row is None or tuple(row) != (status.uidvalidity, status.uidnext)

    def unfinished(self, status: Status, now: float) -> Sequence[int]:
        """The listed UIDs that are to be handled now, ascending; last those that could not be read
        before: what breaks the line each time keeps no other waiting."""
        rows = self.all(
            "SELECT uid FROM location WHERE account = :account AND mailbox = :mailbox"
            " AND uidvalidity = :uidvalidity AND state = 'listed' AND retry_at <= :now"
            " ORDER BY attempts, uid",
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
            now=now,
        )
        return [int(row["uid"]) for row in rows]

    def troubled(self, status: Status) -> bool:
        """Whether the last FETCH from this mailbox broke off."""
        row = self.first(
            "SELECT trouble FROM mailbox WHERE account = :account AND mailbox = :mailbox",
            mailbox=status.mailbox,
        )
        return bool(row and row["trouble"])

    def trouble(self, status: Status, there_is: bool) -> None:
        """A FETCH from this mailbox broke off, or all that was suspect has come through."""
        with self.transaction():
            self.run(
                "UPDATE mailbox SET trouble = :trouble"
                " WHERE account = :account AND mailbox = :mailbox",
                mailbox=status.mailbox,
                trouble=there_is,
            )

    def failed(self, ref: Ref, error: TriageError, now: float) -> bool:
        """This place could not be read; it is tried again, each time after a longer wait. True
        when it is given up: listed with its reason."""
        with self.transaction():
            row = self.first(
                "UPDATE location SET attempts = attempts + 1,"
                " retry_at = :now + 60.0 * (1 << (2 * attempts)), tried = :now, failed = :kind,"
                " facts = :facts,"
                " state = CASE WHEN attempts + 1 >= :most THEN 'finished' ELSE state END"
                f" WHERE {AT} RETURNING state",
                **at(ref),
                now=now,
                kind=error.kind,
                facts=written(error),
                most=ATTEMPTS,
            )
        return bool(row and row["state"] == "finished")


AT = (
    "account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity AND uid = :uid"
    " AND state = 'listed'"
)


def at(ref: Ref) -> dict[str, object]:
    return {"mailbox": ref.mailbox, "uidvalidity": ref.uidvalidity, "uid": ref.uid}
