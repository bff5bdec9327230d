"""Measures: `make bench`. Each figure is a median, beside what it is compared with in the same run.

A ratio travels between machines, a time does not: where there is a yardstick it is measured in turn
with the thing itself, so that both see the same machine.
"""

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mailparser  # type: ignore[import-untyped]  # it has no type hints

from triage.classifier import obtain
from triage.message import read
from triage.order import Columns, Export
from triage.orders import OrderBook

ROUNDS = 9
MAILS = 200  # a round
ORDERS = 100_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, the medians of it and of its yardstick, in seconds, and the yardstick."""

    name: str
    ours: float
    theirs: float
    yardstick: str

    def __str__(self) -> str:
        return (
            f"{self.name:34} {self.ours * 1000:9.3f} ms   {self.theirs * 1000:9.3f} ms"
            f"   {self.ours / self.theirs:6.2f}   {self.yardstick}"
        )


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def compare(
    name: str, ours: Callable[[], object], yardstick: str, theirs: Callable[[], object]
) -> Figure:
    """Both in turn, after one round that does not count."""
    pairs = [(timed(ours), timed(theirs)) for _ in range(ROUNDS + 1)][1:]
    return Figure(
        name,
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        yardstick,
    )


def mail(number: int) -> bytes:
    """A customer's mail of 7 kB as a mail program makes it: text and HTML of the same words."""
    words = " ".join(f"The parcel of order {number}-{line} has not come." for line in range(60))
    page = "".join(f"<p style='margin:0'>{sentence}.</p>" for sentence in words.split("."))
    return (
        f"From: Customer {number} <customer{number}@example.org>\r\n"
        "To: The Shop <shop@example.com>\r\n"
        f"Subject: =?utf-8?q?Order_{number}=E2=80=A6?=\r\n"
        "Date: Mon, 3 Nov 2025 10:00:00 +0000\r\n"
        f"Message-ID: <{number}@example.org>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        f'--b\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n{words}\r\n'
        f'--b\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n<html>{page}</html>\r\n--b--\r\n'
    ).encode()


def reading() -> Figure:
    """Our reading is mail-parser's and the work that it leaves to be done."""
    mails = [mail(number) for number in range(MAILS)]
    return compare(
        f"read {MAILS} mails of {len(mails[0]) // 1000} kB",
        lambda: [read(raw) for raw in mails],
        "bare mail-parser",
        lambda: [mailparser.parse_from_bytes(raw) for raw in mails],
    )


def judging() -> Figure:
    """What the classifier adds to reading."""
    mails = [mail(number) for number in range(MAILS)]
    messages = [read(raw) for raw in mails]
    model = obtain(None)
    return compare(
        f"judge {MAILS} mails",
        lambda: [model.judge(message.subject, message.body.new) for message in messages],
        "reading them",
        lambda: [read(raw) for raw in mails],
    )


def ordering() -> Figure:
    """The order book of a shop of many years, beside the bare reading of its table."""
    head = "number,email,name,item,ordered,shipped,delivered,carrier,tracking"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        rows = (
            f"{number},c{number}@example.org,Jane {number},Mug,2026-11-01,2026-11-03,,Royal Mail,"
            for number in range(ORDERS)
        )
        path.write_text("\n".join((head, *rows, "")), encoding="utf-8")
        export = Export(path, Columns(), "")
        return compare(
            f"load {ORDERS} orders",
            lambda: OrderBook.load(export),
            "csv.reader",
            lambda: list(csv.reader(path.read_text(encoding="utf-8").splitlines())),
        )


def help_text() -> Figure:
    """What is imported before the first word is said."""
    start = [sys.executable, "-m", "triage", "--help"]
    empty = [sys.executable, "-c", "pass"]
    return compare(
        "triage --help",
        lambda: subprocess.run(start, check=True, capture_output=True),
        "Python alone",
        lambda: subprocess.run(empty, check=True, capture_output=True),
    )


def main() -> None:
    print(f"{'median of ' + str(ROUNDS):34} {'triage':>12}   {'yardstick':>12}   {'ratio':>6}")
    for measure in (reading, judging, ordering, help_text):
        print(measure(), flush=True)


if __name__ == "__main__":
    main()
