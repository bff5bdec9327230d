"""The letters to those who have said what no letter may pass over."""

import re
from dataclasses import replace

import pytest

from triage.facts.said import SILENT, Said
from triage.reply.letters import Letters
from triage.reply.situation import HARM, LETTERS, samples
from triage.taxonomy import Topic

ALL = [(topic, sample) for topic in LETTERS for sample in samples(topic)]


def test_who_wrote_before_reads_a_word_about_it():
    """In every letter, once; and is not asked to tell when the parcel has come."""
    letters = Letters.load()
    for topic, sample in ALL:
        text = letters.render(sample).text
        assert text.count("try more than once to reach me") == sample.said.wrote_before
        if topic is Topic.NOT_DELIVERED and not sample.parcel:
            assert ("turns up in the meantime" in text) != sample.said.wrote_before


def test_harm_comes_before_everything_else():
    """Concern, and what to do with the thing; no offer, no photo, no admission and no prevention,
    whoever was hurt and if nobody was."""
    letters = Letters.load()
    for name, sample in ALL:
        text = letters.render(sample).text
        assert ("do not use it any more, and keep it" in text) == (name == HARM) == sample.harm
        if sample.harm:
            assert "I hope that everybody is well, or soon will be" in text
            assert not re.search(
                r"money|refund|exchange|send|photo|put it right|trouble|happen|fault|you are", text
            )


@pytest.mark.parametrize(
    ("said", "words", "silent"),
    [
        (SILENT, "If you would like to send something back", "the refund for"),
        (
            Said(refund_awaited=True),
            "I am checking where your refund stands",
            "send something back",
        ),
        (Said(sent_back=True), "about what you sent back from your order", "send something back"),
        (
            Said(sent_back=True, refund_awaited=True),
            "writing to me about the refund for your order",
            "what you sent back",
        ),
    ],
)
def test_a_return_and_a_refund_that_is_due(said, words, silent):
    """Who has sent it back, or waits for the money, is not told how to return it."""
    sample = replace(next(samples(Topic.RETURN_REFUND)), said=said)
    text = Letters.load().render(sample).text
    assert words in text
    assert silent not in text


def test_a_change_is_looked_into_at_once():
    """The first thing said is what happens now, whether or not it was asked for before."""
    letters = Letters.load()
    for sample in samples(Topic.CANCEL_CHANGE):
        text = letters.render(sample).text
        assert text.split("\n\n")[1].startswith("I am checking at once")
        assert ("what has become of the cancellation" in text) == sample.said.cancelled
