"""The file of signals: an archive of arrays and one JSON text, made with the program."""

from triage.classifier import archive
from triage.classifier.archive import BROKEN, Archive
from triage.classifier.modelfile import frequencies, terms, vocabulary
from triage.classifier.signals import KINDS, Signals, Told
from triage.classifier.words import FEATURES
from triage.errors import UserError

FORMAT = 1


def pack(signals: Signals) -> bytes:
    """A file's bytes; the same signals give the same bytes."""
    about = {
        "format": FORMAT,
        "features": FEATURES,
        "kinds": KINDS,
        **terms(signals.words),
        "figures": [
            [[told.n, told.precision, told.recall] for told in signals.figures[kind]]
            for kind in KINDS
        ],
    }
    arrays = {
        **frequencies(signals.words),
        "rows": signals.rows,
        "alone": signals.alone,
        "beside": signals.beside,
    }
    return archive.pack(about, {name: array.astype("<f4") for name, array in arrays.items()})


def unpack(raw: bytes, path: str) -> Signals:
    """The signals of a file's bytes. UserError `model-unreadable` (path, reason: "damaged")."""
    try:
        opened = Archive(raw)
        about = opened.about
        if (about["format"], about["features"], tuple(about["kinds"])) != (FORMAT, FEATURES, KINDS):
            raise ValueError("of another program")
        words = vocabulary(opened)
        kinds = len(KINDS)
        return Signals(
            words,
            opened.array("rows", "<f4", (kinds, words.width + 1)),
            opened.array("alone", "<f4", (kinds,)),
            opened.array("beside", "<f4", (kinds,)),
            {
                kind: (Told(*figures[0]), Told(*figures[1]))
                for kind, figures in zip(KINDS, about["figures"], strict=True)
            },
        )
    except BROKEN as error:
        raise UserError("model-unreadable", path=path, reason="damaged") from error
