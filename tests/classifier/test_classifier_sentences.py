"""Sentences: what is read by itself of a text."""

import pytest
from growth import linear

from triage.classifier.sentences import MOST, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("The lid broke.", []),
        ("Hello Ann. The lid broke.", []),
        ("The lid broke. It was late!", ["The lid broke.", "It was late!"]),
        ("Cup arrived broken\nIt was a gift.", ["Cup arrived broken", "It was a gift."]),
        ("Name: Ann\nMy order is 4711\nWhere is it?", ["My order is 4711", "Where is it?"]),
        (
            "When we unpacked the parcel this morning with all of the family\n"
            "around us the lid broke\n\nKind regards from us",
            [
                "When we unpacked the parcel this morning with all of the family around us the lid"
                " broke",
                "Kind regards from us",
            ],
        ),
        ("a b c\n \n d  e\tf", ["a b c", "d e f"]),
    ],
)
def test_where_a_sentence_ends(text: str, found: list[str]) -> None:
    """At its mark, an empty line, a short line; what has no three words is none, nor a lone one."""
    assert sentences(text) == found


def test_the_first_ones_are_taken_and_quickly() -> None:
    """However long the text, and whatever it is made of."""
    assert len(sentences("The lid broke. " * 50)) == MOST
    for piece in ("\n", ". ", "x", " \n"):
        assert linear(sentences, piece, 1_000_000)
