"""Digests in the ledger: one for each day, begun and laid."""

from dataclasses import dataclass
from datetime import date

from triage.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Laying:
    """A day's digest: how often it was appended, and when last; `done` when it was laid, or there
    was nothing to say."""

    tries: int
    begun: float
    done: float | None


class Dailies(Store):
    """The account's digests."""

    def daily(self, day: date) -> Laying | None:
        """That of a day of the owner's."""
        row = self.first(
            "SELECT * FROM digest WHERE account = :account AND day = :day", day=day.isoformat()
        )
        return Laying(row["tries"], row["begun"], row["done"]) if row else None

    def last_daily(self) -> tuple[date, float] | None:
        """The day of the last digest that was laid, and when."""
        row = self.first(
            "SELECT day, done FROM digest WHERE account = :account AND done IS NOT NULL"
            " AND tries > 0 ORDER BY day DESC LIMIT 1"
        )
        return (date.fromisoformat(row["day"]), float(row["done"])) if row else None

    def appends_daily(self, day: date, now: float) -> None:
        """It is about to be sent to the server."""
        with self.transaction():
            self.run(
                "INSERT INTO digest (account, day, tries, begun) VALUES (:account, :day, 1, :now)"
                " ON CONFLICT DO UPDATE SET tries = tries + 1, begun = excluded.begun",
                day=day.isoformat(),
                now=now,
            )

    def daily_done(self, day: date, now: float) -> None:
        """It lies there, or there is nothing to say on this day."""
        with self.transaction():
            self.run(
                "INSERT INTO digest (account, day, tries, begun, done)"
                " VALUES (:account, :day, 0, :now, :now)"
                " ON CONFLICT DO UPDATE SET done = excluded.done",
                day=day.isoformat(),
                now=now,
            )
