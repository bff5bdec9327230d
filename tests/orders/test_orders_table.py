"""CSV as it is met: delimiters, encodings, line ends, quoted line breaks, and broken rows."""

import csv
import io
import itertools

import pytest
from growth import linear
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.orders.table import Record, decoded, records

NAMES = ("number", "email", "item")


def lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def cells(raw: bytes) -> list[list[str] | None]:
    return [record.cells for record in records(lines(decoded(raw)), NAMES)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_way_of_writing_it(delimiter: str, end: str, encoding: str) -> None:
    """Delimiter, line end and encoding are found out; a comma in a text misleads nobody."""
    rows = [["Number", "EMAIL", "Item"], ["1043", "a@b.example", "Krügerl, blau; groß"]]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows(rows)
    assert cells(written.getvalue().encode(encoding)) == rows


def test_a_quoted_line_break_is_part_of_its_cell() -> None:
    """And the lines are counted as an editor counts them."""
    text = 'number,email,item\n1,a,"two\nlines ""and"" a mark"\n\n,,\n2,b,x\n'
    assert list(records(lines(text), NAMES)) == [
        Record(1, ["number", "email", "item"], last=False),
        Record(2, ["1", "a", 'two\nlines "and" a mark'], last=False),
        Record(6, ["2", "b", "x"], last=False),
    ]


def test_a_mark_without_its_partner_costs_one_line() -> None:
    """What follows is read, wherever the reader had run to in search of the partner."""
    text = 'number,email,item\n1,a,"mug\n2,b,x\n3,"c"d,x\n4,d,x\n'
    found = [
        (record.line, record.cells and record.cells[0]) for record in records(lines(text), NAMES)
    ]
    assert found == [(1, "number"), (2, None), (3, "2"), (4, None), (5, "4")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("number,email,item\n1,a,x", True),
        ("number,email,item\n1,a,x\n", False),
        ("number,email,item\n1,a", True),
        ('number,email,item\n1,"a', True),
        ("number,em", True),
    ],
)
def test_a_file_without_a_last_line_end_may_be_cut(text: str, last: bool) -> None:
    """The record that ends with the file says so."""
    *_, record = records(lines(text), NAMES)
    assert record.last is last


@pytest.mark.parametrize("raw", [b"", b"\n\r\n \n", b"\xef\xbb\xbf"])
def test_nothing(raw: bytes) -> None:
    """An empty file has no record."""
    assert [found for found in cells(raw) if found and found[0].strip()] == []


TABLES = st.lists(
    st.lists(st.text(max_size=8), min_size=3, max_size=3).filter(any), min_size=1, max_size=8
)
COUNTS = {"tables": 0, "quoted": 0}


@settings(deadline=None)  # a busy machine is no failed property
@given(TABLES, st.sampled_from([",", ";", "\t"]))
def test_what_python_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    """Any cells whatever, between the names and the end."""
    rows = [
        [cell.replace("\0", "").encode(errors="replace").decode() for cell in row] for row in rows
    ]
    rows = [list(NAMES), *filter(any, rows)]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    assert cells(written.getvalue().encode()) == rows
    COUNTS["tables"] += 1
    COUNTS["quoted"] += '"' in written.getvalue()


def test_the_tables_tried_had_quotes() -> None:
    """Else nothing was tried."""
    if COUNTS["tables"]:
        assert COUNTS["quoted"] > COUNTS["tables"] / 20


@pytest.mark.parametrize("line", ['"', 'a,"b', '"a"b,c', ",,", "x", "a;b,c\td"])
def test_no_text_keeps_the_reader_busy(line: str) -> None:
    """Time grows with the number of lines only, whole or broken."""

    def read(text: str) -> None:
        for _ in records(lines("number,email,item\n" + text), NAMES):
            pass

    assert linear(read, f"{line}\n", 60_000)


@pytest.mark.parametrize("line", ["1,a,x\n", '1,"a\n'])
def test_a_table_is_not_read_whole(line: str) -> None:
    """The first records of an endless table, whole or broken, are there."""
    found = records(itertools.chain(["number,email,item\n"], itertools.repeat(line)), NAMES)
    assert [record.line for record in itertools.islice(found, 100)] == [*range(1, 101)]
