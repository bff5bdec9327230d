"""The model in models/: made of the corpus beside it, and worth what its card says."""

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from triage.classifier import Model, corpus, load
from triage.classifier.build import CARD, with_figures
from triage.classifier.fit import fit
from triage.classifier.modelfile import pack

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "yardstick"


@pytest.fixture(scope="module")
def shipped() -> Model:
    return load()


def test_it_is_made_of_the_shipped_corpus(shipped: Model) -> None:
    """`python -m triage.classifier.build` was run after the last change to models/corpus."""
    assert shipped.about.corpus == corpus.digest(corpus.merge(corpus.starter()))


def test_it_is_what_the_corpus_gives(shipped: Model) -> None:
    """Made again it has the same vocabulary and the same weights (to float32 on any machine)."""
    again = fit(corpus.merge(corpus.starter()))[0]
    assert list(again.words.words.terms) == list(shipped.words.words.terms)
    assert list(again.words.grams.terms) == list(shipped.words.grams.terms)
    assert np.allclose(again.complaint, shipped.complaint, atol=1e-3)
    assert np.allclose(again.topic, shipped.topic, atol=1e-2)


def test_it_is_small(shipped: Model) -> None:
    """Everybody who installs the program carries it."""
    assert len(pack(shipped)) < 5_000_000


def test_it_tells_complaints_from_the_rest(shipped: Model) -> None:
    """By cross-validation it is far from chance, and hedges on less than a third."""
    figures = shipped.about.figures
    assert figures.auc > 0.84
    assert figures.f1 > 0.66
    assert figures.unsure_complaints < 0.33
    assert figures.unsure_ordinary < 0.33


@pytest.mark.skipif(not YARDSTICK.exists(), reason="the yardstick lies beside the repository")
def test_it_is_better_than_chance_on_strangers(shipped: Model) -> None:
    """Real tweets and reviews nobody here wrote: a weak model, but no worse than it was."""
    rows = [
        json.loads(row) for row in (YARDSTICK / "customers.jsonl").read_text("utf-8").splitlines()
    ]
    said = [opinion.complaint for opinion in shipped.judge_many(("", row["text"]) for row in rows)]
    assert roc_auc_score([row["complaint"] for row in rows], said) > 0.56


def test_its_card_tells_its_figures(shipped: Model) -> None:
    """The table in models/CARD.md is that of the model beside it."""
    card = (ROOT / "models" / CARD).read_text("utf-8")
    assert with_figures(card, shipped.about.figures) == card
    assert f"| entries | {shipped.about.figures.n} |" in card
