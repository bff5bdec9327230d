"""What a customer asks for, told from plain sentences, and from what it must not be told."""

from pathlib import Path

import pytest
from growth import linear
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.asked import NOTHING, Asked, Wish, asked
from triage.origin import origin

LINES = Path(__file__).with_name("asked.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("wanted", "unwanted", "text"), ROWS)
def test_what_is_asked_for(wanted: str, unwanted: str, text: str) -> None:
    """What is wanted and what is declined, and nothing else."""
    assert asked(text) == Asked(_wishes(wanted), _wishes(unwanted))


def test_there_are_sentences_enough() -> None:
    """At least 150, all different, with each wish asked for and forty that ask for nothing."""
    assert len({text for _, _, text in ROWS}) == len(ROWS) >= 150
    assert set().union(*(_wishes(wanted) for wanted, _, _ in ROWS)) == set(Wish)
    assert sum(not (wanted or unwanted) for wanted, unwanted, _ in ROWS) >= 40


def test_the_same_wanted_and_declined() -> None:
    """Is unclear, and neither."""
    assert asked("I want a refund. On second thoughts: I don't want a refund.") == NOTHING


def test_it_is_read_as_it_was_typed() -> None:
    """In capitals, over the ends of lines, with any apostrophe; sentence by sentence."""
    assert asked("I DON’T WANT A\nREPLACEMENT!\n\nI WANT MY MONEY BACK.") == Asked(
        frozenset({Wish.REFUND}), frozenset({Wish.SEND_AGAIN})
    )


def test_only_the_writers_own_words_count() -> None:
    """Not the history, not what he quotes; but his own subject."""
    for mail in (
        make(text="Where was it?\n", quoted="> I want a refund.\n"),
        make(text='Your page says: "Ask for a refund." I like it.\n'),
        make(subject="Re: Please refund me", text="Thanks.\n", in_reply_to="<a@example.com>"),
    ):
        assert Wish.REFUND not in facts(mail, origin(mail, HOUSE)).asked.wanted
    begun = make(subject="Refund please", text="See photo.\n")
    assert facts(begun, origin(begun, HOUSE)).asked == Asked(frozenset({Wish.REFUND}), frozenset())


def test_nobody_asks_but_people() -> None:
    """A robot's words are no wishes."""
    robot = make(text="Please refund me.\n", auto_submitted="auto-generated")
    assert facts(robot, origin(robot, HOUSE)).asked == NOTHING


@pytest.mark.parametrize(
    "piece",
    ["i want ", "refund ", "refund or ", "please send another ", "if it ", "when will ", "my "],
)
def test_no_text_keeps_it_busy(piece: str) -> None:
    """Time grows with the length only."""
    assert linear(asked, piece, 20_000)
    assert linear(asked, f"I would like {piece * 9}. ", 20_000)


def test_a_sum_without_end_keeps_it_no_longer() -> None:
    """The same within the beginning that is read: half a second, once."""
    assert linear(asked, "1.1.", 4800)


def _wishes(text: str) -> frozenset[Wish]:
    return frozenset(map(Wish, text.split()))
