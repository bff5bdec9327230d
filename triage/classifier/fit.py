"""From a corpus to a model. The only file that needs scikit-learn: imported to make a model."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped] # untyped
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped
from sklearn.preprocessing import normalize  # type: ignore[import-untyped] # untyped
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier.corpus import Entry, digest
from triage.classifier.folds import FOLDS, split
from triage.classifier.measure import measure, thresholds
from triage.classifier.model import About, Model
from triage.classifier.vectors import Encoder
from triage.classifier.words import (
    FEATURES,
    SEVERAL,
    Block,
    Counts,
    Floats,
    Words,
    count,
    inverse_frequency,
)
from triage.errors import UserError
from triage.taxonomy import Topic

Progress = Callable[[int, int], None]
Doubles = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]

STEPS = FOLDS + 1  # what `on_progress` counts

# Inverse strength of each head's ridge, for words alone and with an encoder beside them. Words, at
# .3, 1, 3, 10: complaint, 1,270 entries, AUC from letters to messages .783 .798 .805 .806, back
# .783 .810 .826 .830; topic, 1,584 entries, at .3, 1, 3: right among complaints .69 .69 .66.
# Without balanced weights, so that each topic counts alike, .42 (at 1).
WORDS_RIDGES = (3.0, 1.0)
# With the encoder, 9,246 entries, complaint at .03, .1, .3, 1: AUC on texts nobody here wrote .808
# .808 .807 .802 (reviews alone .887 .882 .875 .868): the words are to help, not to lead. Topic at
# .3 and 1: right among an unseen shop's complaints .69 and .68.
SEMANTIC_RIDGES = (0.1, 0.3)
# What the encoder says is brought to the size of the words' numbers: the fit takes a fifth of the
# time, and the topics of that shop are right for .68 instead of .65.
SCALE = 0.3
# How much one of the owner's own labels counts beside an entry of the starter corpus. Of a shop
# that is not in the corpus, words alone, mean of six draws, at .3, 1, 3, 10: with 50 of its labels
# the AUC on its other texts rises by .001 .001 -.001 -.006, the average precision by .004 .005 .003
# -.003; with 200 by .001 .001 .000 -.005, and .006 .009 .005 -.008.
OWN_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Encoded:
    """What an encoder said of the entries: `rows` has its numbers, one row an entry. Of an entry it
    was itself trained on they must come from a twin that was not."""

    encoder: Encoder
    rows: Floats

    @classmethod
    def of(cls, encoder: Encoder | None, rows: Floats) -> Self | None:
        return cls(encoder, rows) if encoder else None


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of each entry by a model that had not learned it, in the order of entries."""

    complaint: Doubles
    topics: tuple[Topic, ...]


def fit(
    entries: Sequence[Entry],
    on_progress: Progress | None = None,
    encoded: Encoded | None = None,
) -> tuple[Model, Held]:
    """The model of merged entries (`corpus.merge`), and what its like says of each left-out entry.

    The same entries give the same bytes. UserError `corpus-too-small` (complaints, others, topics,
    least): fewer than `least` complaints or others, or fewer than three topics with as many.
    """
    report = on_progress or (lambda done, total: None)
    check(entries)
    ridges = SEMANTIC_RIDGES if encoded else WORDS_RIDGES
    with threadpool_limits(1):  # the same sums in the same order; more threads are slower here
        counts = _count(entries)
        words = Words.fit(counts)
        table = _Table.of(words, counts, encoded)
        everything = np.arange(len(entries))
        scores = np.zeros(len(entries))
        topics = [Topic.OTHER] * len(entries)
        for fold in _folds(entries, table, np.ones(len(entries), bool), report):
            head = _complaint(fold.rows, fold.entries, ridges)
            scores[fold.left] = head.decision_function(fold.left_rows)
            names = _topic(fold.rows, fold.entries, ridges).predict(fold.left_rows)
            for i, name in zip(fold.left, names, strict=True):
                topics[i] = Topic(name)
        rows = table.rows(everything, everything)
        complaint, topic = _complaint(rows, entries, ridges), _topic(rows, entries, ridges)
        scale = _scale(entries, scores)
        held = Held(_scaled(scale, scores), tuple(topics))
    # The model takes the encoder's numbers as they are.
    size = np.where(np.arange(rows.shape[1]) < words.width, 1.0, SCALE)
    slope, offset = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    bias = slope * float(complaint.intercept_[0]) + offset
    made_by = {name: version(name) for name in ("numpy", "scikit-learn", "scipy")}
    ours = thresholds(entries, held.complaint)
    model = Model(
        words,
        np.append(slope * size * complaint.coef_[0], bias).astype(np.float32),
        tuple(Topic(name) for name in topic.classes_),
        np.column_stack([size * topic.coef_, topic.intercept_]).astype(np.float32, order="C"),
        ours,
        About(
            digest(entries),
            FEATURES,
            encoded.encoder.digest if encoded else "",
            encoded.encoder.width if encoded else 0,
            made_by,
            measure(entries, held.complaint, held.topics, ours),
        ),
        encoded.encoder if encoded else None,
    )
    report(STEPS, STEPS)
    return model, held


def hold_out(
    entries: Sequence[Entry],
    learned: Sequence[bool],
    on_progress: Progress | None = None,
    encoded: Encoded | None = None,
) -> Doubles:
    """The score of every entry, not calibrated, by a head that learned only those marked in
    `learned`, and none of the entry's fold. The folds are those of `fit`."""
    report = on_progress or (lambda done, total: None)
    marked = np.array(learned, dtype=bool)
    check([entry for entry, use in zip(entries, learned, strict=True) if use])
    ridges = SEMANTIC_RIDGES if encoded else WORDS_RIDGES
    scores = np.zeros(len(entries))
    with threadpool_limits(1):
        counts = _count(entries)
        table = _Table.of(Words.fit(counts), counts, encoded)
        for fold in _folds(entries, table, marked, report):
            head = _complaint(fold.rows, fold.entries, ridges)
            scores[fold.left] = head.decision_function(fold.left_rows)
    report(STEPS, STEPS)
    return scores


def calibrated(entries: Sequence[Entry], scores: Doubles, learned: Sequence[bool]) -> Doubles:
    """The scores of `hold_out` as probabilities, by the scale a model of what was learned has."""
    marked = np.array(learned, dtype=bool)
    taught = [entry for entry, use in zip(entries, learned, strict=True) if use]
    return _scaled(_scale(taught, scores[marked]), scores)


def _scale(entries: Sequence[Entry], scores: Doubles) -> LogisticRegression:
    """Platt's scaling on left-out scores: one slope, one offset, so the head stays linear. Both
    kinds weigh the same, so that the thresholds do not move with the corpus' make-up."""
    scale = LogisticRegression(C=1e6, class_weight="balanced")
    return scale.fit(scores[:, None], truths(entries))


def _scaled(scale: LogisticRegression, scores: Doubles) -> Doubles:
    probabilities: Doubles = scale.predict_proba(scores[:, None])[:, 1]
    return probabilities


def truths(entries: Sequence[Entry]) -> Truths:
    return np.array([entry.complaint for entry in entries], dtype=bool)


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


@dataclass(frozen=True, slots=True)
class _Table:
    """The corpus counted once: one row an entry, one column a term that stands in `SEVERAL`."""

    words: csr_matrix
    grams: csr_matrix
    vectors: csr_matrix

    @classmethod
    def of(cls, words: Words, counts: Sequence[Counts], encoded: Encoded | None) -> Self:
        vectors = SCALE * encoded.rows if encoded else np.zeros((len(counts), 0))
        return cls(
            _counted(words.words, [{**each.words, **each.pairs} for each in counts]),
            _counted(words.grams, [each.grams for each in counts]),
            csr_matrix(vectors, dtype=np.float64),
        )

    def rows(self, part: Indices, learned: Indices) -> csr_matrix:
        """The features of a part, as an encoder says them that has learned only `learned`."""
        blocks = [_weighed(block, part, learned) for block in (self.words, self.grams)]
        return hstack([*blocks, self.vectors[part]], format="csr")


def _counted(block: Block, documents: Sequence[Mapping[str, int]]) -> csr_matrix:
    known = [
        [(block.terms[term], times) for term, times in document.items() if term in block.terms]
        for document in documents
    ]
    ends = np.cumsum([0, *map(len, known)])
    columns, times = np.array([pair for row in known for pair in row]).reshape(-1, 2).T
    shape = (len(documents), len(block.terms))
    return csr_matrix((times.astype(np.float64), columns, ends), shape=shape)


def _weighed(counts: csr_matrix, part: Indices, learned: Indices) -> csr_matrix:
    """As `Block.fit` on what is learned and `Block.encode` of the part say it."""
    frequency = counts[learned].getnnz(axis=0)
    idf = np.where(frequency >= SEVERAL, inverse_frequency(frequency, len(learned)), 0.0)
    rows = counts[part]
    rows.data = (1 + np.log(rows.data)) * idf[rows.indices]
    return normalize(rows, copy=False)


def _folds(
    entries: Sequence[Entry], table: _Table, learned: Truths, report: Progress
) -> Iterator["_Fold"]:
    """Each entry is left out once, with its whole batch; the vocabulary, too, is of what is
    learned."""
    for done, (rest, left) in enumerate(split(entries)):
        report(done, STEPS)
        taught = rest[learned[rest]]
        yield _Fold(
            [entries[i] for i in taught],
            table.rows(taught, taught),
            left,
            table.rows(left, taught),
        )
    report(FOLDS, STEPS)


@dataclass(frozen=True, slots=True)
class _Fold:
    """What is learned, as entries and rows; and what is left out, as indices and rows."""

    entries: Sequence[Entry]
    rows: csr_matrix
    left: Indices
    left_rows: csr_matrix


def _complaint(
    rows: csr_matrix, entries: Sequence[Entry], ridges: tuple[float, float]
) -> LogisticRegression:
    head = LogisticRegression(C=ridges[0], max_iter=5000, class_weight="balanced")
    return head.fit(rows, truths(entries), sample_weight=_weights(entries))


def _topic(
    rows: csr_matrix, entries: Sequence[Entry], ridges: tuple[float, float]
) -> LogisticRegression:
    """Of those whose topic is known."""
    head = LogisticRegression(C=ridges[1], max_iter=5000, class_weight="balanced")
    known = [index for index, entry in enumerate(entries) if entry.topic]
    names = [str(entries[index].topic) for index in known]
    return head.fit(rows[known], names, sample_weight=_weights(entries)[known])


def _weights(entries: Sequence[Entry]) -> Doubles:
    return np.array([1.0 if entry.batch else OWN_WEIGHT for entry in entries])


def _count(entries: Sequence[Entry]) -> list[Counts]:
    return [count(entry.subject, entry.body) for entry in entries]
