"""Heads: from rows of features to the kind of a text, and to its topic. Needs scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped] # untyped
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped

from triage.classifier.arrays import Doubles
from triage.classifier.corpus import Entry, Kind
from triage.classifier.table import Rows

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
# Inverse strength of the ridges: kinds by words (AUC on the same texts at 3 .783 .894 .887, at 10
# .782 .900 .893, in four times the time), kinds by an encoder's numbers, topics by words alone and
# by both. Without balanced classes, so that each topic counts alike, topics are right for .42
# instead of .69.
KINDS_RIDGE = 3.0
NUMBERS_RIDGE = 0.1
TOPICS_RIDGE = 1.0
SEMANTIC_TOPICS_RIDGE = 0.3
# What words say of the kind, beside an encoder. At 0, .1, .3, 1: .874 .940 .936, .875 .941 .937,
# .876 .941 .939, .873 .940 .942; real ordinary mail flagged where 8 complaints of 10 are: 1.5, 1.2,
# .5, .7 %. One head for words and numbers together, .860 .928 .938: a corpus flatters the words,
# which know its authors.
WORDS_SHARE = 0.3
# For the topics an encoder's numbers are brought to the size of the words': the fit takes a fifth
# of the time, and the topics of an unseen shop are right for .68 instead of .65.
SCALE = 0.3
# The largest slope at which a fit ends. Kinds: going on to 1e-4 takes twice the time; AUC on the
# same texts .773 .901 .903 instead of .782 .900 .893. Topics: at 3e-4, 1e-3, 4e-3 right for .66,
# .66, .65 of left-out texts and .70, .72, .70 of the breeder's, in 11, 6 and 4 s.
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


def kinds(rows: Rows, entries: Sequence[Entry], told: Sequence[Kind] = ()) -> Head:
    """The head that tells the kind. `told` are the kinds of which an encoder's first numbers are
    the scores; of one that was not trained to tell them a head on its numbers is learned."""
    names = [str(entry.kind) for entry in entries]
    weights = _weights(entries)
    words = head(rows.words, names, KINDS_RIDGE, KINDS_TOLERANCE, weights)
    width = rows.numbers.shape[1]
    if not width:
        return words
    if told:
        places = [list(told).index(Kind(name)) for name in words.names]
        numbers = Head(words.names, np.eye(len(told), width)[places], np.zeros(len(places)))
    else:
        numbers = head(csr_matrix(rows.numbers), names, NUMBERS_RIDGE, KINDS_TOLERANCE, weights)
    return Head(
        words.names,
        np.hstack([WORDS_SHARE * words.rows, numbers.rows]),
        WORDS_SHARE * words.bias + numbers.bias,
    )


def topics(rows: Rows, entries: Sequence[Entry]) -> Head:
    """The head that tells the topic, of those whose topic is known."""
    known = [index for index, entry in enumerate(entries) if entry.topic]
    names = [str(entries[index].topic) for index in known]
    width = rows.numbers.shape[1]
    both = hstack([rows.words, csr_matrix(SCALE * rows.numbers)], format="csr")
    ridge = SEMANTIC_TOPICS_RIDGE if width else TOPICS_RIDGE
    found = head(both[known], names, ridge, TOPICS_TOLERANCE)
    size = np.append(np.ones(rows.words.shape[1]), np.full(width, SCALE))
    return Head(found.names, found.rows * size, found.bias)


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
    learned = LogisticRegression(C=ridge, max_iter=5000, tol=tolerance, class_weight="balanced")
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
