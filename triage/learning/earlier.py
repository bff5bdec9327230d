"""The models that were in force before, each with the labels it had learned.

Labels are what was given, and what of it was learned goes with each model: going back forgets
nothing, and no restart makes a model anew of labels that it had not learned.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from triage.classifier import Encoder, Figures, corpus, load, obtain, shelf
from triage.classifier.archive import replace, writing
from triage.classifier.modelfile import write
from triage.errors import UserError

FOLDER = "earlier"  # in the state folder
KEPT = 5
_STAMP = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A model that was in force until `until` (aware): how many labels of the owner's it had
    learned, and what it was worth, None where its file cannot be read or is another encoder's."""

    path: Path
    until: datetime
    labels: int
    figures: Figures | None


def keep(state: Path, encoder: Encoder | None, now: datetime) -> None:
    """Keeps the model in force, and of the earlier ones the latest. UserError `file-unwritable`."""
    folder = state / FOLDER / now.astimezone(UTC).strftime(_STAMP)
    half = folder.with_suffix(".half")
    with writing(folder):
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(half / shelf.name_of(encoder), obtain(state, encoder))
    replace(half / shelf.LABELS, corpus.serialise(shelf.labels(state)))
    with writing(folder):
        half.rename(folder)
        for old in _folders(state)[:-KEPT]:
            shutil.rmtree(old)


def kept(state: Path, encoder: Encoder | None) -> list[Earlier]:
    """The earlier models, the latest first."""
    return [_earlier(folder, encoder) for folder in reversed(_folders(state))]


def go_back(state: Path, encoder: Encoder | None) -> Earlier:
    """Puts the latest of the earlier models, and its labels, in the place of the present one, which
    is given up. UserError `no-earlier-model`, `model-unreadable`, `file-unwritable`; then all is as
    it was."""
    there = kept(state, encoder)
    if not there:
        raise UserError("no-earlier-model")
    path = there[0].path
    model = load(path / shelf.name_of(encoder), encoder)
    replace(state / shelf.LABELS, corpus.serialise(shelf.labels(path)))
    write(state / shelf.name_of(encoder), model)
    with writing(path):
        shutil.rmtree(path)
    return there[0]


def _earlier(folder: Path, encoder: Encoder | None) -> Earlier:
    try:
        figures = load(folder / shelf.name_of(encoder), encoder).about.figures
    except UserError:
        figures = None
    until = datetime.strptime(folder.name, _STAMP).replace(tzinfo=UTC)
    return Earlier(folder, until, len(shelf.labels(folder)), figures)


def _folders(state: Path) -> list[Path]:
    """By date; what a power cut left half is none."""
    return sorted((state / FOLDER).glob("*Z"))
