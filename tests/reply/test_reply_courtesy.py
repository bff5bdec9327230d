"""What no letter may say."""

import pytest

from triage.reply import breaches

LETTER = "Hello Maria,\n\n{}\n\nBest wishes,\nAnna"


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("As stated in our policy, soap cannot come back.", "defensive"),
        ("As already mentioned, it was sent.", "defensive"),
        ("That is not our fault.", "defensive"),
        ("This is beyond our control.", "defensive"),
        ("There is nothing more I can do.", "defensive"),
        ("Our returns policy is clear.", "defensive"),
        ("I did everything I could.", "defensive"),
        ("You should have read the label.", "blaming"),
        ("You failed to give a number.", "blaming"),
        ("You claim that it broke.", "blaming"),
        ("Please calm down.", "blaming"),
        ("It was the courier's fault.", "blaming"),
        ("Nobody else has complained.", "blaming"),
        ("Unfortunately our courier lost it.", "hollow"),
        ("We are sorry for any inconvenience.", "hollow"),
        ("I apologise for the inconvenience this may cause.", "hollow"),
        ("You are a valued customer.", "hollow"),
        ("Please do not hesitate to write.", "hollow"),
        ("Rest assured that we take all complaints seriously.", "hollow"),
        ("I have opened a ticket.", "case-number"),
        ("Your case number is 12.", "case-number"),
        ("I have escalated this.", "case-number"),
        ("That is not my department.", "passed-on"),
        ("That is not my responsibility.", "passed-on"),
        ("I passed it to the relevant department.", "passed-on"),
        ("Someone from our office will call.", "passed-on"),
        ("I am sorry, but it was sent.", "apology-withdrawn"),
        ("I apologise for this; however, it was sent.", "apology-withdrawn"),
        ("I am sorry that you feel this way.", "apology-withdrawn"),
        ("Sorry if that was so.", "apology-withdrawn"),
        ("It will be there by Friday.", "date-promised"),
        ("It will be there on 3 March.", "date-promised"),
        ("It will be there on March 3rd.", "date-promised"),
        ("You have it before 2025-03-03.", "date-promised"),
        ("You hear from me tomorrow.", "date-promised"),
        ("You hear from me within 24 hours.", "date-promised"),
        ("This is VERY IMPORTANT to me.", "shouting"),
        ("I am SORRY for it.", "shouting"),
        ("Thank you!", "exclamation"),
        ("Your order {{ order_number }} is late.", "leftover"),
        ("Your order None is late.", "leftover"),
        ("Your order [number] is late.", "leftover"),
        ("Your order <order number> is late.", "leftover"),
        ("Your order ____ is late.", "leftover"),
        ("Your order $order is late.", "leftover"),
        ("TODO say sorry.", "leftover"),
        ("Your order  is late.", "blanks"),
        ("Your order , which is late.", "blanks"),
        ("Your order is late..", "blanks"),
        ("Kind regards,", "two-sign-offs"),
        ("Dear Maria,", "two-greetings"),
        ("-- ", "signature-mark"),
    ],
)
def test_refused(sentence, rule):
    """Each rule of a good reply refuses what it is there for, however it is capitalised."""
    assert rule in {breach.rule for breach in breaches(LETTER.format(sentence))}
    if rule not in {"shouting", "leftover", "date-promised", "two-greetings"}:
        assert rule in {breach.rule for breach in breaches(LETTER.format(sentence.lower()))}


@pytest.mark.parametrize(
    ("letter", "rule"),
    [
        ("", "no-greeting"),
        ("Thank you.\n\nBest wishes,\nAnna", "no-greeting"),
        ("Dear ,\n\nThank you.\n\nBest wishes,\nAnna", "empty-greeting"),
        ("Dear,\n\nThank you.\n\nBest wishes,\nAnna", "empty-greeting"),
        ("Hi !\n\nThank you.\n\nBest wishes,\nAnna", "empty-greeting"),
        ("Hello ,\n\nThank you.\n\nBest wishes,\nAnna", "empty-greeting"),
        ("Good morning, ,\n\nThank you.\n\nBest wishes,\nAnna", "empty-greeting"),
        ("Hello Maria,\n\nThank you for this.", "no-sign-off"),
        ("Hello Maria,\n\nThank you for this.\n\nBest wishes,", "empty-sign-off"),
    ],
)
def test_form(letter, rule):
    """A letter begins with a greeting and ends with one sign-off, neither half empty."""
    assert rule in {breach.rule for breach in breaches(letter)}


@pytest.mark.parametrize(
    "sentence",
    [
        "I am sorry for the trouble this is causing you. But for you I would not have known.",
        "I may find it soon, in March or in May.",
        "You can have your money back, or another bar of soap.",
        "It went by DHL, and the PDF is from USPS.",
        "Your order ES-20391 / ABC-XYZ-1043 has not reached you.",
        "Please tell me [[the day the parcel left]] once more.",
        "You hear from me within two working days; none of this is lost.",
        "If you could send me a photo, that would help.",
        "The department store next door took it in.",
        "Within the UK it takes a little longer…",
        "I have read what you wrote in case something was missed.",
    ],
)
def test_allowed(sentence):
    """Plain good sentences pass."""
    assert breaches(LETTER.format(sentence)) == ()


@pytest.mark.parametrize(
    "letter",
    ["Hello,\n\nThank you.\n\nBest wishes", "Dear Maria,\n\nThanks for that.\n\nYours,\nA"],
)
def test_short_forms_are_whole(letter):
    """A letter without any name is complete."""
    assert breaches(letter) == ()
