"""The verdict on one message: the classifier's opinion, weighed with who is writing.

Pure. `weigh` is the one place where probabilities become an outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.origin import Origin
from triage.taxonomy import OriginKind, Outcome, SignalKind, Topic


@dataclass(frozen=True, slots=True)
class Clue:
    """A word or phrase that spoke for (`weight` > 0) or against (< 0) a complaint, in log-odds."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Signal:
    """What an owner wants to see beside a complaint. `text` is what gave it: a phrase, or as much
    of a sentence as is shown."""

    kind: SignalKind
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the classifier says of a text.

    `complaint` is a calibrated probability; `topics` sums to 1; `clues` strongest first; `language`
    an ISO 639-1 code, "und" when the text is too short to tell. In a language the classifier does
    not know `complaint` is 0.0, `topics` and `clues` are empty.
    """

    complaint: float
    topics: Mapping[Topic, float]
    clues: tuple[Clue, ...]
    language: str
    known_language: bool

    @property
    def topic(self) -> Topic:
        return max(self.topics, key=lambda topic: self.topics[topic], default=Topic.OTHER)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities of a complaint: from `flag` on a mail is flagged, from `unsure` on listed."""

    flag: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome and why. `reason` is a code the command line words; `opinion` None if not asked."""

    outcome: Outcome
    reason: str
    origin: Origin
    opinion: Opinion | None

    @property
    def flagged(self) -> bool:
        return self.outcome is Outcome.FLAGGED


# Origins that are not judged at all: nobody who could be answered wrote them.
UNJUDGED = frozenset({OriginKind.OWN, OriginKind.BOUNCE})
# Origins behind which a customer stands: only these are ever flagged.
PEOPLE = frozenset({OriginKind.CUSTOMER, OriginKind.FORM, OriginKind.MARKETPLACE})


def unjudged(origin: Origin) -> Verdict:
    """The verdict on own mail and bounces, which no classifier is asked about."""
    return Verdict(Outcome.SKIPPED, str(origin.kind), origin, None)


def weigh(
    opinion: Opinion,
    origin: Origin,
    thresholds: Thresholds,
    *,
    harm: bool = False,
    claims: bool = False,
) -> Verdict:
    """The classifier's word weighed with who is writing; a complaint is never passed in silence,
    nor a customer who tells of harm, or who `claims` something, however little he complains. Both
    are flagged where they would else be in between."""
    person = origin.kind in PEOPLE
    if not opinion.known_language:
        outcome = Outcome.UNSURE if person else Outcome.SKIPPED
        return Verdict(outcome, "foreign-language", origin, opinion)
    least = thresholds.unsure if (harm or claims) and person else thresholds.flag
    if opinion.complaint >= least:
        if person:
            return Verdict(Outcome.FLAGGED, "complaint", origin, opinion)
        return Verdict(Outcome.UNSURE, f"complaint-from-{origin.kind}", origin, opinion)
    if person:
        doubts = {
            "in-between": opinion.complaint >= thresholds.unsure,
            "harm": harm,
            "claim": claims,
        }
        for reason in filter(doubts.get, doubts):
            return Verdict(Outcome.UNSURE, reason, origin, opinion)
    return Verdict(Outcome.PASSED, "no-complaint", origin, opinion)
