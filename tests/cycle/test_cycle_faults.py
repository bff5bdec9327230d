"""Every outside step of the cycle fails once, before and after it: one draft each in the end."""

from pathlib import Path

from interrupted import by_each_error, chosen, moments
from servers.memory import FaultAt
from world import OWNER, World, mail, msgid

from triage.reply import is_draft_id

COMPLAINTS = (1, 4, 5, 9)


def shop(folder: Path) -> World:
    """A morning's mail: complaints, ordinary mail, a repeat, a copy, a mail that breaks us."""
    world = World(folder)
    world.deliver(mail(1, "The cup is broken."))
    world.deliver(mail(2, "Lovely!"))
    world.deliver(mail(3, "crash the judge"))
    world.deliver(mail(4, "The lid is broken."))
    world.deliver(mail(5, "The tap is broken.", sender="Bo <bo@customer.example>"))
    world.deliver(mail(6, "The tap is broken.", sender="Bo <bo@customer.example>"))
    world.deliver(mail(1, "The cup is broken."))
    world.deliver(mail(8, "broken", sender=OWNER.addr))
    world.deliver(mail(9, "Broken, all of it."))
    return world


def test_the_cycle_has_many_outside_steps(tmp_path: Path) -> None:
    """The tests below interrupt at every one of these: commits, flags, searches, APPENDs."""
    seen = moments(shop(tmp_path), 0)
    assert len(seen) > 100
    assert {
        "before append",
        "after append",
        "before ledger.appending",
        "before ledger.listed",
        "before ledger.stored",
        "after ledger.stored",
        "after ledger.appending",
        "after flag",
        "before ledger.finish",
        "after ledger.finish",
        "after ledger.listed",
        "after fetch",
    } <= set(seen)


@by_each_error
def test_interrupted_anywhere_resumed_to_one_draft_each(
    tmp_path: Path, error: BaseException
) -> None:
    """Killed, cut off or out of disk at one moment after the other, then started again."""
    possible = chosen(moments(shop(tmp_path / "count"), 0), error)
    raised = 0
    for number in possible:
        world = shop(tmp_path / str(number))
        inbox = [found.raw for found in world.server.mails("INBOX")]
        fault = FaultAt(number, error)
        world.server.fault = world.ledger_fault = fault
        try:
            world.cycle()
        except type(error) as caught:
            raised += caught is error
        world.ledger.close()
        world.restart()
        for minutes in (0, 3, 3, 60, 180, *[60 * 24] * 4):
            world.cycle(minutes=minutes)
            assert max(world.answered().values(), default=0) <= 1, fault.seen[number]
        moment = fault.seen[number]
        assert world.answered() == {msgid(n): 1 for n in COMPLAINTS}, moment
        assert all(is_draft_id(str(draft["Message-ID"])) for draft in world.drafts()), moment
        assert world.flagged() == {msgid(n) for n in (*COMPLAINTS, 6)}, moment
        assert [found.raw for found in world.server.mails("INBOX")] == inbox, moment
        assert not any("\\Seen" in found.flags for found in world.server.mails("INBOX")), moment
        opened = world.ledger.all("SELECT 1 FROM location WHERE state <> 'finished'")
        assert not opened, moment
        world.ledger.close()
    assert raised > len(possible) * 0.9, "most moments must really have been interrupted"
