"""The models in models/ made again, of the corpus beside them."""

from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier import corpus, encoder, fit_signals, load
from triage.classifier.build import CARD, starter_table, with_signals
from triage.classifier.fit import heads_of, matrix
from triage.classifier.table import Table
from triage.taxonomy import SignalKind

ROOT = Path(__file__).parents[2]

# It learns the whole corpus: a minute on a busy machine.
pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("kind", ["words", "semantic"])
def test_a_model_is_what_the_corpus_gives(kind: str) -> None:
    """Made again it has the same vocabulary and the same weights (to float32 on any machine).

    What others of its kind say of entries they have not learned (its scale, its thresholds, its
    figures) takes five times as long, and is not made again: the card tells it.
    """
    shipped, table = load(None, encoder(kind)), starter_table(encoder(kind))
    everything = np.arange(len(table.entries))
    rows = table.rows(everything, everything)
    with threadpool_limits(1):  # the same sums in the same order
        kinds, topics = heads_of(rows, table.entries, trained=table.trained)
    assert shipped.about.corpus == corpus.digest()
    assert list(table.words.words.terms) == list(shipped.words.words.terms)
    assert list(table.words.grams.terms) == list(shipped.words.grams.terms)
    assert kinds.names == tuple(map(str, shipped.kinds))
    assert topics.names == tuple(map(str, shipped.topics))
    assert np.allclose(matrix(kinds), shipped.kind, atol=1e-3)
    assert np.allclose(matrix(topics), shipped.topic, atol=1e-2)


def test_what_tells_signals_is_what_the_corpus_gives() -> None:
    """`make model` was run after the last change to models/corpus."""
    shipped = load(None).teller
    entries = corpus.merge(corpus.starter())
    table = Table.of([entries[place] for place in fit_signals.sought(entries)])
    everything = np.arange(len(table.entries))
    with threadpool_limits(1):
        heads = fit_signals.heads_of(table.rows(everything, everything), table.entries)
    assert shipped is not None
    assert list(table.words.words.terms) == list(shipped.words.words.terms)
    assert np.allclose(fit_signals.matrix(heads), shipped.rows, atol=1e-2)
    card = (ROOT / "models" / CARD).read_text("utf-8")
    assert with_signals(card, shipped) == card
    assert f"| angry | {shipped.figures[SignalKind.ANGRY][0].n} |" in card
