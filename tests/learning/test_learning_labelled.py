"""`read_labelled`: labelled texts of every kind of file, and what is wrong with the rest."""

import json
import os
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from triage.classifier import Fault
from triage.errors import UserError
from triage.learning import Labelled, labelled, read_labelled
from triage.taxonomy import Topic

MAIL = b"Subject: The cup\n\nIt is broken.\n\nOn Monday, Anna wrote:\n> Thank you.\n"
ROW = {"text": "It is broken.", "complaint": 1, "topic": "damaged"}


def texts(path: Path) -> list[Labelled]:
    found = list(read_labelled(path))
    assert [each for each in found if isinstance(each, Fault)] == []
    return [each for each in found if isinstance(each, Labelled)]


def faults(path: Path) -> list[tuple[int, str, str]]:
    found = [each for each in read_labelled(path) if isinstance(each, Fault)]
    return [(each.line, each.kind, each.field) for each in found]


def lay(path: Path, content: bytes = MAIL) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def jsonl(path: Path, *rows: object) -> Path:
    return lay(path / "rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())


def test_a_line_of_json_is_a_text(tmp_path: Path) -> None:
    """All that can be said of it, where it stands, and nothing of what is not asked for."""
    file = jsonl(
        tmp_path,
        {
            "id": "a7",
            "sender": "Ann",
            "subject": "S",
            **ROW,
            "also": ["quality"],
            "source": "till",
            "more": [],
        },
        {"id": 8, "body": "Where is it?"},
    )
    assert texts(file) == [
        Labelled(
            id="a7",
            subject="S",
            text="It is broken.",
            complaint=True,
            topic=Topic.DAMAGED,
            also=frozenset({Topic.QUALITY}),
            source="till",
            file=str(file),
            line=1,
            sender="Ann",
        ),
        Labelled("8", "", "Where is it?", None, None, frozenset(), "", str(file), 2, ""),
    ]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        *((value, True) for value in (1, 1.0, True, "1", "1.0", "TRUE", "yes ")),
        *((value, False) for value in (0, 0.0, False, "0", "false", "No")),
        *((value, None) for value in (None, "", " ")),
    ],
)
def test_a_label_may_be_written_in_many_ways(
    tmp_path: Path, given: object, meant: bool | None
) -> None:
    """As people and their programs write it; what is null or blank is no label."""
    (found,) = texts(jsonl(tmp_path, {"text": "x", "complaint": given}))
    assert found.complaint is meant


@pytest.mark.parametrize(
    "also", [["late", "quality"], "late;quality", "late, quality", "late|quality"]
)
def test_further_topics_are_a_list_or_a_text(tmp_path: Path, also: object) -> None:
    """A cell of a table has no lists."""
    (found,) = texts(jsonl(tmp_path, {"text": "x", "topic": " late ", "also": also}))
    assert (found.topic, found.also) == (Topic.LATE, {Topic.LATE, Topic.QUALITY})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{", [("not-json", "")]),
        (b"[" * 100_000, [("not-json", "")]),
        (b"\0\0\xff\xfe", [("not-json", "")]),
        (b'{"text": "x", "complaint": ' + b"9" * 5000 + b"}", [("not-json", "")]),
        (b'["text"]', [("not-an-object", "")]),
        (b"{}", [("missing", "text")]),
        (b'{"text": null, "topic": "late"}', [("missing", "text")]),
        (b'{"text": " ", "subject": ""}', [("empty", "text")]),
        (b'{"text": ["x"]}', [("not-text", "text")]),
        (
            b'{"body": 5, "id": true, "source": 1}',
            [("not-text", f) for f in ("id", "body", "source")],
        ),
        (b'{"text": "x", "complaint": 2}', [("not-0-or-1", "complaint")]),
        (b'{"text": "x", "complaint": "maybe"}', [("not-0-or-1", "complaint")]),
        (b'{"text": "x", "complaint": NaN}', [("not-0-or-1", "complaint")]),
        (b'{"text": "x", "complaint": [1]}', [("not-0-or-1", "complaint")]),
        (b'{"text": "x", "topic": "parcel"}', [("unknown-topic", "topic")]),
        (b'{"text": "x", "topic": "late damaged"}', [("unknown-topic", "topic")]),
        (b'{"text": "x", "topic": 1}', [("not-text", "topic")]),
        (b'{"text": "x", "also": "late parcel"}', [("unknown-topic", "also")]),
        (b'{"text": "x", "also": [["late"]]}', [("unknown-topic", "also")]),
        (
            b'{"complaint": "", "topic": "x", "also": 3}',
            [("missing", "text"), ("unknown-topic", "topic"), ("unknown-topic", "also")],
        ),
    ],
)
def test_a_fault_is_named_and_the_rest_is_read(
    tmp_path: Path, line: bytes, expected: list[tuple[str, str]]
) -> None:
    """Every fault of a line, with its number; the lines around it are there."""
    good = json.dumps(ROW).encode()
    file = lay(tmp_path / "rows.jsonl", b"\n".join([good, b"", line, good]))
    assert faults(file) == [(3, kind, field) for kind, field in expected]
    assert [each.line for each in read_labelled(file) if isinstance(each, Labelled)] == [1, 4]


def test_a_line_without_end_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is passed over, not held."""
    monkeypatch.setattr(labelled, "LONGEST", 1000)
    good = json.dumps(ROW).encode()
    file = lay(tmp_path / "rows.jsonl", good + b"\n" + b"x" * 5_000_000 + b"\n" + good)
    tracemalloc.start()
    assert faults(file) == [(2, "too-long", "")]
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert [each.line for each in read_labelled(file) if isinstance(each, Labelled)] == [1, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_encodings_and_line_ends_are_found_out(
    tmp_path: Path, encoding: str, end: str, suffix: str
) -> None:
    """As spreadsheets and shells of every system write them."""
    lines = {
        "jsonl": ['{"text": "Für £5"}', "", '{"text": "y"}'],
        "csv": ["Text;complaint", '"Für £5";', "y;1", ""],
    }[suffix]
    file = lay(tmp_path / f"rows.{suffix}", end.join(lines).encode(encoding))
    assert [(each.text, each.line) for each in texts(file)] == [
        ("Für £5", 1 if suffix == "jsonl" else 2),
        ("y", 3),
    ]


def test_a_row_of_a_table_is_a_text(tmp_path: Path) -> None:
    """Columns by name, in any order; an empty cell is no label; lines end as in a mail."""
    file = lay(
        tmp_path / "rows.csv",
        b"TOPIC,also,Complaint,price,body,id\r\n"
        b'late,quality|other,1.0,5,"It came\r\nlate, and torn\x00.",a\r\n'
        b",,,,Hello,\r\n",
    )
    first, second = texts(file)
    assert (first.text, first.topic, first.complaint) == ("It came\nlate, and torn.", "late", True)
    assert (first.also, first.id, first.line) == ({"quality", "other"}, "a", 2)
    assert (second.topic, second.complaint, second.line) == (None, None, 4)
    assert second.id == f"{file}#4"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("id,complaint\n1,1\n", [(1, "missing", "text")]),
        ("\0\0\0", [(1, "missing", "text")]),
        ("", []),
        ("\n\n", []),
        ('text,complaint\n"x,1\ny,1\n', [(2, "quotes", "")]),
        ("text,complaint\nx\ny,1,1\n", [(2, "width", ""), (3, "width", "")]),
        ("text,complaint\nx,2\n,1\n", [(2, "not-0-or-1", "complaint"), (3, "empty", "text")]),
        ("text,complaint\n" + "x" * 200_000 + ",1\n", [(2, "quotes", "")]),
    ],
)
def test_a_fault_of_a_table_is_named(
    tmp_path: Path, table: str, expected: list[tuple[int, str, str]]
) -> None:
    """The first line has to name the texts; a row is as wide as it."""
    assert faults(lay(tmp_path / "rows.csv", table.encode())) == expected


def test_a_folder_is_walked(tmp_path: Path) -> None:
    """What a writer wrote this time, labelled by the nearest folder, and tables by themselves."""
    lay(tmp_path / "complaint" / "b" / "2.eml")
    lay(tmp_path / "complaint" / "a.eml")
    lay(tmp_path / "lists" / "0" / "x")
    lay(tmp_path / "lists" / "1" / "ordinary" / "y")
    lay(tmp_path / "z")
    lay(tmp_path / ".hidden" / "h.eml")
    lay(tmp_path / "rows.jsonl", json.dumps(ROW).encode())
    found = [
        (str(Path(each.file).relative_to(tmp_path)), each.complaint, each.source, each.line)
        for each in texts(tmp_path)
    ]
    assert found == [
        ("complaint/a.eml", True, "", 0),
        ("complaint/b/2.eml", True, "b", 0),
        ("lists/0/x", False, "lists", 0),
        ("lists/1/ordinary/y", False, "lists", 0),
        ("rows.jsonl", True, "", 1),
        ("z", None, "", 0),
    ]
    mail = next(iter(texts(tmp_path)))
    assert (mail.id, mail.subject, mail.text.strip()) == (mail.file, "The cup", "It is broken.")


def test_the_folder_s_own_name_is_no_label(tmp_path: Path) -> None:
    """Only what lies below says something."""
    lay(tmp_path / "complaint" / "a.eml")
    (found,) = texts(tmp_path / "complaint")
    assert (found.complaint, found.source) == (None, "")


def test_a_maildir_and_an_mbox(tmp_path: Path) -> None:
    """cur and new are read, what a server keeps beside them is not; each mail of an mbox counts."""
    for name in ("cur/1:2,S", "new/2", "tmp/3", "dovecot-uidlist", ".Sent/cur/4"):
        lay(tmp_path / "ordinary" / name)
    line = b"From ann@example.org Mon Nov  3 10:00:00 2025\n"
    lay(tmp_path / "box", line + MAIL + b"\n" + line + MAIL)
    assert [(Path(each.id).name, each.complaint, each.source) for each in texts(tmp_path)] == [
        ("box#1", None, ""),
        ("box#2", None, ""),
        ("1:2,S", False, ""),
        ("2", False, ""),
    ]


def test_a_mail_that_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    """Whatever lies in a folder, the mails beside it are read; nothing is waited for."""
    lay(tmp_path / "a.eml", b"")
    lay(tmp_path / "b.eml", b"no header\n")
    lay(tmp_path / "d.eml")
    (tmp_path / "e").symlink_to(tmp_path)
    (tmp_path / "f").symlink_to(tmp_path / "missing")
    os.mkfifo(tmp_path / "g")
    found = list(read_labelled(tmp_path))
    assert [(Path(each.file).name, each.kind) for each in found if isinstance(each, Fault)] == [
        ("a.eml", "empty"),
        ("b.eml", "no-header"),
    ]
    assert [Path(each.file).name for each in found if isinstance(each, Labelled)] == ["d.eml"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """The one fault that ends it."""
    with pytest.raises(UserError) as caught:
        next(read_labelled(tmp_path / "none.jsonl"))
    assert caught.value.kind == "corpus-unreadable"
    assert caught.value.facts["file"] == str(tmp_path / "none.jsonl")


@pytest.mark.parametrize("name", ["endless.jsonl", "endless.csv"])
def test_a_file_is_not_read_whole(tmp_path: Path, name: str) -> None:
    """The first texts are there before the rest is read: it may not fit into memory."""
    row = {"endless.jsonl": json.dumps(ROW), "endless.csv": "It is broken."}[name]
    file = lay(tmp_path / name, b"text\n" * name.endswith("csv") + f"{row}\n".encode() * 200_000)
    tracemalloc.start()
    assert len(list(islice(read_labelled(file), 10))) == 10
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
