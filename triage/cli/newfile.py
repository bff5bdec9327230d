"""A file that was not there before."""

from pathlib import Path

from triage.errors import UserError


def write_new(path: Path, content: bytes) -> None:
    """Writes a file, and the folders above it. What is there already is never touched.

    Raises UserError `file-there`, `file-unwritten`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        if not path.is_symlink() and not path.exists():  # a file stands where a folder should
            raise UserError("file-unwritten", path=path, why=error.strerror) from error
        raise UserError("file-there", path=path) from error
    except (OSError, ValueError) as error:
        raise UserError("file-unwritten", path=path, why=_why(error)) from error


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
