"""Somebody is forgotten: what was learned of him, found and erased.

A label keeps a mail's words, and who wrote them since that is kept; of an older one it is told by
the ledger's digest of writer and text, by his address in it, or by his mails on the server.

The order is such that what tells of him goes last: when it is interrupted, another call finds the
rest.
"""

import hashlib
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from triage.classifier import Entry, corpus, shelf
from triage.classifier.archive import replace, writing
from triage.classifier.masking import MUCH
from triage.errors import UserError
from triage.learning import earlier
from triage.learning.labelled import Labelled
from triage.learning.labels import FOLDER, label_files, labels_of
from triage.learning.pile import customers_mail
from triage.learning.question import Unlabelled
from triage.ledger.erasure import Traces
from triage.mailbox import Session
from triage.mailbox.mentions import Mention
from triage.origin import House
from triage.record import Person

# What a power cut may leave of a file that was being written, beside its place.
HALF = (".*.jsonl.*", ".*.npz.*")


@dataclass(frozen=True, slots=True)
class Learned:
    """What there is of somebody: lines of label files, how many texts the model in force has
    learned, and the folders of earlier models that had learned one."""

    lines: Mapping[Path, Sequence[Labelled]]
    texts: int
    earlier: tuple[Path, ...]

    @property
    def labels(self) -> int:
        return sum(map(len, self.lines.values()))

    @property
    def mails(self) -> frozenset[str]:
        """The digests of mails in teaching folders."""
        return frozenset(each.id for found in self.lines.values() for each in found if each.source)


class Known:
    """Tells which texts are a person's. `keys` are those of his mails, as of corpus entries."""

    def __init__(self, person: Person, traces: Traces, keys: Collection[str]) -> None:
        self._person, self._traces = person, traces
        self._keys = set(keys)

    def label(self, label: Labelled) -> bool:
        """Whether a label is of a mail of his; then its text is his wherever it stands."""
        addr = label.sender.rpartition("<")[2].rstrip(">")
        his = self._person.is_his(addr) or label.id in self._traces.digests
        if his or self.text(label.subject, label.text):
            self._keys.add(_key(label.subject, label.text))
            return True
        return False

    def entry(self, entry: Entry) -> bool:
        """Whether what a model has learned is."""
        return self.text(entry.subject, entry.body)

    def text(self, subject: str, text: str) -> bool:
        if _key(subject, text) in self._keys or self._person.is_named(f"{subject}\n{text}"):
            return True
        echoes = self._traces.echoes
        return any(echo(writer, subject, text) == known for writer, known in echoes)


def echo(writer: str, subject: str, text: str) -> str:
    """As a mail without attachments leaves it in the ledger, see `trace.echo`."""
    parts = [writer.casefold(), subject.casefold(), " ".join(text.split())]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def keys_of(session: Session, found: Iterable[Mention], house: House) -> Iterator[str]:
    """The keys of what somebody wrote in mails that lie on a server: read with PEEK, in mailboxes
    opened read-only. MailboxError, AccountError."""
    for mailbox, mails in groupby(found, key=lambda each: each.mailbox):
        uids = [each.uid for each in mails if each.his]
        if uids:
            session.open(mailbox, read_only=True)
        for batch in session.fetch(uids) if uids else ():
            for fetched in batch:
                if read := customers_mail(fetched, house):
                    yield _key(read[1].subject, read[1].text)


def find(state: Path, known: Known) -> Learned:
    """All there is. UserError where a file cannot be read."""
    lines = {
        path: [each for each in labels_of(path) if known.label(each)] for path in label_files(state)
    }
    texts = sum(map(known.entry, shelf.labels(state)))
    return Learned(
        {path: found for path, found in lines.items() if found},
        texts,
        tuple(path for path in _earlier(state) if _has(path, known)),
    )


def erase(state: Path, known: Known, found: Learned) -> None:
    """All of it, and what is made of it; a model is made anew by the next that asks for one. To be
    called while no other program writes there. UserError `file-unwritable`."""
    with writing(state):
        for path in found.earlier:
            shutil.rmtree(path)
        for path in (*_matching(state, HALF), *_matching(state / FOLDER, HALF)):
            path.unlink()
        if found.labels or found.texts:
            for path in _matching(state, (f"{shelf.VECTORS}*",)):
                path.unlink()
        if found.texts:
            for path in _matching(state, (f"{shelf.WORDS}*", f"{shelf.SEMANTIC}*")):
                path.unlink()
    if found.texts:
        kept = [each for each in shelf.labels(state) if not known.entry(each)]
        replace(state / shelf.LABELS, corpus.serialise(kept))
    for path, labels in found.lines.items():
        gone = {each.line for each in labels}
        lines = path.read_bytes().split(b"\n")
        replace(
            path, b"\n".join(line for number, line in enumerate(lines, 1) if number not in gone)
        )


def _earlier(state: Path) -> Iterator[Path]:
    """The folders of earlier models, half written ones too."""
    yield from _matching(state / earlier.FOLDER, ("*",))


def _has(folder: Path, known: Known) -> bool:
    """Of one that cannot be read nobody knows."""
    try:
        return any(map(known.entry, shelf.labels(folder)))
    except UserError:
        return True


def _matching(folder: Path, patterns: Iterable[str]) -> list[Path]:
    return sorted({path for pattern in patterns for path in folder.glob(pattern)})


def _key(subject: str, text: str) -> str:
    return Unlabelled("", subject, text[:MUCH]).key
