"""From a corpus to a model. The only file that needs scikit-learn: imported to make a model."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
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
# passing costs 4p, unsure 1, flagging 2(1 - p): hence flag from .5 on, unsure from .25 on. By
# cross-validation on 2,192 entries, both kinds weighing the same, the cost of one at unsure .1, .2,
# .25, .3, .4 (flag .5) is .55 .50 .49 .50 .51; at flag .3, .4, .5, .6, .7 (unsure .25) .53 .50 .49
# .50 .51. From .5 on lie 80 % of the complaints, 18 % of the mail that is not from customers, 15 %
# of friendly customers'; from .25 on 92, 42 and 36 %.
THRESHOLDS = Thresholds(flag=0.5, unsure=0.25)

# Inverse strength of each head's ridge. Complaint, 1,270 entries, at .3, 1, 3, 10: AUC by
# cross-validation .869 .874 .873 .869; learned from letters, told of messages .783 .798 .805 .806;
# from messages of letters .783 .810 .826 .830.
COMPLAINT_RIDGE = 3.0
# Topic, 1,584 entries, at .3, 1, 3: right among complaints .69 .69 .66, among all .68 .72 .72.
# Without balanced weights, so that each topic counts alike, .42 and .57 (at 1).
TOPIC_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of each entry by a model that had not learned it, in the order of entries."""

    complaint: Doubles
    topics: tuple[Topic, ...]


def fit(entries: Sequence[Entry], on_progress: Progress | None = None) -> tuple[Model, Held]:
    """The model of merged entries (`corpus.merge`), and what its like says of each left-out entry.

    The same entries give the same bytes. UserError `corpus-too-small` (complaints, others, topics,
    least): fewer than `least` complaints or others, or fewer than three topics with as many.
    """
    report = on_progress or (lambda done, total: None)
    _check(entries)
    with threadpool_limits(1):  # the same sums in the same order; more threads are slower here
        counts = _count(entries)
        scores = np.zeros(len(entries))
        topics = [Topic.OTHER] * len(entries)
        for fold in _folds(counts, entries, np.ones(len(entries), bool), report):
            scores[fold.left] = _complaint(fold.rows, fold.entries).decision_function(
                fold.left_rows
            )
            names = _topic(fold.rows, fold.entries).predict(fold.left_rows)
            for i, name in zip(fold.left, names, strict=True):
                topics[i] = Topic(name)
        words = Words.fit(counts)
        rows = _rows(words, counts)
        complaint, topic = _complaint(rows, entries), _topic(rows, entries)
        # Platt's scaling on left-out scores: one slope, one offset, so the head stays linear. Both
        # kinds weigh the same, so that the thresholds do not move with the corpus' make-up.
        scale = LogisticRegression(C=1e6, class_weight="balanced")
        scale.fit(scores[:, None], _truths(entries))
        held = Held(scale.predict_proba(scores[:, None])[:, 1], tuple(topics))
    slope, offset = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    bias = slope * float(complaint.intercept_[0]) + offset
    made_by = {name: version(name) for name in ("numpy", "scikit-learn", "scipy")}
    figures = measure(entries, held, THRESHOLDS)
    model = Model(
        words,
        np.append(slope * complaint.coef_[0], bias).astype(np.float32),
        tuple(Topic(name) for name in topic.classes_),
        np.column_stack([topic.coef_, topic.intercept_]).astype(np.float32, order="C"),
        THRESHOLDS,
        About(digest(entries), FEATURES, made_by, figures),
    )
    report(STEPS, STEPS)
    return model, held


def hold_out(
    entries: Sequence[Entry], learned: Sequence[bool], on_progress: Progress | None = None
) -> Doubles:
    """The score of every entry, not calibrated, by a head that learned only those marked in
    `learned`, and none of the entry's fold. The folds are those of `fit`."""
    report = on_progress or (lambda done, total: None)
    marked = np.array(learned, dtype=bool)
    _check([entry for entry, use in zip(entries, learned, strict=True) if use])
    scores = np.zeros(len(entries))
    with threadpool_limits(1):
        for fold in _folds(_count(entries), entries, marked, report):
            scores[fold.left] = _complaint(fold.rows, fold.entries).decision_function(
                fold.left_rows
            )
    report(STEPS, STEPS)
    return scores


def auc(entries: Sequence[Entry], scores: Doubles, part: Sequence[bool]) -> float:
    """How well the scores rank complaints above the rest, over the entries marked in `part`."""
    marked = np.array(part, dtype=bool)
    return float(roc_auc_score(_truths(entries)[marked], scores[marked]))


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


@dataclass(frozen=True, slots=True)
class _Fold:
    """What is learned, as entries and rows; and what is left out, as indices and rows."""

    entries: Sequence[Entry]
    rows: csr_matrix
    left: npt.NDArray[np.int64]
    left_rows: csr_matrix


def _folds(
    counts: Sequence[Counts], entries: Sequence[Entry], learned: Truths, report: Progress
) -> Iterator[_Fold]:
    """Each entry is left out once; the vocabulary, too, is of what is learned."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for done, (rest, left) in enumerate(folds.split(counts, _truths(entries))):
        report(done, STEPS)
        taught = rest[learned[rest]]
        taught_counts = [counts[i] for i in taught]
        words = Words.fit(taught_counts)
        yield _Fold(
            [entries[i] for i in taught],
            _rows(words, taught_counts),
            left,
            _rows(words, [counts[i] for i in left]),
        )
    report(FOLDS, STEPS)


def _complaint(rows: csr_matrix, entries: Sequence[Entry]) -> LogisticRegression:
    head = LogisticRegression(C=COMPLAINT_RIDGE, max_iter=5000)
    return head.fit(rows, _truths(entries))


def _topic(rows: csr_matrix, entries: Sequence[Entry]) -> LogisticRegression:
    head = LogisticRegression(C=TOPIC_RIDGE, max_iter=5000, class_weight="balanced")
    return head.fit(rows, [str(entry.topic) for entry in entries])


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
