"""The exports of Etsy, Shopify and WooCommerce are read without a word in the configuration."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from exports import export

from triage.errors import UserError
from triage.order import Columns, Export, Mention, Order, OrderStatus, Preset
from triage.orders import CellFault, OrderBook
from triage.orders.presets import LAYOUTS, USUAL
from triage.orders.status import WORDS, Told, told
from triage.orders.table import column_name

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Created at,"
    "Lineitem quantity,Lineitem name,Billing Name,Shipping Name,Shipping Street,Shipping City,"
    "Shipping Zip,Shipping Country,Cancelled at,Tax 1 Name,Id"
)
SHOPIFY_ROWS = (
    "#1001,ann@example.org,paid,2026-11-20 09:12:33 +0100,fulfilled,2026-11-21 10:00:00 +0100,GBP,"
    "2026-11-20 09:12:30 +0100,1,Blue mug,Ann Fox,Ann Fox,1 Mill Lane,Ely,CB7 4AA,GB,,VAT,55",
    "#1001,ann@example.org,,,,,,2026-11-20 09:12:30 +0100,2,Bowl,,,,,,,,,",
    "#1002,bob@example.org,paid,2026-11-21 09:12:33 +0100,unfulfilled,,GBP,"
    "2026-11-21 09:12:30 +0100,1,Plate,Bob Roe,Bob Roe,2 Mill Lane,Ely,CB7 4AA,GB,,VAT,56",
)
ETSY_ITEMS = (
    "Sale Date,Item Name,Buyer,Quantity,Price,Transaction ID,Listing ID,Date Paid,Date Shipped,"
    "Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,"
    "Variations"
)
ETSY_ORDERS = (
    "Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,"
    "Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,"
    "Currency,Buyer"
)
WOO = (
    "Order Number,Order Status,Order Date,Completed Date,First Name (Billing),Last Name (Billing),"
    "Email (Billing),Address 1&2 (Shipping),City (Shipping),Item #,Item Name"
)
WOO_FIELDS = (
    "order_id,order_number,order_date,status,billing_first_name,billing_last_name,billing_email,"
    "shipping_address_1,shipping_city,item_name"
)
WOO_FORMATTED = (
    "order_id,order_number_formatted,order_number,date,status,billing_first_name,"
    "billing_last_name,billing_email"
)
ANALYTICS = (
    "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,"
    "Coupon(s),Net Sales,Attribution"
)


def found(book: OrderBook, number: str, address: str = "") -> Order:
    match = book.find(Mention([number], address, None))
    assert match
    return match.order


def test_shopify(tmp_path: Path) -> None:
    """Several rows of an order; the day it was fulfilled; what is not yet."""
    book = OrderBook.load(export(tmp_path, *SHOPIFY_ROWS, head=SHOPIFY))
    assert (book.preset, len(book), book.addressed) == (Preset.SHOPIFY, 2, 2)
    assert (book.left_out, book.unread) == ((), ())
    assert found(book, "1001", "ann@example.org") == Order(
        number="#1001",
        address="ann@example.org",
        name="Ann Fox",
        items=("Blue mug", "Bowl"),
        ordered=date(2026, 11, 20),
        shipped=date(2026, 11, 21),
        postal="Ann Fox, 1 Mill Lane, Ely, CB7 4AA, GB",
    )
    assert found(book, "1002").status is OrderStatus.NOT_SHIPPED


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (("paid", "fulfilled", "2026-11-21 10:00:00 +0100", ""), OrderStatus.IN_TRANSIT),
        (("paid", "unfulfilled", "", ""), OrderStatus.NOT_SHIPPED),
        (("pending", "unfulfilled", "", ""), OrderStatus.NOT_SHIPPED),
        (("paid", "", "", ""), OrderStatus.NOT_SHIPPED),
        (("paid", "partial", "", ""), OrderStatus.UNKNOWN),
        (("paid", "partial", "2026-11-21 10:00:00 +0100", ""), OrderStatus.UNKNOWN),
        (("paid", "fulfilled", "", ""), OrderStatus.UNKNOWN),
        (("paid", "unfulfilled", "2026-11-21", ""), OrderStatus.UNKNOWN),
        (("refunded", "unfulfilled", "", ""), OrderStatus.UNKNOWN),
        (("refunded", "fulfilled", "2026-11-21", ""), OrderStatus.UNKNOWN),
        (("partially_refunded", "fulfilled", "2026-11-21", ""), OrderStatus.UNKNOWN),
        (("voided", "unfulfilled", "", ""), OrderStatus.UNKNOWN),
        (("paid", "restocked", "", ""), OrderStatus.UNKNOWN),
        (("paid", "unfulfilled", "", "2026-11-22 08:00:00 +0100"), OrderStatus.UNKNOWN),
    ],
)
def test_how_far_a_shopify_order_is(
    tmp_path: Path, cells: tuple[str, ...], status: OrderStatus
) -> None:
    """Sent in part, called off, paid back: no letter can tell it in a sentence."""
    paid, fulfilled, day, cancelled = cells
    first = (
        f"#7,ann@example.org,{paid},,{fulfilled},{day},GBP,2026-11-20,1,Mug,Ann,,,,,,{cancelled},,"
    )
    more = "#7,ann@example.org,,,,,,2026-11-20,1,Bowl" + "," * 9
    for rows in ((first,), (first, more)):
        book = OrderBook.load(export(tmp_path, *rows, head=SHOPIFY))
        assert found(book, "7").status is status


@pytest.mark.parametrize(
    ("head", "sent", "waiting"),
    [
        (
            ETSY_ITEMS,
            "11/23/26,Mug,annfox,1,9.00,1,2,11/23/26,11/24/26,Ann Fox,1 Mill Lane,,Ely,,CB7 4AA,"
            "United Kingdom,3901,",
            "11/23/26,Bowl,bob,1,9.00,1,2,11/23/26,,Bob Roe,,,,,,,3902,",
        ),
        (
            ETSY_ORDERS,
            "11/23/26,3901,annfox,Ann Fox,Ann,Fox,1,card,11/24/26,1 Mill Lane,,Ely,,CB7 4AA,"
            "United Kingdom,GBP,annfox",
            "11/23/26,3902,bob,Bob Roe,Bob,Roe,1,card,,,,,,,,GBP,bob",
        ),
    ],
)
def test_etsy(tmp_path: Path, head: str, sent: str, waiting: str) -> None:
    """Both of its files: month, day, year of two digits; a postal address, and nobody's own."""
    book = OrderBook.load(export(tmp_path, sent, waiting, head=head))
    assert (book.preset, len(book), book.addressed, book.unread) == (Preset.ETSY, 2, 0, ())
    order = found(book, "3901")
    assert (order.name, order.postal) == ("Ann Fox", "1 Mill Lane, Ely, CB7 4AA, United Kingdom")
    assert (order.ordered, order.shipped) == (date(2026, 11, 23), date(2026, 11, 24))
    assert order.status is OrderStatus.IN_TRANSIT
    assert found(book, "3902").status is OrderStatus.NOT_SHIPPED


@pytest.mark.parametrize(
    ("status", "completed", "wanted"),
    [
        ("Completed", "2026-11-24 15:00", OrderStatus.IN_TRANSIT),
        ("wc-completed", "2026-11-24 15:00", OrderStatus.IN_TRANSIT),
        ("Processing", "", OrderStatus.NOT_SHIPPED),
        ("On hold", "", OrderStatus.NOT_SHIPPED),
        ("on-hold", "", OrderStatus.NOT_SHIPPED),
        ("Completed", "", OrderStatus.UNKNOWN),
        ("Processing", "2026-11-24 15:00", OrderStatus.UNKNOWN),
        ("Refunded", "2026-11-24 15:00", OrderStatus.UNKNOWN),
        ("Cancelled", "", OrderStatus.UNKNOWN),
        ("Failed", "", OrderStatus.UNKNOWN),
    ],
)
def test_woocommerce(tmp_path: Path, status: str, completed: str, wanted: OrderStatus) -> None:
    """Completed is sent; a first and a last name are one."""
    row = (
        f"1043,{status},2026-11-23 09:12,{completed},Ann,Fox,Ann@Example.org,1 Mill Lane,Ely,1,Mug"
    )
    more = "1043,,,,,,,,,2,Bowl"
    book = OrderBook.load(export(tmp_path, row, more, head=WOO))
    assert (book.preset, book.addressed, book.unread) == (Preset.WOOCOMMERCE, 1, ())
    order = found(book, "1043", "ann@example.org")
    assert (order.name, order.items, order.ordered) == (
        "Ann Fox",
        ("Mug", "Bowl"),
        date(2026, 11, 23),
    )
    assert order.postal == "1 Mill Lane, Ely"
    assert order.status is wanted


@pytest.mark.parametrize(
    ("head", "row", "addressed"),
    [
        (WOO_FIELDS, "9,1043,2026-11-23 09:12:00,{},Ann,Fox,ann@example.org,1 Lane,Ely,Mug", 1),
        (WOO_FORMATTED, "9,1043,,2026-11-23 09:12:00,{},Ann,Fox,ann@example.org", 1),
        (ANALYTICS, "2026-11-23 09:12:00,1043,9,{},Ann Fox,new,1× Mug,1,,9,Direct", 0),
    ],
)
@pytest.mark.parametrize(
    ("status", "wanted"),
    [("processing", OrderStatus.NOT_SHIPPED), ("completed", OrderStatus.UNKNOWN)],
)
def test_woocommerces_other_files(
    tmp_path: Path, head: str, row: str, addressed: int, status: str, wanted: OrderStatus
) -> None:
    """They have no day of shipping: what waits is known to wait, of what has gone nothing."""
    book = OrderBook.load(export(tmp_path, row.format(status), head=head))
    assert (book.preset, book.addressed) == (Preset.WOOCOMMERCE, addressed)
    order = found(book, "1043")
    assert (order.name, order.ordered, order.status) == ("Ann Fox", date(2026, 11, 23), wanted)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_delimiter(tmp_path: Path, delimiter: str) -> None:
    """A spreadsheet has saved it again."""
    rows = [row.replace(",", delimiter) for row in SHOPIFY_ROWS]
    book = OrderBook.load(export(tmp_path, *rows, head=SHOPIFY.replace(",", delimiter).upper()))
    assert (book.preset, len(book)) == (Preset.SHOPIFY, 2)


def test_the_owners_names_go_first(tmp_path: Path) -> None:
    """Single columns over a preset; and what no preset names is called as usual."""
    head = SHOPIFY + ",Tracking,Gone on"
    rows = [f"{row},RM{number},2026-11-2{number}" for number, row in enumerate(SHOPIFY_ROWS)]
    given = export(tmp_path, rows[0], head=head, shipped="Gone on", number="Id")
    order = found(OrderBook.load(given), "55")
    assert (order.shipped, order.tracking) == (date(2026, 11, 20), "RM0")
    assert order.address == "ann@example.org"


def test_the_owners_dates_go_first(tmp_path: Path) -> None:
    """An export that was saved again elsewhere."""
    row = "23/11/2026,3901,annfox,Ann Fox,Ann,Fox,1,card,24/11/2026,,,,,,,GBP,annfox"
    book = OrderBook.load(export(tmp_path, row, head=ETSY_ORDERS, dates="%d/%m/%Y"))
    assert found(book, "3901").shipped == date(2026, 11, 24)


def test_a_preset_by_force(tmp_path: Path) -> None:
    """A file of which columns were left out is read as what it is said to be; of the kinds of one
    shop system as the one it is most like."""
    head = "Order ID,Date Shipped,Transaction ID,Item Name,Ship Name"
    given = export(tmp_path, "3901,11/24/26,1,Mug,Ann Fox", head=head)
    with pytest.raises(UserError):
        OrderBook.load(given)
    book = OrderBook.load(replace(given, preset=Preset.ETSY))
    order = found(book, "3901")
    assert book.preset is Preset.ETSY
    assert (order.items, order.shipped, order.name) == (("Mug",), date(2026, 11, 24), "Ann Fox")
    with pytest.raises(UserError):
        OrderBook.load(replace(given, preset=Preset.SHOPIFY))


def failure(given: Export) -> UserError:
    with pytest.raises(UserError) as caught:
        OrderBook.load(given)
    assert caught.value.kind == "orders-columns"
    return caught.value


def test_a_first_line_that_is_not_known(tmp_path: Path) -> None:
    """Its names are shown: escaped, cut, and not without end."""
    names = ["Order no.", "E\x1b[31mmail", "x" * 90, *(f"col {n}" for n in range(30))]
    seen = failure(export(tmp_path, head=",".join(names))).facts["seen"]
    assert isinstance(seen, tuple)
    assert seen[:3] == ("Order no.", "E\\x1b[31mmail", "x" * 30)
    assert (len(seen), seen[-1]) == (21, "...")


@pytest.mark.parametrize(
    "head",
    [
        "ann@example.org,Ann Fox,Mug",
        "1043,Ann Fox,Mug",
        "LMP-10,2026-11-03,Ann Fox",
        "Ann Fox,3.11.26,Mug",
        "Ann Fox has written a letter",
    ],
)
def test_a_first_line_that_is_an_order(tmp_path: Path, head: str) -> None:
    """Where it may be no names but somebody's order nothing of it is shown."""
    assert failure(export(tmp_path, head=head)).facts["seen"] == ()


def test_an_order_sent_in_part(tmp_path: Path) -> None:
    """With own columns: a row that has the buyer's address and no day of shipping has not gone;
    one of which a word says so neither. A row that is an item and no more says nothing."""
    head = "number,email,item,shipped,delivered,status"
    first = "7,ann@example.org,Mug,2026-11-21,,"
    cases = {
        "7,ann@example.org,Bowl,,,": OrderStatus.UNKNOWN,
        "7,,Bowl,,,": OrderStatus.IN_TRANSIT,
        "7,,Bowl,,,processing": OrderStatus.UNKNOWN,
        "7,ann@example.org,Bowl,2026-11-21,,": OrderStatus.IN_TRANSIT,
        "7,ann@example.org,Bowl,2026-11-21,2026-11-22,": OrderStatus.UNKNOWN,
        "7,ann@example.org,Bowl,2026-11-21,,partly sent": OrderStatus.UNKNOWN,
    }
    for more, status in cases.items():
        for rows in ((first, more), (more, first)) if "ann" in more else ((first, more),):
            book = OrderBook.load(export(tmp_path, *rows, head=head))
            assert found(book, "7").status is status, rows


def test_a_word_that_is_not_known(tmp_path: Path) -> None:
    """Nothing is told, and check can say of which line."""
    rows = ("7,2026-11-21,Abgeschlossen", "8,2026-11-21,sent")
    book = OrderBook.load(export(tmp_path, *rows, head="number,shipped,status"))
    assert book.unread == (CellFault(2, "status", "status"),)
    assert found(book, "7").status is OrderStatus.UNKNOWN
    assert found(book, "8").status is OrderStatus.IN_TRANSIT


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("", Told.NOTHING),
        (" On-Hold ", Told.NOT_SENT),
        ("partially_fulfilled", Told.DOUBT),
        ("WC-Completed", Told.SENT),
        ("delivered", Told.DELIVERED),
        ("x" * 1000, None),
    ],
)
def test_words(cell: str, wanted: Told | None) -> None:
    """Without case, with hyphens and underscores as blanks."""
    assert told(cell) is wanted


def test_no_word_says_two_things() -> None:
    """Each is listed once, as it is compared."""
    words = [word for several in WORDS.values() for word in several]
    assert len(words) == len(set(words))
    assert all(told(word) is said for said, several in WORDS.items() for word in several)


def test_each_layout_is_known_by_names_of_its_own() -> None:
    """No other has all of them, and its marks are compared as names are."""
    for each in LAYOUTS:
        assert {column_name(mark) for mark in each.marks} == each.marks
        assert each.columns.number
        others = [other for other in LAYOUTS if other is not each]
        for other in others:
            names = {
                column_name(name)
                for column in fields(Columns)
                for name in getattr(other.columns, column.name)
            }
            assert not each.marks <= names | other.marks
    assert USUAL.preset is None
