"""What is to be learned beside the starter corpus: the owner's words, one on each text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from triage.classifier import Entry, Fault, corpus, shelf
from triage.classifier.masking import MUCH
from triage.errors import UserError
from triage.learning.labelled import Labelled, read_labelled
from triage.learning.labels import given, taught

# So many labels are learned at most. Of 50,000 (300 characters each) that takes 88 s and 1.2 GB,
# words alone; of 200 it takes 60 s and 0.9 GB, which is the starter corpus.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two labels that differ on one text. The later one counts."""

    former: Labelled
    later: Labelled


@dataclass(frozen=True, slots=True)
class Lesson:
    """`labels`: merged, at most `MOST`; `learned` those that were learned before, as they were.
    `conflicts` among what is given now; `unlabelled` texts of the files say nothing; `left_out`
    labels were too many. `by_hand` are the keys of those that the owner gave one by one."""

    labels: tuple[Entry, ...]
    learned: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]
    unlabelled: int
    left_out: int
    by_hand: frozenset[str] = frozenset()

    @property
    def new(self) -> bool:
        """Whether anything is to be learned, or unlearned, that was not before."""
        return set(self.labels) != set(self.learned)


def gather(state: Path, files: Sequence[Path]) -> Lesson:
    """What was learned before, the labels of the teaching folders, of files, and those of `triage
    label`, each overruling what stands before it. What the teaching folders said before counts only
    as far as they say it still. Where there are more than `MOST`, those of `triage label` are kept,
    and of the others a part that depends on nothing but the texts. Memory is taken for so many.

    UserError `corpus-faults`, `corpus-unreadable`.
    """
    learned = shelf.labels(state)
    words = _Words()
    for entry in learned:
        if not entry.taught:
            words.put(entry.key, entry, None)
    for label in taught(state):
        words.hear(label, taught=True, by_hand=True)
    faults: list[Fault] = []
    for path in files:
        for found in read_labelled(path):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                words.hear(found)
    if faults:
        raise UserError("corpus-faults", faults=tuple(faults))
    own = given(state)
    words.keep(max(0, MOST - len(own)))
    for label in own:
        words.hear(label, by_hand=True)
    return Lesson(
        tuple(corpus.merge(words.entries())),
        tuple(learned),
        tuple(words.conflicts),
        words.unlabelled,
        words.left_out,
        frozenset(words.by_hand),
    )


class _Words:
    """The last word on each text, by a digest of it."""

    def __init__(self) -> None:
        self._entries: dict[bytes, tuple[Entry, Labelled | None]] = {}
        self.conflicts: list[Conflict] = []
        self.unlabelled = self.left_out = 0
        self.by_hand = set[str]()

    def hear(self, label: Labelled, *, taught: bool = False, by_hand: bool = False) -> None:
        if label.complaint is None:
            self.unlabelled += 1
            return
        entry = Entry(label.subject, label.text[:MUCH], label.complaint, label.topic, taught=taught)
        if key := entry.key:
            self.put(key, entry, label)
            (self.by_hand.add if by_hand else self.by_hand.discard)(key)

    def put(self, key: str, entry: Entry, label: Labelled | None) -> None:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        _, former = self._entries.get(digest, (None, None))
        if former and label and _differ(former, label):
            self.conflicts.append(Conflict(former, label))
        self._entries[digest] = (entry, label)
        if len(self._entries) > 2 * MOST:
            self.keep(MOST)

    def keep(self, most: int) -> None:
        self.left_out += max(0, len(self._entries) - most)
        if len(self._entries) > most:
            self._entries = {each: self._entries[each] for each in nsmallest(most, self._entries)}

    def entries(self) -> Iterable[Entry]:
        return (entry for entry, _ in self._entries.values())


def _differ(one: Labelled, other: Labelled) -> bool:
    topics = one.topic and other.topic and one.topic is not other.topic
    return one.complaint is not other.complaint or bool(topics)
