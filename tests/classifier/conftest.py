"""A model small enough to be made for the tests: every fifth entry of the starter corpus."""

import pytest

from triage.classifier import Entry, Model, corpus
from triage.classifier.fit import fit


@pytest.fixture(scope="session")
def small() -> list[Entry]:
    return corpus.merge(corpus.starter())[::5]


@pytest.fixture(scope="session")
def model(small: list[Entry]) -> Model:
    return fit(small)[0]
