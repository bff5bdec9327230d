"""One table of the file while it is read: it hands out checked values and collects the problems."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from triage.errors import TriageError

T = TypeVar("T")
D = TypeVar("D")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the file: the key's path, a code, and the values that belong to it.

    Facts never hold the value found: it may be a password in the wrong place.
    """

    key: str
    kind: str
    facts: Mapping[str, object]


class BadValueError(TriageError):
    """A value that a key cannot take; raised by the readers in `values`, kept as a `Problem`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What comes of reading a file: its problems, and the paths of all keys asked for."""

    problems: list[Problem] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)


class Table:
    """A TOML table at `path` ("" is the file itself) whose keys are asked for one by one.

    A value that is missing or wrong becomes a problem, and the key's default stands in for it, so
    that the reading goes on to the next problem. `close` names the keys nobody asked for.
    """

    def __init__(self, values: Mapping[str, object], reading: "Reading", path: str = "") -> None:
        self._values = values
        self._reading = reading
        self._path = path
        self._known: set[str] = set()
        self._refused: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def where(self, key: str) -> str:
        """The key's path as TOML writes it."""
        part = key if _BARE.fullmatch(key) else '"' + key.encode("unicode_escape").decode() + '"'
        return f"{self._path}.{part}" if self._path else part

    def blame(self, key: str, kind: str, /, **facts: object) -> None:
        """Notes a problem of one key."""
        self._reading.problems.append(Problem(self.where(key), kind, facts))

    def refuse(self, key: str, kind: str) -> None:
        """Notes that a key must not be there at all."""
        self._refused.add(key)
        self.blame(key, kind)

    def take(self, key: str, read: Callable[[object], T], default: D) -> T | D:
        """The value of a key, or the default when it is absent or wrong."""
        self._ask(key)
        if key not in self._values:
            return default
        try:
            return read(self._values[key])
        except BadValueError as error:
            self.blame(key, error.kind, **error.facts)
            return default

    def need(self, key: str, read: Callable[[object], T], stand_in: T) -> T:
        """The value of a key that must be there."""
        if key not in self._values:
            self.blame(key, "missing")
        return self.take(key, read, stand_in)

    def several(
        self, key: str, read: Callable[[object], T], default: tuple[T, ...] = ()
    ) -> tuple[T, ...]:
        """The values of a list; each wrong entry is a problem of its own. A list that has a
        default cannot be empty."""
        self._ask(key)
        if key not in self._values:
            return default
        found = self._values[key]
        if not isinstance(found, list):
            self.blame(key, "wrong-type", wanted="list", found=type_name(found))
            return default
        if default and not found:
            self.blame(key, "empty")
        taken: dict[T, None] = {}
        for number, item in enumerate(found, start=1):
            try:
                value = read(item)
            except BadValueError as error:
                self._reading.problems.append(
                    Problem(f"{self.where(key)}[{number}]", error.kind, error.facts)
                )
                continue
            if value in taken:
                self._reading.problems.append(Problem(f"{self.where(key)}[{number}]", "twice", {}))
            taken[value] = None
        return tuple(taken)

    def table(self, key: str) -> "Table":
        """A table inside this one, empty when absent."""
        found = self.take(key, _mapping, {})
        return Table(found, self._reading, self.where(key))

    def rows(self, key: str) -> Iterable["Table"]:
        """The tables of a list, each with its number in its path; none when absent."""
        found = self.take(key, _mappings, [])
        path = self.where(key)
        return [
            Table(row, self._reading, f"{path}[{number}]") for number, row in enumerate(found, 1)
        ]

    def _ask(self, key: str) -> None:
        self._known.add(key)
        self._reading.asked.add(re.sub(r"\[\d+\]", "", self.where(key)))

    def tables(self) -> Iterable[tuple[str, "Table"]]:
        """Every entry of a table whose keys are names of the operator's own choice."""
        return [(name, self.table(name)) for name in self._values]

    def close(self) -> None:
        """Names the keys nobody asked for, with the known one that was probably meant."""
        for key in self._values:
            if key not in self._known and key not in self._refused:
                meant = difflib.get_close_matches(key, sorted(self._known), n=1)
                self.blame(key, "unknown-key", meant=meant[0] if meant else None)


def type_name(value: object) -> str:
    """What TOML calls the type of a value."""
    names = {bool: "boolean", int: "integer", float: "float", str: "text", list: "list"}
    return "table" if isinstance(value, dict) else names.get(type(value), "date or time")


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BadValueError("wrong-type", wanted="table", found=type_name(value))
    return value


def _mappings(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise BadValueError("wrong-type", wanted="list", found=type_name(value))
    return list(map(_mapping, value))
