"""Drafts in the ledger: from the intent to the last look for a late copy."""

from collections.abc import Sequence

from triage.ledger.store import Store
from triage.place import UNKNOWN, Ref, Stored
from triage.record import OpenDraft, SweptDraft
from triage.reply import Draft

# A stored draft is looked at again so long afterwards, in seconds: a late first APPEND has arrived
# by then, or that of another machine which was asleep, and no composer that cannot be seen holds it
# any more.
SWEEPS = (1800.0, 7200.0, 86400.0)


# What became of a draft that the program has taken away.
WITHDRAWN = frozenset({"settled", "answered", "replaced"})
# The longest wait between two tries to store a draft, in seconds.
LONGEST = 6 * 3600.0


class Drafts(Store):
    """The account's drafts. Each step of a draft is a transaction of its own."""

    def intend(self, draft: Draft, now: float) -> None:
        """A draft is going to be stored. Within the transaction that finishes its message."""
        self.run(
            "INSERT INTO draft (account, digest, generation, message_id, in_reply_to, template,"
            " raw, state, intended) VALUES (:account, :digest, :generation, :message_id,"
            " :in_reply_to, :template, :raw, 'intended', :now)",
            digest=draft.digest,
            generation=draft.generation,
            message_id=draft.message_id,
            in_reply_to=draft.in_reply_to,
            template=draft.template,
            raw=draft.raw,
            now=now,
        )

    def open_drafts(self, now: float) -> list[OpenDraft]:
        """The drafts to be brought to the server now, oldest first; those of one batch in the
        order of the mails they answer, as the Drafts folder will show them."""
        rows = self.all(
            "SELECT * FROM draft WHERE account = :account AND state IN ('intended', 'appending')"
            " AND retry_at <= :now ORDER BY intended, rowid",
            now=now,
        )
        return [OpenDraft(**{name: row[name] for name in OpenDraft.__slots__}) for row in rows]

    def next_retry(self, mailboxes: Sequence[str]) -> float | None:
        """When the next put-off draft, or unreadable message of one of these mailboxes, is due;
        None when nothing waits."""
        drafts = self.one(
            "SELECT min(due) AS due FROM ("
            " SELECT retry_at AS due FROM draft WHERE account = :account"
            "  AND state IN ('intended', 'appending')"
            " UNION ALL SELECT sweep_at FROM draft WHERE account = :account"
            "  AND sweep_at IS NOT NULL)"
        )
        places = [
            self.one(
                "SELECT min(retry_at) AS due FROM location WHERE account = :account"
                " AND mailbox = :mailbox AND state = 'listed'",
                mailbox=mailbox,
            )
            for mailbox in mailboxes
        ]
        due = [float(row["due"]) for row in (drafts, *places) if row["due"] is not None]
        return min(due, default=None)

    def appending(self, message_id: str, now: float, settle: float) -> None:
        """An APPEND is about to be sent: until its answer is known the draft may lie anywhere."""
        self._move(
            message_id,
            "state = 'appending', attempts = attempts + 1, unsettled = :now, retry_at = :retry_at",
            now=now,
            retry_at=now + settle,
        )

    def refused(self, message_id: str) -> None:
        """The server refused the APPEND: nothing was stored."""
        self._move(message_id, "unsettled = NULL")

    def delayed(
        self, message_id: str, now: float, least: float, *, swallowed: bool = False
    ) -> None:
        """The draft could not be stored now. It is tried again after `least` seconds or more: a
        minute, doubling up to six hours. `swallowed`: the server said OK, and it is nowhere."""
        self._move(
            message_id,
            "tries = tries + 1, swallowed = swallowed + :swallowed,"
            " retry_at = :now + max(:least, min(:longest, 60.0 * (1 << min(tries, 20))))",
            now=now,
            least=least,
            longest=LONGEST,
            swallowed=swallowed,
        )

    def dropped(self, message_id: str, why: str, now: float) -> None:
        """The draft is not wanted any more (the owner has answered): never to be stored; a copy
        that comes late, from before this ledger was restored, is looked for. Those whose place it
        was to take go too where he has, else they stay."""
        with self.transaction():
            self.run(
                "UPDATE draft SET state = 'dropped', unsettled = NULL, dropped = :why,"
                " sweep_at = :sweep_at WHERE account = :account AND message_id = :message_id",
                message_id=message_id,
                why=why,
                sweep_at=now + SWEEPS[0],
            )
            self.run(
                "UPDATE draft SET successor = NULL,"
                " withdraw = CASE WHEN :why LIKE 'answered%' THEN 'answered' END"
                " WHERE account = :account AND successor = :message_id",
                message_id=message_id,
                why=why,
            )

    def stored(self, message_id: str, stored: Stored, now: float) -> None:
        """The draft lies on the server. From now on it is the owner's."""
        self._move(
            message_id,
            "state = 'stored', stored = :now, mailbox = :mailbox, uidvalidity = :uidvalidity,"
            " uid = :uid, raw_digest = :raw_digest,"
            " sweep_at = :sweep_at, unsettled = NULL",
            now=now,
            mailbox=stored.ref.mailbox,
            uidvalidity=stored.ref.uidvalidity,
            uid=stored.ref.uid,
            raw_digest=stored.raw_digest,
            sweep_at=now + SWEEPS[0],
        )

    def _move(self, message_id: str, change: str, **values: object) -> None:
        with self.transaction():
            self.run(
                f"UPDATE draft SET {change} WHERE account = :account AND message_id = :message_id",
                message_id=message_id,
                **values,
            )

    def sweeps(self, now: float) -> list[SweptDraft]:
        """The drafts of which another copy is to be looked for now: those that were stored, and
        those that are not to be."""
        rows = self.all(
            "SELECT * FROM draft WHERE account = :account AND sweep_at <= :now", now=now
        )
        return [
            SweptDraft(
                row["message_id"],
                row["in_reply_to"],
                row["raw"],
                Stored(
                    Ref(row["mailbox"] or "", row["uidvalidity"] or 0, row["uid"] or 0),
                    row["raw_digest"] or UNKNOWN,
                ),
                withdrawn=row["fate"] in WITHDRAWN or row["state"] == "dropped",
            )
            for row in rows
        ]

    def swept(self, message_id: str, now: float) -> None:
        """Looked for other copies; the next look, if one is due, is arranged."""
        sweeps = " ".join(
            f"WHEN {number} THEN :now + {delay}" for number, delay in enumerate(SWEEPS[1:])
        )
        self._move(message_id, f"sweep_at = CASE sweeps {sweeps} END, sweeps = sweeps + 1", now=now)
