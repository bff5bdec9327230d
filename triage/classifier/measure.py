"""From what was said of texts and what is true of them to figures, and to thresholds."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import (  # type: ignore[import-untyped] # untyped
    average_precision_score,
    precision_recall_fscore_support,
    roc_auc_score,
)

from triage.classifier.arrays import Doubles, Truths
from triage.classifier.corpus import Entry, Kind
from triage.classifier.figures import Figures
from triage.classifier.table import truths
from triage.taxonomy import Topic
from triage.verdict import Thresholds

# Shares of left-out ordinary mail and of left-out complaints. The corpus' ordinary mail was written
# to be hard (it is full of broken things and refunds), and among the rest of an inbox there is
# little as hard.
FLAGGED_ORDINARY = 0.2
# How much more recall counts than precision (beta of van Rijsbergen 1979, Information Retrieval,
# chapter 7): a complaint missed is worse than a draft too many. At 1, 1.25, 1.5: flagged from .56,
# .46, .32 on, and of complaints nobody here wrote .73, .77, .82 with .12, .15, .20 of the rest.
RECALL = 1.25
UNSURE_ORDINARY = 0.05
UNSURE_COMPLAINTS = 0.08
_CUTS = [hundredth / 100 for hundredth in range(1, 100)]


def thresholds(entries: Sequence[Entry], said: Doubles) -> Thresholds:
    """The thresholds for what was said of left-out entries.

    Flagged is from the probability on that gives the best F measure (`RECALL`) among those that
    flag no more than `FLAGGED_ORDINARY` of ordinary mail; unsure from the lowest on that keeps the
    unsure within their bounds. A program that calls everything unsure misses nothing and helps
    nobody.
    """
    complaints = truths(entries)
    ordinary = np.array([entry.kind is Kind.ORDINARY for entry in entries], dtype=bool)
    sober = [cut for cut in _CUTS if _share(said[ordinary] >= cut) <= FLAGGED_ORDINARY]
    flag = max(sober or _CUTS[-1:], key=lambda cut: _f(complaints, said >= cut))
    hedging = (
        cut
        for cut in _CUTS
        if cut <= flag
        and _share((said[ordinary] >= cut) & (said[ordinary] < flag)) <= UNSURE_ORDINARY
        and _share((said[complaints] >= cut) & (said[complaints] < flag)) <= UNSURE_COMPLAINTS
    )
    return Thresholds(flag=flag, unsure=next(hedging))


def _f(complaints: Truths, flagged: Truths) -> float:
    square = RECALL**2
    right = (complaints & flagged).sum()
    return float((1 + square) * right / (square * complaints.sum() + flagged.sum()))


def measure(
    entries: Sequence[Entry], said: Doubles, topics: Sequence[Topic], cut: Thresholds
) -> Figures:
    """What is said of left-out entries against what is true of them."""
    complaints = truths(entries)
    ordinary = np.array([entry.kind is Kind.ORDINARY for entry in entries], dtype=bool)
    flagged = said >= cut.flag
    unsure = ~flagged & (said >= cut.unsure)
    precision, recall, f1, _ = precision_recall_fscore_support(
        complaints, flagged, average="binary", zero_division=0.0
    )
    right = np.array([e.topic is told for e, told in zip(entries, topics, strict=True)])
    known = np.array([entry.topic is not None for entry in entries], dtype=bool)
    confusion: dict[str, dict[str, int]] = {}
    for entry, told in zip(entries, topics, strict=True):
        if entry.topic:
            row = confusion.setdefault(entry.topic, {})
            row[told] = row.get(told, 0) + 1
    return Figures(
        n=len(entries),
        complaints=int(complaints.sum()),
        auc=float(roc_auc_score(complaints, said)),
        average_precision=float(average_precision_score(complaints, said)),
        precision=float(precision),
        recall=float(recall),
        f1=float(f1),
        flagged_rest=_share(flagged[~complaints]),
        unsure_rest=_share(unsure[~complaints]),
        flagged_ordinary=_share(flagged[ordinary]),
        unsure_ordinary=_share(unsure[ordinary]),
        unsure_complaints=_share(unsure[complaints]),
        topic=_share(right[known]),
        topic_complaints=_share(right[complaints & known]),
        confusion=confusion,
    )


def _share(marked: Truths) -> float:
    return float(marked.mean()) if marked.size else 0.0
