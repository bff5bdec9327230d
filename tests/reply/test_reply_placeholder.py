"""What stands in an order book's cell and says nothing is not printed."""

from datetime import date

import pytest

from triage.order import Match, Order
from triage.reply.parcel import parcel
from triage.reply.placeholder import is_carrier, is_thing, is_tracking


@pytest.mark.parametrize(
    "name",
    [
        "Manual",
        "manual ",
        "Unknown",
        "unknown carrier",
        "other",
        "Other courier",
        "none",
        "None 1",
        "N/A",
        "n.a.",
        "TBC",
        "-",
        "Self-Fulfilled",
        "Self Fulfilment",
        "Letter",
        "Large",
        "Large Letter",
        "Small Parcel",
        "Standard",
        "Standard Shipping",
        "Free Delivery",
        "Flat Rate",
        "First Class",
        "Next Day",
        "Express",
        "Tracked 48",
        "Courier",
        "Carrier",
        "Post",
        "Local pickup",
        "Click and Collect",
        "In person",
        "Hand delivered",
        "No tracking available",
        "Default",
        "test",
        "2",
        "x",
        "yes",
        "null",
        "International Standard",
    ],
)
def test_no_carrier(name: str) -> None:
    """The words of forms and tariffs name nobody."""
    assert not is_carrier(name)


@pytest.mark.parametrize(
    "name",
    [
        "Royal Mail",
        "Royal Mail Tracked 48",
        "DHL",
        "DHL Express",
        "UPS",
        "USPS",
        "FedEx",
        "Evri",
        "DPD",
        "GLS",
        "Hermes",
        "Yodel",
        "InPost",
        "PostNL",
        "An Post",
        "Australia Post",
        "Canada Post",
        "La Poste",
        "Deutsche Post",
        "Parcelforce",
        "Parcel2Go",
        "Amazon Shipping",
        "Die Post",
        "Correos",
        "United States Postal Service",
        "Hare Lane Freight",
        "Parcelwing",
        "TNT",
        "Bpost",
        "GO!",
    ],
)
def test_a_carrier(name: str) -> None:
    """One word that only a name has is enough."""
    assert is_carrier(name)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("none 1", False),
        ("none", False),
        ("n/a", False),
        ("1", False),
        ("123", False),
        ("0000000000", False),
        ("1111", False),
        ("123456789", False),
        ("0123456789", False),
        ("12345678901", False),
        ("TBC 2026", False),
        ("see order 4471", False),
        ("sent 12345678", False),
        ("untracked-0001", False),
        ("RM", False),
        ("RM441720935GB", True),
        ("RM 4417 2093 5GB", True),
        ("1Z999AA10123456784", True),
        ("9400 1118 9922 3857 2649 99", True),
        ("H00ABC123", True),
        ("H00A1B2C3", True),
        ("JD014600003828", True),
        ("15502370412345", True),
        ("PW998877665", True),
        ("3SABCD123456789", True),
    ],
)
def test_a_tracking_number(number: str, good: bool) -> None:
    """It has four digits at the least, no words, and was not typed to fill the cell."""
    assert is_tracking(number) is good


@pytest.mark.parametrize(
    ("item", "good"),
    [
        ("2", False),
        ("12", False),
        ("Large", False),
        ("Extra Large", False),
        ("Size L", False),
        ("XL", False),
        ("SKU-1123-BL", False),
        ("SKU 1123", False),
        ("AB-CD", False),
        ("LMP1001", False),
        ("Default Title", False),
        ("Item 1", False),
        ("Product", False),
        ("Blue", False),
        ("n/a", False),
        ("unknown", False),
        ("Test", False),
        ("Blue mug", True),
        ("MUG", True),
        ("T-shirt", True),
        ("Tee", True),
        ("Six plates", True),
        ("4 dinner plates", True),
        ("Mug (large)", True),
        ("Vase No. 2", True),
        ("Schüssel", True),
        ("Jam 250 g", True),
    ],
)
def test_a_thing(item: str, good: bool) -> None:
    """It has a word of its own: no size, colour, count or stock code alone."""
    assert is_thing(item) is good


def of(**cells: object) -> tuple[str, str, str]:
    given = {"carrier": "DHL", "tracking": "JD014600003828", "items": ("Mug",), **cells}
    order = Order("1001", shipped=date(2026, 11, 4), **given)  # type: ignore[arg-type]
    told = parcel(Match(order, own=True), date(2026, 11, 22))
    assert told
    return told.carrier, told.tracking, told.items


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ({}, ("DHL", "JD014600003828", "Mug")),
        ({"carrier": "Manual", "tracking": "none 1"}, ("", "", "Mug")),
        ({"items": ("Mug", "Shipping")}, ("DHL", "JD014600003828", "Mug")),
        ({"items": ("Mug", "Postage & Packing", "Gift tax")}, ("DHL", "JD014600003828", "Mug")),
        ({"items": ("Shipping",)}, ("DHL", "JD014600003828", "")),
        # A list with a gap is a wrong one.
        ({"items": ("Mug", "SKU-1123-BL")}, ("DHL", "JD014600003828", "")),
    ],
)
def test_what_a_letter_tells(cells: dict[str, object], printed: tuple[str, str, str]) -> None:
    """The rest stands without it; charges are no goods, and leave no gap."""
    assert of(**cells) == printed
