"""`python -m triage.classifier.build`: makes the shipped models from the shipped corpus.

Run in a checkout whenever models/corpus or the making of features changes; a test tells. What is
said of the corpus by encoders that had not learned it (`corpus.npz`) comes with the encoder, from
models/encoder.py.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from triage.classifier import corpus, shelf, signalfile
from triage.classifier.figures import Figures
from triage.classifier.fit import fit
from triage.classifier.fit_signals import fit_signals
from triage.classifier.model import Model
from triage.classifier.modelfile import pack
from triage.classifier.signals import Signals
from triage.classifier.table import Table
from triage.classifier.vectors import Encoder, Vectors

CARD = "CARD.md"
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end -->)", re.DOTALL)
_SIGNALS = re.compile(r"(?<=<!-- signals -->\n).*?(?=<!-- end -->)", re.DOTALL)


def build_shipped() -> None:
    """Writes the models of the starter corpus beside it, what tells its signals, and the figures
    of both into their card."""
    folder = Path(str(files("triage.models")))
    encoder = Vectors.open()
    models = [build(each) for each in (None, encoder)]
    for model in models:
        (folder / shelf.name_of(model.encoder)).write_bytes(pack(model))
    signals = build_signals(encoder)
    (folder / shelf.SIGNALS).write_bytes(signalfile.pack(signals))
    card = folder / CARD
    words, semantic = (model.about.figures for model in models)
    told = with_signals(with_figures(card.read_text("utf-8"), words, semantic), signals)
    card.write_text(told, "utf-8")


def build(encoder: Encoder | None) -> Model:
    """The model of the starter corpus with this encoder."""
    return fit(starter_table(encoder), digest=corpus.digest())[0]


def starter_table(encoder: Encoder | None) -> Table:
    """What such a model is made of."""
    entries = corpus.merge(corpus.starter())
    return Table.of(entries, encoder, shelf.vectors(entries, encoder, None))


def build_signals(encoder: Encoder) -> Signals:
    """What tells the signals of the starter corpus, beside this encoder and without."""
    entries = corpus.merge(corpus.starter())
    return fit_signals(entries, shelf.vectors(entries, encoder, None))


def with_figures(card: str, words: Figures, semantic: Figures) -> str:
    """The card with its table of figures replaced."""
    lines = ["| by cross-validation | words | semantic |", "|---|---|---|"]
    lines += [
        f"| {name} | {one} | {other} |"
        for (name, one), (_, other) in zip(_rows(words), _rows(semantic), strict=True)
    ]
    return _TABLE.sub(lambda _: "\n".join(lines) + "\n", card)


def with_signals(card: str, signals: Signals) -> str:
    """The card with its table of signals replaced."""
    lines = ["| precision, recall | entries | words | semantic |", "|---|---|---|---|"]
    lines += [
        f"| {kind} | {one.n} | {one.precision:.2f}, {one.recall:.2f}"
        f" | {other.precision:.2f}, {other.recall:.2f} |"
        for kind, (one, other) in signals.figures.items()
    ]
    return _SIGNALS.sub(lambda _: "\n".join(lines) + "\n", card)


def _rows(figures: Figures) -> Iterable[tuple[str, str]]:
    yield "entries, of them complaints", f"{figures.n}, {figures.complaints}"
    yield "AUC, average precision", f"{figures.auc:.3f}, {figures.average_precision:.3f}"
    yield (
        "precision, recall, F1 of the flag",
        f"{figures.precision:.2f}, {figures.recall:.2f}, {figures.f1:.2f}",
    )
    yield "complaints that end unsure", f"{figures.unsure_complaints:.1%}"
    yield (
        "ordinary mail that ends flagged, unsure",
        f"{figures.flagged_ordinary:.1%}, {figures.unsure_ordinary:.1%}",
    )
    yield (
        "all that is no complaint: flagged, unsure",
        f"{figures.flagged_rest:.1%}, {figures.unsure_rest:.1%}",
    )
    yield "topic right: all, complaints", f"{figures.topic:.1%}, {figures.topic_complaints:.1%}"
    for topic, told in sorted(figures.confusion.items()):
        yield f"topic {topic}", f"{told.get(topic, 0)} of {sum(told.values())}"


if __name__ == "__main__":
    build_shipped()
