"""What became of the drafts that were laid, and whom the owner has answered."""

import json
from collections.abc import Iterable, Sequence

from triage.ledger.row import judged, laid
from triage.ledger.store import Store
from triage.place import Status, Stored
from triage.record import Asked, LaidDraft, Later, Pending

LAID = "state = 'stored' AND (fate IS NULL OR fate IN ('edited', 'gone'))"
PENDING = f"(state IN ('intended', 'appending') OR {LAID})"
LONG_THREAD = 100  # messages of one that are followed
PENDING_OF = (
    "WITH RECURSIVE named (id) AS (SELECT value FROM json_each(:thread)"
    " UNION SELECT thread.named FROM named JOIN message ON message.account = :account"
    "  AND message.message_id = named.id JOIN thread USING (account, digest) LIMIT :most)"
    " SELECT message.*, draft.message_id AS letter, draft.state, draft.fate, draft.withdraw,"
    " coalesce(message.message_id IN named, 0) AS threaded"
    " FROM draft JOIN message USING (account, digest) WHERE account = :account"
    f" AND (complainant = :complainant OR message.message_id IN named) AND {PENDING}"
)
ASKED = (
    "WITH named AS (SELECT value FROM json_each(:ids))"
    " SELECT message.digest, message.arrived, draft.message_id, draft.raw"
    " FROM message LEFT JOIN draft ON draft.account = message.account"
    "  AND draft.digest = message.digest AND draft.generation = (SELECT max(generation)"
    "   FROM draft WHERE account = message.account AND digest = message.digest)"
    " WHERE message.account = :account AND message.digest IN ("
    "  SELECT digest FROM message WHERE account = :account AND message_id IN named"
    "  UNION SELECT digest FROM draft WHERE account = :account AND message_id IN named)"
)
TOGETHER = (
    "SELECT :digest AS digest UNION SELECT digest FROM draft WHERE account = :account"
    " AND successor IN (SELECT message_id FROM draft WHERE account = :account"
    "  AND digest = :digest)"
)


class Fates(Store):
    """The account's drafts after they were laid. Each step is a transaction of its own."""

    def laid(self) -> list[LaidDraft]:
        """The drafts that lie on the server, as far as is known, the oldest first."""
        rows = self.all(f"SELECT * FROM draft WHERE account = :account AND {LAID} ORDER BY stored")
        ready = {
            row["message_id"]
            for row in self.all(
                "SELECT message_id FROM draft WHERE account = :account AND state = 'stored'"
                " AND message_id IN (SELECT successor FROM draft WHERE account = :account)"
            )
        }
        return [laid(row, ready) for row in rows]

    def former(self, message_id: str) -> list[LaidDraft]:
        """The drafts on the server whose place this one is to take."""
        rows = self.all(
            f"SELECT * FROM draft WHERE account = :account AND successor = :successor AND {LAID}",
            successor=message_id,
        )
        return [laid(row, ()) for row in rows]

    def pending(self, complainant: str | None, thread: Iterable[str]) -> list[Pending]:
        """The drafts not sent yet that answer this customer's complaints, or messages of this
        thread, with these messages. A message that the thread names may name others in turn."""
        rows = self.all(
            PENDING_OF, complainant=complainant, thread=json.dumps(sorted(thread)), most=LONG_THREAD
        )
        return [
            Pending(
                row["letter"],
                judged(row),
                row["fate"] or "",
                row["withdraw"] or "",
                bool(row["threaded"]),
            )
            for row in rows
        ]

    def later(self, message_id: str) -> list[Later]:
        """The mails that name this one: whatever a clock says, they came after it."""
        rows = self.all(
            "SELECT message.*, settled FROM thread JOIN message USING (account, digest)"
            " WHERE account = :account AND named = :named",
            named=message_id,
        )
        return [Later(judged(row), bool(row["settled"])) for row in rows]

    def place_of(self, digest: str, status: Status) -> int | None:
        """The UID at which a message lies in this mailbox, None when it is not known to."""
        row = self.first(
            "SELECT uid FROM location WHERE account = :account AND digest = :digest"
            " AND mailbox = :mailbox AND uidvalidity = :uidvalidity",
            digest=digest,
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
        )
        return int(row["uid"]) if row else None

    def fated(self, message_id: str, fate: str, since: float) -> None:
        """What became of a draft, "" when it waits after all. Where the owner is at one, he needs
        none that took its place."""
        with self.transaction():
            if fate == "edited":
                self.run(
                    "UPDATE draft SET withdraw = 'answered' WHERE account = :account"
                    f" AND {PENDING} AND withdraw IS NULL AND message_id = (SELECT successor"
                    "  FROM draft WHERE account = :account AND message_id = :message_id)",
                    message_id=message_id,
                )
            self.run(
                "UPDATE draft SET fate = nullif(:fate, ''),"
                " fated = CASE WHEN :fate = '' THEN NULL ELSE :since END"
                " WHERE account = :account AND message_id = :message_id",
                message_id=message_id,
                fate=fate,
                since=since,
            )

    def moved(self, message_id: str, stored: Stored) -> None:
        """A draft lies untouched at another place."""
        with self.transaction():
            self.run(
                "UPDATE draft SET mailbox = :mailbox, uidvalidity = :uidvalidity, uid = :uid,"
                " raw_digest = :raw_digest"
                " WHERE account = :account AND message_id = :message_id",
                message_id=message_id,
                mailbox=stored.ref.mailbox,
                uidvalidity=stored.ref.uidvalidity,
                uid=stored.ref.uid,
                raw_digest=stored.raw_digest,
            )

    def held(self, message_id: str, until: float) -> None:
        """A draft is not to be stored before that time."""
        with self.transaction():
            self.run(
                "UPDATE draft SET retry_at = :until"
                " WHERE account = :account AND message_id = :message_id",
                message_id=message_id,
                until=until,
            )

    # -- answers ----------------------------------------------------------------------------

    def read_up_to(self, status: Status) -> int | None:
        """The UID up to which a folder of the owner's has been read; None when not yet, or when it
        was numbered anew."""
        row = self.first(
            "SELECT uidnext FROM followed WHERE account = :account AND mailbox = :mailbox"
            " AND uidvalidity = :uidvalidity AND uidnext <= :uidnext",
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
            uidnext=status.uidnext,
        )
        return int(row["uidnext"]) if row else None

    def reads_on(self, status: Status) -> None:
        """A folder of the owner's has been read up to that UIDNEXT."""
        with self.transaction():
            self.run(
                "INSERT OR REPLACE INTO followed (account, mailbox, uidvalidity, uidnext)"
                " VALUES (:account, :mailbox, :uidvalidity, :uidnext)",
                mailbox=status.mailbox,
                uidvalidity=status.uidvalidity,
                uidnext=status.uidnext,
            )

    def asked(self, ids: Iterable[str]) -> list[Asked]:
        """The judged messages that bear one of these Message-IDs, or whose letters do, each with
        its newest letter if it has one."""
        rows = self.all(ASKED, ids=json.dumps(sorted(ids)))
        return [Asked(*row) for row in rows]

    def sent(self, message_id: str, when: float, changed: float) -> None:
        """The owner has sent a draft, with so much of it changed."""
        with self.transaction():
            self.run(
                "UPDATE draft SET fate = 'sent', fated = :when, changed = :changed"
                " WHERE account = :account AND message_id = :message_id AND state = 'stored'"
                " AND (fate IS NULL OR fate IN ('edited', 'gone', 'discarded'))",
                message_id=message_id,
                when=when,
                changed=changed,
            )

    def answered(self, digest: str, when: float, how: str) -> None:
        """The owner has answered a message, and with it those whose letters gave way to this one's.
        His first answer counts, and the answer itself before his mail program's word for it."""
        with self.transaction():
            self.run(
                "INSERT INTO answer (account, digest, answered, how)"
                f" SELECT :account, digest, :when, :how FROM ({TOGETHER}) WHERE true"
                " ON CONFLICT DO UPDATE SET answered = excluded.answered, how = excluded.how"
                " WHERE excluded.how <> 'flag'"
                " AND (how = 'flag' OR excluded.answered < answered)",
                digest=digest,
                when=when,
                how=how,
            )

    def unneeded(self, digest: str, changed: float | None = None) -> None:
        """The owner has answered a message himself: its draft is to go while it is untouched.
        `changed`: so much of the draft is not in his answer."""
        with self.transaction():
            self.run(
                "UPDATE draft SET withdraw = coalesce(withdraw, 'answered'),"
                " changed = min(coalesce(changed, 1.0), coalesce(:changed, changed, 1.0))"
                " WHERE account = :account AND digest = :digest"
                f" AND {PENDING} AND (withdraw IS NULL OR :changed IS NOT NULL)",
                digest=digest,
                changed=changed,
            )

    # -- within the transaction that finishes a message -----------------------------------------

    def superseded(self, message_ids: Sequence[str], why: str, successor: str | None) -> None:
        """These drafts, and those whose place they were to take, are to go: each while it is
        untouched, or before it is stored."""
        self.run(
            "UPDATE draft SET withdraw = :why, successor = :successor WHERE account = :account"
            f" AND {PENDING} AND (message_id IN (SELECT value FROM json_each(:ids))"
            "  OR successor IN (SELECT value FROM json_each(:ids)))",
            ids=json.dumps(list(message_ids)),
            why=why,
            successor=successor,
        )

    def threaded(self, digest: str, thread: Sequence[str], *, settled: bool) -> None:
        """A customer's mail names these earlier mails."""
        self.run(
            "INSERT INTO thread (account, named, digest, settled)"
            " SELECT :account, value, :digest, :settled FROM json_each(:thread) WHERE true"
            " ON CONFLICT DO NOTHING",
            digest=digest,
            settled=settled,
            thread=json.dumps(list(thread)),
        )
