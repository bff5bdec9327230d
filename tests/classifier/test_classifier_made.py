"""The models in models/ made again, of the corpus beside them."""

from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # untyped

from triage.classifier import corpus, encoder, fit_signals, load
from triage.classifier.build import CARD, starter_table, with_signals
from triage.classifier.fit import heads_of, matrix
from triage.classifier.heads import TOPICS_SHARE, WORDS_SHARE
from triage.classifier.table import Table
from triage.taxonomy import SignalKind

ROOT = Path(__file__).parents[2]

# It learns the whole corpus: a minute on a busy machine.
pytestmark = pytest.mark.timeout(600)


def test_models_are_what_the_corpus_gives() -> None:
    """Made again they have the same vocabulary and the same weights (to float32 on any machine).

    Beside the encoder that ships the words' scores count a share of what they count alone, so that
    both models are made at once. What others of their kind say of entries they have not learned
    (scale, thresholds, figures) takes five times as long, and is not made again: the card tells it.
    """
    table = starter_table(encoder("semantic"))
    everything = np.arange(len(table.entries))
    rows = table.rows(everything, everything)
    with threadpool_limits(1):  # the same sums in the same order
        kinds, topics = heads_of(rows, table.entries, trained=table.trained)
    kind, topic = matrix(kinds), matrix(topics)
    width = table.words.width
    alone = [*range(width), -1]  # the words' columns, and the bias
    for name, columns, shares in (
        ("semantic", [*range(kind.shape[1])], (1.0, 1.0)),
        ("words", alone, (WORDS_SHARE, TOPICS_SHARE)),
    ):
        shipped = load(None, encoder(name))
        assert shipped.about.corpus == corpus.digest()
        assert list(table.words.words.terms) == list(shipped.words.words.terms)
        assert list(table.words.grams.terms) == list(shipped.words.grams.terms)
        assert kinds.names == tuple(map(str, shipped.kinds))
        assert topics.names == tuple(map(str, shipped.topics))
        assert np.allclose(kind[:, columns], shares[0] * shipped.kind, atol=1e-3)
        assert np.allclose(topic[:, columns], shares[1] * shipped.topic, atol=1e-2)


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
