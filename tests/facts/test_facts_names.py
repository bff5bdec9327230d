"""Greetings of three hundred writers from everywhere: the right name, or none."""

import base64
from dataclasses import dataclass
from pathlib import Path

import pytest

from triage.facts import facts
from triage.message import Address, read
from triage.origin import House, origin

HOUSE = House((Address("Mira", "hello@shop.example"),))


@dataclass(frozen=True)
class Row:
    """Who a mail is from and how it ends, and by which names its writer may be greeted."""

    sender: str
    end: str
    names: frozenset[str]

    @property
    def greeted(self) -> str | None:
        words = base64.b64encode(self.sender.encode()).decode()
        shown = f"=?utf-8?b?{words}?= " if self.sender else ""
        mail = (
            f"From: {shown}<k2817@mail.example>\nTo: hello@shop.example\nSubject: My mug\n"
            "Content-Type: text/plain; charset=utf-8\n\n"
            "Hello,\n\nthe mug that came today is broken. Can you help?\n\n" + self.end
        )
        message = read(mail.encode())
        return facts(message, origin(message, HOUSE)).first_name


def rows() -> list[Row]:
    text = Path(__file__).with_name("names_in_mails.tsv").read_text("utf-8")
    cells = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [
        Row(sender, end.replace("/", "\n"), frozenset(filter(None, names.split("|"))))
        for sender, end, names in cells
    ]


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: ascii(f"{row.sender} {row.end}".strip()))
def test_nobody_is_greeted_wrongly(row: Row) -> None:
    """By a name that is his, or by none."""
    assert row.greeted is None or row.greeted in row.names


def test_most_are_greeted_by_name() -> None:
    """Of those whose name a careful reader would know."""
    known = [row for row in ROWS if row.names]
    assert len(ROWS) >= 300
    assert sum(row.greeted is not None for row in known) >= 0.8 * len(known)
