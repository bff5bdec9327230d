"""The table: which letter answers what, and what it offers."""

from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product

import pytest
from cases_page import PAGE, README, SEVEN, page, with_seven
from reply_cases import all_letters

from triage.facts.asked import NOTHING, Asked, Wish
from triage.facts.occasion import Occasion
from triage.facts.said import SILENT
from triage.order import OrderStatus
from triage.reply import Remedies
from triage.reply.cases import ANY_TOPIC, CASES, LETTERS, Stance, case_of
from triage.reply.earlier import Earlier
from triage.reply.names import names, offered
from triage.reply.parcel import Parcel
from triage.reply.samples import of_case, samples
from triage.reply.situation import Book, Mark, book_of
from triage.taxonomy import COMPLAINT_TOPICS, Topic

ALL = Remedies(send_again=True, refund=True, exchange=True)
MARKS = [frozenset(some) for n in range(7) for some in combinations(Mark, n)]
NOT_SHIPPED = Parcel(OrderStatus.NOT_SHIPPED)
ON_ITS_WAY = Parcel(OrderStatus.IN_TRANSIT, shipped="12 November")
OVERDUE = replace(ON_ITS_WAY, overdue=True)
DELIVERED = Parcel(OrderStatus.DELIVERED, delivered="15 November")
WEDDING = Occasion("wedding", date(2026, 11, 28), gift=False, past=False)
OVER = replace(WEDDING, day=date(2026, 11, 22))
FIRST = Earlier(date(2026, 11, 17), Topic.NOT_DELIVERED)
BROKEN = Earlier(date(2026, 11, 17), Topic.DAMAGED)
PLAIN = replace(
    next(samples(Topic.OTHER)),
    asked=NOTHING,
    earlier=None,
    occasion=None,
    remedies=ALL,
    said=SILENT,
)


def row(topic, book, marks):
    return next(place for place, case in enumerate(CASES) if case.holds(topic, book, marks))


def test_every_mail_has_a_row_and_every_row_a_mail():
    """Whatever topic, book and marks; and no row stands behind one that takes all it would."""
    met = {row(*known) for known in product(Topic, Book, MARKS)}
    assert met == set(range(len(CASES)))


@pytest.mark.parametrize(
    ("topic", "parcel", "known", "letter"),
    [
        # A parcel that is not there: what the book says.
        (Topic.NOT_DELIVERED, None, {}, "not-delivered"),
        (Topic.NOT_DELIVERED, Parcel(OrderStatus.UNKNOWN, "1043"), {}, "not-delivered"),
        (Topic.NOT_DELIVERED, NOT_SHIPPED, {}, "not-shipped"),
        (Topic.NOT_DELIVERED, ON_ITS_WAY, {}, "on-its-way"),
        (Topic.NOT_DELIVERED, OVERDUE, {}, "overdue"),
        (Topic.NOT_DELIVERED, DELIVERED, {}, "marked-delivered"),
        # The second mail about it.
        (Topic.NOT_DELIVERED, None, {"earlier": FIRST}, "still-missing"),
        (Topic.NOT_DELIVERED, OVERDUE, {"earlier": FIRST}, "still-missing"),
        (Topic.NOT_DELIVERED, None, {"earlier": BROKEN}, "not-delivered"),
        (Topic.NOT_DELIVERED, ON_ITS_WAY, {"earlier": FIRST}, "on-its-way"),
        (Topic.NOT_DELIVERED, DELIVERED, {"earlier": FIRST}, "marked-delivered"),
        # A day by which it is needed.
        (Topic.NOT_DELIVERED, None, {"occasion": WEDDING}, "needed"),
        (Topic.NOT_DELIVERED, OVERDUE, {"occasion": WEDDING, "earlier": FIRST}, "needed"),
        (Topic.LATE, NOT_SHIPPED, {"occasion": WEDDING}, "needed"),
        (Topic.NOT_DELIVERED, DELIVERED, {"occasion": WEDDING}, "marked-delivered"),
        (Topic.NOT_DELIVERED, None, {"occasion": replace(WEDDING, past=True)}, "not-delivered"),
        (Topic.NOT_DELIVERED, None, {"occasion": OVER}, "not-delivered"),
        # Late and not there are told apart by the book.
        (Topic.LATE, None, {}, "late"),
        (Topic.LATE, NOT_SHIPPED, {}, "not-shipped"),
        (Topic.LATE, ON_ITS_WAY, {}, "on-its-way"),
        (Topic.LATE, OVERDUE, {}, "overdue"),
        (Topic.LATE, DELIVERED, {}, "late"),
        # What the facts contradict.
        (Topic.LATE, DELIVERED, {"differs": True}, "records-differ"),
        (Topic.NOT_DELIVERED, ON_ITS_WAY, {"differs": True, "earlier": FIRST}, "records-differ"),
        # Harm before insults, insults before all else; neither hears of the order.
        (Topic.NOT_DELIVERED, OVERDUE, {"harm": True, "abuse": True}, "harm"),
        (Topic.NOT_DELIVERED, OVERDUE, {"abuse": True, "earlier": FIRST}, "abuse"),
        (Topic.PRODUCT_QUESTION, None, {"harm": True}, "harm"),
        # No complaint.
        (Topic.ORDER_STATUS, None, {}, "order-status"),
        (Topic.ORDER_STATUS, OVERDUE, {"occasion": WEDDING}, "order-status"),
        (Topic.PRAISE, None, {}, "praise"),
        # Goods and money: the topic, whatever the book says.
        (Topic.DAMAGED, DELIVERED, {"earlier": FIRST, "differs": True}, "damaged"),
        (Topic.RETURN_REFUND, None, {"asked": Asked({Wish.RETURN}, set())}, "return-request"),
        (Topic.RETURN_REFUND, None, {"asked": Asked({Wish.REFUND}, set())}, "return-refund"),
    ],
)
def test_which_letter(topic, parcel, known, letter):
    """The cells of the table, one by one."""
    found = replace(PLAIN, topic=topic, parcel=parcel, **known)
    case = case_of(found)
    assert case.letter == letter
    told = case.stance is Stance.ANSWER and book_of(parcel) is not Book.SILENT
    assert (names(found)["order_status"] != "") == told


def test_what_was_sent_back_is_no_wish_to_return():
    """Who has sent it back already is told what becomes of it."""
    asked = Asked(frozenset({Wish.RETURN}), frozenset())
    found = replace(PLAIN, topic=Topic.RETURN_REFUND, asked=asked)
    assert (
        case_of(replace(found, said=replace(PLAIN.said, sent_back=True))).letter == "return-refund"
    )


@pytest.mark.parametrize("topic", sorted(COMPLAINT_TOPICS))
def test_each_topic_has_a_row_for_all_that_is_left(topic):
    """Where nothing else is known the topic's own letter answers."""
    assert case_of(replace(PLAIN, topic=topic)).letter == topic


def test_samples_are_of_their_row():
    """Each row has some, and each letter's are of the rows with that letter."""
    for case in CASES:
        assert any(case_of(found) is case for found in of_case(case))
    for letter in LETTERS:
        assert {case_of(found).letter for found in samples(letter)} == {letter}
    assert frozenset().union(*(case.topics for case in CASES)) == ANY_TOPIC


WISHES = [frozenset(some) for n in range(3) for some in combinations(Wish, n)]
ANY = [Remedies(*three) for three in product((True, False), repeat=3)]


def test_nothing_is_offered_that_is_not_allowed_or_not_wanted():
    """By shop, row and customer; and where he may have what he asks for, nothing else."""
    serves = {Wish.REFUND: "refund", Wish.SEND_AGAIN: "send_again", Wish.EXCHANGE: "exchange"}
    for case, shop, wanted, unwanted in product(CASES, ANY, WISHES, WISHES):
        asked = Asked(wanted - unwanted, unwanted - wanted)
        got = offered(replace(PLAIN, remedies=shop, asked=asked), case)
        for wish, remedy in serves.items():
            allowed = getattr(shop, remedy) and getattr(case.offers, remedy)
            assert allowed or not getattr(got, remedy)
            assert wish not in asked.unwanted or not getattr(got, remedy)
        if asked.wanted == {Wish.REFUND} and got.refund:
            assert got == Remedies(refund=True)


@pytest.mark.parametrize(
    ("wanted", "remedies", "as_asked", "asked_for"),
    [
        ({Wish.REFUND}, ALL, True, ""),
        ({Wish.REFUND}, Remedies(send_again=True), False, "refund"),
        ({Wish.SEND_AGAIN}, Remedies(refund=True), False, "send-again"),
        ({Wish.EXCHANGE}, Remedies(refund=True), False, "exchange"),
        ({Wish.EXCHANGE}, Remedies(send_again=True), True, ""),
        ({Wish.ANSWER}, ALL, False, ""),
        ({Wish.ANSWER, Wish.REFUND}, ALL, True, ""),
        (set(), ALL, False, ""),
    ],
)
def test_what_is_asked_for_is_answered(wanted, remedies, as_asked, asked_for):
    """It is offered as he asks, or he hears that an answer to it comes."""
    asked = Asked(frozenset(wanted), frozenset())
    found = names(replace(PLAIN, topic=Topic.DAMAGED, remedies=remedies, asked=asked))
    assert (found["as_asked"], found["asked_for"]) == (as_asked, asked_for)


def test_no_wish_is_passed_over():
    """In every letter of a complaint in which he asks for something: it is said, or offered."""
    seen = 0
    for letter, found, wording in all_letters():
        if letter in {"harm", "abuse", "praise", "order-status"}:
            continue
        asked_for = names(found)["asked_for"]
        words = {"refund": "money back", "send-again": "another one", "exchange": "an exchange"}
        words["repair"] = "a repair"
        if asked_for:
            assert "with my answer about" in wording.text
            assert words[asked_for].split()[-1] in wording.text
            seen += 1
    assert seen > 200


def test_the_page_shows_the_table():
    """templates/CASES.md is what `make cases` writes."""
    assert PAGE.read_text("utf-8") == page()


def test_the_readme_shows_the_letters_as_they_are():
    """The seven for one who has not got his parcel are what `make cases` writes."""
    text = README.read_text("utf-8")
    assert text == with_seven(text)
    assert all(f"**{title}.**" in text for title in SEVEN.values())


def test_both_sides_of_each_wish_are_among_the_samples():
    """Offered, refused, and not asked for, in every letter that offers something."""
    for letter in {case.letter for case in CASES if case.offers != Remedies()}:
        told = [names(found) for found in chain(samples(letter))]
        assert {each["as_asked"] for each in told} == {True, False}
