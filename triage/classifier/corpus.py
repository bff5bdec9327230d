"""The corpus: labelled texts, the truth of which every model is a cache."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from triage.errors import UserError
from triage.taxonomy import SignalKind, Topic


class Kind(StrEnum):
    """What a text is to a shop. A customer's other matter and mail that no customer wrote differ
    more from each other than either does from a complaint: a model that learns them as one learns
    how mail looks, where it should learn how disappointment sounds."""

    COMPLAINT = "complaint"
    CUSTOMER = "customer"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled text.

    `complaint`: the writer was let down, or wants money back, a return, a cancellation. `topic` is
    the one main matter, None where nothing was said of it. `voice` says how it is written; nothing
    is learned from it. `signals` are what else stands in a complaint, None where nobody has looked.
    `batch` names the entries one author wrote in one go, "" for the owner's own: a model is
    measured on batches it has not learned. `taught`: a teaching folder said so, which is asked anew
    for each model, since its owner may change his mind; it makes no other entry.
    """

    subject: str
    body: str
    complaint: bool
    topic: Topic | None
    voice: str = ""
    batch: str = ""
    signals: frozenset[SignalKind] | None = None
    taught: bool = field(default=False, compare=False)

    @property
    def kind(self) -> Kind:
        """Ordinary is, of the starter corpus, what stands in the batches of that name (elsewhere
        `other` holds customers' posts, too), and of the owner's labels what is `other`."""
        if self.complaint:
            return Kind.COMPLAINT
        stranger = self.topic is Topic.OTHER
        if stranger and (not self.batch or self.batch.startswith("ordinary")):
            return Kind.ORDINARY
        return Kind.CUSTOMER

    @property
    def tricky(self) -> bool:
        """Whether the author set out to mislead: complaints without any typical word, and others
        full of them."""
        return self.batch.startswith("tricky")

    @property
    def sought(self) -> bool:
        """Whether it was written for its signals: a complaint, and every second one a threat."""
        return self.batch.startswith("threats")

    @property
    def rare(self) -> bool:
        """Whether life has few like it."""
        return self.tricky or self.sought

    @property
    def text(self) -> str:
        """What an encoder reads."""
        return f"{self.subject}\n{self.body}"

    @property
    def key(self) -> str:
        """Equal for entries of the same text, whatever their labels."""
        return " ".join(self.text.casefold().split())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line: `kind` a code, `field` what it is about ("" for the line).
    `other` is the line of the same text that it contradicts, 0 when there is none."""

    file: str
    line: int
    kind: str
    field: str = ""
    other: int = 0


def parse(raw: bytes, file: str) -> tuple[list[Entry], list[Fault]]:
    """The entries of a JSONL file and every fault in it; a line is one or the other. One file has
    one word on one text: a second one that is not the same is a fault."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    first: dict[str, tuple[int, Entry]] = {}
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        found = _entry(line)
        if not isinstance(found, Entry):
            faults.extend(Fault(file, number, kind, field) for kind, field in found)
            continue
        other, said = first.setdefault(found.key, (number, found))
        if field := _contradicted(said, found):
            faults.append(Fault(file, number, "contradicts", field, other))
        else:
            entries.append(found)
    return entries, faults


def _contradicted(one: Entry, other: Entry) -> str:
    """The label in which two entries of the same text differ, "" when they agree."""
    if one.complaint is not other.complaint:
        return "complaint"
    return "topic" if one.topic and other.topic and one.topic is not other.topic else ""


def _entry(line: bytes) -> Entry | list[tuple[str, str]]:
    """The entry of a line, or its faults as (kind, field)."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return [("not-json", "")]
    if not isinstance(fields, dict):
        return [("not-an-object", "")]
    faults = [("missing", name) for name in ("body", "complaint") if name not in fields]
    faults += [
        ("not-text", name)
        for name in ("subject", "body", "voice")
        if not isinstance(fields.get(name, ""), str)
    ]
    complaint, topic = fields.get("complaint", 0), fields.get("topic")
    if not isinstance(topic, str | None):
        faults.append(("not-text", "topic"))
    if complaint not in (0, 1):
        faults.append(("not-0-or-1", "complaint"))
    if isinstance(topic, str) and topic not in frozenset(Topic):
        faults.append(("unknown-topic", "topic"))
    signals = fields.get("signals")
    if not isinstance(signals, list | None):
        faults.append(("not-a-list", "signals"))
    elif not frozenset(map(str, signals or ())) <= frozenset(SignalKind):
        faults.append(("unknown-signal", "signals"))
    if faults:
        return faults
    subject, voice = fields.get("subject", ""), fields.get("voice", "")
    about = Topic(topic) if topic else None
    found = None if signals is None else frozenset(map(SignalKind, signals))
    taught = fields.get("taught") is True
    entry = Entry(
        subject, fields["body"], bool(complaint), about, voice, signals=found, taught=taught
    )
    return entry if entry.key else [("empty", "body")]


def read(paths: Iterable[Path | Traversable]) -> list[Entry]:
    """The entries of JSONL files. UserError `corpus-unreadable` (file, reason), or `corpus-faults`
    (faults: every Fault of every file)."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise UserError("corpus-unreadable", file=str(path), reason=error.strerror) from error
        found, wrong = parse(raw, str(path))
        entries += found
        faults += wrong
    if faults:
        raise UserError("corpus-faults", faults=tuple(faults))
    return entries


def starter() -> list[Entry]:
    """The corpus that ships with the program: each file is a batch."""
    return [
        replace(entry, batch=part.name.removesuffix(".jsonl"))
        for part in batches()
        for entry in read([part])
    ]


def batches() -> list[Traversable]:
    """The files of the starter corpus."""
    folder = files("triage.models") / "corpus"
    found = (part for part in folder.iterdir() if part.name.endswith(".jsonl"))
    return sorted(found, key=lambda part: part.name)


def merge(*parts: Iterable[Entry]) -> list[Entry]:
    """All entries, one for each text, in an order that does not depend on the files; where parts
    contradict each other the later one has the last word."""
    merged = {entry.key: entry for part in parts for entry in part}
    return [merged[key] for key in sorted(merged)]


def serialise(entries: Iterable[Entry]) -> bytes:
    """JSONL that `parse` reads back."""
    lines = (json.dumps(_fields(entry), ensure_ascii=False) + "\n" for entry in entries)
    return "".join(lines).encode("utf-8", "surrogatepass")


def _fields(entry: Entry) -> dict[str, object]:
    fields: dict[str, object] = {
        "subject": entry.subject,
        "body": entry.body,
        "complaint": int(entry.complaint),
        "topic": entry.topic,
        "voice": entry.voice,
    }
    if entry.taught:
        fields["taught"] = True
    return fields if entry.signals is None else {**fields, "signals": sorted(entry.signals)}


def digest(labels: bytes = b"") -> str:
    """SHA-256, hex, over the files of the starter corpus and that of the owner's labels, as they
    lie there: to read 30,000 entries takes a second, and a command has none to spare."""
    found = hashlib.sha256()
    for part in batches():
        found.update(hashlib.sha256(part.name.encode()).digest())
        found.update(hashlib.sha256(part.read_bytes()).digest())
    found.update(hashlib.sha256(labels).digest())
    return found.hexdigest()
