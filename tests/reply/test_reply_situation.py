"""From opinion, facts and shop to what a letter may say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reply_cases import FULL, SHOP, message, opinion, patient

from triage.facts import Facts
from triage.facts.stated import Stated
from triage.message import Address, Attachment, Body
from triage.order import Match, Order, OrderStatus, Ware
from triage.reply import Shop, situation
from triage.reply.cases import Stance, case_of
from triage.reply.courtesy import breaches
from triage.reply.letters import Letters
from triage.reply.names import names
from triage.reply.parcel import Parcel, parcel
from triage.taxonomy import COMPLAINT_TOPICS, Topic

LETTERS = Letters.load()
TODAY = date(2025, 3, 4)


def found(of=None, facts=None, shop=FULL, **changes):
    options = {"flagged": changes.pop("flagged", True), "own": changes.pop("own", None)}
    options["today"] = TODAY
    return situation(message(**changes), of or opinion(), facts or Facts(), shop, SHOP, **options)


@pytest.mark.parametrize(
    ("topics", "letter"),
    [
        ({Topic.DAMAGED: 0.9, Topic.LATE: 0.1}, Topic.DAMAGED),
        # "When will it come", and angry: the best complaint topic, if it is sure enough ...
        ({Topic.ORDER_STATUS: 0.6, Topic.NOT_DELIVERED: 0.3, Topic.LATE: 0.1}, Topic.NOT_DELIVERED),
        # ... else the letter that fits every complaint.
        (
            {Topic.PRAISE: 0.4, Topic.LATE: 0.2, Topic.QUALITY: 0.2, Topic.DAMAGED: 0.2},
            Topic.OTHER,
        ),
        (dict.fromkeys(Topic, 1 / 14), Topic.OTHER),
        # Late and not there are one matter.
        ({Topic.NOT_DELIVERED: 0.3, Topic.LATE: 0.2, Topic.SERVICE: 0.4}, Topic.NOT_DELIVERED),
        # That it may be none of these speaks against none of them, unless it is likelier.
        ({Topic.OTHER: 0.45, Topic.LATE: 0.3, Topic.SERVICE: 0.25}, Topic.LATE),
        ({Topic.OTHER: 0.6, Topic.LATE: 0.3}, Topic.OTHER),
        ({Topic.PRODUCT_QUESTION: 1.0, Topic.LATE: 0.0}, Topic.OTHER),
        ({}, Topic.OTHER),
    ],
)
def test_a_complaint_gets_a_complaints_letter(topics, letter):
    """Never the answer to a neutral question, and no topic that is more likely wrong than right."""
    assert found(opinion(topics)).topic is letter


def test_what_has_not_left_the_shop_is_not_broken():
    """Of an order that the book calls not sent only the parcel can be missed."""
    broken = opinion({Topic.DAMAGED: 0.6, Topic.LATE: 0.3, Topic.SERVICE: 0.1})
    assert found(broken, own=Parcel(OrderStatus.NOT_SHIPPED)).topic is Topic.LATE
    assert found(broken, own=PARCEL).topic is Topic.DAMAGED


def test_what_has_come_is_not_missing():
    """A parcel that its customer says has reached him is not looked for, whatever else he writes;
    one that is said to be delivered is."""
    topics = opinion({Topic.NOT_DELIVERED: 0.5, Topic.RETURN_REFUND: 0.4, Topic.LATE: 0.1})
    came = Facts(stated=Stated(arrived=date(2025, 3, 1)))
    told = Body("It came on the 1st.\n", "It came on the 1st.\n", "", "")
    said = Body("It was delivered on the 1st.\n", "It was delivered on the 1st.\n", "", "")
    assert found(topics, came, body=told).topic is Topic.RETURN_REFUND
    assert found(topics, came, body=said).topic is Topic.NOT_DELIVERED
    assert found(topics, Facts(), body=told).topic is Topic.NOT_DELIVERED


@patient
@given(st.dictionaries(st.sampled_from(list(Topic)), st.floats(0, 1)))
def test_every_opinion_has_a_letter(topics):
    """Whatever the classifier says, a letter exists, and it is a complaint's."""
    topic = found(opinion(topics)).topic
    assert topic in COMPLAINT_TOPICS
    assert topic in LETTERS.templates


def test_a_neutral_question_gets_order_status():
    """Only where nobody has complained."""
    asked = opinion({Topic.ORDER_STATUS: 0.9, Topic.LATE: 0.1})
    assert found(asked, flagged=False).topic is Topic.ORDER_STATUS
    assert found(asked, flagged=True).topic is Topic.LATE


@pytest.mark.parametrize("name", ["Maria", "Zoë", "Jean-Luc", "O’Neill", "Mary Jane", "Jo", "李"])
def test_names_one_greets_with(name):
    """A name that looks like one is used."""
    assert found(facts=Facts((), name)).first_name == name


@pytest.mark.parametrize(
    "name",
    [None, "", "M4ria", "Maria\r\nBcc: x@y.example", "{{ 7 }}", "Ticket", "MARIA ROSSI", "MARIA",
     "Valued Customer", "\u202eairaM", "x" * 31, "Maria!", "a@b.example", "[[Maria]]"],
)  # fmt: skip
def test_names_one_does_not_greet_with(name):
    """Anything else is greeted neutrally."""
    assert found(facts=Facts((), name)).first_name is None


@pytest.mark.parametrize(
    ("numbers", "number"),
    [
        (("1043",), "1043"),
        (("#1043", "1043"), "#1043"),
        (("ES-20391", "es20391"), "ES-20391"),
        (("1043", "1044"), None),
        ((), None),
        (("12/3/2025",), None),
        (("TICKET-1043",), None),
        (("abc",), None),
        (("1043\r\nX: y",), None),
        (("1" * 40,), None),
        (("{{1}}",), None),
    ],
)
def test_order_numbers(numbers, number):
    """The one number the mail states; with several nobody knows which is meant."""
    assert found(facts=Facts(numbers)).order_number == number


@pytest.mark.parametrize(
    ("shop", "sender", "signature", "signed_off"),
    [
        (Shop(owner="Anna", name="Larkspur"), "Shop", ("Anna", "Larkspur"), False),
        (Shop(name="Larkspur"), "Shop", ("Larkspur",), False),
        (Shop(), "Anna at Larkspur", ("Anna at Larkspur",), False),
        (Shop(), "", (), False),
        (Shop(owner="Anna", signature="A.\nMill Lane"), "", ("A.", "Mill Lane"), False),
        (Shop(signature="Kind regards\nAnna"), "", ("Kind regards", "Anna"), True),
        (Shop(signature="Bubbles and love,\nAnna"), "", ("Bubbles and love,", "Anna"), True),
        (Shop(signature="-- \nAnna"), "", ("Anna",), False),
    ],
)
def test_signatures(shop, sender, signature, signed_off):
    """The shop's lines, else owner and shop, else the display name, else none."""
    got = situation(
        message(), opinion(), Facts(), shop, Address(sender, "shop@x.example"), today=TODAY
    )
    assert (got.signature, got.signed_off) == (signature, signed_off)
    for topic in LETTERS.templates:
        text = LETTERS.render(found(opinion({topic: 1.0}), shop=shop)).text
        assert breaches(text) == ()


@pytest.mark.parametrize("topic", list(Topic))
def test_harm_takes_the_letter_that_offers_nothing(topic):
    """Whatever the topic, and whether or not anybody complained."""
    hurt = Facts(harm="burnt my hand")
    for flagged in (True, False):
        got = found(opinion({topic: 1.0}), hurt, flagged=flagged, own=PARCEL)
        assert case_of(got).letter == "harm"
        assert names(got)["order_status"] == ""


def test_a_photo_that_came_is_not_asked_for():
    """Whoever sent pictures is not asked for one."""
    broken = opinion({Topic.DAMAGED: 1.0})
    photo = Attachment("broken.jpg", "image/jpeg", 2_000_000)
    assert "photo" in LETTERS.render(found(broken)).text
    assert "photo" not in LETTERS.render(found(broken, attachments=(photo,))).text


PARCEL = Parcel(OrderStatus.IN_TRANSIT, number="#1043", shipped="3 March")


@pytest.mark.parametrize("topic", list(Topic))
def test_an_own_order_is_answered_where_it_is_asked_for(topic):
    """A letter about a parcel tells of it; any other is the acknowledgement it was."""
    got = found(opinion({topic: 1.0}), own=PARCEL, flagged=topic is not Topic.ORDER_STATUS)
    parcels = {Topic.NOT_DELIVERED, Topic.LATE, Topic.ORDER_STATUS}
    answered = topic in parcels | {Topic.CANCEL_CHANGE}
    assert case_of(got).stance is (Stance.ANSWER if answered else Stance.ACKNOWLEDGE)
    assert (names(got)["shipped"] == "3 March") == answered
    assert got.order_number == ("#1043" if topic in parcels else None)


def test_the_customers_spelling_of_the_number_comes_first():
    """It is the one he will know again."""
    assert found(facts=Facts(("1043",)), own=PARCEL).order_number == "1043"


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["ticket", "Sorry", "but", "None", "3 March", "DEAR", "12.5.2025", "a!1", "#1"]
    ),
    st.from_regex(r"[A-Za-z0-9#/._' -]{1,20}", fullmatch=True),
)


@patient
@given(HOSTILE, st.lists(HOSTILE, max_size=2), st.sampled_from(sorted(COMPLAINT_TOPICS)))
def test_no_customer_can_make_a_letter_discourteous(name, numbers, topic):
    """Names and numbers cannot bring in what the courtesy check keeps out of templates."""
    letter = LETTERS.render(found(opinion({topic: 1.0}), Facts(tuple(numbers), name)))
    assert breaches(letter.text) == ()
    assert letter.missing == ()


COUNTS = {"told": 0, "named": 0, "carried": 0, "tracked": 0}
EVIL = HOSTILE.map(str)  # which counts as one: half of what is drawn below is hostile
DAYS = st.lists(st.dates(date(2025, 1, 1), date(2025, 3, 4)), max_size=2).map(sorted)


@settings(patient, max_examples=300)  # with 100 one run in twenty has too few of some fact
@given(
    EVIL,
    st.one_of(EVIL, st.just("Royal Mail")),
    st.one_of(EVIL, st.just("RM123456785GB")),
    st.one_of(st.lists(st.sampled_from(["Blue mug", "Bowl"])), st.lists(EVIL, max_size=3)),
    DAYS,
    st.sampled_from(sorted({Topic.NOT_DELIVERED, Topic.LATE})),
)
def test_no_order_can_make_a_letter_discourteous(number, carrier, tracking, items, days, topic):
    """Whatever stands in the order book: the letter stays civil, one line a paragraph, and runs no
    template."""
    order = Order(
        number,
        items=tuple(items),
        shipped=days[0] if days else None,
        delivered=days[1] if len(days) > 1 else None,
        carrier=carrier,
        tracking=tracking,
    )
    told = parcel(Match(order, own=True), TODAY)
    letter = LETTERS.render(found(opinion({topic: 1.0}), own=told))
    assert breaches(letter.text, told.days) == ()
    assert letter.missing == ()
    assert not any("\n" in part for part in letter.text.split("\n\n")[:-1])
    COUNTS["told"] += told.status is not OrderStatus.UNKNOWN
    COUNTS["named"] += told.items != ""
    COUNTS["carried"] += told.carrier != ""
    COUNTS["tracked"] += told.tracking != ""


def test_the_orders_tried_had_something_to_tell():
    """Of the orders above enough had each kind of fact."""
    if COUNTS["told"]:
        assert min(COUNTS.values()) >= 3, COUNTS


SELLS = replace(FULL, catalogue=(Ware("Egg cup, white"), Ware("Blue mug")))


@pytest.mark.parametrize(
    ("text", "ordered", "thing"),
    [
        ("My egg cup is broken.", (), "Egg cup"),
        ("My egg cup is broken.", ("Speckled bowl",), ""),
        ("The bowl and the egg cup broke.", ("Speckled bowl",), "Speckled bowl"),
    ],
)
def test_the_ware_of_an_unknown_order(text, ordered, thing):
    """What the shop sells is named where nothing is known of what he ordered, and only there."""
    own = replace(PARCEL, things=ordered) if ordered else None
    assert found(shop=SELLS, subject=text, own=own).thing == thing


def test_a_ware_that_cannot_be_printed():
    """It is the owner's own text, and gets no further than a customer's."""
    sells = replace(FULL, catalogue=(Ware("{{ mug }}"),))
    assert found(shop=sells, subject="My {{ mug }} is broken.").thing == ""
