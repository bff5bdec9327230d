"""Whether more labels would help."""

import pytest

from triage.classifier import Entry
from triage.classifier.comparison import Change, Told
from triage.learning.curve import Curve, Outlook, outlook, parts
from triage.taxonomy import Topic


def labels(complaints: int, others: int) -> list[Entry]:
    return [
        Entry("", f"text {number}", number < complaints, Topic.OTHER)
        for number in range(complaints + others)
    ]


@pytest.mark.parametrize(
    ("auc", "error", "expected"),
    [
        ((0.80, 0.84, 0.87), 0.01, Outlook.HELP),
        ((0.80, 0.84, 0.87), 0.04, Outlook.UNCLEAR),
        ((0.90, 0.91, 0.912), 0.003, Outlook.HARDLY),
        ((0.90, 0.91, 0.912), 0.02, Outlook.UNCLEAR),
        ((0.90, 0.91, 0.90), 0.001, Outlook.HARDLY),
        ((0.900, 0.905, 0.909), 0.001, Outlook.HARDLY),
    ],
)
def test_what_more_labels_would_do(auc: tuple[float, ...], error: float, expected: Outlook) -> None:
    """They help where the last half clearly did; where it cannot be told that is said."""
    assert outlook(Curve((25, 50, 100), auc, error)) is expected


def test_too_few_labels_tell_nothing() -> None:
    """Twenty of each kind are needed for a quarter of them to say anything."""
    assert outlook(None) is Outlook.TOO_FEW
    assert parts(labels(19, 100)) is None
    assert parts(labels(100, 19)) is None
    assert parts(labels(20, 20))


def test_a_quarter_lies_within_a_half() -> None:
    """Both alike in kind, and the same whatever the order of the labels."""
    given = labels(40, 100)
    chosen = parts(given)
    assert chosen
    quarter, half = chosen
    assert quarter < half
    assert (len(quarter), len(half)) == (10 + 25, 20 + 50)
    assert sum(entry.complaint for entry in given if entry.key in half) == 20
    assert parts(given[::-1]) == chosen


def test_a_curve_is_made_of_comparisons() -> None:
    """Each with what had learned all; the last step has its error."""
    changes = [
        Change(Told(auc, 0, 0), Told(0.9, 0, 0), error, 0.1, 0.0)
        for auc, error in ((0.7, 0.03), (0.8, 0.02))
    ]
    curve = Curve.of((10, 20), 40, changes)
    assert curve == Curve((10, 20, 40), (0.7, 0.8, 0.9), 0.02)
    assert curve.gain == pytest.approx(0.1)
