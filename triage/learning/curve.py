"""Whether more labels would help: how what was learned grew with the labels there are. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from triage.classifier import Entry

if TYPE_CHECKING:  # it brings scikit-learn, which takes a second
    from triage.classifier.comparison import Change

# Below so many labels of a kind a quarter of them is too little to measure on.
LEAST = 20
# An AUC that rises by less than this with twice the labels is not worth the owner's time.
LITTLE = 0.01


class Outlook(StrEnum):
    """What as many labels again would do."""

    HELP = "more-help"
    HARDLY = "hardly-help"
    UNCLEAR = "unclear"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Curve:
    """AUC on all the labels, by a model that had learned a quarter, half and all of them, each left
    out in its turn. `error` is the standard error of the last step."""

    labels: tuple[int, ...]
    auc: tuple[float, ...]
    error: float

    @classmethod
    def of(cls, learned: Sequence[int], labels: int, changes: Sequence["Change"]) -> Self:
        """`changes` compare what had learned so many with what learned all `labels`."""
        last = changes[-1]
        auc = (*(change.before.auc for change in changes), last.after.auc)
        return cls((*learned, labels), auc, last.error)

    @property
    def gain(self) -> float:
        return self.auc[-1] - self.auc[-2]


def outlook(curve: Curve | None) -> Outlook:
    """What doubling the labels brought the last time it would bring again, or less."""
    if curve is None:
        return Outlook.TOO_FEW
    if curve.gain > curve.error and curve.gain >= LITTLE:
        return Outlook.HELP
    if curve.gain + curve.error < LITTLE:
        return Outlook.HARDLY
    return Outlook.UNCLEAR


def parts(labels: Sequence[Entry]) -> list[frozenset[str]] | None:
    """The keys of a quarter and of half of the labels, alike in both kinds, the one within the
    other; None where there are too few."""
    chosen: list[set[str]] = [set(), set()]
    for kind in (True, False):
        keys = sorted((each.key for each in labels if each.complaint is kind), key=_shuffled)
        if len(keys) < LEAST:
            return None
        for part, share in zip(chosen, (4, 2), strict=True):
            part.update(keys[: len(keys) // share])
    return [frozenset(part) for part in chosen]


def _shuffled(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
