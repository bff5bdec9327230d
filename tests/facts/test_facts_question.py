"""How many questions a mail asks."""

import pytest
from growth import linear

from triage.facts.question import MOST, questions


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("My mug came broken.", 0),
        ("Could you tell me which glue I need?", 1),
        ("What oils are in it? And which scent?", 2),
        ("Is this normal for this kind of ceramic? If not, what can we do?", 2),
        ("Can I bring it back to the shop (the one in Ghent)?", 1),
        ('She asked "is it safe for nuts?" and so do I.', 1),
        ("Really?", 0),
        ("Why???", 0),
        ("It was for my mum. What happens now?", 0),
        ("So where is my parcel?", 0),
        ("Is this a joke? Six weeks!", 0),
        ("What kind of shop sends a broken mug?", 0),
        ("Do you really think that I would wait a month?", 0),
        ("See https://shop.example/track?id=1 for it.", 0),
        ("How do I return the wrong one, and who pays. Thanks", 0),
        ("is it blue? " * 50, MOST),
    ],
)
def test_questions(text, number):
    """A sentence with a mark that asks for something; not a cry, and no address."""
    assert questions(text) == number


def test_no_text_keeps_it_busy():
    """A megabyte of what could become a question."""
    for part in ("what is ", "a, ", "?", "is it "):
        assert questions(part * 100_000) <= MOST


def test_no_word_is_tried_from_each_of_its_letters():
    """Time grows with the length only, also within the beginning that is read."""
    assert linear(questions, "a", 4800)
