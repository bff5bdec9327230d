"""Tracking numbers: of a carrier's shape, with its check digit, and called so."""

import random

import pytest
from growth import linear
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.carrier import FORMS, NAMES, POSTS, Form, usps20
from triage.facts.tracking import tracking, without_tracking
from triage.origin import origin

FOUND = [
    # What proves itself.
    ("1Z999AA10123456784", "1Z999AA10123456784", "UPS"),
    ("1Z 999 AA1 01 2345 6784", "1Z 999 AA1 01 2345 6784", "UPS"),
    ("1z999aa10123456784", "1z999aa10123456784", "UPS"),
    ("UPS 1Z999AA10123456784.", "1Z999AA10123456784", "UPS"),
    ("order 1Z999AA10123456784", "1Z999AA10123456784", "UPS"),
    ("RM441720935GB", "RM441720935GB", "Royal Mail"),
    ("RM 4417 2093 5 GB", "RM 4417 2093 5 GB", "Royal Mail"),
    ("RM-44172093-5-GB", "RM-44172093-5-GB", "Royal Mail"),
    ("RM\xa044172093 5GB", "RM 44172093 5GB", "Royal Mail"),
    ("rm441720935gb", "rm441720935gb", "Royal Mail"),
    ("LX441720935US", "LX441720935US", "USPS"),
    ("RR441720935DE", "RR441720935DE", "Deutsche Post"),
    ("It says RM441720935GB, and no more.", "RM441720935GB", "Royal Mail"),
    ("(RM441720935GB)", "RM441720935GB", "Royal Mail"),
    ("https://post.example/results/RM441720935GB", "RM441720935GB", "Royal Mail"),
    # What is called so.
    ("tracking number 9400100000000000000006", "9400100000000000000006", "USPS"),
    ("Tracking: 9400 1000 0000 0000 0000 06", "9400 1000 0000 0000 0000 06", "USPS"),
    ("Tracking number:\n\n9400100000000000000006\n", "9400100000000000000006", "USPS"),
    ("tracking no. 9400100000000000000006", "9400100000000000000006", "USPS"),
    ("Go/TrackConfirm?tLabels=9400100000000000000006", "9400100000000000000006", "USPS"),
    ("tracking 420900019400100000000000000006", "420900019400100000000000000006", "USPS"),
    ("FedEx 986578788855", "986578788855", "FedEx"),
    ("tracking number 986578788855", "986578788855", "FedEx"),
    ("Track 9865 7878 8855 please", "9865 7878 8855", "FedEx"),
    ("It went by FedEx (986578788855).", "986578788855", "FedEx"),
    ("986578788855 (FedEx) has not moved", "986578788855", "FedEx"),
    ("tracking number 4412345674", "4412345674", "DHL"),
    ("Sendungsnummer 00340400000000000003", "00340400000000000003", "DHL"),
    ("shipped with DPD, 15504417209350", "15504417209350", "DPD"),
    ("DPD parcel 1550 4417 2093 50", "1550 4417 2093 50", "DPD"),
    ("Evri H01HYA0012345678", "H01HYA0012345678", "Evri"),
    ("Hermes lost 7044172093512345", "7044172093512345", "Evri"),
    ("Yodel JD0002441720935001", "JD0002441720935001", "Yodel"),
    ("tracking TBA441720935001", "TBA441720935001", "Amazon"),
    ("Colissimo 6A44172093500", "6A44172093500", "La Poste"),
    ("tracking number 3SABCD441720935", "3SABCD441720935", "PostNL"),
    ("GLS 50441720935", "50441720935", "GLS"),
    # Another thing's number before it hides nothing.
    ("Tracking for order 4711 is 986578788855", "986578788855", "FedEx"),
    ("order 4711, tracking 986578788855", "986578788855", "FedEx"),
    ("Invoice 20411 of my order. Tracking number 986578788855", "986578788855", "FedEx"),
    # Whose it is: named, where several have the shape; else not guessed.
    ("tracking number 15504417209350", "15504417209350", ""),
    ("DPD has it. The tracking number is 15504417209350", "15504417209350", "DPD"),
    ("DPD or GLS, tracking number 15504417209350", "15504417209350", ""),
    ("tracking number 7044172093512345", "7044172093512345", ""),
    ("tracking number 7044172093500019", "7044172093500019", ""),
    ("Canada Post tracking number 7044172093500019", "7044172093500019", "Canada Post"),
    ("tracking JD0002441720935001", "JD0002441720935001", ""),
    ("DHL tracking number 986578788855", "986578788855", ""),
]
NOT_FOUND = [
    # Bare digits, and what has another name.
    *(form.example for form in FORMS if not form.proves),
    "986578788855",
    "order 986578788855",
    "My order number is 15504417209350, sent with care",
    "tracking says nothing. Order 986578788855",
    "The tracking of order 986578788855",
    "tracking? My card 4111111111111111 was charged",
    "tracking number 4111111111111111",
    "tracking number 4111 1111 1111 1111",
    "no tracking, call me on 0117 496 0022",
    "DHL, please call me on 212-555-0134",
    "tracking 212-555-0134",
    "tracking +44 7700 900 123 45",
    "tracking: IBAN DE89 3704 0044 0532 0130 00",
    "shipped to GB29NWBK60161331926819",
    "tracking IBAN GB29 NWBK 6016 1331 9268 19",
    "tracking EAN 4006381333931",
    "tracking updated on 20261103120000",
    "tracking updated 3 November 2026, 12:30",
    "DHL customer 15504417209350",
    "The barcode is 986578788855, FedEx",
    "PayPal transaction 986578788855 for tracking",
    "tracking number ann1550441720@shop.example",
    "tracking number 15504417209350@shop.example",
    "tracking number 98.6578788855",
    # A wrong check digit, an unknown country, one character too many.
    "1Z999AA10123456785",
    "tracking number 1Z999AA10123456785",
    "RM441720934GB",
    "RM441720935XQ",
    "RM441720935GBX",
    "XRM441720935GB",
    "RM441720935GB@shop.example",
    "tracking number 986578788856",
    "tracking number 9400100000000000000007",
    "tracking number 155044172093501",
    "tracking number 1550441720935",
    # Too plain for "tracking" alone.
    "tracking 15504417209350",
    "tracking number 50441720935",
    "I kept track of 15504417209350",
    # Another sentence's word.
    "I have no tracking number. 986578788855",
    "no tracking number!\n\n986578788855",
    "follow ups 986578788855",
    "",
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.carrier} {form.example}")
def test_each_form(form: Form) -> None:
    """Its example is of its shape, with a sound check digit, and is found where it is named."""
    assert form.fits(form.example)
    name = {"La Poste": "Colissimo", "": "Post"}.get(form.carrier, form.carrier)
    (found,) = tracking(f"The {name} tracking number is {form.example}.")
    assert found.number == form.example
    assert found.carrier == (form.carrier or "Royal Mail")
    assert form.carrier == "" or form.carrier in NAMES


@pytest.mark.parametrize("form", [form for form in FORMS if form.check], ids=lambda f: f.example)
def test_a_wrong_check_digit(form: Form) -> None:
    """Of the ten digits that may stand in its place one is right; USPS checks one form two ways."""
    place = 10 if form.proves and form.carrier == "" else len(form.example) - 1
    numbers = [f"{form.example[:place]}{digit}{form.example[place + 1 :]}" for digit in range(10)]
    assert sum(map(form.fits, numbers)) == (2 if form.check is usps20 else 1)


def test_posts_are_told_by_the_country() -> None:
    """Two letters each, and a name."""
    assert all(len(code) == 2 and name for code, name in POSTS.items())
    assert len(POSTS) >= 50


@pytest.mark.parametrize(("text", "number", "carrier"), FOUND)
def test_tracking_number(text: str, number: str, carrier: str) -> None:
    """As printed, with its carrier where that is sure."""
    (found,) = tracking(text)
    assert (found.number, found.carrier) == (number, carrier)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_tracking_number(text: str) -> None:
    """Bare digits, telephones, cards, accounts, orders, goods, days; nor a wrong check digit."""
    assert tracking(text) == ()


def test_several() -> None:
    """Each once, in order; of a list the label counts for all."""
    text = "tracking numbers 15504417209350, 15504417209367 and 15504417209350; also RM441720935GB"
    assert [found.number for found in tracking(text)] == [
        "15504417209350",
        "15504417209367",
        "RM441720935GB",
    ]
    assert without_tracking(text) == "tracking numbers ~, ~ and ~; also ~"


def test_bare_digits_are_none() -> None:
    """Of two thousand random strings of ten to twenty-two digits, alone or called an order."""
    chance = random.Random(7)
    for _ in range(2000):
        digits = "".join(chance.choices("0123456789", k=chance.randint(10, 22)))
        assert tracking(digits) == tracking(f"My order {digits} has not come.") == ()


@pytest.mark.parametrize(
    ("text", "numbers", "orders"),
    [
        ("order 4711, tracking number 986578788855", ["986578788855"], ("4711",)),
        ("order number RM 44172093 5 GB", ["RM 44172093 5 GB"], ()),
        ("My order number is 1Z999AA10123456784", ["1Z999AA10123456784"], ()),
        ("tracking number 15504417209. Order 15504417209", [], ("15504417209",)),
        ("GLS 50441720935. Where is order 50441720935?", ["50441720935"], ()),
        ("order 986578788855", [], ("986578788855",)),
    ],
)
def test_never_both(text: str, numbers: list[str], orders: tuple[str, ...]) -> None:
    """A number is an order's or a parcel's; whoever called it a tracking number once meant it."""
    message = make(text=text)
    known = facts(message, origin(message, HOUSE))
    assert [each.number for each in known.tracking] == numbers
    assert known.order_numbers == orders


def test_own_words_before_quoted_ones() -> None:
    """The shop's own dispatch mail below counts where the customer names no number."""
    quoted = "> Your tracking number is RM441720935GB, order 3333"
    both = make(text="Where is 1Z999AA10123456784?", quoted=quoted)
    only = make(text="Where is it?", quoted=quoted)
    assert [each.carrier for each in facts(both, origin(both, HOUSE)).tracking] == ["UPS"]
    known = facts(only, origin(only, HOUSE))
    assert [each.carrier for each in known.tracking] == ["Royal Mail"]
    assert known.order_numbers == ("3333",)


@pytest.mark.parametrize(
    "piece",
    [
        *("1", " ", "-", "1 ", "1-", "1Z", "1Z ", "RM 4417 2093 5 ", "A1 ", "IN ", "DPD ", "JJD "),
        *("1Z 999 AA1 01 2345 6784 ", "9400 1000 0000 0000 0000 06 ", "\xa0", "0034", ". ", "\n"),
        *("tracking number ", "tracking number 1 ", "tracking number 15504417209350, ", "order "),
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    """A hostile megabyte takes as long as its length, and yields few numbers."""
    assert len(tracking(piece * (1_000_000 // len(piece)))) <= 10
    assert linear(tracking, piece, 1_000_000)
    assert linear(without_tracking, piece, 1_000_000)
