"""Labelled texts, judged one after the other."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from triage.classifier import Entry, Fault, corpus, shelf
from triage.errors import MessageError
from triage.finding import guarded
from triage.learning.labelled import Labelled
from triage.origin import Origin
from triage.protocols import Judge
from triage.taxonomy import OriginKind, Outcome, Topic
from triage.verdict import Opinion, Thresholds, weigh

# A text alone does not say who wrote it. It is weighed as a customer's.
CUSTOMER = Origin(OriginKind.CUSTOMER, None, "")


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, the classifier's opinion of it, what would become of it were it a customer's, and
    whether it is among those that were learned."""

    labelled: Labelled
    opinion: Opinion
    outcome: Outcome
    learned: bool


def learned(state: Path) -> frozenset[str]:
    """The keys of the starter corpus and of the owner's labels that were learned. UserError
    `corpus-faults` or `corpus-unreadable` as in `corpus`."""
    return frozenset(entry.key for entry in [*corpus.starter(), *shelf.labels(state)])


def judged(
    found: Iterable[Labelled | Fault],
    judge: Judge,
    thresholds: Thresholds,
    learned: Collection[str],
) -> Iterator[Judged | Fault]:
    """Each text judged, faults passed on in their places. `learned` are keys of entries."""
    for each in found:
        yield _judged(each, judge, thresholds, learned) if isinstance(each, Labelled) else each


def _judged(
    labelled: Labelled, judge: Judge, thresholds: Thresholds, learned: Collection[str]
) -> Judged | Fault:
    try:
        opinion = guarded(lambda: judge.judge(labelled.subject, labelled.text))
    except MessageError as error:
        return Fault(labelled.file, labelled.line, error.kind)
    outcome = weigh(opinion, CUSTOMER, thresholds).outcome
    key = Entry(labelled.subject, labelled.text, complaint=False, topic=Topic.OTHER).key
    return Judged(labelled, opinion, outcome, key in learned)
