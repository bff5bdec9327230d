"""The letters to those who have said what no letter may pass over."""

import re
from dataclasses import replace

import pytest
from reply_cases import all_letters

from triage.facts.said import SILENT, Said
from triage.reply.letters import Letters
from triage.reply.parcel import words_of_day
from triage.reply.samples import samples
from triage.taxonomy import Topic

ALL = all_letters()  # (letter, sample, wording)


def test_who_wrote_before_reads_a_word_about_it():
    """In every letter in which nothing graver is said, once; where it is known when he wrote, the
    day."""
    told = {"harm", "abuse", "praise", "order-status", "still-missing"}
    for letter, sample, wording in ALL:
        text = wording.text
        wrote, meant = sample.said.wrote_before, sample.too_late
        if sample.said.bereaved and letter not in told:
            again = wrote or sample.continued or sample.earlier is not None
            assert text.count("had to ask more than once at such a time") == again
        elif letter in told or (letter == Topic.CANCEL_CHANGE and not sample.said.cancelled):
            assert "ask more than once" not in text
        elif sample.earlier:
            assert text.count("You first wrote to me on 17 November") == 1
        else:
            assert text.count("ask more than once") == (
                wrote and not meant and not sample.continued
            )
            assert text.count("had to ask once more") == (sample.continued and not meant)


def test_the_occasion_is_named():
    """What it was meant for, or is needed for and by when: once, except where harm or insults leave
    no room for it."""
    seen = 0
    for letter, sample, wording in ALL:
        text = wording.text
        what = sample.occasion
        if what is None or letter in {"harm", "abuse", "praise"}:
            assert not re.search(r"need it|meant for", text)
        elif not sample.too_late:
            # What somebody got for a birthday is not needed for it: of goods a day says so.
            known = what.day is not None or letter == "needed"
            assert text.count("need it ") == known
            by = "Christmas" if what.what == "Christmas" else words_of_day(what.day, sample.today)
            assert not known or not by or text.count(by) == 1
            seen += 1
    assert seen > 500


def test_where_the_carrier_has_left_it():
    """A parcel that went back, or lies with customs, is not asked after as if it were lost."""
    parcels = {"not-delivered", "overdue", "on-its-way"}
    seen = set()
    for letter, sample, wording in ALL:
        if letter in parcels:
            text, back, held = wording.text, sample.said.went_back, sample.said.at_customs
            assert ("why it was sent back and whether it has reached me" in text) == back
            assert ("what customs is waiting for" in text) == held
            assert not (back or held) or "should have been with you" not in text
            assert not back or "cannot be found" not in text
            seen.add((letter, back, held))
    assert len(seen) == 9


def test_harm_comes_before_everything_else():
    """Concern, and what to do with the thing; no offer, no photo, no admission and no prevention,
    whoever was hurt and if nobody was."""
    for name, sample, wording in ALL:
        text = wording.text
        assert (
            ("somewhere safe where nobody will use it" in text) == (name == "harm") == sample.harm
        )
        if sample.harm:
            assert "Please let me know how things are now" in text
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
    sample = replace(next(samples(Topic.RETURN_REFUND)), said=said, occasion=None)
    text = Letters.load().render(sample).text
    assert words in text
    assert silent not in text


def test_a_change_is_looked_into_at_once():
    """The first thing said is what happens now, whether or not it was asked for before."""
    letters = Letters.load()
    for sample in samples(Topic.CANCEL_CHANGE):
        text = letters.render(sample).text
        assert text.split("\n\n")[1].startswith("I am checking at once")
        assert ("what has become of your cancellation" in text) == sample.said.cancelled


def test_a_photo_is_asked_for_once_where_it_may_help():
    """The one he offers; never one that came, one that he has not, or of what was never in it."""
    asking = re.compile(r"photo")
    seen = set()
    for letter, sample, wording in ALL:
        if letter not in {"damaged", "quality", "wrong-item"}:
            assert not asking.search(wording.text) or letter == Topic.PRAISE
            continue
        said = sample.said
        offered = "The photo you offer would help me" in wording.text
        asked = "If" in wording.text and "take a photo of it" in wording.text
        asked |= "If a photo would show it" in wording.text
        never = sample.photo_sent or (said.no_photo and letter != "wrong-item")
        assert offered == (said.photo_offered and not never)
        assert asked == (letter != "wrong-item" and not (never or said.photo_offered))
        assert ("need to send anything back before you hear" in wording.text) != said.sent_back
        seen.add((letter, offered, asked))
    assert len(seen) == 8


def test_who_ordered_under_another_address_is_asked_for_it():
    """Where the order is not known, and in no letter twice."""
    parcels = {"not-delivered", "overdue", "on-its-way", "needed", "not-shipped"}
    never = parcels | {"marked-delivered", "still-missing", "harm", "abuse", "praise"}
    seen = 0
    for letter, sample, wording in ALL:
        asked = wording.text.count("under which number, or name and address")
        unknown = sample.order_number is None and "your order" not in wording.text
        if letter in never or not sample.said.other_account or sample.order_number:
            assert asked == 0
        elif sample.parcel is None and unknown:
            assert asked == 1
            seen += 1
    assert seen > 50


def test_the_dates_a_customer_names_are_noted():
    """Where no day stands there by which it is needed, and nothing graver is said."""
    seen = set()
    for letter, sample, wording in ALL:
        noted = re.search(r"I have noted what you say about (.+?)\.\s", wording.text)
        what = sample.occasion
        needed = what is not None and what.day is not None and not sample.too_late
        if letter in {"harm", "abuse", "praise"} or needed or not sample.ahead:
            assert noted is None
        elif noted:
            days = re.split(", | and ", noted[1])
            assert days == [words_of_day(day, sample.today) for day in sample.ahead]
            seen.add(len(days))
        else:
            raise AssertionError(wording.text)
    assert seen == {1, 2, 3}


def test_who_asks_for_silence_is_promised_it():
    """In every letter, once; and nobody else reads of it."""
    for letter, sample, wording in ALL:
        asked = sample.said.discreet and letter != "praise"
        assert wording.text.count("This stays private") == asked
