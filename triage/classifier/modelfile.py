"""The model file: an archive of arrays and one JSON text."""

from collections.abc import Mapping
from pathlib import Path

from triage.classifier import archive
from triage.classifier.archive import BROKEN, Archive, TooBigError
from triage.classifier.figures import Figures
from triage.classifier.model import About, Model
from triage.classifier.words import Block, Words
from triage.errors import UserError
from triage.taxonomy import Topic
from triage.verdict import Thresholds

FORMAT = 2


def write(path: Path, model: Model) -> None:
    """Puts the model in place of whatever is there: the old file or the new one, never half."""
    archive.replace(path, pack(model))


def pack(model: Model) -> bytes:
    """The file's bytes; the same model gives the same bytes."""
    about = {
        "format": FORMAT,
        "corpus": model.about.corpus,
        "features": model.about.features,
        "encoder": model.about.encoder,
        "width": model.about.width,
        "libraries": dict(model.about.libraries),
        "figures": model.about.figures.as_json(),
        "thresholds": {"flag": model.thresholds.flag, "unsure": model.thresholds.unsure},
        "topics": [str(topic) for topic in model.topics],
        "words": list(model.words.words.terms),
        "grams": list(model.words.grams.terms),
    }
    arrays = {
        "words_idf": model.words.words.idf,
        "grams_idf": model.words.grams.idf,
        "complaint": model.complaint,
        "topic": model.topic,
    }
    return archive.pack(about, {name: array.astype("<f4") for name, array in arrays.items()})


def unpack(raw: bytes, path: str) -> Model:
    """The model of a file's bytes. UserError `model-unreadable` (path, reason: a code)."""
    try:
        opened = Archive(raw)
        if opened.about["format"] != FORMAT:
            raise UserError("model-unreadable", path=path, reason="other-format")
        return _model(opened)
    except TooBigError as error:
        raise UserError("model-unreadable", path=path, reason="too-big") from error
    except BROKEN as error:
        raise UserError("model-unreadable", path=path, reason="damaged") from error


def _model(opened: Archive) -> Model:
    about = opened.about
    words, grams = _terms(about["words"]), _terms(about["grams"])
    topics = tuple(Topic(name) for name in about["topics"])
    width = int(about["width"])
    columns = len(words) + len(grams) + width + 1
    if width < 0:
        raise ValueError("no width")
    return Model(
        Words(
            Block(words, opened.array("words_idf", "<f4", (len(words),))),
            Block(grams, opened.array("grams_idf", "<f4", (len(grams),))),
        ),
        opened.array("complaint", "<f4", (columns,)),
        topics,
        opened.array("topic", "<f4", (len(topics), columns)),
        _thresholds(about["thresholds"]),
        About(
            str(about["corpus"]),
            int(about["features"]),
            str(about["encoder"]),
            width,
            dict(about["libraries"]),
            Figures(**about["figures"]),
        ),
    )


def _thresholds(about: Mapping[str, float]) -> Thresholds:
    thresholds = Thresholds(flag=about["flag"], unsure=about["unsure"])
    if not 0 < thresholds.unsure <= thresholds.flag <= 1:
        raise ValueError("not probabilities")
    return thresholds


def _terms(listed: list[str]) -> dict[str, int]:
    terms = {str(term): column for column, term in enumerate(listed)}
    if len(terms) != len(listed):
        raise ValueError("a term twice")
    return terms
