"""Two models compared on the same texts."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from triage.classifier import Entry
from triage.classifier.comparison import ENOUGH, compare
from triage.taxonomy import Topic

CHANCE = np.random.default_rng(0)
TRUTHS = CHANCE.random(400) < 0.4
ENTRIES = [Entry("", f"text {n}", bool(truth), Topic.OTHER) for n, truth in enumerate(TRUTHS)]
# Two judges that see the same thing, each through some noise of its own.
SEEN = TRUTHS + CHANCE.normal(0, 1, 400)
ONE, OTHER = (SEEN + CHANCE.normal(0, noise, 400) for noise in (1.0, 0.3))
ALL = [True] * 400


def test_the_figures_are_those_of_scikit_learn() -> None:
    """AUC, and the shares flagged; of the marked part alone."""
    part = [number % 3 > 0 for number in range(400)]
    change = compare(ENTRIES, part, ONE, np.round(OTHER), 0.5)
    assert change
    assert change.before.auc == pytest.approx(roc_auc_score(TRUTHS[part], ONE[part]))
    assert change.after.auc == pytest.approx(roc_auc_score(TRUTHS[part], np.round(OTHER)[part]))
    assert change.gain == change.after.auc - change.before.auc
    flagged = ONE[part] >= 0.5
    assert change.before.flagged_complaints == pytest.approx(flagged[TRUTHS[part]].mean())
    assert change.before.flagged_rest == pytest.approx(flagged[~TRUTHS[part]].mean())


def test_the_error_is_that_of_drawing_anew() -> None:
    """DeLong's formula agrees with texts drawn again and again (bootstrap), within a fifth."""
    change = compare(ENTRIES, ALL, ONE, OTHER, 0.5)
    assert change
    gains = []
    for _ in range(300):
        drawn = CHANCE.integers(0, 400, 400)
        one, other = (roc_auc_score(TRUTHS[drawn], said[drawn]) for said in (ONE, OTHER))
        gains.append(other - one)
    assert change.error == pytest.approx(np.std(gains), rel=0.2)


def test_the_same_twice_is_no_change() -> None:
    """Nothing gained, and nothing to doubt."""
    change = compare(ENTRIES, ALL, ONE, ONE, 0.5)
    assert change
    assert (change.gain, change.error) == (0.0, 0.0)


@pytest.mark.parametrize("share", [0.03, 0.4, 0.8])
def test_what_is_sure_and_denied(share: float) -> None:
    """Nothing of what is right, half of what chance says, all of what is turned round; whatever the
    share of complaints. Of too little no figure is made."""
    truths = CHANCE.random(4000) < share
    entries = [Entry("", str(n), bool(truth), Topic.OTHER) for n, truth in enumerate(truths)]
    said = np.where(truths, 0.97, 0.02)
    everything = [True] * 4000
    for after, denied in ((said, 0.0), (CHANCE.permutation(said), 0.5), (1 - said, 1.0)):
        change = compare(entries, everything, said, after, 0.5)
        assert change
        assert change.denied == pytest.approx(denied, abs=0.03)
    unsure = compare(entries, everything, said, (1 - said) * 0.8 + 0.1, 0.5)
    assert unsure
    assert unsure.denied == 0.0


@pytest.mark.parametrize("complaints", [0, ENOUGH - 1, 400])
def test_too_few_of_a_kind_are_not_compared(complaints: int) -> None:
    """A figure that says nothing is not given."""
    entries = [Entry("", str(n), n < complaints, Topic.OTHER) for n in range(400)]
    assert compare(entries, ALL, ONE, OTHER, 0.5) is None
