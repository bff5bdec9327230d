"""What the shop knows of a customer's earlier mails about the same matter. Values only."""

from dataclasses import dataclass
from datetime import date

from triage.taxonomy import Topic


@dataclass(frozen=True, slots=True)
class Earlier:
    """`day` is the local day on which the first of them arrived, `topic` what that was about;
    `order_number` "" when none was known; `count` is how many there are."""

    day: date
    topic: Topic | None
    order_number: str = ""
    count: int = 1
