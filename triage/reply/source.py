"""The files of the templates: ours, and over them the owner's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from triage.reply.cases import LETTERS
from triage.reply.grammar import Fault
from triage.reply.voice import Voice, spoken

BASE = "reply.txt.j2"
FILES = (BASE, *(f"{letter}.txt.j2" for letter in LETTERS))
# So an owner's late.txt.j2 can extend "original/late.txt.j2" and change one block of it.
ORIGINAL = "original/"
_SIZE = 16_000  # octets; a letter has one or two thousand


@dataclass(frozen=True, slots=True)
class Source:
    """A template as read. `file` is its path, for messages."""

    file: str
    text: str


def owners(found: Mapping[str, Source]) -> frozenset[str]:
    """The names of the templates that are the owner's."""
    return frozenset(name for name in FILES if found.get(name) is not found.get(ORIGINAL + name))


def _read(path: Traversable) -> Source | Fault:
    try:
        if not path.is_file():
            return Fault(str(path), 0, "missing-file", "")
        with path.open("rb") as file:
            data = file.read(_SIZE + 1)
    except OSError as error:
        return Fault(str(path), 0, "unreadable", error.strerror or "")
    if len(data) > _SIZE:
        return Fault(str(path), 0, "too-large", str(_SIZE))
    try:
        return Source(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Fault(str(path), data.count(b"\n", 0, error.start) + 1, "not-utf-8", "")


def _templates(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".j2")


def _own(folder: Path, language: str) -> Iterator[Path | Fault]:
    """The owner's files, and a fault for each that would never be used where or as it is."""
    try:
        misplaced = _templates(folder)
        inside = language in {path.name for path in folder.iterdir()}
        used = _templates(folder / language) if inside else []
    except (FileNotFoundError, NotADirectoryError):
        yield Fault(str(folder), 0, "missing-folder", "")
        return
    except OSError as error:  # a letter in a folder that is closed to us would be passed over
        yield Fault(str(folder), 0, "unreadable", error.strerror or "")
        return
    for path in misplaced:
        yield Fault(str(path), 0, "misplaced-file", str(folder / language))
    for path in used:
        known = path.name in FILES
        yield path if known else Fault(str(path), 0, "unknown-file", path.name, FILES)


def sources(
    own: Path | None, language: str, voice: Voice | None = None
) -> tuple[dict[str, Source], list[Fault]]:
    """Every template by the name another extends it by, and what was wrong with the files.

    Ours speak in the shop's voice, or, without one, as they are written; the owner's as he has
    written them.
    """
    found: dict[str, Source] = {}
    wrong: list[Fault] = []
    for name in FILES:
        match _read(files("triage.templates") / language / name):
            case Source(text=text) as source:
                ours = replace(source, text=spoken(text, voice)) if voice else source
                found[name] = found[ORIGINAL + name] = ours
            case fault:
                wrong.append(fault)
    for path in _own(own, language) if own else ():
        match path if isinstance(path, Fault) else _read(path):
            case Source() as source:
                found[Path(source.file).name] = source
            case fault:
                wrong.append(fault)
    return found, wrong
