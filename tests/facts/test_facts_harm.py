"""Harm is told from plain phrases: each kind of them, and their common uses without any harm."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from growth import linear
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.harm import SIGNS, harm
from triage.facts.sign import Sign
from triage.origin import origin

MODULE = import_module("triage.facts.harm")
LINES = Path(__file__).with_name("harm.tsv").read_text(encoding="utf-8").splitlines()
TOLD = [text for kind, text in (line.split("\t") for line in LINES) if kind == "harm"]
SILENT = [text for kind, text in (line.split("\t") for line in LINES) if kind == "none"]


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.example)
def test_each_sign(sign: Sign) -> None:
    """Finds its example by itself, and its counter-example tells of no harm at all."""
    assert re.search(sign.pattern, sign.example.lower())
    assert harm(sign.example)
    assert harm(sign.counter) is None


def test_there_are_sentences_enough() -> None:
    """Sixty that tell of harm and eighty that do not, all different."""
    assert len(set(TOLD)) >= 60
    assert len(set(SILENT)) >= 80
    assert len(TOLD) + len(SILENT) == len(set(LINES))


@pytest.mark.parametrize("text", TOLD)
def test_what_tells_of_harm(text: str) -> None:
    """Injury, illness, allergy, danger to somebody; with the phrase that shows it."""
    phrase = harm(text)
    assert phrase
    assert len(phrase) <= 40
    assert phrase.removesuffix("…") in text.lower()


@pytest.mark.parametrize("text", SILENT)
def test_what_does_not(text: str) -> None:
    """Praise, jokes, questions, figures of speech, names of products, mishaps of one's own."""
    assert harm(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "It burnt my hand so I want my money back.",
        "My mother was taken to hospital with burns. Please cancel my other order.",
        "It is not only dangerous, it is ugly.",
        "It is even more dangerous than it looks.",
        "There was this dangerous wire.",
        "I ask for my money because it burnt my hand.",
        "Is that all? I have red swollen eyes.",
        "I don’t know if it is the soap, but my hands are itching.",
        "I BURNT MY\nHAND ON THE HANDLE.",
        "Love the colour. It is not dangerous, I thought, and then it caught fire.",
    ],
)
def test_words_that_turn_nothing(text: str) -> None:
    """A wish behind it, a "not" elsewhere, capitals, the end of a line."""
    assert harm(text)


def test_only_the_writers_own_words_count() -> None:
    """Not the history, not what he quotes; but his own subject."""
    for mail in (
        make(text="Where is it?\n", quoted="> I burnt my hand.\n"),
        make(text='Your page says: "I burnt my hand." I like it.\n'),
        make(subject="Re: I burnt my hand", text="Thanks.\n", in_reply_to="<a@example.com>"),
    ):
        assert facts(mail, origin(mail, HOUSE)).harm is None
    begun = make(subject="I burnt my hand", text="See photo.\n")
    assert facts(begun, origin(begun, HOUSE)).harm == "burnt my hand"


@pytest.mark.parametrize(
    "piece",
    ["my ", "my hand is ", "hot wax ", "is allergic ", "ate mould ", "chair ", "glass a ", "a "],
)
def test_no_text_keeps_it_busy(piece: str) -> None:
    """Time grows with the length only."""
    assert linear(harm, f"not {piece}", 20_000)
    assert linear(harm, piece, 20_000)
