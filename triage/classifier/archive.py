"""A zip of plain arrays (`.npy`) and one JSON text. Reading it runs no code.

Nothing in it is trusted: sizes, and each array's type and shape, are checked against what the
reader expects before memory is taken, and an object array cannot be read at all.
"""

import json
import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from triage.errors import UserError

MOST = 64_000_000  # octets, packed or unpacked: the starter's models unpack to a tenth of it
# Octets of the JSON text: the starter's have 830,000. Read, `[],` times a million are fifty times
# as many octets in memory.
MOST_TOLD = 8_000_000
_JSON = "about.json"
# What a reader of a damaged or foreign archive may raise, its own checks included.
BROKEN = (
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
    MemoryError,  # LZMA takes the dictionary it is told to take, 4 GB of it
)


class TooBigError(ValueError):
    """More octets than `MOST`, or than `MOST_TOLD`."""


def pack(about: Mapping[str, object], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """The file's bytes; the same content gives the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        _add(archive, _JSON, json.dumps(about, ensure_ascii=True, indent=0).encode())
        for name, array in arrays.items():
            little = array.astype(array.dtype.newbyteorder("<"))
            _add(archive, f"{name}.npy", _header(little.dtype.str, array.shape) + little.tobytes())
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name)  # its date is fixed: 1980-01-01
    archive.writestr(member, content, zipfile.ZIP_DEFLATED, 9)


class Archive:
    """The members of an archive. Reading raises one of `BROKEN`."""

    def __init__(self, raw: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(raw))
        if sum(member.file_size for member in self._zip.infolist()) > MOST:
            raise TooBigError
        if self._zip.getinfo(_JSON).file_size > MOST_TOLD:
            raise TooBigError
        self.about: dict[str, Any] = json.loads(self._zip.read(_JSON))

    def array(self, name: str, kind: str, shape: tuple[int, ...]) -> npt.NDArray[Any]:
        """An array of finite numbers of this numpy type ("<f4") and shape."""
        # The header is compared, not parsed: numpy's reader hands it to Python's own parsers.
        header = _header(kind, shape)
        content = self._zip.read(f"{name}.npy")
        if not content.startswith(header):
            raise ValueError("not the array that belongs here")
        array = np.frombuffer(content, kind, offset=len(header)).reshape(shape)
        if not np.isfinite(array).all():
            raise ValueError("not a number")
        return array


def _header(kind: str, shape: tuple[int, ...]) -> bytes:
    header = BytesIO()
    facts = {"descr": kind, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, facts)
    return header.getvalue()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """An OSError within is UserError `file-unwritable` (path, reason)."""
    try:
        yield
    except OSError as error:
        raise UserError("file-unwritable", path=str(path), reason=error.strerror) from error


def replace(path: Path, content: bytes) -> None:
    """Writes a file of mode 0600 beside its place, then renames it into it. UserError
    `file-unwritable` (path, reason)."""
    with writing(path):
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
