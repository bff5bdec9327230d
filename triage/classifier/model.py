"""The model: encoders, a head for "complaint?" and a head for the topic. It judges; see `fit`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from triage.classifier.clues import clues, sentence_clues, strongest
from triage.classifier.figures import Figures
from triage.classifier.language import UNKNOWN, language
from triage.classifier.vectors import Encoder
from triage.classifier.words import Counts, Floats, Words, count
from triage.taxonomy import Topic
from triage.verdict import Opinion, Thresholds

KNOWN_LANGUAGES = frozenset({"en", UNKNOWN})  # a text too short to tell is judged


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
    """`complaint`: one weight a column (words, grams, the encoder's numbers), in calibrated
    log-odds, and its bias last; `topics`: the topics the corpus had, and `topic`: for each a row of
    weights and its bias last. A model whose `about` names an encoder judges only with that one."""

    words: Words
    complaint: Floats
    topics: tuple[Topic, ...]
    topic: Floats
    thresholds: Thresholds
    about: About
    encoder: Encoder | None = None

    def judge(self, subject: str, text: str) -> Opinion:
        """What the model says of one mail: its subject, and what its writer wrote this time."""
        whole = f"{subject}\n{text}"
        spoken = language(whole)
        if spoken not in KNOWN_LANGUAGES:
            return Opinion(0.0, {}, (), spoken, known_language=False)
        counts = count(subject, text)
        vector = self._vector(whole)
        complaint, shares = self.probabilities(counts, vector)
        topics = dict(zip(self.topics, shares, strict=True))
        reasons = clues(self.words, counts, self.complaint)
        if self.encoder and vector is not None and complaint >= self.thresholds.unsure:
            weights = self.complaint[self.words.width : -1]
            reasons = strongest([*reasons, *sentence_clues(self.encoder, weights, whole, vector)])
        return Opinion(complaint, topics, reasons, spoken, known_language=True)

    def judge_many(self, mails: Iterable[tuple[str, str]]) -> list[Opinion]:
        """`judge` for each (subject, text)."""
        return [self.judge(subject, text) for subject, text in mails]

    def probabilities(
        self, counts: Counts, vector: Floats | None = None
    ) -> tuple[float, Sequence[float]]:
        """Of a complaint, and of each topic in the order of `topics`."""
        columns, values = self.words.encode(counts)
        if vector is not None:
            columns = np.concatenate([columns, self.words.width + np.arange(len(vector))])
            values = np.concatenate([values, vector])
        log_odds = float(self.complaint[columns] @ values + self.complaint[-1])
        scores = self.topic[:, columns] @ values + self.topic[:, -1]
        shares = np.exp((scores - scores.max()).astype(np.float64))
        return float(1 / (1 + np.exp(-log_odds))), (shares / shares.sum()).tolist()

    def _vector(self, text: str) -> Floats | None:
        if not self.about.encoder:
            return None
        if self.encoder is None or self.encoder.digest != self.about.encoder:
            raise ValueError("not the encoder this model was made with")
        return self.encoder.encode(text)
