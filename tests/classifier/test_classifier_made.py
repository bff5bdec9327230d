"""The models in models/ made again, of the corpus beside them."""

from pathlib import Path

import numpy as np
import pytest

from triage.classifier import encoder, load, signalfile
from triage.classifier.build import CARD, build, build_signals, with_signals
from triage.classifier.modelfile import pack, unpack
from triage.taxonomy import SignalKind

ROOT = Path(__file__).parents[2]

# It learns the whole corpus: minutes on a busy machine.
pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("kind", ["words", "semantic"])
def test_a_model_is_what_the_corpus_gives(kind: str) -> None:
    """Made again it has the same vocabulary and the same weights (to float32 on any machine)."""
    shipped, again = load(None, encoder(kind)), unpack(pack(build(encoder(kind))), kind)
    assert again.about.corpus == shipped.about.corpus
    assert list(again.words.words.terms) == list(shipped.words.words.terms)
    assert list(again.words.grams.terms) == list(shipped.words.grams.terms)
    assert np.allclose(again.kind, shipped.kind, atol=1e-3)
    assert np.allclose(again.topic, shipped.topic, atol=1e-2)
    assert again.thresholds == shipped.thresholds


def test_what_tells_signals_is_what_the_corpus_gives() -> None:
    """`make model` was run after the last change to models/corpus."""
    reader = encoder("semantic")
    assert reader is not None
    shipped = load(None).teller
    again = signalfile.unpack(signalfile.pack(build_signals(reader)), "again")
    assert shipped is not None
    assert list(again.words.words.terms) == list(shipped.words.words.terms)
    assert np.allclose(again.rows, shipped.rows, atol=1e-2)
    assert np.allclose(again.alone, shipped.alone, atol=1e-2)
    assert np.allclose(again.beside, shipped.beside, atol=1e-2)
    card = (ROOT / "models" / CARD).read_text("utf-8")
    assert with_signals(card, shipped) == card
    assert f"| angry | {shipped.figures[SignalKind.ANGRY][0].n} |" in card
