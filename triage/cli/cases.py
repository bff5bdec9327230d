"""The rows of the table in words: which letter answers which mail."""

from triage.cli.wording import TOPICS
from triage.reply.cases import ANY_BOOK, ANY_TOPIC, CASES, TOLD, Case
from triage.reply.situation import Book, Mark
from triage.taxonomy import COMPLAINT_TOPICS

BOOK = {
    Book.SILENT: "nothing",
    Book.NOT_SHIPPED: "not sent yet",
    Book.ON_ITS_WAY: "on its way",
    Book.OVERDUE: "on its way for too long",
    Book.DELIVERED: "marked as delivered",
}
MARKS = {
    Mark.HARM: "somebody was hurt or fell ill, or might have",
    Mark.ABUSE: "the customer insults or threatens you",
    Mark.DIFFERS: "he names other days than the book",
    Mark.NEEDED: "it is needed for an occasion, or by a day, that is to come",
    Mark.AGAIN: "he has complained of it before",
    Mark.CONTINUED: "he answers a letter of yours",
    Mark.TO_RETURN: "he wants to send something back, and has not yet",
}


def topics(case: Case) -> str:
    """What the mail is about."""
    if case.topics == ANY_TOPIC:
        return "anything"
    if case.topics == COMPLAINT_TOPICS:
        return "any complaint"
    return ", ".join(TOPICS[topic] for topic in sorted(case.topics))


def book(case: Case) -> str:
    """What the order book says, "" where the letter does not depend on it."""
    if case.book == ANY_BOOK:
        return "" if case.stance == "acknowledge" else "anything"
    if case.book == TOLD:
        return "anything of it"
    return ", ".join(BOOK[said] for said in sorted(case.book))


def answers(case: Case) -> str:
    """A row in one line."""
    if case is CASES[-1]:
        return "anything else"
    said = book(case) if case.book != ANY_BOOK else ""
    told = [f"the order book says: {said}"] if said else []
    return "; ".join([topics(case), *told, *(MARKS[mark] for mark in sorted(case.marks))])
