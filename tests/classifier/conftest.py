"""A model small enough to be made for the tests: 600 entries of a few batches."""

import pytest

from triage.classifier import Entry, Model, corpus
from triage.classifier.fit import fit
from triage.classifier.table import Table


@pytest.fixture(scope="session")
def small() -> list[Entry]:
    batches = ("shop-n", "reviews-n", "ordinary-g")
    some = [e for e in corpus.merge(corpus.starter()) if e.batch.startswith(batches)]
    return some[:: len(some) // 600][:600]


@pytest.fixture(scope="session")
def model(small: list[Entry]) -> Model:
    return fit(Table.of(small))[0]
