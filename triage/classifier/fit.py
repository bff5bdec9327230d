"""From a corpus to a model. The only file that needs scikit-learn: imported to make a model."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier import heads
from triage.classifier.arrays import Doubles, Floats, Indices, Truths
from triage.classifier.corpus import Entry, Kind, digest
from triage.classifier.folds import FOLDS, split
from triage.classifier.measure import measure, thresholds
from triage.classifier.model import About, Model
from triage.classifier.odds import log_odds
from triage.classifier.table import Rows, Table
from triage.classifier.words import FEATURES
from triage.errors import UserError
from triage.taxonomy import Topic

Progress = Callable[[int, int], None]

STEPS = FOLDS + 1  # what `on_progress` counts


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of each entry by a model that had not learned it, in the order of entries."""

    complaint: Doubles
    topics: tuple[Topic, ...]


def fit(table: Table, on_progress: Progress | None = None) -> tuple[Model, Held]:
    """The model of merged entries (`corpus.merge`), and what its like says of each left-out entry.

    The same entries give the same bytes. UserError `corpus-too-small` (complaints, others, topics,
    least): fewer than `least` complaints or others, or fewer than three topics with as many.
    """
    report = on_progress or (lambda done, total: None)
    entries = table.entries
    check(entries)
    everything = np.arange(len(entries))
    scores = np.zeros(len(entries))
    told = [Topic.OTHER] * len(entries)
    with threadpool_limits(1):  # the same sums in the same order; more threads are slower here
        for fold in _folds(table, np.ones(len(entries), bool), report):
            kinds = _kinds(table, fold.rows, fold.entries)
            scores[fold.left] = log_odds(kinds.scores(fold.left_rows), kinds.names)
            topics = heads.topics(fold.rows, fold.entries)
            for i, best in zip(
                fold.left, topics.scores(fold.left_rows).argmax(axis=1), strict=True
            ):
                told[i] = Topic(topics.names[best])
        rows = table.rows(everything, everything)
        kinds = _kinds(table, rows, entries)
        topics = heads.topics(rows, entries)
        plain = np.flatnonzero([not entry.rare for entry in entries])
        scale = _scale(table.truths[plain], scores[plain])
        held = Held(_scaled(scale, scores), tuple(told))
    found = held.complaint[plain]
    ours = thresholds(table.some(plain), found)
    encoder = table.encoder
    model = Model(
        words=table.words,
        kinds=tuple(Kind(name) for name in kinds.names),
        kind=_matrix(kinds),
        scale=(float(scale.coef_[0, 0]), float(scale.intercept_[0])),
        topics=tuple(Topic(name) for name in topics.names),
        topic=_matrix(topics),
        thresholds=ours,
        about=About(
            corpus=digest(entries),
            features=FEATURES,
            encoder=encoder.digest if encoder else "",
            width=encoder.width if encoder else 0,
            libraries={name: version(name) for name in ("numpy", "scikit-learn", "scipy")},
            figures=measure(table.some(plain), found, [told[i] for i in plain], ours),
        ),
        encoder=encoder,
    )
    report(STEPS, STEPS)
    return model, held


def hold_out(table: Table, learned: Sequence[bool], on_progress: Progress | None = None) -> Doubles:
    """The probability of a complaint for every entry, by a head that learned only those marked in
    `learned`, and none of the entry's fold. The folds are those of `fit`."""
    report = on_progress or (lambda done, total: None)
    marked = np.array(learned, dtype=bool)
    check(table.some(np.flatnonzero(marked)))
    scores = np.zeros(len(table.entries))
    with threadpool_limits(1):
        for fold in _folds(table, marked, report):
            head = _kinds(table, fold.rows, fold.entries)
            scores[fold.left] = log_odds(head.scores(fold.left_rows), head.names)
        scale = _scale(table.truths[marked], scores[marked])
    report(STEPS, STEPS)
    return _scaled(scale, scores)


def check(entries: Sequence[Entry]) -> None:
    """UserError `corpus-too-small` where `fit` could not learn."""
    complaints = sum(entry.complaint for entry in entries)
    others = len(entries) - complaints
    sizes = Counter(entry.topic for entry in entries if entry.topic)
    topics = sum(size >= FOLDS for size in sizes.values())
    if min(complaints, others) < FOLDS or topics < 3:
        raise UserError(
            "corpus-too-small", complaints=complaints, others=others, topics=topics, least=FOLDS
        )


def _kinds(table: Table, rows: Rows, entries: Sequence[Entry]) -> heads.Head:
    return heads.kinds(rows, entries, table.encoder.kinds if table.encoder else ())


def _scale(truths: Truths, scores: Doubles) -> LogisticRegression:
    """Platt's scaling on left-out scores: one slope, one offset. Both kinds weigh the same, so that
    the thresholds do not move with the corpus' make-up."""
    return LogisticRegression(C=1e6, class_weight="balanced").fit(scores[:, None], truths)


def _scaled(scale: LogisticRegression, scores: Doubles) -> Doubles:
    probabilities: Doubles = scale.predict_proba(scores[:, None])[:, 1]
    return probabilities


def _matrix(head: heads.Head) -> Floats:
    """A row a class, its bias last."""
    return np.column_stack([head.rows, head.bias]).astype(np.float32, order="C")


@dataclass(frozen=True, slots=True)
class _Fold:
    """What is learned, as entries and rows; and what is left out, as indices and rows."""

    entries: Sequence[Entry]
    rows: Rows
    left: Indices
    left_rows: Rows


def _folds(table: Table, learned: Truths, report: Progress) -> Iterator[_Fold]:
    """Each entry is left out once, with its whole batch; the vocabulary, too, is of what is
    learned."""
    for done, (rest, left) in enumerate(split(table.entries)):
        report(done, STEPS)
        taught = rest[learned[rest]]
        yield _Fold(table.some(taught), table.rows(taught, taught), left, table.rows(left, taught))
    report(FOLDS, STEPS)
