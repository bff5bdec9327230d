"""`python -m triage.classifier.build`: makes the shipped models from the shipped corpus.

Run in a checkout whenever models/corpus or the making of features changes; a test tells. What the
encoder's twins say of the corpus (`corpus.npz`) is made with the encoder, by models/encoder.py.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from triage.classifier import corpus, shelf
from triage.classifier.figures import Figures
from triage.classifier.fit import fit
from triage.classifier.model import Model
from triage.classifier.modelfile import pack
from triage.classifier.table import Table
from triage.classifier.vectors import Encoder, Vectors

CARD = "CARD.md"
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end -->)", re.DOTALL)


def build_shipped() -> None:
    """Writes the models of the starter corpus beside it, and their figures into their card."""
    folder = Path(str(files("triage.models")))
    models = [build(encoder) for encoder in (None, Vectors.open())]
    for model in models:
        (folder / shelf.name_of(model.encoder)).write_bytes(pack(model))
    card = folder / CARD
    figures = (model.about.figures for model in models)
    card.write_text(with_figures(card.read_text("utf-8"), *figures), "utf-8")


def build(encoder: Encoder | None) -> Model:
    """The model of the starter corpus with this encoder."""
    entries = corpus.merge(corpus.starter())
    return fit(Table.of(entries, encoder, shelf.vectors(entries, encoder, None)))[0]


def with_figures(card: str, words: Figures, semantic: Figures) -> str:
    """The card with its table of figures replaced."""
    lines = ["| by cross-validation | words | semantic |", "|---|---|---|"]
    lines += [
        f"| {name} | {one} | {other} |"
        for (name, one), (_, other) in zip(_rows(words), _rows(semantic), strict=True)
    ]
    return _TABLE.sub(lambda _: "\n".join(lines) + "\n", card)


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
