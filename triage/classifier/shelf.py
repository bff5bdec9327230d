"""Where models lie: those shipped, and the owner's own in the state folder.

The corpus is the truth and a model file a cache of it: one that is missing, damaged, or made of
another corpus, by other rules or with another encoder is made anew.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from triage.classifier import archive, corpus, signalfile, vectorfile
from triage.classifier.archive import MOST
from triage.classifier.arrays import Floats
from triage.classifier.corpus import Entry
from triage.classifier.model import Model
from triage.classifier.modelfile import unpack, write
from triage.classifier.vectorfile import Table
from triage.classifier.vectors import Encoder
from triage.classifier.words import FEATURES
from triage.errors import UserError

WORDS, SEMANTIC = "words.npz", "semantic.npz"
SIGNALS = "signals.npz"
LABELS = "labels.jsonl"  # the owner's, as far as they were learned
STARTER_VECTORS = "corpus.npz"  # of the starter corpus, by encoders that had not learned the text
VECTORS = "vectors.npz"  # of what else was learned

Progress = Callable[[int, int], None]
# Hears that the owner's file does not serve: what damage it has (None: it is of another corpus, as
# after an upgrade, or not there), and whether another is made or the one that ships serves. Answers
# with who hears of each step.
Replacing = Callable[[UserError | None, bool], Progress | None]

DAMAGED = ".damaged"  # what the name of a file ends in that is set aside


def name_of(encoder: Encoder | None) -> str:
    """The model's file in the folder of models and in the state folder."""
    return SEMANTIC if encoder else WORDS


def load(path: Path | None = None, encoder: Encoder | None = None) -> Model:
    """A model file, None: the one shipped for this encoder, with the signals that ship. UserError
    `model-missing` (path), `model-unreadable` (path, reason: "damaged", "too-big", "other-format",
    "other-encoder", or the system's words)."""
    return _telling(_load(path, encoder))


def _load(path: Path | None, encoder: Encoder | None) -> Model:
    file = path or files("triage.models") / name_of(encoder)
    model = unpack(_read(file), str(file))
    if not model.about.encoder:
        return model
    if encoder is None or encoder.digest != model.about.encoder:
        raise UserError("model-unreadable", path=str(file), reason="other-encoder")
    return replace(model, encoder=encoder)


def _telling(model: Model) -> Model:
    file = files("triage.models") / SIGNALS
    return replace(model, teller=signalfile.unpack(_read(file), str(file)))


def _read(file: Path | Traversable) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST + 1)
    except FileNotFoundError as error:
        raise UserError("model-missing", path=str(file)) from error
    except OSError as error:
        raise UserError("model-unreadable", path=str(file), reason=error.strerror) from error


def obtain(
    state: Path | None,
    encoder: Encoder | None = None,
    replacing: Replacing | None = None,
    *,
    keep: bool = True,
) -> Model:
    """The model of the starter corpus and the owner's labels in `state`, read where a file fits,
    else made (a minute; many where an encoder has to read all of it) and, where the state folder
    can be written to, kept there. A damaged file is set aside, and `replacing` told of it. Without
    `keep` nothing in the state folder is changed.

    UserError `corpus-faults`, `corpus-unreadable` or `corpus-too-small` as in `corpus` and `fit`.
    """
    digest = _digest(state)
    fitting = (digest, FEATURES, encoder.digest if encoder else "")
    own = state / name_of(encoder) if state else None
    damage = None
    for path in (own, None) if own and os.access(own, os.R_OK) else (None,):
        try:
            model = _load(path, encoder)
        except UserError as error:
            damage = damage or _damage(path, error, keep=keep)
            continue
        if (model.about.corpus, model.about.features, model.about.encoder) == fitting:
            if damage and replacing:
                replacing(damage, False)
            return _telling(model)
    from triage.classifier.fit import fit  # noqa: PLC0415 # scikit-learn takes a second and 100 MB
    from triage.classifier.table import Table  # noqa: PLC0415 # the same

    progress = replacing(damage, True) if replacing else None
    entries = corpus.merge(corpus.starter(), labels(state) if state else ())
    said = vectors(entries, encoder, state, keep=keep)
    model, _ = fit(Table.of(entries, encoder, said), progress, digest=digest)
    if own and keep:
        with suppress(UserError):  # a cache that cannot be kept is made again
            write(own, model)
    return _telling(model)


def _damage(path: Path | None, error: UserError, *, keep: bool) -> UserError | None:
    """UserError `model-damaged` (path, aside) of an owner's file that is, and is set aside; as it
    was where it stays; one of another format is not damaged, an upgrade makes it so."""
    if path is None or error.facts.get("reason") not in {"damaged", "too-big"}:
        return None
    if not keep:
        return error
    aside = path.with_name(f"{path.name}{DAMAGED}")
    try:
        path.replace(aside)
    except OSError:
        return error
    return UserError("model-damaged", path=str(path), aside=str(aside))


def labels(state: Path) -> list[Entry]:
    """The owner's labels that were learned, none when there are none yet."""
    path = state / LABELS
    return corpus.read([path]) if os.access(path, os.R_OK) else []


def _digest(state: Path | None) -> str:
    """Of the starter corpus and the owner's labels."""
    path = state / LABELS if state else None
    return corpus.digest(_read(path) if path and os.access(path, os.R_OK) else b"")


def vectors(
    entries: Sequence[Entry],
    encoder: Encoder | None,
    state: Path | None,
    on_progress: Progress | None = None,
    *,
    keep: bool = True,
) -> Floats:
    """What the encoder says of each entry, one row an entry (no columns without an encoder). What
    it said before is looked up; what is new is kept in the state folder, where that can be."""
    if encoder is None:
        return np.zeros((len(entries), 0), np.float32)
    report = on_progress or (lambda done, total: None)
    known = dict(_table(files("triage.models") / STARTER_VECTORS, encoder).rows)
    own = dict(_table(state / VECTORS, encoder).rows) if state else {}
    known |= own
    marks = [vectorfile.mark(entry) for entry in entries]
    unread = {mark: entry for mark, entry in zip(marks, entries, strict=True) if mark not in known}
    for done, (mark, entry) in enumerate(unread.items()):
        report(done, len(unread))
        said = encoder.read(entry.text).numbers.astype(np.float16)
        known[mark] = own[mark] = said
    if state and unread and keep:
        table = Table(encoder.digest, encoder.width, own)
        with suppress(UserError):  # read again the next time
            archive.replace(state / VECTORS, table.pack())
    return np.array([known[mark] for mark in marks], np.float32)


def _table(file: Path | Traversable, encoder: Encoder) -> Table:
    """The vectors of a file as far as they are this encoder's."""
    try:
        table = vectorfile.unpack(file.read_bytes()) if file.is_file() else None
    except OSError:
        table = None
    if table is None or (table.encoder, table.width) != (encoder.digest, encoder.width):
        return Table(encoder.digest, encoder.width)
    return table
