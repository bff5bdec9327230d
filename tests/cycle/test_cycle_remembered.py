"""What the ledger is told of a mail, so that its owner finds it again."""

from pathlib import Path

import pytest
from world import MORNING, OWNER, World, mail

from triage.record import Judged
from triage.trace import REMEMBERED


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def remembered(world: World, raw: bytes) -> Judged:
    """What the ledger knows of a mail after a cycle."""
    world.deliver(raw)
    world.cycle(minutes=1)
    row = world.ledger.first("SELECT digest FROM message ORDER BY judged DESC LIMIT 1")
    assert row
    judged = world.ledger.known(row["digest"])
    assert judged
    return judged


FORM = "Reply-To: Ada Fox <ada@customer.example>\r\n"


@pytest.mark.parametrize(
    ("raw", "outcome", "writer"),
    [
        (mail(1, "The cup is broken."), "flagged", "ada@customer.example"),
        (mail(1, "Hmm."), "unsure", "ada@customer.example"),
        (mail(1, "Thank you!"), "passed", "ada@customer.example"),
        (mail(1, "Hmm.", sender=OWNER.addr, more=FORM), "unsure", "ada@customer.example"),
        (mail(1, "broken", sender=f"Mira <{OWNER.addr}>"), "skipped", OWNER.addr),
        (mail(1, "Hmm.", sender=""), "passed", None),
    ],
    ids=["complaint", "unsure", "passed", "form", "own", "nobody"],
)
def test_who_wrote_about_what(world: World, raw: bytes, outcome: str, writer: str | None) -> None:
    """Whatever became of it: the address an answer would go to, else From; and the subject."""
    judged = remembered(world, raw)
    assert (judged.outcome, judged.writer, judged.subject) == (outcome, writer, "My order")


def test_old_mail_is_remembered_too(world: World) -> None:
    """Mail that nobody judged has a sender and a subject all the same."""
    world.cycle()
    old = f"Received: from a by b; {MORNING.replace(year=2024):%a, %d %b %Y %H:%M:%S +0000}\r\n"
    judged = remembered(world, mail(1, "x", more=old, date=MORNING.replace(year=2024)))
    assert (judged.reason, judged.writer) == ("old", "ada@customer.example")


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("a" * 1000, "a" * REMEMBERED),
        ("=?utf-8?q?Stra=C3=9Fe_=1B[2J=E2=80=AE=0D=0A_x?=", "Straße [2J x"),
        ("", ""),
    ],
)
def test_a_subject_is_one_short_line(world: World, subject: str, kept: str) -> None:
    """However long, and whatever a stranger put into it: no control or bidi characters."""
    assert remembered(world, mail(1, "Hmm.", subject=subject)).subject == kept


def test_an_endless_address_is_cut(world: World) -> None:
    """A From of many kilobytes fills no ledger."""
    judged = remembered(world, mail(1, "Hmm.", sender=f"{'a' * 5000}@customer.example"))
    assert judged.writer == "a" * REMEMBERED
