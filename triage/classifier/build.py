"""`python -m triage.classifier.build`: makes the shipped model from the shipped corpus.

Run in a checkout whenever models/corpus or the making of features changes; a test tells.
"""

import re
from importlib.resources import files
from pathlib import Path

from triage.classifier import corpus
from triage.classifier.figures import Figures
from triage.classifier.fit import fit
from triage.classifier.modelfile import pack
from triage.classifier.shelf import MODEL

CARD = "CARD.md"
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end -->)", re.DOTALL)


def build_shipped() -> None:
    """Writes the model of the starter corpus beside it, and its figures into its card."""
    model, _ = fit(corpus.merge(corpus.starter()))
    folder = Path(str(files("triage.models")))
    (folder / MODEL).write_bytes(pack(model))
    card = folder / CARD
    card.write_text(with_figures(card.read_text("utf-8"), model.about.figures), "utf-8")


def with_figures(card: str, figures: Figures) -> str:
    """The card with its table of figures replaced."""
    rows = {
        "entries": f"{figures.n}",
        "of them complaints": f"{figures.complaints}",
        "AUC, average precision": f"{figures.auc:.3f}, {figures.average_precision:.3f}",
        "precision, recall, F1 of the flag": (
            f"{figures.precision:.2f}, {figures.recall:.2f}, {figures.f1:.2f}"
        ),
        "complaints that end unsure": f"{figures.unsure_complaints:.0%}",
        "the rest that ends flagged, unsure": (
            f"{figures.flagged_ordinary:.0%}, {figures.unsure_ordinary:.0%}"
        ),
        "topic right: all, complaints": f"{figures.topic:.0%}, {figures.topic_complaints:.0%}",
    }
    for topic, told in sorted(figures.confusion.items()):
        right, of = told.get(topic, 0), sum(told.values())
        rows[f"topic {topic}"] = f"{right} of {of}"
    lines = ["| by cross-validation | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in rows.items()]
    return _TABLE.sub(lambda _: "\n".join(lines) + "\n", card)


if __name__ == "__main__":
    build_shipped()
