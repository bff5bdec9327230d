"""Where models lie: the one shipped, and the owner's own in the state folder.

The corpus is the truth and a model file a cache of it: one that is missing, damaged, or made of
another corpus or by other rules is made anew.
"""

import os
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from triage.classifier import corpus
from triage.classifier.model import Model
from triage.classifier.modelfile import MOST, unpack, write
from triage.classifier.words import FEATURES
from triage.errors import UserError

MODEL = "words.npz"
LABELS = "labels.jsonl"  # the owner's, as far as they were learned


def load(path: Path | None = None) -> Model:
    """A model file, None: the one shipped. UserError `model-missing` (path), `model-unreadable`
    (path, reason: "damaged", "too-big", "other-format", or the system's words)."""
    file = path or files("triage.models") / MODEL
    try:
        with file.open("rb") as opened:
            return unpack(opened.read(MOST + 1), str(file))
    except FileNotFoundError as error:
        raise UserError("model-missing", path=str(file)) from error
    except OSError as error:
        raise UserError("model-unreadable", path=str(file), reason=error.strerror) from error


def obtain(state: Path | None) -> Model:
    """The model of the starter corpus and the owner's labels in `state`, read where a file fits,
    else made (seconds) and, where the state folder can be written to, kept there.

    UserError `corpus-faults`, `corpus-unreadable` or `corpus-too-small` as in `corpus` and `fit`.
    """
    entries = corpus.merge(corpus.starter(), labels(state) if state else ())
    digest = corpus.digest(entries)
    own = state / MODEL if state else None
    for path in (own, None) if own and os.access(own, os.R_OK) else (None,):
        try:
            model = load(path)
        except UserError:
            continue  # a damaged cache is made again
        if (model.about.corpus, model.about.features) == (digest, FEATURES):
            return model
    from triage.classifier.fit import fit  # noqa: PLC0415 # scikit-learn takes a second and 100 MB

    model, _ = fit(entries)
    if own:
        with suppress(UserError):  # a cache that cannot be kept is made again
            write(own, model)
    return model


def labels(state: Path) -> list[corpus.Entry]:
    """The owner's labels that were learned, none when there are none yet."""
    path = state / LABELS
    return corpus.read([path]) if os.access(path, os.R_OK) else []
