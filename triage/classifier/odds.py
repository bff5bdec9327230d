"""From the scores of kinds to the odds of a complaint. Pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from triage.classifier.arrays import Doubles
from triage.classifier.corpus import Kind


def log_odds(scores: npt.NDArray[np.floating], kinds: Sequence[str]) -> Doubles:
    """Of a complaint against all other kinds; `scores` has one column a kind."""
    complaint = list(kinds).index(Kind.COMPLAINT)
    others = np.delete(scores, complaint, axis=-1)
    said: Doubles = scores[..., complaint] - np.logaddexp.reduce(others, axis=-1)
    return said
