"""`python -m triage.classifier.build`: makes the shipped model from the shipped corpus.

Run in a checkout whenever models/corpus or the making of features changes; a test tells.
"""

from importlib.resources import files
from pathlib import Path

from triage.classifier import corpus
from triage.classifier.fit import fit
from triage.classifier.modelfile import pack
from triage.classifier.shelf import MODEL


def build_shipped() -> Path:
    """Writes the model of the starter corpus beside it and returns its path."""
    path = Path(str(files("triage.models") / MODEL))
    model, _ = fit(corpus.merge(corpus.starter()))
    path.write_bytes(pack(model))
    return path


if __name__ == "__main__":
    build_shipped()
