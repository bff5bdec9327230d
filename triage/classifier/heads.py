"""Heads: from rows of features to the kind of a text, and to its topic. Needs scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # untyped
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped

from triage.classifier.arrays import Doubles
from triage.classifier.corpus import Entry, Kind
from triage.classifier.table import Rows
from triage.classifier.vectors import KIND_SCORES, TOPIC_SCORES
from triage.taxonomy import Topic

# How much one of the owner's own labels counts beside an entry of the starter corpus. Of a shop
# that is not in the corpus, AUC on 200 of its texts, mean of three draws. Words: without labels
# .899; with 50 at 1, 3, 10, 30: .903 .901 .905 .900; with 200: .909 .912 .913 .911. With the
# encoder: .945; .946 .946 .946 .946; .946 .946 .947 .948. More weight lets wrong labels through.
OWN_WEIGHT = 1.0
# How much an entry counts of which life has few (`Entry.rare`). Of those written to mislead: words
# alone, 18,219 entries, AUC on posts and on reviews nobody here wrote, and on a breeder's mail: not
# at all .783 .896 .877, a tenth .783 .894 .887, a quarter .779 .892 .897, in full (16,869 entries)
# .766 .876 .905.
RARE = 0.1
# Inverse strength of the ridges: words (kinds: AUC on the same texts at 3 .783 .894 .887, at 10
# .782 .900 .893, in four times the time), and the numbers of an encoder that tells neither. Without
# balanced classes, so that each topic counts alike, topics are right for .42 instead of .69.
KINDS_RIDGE = 3.0
TOPICS_RIDGE = 1.0
NUMBERS_RIDGE = 0.1
# What words say of the kind, beside an encoder. At 0, .1, .3, 1: .874 .940 .936, .875 .941 .937,
# .876 .941 .939, .873 .940 .942; real ordinary mail flagged where 8 complaints of 10 are: 1.5, 1.2,
# .5, .7 %. One head for words and numbers together, .860 .928 .938: a corpus flatters the words,
# which know its authors.
WORDS_SHARE = 0.3
# What words and an encoder's numbers count for the topic, alike: at 0, .3, .5 and 1 of what the
# numbers count, topics of left-out complaints are right for .69 .72 .73 .74, of the breeder's .71
# .73 .76 .76; one head for both .72 and .74, in three times the time. At .4, .5, .6, .7 and 1 the
# mean log-loss is .90 .83 .81 .82 .94, and at .6 the mean probability is as often right.
TOPICS_SHARE = 0.6
# The largest slope at which a fit ends. Newton's method (1.5 to 2.5 s for the kinds, 5 to 9 s for
# the topics of 29,419 entries) is as good as L-BFGS (3.4 and 9.2 s) or better: AUC on the same
# texts at 1e-3 .789 .891 .899, at 3e-4 .790 .898 .901 (L-BFGS .792 .892 .899), topics of the
# breeder's right for .75 and .77 (.75). At 1e-2 it ends before it has begun.
KINDS_TOLERANCE = 3e-4
TOPICS_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Head:
    """Of each class in `names` a row of weights over words and numbers, and a bias."""

    names: tuple[str, ...]
    rows: Doubles
    bias: Doubles

    def scores(self, rows: Rows) -> Doubles:
        """One row a text, one column a class."""
        width = rows.words.shape[1]
        said: Doubles = rows.words @ self.rows[:, :width].T + self.bias
        return said + rows.numbers @ self.rows[:, width:].T


def kinds(rows: Rows, entries: Sequence[Entry], *, trained: bool = False) -> Head:
    """The head that tells the kind. `trained`: the numbers are those of an encoder that was trained
    to tell it; of any other a head on its numbers is learned."""
    names = [str(entry.kind) for entry in entries]
    weights = _weights(entries)
    words = head(rows.words, names, KINDS_RIDGE, KINDS_TOLERANCE, weights)
    if not rows.numbers.shape[1]:
        return words
    if trained:
        numbers = _told(words.names, rows, KIND_SCORES, list(Kind))
    else:
        numbers = head(csr_matrix(rows.numbers), names, NUMBERS_RIDGE, KINDS_TOLERANCE, weights)
    return _beside(words, WORDS_SHARE, numbers, 1.0)


def topics(rows: Rows, entries: Sequence[Entry], *, trained: bool = False) -> Head:
    """The head that tells the topic, of those whose topic is known; `trained` as of `kinds`."""
    known = [index for index, entry in enumerate(entries) if entry.topic]
    names = [str(entries[index].topic) for index in known]
    words = head(rows.words[known], names, TOPICS_RIDGE, TOPICS_TOLERANCE)
    if not rows.numbers.shape[1]:
        return words
    if trained:
        numbers = _told(words.names, rows, TOPIC_SCORES, list(Topic))
    else:
        learned = csr_matrix(rows.numbers[known])
        numbers = head(learned, names, NUMBERS_RIDGE, TOPICS_TOLERANCE)
    return _beside(words, TOPICS_SHARE, numbers, TOPICS_SHARE)


def _told(names: Sequence[str], rows: Rows, scores: slice, order: Sequence[str]) -> Head:
    """The head that says what an encoder says: its scores, which stand in this order."""
    places = [scores.start + order.index(name) for name in names]
    return Head(tuple(names), np.eye(rows.numbers.shape[1])[places], np.zeros(len(places)))


def _beside(words: Head, share: float, numbers: Head, other: float) -> Head:
    """Two heads for the same classes as one: each counts its share."""
    return Head(
        words.names,
        np.hstack([share * words.rows, other * numbers.rows]),
        share * words.bias + other * numbers.bias,
    )


def _weights(entries: Sequence[Entry]) -> Doubles:
    return np.array([RARE if each.rare else 1.0 if each.batch else OWN_WEIGHT for each in entries])


def head(
    rows: csr_matrix,
    names: Sequence[str],
    ridge: float,
    tolerance: float,
    weights: Doubles | None = None,
) -> Head:
    """A logistic regression, classes weighing the same."""
    learned = LogisticRegression(
        C=ridge, solver="newton-cg", tol=tolerance, max_iter=1000, class_weight="balanced"
    )
    learned.fit(rows, names, sample_weight=weights)
    classes = tuple(str(name) for name in learned.classes_)
    if len(classes) > 2:
        return Head(classes, learned.coef_, learned.intercept_)
    # Of two classes scikit-learn keeps one row.
    return Head(
        classes,
        np.concatenate([np.zeros_like(learned.coef_), learned.coef_]),
        np.append(0.0, learned.intercept_),
    )
