"""A customer who complains again of the same matter: what is known of it, and what is not said."""

from datetime import timedelta
from pathlib import Path

import pytest
from servers.memory import Killed
from world import MORNING, World, mail, msgid

from triage.event import Handled
from triage.ledger import summary
from triage.reply.earlier import Earlier
from triage.taxonomy import Topic

ADA = "Ada Fox <ada@customer.example>"
EVE = "Eve Roe <eve@stranger.example>"
BROKEN = "My order 4471 came broken."
FIRST = Earlier(MORNING.date(), Topic.DAMAGED, "4471")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def later(number: int, text: str, *, days: float, sender: str = ADA, more: str = "") -> bytes:
    return mail(number, text, sender=sender, date=MORNING + timedelta(days=days), more=more)


def told(world: World) -> dict[str | None, Earlier | None]:
    """What was known of earlier complaints, for each mail."""
    handled = [each for each in world.events if isinstance(each, Handled)]
    return {
        each.finding.message.message_id: each.finding.earlier
        for each in handled
        if each.finding.message
    }


def letters(world: World) -> dict[str, bool]:
    """Whether the letter that answers a mail says that its writer wrote before."""
    return {
        draft["In-Reply-To"]: "first wrote to" in " ".join(draft.get_content().split())
        for draft in world.drafts()
    }


def test_second_complaint_about_an_order(world: World) -> None:
    """In a new thread, in other words: its letter says when the first came, and the owner reads of
    it first. The first one's letter, and that of a stranger who names the order, say nothing."""
    world.deliver(mail(1, BROKEN))
    world.cycle()
    world.now += timedelta(days=3)
    world.deliver(later(2, "Order #4471: it is still broken, do write.", days=3))
    world.deliver(later(3, BROKEN, days=3, sender=EVE))
    world.cycle()
    assert told(world) == {msgid(1): None, msgid(2): FIRST, msgid(3): None}
    assert letters(world) == {msgid(1): False, msgid(2): True, msgid(3): False}
    assert "2 March" in next(
        draft.get_content() for draft in world.drafts() if draft["In-Reply-To"] == msgid(2)
    )
    found = summary(world.folder, world.account.address.key, 0.0, 0.0)
    assert found
    assert found.again == 1


def test_complaints_read_together(world: World) -> None:
    """Read in one batch, or each by itself: the letters are the same."""
    for number, text in enumerate((BROKEN, "Order 4471 is broken!", "Broken. Order 4471."), 1):
        world.deliver(later(number, text, days=number - 1), days_ago=1 - number)
    world.now += timedelta(days=3)
    world.cycle()
    assert told(world) == {
        msgid(1): None,
        msgid(2): FIRST,
        msgid(3): Earlier(FIRST.day, FIRST.topic, "4471", count=2),
    }


def test_an_old_mail_that_is_read_late(world: World) -> None:
    """It is the earlier one of nothing that was answered before, and has none itself."""
    world.cycle()
    world.now += timedelta(days=3)
    world.deliver(later(2, BROKEN, days=3))
    world.cycle()
    world.deliver(mail(1, "Order 4471 is broken."), days_ago=3)
    world.cycle(minutes=1)
    world.deliver(later(3, "Order 4471 is still broken.", days=3.1))
    world.cycle(minutes=300)
    assert told(world) == {
        msgid(1): None,
        msgid(2): None,
        msgid(3): Earlier(FIRST.day, FIRST.topic, "4471", count=2),
    }


def test_a_writer_whose_clock_is_ahead(world: World) -> None:
    """A mail has arrived when it was read, whatever its Date says: no day to come is told."""
    world.deliver(later(1, BROKEN, days=300))
    world.cycle()
    world.now += timedelta(days=1)
    world.deliver(later(2, "Order 4471 is broken.", days=301))
    world.cycle()
    assert told(world)[msgid(2)] == FIRST


def test_the_same_mail_in_two_places(world: World) -> None:
    """A copy is no earlier complaint, nor is the mail itself when it comes out of Junk."""
    world.deliver(mail(1, BROKEN))
    world.deliver(mail(1, BROKEN))
    world.cycle()
    world.now += timedelta(days=1)
    world.deliver(mail(2, "Order 4471, broken.", sender=ADA), to="Junk")
    world.cycle()
    world.deliver(mail(2, "Order 4471, broken.", sender=ADA))
    world.cycle(minutes=60)
    assert told(world) == {msgid(1): None, msgid(2): FIRST}


def test_what_was_not_a_complaint(world: World) -> None:
    """Thanks, and the same letter again, are no earlier complaints; a doubtful one that rather is
    one counts."""
    world.deliver(mail(1, "Thank you for order 4471!"))
    world.deliver(later(2, "Hmm, order 4471.", days=0), days_ago=0)
    world.deliver(later(3, BROKEN, days=1), days_ago=-1)
    world.deliver(later(4, BROKEN, days=2), days_ago=-2)
    world.deliver(later(5, "Broken! Order 4471.", days=3), days_ago=-3)
    world.now += timedelta(days=4)
    world.cycle()
    assert {number: bool(told(world)[msgid(number)]) for number in range(1, 6)} == {
        1: False,
        2: False,
        3: True,
        4: False,
        5: True,
    }
    assert told(world)[msgid(5)] == Earlier(FIRST.day, FIRST.topic, "4471", count=2)


def test_a_form_speaks_for_many(world: World) -> None:
    """Two customers who write through the shop's own form are two, though one address sends."""
    form = "Reply-To: {}\r\n"
    own = world.account.address.addr
    world.deliver(mail(1, BROKEN, sender=own, more=form.format(ADA)))
    world.cycle()
    world.now += timedelta(days=1)
    world.deliver(later(2, "Order 4471 broken", days=1, sender=own, more=form.format(EVE)))
    world.deliver(later(3, "Order 4471 broken", days=1, sender=own, more=form.format(ADA)))
    world.cycle()
    assert told(world) == {msgid(1): None, msgid(2): None, msgid(3): FIRST}


@pytest.mark.parametrize("moment", ["before ledger.finish", "after ledger.finish", "before append"])
def test_a_letter_made_again_says_the_same(tmp_path: Path, moment: str) -> None:
    """The power fails on the way to the letters: the second one still knows of the first."""
    whole, cut = World(tmp_path / "whole"), World(tmp_path / "cut")
    for world in (whole, cut):
        world.deliver(mail(1, BROKEN))
        world.deliver(later(2, "Order 4471 is broken.", days=1), days_ago=-1)
        world.now += timedelta(days=2)
    whole.cycle()

    def power(when: str, step: str) -> None:
        if f"{when} {step}" == moment:
            raise Killed

    cut.server.fault = cut.ledger_fault = power
    with pytest.raises(Killed):
        cut.cycle()
    cut.restart()
    cut.cycle(minutes=10)
    assert letters(cut) == letters(whole) == {msgid(2): True}


def test_a_postscript_of_the_same_day(world: World) -> None:
    """Whoever adds something an hour later has not had to ask again."""
    world.deliver(mail(1, BROKEN))
    world.cycle()
    world.deliver(mail(2, "Order 4471: the lid is broken, too.", sender=ADA))
    world.cycle(minutes=60)
    assert told(world) == {msgid(1): None, msgid(2): None}
