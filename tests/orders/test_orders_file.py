"""The order book keeps up with its file, and with a file that is away or half-written."""

import os
from pathlib import Path

import pytest
from exports import ANN, BOB, export, settle

from triage.order import Export, Mention
from triage.orders import OrderFile


def has(orders: OrderFile, number: str) -> bool:
    return orders.find(Mention([number], "", None)) is not None


def test_without_a_file_the_book_is_empty() -> None:
    """And nothing is said of it."""
    orders = OrderFile(None)
    assert orders.renew() is None
    assert not has(orders, "1043")


def test_the_file_is_read_when_it_has_changed(tmp_path: Path) -> None:
    """Replaced, or written to: the next look finds the new orders."""
    orders = OrderFile(export(tmp_path, ANN))
    assert not has(orders, "1043")  # nothing is read before the first look
    assert orders.renew() is None
    assert has(orders, "1043")
    export(tmp_path, ANN, BOB)
    assert not has(orders, "1044")
    assert orders.renew() is None
    assert has(orders, "1044")
    new = export(tmp_path, ANN.replace("1043", "1045")).path.rename(tmp_path / "new")
    new.rename(tmp_path / "orders.csv")
    assert orders.renew() is None
    assert (has(orders, "1045"), has(orders, "1043")) == (True, False)


def test_a_file_of_the_same_size_and_time(tmp_path: Path) -> None:
    """Another file in its place is another file, whatever its time says."""
    given = export(tmp_path, ANN)
    orders = OrderFile(given)
    orders.renew()
    stamp = given.path.stat()
    other = export(tmp_path, ANN.replace("1043", "1045")).path.rename(tmp_path / "new")
    os.utime(other, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    other.rename(given.path)
    assert orders.renew() is None
    assert has(orders, "1045")


def test_an_unchanged_file_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look costs one question to the disk."""
    orders = OrderFile(export(tmp_path, ANN))
    orders.renew()
    monkeypatch.setattr(Path, "open", None)
    assert orders.renew() is None
    assert has(orders, "1043")


def test_a_file_that_has_gone(tmp_path: Path) -> None:
    """The book stays; it is said once, and again only when something has changed."""
    given = export(tmp_path, ANN)
    orders = OrderFile(given)
    orders.renew()
    given.path.unlink()
    error = orders.renew()
    assert error
    assert error.kind == "orders-unreadable"
    assert orders.renew() is None
    assert has(orders, "1043")
    export(tmp_path, BOB)
    assert orders.renew() is None
    assert has(orders, "1044")


def test_a_file_that_is_not_there_from_the_beginning(tmp_path: Path) -> None:
    """Said once; triage works without, and reads it when it comes."""
    orders = OrderFile(Export(tmp_path / "orders.csv"))
    assert orders.renew()
    assert orders.renew() is None
    export(tmp_path, ANN)
    assert orders.renew() is None
    assert has(orders, "1043")


def test_a_half_written_file(tmp_path: Path) -> None:
    """Wherever it breaks off, the orders that were known stay known."""
    given = export(tmp_path, ANN)
    whole = given.path.read_bytes() + f"{BOB}\n".encode()
    for length in range(whole.index(b"\n") + 2, len(whole), 5):
        export(tmp_path, ANN)
        orders = OrderFile(given)
        orders.renew()
        given.path.write_bytes(whole[:length])
        settle(given.path)
        orders.renew()
        assert has(orders, "1043"), length
    given.path.write_bytes(whole)
    settle(given.path)
    assert orders.renew() is None
    assert has(orders, "1044")


def test_a_file_that_is_written_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that came behind our back: the former book stays, and the next look reads them."""
    given = export(tmp_path, ANN)
    orders = OrderFile(given)
    orders.renew()
    export(tmp_path, BOB)
    fstat = os.fstat

    def meanwhile(number: int) -> os.stat_result:
        found = fstat(number)
        with given.path.open("a") as file:
            file.write(f"{ANN}\n")
        settle(given.path)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", meanwhile)
        error = orders.renew()
    assert error
    assert error.kind == "orders-unfinished"
    assert not has(orders, "1044")
    assert orders.renew() is None
    assert has(orders, "1044")


def test_a_file_of_this_moment_waits_for_the_next_look(tmp_path: Path) -> None:
    """It may be cut where no cut shows, in its last cell; a first book waits for nothing."""
    given = export(tmp_path, ANN)
    given.path.touch()
    orders = OrderFile(given)
    assert orders.renew() is None
    assert has(orders, "1043")
    whole = given.path.read_text()
    given.path.write_text(whole.replace("1043", "1045")[:-5])
    assert orders.renew() is None
    assert has(orders, "1043")
    given.path.write_text(whole.replace("1043", "1045"))
    settle(given.path)
    assert orders.renew() is None
    match = orders.find(Mention(["1045"], "", None))
    assert match
    assert match.order.tracking == "RM123456785GB"
