"""From a corpus to a model. The only file that needs scikit-learn: imported to make a model."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # untyped
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped
from sklearn.metrics import (  # type: ignore[import-untyped] # untyped
    average_precision_score,
    precision_recall_fscore_support,
    roc_auc_score,
)
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped] # untyped
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier.corpus import Entry, digest
from triage.classifier.figures import Figures
from triage.classifier.model import About, Model
from triage.classifier.words import FEATURES, Counts, Words, count
from triage.errors import UserError
from triage.taxonomy import Topic
from triage.verdict import Thresholds

Progress = Callable[[int, int], None]
Doubles = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

FOLDS = 5
STEPS = FOLDS + 1  # what `on_progress` counts

# A complaint missed costs 4, a draft too many 2, an "unsure" 1. With a calibrated probability p,
# passing costs 4p, unsure 1, flagging 2(1 - p): hence flag from .5 on, unsure from .25 on. Measured
# by cross-validation on 1,208 entries: from .5 67 % of the complaints, 7 % of the mail that is not
# from customers and 24 % of their friendly mail; from .25 88 %, 23 % and 59 %.
THRESHOLDS = Thresholds(flag=0.5, unsure=0.25)

# Inverse strength of the ridge. AUC by cross-validation at .3, 1, 3, 10: .850 .857 .857 .855.
RIDGE = 1.0
# Topics share the weight equally: right among complaints .47, without .30 (1,108 entries; ridge 1).
TOPIC_WEIGHTS = "balanced"


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of each entry by a model that had not learned it, in the order of entries."""

    complaint: Doubles
    topics: tuple[Topic, ...]

    def auc(self, entries: Sequence[Entry], part: Sequence[bool]) -> float:
        """How well complaints are ranked above the rest, over the entries marked in `part`."""
        marked = np.array(part, dtype=bool)
        return float(roc_auc_score(_truths(entries)[marked], self.complaint[marked]))


@dataclass(frozen=True, slots=True)
class _Heads:
    """An encoder with both heads, the complaint's not yet calibrated."""

    words: Words
    complaint: LogisticRegression
    topic: LogisticRegression

    @classmethod
    def fit(cls, counts: Sequence[Counts], entries: Sequence[Entry]) -> "_Heads":
        words = Words.fit(counts)
        rows = _rows(words, counts)
        complaint = LogisticRegression(C=RIDGE, max_iter=5000)
        topic = LogisticRegression(C=RIDGE, max_iter=5000, class_weight=TOPIC_WEIGHTS)
        complaint.fit(rows, [entry.complaint for entry in entries])
        topic.fit(rows, [str(entry.topic) for entry in entries])
        return cls(words, complaint, topic)


def fit(entries: Sequence[Entry], on_progress: Progress | None = None) -> tuple[Model, Held]:
    """The model of merged entries (`corpus.merge`), and what its like says of each left-out entry.

    The same entries give the same bytes. UserError `corpus-too-small` (complaints, others, topics,
    least): fewer than `least` complaints or others, or fewer than three topics with as many.
    """
    report = on_progress or (lambda done, total: None)
    _check(entries)
    with threadpool_limits(1):  # the same sums in the same order; more threads are slower here
        counts = _count(entries)
        scores, topics = _left_out(counts, entries, np.ones(len(entries), bool), report)
        heads = _Heads.fit(counts, entries)
        # Platt's scaling on left-out scores: one slope, one offset, so the head stays linear.
        scale = LogisticRegression(C=1e6).fit(scores[:, None], _truths(entries))
        held = Held(scale.predict_proba(scores[:, None])[:, 1], topics)
    slope, offset = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    bias = slope * float(heads.complaint.intercept_[0]) + offset
    topic = np.column_stack([heads.topic.coef_, heads.topic.intercept_])
    made_by = {name: version(name) for name in ("numpy", "scikit-learn", "scipy")}
    figures = measure(entries, held, THRESHOLDS)
    model = Model(
        heads.words,
        np.append(slope * heads.complaint.coef_[0], bias).astype(np.float32),
        tuple(Topic(name) for name in heads.topic.classes_),
        topic.astype(np.float32, order="C"),
        THRESHOLDS,
        About(digest(entries), FEATURES, made_by, figures),
    )
    report(STEPS, STEPS)
    return model, held


def hold_out(
    entries: Sequence[Entry], learned: Sequence[bool], on_progress: Progress | None = None
) -> Held:
    """What is said of every entry by models that learned only those marked in `learned`, and none
    of its fold: the same folds as `fit` has. The scores are not calibrated."""
    _check([entry for entry, use in zip(entries, learned, strict=True) if use])
    report = on_progress or (lambda done, total: None)
    with threadpool_limits(1):
        return Held(*_left_out(_count(entries), entries, np.array(learned, bool), report))


def measure(entries: Sequence[Entry], held: Held, thresholds: Thresholds) -> Figures:
    """What is said of left-out entries against what is true of them."""
    truths, said = _truths(entries), held.complaint
    flagged = said >= thresholds.flag
    unsure = ~flagged & (said >= thresholds.unsure)
    precision, recall, f1, _ = precision_recall_fscore_support(
        truths, flagged, average="binary", zero_division=0.0
    )
    right = np.array([e.topic is told for e, told in zip(entries, held.topics, strict=True)])
    confusion: dict[str, dict[str, int]] = {}
    for entry, told in zip(entries, held.topics, strict=True):
        row = confusion.setdefault(entry.topic, {})
        row[told] = row.get(told, 0) + 1
    return Figures(
        n=len(entries),
        complaints=int(truths.sum()),
        auc=float(roc_auc_score(truths, said)),
        average_precision=float(average_precision_score(truths, said)),
        precision=float(precision),
        recall=float(recall),
        f1=float(f1),
        flagged_ordinary=float(flagged[~truths].mean()),
        unsure_ordinary=float(unsure[~truths].mean()),
        unsure_complaints=float(unsure[truths].mean()),
        topic=float(right.mean()),
        topic_complaints=float(right[truths].mean()),
        confusion=confusion,
    )


def _left_out(
    counts: Sequence[Counts], entries: Sequence[Entry], learned: Truths, report: Progress
) -> tuple[Doubles, tuple[Topic, ...]]:
    """Uncalibrated score and topic of each entry, from a model fitted without its fold."""
    scores = np.zeros(len(entries))
    topics = [Topic.OTHER] * len(entries)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for done, (rest, left) in enumerate(folds.split(scores, _truths(entries))):
        report(done, STEPS)
        taught = rest[learned[rest]]
        heads = _Heads.fit([counts[i] for i in taught], [entries[i] for i in taught])
        rows = _rows(heads.words, [counts[i] for i in left])
        scores[left] = heads.complaint.decision_function(rows)
        for i, name in zip(left, heads.topic.predict(rows), strict=True):
            topics[i] = Topic(name)
    report(FOLDS, STEPS)
    return scores, tuple(topics)


def _rows(words: Words, counts: Sequence[Counts]) -> csr_matrix:
    encoded = [words.encode(each) for each in counts]
    ends = np.cumsum([0] + [len(columns) for columns, _ in encoded])
    return csr_matrix(
        (
            np.concatenate([values for _, values in encoded]).astype(np.float64),
            np.concatenate([columns for columns, _ in encoded]),
            ends,
        ),
        shape=(len(counts), words.width),
    )


def _count(entries: Sequence[Entry]) -> list[Counts]:
    return [count(entry.subject, entry.body) for entry in entries]


def _truths(entries: Sequence[Entry]) -> Truths:
    return np.array([entry.complaint for entry in entries], dtype=bool)


def _check(entries: Sequence[Entry]) -> None:
    complaints = sum(entry.complaint for entry in entries)
    others = len(entries) - complaints
    sizes = Counter(entry.topic for entry in entries)
    topics = sum(size >= FOLDS for size in sizes.values())
    if min(complaints, others) < FOLDS or topics < 3:
        raise UserError(
            "corpus-too-small", complaints=complaints, others=others, topics=topics, least=FOLDS
        )
