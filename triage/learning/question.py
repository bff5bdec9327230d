"""What the owner is asked: mails without a label, the most uncertain first. Pure."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from heapq import nsmallest

from triage.classifier import Entry
from triage.protocols import Judge
from triage.taxonomy import COMPLAINT_TOPICS, Topic
from triage.verdict import Opinion

# Nobody labels more in one sitting; what is kept of a large pile is bounded by it.
MOST = 500


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """A mail to be labelled: who wrote it ("" where nobody is named), its subject, and what was
    written this time, which is what the classifier reads; and its digest, "" for one of a file."""

    sender: str
    subject: str
    text: str
    digest: str = ""

    @property
    def key(self) -> str:
        """As of a corpus entry: equal for the same text."""
        return Entry(self.subject, self.text, complaint=False, topic=Topic.OTHER).key


@dataclass(frozen=True, slots=True)
class Question:
    """A mail, how likely it is a complaint, and which topic a complaint of that text would have."""

    mail: Unlabelled
    complaint: float
    topic: Topic


def questions(
    mails: Iterable[Unlabelled], judge: Judge, flag: float, labelled: Container[str]
) -> list[Question]:
    """At most `MOST`, those first whose probability is nearest to `flag`, the threshold: there a
    label changes most. Each text once. Those whose key is in `labelled` are left out, so are those
    in another language than the classifier knows."""
    seen: set[int] = set()  # hashes: a pile may be large

    def asked() -> Iterable[Question]:
        for mail in mails:
            key = mail.key
            if not key or key in labelled or hash(key) in seen:
                continue
            seen.add(hash(key))
            opinion = judge.judge(mail.subject, mail.text)
            if opinion.known_language:
                yield Question(mail, opinion.complaint, _topic(opinion))

    return nsmallest(MOST, asked(), key=lambda question: abs(question.complaint - flag))


def _topic(opinion: Opinion) -> Topic:
    """The likeliest of those a complaint can have."""
    told = ((share, topic) for topic, share in opinion.topics.items() if topic in COMPLAINT_TOPICS)
    return max(told, default=(0.0, Topic.OTHER))[1]
