"""What was set on complaints so that their owner sees them, and what he says of that."""

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from triage.ledger.fates import PENDING
from triage.ledger.file import FILE
from triage.ledger.store import Store
from triage.place import Status
from triage.record import Marks, Mistaken, Watched

# So many complaints of one mailbox are looked after, the newest.
MOST = 1000

WATCHED = (
    "SELECT location.uid, message.digest,"
    " coalesce(mark.flag AND undone IS NULL AND unmarked IS NULL, 0)"
    " FROM message JOIN location USING (account, digest)"
    " LEFT JOIN mark USING (account, digest) LEFT JOIN answer USING (account, digest)"
    " WHERE account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity"
    " AND outcome = 'flagged' AND judged >= :after"
    " AND (answered IS NULL OR (flag = 1 AND undone IS NULL AND unmarked IS NULL))"
    " ORDER BY judged DESC LIMIT :most"
)
MISTAKEN = (
    "SELECT location.uid, mark.* FROM mark JOIN correction USING (account, digest)"
    " JOIN location USING (account, digest)"
    " WHERE account = :account AND mailbox = :mailbox AND uidvalidity = :uidvalidity"
    " AND complaint = 0 AND undone IS NULL AND unmarked IS NULL LIMIT :most"
)
# A letter that took the place of others answers more than this message: it stays.
HIS_OWN = (
    "account = :account AND digest = :digest AND message_id NOT IN"
    " (SELECT successor FROM draft WHERE account = :account AND successor IS NOT NULL)"
)


class Marking(Store):
    """The account's marks. Each step is a transaction of its own, but for `marked` and `correct`,
    which belong to one."""

    def watched(self, status: Status, after: float) -> list[Watched]:
        """The complaints in a mailbox, judged after that time, whose flags may still tell."""
        rows = self.all(
            WATCHED,
            mailbox=status.mailbox,
            uidvalidity=status.uidvalidity,
            after=after,
            most=MOST,
        )
        return [Watched(row[0], row[1], bool(row[2])) for row in rows]

    def dealt(self, digest: str, now: float) -> None:
        """The owner has taken our flag off: he has dealt with it."""
        with self.transaction():
            self.run(
                "UPDATE mark SET undone = :now WHERE account = :account AND digest = :digest"
                " AND undone IS NULL",
                digest=digest,
                now=now,
            )

    def mistaken(self, status: Status) -> list[Mistaken]:
        """The messages in a mailbox that bear marks of ours, and are no complaints, as their owner
        says."""
        rows = self.all(MISTAKEN, mailbox=status.mailbox, uidvalidity=status.uidvalidity, most=MOST)
        return [
            Mistaken(
                row["uid"], row["digest"], Marks(bool(row["flag"]), row["keyword"], row["label"])
            )
            for row in rows
        ]

    def unmarked(self, digest: str, now: float) -> None:
        """We have taken our marks off a message."""
        with self.transaction():
            self.run(
                "UPDATE mark SET unmarked = :now WHERE account = :account AND digest = :digest",
                digest=digest,
                now=now,
            )

    def corrected(self, said: Mapping[str, bool | None], now: float) -> None:
        """What the owner says of messages, by digest: whether each is a complaint; None: he says
        nothing any more. Of what is none the letter is to go, while it is untouched."""
        with self.transaction():
            self.correct(said, now)

    # -- within a transaction ----------------------------------------------------------------

    def marked(self, digest: str, marks: Marks, now: float) -> None:
        """These marks were set on a message that had them not."""
        self.run(
            "INSERT INTO mark (account, digest, flag, keyword, label, marked)"
            " VALUES (:account, :digest, :flag, :keyword, :label, :now) ON CONFLICT DO NOTHING",
            digest=digest,
            flag=marks.flag,
            keyword=marks.keyword,
            label=marks.label,
            now=now,
        )

    def correct(self, said: Mapping[str, bool | None], now: float) -> None:
        """As `corrected`."""
        for digest, complaint in said.items():
            if complaint is None:
                self.run(
                    "DELETE FROM correction WHERE account = :account AND digest = :digest",
                    digest=digest,
                )
            else:
                self.run(
                    "INSERT INTO correction (account, digest, complaint, corrected)"
                    " SELECT account, digest, :complaint, :now FROM message"
                    " WHERE account = :account AND digest = :digest"
                    " ON CONFLICT DO UPDATE SET complaint = excluded.complaint,"
                    " corrected = excluded.corrected WHERE complaint <> excluded.complaint",
                    digest=digest,
                    complaint=complaint,
                    now=now,
                )
            why, former = (None, "corrected") if complaint is not False else ("corrected", None)
            self.run(
                f"UPDATE draft SET withdraw = :why WHERE {HIS_OWN}"
                f" AND withdraw IS :former AND {PENDING}",
                digest=digest,
                why=why,
                former=former,
            )


def correct(state: Path, account: str, said: Mapping[str, bool | None], now: float) -> None:
    """As `Marking.corrected`, beside whoever works with the ledger. Makes no file."""
    if said and os.access(state / FILE, os.F_OK):
        with closing(Marking.open(state, account)) as book:
            book.corrected(said, now)
