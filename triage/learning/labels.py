"""The labels the owner gives: a file in the state folder, one JSON object a line.

It holds what the writers wrote, since models are made of that again and again. Its mode is 0600.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from triage.classifier.archive import writing
from triage.errors import UserError
from triage.learning.labelled import Labelled, read_labelled
from triage.taxonomy import Topic

FOLDER = "labels"  # in the state folder
FILE = "given.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """The owner's word on one text. `topic` is None where nothing was said of it."""

    subject: str
    text: str
    complaint: bool
    topic: Topic | None


def given(state: Path) -> list[Labelled]:
    """The labels in the order they were given, none when there are none yet. UserError
    `corpus-unreadable` (file, reason), or `corpus-faults` (faults) where a line was spoilt."""
    path = state / FOLDER / FILE
    if not os.access(path, os.F_OK):
        return []
    found = list(read_labelled(path))
    if faults := [each for each in found if not isinstance(each, Labelled)]:
        raise UserError("corpus-faults", faults=tuple(faults))
    return [each for each in found if isinstance(each, Labelled)]


def folder(state: Path) -> Path:
    """Where labels lie, made for its owner alone. UserError `file-unwritable` (path, reason)."""
    path = state / FOLDER
    with writing(path):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


class LabelFile:
    """The file, written to by one program at a time. A label is on the disk when `add` returns."""

    def __init__(self, state: Path) -> None:
        """UserError `file-unwritable` (path, reason)."""
        self._path = folder(state) / FILE
        self._ends: list[int] = []  # where the file ended before each label given since
        with writing(self._path):
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._mend()

    def add(self, label: Label) -> None:
        """UserError `file-unwritable`; then the file is as it was."""
        line = {
            "subject": label.subject,
            "text": label.text,
            "complaint": int(label.complaint),
            "topic": label.topic,
        }
        raw = json.dumps(line).encode() + b"\n"
        with writing(self._path):
            end = os.lseek(self._file, 0, os.SEEK_END)
            try:
                while raw:  # a disk that is nearly full takes a part
                    raw = raw[os.write(self._file, raw) :]
                os.fsync(self._file)
            except OSError:
                os.ftruncate(self._file, end)
                raise
        self._ends.append(end)

    def undo(self) -> None:
        """Takes back the last label given since the file was opened."""
        with writing(self._path):
            os.ftruncate(self._file, self._ends.pop())
            os.fsync(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        os.close(self._file)

    def _mend(self) -> None:
        """Cuts off a line without its end: the power failed before it was kept."""
        with open(self._file, "rb", closefd=False) as file:
            whole = file.read().rfind(b"\n") + 1
        os.ftruncate(self._file, whole)
