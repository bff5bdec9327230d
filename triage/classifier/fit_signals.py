"""From complaints in which readers looked for signals to what tells them. Needs scikit-learn."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import precision_recall_curve  # type: ignore[import-untyped] # untyped
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier.arrays import Doubles, Floats, Truths
from triage.classifier.corpus import Entry
from triage.classifier.folds import split
from triage.classifier.heads import Head, head
from triage.classifier.sentences import sentences
from triage.classifier.signals import KINDS, NUMBERS_SHARE, PLACES, Signals, Told
from triage.classifier.table import Rows, Table
from triage.classifier.words import Words, count
from triage.taxonomy import SignalKind

RIDGE = 0.5
TOLERANCE = 3e-4
# In batches written for their signals every second text has one, elsewhere one complaint in five:
# where a mark is set they count so much, and no figure is taken of them.
SOUGHT_WEIGHT = 0.3
# How much recall counts beside precision (beta of van Rijsbergen 1979): a signal that is shown
# where there is none is soon overlooked where there is one.
RECALL = 0.7


def fit_signals(entries: Sequence[Entry], said: Floats) -> Signals:
    """What tells the signals of entries. `said` are the numbers of an encoder that tells signals,
    one row an entry, of each by one that had not learned it."""
    looked = sought(entries)
    table = Table.of([entries[place] for place in looked])
    numbers = said[looked][:, PLACES].astype(np.float64)
    everything = np.arange(len(looked))
    alone = np.zeros((len(looked), len(KINDS)))
    with threadpool_limits(1):  # the same sums in the same order
        for learned, left in split(table.entries):
            heads = heads_of(table.rows(learned, learned), table.some(learned))
            alone[left] = _strongest(table.words, heads, table.some(left))
        heads = heads_of(table.rows(everything, everything), table.entries)
    beside = alone + NUMBERS_SHARE * numbers
    written = np.array([each.sought for each in table.entries])
    marks: list[list[float]] = []
    figures: dict[SignalKind, tuple[Told, Told]] = {}
    for place, kind in enumerate(KINDS):
        truth = _having(table.entries, kind)
        both = [_mark(truth, scores[:, place], written) for scores in (alone, beside)]
        marks.append([mark for mark, _ in both])
        figures[kind] = (both[0][1], both[1][1])
    ours, theirs = np.array(marks, np.float32).T
    return Signals(table.words, matrix(heads), ours, theirs, figures)


def sought(entries: Sequence[Entry]) -> list[int]:
    """The places of entries in which readers looked for signals."""
    return [place for place, entry in enumerate(entries) if entry.signals is not None]


def heads_of(rows: Rows, entries: Sequence[Entry]) -> list[Head]:
    """Of each kind a head that tells what has it (its second class) from what has not."""
    return [
        head(rows.words, _having(entries, kind).astype(str).tolist(), RIDGE, TOLERANCE)
        for kind in KINDS
    ]


def matrix(heads: Sequence[Head]) -> Floats:
    """A row a kind, its bias last, as a model keeps it."""
    return np.array([[*each.rows[1], each.bias[1]] for each in heads], np.float32)


def _strongest(words: Words, heads: Sequence[Head], entries: Sequence[Entry]) -> Doubles:
    """What heads say of the whole or of one sentence of each entry, whichever is more."""
    none = np.zeros(len(KINDS), np.float32)
    signals = Signals(words, matrix(heads), none, none, {})
    return np.array(
        [
            signals.scores(count(each.subject, each.body), sentences(each.text)).max(axis=0)
            for each in entries
        ]
    )


def _having(entries: Sequence[Entry], kind: SignalKind) -> Truths:
    return np.array([kind in (entry.signals or ()) for entry in entries], dtype=bool)


def _mark(truth: Truths, scores: Doubles, sought: Truths) -> tuple[float, Told]:
    """The score from which on the F measure is best, and how well it tells."""
    weights = np.where(sought, SOUGHT_WEIGHT, 1.0)
    precision, recall, marks = precision_recall_curve(truth, scores, sample_weight=weights)
    measure = precision * recall / np.maximum(RECALL**2 * precision + recall, 1e-9)
    mark = float(marks[measure[:-1].argmax()])
    plain, told = truth[~sought], scores[~sought] >= mark
    right = float((plain & told).sum())
    return mark, Told(int(plain.sum()), right / max(told.sum(), 1), right / max(plain.sum(), 1))
