"""The labels the owner gives: files in the state folder, one JSON object a line.

They hold what the writers wrote, since models are made of that again and again. Their mode is 0600.
What he says in `triage label` is one file; what he says by the teaching folders is one for each
account, which follows what lies there.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from triage.classifier.archive import replace, writing
from triage.errors import UserError
from triage.learning.labelled import Labelled, read_labelled
from triage.taxonomy import Topic

FOLDER = "labels"  # in the state folder
FILE = "given.jsonl"
TAUGHT = "taught-{}.jsonl"  # by the account's main address


@dataclass(frozen=True, slots=True)
class Label:
    """The owner's word on one text. `topic` is None where nothing was said of it; `sender` is who
    wrote it, "" where nobody is named. `id` is the digest of the mail, "" for one of a file;
    `source` the account and the teaching folder it lies in, "" for what he said in `triage label`.
    """

    subject: str
    text: str
    complaint: bool
    topic: Topic | None
    sender: str = ""
    id: str = ""
    source: str = ""


def given(state: Path) -> list[Labelled]:
    """The labels of `triage label` in the order they were given, none when there are none yet.
    UserError `corpus-unreadable` (file, reason), or `corpus-faults` (faults) where a line was
    spoilt."""
    return labels_of(state / FOLDER / FILE)


def label_files(state: Path) -> list[Path]:
    """Every file of labels there is."""
    return [*(state / FOLDER).glob(FILE), *sorted((state / FOLDER).glob(TAUGHT.format("*")))]


def taught(state: Path) -> list[Labelled]:
    """The labels of the teaching folders, of every account. UserError as in `given`."""
    paths = sorted((state / FOLDER).glob(TAUGHT.format("*")))
    return [label for path in paths for label in labels_of(path)]


def taught_file(state: Path, account: str) -> Path:
    """Where the labels of an account's teaching folders lie; `account` is its main address, case
    folded."""
    return state / FOLDER / TAUGHT.format(quote(account, safe="@+"))


def read_taught(path: Path) -> dict[str, Label]:
    """The labels of a `taught_file` by the digest of their mails. UserError as in `given`."""
    return {
        each.id: Label(
            each.subject,
            each.text,
            bool(each.complaint),
            each.topic,
            each.sender,
            each.id,
            each.source,
        )
        for each in labels_of(path)
    }


def write_taught(path: Path, labels: Mapping[str, Label]) -> None:
    """Puts the file in the place of the former one. UserError `file-unwritable`."""
    replace(path, serialise(labels.values()))


def serialise(labels: Iterable[Label]) -> bytes:
    """A line each."""
    return b"".join(map(_line, labels))


def _line(label: Label) -> bytes:
    line = {
        "subject": label.subject,
        "text": label.text,
        "complaint": int(label.complaint),
        "topic": label.topic,
    }
    more = {"sender": label.sender, "id": label.id, "source": label.source}
    return json.dumps(line | {name: said for name, said in more.items() if said}).encode() + b"\n"


def labels_of(path: Path) -> list[Labelled]:
    """The labels of one file, none where there is none. UserError as in `given`."""
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
        raw = _line(label)
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
