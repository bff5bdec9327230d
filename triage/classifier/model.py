"""The model: encoders, a head for the kind and a head for the topic. It judges; see `fit`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from triage.classifier.arrays import Doubles, Floats
from triage.classifier.clues import clues, sentence_clues, strongest
from triage.classifier.corpus import Kind
from triage.classifier.figures import Figures
from triage.classifier.language import UNKNOWN, language
from triage.classifier.odds import MATTERS, log_odds, rivals
from triage.classifier.signals import Signals
from triage.classifier.vectors import Encoder, Reading
from triage.classifier.words import Counts, Features, Words, count
from triage.taxonomy import Topic
from triage.verdict import Opinion, Signal, Thresholds

KNOWN_LANGUAGES = frozenset({"en", UNKNOWN})  # a text too short to tell is judged
_FAR = 700.0  # log-odds beyond which a probability is 0 or 1


@dataclass(frozen=True, slots=True)
class About:
    """What a model was made of: the digest of its corpus, the rules its features were made by, the
    digest of its encoder and how many numbers that says of a text ("" and 0 of a model of words
    alone), the libraries that made it (for information: none is needed to judge), and what it is
    worth."""

    corpus: str
    features: int
    encoder: str
    width: int
    libraries: Mapping[str, str]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Model:
    """`kinds` are the kinds the corpus had, and `kind`: for each a row of weights, one a column
    (words, grams, the encoder's numbers), its bias last; `topics` and `topic` likewise. `scale`,
    two slopes and an offset, makes of the log-odds of a complaint, by its kind and by its topic,
    calibrated ones. A model whose `about` names an encoder judges only with that one. Without a
    `teller` it tells no signals."""

    words: Words
    kinds: tuple[Kind, ...]
    kind: Floats
    scale: tuple[float, float, float]
    topics: tuple[Topic, ...]
    topic: Floats
    thresholds: Thresholds
    about: About
    encoder: Encoder | None = None
    teller: Signals | None = None

    def judge(self, subject: str, text: str) -> Opinion:
        """What the model says of one mail: its subject, and what its writer wrote this time."""
        whole = f"{subject}\n{text}"
        spoken = language(whole)
        if spoken not in KNOWN_LANGUAGES:
            return Opinion(0.0, {}, (), spoken, known_language=False)
        counts = count(subject, text)
        reading = self._reading(whole)
        found = self._features(counts, reading.numbers if reading else None)
        kinds = _scores(self.kind, found)
        topics = _scores(self.topic, found)
        complaint = self._calibrated(kinds, topics)
        weights = self._contrast(kinds, topics)
        reasons = clues(self.words, counts, found, weights)
        if self.encoder and reading and complaint >= self.thresholds.unsure:
            numbers, nothing = weights[self.words.width : -1], self.encoder.read("").numbers
            said = sentence_clues(reading.sentences, nothing, numbers)
            reasons = strongest([*reasons, *said])
        shares = dict(zip(self.topics, _shares(topics), strict=True))
        return Opinion(complaint, shares, reasons, spoken, known_language=True)

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        """The signals of a mail in a language the model knows, one of a kind, in the order of the
        kinds. They have no part in its opinion, and most mails need not be asked for them."""
        if self.teller is None:
            return ()
        whole = f"{subject}\n{text}"
        told = self.encoder is not None and self.encoder.trained
        return self.teller.tell(whole, count(subject, text), self._reading(whole) if told else None)

    def judge_many(self, mails: Iterable[tuple[str, str]]) -> list[Opinion]:
        """`judge` for each (subject, text)."""
        return [self.judge(subject, text) for subject, text in mails]

    def _features(self, counts: Counts, vector: Floats | None) -> Features:
        columns, values = self.words.encode(counts)
        if vector is None:
            return columns, values
        numbers = self.words.width + np.arange(len(vector))
        return np.concatenate([columns, numbers]), np.concatenate([values, vector])

    def _calibrated(self, kinds: Doubles, topics: Doubles) -> float:
        by_kind, by_topic, offset = self.scale
        odds = by_kind * log_odds(kinds, self.kinds) + offset
        odds += by_topic * log_odds(topics, self.topics, MATTERS)
        return float(1 / (1 + np.exp(-np.clip(odds, -_FAR, _FAR))))

    def _contrast(self, kinds: Doubles, topics: Doubles) -> Floats:
        """The weights that set a complaint off from the likeliest of the other kinds, and the
        likeliest topic of one from the likeliest other."""
        contrast: Floats = np.zeros_like(self.kind[0])
        if by_kind := rivals(kinds, self.kinds):
            contrast += self.scale[0] * (self.kind[by_kind[0]] - self.kind[by_kind[1]])
        if by_topic := rivals(topics, self.topics, MATTERS):
            contrast += self.scale[1] * (self.topic[by_topic[0]] - self.topic[by_topic[1]])
        return contrast

    def _reading(self, text: str) -> Reading | None:
        if not self.about.encoder:
            return None
        if self.encoder is None or self.encoder.digest != self.about.encoder:
            raise ValueError("not the encoder this model was made with")
        return self.encoder.read(text)


def _scores(weights: Floats, features: Features) -> Doubles:
    columns, values = features
    scores: Doubles = weights[:, columns].astype(np.float64) @ values + weights[:, -1]
    return scores


def _shares(scores: Doubles) -> list[float]:
    shares = np.exp(scores - scores.max())
    listed: list[float] = (shares / shares.sum()).tolist()
    return listed
