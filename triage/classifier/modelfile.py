"""The model file: an archive of arrays and one JSON text."""

import math
from collections.abc import Mapping
from pathlib import Path

from triage.classifier import archive
from triage.classifier.archive import BROKEN, Archive, TooBigError
from triage.classifier.arrays import Floats
from triage.classifier.corpus import Kind
from triage.classifier.figures import Figures
from triage.classifier.model import About, Model
from triage.classifier.words import Block, Words
from triage.errors import UserError
from triage.taxonomy import Topic
from triage.verdict import Thresholds

FORMAT = 4


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
        "kinds": [str(kind) for kind in model.kinds],
        "scale": list(model.scale),
        "topics": [str(topic) for topic in model.topics],
        **terms(model.words),
    }
    arrays = {
        **frequencies(model.words),
        "kind": model.kind,
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
    words = vocabulary(opened)
    kinds = tuple(Kind(name) for name in about["kinds"])
    topics = tuple(Topic(name) for name in about["topics"])
    by_kind, by_topic, offset = (float(number) for number in about["scale"])
    width = int(about["width"])
    columns = words.width + width + 1
    sound = all(map(math.isfinite, (by_kind, by_topic, offset))) and width >= 0
    if not sound or len(kinds) < 2 or Kind.COMPLAINT not in kinds:
        raise ValueError("no model of complaints")
    return Model(
        words=words,
        kinds=kinds,
        kind=opened.array("kind", "<f4", (len(kinds), columns)),
        scale=(by_kind, by_topic, offset),
        topics=topics,
        topic=opened.array("topic", "<f4", (len(topics), columns)),
        thresholds=_thresholds(about["thresholds"]),
        about=About(
            corpus=str(about["corpus"]),
            features=int(about["features"]),
            encoder=str(about["encoder"]),
            width=width,
            libraries=dict(about["libraries"]),
            figures=Figures(**about["figures"]),
        ),
    )


def _thresholds(about: Mapping[str, float]) -> Thresholds:
    thresholds = Thresholds(flag=about["flag"], unsure=about["unsure"])
    if not 0 < thresholds.unsure <= thresholds.flag <= 1:
        raise ValueError("not probabilities")
    return thresholds


def terms(words: Words) -> dict[str, list[str]]:
    """What of a vocabulary stands in the JSON text of an archive."""
    return {"words": list(words.words.terms), "grams": list(words.grams.terms)}


def frequencies(words: Words) -> dict[str, Floats]:
    """What of it stands in the arrays."""
    return {"words_idf": words.words.idf, "grams_idf": words.grams.idf}


def vocabulary(opened: Archive) -> Words:
    """The vocabulary of an archive; raises one of `archive.BROKEN`."""
    return Words(_block(opened, "words"), _block(opened, "grams"))


def _block(opened: Archive, name: str) -> Block:
    listed = opened.about[name]
    columns = {str(term): column for column, term in enumerate(listed)}
    if len(columns) != len(listed):
        raise ValueError("a term twice")
    return Block(columns, opened.array(f"{name}_idf", "<f4", (len(columns),)))
