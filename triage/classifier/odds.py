"""From the scores of classes to the odds of a complaint. Pure."""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from triage.classifier.arrays import Doubles, Truths
from triage.classifier.corpus import Kind
from triage.taxonomy import COMPLAINT_TOPICS, Topic

# What a customer complains about. `other` is as often the topic of ordinary mail.
MATTERS = frozenset(COMPLAINT_TOPICS - {Topic.OTHER})


def log_odds(
    scores: npt.NDArray[np.floating],
    names: Sequence[str],
    meant: Collection[str] = (Kind.COMPLAINT,),
) -> Doubles:
    """Of the `meant` classes against all others; `scores` has one column a class. 0 where there are
    none but these, or none of these."""
    inside = _inside(names, meant)
    if inside.all() or not inside.any():
        return np.zeros(scores.shape[:-1])
    said: Doubles = _together(scores[..., inside]) - _together(scores[..., ~inside])
    return said


def rivals(
    scores: npt.NDArray[np.floating],
    names: Sequence[str],
    meant: Collection[str] = (Kind.COMPLAINT,),
) -> tuple[int, int] | None:
    """The likeliest of the `meant` classes and the likeliest other, as places; None for no two."""
    inside = _inside(names, meant)
    if inside.all() or not inside.any():
        return None
    best = int(np.where(inside, scores, -np.inf).argmax())
    return best, int(np.where(inside, -np.inf, scores).argmax())


def _inside(names: Sequence[str], meant: Collection[str]) -> Truths:
    return np.array([name in meant for name in names])


def _together(scores: npt.NDArray[np.floating]) -> Doubles:
    total: Doubles = np.logaddexp.reduce(scores, axis=-1)
    return total
