"""Customers who write again, and every outside step fails once: each matter ends as it should."""

from datetime import timedelta
from pathlib import Path

import pytest
from interrupted import by_each_error, chosen, moments
from servers.memory import FaultAt
from world import OWNER, World, mail, msgid

ADA, BO = "Ada Fox <ada@customer.example>", "Bo <bo@customer.example>"
CY, DEE = "Cy <cy@customer.example>", "Dee <dee@customer.example>"
HEALING = (0, 3, 3, 31, 31, 60, 180, *[60 * 24] * 4)


def shop(folder: Path) -> World:
    """Four letters wait for an hour. Ada complains again, Bo has found it, Cy adds a number, and
    Dee was answered by the owner himself."""
    world = World(folder)
    for number, sender in enumerate((ADA, BO, CY, DEE), 1):
        world.deliver(mail(number, "The cup is broken.", sender=sender))
    world.cycle()
    world.now += timedelta(hours=1)
    for number, sender, text in (
        (1, ADA, "The lid is broken too."),
        (2, BO, "Found it, thanks!"),
        (3, CY, "It was order 4471."),
    ):
        thread = f"In-Reply-To: {msgid(number)}\r\n"
        world.deliver(mail(10 + number, text, sender=sender, more=thread))
    reply = mail(90, "Here you are.", sender=OWNER.addr, more=f"In-Reply-To: {msgid(4)}\r\n")
    world.deliver(reply, to="Sent")
    return world


@by_each_error
def test_interrupted_anywhere_each_matter_ends(tmp_path: Path, error: BaseException) -> None:
    """Killed, cut off or out of disk at one moment after the other, then started again."""
    possible = chosen(moments(shop(tmp_path / "count"), 0, 1), error)
    assert len(possible) > 3
    for number in possible:
        world = shop(tmp_path / str(number))
        others = {name: world.server.mails(name) for name in ("INBOX", "Sent")}
        fault = FaultAt(number, error)
        world.server.fault = world.ledger_fault = fault
        with pytest.raises(type(error)):
            world.cycle()
            world.cycle(minutes=1)
        world.ledger.close()
        world.restart()
        for minutes in HEALING:
            world.cycle(minutes=minutes)
            assert max(world.answered().values(), default=0) <= 1, fault.seen[number]
        assert world.answered() == {msgid(11): 1, msgid(13): 1}, fault.seen[number]
        after = {name: [each.raw for each in world.server.mails(name)] for name in others}
        assert after == {name: [each.raw for each in was] for name, was in others.items()}
        world.ledger.close()
