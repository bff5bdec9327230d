"""Mails in files: .eml, mbox, Maildir, or standard input. One at a time, however large the file."""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from triage.errors import MessageError

# No provider takes mails beyond this (Microsoft's limit is the highest, 150 MB), and a file that is
# no mail at all should not fill the memory.
LARGEST = 150_000_000
_CHUNK = 1 << 16

# The line before each mail of an mbox (RFC 4155). It ends in a time and a year: a sentence that
# begins with "From " does not.
_SEPARATOR = re.compile(rb"From .*\d\d?:\d\d.*\b\d{4}\b")


@dataclass(frozen=True, slots=True)
class MailFile:
    """One mail: the name to show for it, and its bytes or why there are none."""

    name: str
    content: bytes | MessageError


def mails(names: Iterable[str]) -> Iterator[MailFile]:
    """The mails behind the names of files and folders; "-" is standard input.

    A mail of an mbox is named FILE#NUMBER, one of a Maildir by its own file.
    """
    for name in names:
        try:
            yield from _mails(name)
        except OSError as error:
            yield MailFile(name, MessageError("file-unreadable", why=error.strerror or str(error)))


def _mails(name: str) -> Iterator[MailFile]:
    if name == "-":
        if sys.stdin is None:
            yield MailFile(name, MessageError("file-unreadable", why="standard input is closed"))
        else:
            yield from _in_stream(name, sys.stdin.buffer)
        return
    path = Path(name)
    if path.is_dir():
        yield from _in_maildir(path)
        return
    with path.open("rb") as stream:
        yield from _in_stream(name, stream)


def _in_maildir(path: Path) -> Iterator[MailFile]:
    folders = [folder for folder in (path / "cur", path / "new") if folder.is_dir()]
    if not folders:
        yield MailFile(str(path), MessageError("no-maildir"))
    for folder in folders:
        for file in sorted(folder.iterdir()):
            if not file.name.startswith(".") and file.is_file():  # a pipe is waited for for ever
                yield from mails([str(file)])


def _in_stream(name: str, stream: IO[bytes]) -> Iterator[MailFile]:
    first = stream.readline(_CHUNK)
    if not first.startswith(b"From "):
        yield MailFile(name, _whole(first, stream))
        return
    for number, content in enumerate(_in_mbox(stream), start=1):
        yield MailFile(f"{name}#{number}", content)


def _whole(first: bytes, stream: IO[bytes]) -> bytes | MessageError:
    content = first + stream.read(LARGEST + 1 - len(first))
    return content if len(content) <= LARGEST else _too_large()


def _in_mbox(stream: IO[bytes]) -> Iterator[bytes | MessageError]:
    """The mails after the first separator. A separator stands at the start or after an empty line,
    which belongs to it (RFC 4155)."""
    mail, size = io.BytesIO(), 0
    empty = whole = True  # whether the piece before was an empty line, and ended its line
    while line := stream.readline(_CHUNK):
        if empty and _SEPARATOR.match(line):
            yield _taken(mail, size)
            mail, size = io.BytesIO(), 0
        else:
            size += len(line)
            if size <= LARGEST:
                mail.write(line)
        empty = whole and line in {b"\n", b"\r\n"}
        whole = line.endswith(b"\n")
    yield _taken(mail, size)


def _taken(mail: io.BytesIO, size: int) -> bytes | MessageError:
    if size > LARGEST:
        return _too_large()
    return re.sub(rb"(\r?\n)\r?\n\Z", rb"\1", mail.getvalue())


def _too_large() -> MessageError:
    return MessageError("file-too-large", limit=LARGEST // 1_000_000)
