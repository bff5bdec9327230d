"""A CSV file as spreadsheets and shop systems write it: bytes become records with line numbers.

RFC 4180 with what is met in the field: a BOM, Windows' own encoding, semicolons or tabs, line ends
of every kind, quoted line breaks, and rows that are broken.
"""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t")
LONGEST = 100_000  # characters of a line; the csv module takes 131,072 of a cell


@dataclass(frozen=True, slots=True)
class Record:
    """`line` is that of its beginning, from 1. `cells` is None where a quotation mark has no
    partner, or a line has no end; `last` says that the file ends with it, and with no line end."""

    line: int
    cells: list[str] | None
    last: bool


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8, else what Windows of Western Europe writes."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def column_name(text: str) -> str:
    """The name of a column for comparing."""
    return " ".join(text.split()).casefold()


def records(text: str, wanted: Collection[str]) -> Iterator[Record]:
    """All records but empty ones, the one with the names first.

    The delimiter is the one that makes the first record hold most of the `wanted` names.
    """
    head = next(filter(str.strip, io.StringIO(text, newline="")), "")[:LONGEST]

    def names(delimiter: str) -> int:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        return len({column_name(cell) for cell in cells} & set(wanted))

    return _records(text, max(DELIMITERS, key=names))


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """A broken record costs its first line: the next line begins the next one."""
    open_end = not text.endswith(("\n", "\r"))
    source = io.StringIO(text, newline="")
    line = 1
    while (begin := source.tell()) < len(text):
        reader = csv.reader(_lines(source), delimiter=delimiter, strict=True)
        first = line
        try:
            for cells in reader:
                begin = source.tell()
                if any(cells):
                    yield Record(line, cells, open_end and begin == len(text))
                line = first + reader.line_num
        except csv.Error:
            source.seek(begin)
            source.readline()
            yield Record(line, None, open_end and source.tell() == len(text))
            line += 1


def _lines(source: io.StringIO) -> Iterator[str]:
    """The lines, none of them longer than a table's can be."""
    for line in iter(source.readline, ""):
        if len(line) > LONGEST:
            raise csv.Error
        yield line
