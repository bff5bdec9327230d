"""Whether a writer insults whoever reads the mail."""

import pytest

from triage.facts.abuse import abuse


@pytest.mark.parametrize(
    "text",
    [
        "You are idiots. Where is my parcel?",
        "you're all a bunch of lazy morons",
        "What a pack of lies, you absolute scumbags.",
        "Six weeks!! You bastards.",
        "Fuck you and your candles.",
        "f**k off with your excuses",
        "Go to hell.",
        "You can shove your soap up your arse.",
        "I know where you live.",
        "Watch your back.",
        "I will come round and smash your windows.",
        "Piss off.\n\nTom",
        "Useless idiots. Order 1043.",
        "YOU ARE A WASTE OF SPACE",
    ],
)
def test_insults_and_threats(text):
    """Said to a person."""
    assert abuse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "This is a fucking disgrace, six weeks and no parcel.",
        "I am so bloody angry. Where is my order?",
        "You are thieves. This is a scam.",
        "Your courier is an idiot.",
        "The driver told me to piss off.",
        "He said you are idiots.",
        "I feel like an idiot for trusting you.",
        "I was stupid enough to order twice.",
        "You are not idiots, so you will see the point.",
        "My pigs love the apple treats.",
        "The cow print cushion came torn.",
        "If nobody answers I will go to my bank and leave a review.",
        "You will pay for this return, I take it?",
        "What the hell is going on with my order?",
        "I know where you live up north it snows, but still.",
    ],
)
def test_anger_is_none(text):
    """Strong words about the matter, accusations, insults of others and of oneself."""
    assert not abuse(text)


def test_no_text_keeps_it_busy():
    """A megabyte of half an insult."""
    for part in ("you are a ", "you fucking stupid ", "shove it ", "\n. "):
        assert not abuse(part * 100_000)
