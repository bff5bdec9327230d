"""Labelled texts, judged one after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from triage.classifier import Fault
from triage.errors import MessageError
from triage.finding import Judge, guarded
from triage.learning.labelled import Labelled
from triage.origin import Origin
from triage.taxonomy import OriginKind, Outcome
from triage.verdict import Opinion, Thresholds, weigh

# A text alone does not say who wrote it. It is weighed as a customer's.
CUSTOMER = Origin(OriginKind.CUSTOMER, None, "")


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, the classifier's opinion of it, and what would become of it were it a customer's."""

    labelled: Labelled
    opinion: Opinion
    outcome: Outcome


def judged(
    found: Iterable[Labelled | Fault], judge: Judge, thresholds: Thresholds
) -> Iterator[Judged | Fault]:
    """Each text judged, faults passed on in their places."""
    for each in found:
        yield _judged(each, judge, thresholds) if isinstance(each, Labelled) else each


def _judged(labelled: Labelled, judge: Judge, thresholds: Thresholds) -> Judged | Fault:
    try:
        opinion = guarded(lambda: judge.judge(labelled.subject, labelled.text))
    except MessageError as error:
        return Fault(labelled.file, labelled.line, error.kind)
    return Judged(labelled, opinion, weigh(opinion, CUSTOMER, thresholds).outcome)
