"""Two models compared on texts that neither had learned."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata  # type: ignore[import-untyped] # untyped

from triage.classifier.arrays import Doubles, Truths
from triage.classifier.corpus import Entry
from triage.classifier.table import truths

# So many of each kind are needed to compare on.
ENOUGH = 10
# A model is sure of what it gives so much, and of what it gives the rest of 1. Of real texts of
# which ours is sure 9 of 10 are as it says.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Told:
    """How well some texts are told apart: by rank alone (AUC), and by the share of complaints and
    of the rest that are flagged."""

    auc: float
    flagged_complaints: float
    flagged_rest: float


@dataclass(frozen=True, slots=True)
class Change:
    """What one model and then another make of the same texts. `error` is the standard error of the
    difference of their AUCs (DeLong, DeLong and Clarke-Pearson 1988), `chance` that of the AUC of a
    model that guesses (Mann and Whitney 1947). `denied` is the share of what the later one is sure
    of that is not so, the mean over what it calls complaints and what it does not: .5 where the
    truth was dealt out by chance, however few are complaints. 0 where it is sure of too few."""

    before: Told
    after: Told
    error: float
    chance: float
    denied: float

    @property
    def gain(self) -> float:
        return self.after.auc - self.before.auc


def compare(
    entries: Sequence[Entry], part: Sequence[bool], before: Doubles, after: Doubles, flag: float
) -> Change | None:
    """What two models said of the entries in `part`, as probabilities, flagged from `flag` on; None
    where a kind has fewer than `ENOUGH`."""
    marked = np.array(part, dtype=bool)
    complaints = truths(entries)[marked]
    ones, zeros = int(complaints.sum()), int((~complaints).sum())
    if min(ones, zeros) < ENOUGH:
        return None
    first, last = (_places(said[marked], complaints) for said in (before, after))
    variances = [np.var(new - old, ddof=1) / len(new) for old, new in zip(first, last, strict=True)]
    return Change(
        _told(before[marked] >= flag, complaints, first),
        _told(after[marked] >= flag, complaints, last),
        float(np.sqrt(sum(variances))),
        float(np.sqrt((ones + zeros + 1) / (12 * ones * zeros))),
        _denied(after[marked], complaints),
    )


def _places(said: Doubles, complaints: Truths) -> tuple[Doubles, Doubles]:
    """For each complaint the share of the rest that is placed below it, for each of the rest the
    share of the complaints above; ties count half. The mean of either is the AUC."""
    ranks = rankdata(said)
    ones, zeros = said[complaints], said[~complaints]
    below = (ranks[complaints] - rankdata(ones)) / len(zeros)
    above = 1 - (ranks[~complaints] - rankdata(zeros)) / len(ones)
    return below, above


def _denied(said: Doubles, complaints: Truths) -> float:
    sure = ~complaints[said >= SURE], complaints[said <= 1 - SURE]
    return float(np.mean([each.mean() for each in sure])) if min(map(len, sure)) >= ENOUGH else 0.0


def _told(flagged: Truths, complaints: Truths, places: tuple[Doubles, Doubles]) -> Told:
    return Told(
        float(places[0].mean()),
        float(flagged[complaints].mean()),
        float(flagged[~complaints].mean()),
    )
