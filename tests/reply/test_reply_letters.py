"""The letters that triage brings with it."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from own_letters import load
from reply_cases import all_letters

import triage
from triage.errors import UserError
from triage.facts.occasion import Occasion
from triage.order import OrderStatus
from triage.reply import breaches
from triage.reply.cases import BRIEF, LETTERS, Stance, case_of
from triage.reply.courtesy import SIGN_OFF
from triage.reply.letters import Letters
from triage.reply.names import names, offered
from triage.reply.parcel import Parcel
from triage.reply.samples import samples
from triage.reply.situation import Book
from triage.reply.term import WORKING_WEEK
from triage.taxonomy import COMPLAINT_TOPICS, Topic

TEMPLATES = Path(triage.__file__).parent.parent / "templates"
ALL = all_letters()  # (letter, sample, wording)
TOLD = [each for each in ALL if names(each[1])["order_status"]]
PARCELS = {"cancel-change", "order-status", "records-differ", "marked-delivered", "late", "needed",
           "not-shipped", "on-its-way", "still-missing", "overdue"}  # fmt: skip
SOME_DAY = Occasion("visit", None, gift=False, past=False)


# Ours.


def test_every_topic_of_a_complaint_has_a_letter():
    """And the base is the only file beside the letters of the table."""
    assert set(LETTERS) > COMPLAINT_TOPICS
    assert {path.name for path in (TEMPLATES / "en").iterdir()} == {
        "reply.txt.j2",
        *(f"{topic}.txt.j2" for topic in LETTERS),
    }


def test_every_letter_is_complete_and_courteous():
    """With an empty shop and a full one: no mark, no breach, 60 to 140 words, one sign-off."""
    texts = set()
    for _, sample, letter in ALL:
        texts.add(letter.text)
        assert letter.missing == ()
        assert "[[" not in letter.text
        told = case_of(sample).stance is Stance.ANSWER
        brief = case_of(sample).letter == BRIEF
        found = breaches(letter.text, sample.days, looked_into=told)
        assert [breach for breach in found if not (brief and breach.code == "too-short")] == []
        assert len(SIGN_OFF.findall(letter.text)) == 1
        assert (40 if brief else 60) <= len(letter.text.split()) <= 140, letter.text
    assert len(texts) > 300


def test_one_paragraph_is_one_line():
    """Between the greeting and the sign-off no paragraph has a line break."""
    for _, _, wording in ALL:
        _, *middle, _ = wording.text.split("\n\n")
        assert not [paragraph for paragraph in middle if "\n" in paragraph]


def test_only_what_the_shop_allows_is_offered():
    """Money, another parcel, an exchange: in no letter of a shop that has not said so."""
    offers = {
        "refund": r"money back|pay the difference|give you back",
        "send_again": r"send it again|send it to you|send you",
        "exchange": r"exchange",
    }
    seen = dict.fromkeys(offers, 0)
    for _, sample, wording in ALL:
        text = wording.text
        for remedy, words in offers.items():
            can = offered(sample, case_of(sample))
            allowed = getattr(can, remedy)
            # Something else came, or broke: to exchange it is to send another.
            allowed |= remedy == "send_again" and can.exchange
            # What he asks for is named, and nothing promised: "my answer about an exchange".
            asked = {"exchange": "about an exchange", "refund": "about your money back"}
            allowed |= asked.get(remedy, "about another one") in text
            # To find out is to promise nothing either.
            told = text.replace("whether I can send you what you ordered", "")
            found = re.search(words, told) is not None
            seen[remedy] += found
            assert allowed or not found, text
    assert all(count > 30 for count in seen.values()), seen


@pytest.mark.parametrize(
    ("days", "term"),
    [
        (0, "you will hear from me as soon as I know more."),
        (1, "you will hear from me within one working day."),
        (2, "you will hear from me within two working days."),
        (3, "you will hear from me within three working days."),
        (10, "you will hear from me within 10 working days."),
    ],
)
def test_the_term_counts_from_sending(days, term):
    """A term and no date; without one, no number."""
    letters = Letters.load()
    for letter in set(LETTERS) - {Topic.PRAISE}:
        sample = replace(next(samples(letter)), answer_within=days)
        plain = replace(sample, opens_again=None, open=WORKING_WEEK, occasion=SOME_DAY)
        assert letters.render(plain).text.count(term) == 1


def test_a_term_ends_before_the_day_on_which_it_is_needed():
    """Who needs it tomorrow is not told to wait for two days, nor who must find something else on
    the last day before."""
    letters = Letters.load()
    (today,) = {sample.today for _, sample, _ in ALL}
    for letter, days in product(("needed", "damaged", "cancel-change"), (0, 1, 2, 3)):
        for ahead in range(5):
            needed = replace(SOME_DAY, day=today + timedelta(ahead))
            said = replace(next(samples(letter)), opens_again=None, occasion=needed)
            text = letters.render(replace(said, answer_within=days)).text
            sooner = days > 0 and 0 < ahead <= days + 1
            assert ("before that day" in text) == sooner, (letter, days, ahead)
            assert ("working day" in text) == (days > 0 and not sooner)


def test_what_is_known_is_named():
    """First name and order number stand in every letter, once."""
    letters = Letters.load()
    for letter in LETTERS:
        full = (s for s in samples(letter) if s.first_name and s.order_number and s.signature)
        text = letters.render(next(full)).text
        assert text.startswith("Hello Maria,\n\n")
        assert text.count("1043") == 1
        assert re.search(r"\n\n(Best wishes,\nAnna\nLarkspur Soap|Kind regards,\nAnna)$", text)


def test_no_fault_is_conceded_before_anybody_looked():
    """Sorry for the trouble; never "our mistake"; and a person speaks."""
    for _, _, wording in ALL:
        text = wording.text
        assert not re.search(
            r"\b(?:our|my) (?:mistake|fault|error)|went wrong|we failed", text, re.I
        )
        assert not re.search(r"\bwe\b|\bus\b|\bour\b", text)


def test_who_sends_nothing_again_offers_no_other():
    """What is one of its kind can be exchanged for something else, and not sent again."""
    for letter, sample, wording in ALL:
        if letter == Topic.DAMAGED and not offered(sample, case_of(sample)).send_again:
            assert "send you another" not in wording.text


def test_a_letter_is_sorry_once():
    """More reads as if it were a form; praise and a question need none, nor does a customer's own
    slip."""
    for letter, sample, wording in ALL:
        sorry = len(re.findall(r"\bsorry\b", wording.text))
        none = letter in {Topic.PRAISE, Topic.ORDER_STATUS}
        said = sample.said
        none |= letter == Topic.CANCEL_CHANGE and not (said.cancelled or said.bereaved)
        assert sorry == (not none), wording.text


# With the customer's own order.


def test_which_letters_tell_of_an_order():
    """Those about a parcel, and about one that is not to be sent; no other."""
    assert {letter for letter, _, _ in TOLD} == PARCELS
    states = {sample.parcel.status for _, sample, _ in TOLD}
    assert states == set(OrderStatus) - {OrderStatus.UNKNOWN}
    assert {case_of(sample).stance for _, sample, _ in TOLD} == {Stance.ANSWER}


def test_all_that_is_known_of_the_order_is_said():
    """Day, carrier, tracking number and things, each once or twice; and nothing where it is not
    known. Of a parcel that came too late nobody asks where it is."""
    for letter, sample, wording in TOLD:
        text, parcel = wording.text, sample.parcel
        if letter == Topic.LATE and sample.came:
            assert not parcel.tracking or parcel.tracking not in text
            continue
        day = parcel.delivered or parcel.shipped
        for fact in filter(None, (day, parcel.carrier, parcel.tracking, parcel.items)):
            assert fact in text
        assert ("Royal Mail" in text) == bool(parcel.carrier)
        assert ("RM441720935GB" in text) == bool(parcel.tracking)
        assert ("(Blue mug" in text) == bool(parcel.items)


def test_a_parcel_that_is_marked_as_delivered():
    """No accusation: look around with us, while I ask; and a term after which it is put right."""
    for letter, sample, wording in ALL:
        if letter != "marked-delivered":
            continue
        text = wording.text
        looked, wrote = sample.said.looked_around, sample.said.wrote_before or sample.earlier
        assert ("Thank you for having looked around already." in text) == looked
        assert ("please look with your neighbours" in text) == (not looked and not wrote)
        assert "where, or with whom, it was left, and you will hear from me" in text
        can = offered(sample, case_of(sample))
        assert ("by then, I will send it again" in text) == can.send_again
        assert ("give you your money back" in text) == can.refund


def test_who_says_that_it_came_is_not_asked_whether_it_did():
    """Where the book says so too, only the others are."""
    seen = set()
    for letter, sample, wording in ALL:
        if letter == Topic.LATE and sample.book is Book.DELIVERED:
            assert ("If it has not reached you after all" in wording.text) != sample.came
            seen.add(sample.came)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("not-shipped", "has not been sent yet. I am finding out how soon it can go"),
        ("on-its-way", "was sent on 12 November with Royal Mail, tracking number RM441720935GB."),
        ("on-its-way", "follow it yourself with the tracking number"),
        ("overdue", "and it should have been with you by now. I am asking Royal Mail where it is"),
        (
            "overdue",
            "There is no need to wait for that: I can send it again or give you your money back",
        ),
        ("still-missing", "You first told me on 17 November"),
        ("still-missing", "if I cannot tell you then where it is, I will send it again or give"),
        ("needed", "that you need it for a birthday on 28 November."),
        ("needed", "I am finding out whether it can be with you in time"),
        ("records-differ", "was ordered on 9 November and has not been sent yet"),
        ("late", "If it came too late to be of use to you, please tell me, and you can have"),
        ("order-status", "I am checking how far it has got"),
        ("return-request", "I will tell you then how and where to send it"),
        ("abuse", "I will tell you then what I can do."),
        ("praise", "It makes my day to hear that you are pleased."),
    ],
)
def test_what_each_letter_says(letter, words):
    """The matter stands in it, in plain words."""
    assert any(words in wording.text for name, _, wording in ALL if name == letter)


def test_a_day_of_the_order_is_no_promise_and_any_other_is(tmp_path):
    """`{{ shipped }}` may stand in an own letter; a day written there, or one more, may not."""
    told = "{% if shipped %}It left on {{ shipped }}.{% endif %}"
    load(tmp_path, late=f"Hello,\n\n{told}\n\nBest wishes")
    (tmp_path / "en" / "late.txt.j2").write_text(
        f"Hello,\n\n{told} It comes on 12 November.\n\nBest wishes"
    )
    with pytest.raises(UserError) as caught:
        Letters.load(tmp_path)
    (fault,) = caught.value.facts["faults"]
    assert (fault.line, fault.kind, fault.about) == (3, "date-unknown", "12 November")


def test_an_unknown_order_leaves_the_letter_as_it_was():
    """Without a parcel the names are empty, and the letter is the plain one."""
    plain = next(s for s in samples(Topic.LATE) if s.parcel is None)
    told = Parcel(OrderStatus.DELIVERED, delivered="12 November")
    assert set(names(plain)) == set(names(replace(plain, parcel=told)))
    text = Letters.load().render(plain).text
    assert "records" not in text
    assert "carrier" not in text


def test_the_readme_describes_every_name_and_block():
    """What an owner may write stands in templates/README.md, and nothing else does."""
    text = (TEMPLATES / "README.md").read_text()
    described, blocks = (
        set(re.findall(r"^\| `(\w+)` \|", part, re.M)) for part in text.split("## Blocks")
    )
    assert described == set(names(next(samples(Topic.OTHER))))
    base = Environment(autoescape=False).parse((TEMPLATES / "en/reply.txt.j2").read_text())
    assert blocks == {block.name for block in base.find_all(nodes.Block)}


def test_the_readmes_examples_work(tmp_path):
    """The example that changes one block is a template."""
    readme = (TEMPLATES / "README.md").read_text()
    block = re.findall(r"(?:^ {4}.*\n|^\n)+", readme, re.M)
    (example,) = (text.replace("\n    ", "\n") for text in block if "{% extends" in text)
    text = load(tmp_path, late=example.strip()).render(next(samples(Topic.LATE))).text
    assert "ring me at the workshop" in text
    assert "just reply to this email" not in text


def test_samples_take_every_turn():
    """Each yes and no with each other, so that no branch of two conditions stays unread."""
    taken = {
        (s.first_name is None, s.order_number is None, s.photo_sent, s.remedies)
        for s in samples(Topic.LATE)
    }
    assert len(taken) == len(list(product((0, 1), repeat=6)))
    assert {s.answer_within for s in samples(Topic.LATE)} == {0, 1, 2, 3, 7}


def test_samples_of_parcels_take_every_turn():
    """With each parcel each yes and no of two other names, and every term; of what may be missing
    each thing is, once in every state."""
    told = [sample for letter, sample, _ in TOLD if letter == Topic.LATE]
    for one in {sample.parcel for sample in told}:
        same = [sample for sample in told if sample.parcel == one]
        turns = [
            (s.first_name is None, s.order_number is None, s.photo_sent,
             s.remedies.send_again, s.remedies.refund, s.remedies.exchange)
            for s in same
        ]  # fmt: skip
        for first, second in combinations(range(6), 2):
            assert len({(turn[first], turn[second]) for turn in turns}) == 4
        assert {sample.answer_within for sample in same} == {0, 1, 2, 3, 7}
    delivered = {s.parcel for s in told if s.parcel.status is OrderStatus.DELIVERED}
    for name in ("shipped", "carrier", "tracking", "items"):
        assert len({getattr(parcel, name) == "" for parcel in delivered}) == 2
