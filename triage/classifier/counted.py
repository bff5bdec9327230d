"""Documents counted one after the other. Kept as numbers: the words of 32,000 texts, each in a
dictionary of its own, took 1.3 GB."""

from array import array
from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # untyped

from triage.classifier.words import SEVERAL, Block, inverse_frequency


class Counted:
    """How often each term stands in each of the documents added so far."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # term -> in which place it was met first
        self._terms = array("i")  # of all documents, one behind the other
        self._times = array("i")
        self._ends = array("q", [0])

    def add(self, document: Mapping[str, int]) -> None:
        numbers = self._numbers
        self._terms.extend(numbers.setdefault(term, len(numbers)) for term in document)
        self._times.extend(document.values())
        self._ends.append(len(self._terms))

    def table(self) -> tuple[Block, csr_matrix]:
        """The block of the terms that stand in `SEVERAL` documents, in alphabetical order, and the
        counts: one row a document, one column a term."""
        terms, times = np.asarray(self._terms), np.asarray(self._times)
        documents = np.bincount(terms, minlength=len(self._numbers))
        kept = sorted(
            term for term, number in self._numbers.items() if documents[number] >= SEVERAL
        )
        numbers = np.array([self._numbers[term] for term in kept], np.int64)
        column = np.full(len(self._numbers), -1, np.int32)
        column[numbers] = np.arange(len(kept))
        columns = column[terms]
        known = columns >= 0
        ends = np.concatenate([[0], np.cumsum(known)])[np.asarray(self._ends)]
        shape = (len(ends) - 1, len(kept))
        counts = csr_matrix((times[known].astype(np.float64), columns[known], ends), shape=shape)
        idf = inverse_frequency(documents[numbers].astype(np.float64), len(ends) - 1)
        places = {term: place for place, term in enumerate(kept)}
        return Block(places, idf.astype(np.float32)), counts
