"""The table: what is known of a matter, and so which letter answers it and what it may offer.

The first row that holds decides. Shown, with a letter for each row, in `templates/CASES.md`.
"""

from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from triage.reply.shop import Remedies
from triage.reply.situation import Book, Mark, Situation
from triage.taxonomy import COMPLAINT_TOPICS, Topic

ANY_TOPIC = frozenset(Topic)
PARCEL = frozenset({Topic.NOT_DELIVERED, Topic.LATE})
ANY_BOOK = frozenset(Book)
TOLD = ANY_BOOK - {Book.SILENT}

NOTHING = Remedies()
REFUND = Remedies(refund=True)
AGAIN = Remedies(send_again=True, refund=True)
RETURN = Remedies(exchange=True, refund=True)
GOODS = Remedies(send_again=True, exchange=True, refund=True)


class Stance(StrEnum):
    """How much has been looked up. A stance that knows the order's facts comes with them."""

    ACKNOWLEDGE = "acknowledge"  # nothing yet: sorry for the trouble, not for a fault
    ANSWER = "answer"  # what the order book says of the customer's own order


@dataclass(frozen=True, slots=True)
class Case:
    """A row: it holds for a mail about one of `topics`, of whose order the book says one of `book`,
    and of which at least `marks` are true.

    `letter` is the name of the template. With the stance `ANSWER` it tells what the book says,
    where that says anything. `offers` is the most it may offer: the shop may allow less, and
    whoever says what he wants is offered that.
    """

    letter: str
    topics: frozenset[Topic] = ANY_TOPIC
    book: frozenset[Book] = ANY_BOOK
    marks: frozenset[Mark] = frozenset()
    stance: Stance = Stance.ACKNOWLEDGE
    offers: Remedies = NOTHING

    def holds(self, topic: Topic, book: Book, marks: frozenset[Mark]) -> bool:
        return topic in self.topics and book in self.book and self.marks <= marks


def _marks(*marks: Mark) -> frozenset[Mark]:
    return frozenset(marks)


def _about(topic: Topic, offers: Remedies = NOTHING) -> Case:
    return Case(topic, frozenset({topic}), offers=offers)


BRIEF = "abuse"  # short on purpose: what is said to an insult calms nobody
_ANSWER = Stance.ANSWER
_MISSING = frozenset({Topic.NOT_DELIVERED})
_LATE = frozenset({Topic.LATE})
CASES: tuple[Case, ...] = (
    Case("harm", marks=_marks(Mark.HARM)),
    Case(BRIEF, COMPLAINT_TOPICS, marks=_marks(Mark.ABUSE)),
    _about(Topic.PRAISE),
    Case("order-status", frozenset({Topic.ORDER_STATUS}), stance=_ANSWER),
    # Where a parcel is, as far as the book knows.
    Case("records-differ", PARCEL, TOLD, _marks(Mark.DIFFERS), _ANSWER),
    Case("marked-delivered", _MISSING, frozenset({Book.DELIVERED}), stance=_ANSWER, offers=AGAIN),
    Case(
        "late", frozenset({Topic.LATE}), frozenset({Book.DELIVERED}), stance=_ANSWER, offers=REFUND
    ),
    Case("needed", PARCEL, marks=_marks(Mark.NEEDED), stance=_ANSWER, offers=AGAIN),
    Case("not-shipped", PARCEL, frozenset({Book.NOT_SHIPPED}), stance=_ANSWER, offers=REFUND),
    Case("on-its-way", PARCEL, frozenset({Book.ON_ITS_WAY}), stance=_ANSWER),
    Case("still-missing", _MISSING, marks=_marks(Mark.AGAIN), stance=_ANSWER, offers=AGAIN),
    Case("overdue", PARCEL, frozenset({Book.OVERDUE}), stance=_ANSWER, offers=AGAIN),
    # All else by its topic, unless the shop has written about it before.
    Case("continued", COMPLAINT_TOPICS - PARCEL, marks=_marks(Mark.CONTINUED)),
    Case(
        "return-request",
        frozenset({Topic.RETURN_REFUND}),
        marks=_marks(Mark.TO_RETURN),
        offers=RETURN,
    ),
    _about(Topic.NOT_DELIVERED, AGAIN),
    _about(Topic.LATE, REFUND),
    _about(Topic.DAMAGED, GOODS),
    _about(Topic.WRONG_ITEM, GOODS),
    _about(Topic.MISSING_ITEM, AGAIN),
    _about(Topic.QUALITY, GOODS),
    _about(Topic.RETURN_REFUND, RETURN),
    _about(Topic.BILLING, REFUND),
    Case(Topic.CANCEL_CHANGE, frozenset({Topic.CANCEL_CHANGE}), stance=_ANSWER, offers=REFUND),
    _about(Topic.SERVICE),
    # A topic that is not sure, and what a mail with harm or of no complaint would be about.
    Case(Topic.OTHER),
)

LETTERS = tuple(dict.fromkeys(map(attrgetter("letter"), CASES)))


def case_of(found: Situation) -> Case:
    """The row of a situation. The last holds for every one."""
    marks = found.marks
    return next(case for case in CASES if case.holds(found.topic, found.book, marks))
