"""What the owner's labels, and what he did, say of the classifier's verdicts, by month. Pure."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from triage.ledger import Entry
from triage.report.fates import SENT, Fate
from triage.taxonomy import Outcome


@dataclass(frozen=True, slots=True)
class Month:
    """The mails that arrived in a month ("2026-03", in the owner's zone).

    Of the `flagged` ones the letters of `sent` were sent, with changes or without, and from `dealt`
    the owner took the flag. `no_complaint` were flagged and he said that they are none; `missed`
    were not flagged and he said that they are; `labelled` is how many he said anything of.
    """

    month: str
    mails: int
    flagged: int
    sent: int
    dealt: int
    unsure: int
    labelled: int
    no_complaint: int
    missed: int


class Judged:
    """Hears of mails one by one. `said` is the owner's word on a mail, None where he gave none."""

    def __init__(self) -> None:
        self._found: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, month: str, entry: Entry, became: Fate | None, said: bool | None) -> None:
        found = self._found[month]
        found["mails"] += 1
        flagged = entry.judged.outcome == Outcome.FLAGGED
        if flagged:
            found["flagged"] += 1
            found["sent"] += became in SENT
            found["dealt"] += entry.dealt is not None
        elif entry.judged.outcome == Outcome.UNSURE:
            found["unsure"] += 1
        if said is not None:
            found["labelled"] += 1
            found["no_complaint"] += flagged and not said
            found["missed"] += said and not flagged

    def told(self) -> tuple[Month, ...]:
        names = Month.__slots__[1:]
        return tuple(
            Month(month, *(self._found[month][name] for name in names))
            for month in sorted(self._found)
        )
