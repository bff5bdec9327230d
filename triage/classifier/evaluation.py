"""What was said of texts, held against what is true of them: figures, of however many texts.

Needs scikit-learn, and is imported to measure only.
"""

import math
from array import array
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from sklearn.metrics import (  # type: ignore[import-untyped] # untyped
    average_precision_score,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)

from triage.classifier.arrays import Doubles, Truths
from triage.taxonomy import Outcome, Topic
from triage.verdict import Opinion

Places = npt.NDArray[np.intc]

TOPICS = tuple(Topic)
OUTCOMES = tuple(Outcome)
BINS = 10

# In an inbox few mails are complaints. In a file to measure with many are: precision is flattered.
INBOX = 0.03
# Figures are made of so many sources, those with the most texts.
MOST_SOURCES = 50


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures at the thresholds that were used; unsure counts as not flagged. A share is None where
    there is nothing to take it of.

    `n` texts, `labelled` as complaint or not, of them `complaints`; `foreign` are in a language the
    model does not know, `learned` among those it was made from: of them it knows too much.
    `outcomes`: outcome -> n. `auc`, `average_precision`, `precision`, `f1` and
    `precision_at_3_percent` (were so few of all mails complaints) want both kinds. Of complaints:
    `recall`, `unsure_complaints`; of the rest: `flagged_rest`, `unsure_rest`. `calibration_error`:
    by how much a probability is off, the mean over ten bins of equal width, each weighing as many
    texts as are in it (Guo et al. 2017, On Calibration of Modern Neural Networks, equation 3).

    `topics` texts have a topic: `topic_strict` is the share whose topic was told, `_acceptable`
    with the others that would be right; `..._complaints` of those that are complaints.
    `confusion`: true topic -> told topic -> n, None without any.
    """

    n: int
    labelled: int
    complaints: int
    foreign: int
    learned: int
    outcomes: Mapping[str, int]
    auc: float | None
    average_precision: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    unsure_complaints: float | None
    flagged_rest: float | None
    unsure_rest: float | None
    precision_at_3_percent: float | None
    calibration_error: float | None
    topics: int
    topic_strict: float | None
    topic_acceptable: float | None
    topic_strict_complaints: float | None
    topic_acceptable_complaints: float | None
    confusion: Mapping[str, Mapping[str, int]] | None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Columns:
    """What is kept of texts, a place each. `complaint` and `topic` are -1 without a label; `topic`
    and `told` are places in TOPICS, `outcome` in OUTCOMES; `source` counts from 0, -1 for none."""

    said: Doubles
    outcome: Places
    foreign: Places
    learned: Places
    complaint: Places
    topic: Places
    told: Places
    acceptable: Places
    source: Places

    def where(self, marks: Truths) -> Self:
        return type(self)(*(getattr(self, name)[marks] for name in self.__slots__))


class Answers:
    """What was said of each text beside what is true of it: 40 octets a text, and not the text."""

    def __init__(self) -> None:
        self._said = array("d")
        self._numbers = {name: array("i") for name in Columns.__slots__ if name != "said"}
        self._sources: dict[str, int] = {}

    def add(
        self,
        opinion: Opinion,
        outcome: Outcome,
        *,
        complaint: bool | None,
        topic: Topic | None,
        also: Collection[Topic],
        source: str,
        learned: bool,
    ) -> None:
        """One text: what was said of it, and what is true. `also` are other topics that would be
        right; `source` is "" where none is known; `learned` that the model was made from it."""
        numbers = {
            "outcome": OUTCOMES.index(outcome),
            "foreign": not opinion.known_language,
            "learned": learned,
            "complaint": -1 if complaint is None else complaint,
            "topic": -1 if topic is None else TOPICS.index(topic),
            "told": TOPICS.index(opinion.topic),
            "acceptable": opinion.topic is topic or opinion.topic in also,
            "source": self._sources.setdefault(source, len(self._sources)) if source else -1,
        }
        self._said.append(opinion.complaint)
        for name, number in numbers.items():
            self._numbers[name].append(number)

    def columns(self) -> Columns:
        """All of it, in the order it was added."""
        numbers = {name: np.array(column, np.intc) for name, column in self._numbers.items()}
        return Columns(said=np.array(self._said), **numbers)

    def by_source(self) -> dict[str, Columns]:
        """The parts that have a source, the largest first."""
        columns = self.columns()
        sizes = Counter(columns.source[columns.source >= 0].tolist())
        names = list(self._sources)
        return {
            names[number]: columns.where(columns.source == number)
            for number, _ in sizes.most_common(MOST_SOURCES)
        }


def evaluate(columns: Columns) -> Evaluation:
    """The figures of some texts."""
    known = columns.where(columns.complaint >= 0)
    truths = known.complaint == 1
    flagged = known.outcome == OUTCOMES.index(Outcome.FLAGGED)
    unsure = known.outcome == OUTCOMES.index(Outcome.UNSURE)
    recall, false_alarm = _share(flagged[truths]), _share(flagged[~truths])
    auc = average_precision = precision = f1 = None
    if recall is not None and false_alarm is not None:
        auc = float(roc_auc_score(truths, known.said))
        average_precision = float(average_precision_score(truths, known.said))
        precision, _, f1, _ = (
            None if value is None or math.isnan(value) else float(value)
            for value in precision_recall_fscore_support(
                truths, flagged, average="binary", zero_division=np.nan
            )
        )
    about = columns.where(columns.topic >= 0)
    right, complaints = about.topic == about.told, about.complaint == 1
    return Evaluation(
        n=len(columns.said),
        labelled=len(known.said),
        complaints=int(truths.sum()),
        foreign=int(columns.foreign.sum()),
        learned=int(columns.learned.sum()),
        outcomes=_outcomes(columns.outcome),
        auc=auc,
        average_precision=average_precision,
        precision=precision,
        recall=recall,
        f1=f1,
        unsure_complaints=_share(unsure[truths]),
        flagged_rest=false_alarm,
        unsure_rest=_share(unsure[~truths]),
        precision_at_3_percent=precision_at(INBOX, recall, false_alarm),
        calibration_error=calibration_error(truths, known.said),
        topics=len(right),
        topic_strict=_share(right),
        topic_acceptable=_share(about.acceptable),
        topic_strict_complaints=_share(right[complaints]),
        topic_acceptable_complaints=_share(about.acceptable[complaints]),
        confusion=_named(confusion(about)) if len(right) else None,
    )


def precision_at(
    prevalence: float, recall: float | None, false_alarm: float | None
) -> float | None:
    """What share of the flagged would be complaints, were `prevalence` of all mails complaints: by
    Bayes' rule from the shares of complaints and of the rest that are flagged. None when nothing is
    flagged."""
    if recall is None or false_alarm is None or recall + false_alarm == 0:
        return None
    found = prevalence * recall
    return found / (found + (1 - prevalence) * false_alarm)


def calibration_error(truths: Truths, said: Doubles) -> float | None:
    """See `Evaluation`."""
    if not len(said):
        return None
    places = np.minimum((said * BINS).astype(np.intp), BINS - 1)
    gaps = np.bincount(places, said - truths, minlength=BINS)
    return float(np.abs(gaps).sum() / len(said))


def confusion(columns: Columns) -> Places:
    """How often a topic (the column) was told where another (the row) is true, as in TOPICS."""
    about = columns.where(columns.topic >= 0)
    table: Places = confusion_matrix(about.topic, about.told, labels=range(len(TOPICS)))
    return table


def _share(marks: npt.NDArray[np.generic]) -> float | None:
    return float(marks.mean()) if marks.size else None


def _outcomes(outcome: Places) -> dict[str, int]:
    sizes = np.bincount(outcome, minlength=len(OUTCOMES)).tolist()
    return {str(name): size for name, size in zip(OUTCOMES, sizes, strict=True) if size}


def _named(table: Places) -> dict[str, dict[str, int]]:
    return {
        str(true): {str(told): n for told, n in zip(TOPICS, row, strict=True) if n}
        for true, row in zip(TOPICS, table.tolist(), strict=True)
        if any(row)
    }
