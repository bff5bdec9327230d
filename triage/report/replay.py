"""What the program would have done with past mail, beside what its owner did. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import SequenceMatcher
from statistics import median, quantiles

from triage.reply import Weekday
from triage.reply.term import last_day
from triage.taxonomy import Outcome, Topic

# At so many words a minute an owner types: only what stands in his own answer, too, is counted.
TYPED = 40
# So many words in a row are the same ones on purpose.
RUN = 3
# So many words of a letter and of an answer are compared; the time grows with their product.
WORDS = 600
DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the owner wrote, when (seconds since the epoch), and how many of the letter's words
    stand in it, in runs of `RUN` or more; 0 where there was no letter."""

    when: float
    text: str
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Replayed:
    """A past mail. `people`: a customer stands behind it. `text` is how it begins, "" where nobody
    seems to complain; `template` and `letter` are "" where none would have been laid, and
    `unwritten` says why as a code. `answer` is None where Sent holds none."""

    account: str
    mailbox: str
    uid: int
    message_id: str | None
    arrived: float
    outcome: Outcome
    reason: str
    people: bool
    writer: str
    subject: str
    topic: Topic | None
    complaint: float | None
    harm: bool
    text: str
    template: str
    letter: str
    unwritten: str
    answer: Answer | None = None

    @property
    def flagged(self) -> bool:
        return self.outcome in {Outcome.FLAGGED, Outcome.REPEAT}


@dataclass(frozen=True, slots=True)
class Figures:
    """The past of one account in figures.

    `agreement` counts people's mails by (flagged, answered); an answer is no proof of a complaint.
    `median` and `most` are hours until the complaints' answers (the 90th percentile), None where
    there was none; `within` the share answered in the promised term, None where none is promised.
    `letter_words` are those of the letters to mails that were answered, `shared_words` those of
    them that stand in the answers, `minutes` the time it takes to type these.
    """

    mails: int
    first: float | None
    last: float | None
    outcomes: Mapping[Outcome, int]
    reasons: Mapping[str, int]
    letters: int
    agreement: Mapping[tuple[bool, bool], int]
    median: float | None
    most: float | None
    within: float | None
    letter_words: int
    shared_words: int
    minutes: float


def figures(
    mails: Sequence[Replayed],
    answer_within: int,
    open_on: Sequence[Weekday],
    zone: tzinfo | None,
) -> Figures:
    """What the mails come to. `answer_within` counts working days, 0 for no promise."""
    complaints = [mail for mail in mails if mail.flagged]
    waited = [mail.answer.when - mail.arrived for mail in complaints if mail.answer]
    hours = sorted(max(seconds, 0.0) / 3600 for seconds in waited)
    in_time = [
        _in_time(mail.arrived, mail.answer.when, answer_within, open_on, zone)
        for mail in complaints
        if mail.answer
    ]
    used = [mail for mail in mails if mail.letter and mail.answer]
    shared = sum(mail.answer.shared for mail in used if mail.answer)
    return Figures(
        mails=len(mails),
        first=min((mail.arrived for mail in mails), default=None),
        last=max((mail.arrived for mail in mails), default=None),
        outcomes=Counter(mail.outcome for mail in mails),
        reasons=Counter(mail.reason for mail in mails if mail.outcome is Outcome.SKIPPED),
        letters=sum(bool(mail.letter) for mail in mails),
        agreement=Counter((mail.flagged, mail.answer is not None) for mail in mails if mail.people),
        median=median(hours) if hours else None,
        most=quantiles(hours, n=10, method="inclusive")[-1] if len(hours) > 1 else None,
        within=sum(in_time) / len(in_time) if in_time and answer_within else None,
        letter_words=sum(len(mail.letter.split()) for mail in used),
        shared_words=shared,
        minutes=shared / TYPED,
    )


def shared(letter: str, answer: str) -> int:
    """How many words of a letter stand in an answer, in runs of `RUN` or more in the same order."""
    ours, his = (text.split()[:WORDS] for text in (letter, answer))
    blocks = SequenceMatcher(None, ours, his, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= RUN)


def in_question(mails: Iterable[Replayed]) -> list[Replayed]:
    """Those that an owner wants to see: complaints that were never answered, the oldest first, then
    the answered ones and those in doubt."""

    def order(mail: Replayed) -> tuple[bool, bool, bool, float]:
        doubted = not mail.flagged
        return doubted, mail.answer is not None, not mail.harm, mail.arrived

    told = (mail for mail in mails if mail.flagged or mail.outcome is Outcome.UNSURE)
    return sorted(told, key=order)


def _in_time(
    arrived: float, when: float, days: int, open_on: Sequence[Weekday], zone: tzinfo | None
) -> bool:
    came, went = (datetime.fromtimestamp(moment, zone).date() for moment in (arrived, when))
    return went <= last_day(days, came, open_on)
