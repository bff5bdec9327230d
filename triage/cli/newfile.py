"""A file that was not there before."""

import os
from pathlib import Path

from triage.errors import UserError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def write_new(path: Path, content: bytes, *, private: bool = False) -> None:
    """Writes a file, and the folders above it; a private one has mode 0600. What is there already
    is never touched.

    Raises UserError `file-there`, `file-unwritten`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, _NEW, 0o600 if private else 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except FileExistsError as error:
        if not path.is_symlink() and not path.exists():  # a file stands where a folder should
            raise UserError("file-unwritten", path=path, why=error.strerror) from error
        raise UserError("file-there", path=path) from error
    except (OSError, ValueError) as error:
        raise UserError("file-unwritten", path=path, why=_why(error)) from error


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
