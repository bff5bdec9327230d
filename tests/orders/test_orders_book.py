"""The order book: what a file's rows become, and which order a mail is about."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from exports import ANN, BOB, HEAD, export, settle
from growth import LONGER, proportional

from triage.errors import UserError
from triage.order import Export, Mention, Order, OrderStatus, Ware, number_key
from triage.orders import CellFault, OrderBook
from triage.orders.row import read_date

ORDER = Order(
    number="#1043",
    address="ann@example.org",
    name="Ann Fox",
    items=("Blue mug",),
    ordered=date(2026, 11, 1),
    shipped=date(2026, 11, 3),
    carrier="Royal Mail",
    tracking="RM123456785GB",
)
WRITTEN = date(2026, 11, 20)


def found(book: OrderBook, *numbers: str, address: str = "", written: date = WRITTEN) -> str:
    """The number of the order found, "" for none."""
    match = book.find(Mention(numbers, address, written))
    return match.order.number if match else ""


# Reading.


def test_a_row_is_an_order(tmp_path: Path) -> None:
    """Every column in its field."""
    book = OrderBook.load(export(tmp_path, ANN, BOB))
    assert len(book) == 2
    match = book.find(Mention(["1043"], "ann@example.org", None))
    assert match
    assert (match.order, match.own) == (ORDER, True)
    assert (book.left_out, book.unread) == ((), ())


def test_columns_by_any_name(tmp_path: Path) -> None:
    """In any order, among others, small or capital, quoted; those not there are empty."""
    head = 'Bestellnr.,"Verschickt  am",Foo,EMAIL'
    columns = {"number": "bestellnr.", "shipped": "VERSCHICKT AM"}
    book = OrderBook.load(export(tmp_path, "7,2026-11-03,x,ann@example.org", head=head, **columns))
    (match,) = [book.find(Mention(["7"], "", None))]
    assert match
    assert match.order == Order("7", "ann@example.org", shipped=date(2026, 11, 3))


def test_several_rows_of_a_number_are_its_items(tmp_path: Path) -> None:
    """Further rows may leave out all but the number, and repeat what they like."""
    rows = (ANN, "1043,,,Bowl,,,,,", BOB, ANN.replace("Blue mug", "Plate"))
    book = OrderBook.load(export(tmp_path, *rows))
    assert len(book) == 2
    match = book.find(Mention(["1043"], "", None))
    assert match
    assert match.order.items == ("Blue mug", "Bowl", "Plate")
    assert match.order.status is OrderStatus.IN_TRANSIT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (",2026-11-03,,DHL,1", ",2026-11-09,,DHL,1"),
        (",2026-11-03,2026-11-05,DHL,1", ",2026-11-03,2026-11-06,DHL,1"),
        (",2026-11-03,,DHL,1", ",2026-11-03,,DHL,2"),
        (",soon,,,", ",2026-11-03,,DHL,2"),
    ],
)
def test_an_order_in_two_parcels(tmp_path: Path, one: str, other: str) -> None:
    """Of two days or two tracking numbers a letter would tell half: nothing is told."""
    rows = [f"7,ann@example.org,Ann,x,{rest}" for rest in (one, other, other)]
    match = OrderBook.load(export(tmp_path, *rows)).find(Mention(["7"], "", None))
    assert match
    assert match.order.status is OrderStatus.UNKNOWN


@pytest.mark.parametrize(
    ("cell", "told"),
    [("", True), ("no", True), ("FALSE", True), ("2026-11-05 10:00", False), ("yes", False)],
)
def test_an_order_that_was_cancelled(tmp_path: Path, cell: str, told: bool) -> None:
    """It is not on its way, and never will be: nobody is told how soon it can go."""
    file = export(tmp_path, f"7,ann@example.org,,{cell}", head="number,email,shipped,cancelled")
    match = OrderBook.load(file).find(Mention(["7"], "ann@example.org", None))
    assert match
    assert (match.order.status is OrderStatus.NOT_SHIPPED) is told
    assert (match.order.status is OrderStatus.UNKNOWN) is not told


def test_what_a_glance_tells(tmp_path: Path) -> None:
    """How many orders have an address, and the latest day on which something was done."""
    book = OrderBook.load(export(tmp_path, ANN, BOB, "1045,,Zoe,Jug,2026-10-01,,,,"))
    assert (len(book), book.addressed, book.newest) == (3, 2, date(2026, 11, 3))


def test_what_was_bought_is_the_catalogue(tmp_path: Path) -> None:
    """Common is what several addresses have bought, not several orders or rows."""
    rows = (
        "1,ann@example.org,Ann,Blue mug,,,,,",
        "1,ann@example.org,Ann,Blue mug,,,,,",
        "2,bob@example.org,Bob,Blue mug,,,,,",
        "3,zoe@example.org,Zoe,Jug,,,,,",
        "4,ANN@example.org,Ann,Jug,,,,,",
        "5,bob@example.org,Bob,Jug,,,,,",
        "6,ann@example.org,Ann,Ring for E.B.,,,,,",
        "7,ann@example.org,Ann,Ring for E.B.,,,,,",
        "8,,,Bowl,,,,,",
        "9,,,Bowl,,,,,",
    )
    assert OrderBook.load(export(tmp_path, *rows)).catalogue == (
        Ware("Jug"),
        Ware("Blue mug"),
        Ware("Ring for E.B.", common=False),
    )


def test_another_buyers_row_without_an_address(tmp_path: Path) -> None:
    """Two shops that count alike, one of which tells no addresses: nothing is told."""
    rows = ("1043,ann@example.org,Ann,Mug,,,,,", "1043,,Bob,Bowl,,2026-11-03,,DHL,1")
    match = OrderBook.load(export(tmp_path, *rows)).find(Mention(["1043"], "ann@example.org", None))
    assert match
    assert match.order.status is OrderStatus.UNKNOWN


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "cell",
    [
        '"bob@y.example, carol@y.example"',
        "Bob <bob@y.example>",
        "bob@y.example;carol@y.example",
        "bøb@y.example",
        "bob",
        "",
    ],
)
@pytest.mark.parametrize("numbers", [["1001"], []])
def test_a_row_of_nobody_is_not_another_buyers(
    tmp_path: Path, cell: str, first: bool, numbers: list[str]
) -> None:
    """Two shops count alike, and one buyer's address cannot be read: the other is told nothing of
    that order, in whichever sequence the rows stand."""
    rows = ["1001,eve@evil.example,Mug,,,", "1002,x@y.example,Jug,,,"]
    rows.insert(0 if first else 2, f"1001,{cell},Secret vase,2026-11-03,DHL,PW998877665")
    head = "number,email,item,shipped,carrier,tracking"
    match = OrderBook.load(export(tmp_path, *rows, head=head)).find(
        Mention(numbers, "eve@evil.example", None)
    )
    assert match
    assert match.own
    assert (match.order.items, match.order.tracking) == (("Mug",), "")
    assert match.order.status is OrderStatus.UNKNOWN


def test_a_column_that_is_there_twice(tmp_path: Path) -> None:
    """The first may be the seller's: it is as if there were none. The number must be one."""
    head = "number,email,email,shipped"
    assert (
        OrderBook.load(export(tmp_path, "7,s@shop.example,a@b.example,", head=head)).addressed == 0
    )
    twice = export(tmp_path, "7,7,a@b.example,", head="number,number,email,shipped")
    assert failure(twice).kind == "orders-columns"


def test_a_line_without_an_end(tmp_path: Path) -> None:
    """Megabytes without a line end are no row, and cost no memory as one."""
    book = OrderBook.load(export(tmp_path, "7," + "a," * 200_000, ANN))
    assert [(fault.line, fault.kind) for fault in book.left_out] == [(2, "quotes")]
    assert len(book) == 1


def test_rows_that_cannot_be_used(tmp_path: Path) -> None:
    """They are counted with line and reason, and never with their text; the rest is read."""
    rows = (ANN, "1050,cut", "1051,a,b,c,d,e,f,g,h,i", ',x@example.org,"a\nb",,,,,,', '1052,"x')
    book = OrderBook.load(export(tmp_path, *rows, BOB))
    assert len(book) == 2
    assert book.left_out == (
        CellFault(3, "width"),
        CellFault(4, "width"),
        CellFault(5, "no-number"),
        CellFault(7, "quotes"),
    )


def test_cells_that_cannot_be_read(tmp_path: Path) -> None:
    """The rest of the row counts; of an order whose day is not read nothing is known."""
    rows = ("7,nobody,Ann,x,yesterday,,,,", "8,ann@example.org,Ann,x,,03.11.2026,0000-00-00,,")
    book = OrderBook.load(export(tmp_path, *rows))
    assert book.unread == (
        CellFault(2, "address", "email"),
        CellFault(2, "date", "ordered"),
        CellFault(3, "date", "shipped"),
        CellFault(3, "date", "delivered"),
    )
    seven, eight = book.find(Mention(["7"], "", None)), book.find(Mention(["8"], "", None))
    assert seven
    assert eight
    assert (seven.order.address, seven.order.status) == ("", OrderStatus.NOT_SHIPPED)
    assert eight.order.status is OrderStatus.UNKNOWN


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("number,email", OrderStatus.UNKNOWN),
        ("number,email,shipped", OrderStatus.NOT_SHIPPED),
        ("number,email,delivered", OrderStatus.UNKNOWN),
    ],
)
def test_a_file_that_says_nothing_of_shipping(
    tmp_path: Path, head: str, status: OrderStatus
) -> None:
    """No such column is not the same as an empty cell."""
    row = ",".join(["7", *[""] * head.count(",")])
    match = OrderBook.load(export(tmp_path, row, head=head)).find(Mention(["7"], "", None))
    assert match
    assert match.order.status is status


@pytest.mark.parametrize(
    ("text", "dates", "day"),
    [
        ("2026-11-12", "", date(2026, 11, 12)),
        ("2026-11-12T23:30:00Z", "", date(2026, 11, 12)),
        ("2026-11-12 23:30:00 -0500", "%d/%m/%Y", date(2026, 11, 12)),
        ("12/11/2026", "%d/%m/%Y", date(2026, 11, 12)),
        ("12/11/2026", "%m/%d/%Y", date(2026, 12, 11)),
        ("12 Nov 26", "%d %b %y", date(2026, 11, 12)),
        ("12/11/2026", "", None),
        ("31/11/2026", "%d/%m/%Y", None),
        ("2026-02-30", "", None),
        ("1970-01-01", "", None),
        ("0000-00-00", "", None),
        ("12/11/2026 and more", "%d/%m/%Y", None),
        ("45973", "%d/%m/%Y", None),
    ],
)
def test_days(text: str, dates: str, day: date | None) -> None:
    """ISO 8601 first, then as configured; anything else is no day."""
    assert read_date(text, dates) == day


def test_many_rows(tmp_path: Path) -> None:
    """Loading takes as long as there are rows, and an order is found at once."""

    def rows(count: int) -> Export:
        (tmp_path / str(count)).mkdir()
        return export(
            tmp_path / str(count),
            *(
                f"{number},c{number}@example{number % 500}.com,Jane {number},Mug,2026-11-01 10:00:"
                f"{number % 60:02},2026-11-03,,Royal Mail,RM{number}"
                for number in range(count)
            ),
        )

    many = rows(20_000)
    assert proportional(OrderBook.load, rows(20_000 // LONGER), many)
    book = OrderBook.load(many)
    assert len(book) == 20_000
    assert found(book, "19999") == "19999"


@pytest.mark.parametrize(
    "row", ["7,ann@example.org,,x{n},,,,,", "7,c{n}@example.org,,x,,,,,", "7,,,x{n},,,,,"]
)
def test_a_number_that_is_everybodys(tmp_path: Path, row: str) -> None:
    """The wrong column for the number: 16,000 rows of one order take no longer."""
    folders = [tmp_path / "few", tmp_path / "many"]
    for folder in folders:
        folder.mkdir()
    few, many = (
        export(folder, *(row.format(n=n) for n in range(count)))
        for folder, count in zip(folders, (16_000 // LONGER, 16_000), strict=True)
    )
    assert proportional(OrderBook.load, few, many)


def failure(given: Export) -> UserError:
    with pytest.raises(UserError) as caught:
        OrderBook.load(given)
    assert caught.value.facts["path"] == given.path
    return caught.value


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """None there, a folder, a pipe: said at once, and nothing waits."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "none", tmp_path, pipe):
        assert failure(Export(path)).kind == "orders-unreadable"


@pytest.mark.parametrize(
    "text",
    ["", "numb", f"{HEAD}\n{ANN[:30]}", f'{HEAD}\n{ANN}\n1044,"bob', f"{HEAD}\n{ANN}\n1044,b"],
)
def test_files_that_are_half_written(tmp_path: Path, text: str) -> None:
    """Empty, or ending in the middle of a row: not taken for the whole."""
    path = tmp_path / "orders.csv"
    path.write_text(text)
    assert failure(Export(path)).kind == "orders-unfinished"


def test_a_whole_file_without_a_last_line_end(tmp_path: Path) -> None:
    """Some programs write none."""
    path = tmp_path / "orders.csv"
    path.write_text(f"{HEAD}\n{ANN}")
    assert len(OrderBook.load(Export(path))) == 1


def test_columns_that_are_not_there(tmp_path: Path) -> None:
    """The number must be, and what was named; the file's own first line, which may be an order of
    a file without names, is not repeated."""
    error = failure(export(tmp_path, head=ANN, shipped="Sent on"))
    assert (error.kind, error.facts["columns"]) == ("orders-columns", ("number", "Sent on"))
    assert "ann" not in str(error)


@pytest.mark.parametrize("raw", [b"x" * 200_000, b'{"a": ' + b"1" * 200_000 + b"}\n", b"\0\n" * 9])
def test_a_file_that_is_no_table(tmp_path: Path, raw: bytes) -> None:
    """One long line, or nothing that reads: said as of any file, never another error."""
    path = tmp_path / "orders.csv"
    path.write_bytes(raw)
    unfinished = not raw.endswith(b"\n")
    assert failure(Export(path)).kind == ("orders-unfinished" if unfinished else "orders-columns")


def test_a_file_of_something_else(tmp_path: Path) -> None:
    """Ten thousand rows that cannot be used are no order book, whatever is wrong with them."""
    for row in ('x,"y', "x", ",a" + "," * 7):
        assert failure(export(tmp_path, *[row] * 10_001)).kind == "orders-no-table"


def test_how_long_a_book_is_believed(tmp_path: Path) -> None:
    """From the day its file was written, for as many days as is said; what was delivered stays."""
    rows = (ANN, BOB, ANN.replace("1043", "1045").replace("-03,,", "-03,2026-11-05,"))
    file = export(tmp_path, *rows)
    settle(file.path, datetime(2026, 11, 18, 12, tzinfo=UTC))
    book = OrderBook.load(replace(file, fresh_days=3))
    assert book.as_of == date(2026, 11, 18)
    last, after = date(2026, 11, 21), date(2026, 11, 22)
    ann, bob, came = (book.find(Mention([number], "", None)) for number in ("1043", "1044", "1045"))
    assert ann
    assert bob
    assert came
    assert ann.fresh_until == last
    assert (ann.told(last), ann.told(after)) == (OrderStatus.IN_TRANSIT, OrderStatus.UNKNOWN)
    assert (bob.told(last), bob.told(after)) == (OrderStatus.NOT_SHIPPED, OrderStatus.UNKNOWN)
    assert came.told(after) is OrderStatus.DELIVERED


# Finding.


@pytest.fixture
def book(tmp_path: Path) -> OrderBook:
    rows = [
        ANN,
        BOB,
        "ES 20-7,bob@example.org,Bob,Plate,2026-11-10,,,,",
        "900,cat@example.org,Cat,Mug,2026-05-01,,,,",
        "901,cat@example.org,Cat,Mug,2026-11-01,,,,",
        "950,dan@example.org,Dan,Mug,2026-05-01,,,,",
        "970,eve@example.org,Eve,Mug,,,,,",
        "1001,fay@example.org,Fay,Mug,,,,,",
        "1001,gil@example.org,Gil,Bowl,,,,,",
        "980,,,Mug,,,,,",
        "990,kim@strasse.example,Kim,Mug,,,,,",
    ]
    return OrderBook.load(export(tmp_path, *rows))


@pytest.mark.parametrize("number", ["1043", "#1043", "# 1043", " 10 43"])
def test_by_number(book: OrderBook, number: str) -> None:
    """Without number signs and blanks."""
    assert found(book, number) == "#1043"


def test_by_number_without_case(book: OrderBook) -> None:
    """As customers write it."""
    assert found(book, "es20-7") == "ES 20-7"


@pytest.mark.parametrize(
    ("numbers", "address", "number"),
    [
        # By number alone: several that are in the book are too many, one of several is enough.
        (["1043", "1044"], "", ""),
        (["1043", "555"], "", "#1043"),
        # The writer's own counts, and whether there are others is not to be found out.
        (["1043", "1044"], "ann@example.org", "#1043"),
        (["1043", "555"], "ann@example.org", "#1043"),
        (["1044", "ES20-7"], "bob@example.org", ""),
        # A number that is not in the book: the mail is about an order that is not.
        (["555"], "ann@example.org", ""),
        # Two shops count alike: the writer's own, and for any other nobody knows which.
        (["1001"], "gil@example.org", "1001"),
        (["1001"], "ann@example.org", ""),
        (["1001"], "", ""),
        # By address: the one order of the last time.
        ([], "ann@example.org", "#1043"),
        ([], "ANN@Example.ORG", "#1043"),
        ([], "bob@example.org", ""),
        ([], "cat@example.org", "901"),
        ([], "dan@example.org", ""),
        ([], "eve@example.org", "970"),
        ([], "nobody@example.org", ""),
        ([], "", ""),
        ([], "no address", ""),
    ],
)
def test_which_order_a_mail_is_about(
    book: OrderBook, numbers: list[str], address: str, number: str
) -> None:
    """Ambiguous means none."""
    assert found(book, *numbers, address=address) == number


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 11, 1), "#1043"),
        (date(2026, 10, 31), "#1043"),
        (date(2026, 10, 30), ""),
        (date(2026, 11, 1) + timedelta(90), "#1043"),
        (date(2026, 11, 1) + timedelta(91), ""),
    ],
)
def test_an_order_of_the_last_time(book: OrderBook, day: date, number: str) -> None:
    """From the day before the order, which a clock may say, to ninety days after it."""
    assert found(book, address="ann@example.org", written=day) == number


def test_own_is_only_what_is_the_writers(book: OrderBook) -> None:
    """By number anybody finds an order; it is his own where the addresses are one."""
    for address in ("bob@example.org", "", "no address", "ann@example.org.evil.example"):
        match = book.find(Mention(["1043"], address, WRITTEN))
        assert match
        assert not match.own
    nobodys = book.find(Mention(["980"], "", WRITTEN))
    assert nobodys
    assert not nobodys.own
    # Case folding makes one of these two, and mail makes two people of them.
    for address in ("kim@straße.example", "\u212aim@strasse.example", "kim@strasse.example."):
        match = book.find(Mention(["990"], address, WRITTEN))
        assert match
        assert not match.own
        assert book.find(Mention([], address, WRITTEN)) is None


@pytest.mark.parametrize(
    ("row", "stated", "same"),
    [
        ("LMP-1001", "1001", True),
        ("1001", "LMP-1001", True),
        ("LMP1001", "lmp-1001", True),
        ("1001", "#1001", True),
        ("1001-UK", "1001", True),
        ("WC-1001", "1001-UK", True),
        ("LMP-1001", "ABC-1001", False),
        ("1001-UK", "1001-US", False),
        ("1001", "1001-2", False),
        ("1001", "11001", False),
        ("1001", "01001", False),
        ("LMP-12", "12", False),
    ],
)
def test_a_number_that_is_nearly_the_writers(
    tmp_path: Path, row: str, stated: str, same: bool
) -> None:
    """Letters more or less, where the address agrees; of another's order it finds nothing."""
    book = OrderBook.load(export(tmp_path, f"{row},ann@example.org,Ann,Mug,2026-11-10,,,,", BOB))
    assert bool(found(book, stated, address="ann@example.org")) is same
    if number_key(row) != number_key(stated):
        assert found(book, stated, address="bob@example.org") == ""
        assert found(book, stated) == ""


def test_two_that_are_nearly_it(tmp_path: Path) -> None:
    """Nobody knows which is meant; and whether a stranger has that very number tells nothing."""
    both = [f"{number},ann@example.org,Ann,Mug,2026-11-10,,,," for number in ("A-1001", "B-1001")]
    book = OrderBook.load(export(tmp_path, *both))
    assert found(book, "1001", address="ann@example.org") == ""
    strangers = "1001,bob@example.org,Bob,Bowl,2026-11-10,,,,"
    book = OrderBook.load(export(tmp_path, both[0], strangers))
    match = book.find(Mention(["1001"], "ann@example.org", WRITTEN))
    assert match
    assert (match.order.number, match.own) == ("A-1001", True)


@pytest.mark.parametrize(
    ("stated", "number"),
    [("148", "10442"), ("1048", ""), ("20442", ""), ("3127745590", ""), ("XK7F2Q9", "")],
)
def test_a_number_too_short_for_the_shop(tmp_path: Path, stated: str, number: str) -> None:
    """It hides nothing; any other may be an order that is not in the book."""
    book = OrderBook.load(export(tmp_path, "10442,ann@example.org,Ann,Mug,2026-11-10,,,,"))
    assert found(book, stated, address="ann@example.org") == number
    assert found(book, stated, "10442", address="ann@example.org") == "10442"


@pytest.mark.parametrize(
    ("numbers", "tracking", "order"),
    [
        ([], ["RM123456785GB"], "#1043"),
        ([], ["rm 1234 5678 5 gb"], "#1043"),
        (["1099"], ["RM123456785GB"], "#1043"),  # no order of this shop; the parcel is
        (["1043", "1045"], ["RM123456785GB"], "#1043"),
        (["1045"], ["RM123456785GB"], ""),  # the mail is about two
        (["1043"], ["RM123456785GB"], "#1043"),
        (["1044"], ["RM123456785GB"], "#1043"),  # his parcel, another's order
        (["1045"], ["RM000000005GB"], "1045"),
        ([], ["RM000000005GB"], ""),
        ([], [""], ""),
    ],
)
def test_a_tracking_number_tells_which(
    tmp_path: Path, numbers: list[str], tracking: list[str], order: str
) -> None:
    """Of the orders of one address; of no one else's."""
    other = ANN.replace("#1043", "1045").replace("RM123456785GB", "")
    book = OrderBook.load(export(tmp_path, ANN, BOB, other))
    match = book.find(Mention(numbers, "ann@example.org", WRITTEN, tracking))
    assert (match.order.number if match else "") == order
    assert match is None or match.own
    assert book.find(Mention([], "bob@example.org", WRITTEN, tracking)) == book.find(
        Mention([], "bob@example.org", WRITTEN)
    )
    assert book.find(Mention([], "", WRITTEN, tracking)) is None


def test_a_bare_figure_chooses_among_ones_own_orders(tmp_path: Path) -> None:
    """Who has two orders, and writes "1043" and nothing beside it, means that one; a stranger does
    not get it so, and a number that is called an order's decides alone."""
    rows = ["1043,ann@example.org,A,Pot,2026-11-01", "1044,ann@example.org,A,Jug,2026-11-02"]
    book = OrderBook.load(export(tmp_path, *rows, head="number,email,name,item,ordered"))
    two = Mention((), "ann@example.org", WRITTEN)
    assert book.find(two) is None
    chosen = book.find(replace(two, bare=("2026", "1043")))
    assert chosen
    assert (chosen.order.number, chosen.own) == ("1043", True)
    assert book.find(replace(two, bare=("1043", "1044"))) is None
    assert book.find(replace(two, numbers=("9999",), bare=("1043",))) is None
    assert book.find(replace(two, address="eve@example.org", bare=("1043",))) is None
