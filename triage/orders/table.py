"""A CSV file as spreadsheets and shop systems write it: bytes become records with line numbers.

RFC 4180 with what is met in the field: a BOM, Windows' own encoding, semicolons or tabs, line ends
of every kind, quoted line breaks, and rows that are broken.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

DELIMITERS = (",", ";", "\t")
LONGEST = 100_000  # characters of a first line that are looked at; the csv module takes 131,072


@dataclass(frozen=True, slots=True)
class Record:
    """`line` is that of its beginning, from 1. `cells` is None where a quotation mark has no
    partner; `last` says that the file ends with it, and with no line end."""

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
    lines = list(io.StringIO(text, newline=""))
    head = [line[:LONGEST] for line in lines if line.strip()][:1]

    def names(delimiter: str) -> int:
        cells = next(csv.reader(head, delimiter=delimiter), [])
        return len({column_name(cell) for cell in cells} & set(wanted))

    return _records(lines, max(DELIMITERS, key=names))


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """A broken record costs its first line: the next line begins the next one."""
    open_end = bool(lines) and not lines[-1].endswith(("\n", "\r"))
    at = begun = 0
    while begun < len(lines):
        reader = csv.reader(islice(lines, begun, None), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                end = begun + reader.line_num
                if any(cells):
                    yield Record(at + 1, cells, open_end and end == len(lines))
                at = end
        except csv.Error:
            yield Record(at + 1, None, open_end and at + 1 == len(lines))
            at = begun = at + 1
        else:
            return
