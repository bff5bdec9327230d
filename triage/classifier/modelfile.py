"""The model file: a zip of plain arrays (`.npy`) and one JSON text. Reading it runs no code.

Nothing in it is trusted: member names, sizes and array shapes are checked against what the JSON
and this version say before memory is taken, and an object array cannot be read at all.
"""

import json
import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from triage.classifier.figures import Figures
from triage.classifier.model import About, Model
from triage.classifier.words import Block, Floats, Words
from triage.errors import UserError
from triage.taxonomy import Topic
from triage.verdict import Thresholds

FORMAT = 1
MOST = 64_000_000  # octets, packed or unpacked: the starter model unpacks to 1.9 MB
_JSON = "model.json"
_ARRAYS = ("words_idf", "grams_idf", "complaint", "topic")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # of bz2
    RuntimeError,  # encrypted, unknown compression, JSON nested too deep
    ArithmeticError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


def write(path: Path, model: Model) -> None:
    """Puts the model in place of whatever is there: the old file or the new one, never half."""
    replace(path, pack(model))


def pack(model: Model) -> bytes:
    """The file's bytes; the same model gives the same bytes."""
    about = {
        "format": FORMAT,
        "corpus": model.about.corpus,
        "features": model.about.features,
        "libraries": dict(model.about.libraries),
        "figures": model.about.figures.as_json(),
        "thresholds": {"flag": model.thresholds.flag, "unsure": model.thresholds.unsure},
        "topics": [str(topic) for topic in model.topics],
        "words": list(model.words.words.terms),
        "grams": list(model.words.grams.terms),
    }
    arrays = (model.words.words.idf, model.words.grams.idf, model.complaint, model.topic)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        _add(archive, _JSON, json.dumps(about, ensure_ascii=True, indent=0).encode())
        for name, array in zip(_ARRAYS, arrays, strict=True):
            content = _header(array.shape) + array.astype("<f4").tobytes()
            _add(archive, f"{name}.npy", content)
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name)  # its date is fixed: 1980-01-01
    archive.writestr(member, content, zipfile.ZIP_DEFLATED, 9)


def unpack(raw: bytes, path: str) -> Model:
    """The model of a file's bytes. UserError `model-unreadable` (path, reason: a code)."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST:
                raise UserError("model-unreadable", path=path, reason="too-big")
            about = json.loads(archive.read(_JSON))
            if about["format"] != FORMAT:
                raise UserError("model-unreadable", path=path, reason="other-format")
            return _model(archive, about)
    except _BROKEN as error:
        raise UserError("model-unreadable", path=path, reason="damaged") from error


def _model(archive: zipfile.ZipFile, about: Mapping[str, Any]) -> Model:
    words = _terms(about["words"])
    grams = _terms(about["grams"])
    topics = tuple(Topic(name) for name in about["topics"])
    width = len(words) + len(grams)
    shapes: tuple[tuple[int, ...], ...] = (
        (len(words),),
        (len(grams),),
        (width + 1,),
        (len(topics), width + 1),
    )
    words_idf, grams_idf, complaint, topic = (
        _array(archive, name, shape) for name, shape in zip(_ARRAYS, shapes, strict=True)
    )
    return Model(
        Words(Block(words, words_idf), Block(grams, grams_idf)),
        complaint,
        topics,
        topic,
        _thresholds(about["thresholds"]),
        About(
            str(about["corpus"]),
            int(about["features"]),
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


def _array(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> Floats:
    # The header is compared, not parsed: numpy's reader hands it to Python's own parsers.
    header = _header(shape)
    content = archive.read(f"{name}.npy")
    if not content.startswith(header):
        raise ValueError("not the array that belongs here")
    array = np.frombuffer(content, "<f4", offset=len(header)).reshape(shape)
    if not np.isfinite(array).all():
        raise ValueError("not a number")
    return array


def _header(shape: tuple[int, ...]) -> bytes:
    header = BytesIO()
    facts = {"descr": "<f4", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, facts)
    return header.getvalue()


def replace(path: Path, content: bytes) -> None:
    """Writes a file of mode 0600 beside its place, then renames it into it. UserError
    `file-unwritable` (path, reason)."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:  # a signal to stop, too
            Path(beside).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise UserError("file-unwritable", path=str(path), reason=error.strerror) from error
