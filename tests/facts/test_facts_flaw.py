"""What is broken on a thing: told from plain words alone, in the program's own."""

from pathlib import Path

import pytest
from growth import linear
from hypothesis import given
from hypothesis import strategies as st
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.flaw import flaws
from triage.origin import origin

LINES = (Path(__file__).parent / "flaw.tsv").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", LINES)
def test_what_is_told(line: str) -> None:
    """Sentences by hand, with and without."""
    told, _, text = line.partition("\t")
    assert flaws(text) == ("" if told == "-" else told)


@given(st.text(max_size=200))
def test_nothing_of_a_text_is_told(text: str) -> None:
    """Whatever is written: the words are the program's."""
    assert all(word.isascii() and word.isalpha() for word in flaws(text).split())


def test_only_the_writers_own_words_count() -> None:
    """Not the shop's description below, and no robot's."""
    quoted = make(text="Where is it?", quoted="> The lid is broken.")
    own = make(text="The lid is broken.")
    robot = make(text="The lid is broken.", auto_submitted="auto-generated")
    told = [facts(mail, origin(mail, HOUSE)).flaw for mail in (quoted, own, robot)]
    assert told == ["", "the broken lid", ""]


@pytest.mark.parametrize("piece", ["lid ", "the lid is ", "is ", "broken ", "lid which is "])
def test_no_text_keeps_it_busy(piece: str) -> None:
    """Time grows with the length only."""
    assert linear(flaws, piece, 20_000)
