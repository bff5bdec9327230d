"""Order numbers: in context only, never bare digits."""

import pytest
from growth import linear
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
    # The whole token.
    ("Order WC-10233-UK has not arrived", ("WC-10233-UK",)),
    ("order wc-10233-uk please", ("wc-10233-uk",)),
    ("order 1001-UK is late", ("1001-UK",)),
    ("#WC-10233-UK", ("WC-10233-UK",)),
    ("#LMP2231", ("LMP2231",)),
    ("order ABCDE-1234", ("ABCDE-1234",)),
    ("order 20261112-8", ("20261112-8",)),
    ("order 4711. Thanks", ("4711",)),
    ('they said "it is order 4711"', ("4711",)),
    ("WHERE IS MY ORDER\nORDER 41199. PAID 2ND JUNE", ("41199",)),
    # Letters and digits in any sequence, behind a marker.
    ("order number XK7F2Q", ("XK7F2Q",)),
    ("order no. AB12CD34", ("AB12CD34",)),
    ("order id 5f3759df", ("5f3759df",)),
    ("order number: 65a1f3c0-77b2", ("65a1f3c0-77b2",)),
    ("Order ref: 9X-44-TT", ("9X-44-TT",)),
    # Run together, abbreviated, called otherwise.
    ("Order4711 never came", ("4711",)),
    ("Ord. 4711", ("4711",)),
    ("ordrenr. 4711", ("4711",)),
    ("PO 88123", ("88123",)),
    ("P.O. 88123", ("88123",)),
    ("PO number 88123", ("88123",)),
    ("confirmation number 88213", ("88213",)),
    ("My confirmation number is LMP-8821", ("LMP-8821",)),
    ("numéro de commande : 4711", ("4711",)),
    ("n° de commande 4711", ("4711",)),
    # The one that is meant.
    ("order number is not 4711 but 4712", ("4712",)),
    ("order number is not 4711, it's 4712", ("4712",)),
    ("not order 4711 (that was fine), I mean order 4712", ("4712",)),
    ("order placed 12th November, number 4711", ("4711",)),
    ("my order of 12 November, order number 4711", ("4711",)),
    ("order from 3 May, no. 481", ("481",)),
    # What an order does behind its number; a count would be of something.
    ("order 481 arrived", ("481",)),
    ("order 481 hasn't come", ("481",)),
    ("Order 554 incomplete I think", ("554",)),
    ("Re: Order 661 dispatched", ("661",)),
    ("In my order 441 I've put Flat 3", ("441",)),
    ("cancel order 4410 its been 10 days", ("4410",)),
    ("Where is my order 481", ("481",)),
    ("order 4711 two mugs", ("4711",)),
    ("When will order 4711 ship?", ("4711",)),
    ("with regard to order 4711", ("4711",)),
    ("in order 4711 one was broken", ("4711",)),
    ("order #500 arrived", ("500",)),
    ("order number 500 arrived", ("500",)),
    # Lines.
    ("I wrote about my order\n4711 and heard nothing", ("4711",)),
    ("Order number:\n481\nName: Ann", ("481",)),
    ("order no: 4711 tracking no: 9400111899223857264999", ("4711",)),
    ("orders LMP-1001 and LMP-1002", ("LMP-1001", "LMP-1002")),
    ("order 4711 and 200 candles", ("4711",)),
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
    # Counted, weighed, paid.
    "paper order 300 gsm",
    "order 100 candles",
    "order 148 candles",
    "order 1248 candles",
    "orders 148 bucks",
    "orders 148 quid",
    "in order 100 percent",
    "in order 117 percent",
    "everything is in order 148",
    "order 365 days",
    "order 2400 euro",
    "order 1000 calories",
    "order 250g",
    "order 100x",
    "order 148 red mugs",
    "order number 14 days ago",
    "order no 12 cups",
    "order 1,234",
    "order 12.50",
    # A round number is goods; with a sign or a marker it is not.
    "order 500 arrived",
    "order 1500 arrived",
    # A verb.
    "I want to order 148",
    "we order 1248",
    "can I order 4400",
    "how to order 2210",
    "I didn't order 4410",
    "it is not order 4711",
    # Sayings and films.
    "order 007",
    "order 66",
    "law and order 1984",
    # Other things' numbers.
    "order 1Z999AA10123456784",
    "order number 1Z999AA10123456784",
    "order number RM441720935GB",
    "tracking number 9400111899223857264999 order",
    "order 9400111899223857264999",
    "delivery confirmation number 88213444",
    "payment confirmation number 88213",
    "confirmation number below",
    "PO Box 1234",
    "po 1234",
    "order SKU1123",
    "order SKU-1123-BL",
    "order GBP150",
    "order USD 1500",
    "order code SAVE20",
    "order number 2nd",
    "order 4711th",
    "order number 4711mugs",
    "order 4711-please",
    "order 4711@shop.example",
    "https://shop.example/order4711",
    "order4711@shop.example",
    "order XK7F2Q",
    "order mp3-4",
    "ORDER NUMBER FOR 250",
    "Order number:\n12 High Street",
    "Order number:\nName: Ann",
    "my order\n148 High Street",
    "order by 2026-05-12",
    "#100DaysOfCode",
    "#xmas2025",
    "#summer2024",
    "#FF5733",
    "#4a4a4a",
    "my order is 21 days late",
    "order 4 of 5 items",
    "order 10% off",
    "order 24 hours ago",
    "order 12345678901234567890",
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
    """A hostile megabyte takes as long as its length, and yields few numbers."""
    assert len(order_numbers(piece * (1_000_000 // len(piece)))) <= 10
    assert linear(order_numbers, piece, 1_000_000)
