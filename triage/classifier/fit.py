"""From a corpus to a model. The only file that needs scikit-learn: imported to make a model."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier import heads
from triage.classifier.arrays import Doubles, Floats, Indices, Truths
from triage.classifier.corpus import Entry, Kind
from triage.classifier.folds import FOLDS, split
from triage.classifier.measure import measure, thresholds
from triage.classifier.model import About, Model
from triage.classifier.odds import MATTERS, log_odds
from triage.classifier.table import Rows, Table
from triage.classifier.words import FEATURES
from triage.errors import UserError
from triage.taxonomy import Topic

T = TypeVar("T")
Progress = Callable[[int, int], None]

STEPS = FOLDS + 1  # what `on_progress` counts


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of each entry by a model that had not learned it, in the order of entries:
    `complaint` as it judges, `kind` by the kind alone, as `hold_out` says it."""

    complaint: Doubles
    kind: Doubles
    topics: tuple[Topic, ...]


def fit(
    table: Table, on_progress: Progress | None = None, *, digest: str = ""
) -> tuple[Model, Held]:
    """The model of merged entries (`corpus.merge`), and what its like says of each left-out entry.
    It bears the digest of the corpus they are of (`corpus.digest`).

    The same entries give the same bytes. UserError `corpus-too-small` (complaints, others, topics,
    least): fewer than `least` complaints or others, or fewer than three topics with as many.
    """
    entries = table.entries
    check(entries)
    scores = np.zeros((len(entries), 2))
    told = [Topic.OTHER] * len(entries)
    everything = np.arange(len(entries))
    parts = [*split(entries), (everything, everything[:0])]

    learn = partial(heads_of, trained=table.trained)
    for left, rows, (kinds, topics) in _learned(table, parts, learn, on_progress):
        about = topics.scores(rows)
        scores[left, 0] = log_odds(kinds.scores(rows), kinds.names)
        scores[left, 1] = log_odds(about, topics.names, MATTERS)
        for i, best in zip(left, about.argmax(axis=1), strict=True):
            told[i] = Topic(topics.names[best])
    plain = np.flatnonzero([not entry.rare for entry in entries])
    truths = table.truths[plain]
    scale, alone = _scale(truths, scores[plain]), _scale(truths, scores[plain, :1])
    by_kind, by_topic = scale.coef_[0]
    held = Held(_scaled(scale, scores), _scaled(alone, scores[:, :1]), tuple(told))
    found = held.complaint[plain]
    ours = thresholds(table.some(plain), found)
    encoder = table.encoder
    model = Model(
        words=table.words,
        kinds=tuple(Kind(name) for name in kinds.names),
        kind=matrix(kinds),
        scale=(float(by_kind), float(by_topic), float(scale.intercept_[0])),
        topics=tuple(Topic(name) for name in topics.names),
        topic=matrix(topics),
        thresholds=ours,
        about=About(
            corpus=digest,
            features=FEATURES,
            encoder=encoder.digest if encoder else "",
            width=encoder.width if encoder else 0,
            libraries={name: version(name) for name in ("numpy", "scikit-learn", "scipy")},
            figures=measure(table.some(plain), found, [told[i] for i in plain], ours),
        ),
        encoder=encoder,
    )
    return model, held


def heads_of(
    rows: Rows, taught: Sequence[Entry], *, trained: bool = False
) -> tuple[heads.Head, heads.Head]:
    """What tells the kind and what tells the topic, as learned of these rows."""
    return (
        heads.kinds(rows, taught, trained=trained),
        heads.topics(rows, taught, trained=trained),
    )


def hold_out(table: Table, learned: Sequence[bool], on_progress: Progress | None = None) -> Doubles:
    """The probability of a complaint for every entry, by a head that learned only those marked in
    `learned`, and none of the entry's fold: by the kind alone, in half the time. The folds are
    those of `fit`."""
    marked = np.array(learned, dtype=bool)
    check(table.some(np.flatnonzero(marked)))
    scores = np.zeros((len(table.entries), 1))
    parts = [(rest[marked[rest]], left) for rest, left in split(table.entries)]

    learn = partial(heads.kinds, trained=table.trained)
    for left, rows, kinds in _learned(table, parts, learn, on_progress):
        scores[left, 0] = log_odds(kinds.scores(rows), kinds.names)
    return _scaled(_scale(table.truths[marked], scores[marked]), scores)


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


def _scale(truths: Truths, scores: Doubles) -> LogisticRegression:
    """Platt's scaling on left-out scores: a slope for each column, one offset. Complaints and the
    rest weigh the same, so that the thresholds do not move with the corpus' make-up."""
    return LogisticRegression(C=1e6, class_weight="balanced").fit(scores, truths)


def _scaled(scale: LogisticRegression, scores: Doubles) -> Doubles:
    probabilities: Doubles = scale.predict_proba(scores)[:, 1]
    return probabilities


def matrix(head: heads.Head) -> Floats:
    """A row a class, its bias last, as a model keeps it."""
    return np.column_stack([head.rows, head.bias]).astype(np.float32, order="C")


def _learned(
    table: Table,
    parts: Sequence[tuple[Indices, Indices]],
    learn: Callable[[Rows, Sequence[Entry]], T],
    on_progress: Progress | None,
) -> Iterator[tuple[Indices, Rows, T]]:
    """Of each part, what is learned and what is left out: the latter, its rows, by a vocabulary of
    what is learned, and what `learn` makes of the former. As many at a time as there are
    processors, for their sums leave Python's lock to one another."""

    def one(part: tuple[Indices, Indices]) -> tuple[Indices, Rows, T]:
        taught, left = part
        made = learn(table.rows(taught, taught), table.some(taught))
        return left, table.rows(left, taught), made

    report = on_progress or (lambda done, total: None)
    report(0, STEPS)
    # Each with one thread: the same sums in the same order.
    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, made in enumerate(pool.map(one, parts), 1):
            report(done, STEPS)
            yield made
    report(STEPS, STEPS)
