"""Order numbers: in context only, never bare digits."""

import time

import pytest
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.order_number import order_numbers
from triage.origin import origin

FOUND = [
    ("order 10442", ("10442",)),
    ("Re: Order confirmation #5530", ("5530",)),
    ("my order number is 900233 for", ("900233",)),
    ("Order no. 61138.", ("61138",)),
    ("order no. IN-55102 dated 12/08", ("IN-55102",)),
    ("(order 3127745590)", ("3127745590",)),
    ("Order 2024-00718, delivery", ("2024-00718",)),
    ("Order 2024/1187: received", ("2024/1187",)),
    ("- Order: #A-4471", ("A-4471",)),
    ("order 2290/B", ("2290/B",)),
    ("Order 45-220-1", ("45-220-1",)),
    ("Order ID OD-4410092.", ("OD-4410092",)),
    ("order 88-1 was handed over", ("88-1",)),
    ("orders 2140 and 2143", ("2140", "2143")),
    ("orders 2140, 2143 & 2150", ("2140", "2143", "2150")),
    ("my order (two prints, #20017)", ("20017",)),
    ("when does #4019 ship", ("4019",)),
    ("#7003", ("7003",)),
    ("order #2018", ("2018",)),
    ("order number 12", ("12",)),
    ("Bestellung 4711", ("4711",)),
    ("Bestellnummer: 4711", ("4711",)),
    ("Bestell-Nr. 4711", ("4711",)),
    ("Auftrag Nr. 4711", ("4711",)),
    ("commande n° 4711", ("4711",)),
    ("Order N° FR-00318", ("FR-00318",)),
    ("pedido número 4711", ("4711",)),
    ("ordine n. 4711", ("4711",)),
    ("bestelling 4711", ("4711",)),
    ("ordernummer 4711", ("4711",)),
    ("zamówienie nr 4711", ("4711",)),
    ("114-7359834-8390444 is late", ("114-7359834-8390444",)),
    ("12-34567-89012", ("12-34567-89012",)),
    ("order 4711, order 4711, order 4712", ("4711", "4712")),
    ("my order number is SM 20418.", ("SM 20418",)),
    ("order number is SM20418", ("SM20418",)),
    ("my order, number: 4471", ("4471",)),
    ("ORDER NUMBER IS 4471", ("4471",)),
    ("order 0012345678", ("0012345678",)),
]
NOT_FOUND = [
    "10442",
    "I ordered 12 cups",
    "ordered 40. Box says 4000",
    "order of 1 September",
    "order 11 Feb",
    "order 12/08",
    "order 2024-05-12",
    "order in 2023",
    "order 2023",
    "my order 100 pieces",
    "order 250 g",
    "order 500ml",
    "order 1000 x",
    "order 59,90 back",
    "order £1500",
    "order 10:30",
    "order 1500€",
    "ticket #218",
    "Form submission #218",
    "listing (#4338)",
    "return request #2041",
    "your colour #334455 is wrong",
    "#12",
    "border 10442",
    "reorder",
    "call 0117 496 0022",
    "1Z999AA10123456784",
    "my order 07700 900123",
    "my order number is 07700 900123",
    "my order 07700900123",
    "my order 0117-496-0022",
    "about order 020 7946 0018",
    "order #07700 900123",
    "ORDER OF 250",
    "my order, no 12 cups",
    "60x120 on the order",
    "&#8217;",
    "",
]


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_order_number(text: str, numbers: tuple[str, ...]) -> None:
    """What follows an order word or a number sign, as written, each once and in order."""
    assert order_numbers(text) == numbers


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_order_number(text: str) -> None:
    """Quantities, dates, prices, times and other things' numbers are none."""
    assert order_numbers(text) == ()


def test_own_words_before_quoted_ones() -> None:
    """Subject and new text come first; what is quoted counts only if they hold none."""
    both = make(subject="Re: order 1111", text="and order 2222", quoted="order 3333")
    only = make(subject="Re: thanks", text="where is it", quoted="> order 3333 is on its way")
    assert facts(both, origin(both, HOUSE)).order_numbers == ("1111", "2222")
    assert facts(only, origin(only, HOUSE)).order_numbers == ("3333",)


def test_field_of_a_form() -> None:
    """A form's order field stands outside the message field, and is read."""
    text = "Name: Jane Doe\nEmail: jane@x.example\nOrder number: 4711\nMessage: where is it"
    message = make("<shop@shop.example>", "Contact form", text)
    assert facts(message, origin(message, HOUSE)).order_numbers == ("4711",)


@pytest.mark.parametrize(
    "piece",
    ["order ", "order number ", "#", "order #1", "1-", "order 12345 and ", " ", "order no. is ("],
)
def test_time_grows_with_length_only(piece: str) -> None:
    """A hostile megabyte takes less than two seconds, and yields few numbers."""
    start = time.perf_counter()
    assert len(order_numbers(piece * (1_000_000 // len(piece)))) <= 10
    assert time.perf_counter() - start < 2
