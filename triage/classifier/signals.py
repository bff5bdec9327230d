"""Signals beside a complaint: what they are told by, and the sentence that gives each. Pure.

They are learned from the starter corpus alone, where readers looked at each complaint for them. An
owner's labels say nothing of them, and so leave them as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from triage.classifier.arrays import Doubles, Floats
from triage.classifier.sentences import sentences, shown
from triage.classifier.vectors import SIGNALS, Reading, Sentence
from triage.classifier.words import Counts, Words, count
from triage.taxonomy import SignalKind
from triage.verdict import Signal

# All but the chargeback, which plain phrases tell better: see facts.
KINDS = tuple(kind for kind in SIGNALS if kind is not SignalKind.CHARGEBACK)
# Where an encoder says them, counted from its last number.
PLACES = [SIGNALS.index(kind) - len(SIGNALS) for kind in KINDS]
# What an encoder's score counts beside that of the words. At 0, .5, 1, 2, and the encoder alone,
# average precision on left-out complaints is for an angry tone .42 .51 .51 .49 .41, a lawyer .53
# .61 .57 .49 .27, a review .29 .35 .35 .34 .27, asked before .79 .82 .81 .80 .75.
NUMBERS_SHARE = 0.5
_NOTHING: Floats = np.zeros(len(SIGNALS), np.float32)


@dataclass(frozen=True, slots=True)
class Told:
    """How well a signal is told of left-out complaints, `n` of which have it."""

    n: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Signals:
    """`rows` has for each kind, in their order, the weights of the words and a bias. What words say
    of a text is the most they say of the whole or of one of its sentences: a threat is but one
    sentence of a letter. A signal is told from the score in `alone` on; beside an encoder that
    tells signals, too, from the sum of both in `beside` on. `figures`: by those two, in this
    order."""

    words: Words
    rows: Floats
    alone: Floats
    beside: Floats
    figures: Mapping[SignalKind, tuple[Told, Told]]

    def tell(self, text: str, counts: Counts, reading: Reading | None) -> tuple[Signal, ...]:
        """The signals of one text, in the order of their kinds. `reading` is that of an encoder
        that tells signals: they are its last numbers."""
        numbers = reading.numbers if reading else _NOTHING
        alone = tuple(reading.sentences if reading else map(_unread, sentences(text)))
        scores = self.scores(counts, (each.text for each in alone))
        whole = scores.max(axis=0) + _share(numbers)
        found = np.flatnonzero(whole >= (self.beside if reading else self.alone))
        if not found.size:
            return ()
        if not alone:
            return tuple(Signal(KINDS[place], shown(text)) for place in found)
        each_alone = scores[1:] + _share(np.array([each.numbers for each in alone]))
        strongest = each_alone.argmax(axis=0)
        return tuple(Signal(KINDS[place], shown(alone[strongest[place]].text)) for place in found)

    def scores(self, whole: Counts, alone: Iterable[str]) -> Doubles:
        """What words say of a text, and below of each of its sentences, one column a kind."""
        pieces = [whole, *(count("", sentence) for sentence in alone)]
        features = [self.words.encode(counts) for counts in pieces]
        said = [self.rows[:, columns].astype(np.float64) @ values for columns, values in features]
        scores: Doubles = np.array(said) + self.rows[:, -1]
        return scores


def _unread(sentence: str) -> Sentence:
    return Sentence(sentence, _NOTHING)


def _share(numbers: Floats) -> Doubles:
    share: Doubles = NUMBERS_SHARE * numbers[..., PLACES].astype(np.float64)
    return share
