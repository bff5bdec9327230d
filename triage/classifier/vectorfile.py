"""What encoders said of texts, kept: reading a text anew takes milliseconds, a corpus a minute.

Texts are told by a digest of their key; a file of vectors holds no word of anybody's mail.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from triage.classifier import archive
from triage.classifier.archive import BROKEN, Archive
from triage.classifier.arrays import Halves
from triage.classifier.corpus import Entry

# Goes up when encoders are asked in another way, too: their digest says nothing of that.
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Table:
    """Of each text, by `mark`, its numbers; `encoder` is the digest of the encoder they belong to.

    They are kept in half precision, and used as they are kept.
    """

    encoder: str
    width: int
    rows: Mapping[int, Halves] = field(default_factory=dict)

    def pack(self) -> bytes:
        marks = sorted(self.rows)
        about = {"format": FORMAT, "encoder": self.encoder, "width": self.width, "n": len(marks)}
        rows = np.array([self.rows[each] for each in marks], "<f2").reshape(-1, self.width)
        return archive.pack(about, {"marks": np.array(marks, "<u8"), "rows": rows})


def unpack(raw: bytes) -> Table | None:
    """The table of a file's bytes, None of a damaged or foreign one: it is only a cache."""
    try:
        opened = Archive(raw)
        encoder, width, n = (opened.about[name] for name in ("encoder", "width", "n"))
        if opened.about["format"] != FORMAT:
            return None
        marks = opened.array("marks", "<u8", (n,))
        rows = opened.array("rows", "<f2", (n, width))
        return Table(str(encoder), width, dict(zip(marks.tolist(), rows, strict=True)))
    except BROKEN:
        return None


def mark(entry: Entry) -> int:
    """The first 64 bits of the SHA-256 of the entry's text."""
    key = entry.key.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(key).digest()[:8])
