"""Labelled texts in files: JSONL, CSV, and mails in folders, Maildirs and mboxes. One at a time,
however many there are."""

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from triage.classifier import Fault
from triage.errors import MessageError, UserError
from triage.finding import guarded
from triage.learning.mailfile import MailFile, mails
from triage.message import read
from triage.message.charset import clean
from triage.orders.table import column_name, decoded, records
from triage.taxonomy import Topic

# Characters of a line that are read. A mail's text may have a million octets (`triage.message`);
# one that is JSON in ASCII takes six characters for some of them.
LONGEST = 6_000_000

TABLES = frozenset({".csv", ".tsv"})
LINES = frozenset({".jsonl", ".ndjson"})

# Sub-folders whose mails are labelled by where they lie.
FOLDERS = {"complaint": True, "1": True, "ordinary": False, "0": False}

COLUMNS = ("id", "sender", "subject", "text", "body", "complaint", "topic", "also", "source")
# A column of labels with gaps becomes 1.0 and 0.0 in many programs, TRUE and FALSE in spreadsheets.
_COMPLAINTS = {
    **dict.fromkeys(("1", "1.0", "true", "yes"), True),
    **dict.fromkeys(("0", "0.0", "false", "no"), False),
}
_BETWEEN_TOPICS = re.compile(r"[\s,;|]+")
_WIDE = frozenset({codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with what somebody said of it, as far as it was said.

    `text` is what the writer wrote this time, as the classifier reads it; it and `subject` may both
    be empty in a mail. `complaint` and `topic` are None where there is no such label; `also` are
    other topics that would be right. `id` is FILE#LINE where none is given, and a mail's file, with
    #NUMBER in an mbox. `source` is "" where none is given, and of a mail the sub-folder it lies in.
    `file` and `line` (0 for a mail) say where it stands, as in `Fault`. `sender` is "" where nobody
    is named.
    """

    id: str
    subject: str
    text: str
    complaint: bool | None
    topic: Topic | None
    also: frozenset[Topic]
    source: str
    file: str
    line: int
    sender: str


def read_labelled(path: Path) -> Iterator[Labelled | Fault]:
    """The texts of a file or folder in order, and in the place of those that cannot be used what is
    wrong with them, every fault of each.

    A name that ends in .jsonl or .csv is a table, one object or row a text: `text` (or `body`), and
    if there are any `id`, `sender`, `subject`, `complaint` (0 or 1), `topic`, `also` (topics) and
    `source`. Any other file is a mail or an mbox. A folder is walked; a Maildir is its cur and new.
    Mails in a sub-folder `complaint` or `1`, `ordinary` or `0`, are so labelled. UserError
    `corpus-unreadable` (file, reason).
    """
    try:
        if not path.is_dir():
            path.stat()
            yield from _in_file(path)
            return
    except OSError as error:
        raise UserError("corpus-unreadable", file=str(path), reason=error.strerror) from error
    yield from _in_folder(path)


def _in_folder(folder: Path) -> Iterator[Labelled | Fault]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        labels = [FOLDERS[part] for part in path.relative_to(folder).parts[:-1] if part in FOLDERS]
        try:
            if path.is_dir():
                waiting += sorted(_inside(path), reverse=True)
            elif path.is_file():  # a pipe would be waited for without end
                source = _source(path.relative_to(folder))
                yield from _in_file(path, labels[-1] if labels else None, source)
        except OSError:
            yield Fault(str(path), 0, "file-unreadable")


def _inside(folder: Path) -> Iterator[Path]:
    """What is to be walked; no hidden files, and no links to folders, which may go in circles."""
    maildir = [part for part in (folder / "cur", folder / "new") if part.is_dir()]
    for path in maildir or folder.iterdir():
        if not path.name.startswith(".") and not (path.is_symlink() and path.is_dir()):
            yield path


def _source(path: Path) -> str:
    """The first folder that is no label and no part of a Maildir, "" when there is none."""
    folders = (part for part in path.parts[:-1] if part not in {*FOLDERS, "cur", "new"})
    return next(folders, "")


def _in_file(
    path: Path, complaint: bool | None = None, source: str = ""
) -> Iterator[Labelled | Fault]:
    suffix = path.suffix.lower()
    if suffix in LINES:
        yield from _in_lines(path)
    elif suffix in TABLES:
        yield from _in_table(path)
    else:
        for mail in mails([str(path)]):
            yield _mail(mail, complaint, source)


def _mail(mail: MailFile, complaint: bool | None, source: str) -> Labelled | Fault:
    content = mail.content
    if not isinstance(content, bytes):
        return Fault(mail.name, 0, content.kind)
    try:
        message = guarded(lambda: read(content))
    except MessageError as error:
        return Fault(mail.name, 0, error.kind)
    text = message.body.new
    return Labelled(
        id=mail.name,
        subject=message.subject,
        text=text,
        complaint=complaint,
        topic=None,
        also=frozenset(),
        source=source,
        file=mail.name,
        line=0,
        sender=str(message.sender or ""),
    )


def _in_lines(path: Path) -> Iterator[Labelled | Fault]:
    for number, line in enumerate(_lines(path), 1):
        if line and not line.isspace():
            yield from _object(line, str(path), number)


def _object(line: str, file: str, number: int) -> Iterator[Labelled | Fault]:
    if len(line) > LONGEST:
        yield Fault(file, number, "too-long")
        return
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        yield Fault(file, number, "not-json")
        return
    if isinstance(row, dict):
        yield from _labelled(row, file, number)
    else:
        yield Fault(file, number, "not-an-object")


def _in_table(path: Path) -> Iterator[Labelled | Fault]:
    file = str(path)
    rows = records(_lines(path), COLUMNS)
    head = next(rows, None)
    if head is None:
        return
    names = [column_name(cell) for cell in head.cells or ()]
    if not {"text", "body"} & set(names):
        yield Fault(file, head.line, "missing", "text")
        return
    for row in rows:
        if row.cells is None:
            yield Fault(file, row.line, "quotes")
        elif len(row.cells) != len(names):
            yield Fault(file, row.line, "width")
        else:
            yield from _labelled(dict(zip(names, row.cells, strict=True)), file, row.line)


def _labelled(row: Mapping[str, object], file: str, line: int) -> Iterator[Labelled | Fault]:
    """The text of a row, or every fault in it. What is null or blank is not given."""
    given = {name: row[name] for name in COLUMNS if not _blank(row.get(name))}
    written = "text" if "text" in given else "body"
    if faults := list(_faults(row, given, written)):
        yield from (Fault(file, line, kind, field) for kind, field in faults)
        return
    topic = given.get("topic")
    yield Labelled(
        id=str(given.get("id", f"{file}#{line}")),
        subject=clean(str(given.get("subject", ""))),
        text=clean(str(given.get(written, ""))),
        complaint=_complaint(given),
        topic=Topic(str(topic).strip()) if topic else None,
        also=frozenset(Topic(str(name)) for name in _also(given)),
        source=str(given.get("source", "")),
        file=file,
        line=line,
        sender=clean(str(given.get("sender", ""))),
    )


def _faults(
    row: Mapping[str, object], given: Mapping[str, object], written: str
) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, as (kind, field)."""
    if row.get("text") is None and row.get("body") is None:
        yield "missing", "text"
    elif "subject" not in given and written not in given:
        yield "empty", "text"
    if isinstance(given.get("id"), bool | list | dict):
        yield "not-text", "id"
    for name in ("sender", "subject", written, "topic", "source"):
        if not isinstance(given.get(name, ""), str):
            yield "not-text", name
    if "complaint" in given and _complaint(given) is None:
        yield "not-0-or-1", "complaint"
    topic = given.get("topic", "")
    if isinstance(topic, str) and topic and topic.strip() not in frozenset(Topic):
        yield "unknown-topic", "topic"
    if not all(isinstance(name, str) and name in frozenset(Topic) for name in _also(given)):
        yield "unknown-topic", "also"


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _complaint(given: Mapping[str, object]) -> bool | None:
    return _COMPLAINTS.get(str(given.get("complaint")).strip().casefold())


def _also(given: Mapping[str, object]) -> list[object]:
    """The topics named in a list, or in a text with a blank, a comma or the like between them."""
    also = given.get("also", [])
    if isinstance(also, str):
        return [name for name in _BETWEEN_TOPICS.split(also) if name]
    return also if isinstance(also, list) else [also]


def _lines(path: Path) -> Iterator[str]:
    """The lines, each with its end, in UTF-8 or, by its mark, UTF-16; a line that is neither is
    what Windows of Western Europe writes. One that is too long is cut behind `LONGEST`."""
    with path.open("rb") as file:
        wide = file.peek(2)[:2] in _WIDE
        text = io.TextIOWrapper(
            file,
            "utf-16" if wide else "utf-8-sig",
            "replace" if wide else "surrogateescape",
            newline="",
        )
        while line := text.readline(LONGEST + 1):
            rest = line
            while len(rest) > LONGEST and not rest.endswith(("\n", "\r")):
                rest = text.readline(LONGEST + 1)
            yield line if line.isascii() else _mended(line)


def _mended(line: str) -> str:
    try:
        line.encode()
    except UnicodeEncodeError:
        return decoded(line.encode("utf-8", "surrogateescape"))
    return line
