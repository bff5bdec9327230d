"""A CSV file as spreadsheets and shop systems write it: bytes become records with line numbers.

RFC 4180 with what is met in the field: a BOM, Windows' own encoding, semicolons or tabs, line ends
of every kind, quoted line breaks, and rows that are broken.
"""

import csv
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

DELIMITERS = (",", ";", "\t")
LONGEST = 100_000  # characters of a line; the csv module takes 131,072 of a cell


class Record(NamedTuple):
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


def records(lines: Iterable[str], wanted: Collection[str]) -> Iterator[Record]:
    """All records but empty ones, the one with the names first; each line with its end. Only what
    may be one record is held, however many lines there are.

    The delimiter is the one that makes the first record hold most of the `wanted` names.
    """
    source = iter(lines)
    ahead: deque[str] = deque()
    for line in source:
        ahead.append(line)
        if line.strip():
            break
    head = ahead[-1][:LONGEST] if ahead else ""

    def names(delimiter: str) -> int:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        return len({column_name(cell) for cell in cells} & set(wanted))

    return _records(ahead, source, max(DELIMITERS, key=names))


def _records(ahead: deque[str], source: Iterator[str], delimiter: str) -> Iterator[Record]:
    """A broken record costs its first line: the next line begins the next one."""
    taken: list[str] = []  # the lines of the record that is read

    def following() -> Iterator[str]:
        while line := ahead.popleft() if ahead else next(source, ""):
            taken.append(line)
            if len(line) > LONGEST:
                raise csv.Error
            yield line

    line = 1
    while True:
        reader = csv.reader(following(), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                if any(cells):
                    yield Record(line, cells, _is_open(taken[-1]))
                line += len(taken)
                taken.clear()
        except csv.Error:
            broken, *again = taken
            taken.clear()
            ahead.extendleft(reversed(again))
            yield Record(line, None, _is_open(broken))
            line += 1
        else:
            return


def _is_open(line: str) -> bool:
    """Only the last line of a file can be without its end."""
    return not line.endswith(("\n", "\r"))
