"""The model: an encoder, a head for "complaint?" and a head for the topic. It judges; see `fit`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from triage.classifier.clues import clues
from triage.classifier.figures import Figures
from triage.classifier.language import UNKNOWN, language
from triage.classifier.words import Counts, Floats, Words, count
from triage.taxonomy import Topic
from triage.verdict import Opinion, Thresholds

KNOWN_LANGUAGES = frozenset({"en", UNKNOWN})  # a text too short to tell is judged


@dataclass(frozen=True, slots=True)
class About:
    """What a model was made of: the digest of its corpus, the rules its features were made by, the
    libraries that made it (for information: none is needed to judge), and what it is worth."""

    corpus: str
    features: int
    libraries: Mapping[str, str]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Model:
    """`complaint`: one weight a column, in calibrated log-odds, and its bias last; `topics`: the
    topics the corpus had, and `topic`: for each a row of weights and its bias last."""

    words: Words
    complaint: Floats
    topics: tuple[Topic, ...]
    topic: Floats
    thresholds: Thresholds
    about: About

    def judge(self, subject: str, text: str) -> Opinion:
        """What the model says of one mail: its subject, and what its writer wrote this time."""
        spoken = language(f"{subject}\n{text}")
        if spoken not in KNOWN_LANGUAGES:
            return Opinion(0.0, {}, (), spoken, known_language=False)
        counts = count(subject, text)
        complaint, shares = self.probabilities(counts)
        topics = dict(zip(self.topics, shares, strict=True))
        reasons = clues(self.words, counts, self.complaint)
        return Opinion(complaint, topics, reasons, spoken, known_language=True)

    def judge_many(self, mails: Iterable[tuple[str, str]]) -> list[Opinion]:
        """`judge` for each (subject, text)."""
        return [self.judge(subject, text) for subject, text in mails]

    def probabilities(self, counts: Counts) -> tuple[float, Sequence[float]]:
        """Of a complaint, and of each topic in the order of `topics`."""
        columns, values = self.words.encode(counts)
        log_odds = float(self.complaint[columns] @ values + self.complaint[-1])
        scores = self.topic[:, columns] @ values + self.topic[:, -1]
        shares = np.exp((scores - scores.max()).astype(np.float64))
        return float(1 / (1 + np.exp(-log_odds))), (shares / shares.sum()).tolist()
