"""A chargeback is told from plain phrases: each that gives it, and the uses that do not."""

import re
from importlib import import_module

import pytest
from origin.mails import HOUSE, make

from triage.facts import chargeback, own_words
from triage.facts.phrase import Phrases
from triage.origin import origin

MODULE = import_module("triage.facts.chargeback")

FIRES = [
    "Otherwise I'll start a chargeback.",
    "My bank will claw it back.",
    "If it is not here by Friday I will ask my bank to reverse the payment.",
    "I have opened a case on Etsy.",
    "I'm going to open a dispute.",
    "I will dispute the charge.",
    "I shall get my money back through my credit card company.",
    "A PayPal claim is the next step.",
    "I won't hesitate to contact my bank.",
    "I don't want to have to open a case, but you leave me no choice.",
    "I'll report you to Etsy.",
    "That is what Section 75 is for.",
    "We will take this up with our bank.",
    "I have raised a payment dispute.",
    "Refund me or I go through PayPal.",
    "My bank is dealing with it now.",
    "Answer, or I'm telling my bank.",
    "Please answer by Friday to avoid a chargeback.",
]
QUIET = [
    "It was a bank holiday.",
    "My bank holiday was spoilt by the rain.",
    "I paid from my bank account.",
    "My bank statement shows two payments.",
    "I will ask my bank for the reference.",
    "My bank is closed today.",
    "I went to the bank to get cash.",
    "I'm asking my bank if it has gone out.",
    "No need for a chargeback :)",
    "I am not going to open a dispute.",
    "I'd never open a case against a small shop.",
    "Please open a claim with the courier.",
    "The courier says you have to file a claim.",
    "I ordered a case of honey.",
    "The phone case does not fit.",
    "I bought it on Etsy.",
    "I paid by PayPal.",
    "I sent it back by Royal Mail.",
    "Could you refund it to my PayPal account?",
    "The bank says the refund has not arrived yet.",
]


@pytest.mark.parametrize("text", FIRES)
def test_what_is_one(text: str) -> None:
    """Plain words give it."""
    assert chargeback(text)


@pytest.mark.parametrize("text", QUIET)
def test_what_is_none(text: str) -> None:
    """Denials, payments and other senses of the words do not."""
    assert chargeback(text) == ""


def test_a_mail_without_any() -> None:
    """Most mails, an unhappy one too."""
    assert chargeback("") == chargeback("Hello,\n\nthe bowl came broken.\n") == ""


def test_the_phrase() -> None:
    """The first one, on one line and no longer than a line has room for."""
    assert chargeback("Where is it?\n\nI will open a case\non Etsy, a dispute!") == "open a case"
    long = chargeback("I will take my money back very very very very very soon through my own bank")
    assert len(long) <= 40


def test_only_the_writers_own_words_count() -> None:
    """Not the history, not the subject of a thread; but his own subject."""
    for mail in (
        make(text="Where is it?\n", quoted="> I will open a dispute.\n", new="Where is it?\n"),
        make(subject="Re: PayPal dispute", text="Thanks.\n", in_reply_to="<a@example.com>"),
    ):
        assert chargeback(own_words(mail, origin(mail, HOUSE))) == ""
    begun = make(subject="PayPal dispute", text="Where is it?\n")
    assert chargeback(own_words(begun, origin(begun, HOUSE))) == "paypal dispute"


def test_no_phrase_is_without_end() -> None:
    """No pattern repeats anything without a limit, and only the head of a text is read: so time
    grows with neither the text nor its square."""
    patterns = [each for each in vars(MODULE).values() if isinstance(each, re.Pattern)]
    patterns += [
        re.compile(each.source) for each in vars(MODULE).values() if isinstance(each, Phrases)
    ]
    assert len(patterns) > 2
    for each in patterns:
        assert not re.search(r"(?<!\\)[*+]|\{\d*,\}", each.pattern)
    assert chargeback("a " * 2600 + "I will open a dispute.") == ""
