"""Folds: what is learned and what is left out, when what a model is worth is measured."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.model_selection import (  # type: ignore[import-untyped] # untyped
    StratifiedGroupKFold,
)

from triage.classifier.arrays import Indices
from triage.classifier.corpus import Entry
from triage.classifier.table import truths

FOLDS = 5


def split(entries: Sequence[Entry], folds: int = FOLDS) -> Iterator[tuple[Indices, Indices]]:
    """What is learned and what is left out, as indices: never one batch on both sides.

    The owner's labels are of many writers, and each stands for itself. They are dealt out by kind,
    after the batches: as groups of one they would fill up the folds that lack a kind, and a model
    that has learned the one kind of a shop and is told the other takes the shop for the kind (200
    labels of a shop, by the model that had learned their like: AUC .82, dealt out .94).
    """
    truth = truths(entries)
    whole = np.array([bool(entry.batch) for entry in entries])
    groups = np.array([entry.batch for entry in entries])
    if len(set(groups[whole])) < folds:
        whole[:] = False
    dealt = np.zeros(len(entries), np.int64)
    for kind in (False, True):
        single = np.flatnonzero(~whole & (truth == kind))
        dealt[single] = np.arange(len(single)) % folds
    batched = np.flatnonzero(whole)
    if batched.size:
        divider = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
        parts = divider.split(batched, truth[batched], groups[batched])
        for fold, (_, left) in enumerate(parts):
            dealt[batched[left]] = fold
    for fold in range(folds):
        yield np.flatnonzero(dealt != fold), np.flatnonzero(dealt == fold)
