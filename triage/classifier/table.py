"""The corpus counted once: a row of features for each entry, as often as it is learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped] # untyped
from sklearn.preprocessing import normalize  # type: ignore[import-untyped] # untyped

from triage.classifier.arrays import Doubles, Floats, Indices, Truths
from triage.classifier.corpus import Entry
from triage.classifier.counted import Counted
from triage.classifier.vectors import Encoder
from triage.classifier.words import SEVERAL, Words, count, inverse_frequency


@dataclass(frozen=True, slots=True)
class Rows:
    """Features of texts, one row a text: what stands in them, and what an encoder said of them."""

    words: csr_matrix
    numbers: Doubles


@dataclass(frozen=True, slots=True)
class Table:
    """Entries with their features: one row an entry, one column a term that stands in `SEVERAL` of
    them.

    `numbers` are what the encoder said, one column a number (none without an encoder). Of an entry
    it was itself trained on they must come from another that was not.
    """

    entries: Sequence[Entry]
    words: Words
    encoder: Encoder | None
    terms: csr_matrix
    grams: csr_matrix
    numbers: Doubles

    @classmethod
    def of(
        cls, entries: Sequence[Entry], encoder: Encoder | None = None, said: Floats | None = None
    ) -> Self:
        """The table of entries, and of what an encoder said of each, one row an entry."""
        words, grams = Counted(), Counted()
        for entry in entries:
            counts = count(entry.subject, entry.body)
            words.add({**counts.words, **counts.pairs})
            grams.add(counts.grams)
        (word_block, terms), (gram_block, runs) = words.table(), grams.table()
        return cls(
            entries,
            Words(word_block, gram_block),
            encoder,
            terms,
            runs,
            np.zeros((len(entries), 0)) if said is None else said.astype(np.float64),
        )

    @property
    def truths(self) -> Truths:
        return truths(self.entries)

    @property
    def trained(self) -> bool:
        """Whether the numbers are scores of the kinds and topics."""
        return self.encoder is not None and self.encoder.trained

    def rows(self, part: Indices, learned: Indices) -> Rows:
        """The features of a part, as words say them that have learned only `learned`."""
        blocks = [_weighed(block, part, learned) for block in (self.terms, self.grams)]
        return Rows(hstack(blocks, format="csr"), self.numbers[part])

    def some(self, part: Indices) -> list[Entry]:
        return [self.entries[index] for index in part]


def truths(entries: Sequence[Entry]) -> Truths:
    """Which entries are complaints."""
    return np.array([entry.complaint for entry in entries], dtype=bool)


def _weighed(counts: csr_matrix, part: Indices, learned: Indices) -> csr_matrix:
    """As a block counted from what is learned says it of the part."""
    if not part.size:
        return counts[part]
    frequency = counts[learned].getnnz(axis=0)
    idf = np.where(frequency >= SEVERAL, inverse_frequency(frequency, len(learned)), 0.0)
    rows = counts[part]
    rows.data = (1 + np.log(rows.data)) * idf[rows.indices]
    return normalize(rows, copy=False)
