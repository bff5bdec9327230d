"""A model small enough to be made for the tests: 240 entries spread over the starter corpus."""

import pytest

from triage.classifier import Entry, Model, corpus
from triage.classifier.fit import fit


@pytest.fixture(scope="session")
def small() -> list[Entry]:
    whole = corpus.merge(corpus.starter())
    return whole[:: len(whole) // 240][:240]


@pytest.fixture(scope="session")
def model(small: list[Entry]) -> Model:
    return fit(small)[0]
