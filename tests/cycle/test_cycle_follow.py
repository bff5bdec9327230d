"""What becomes of the letters: sent, changed, binned, no longer needed; and of our flags."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from servers.memory import MemoryServer
from world import ACCOUNT, OWNER, World, mail, msgid

from triage.event import DraftWithdrawn, MailboxMissing
from triage.fate import COMPOSED

DAY = 24 * 60


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.deliver(mail(1, "The cup is broken."))
    world.cycle()
    return world


def fate(world: World, number: int = 1) -> str:
    letter = world.entry(number).letter
    assert letter is not None
    return letter.fate


def uid(world: World) -> int:
    """Where the only draft lies."""
    (found,) = world.server.folders["Drafts"].mails
    return found


def answer(
    world: World, text: str = "It's on its way.", *, to: str = "Sent", number: int = 1
) -> None:
    """The owner writes an answer of his own."""
    reply = mail(900 + number, text, sender=OWNER.addr, more=f"In-Reply-To: {msgid(number)}\r\n")
    world.deliver(reply, to=to)


def withdrawn(world: World, **more: float) -> list[str]:
    return [each.why for each in world.cycle(**more) if isinstance(each, DraftWithdrawn)]


def test_it_waits(world: World) -> None:
    """Nobody does anything: it lies there, however long."""
    for _ in range(3):
        assert world.cycle(minutes=3 * DAY) == []
    assert fate(world) == ""
    assert world.entry().answered is None
    assert world.answered() == {msgid(1): 1}


def test_sent_as_it_is(world: World) -> None:
    world.server.move("Drafts", uid(world), "Sent")
    world.cycle(minutes=5)
    found = world.entry()
    assert found.letter
    assert (found.letter.fate, found.letter.changed) == ("sent", 0.0)
    assert found.how == "letter"
    assert found.answered == world.now.timestamp()


def edited(raw: bytes) -> bytes:
    return raw.replace(b"Hello Ada", b"Dear Ada")


def test_sent_with_a_change(world: World) -> None:
    """How much was changed is kept; the history below is not counted."""
    (draft,) = world.server.mails("Drafts")
    world.server.move("Drafts", uid(world), "Sent", raw=edited(draft.raw) + b"> more history\r\n")
    world.cycle(minutes=5)
    letter = world.entry().letter
    assert letter
    assert letter.fate == "sent"
    assert letter.changed
    assert 0.0 < letter.changed < 0.1


def test_sent_under_another_id(world: World) -> None:
    """Gmail gives a new one: it is known by what it answers, and by its words."""
    (draft,) = world.server.mails("Drafts")
    ours = world.drafts()[0]["Message-ID"].encode()
    world.server.move("Drafts", uid(world), "Sent", raw=draft.raw.replace(ours, b"<new@mail>"))
    world.cycle(minutes=5)
    assert fate(world) == "sent"
    assert world.entry().how == "letter"


def test_an_answer_of_his_own(world: World) -> None:
    """The letter is not needed any more. It goes when it is half an hour old."""
    answer(world)
    assert withdrawn(world, minutes=5) == []
    assert world.answered() == {msgid(1): 1}
    assert world.entry().how == "own"
    assert withdrawn(world, minutes=26) == ["answered"]
    assert not world.drafts()
    assert fate(world) == "answered"
    assert world.cycle(minutes=5) == []


def test_an_answer_by_a_client_that_only_says_so(world: World) -> None:
    world.server.folders["INBOX"].mails[1].flags |= {"\\Answered"}
    assert withdrawn(world, minutes=5) == []
    assert world.entry().how == "flag"
    assert withdrawn(world, minutes=26) == ["answered"]
    answer(world)
    world.cycle(minutes=5)
    assert world.entry().how == "own", "the answer itself tells more"


def test_he_is_writing_himself(world: World) -> None:
    """His own draft in the thread: ours goes, his stays."""
    answer(world, to="Drafts")
    assert withdrawn(world, minutes=29) == []
    assert withdrawn(world, minutes=1) == ["answered"]
    (left,) = world.drafts()
    assert left["Message-ID"] == msgid(901)


@pytest.mark.parametrize("minutes", [5, 45])
def test_what_he_has_changed_is_his(world: World, minutes: int) -> None:
    """Also when he answers otherwise later: it is never touched again."""
    world.now += timedelta(minutes=minutes)
    (draft,) = world.server.mails("Drafts")
    his = edited(draft.raw)
    world.server.move("Drafts", uid(world), "Drafts", raw=his)
    answer(world)
    for _ in range(3):
        assert withdrawn(world, minutes=40) == []
    assert [each.raw for each in world.server.mails("Drafts")] == [his]
    assert fate(world) == "edited"


def test_binned(world: World) -> None:
    """It is not made again; taken out of the bin it waits again."""
    world.server.move("Drafts", uid(world), "Trash")
    world.cycle(minutes=5)
    assert fate(world) == "discarded"
    assert not world.drafts()


def test_gone_while_it_is_open(world: World) -> None:
    """NeoMutt takes it away while it is written on, and puts it back, or sends it."""
    (draft,) = world.server.mails("Drafts")
    world.server.expunge("Drafts", uid(world))
    world.cycle(minutes=5)
    assert fate(world) == "gone"
    world.deliver(draft.raw, to="Drafts")
    world.cycle(minutes=5)
    assert fate(world) == ""
    world.server.move("Drafts", uid(world), "Sent")
    world.cycle(minutes=5)
    assert fate(world) == "sent"


def test_gone_for_good(world: World) -> None:
    """After a day nobody has it open any more; it counts from when it was missed."""
    world.server.expunge("Drafts", uid(world))
    world.cycle(minutes=5)
    missed = world.now.timestamp()
    world.cycle(minutes=COMPOSED / 60 - 1)
    assert fate(world) == "gone"
    world.cycle(minutes=1)
    assert fate(world) == "discarded"
    letter = world.entry().letter
    assert letter
    assert letter.fated == missed


def test_sent_after_it_was_given_up(world: World) -> None:
    """A copy that comes late into Sent still says that it was sent."""
    (draft,) = world.server.mails("Drafts")
    world.server.expunge("Drafts", uid(world))
    for _ in range(2):
        world.cycle(minutes=DAY)
    assert fate(world) == "discarded"
    world.deliver(draft.raw, to="Sent")
    world.cycle(minutes=5)
    assert fate(world) == "sent"


def test_renumbered(world: World) -> None:
    """Drafts and Sent under other UIDs: the letter waits as before, and goes when it has to."""
    world.server.renumber("Drafts", first=40)
    world.server.renumber("Sent", first=40)
    world.cycle(minutes=31)
    assert fate(world) == ""
    answer(world)
    assert withdrawn(world, minutes=1) == ["answered"]


def test_a_server_that_removes_nothing(tmp_path: Path) -> None:
    """Without UIDPLUS it stays, and is nowhere said to be gone."""
    world = World(tmp_path, server=MemoryServer(uidplus=False))
    world.deliver(mail(1, "broken"))
    world.cycle()
    answer(world)
    for _ in range(3):
        assert withdrawn(world, minutes=40) == []
    assert fate(world) == ""
    assert world.answered() == {msgid(1): 1}


def test_a_late_copy_of_a_letter_that_was_taken_away(world: World) -> None:
    """A second APPEND comes through after all: it goes too."""
    (draft,) = world.server.mails("Drafts")
    answer(world)
    world.cycle(minutes=31)
    world.cycle(minutes=1)
    assert not world.drafts()
    world.deliver(draft.raw, to="Drafts")
    world.cycle(minutes=3 * 60)
    assert not world.drafts()


def test_taken_away_when_the_power_fails(world: World) -> None:
    """Between the EXPUNGE and the note of it: the next look knows what became of it."""
    answer(world)
    world.cycle(minutes=5)
    world.server.expunge("Drafts", uid(world))
    world.cycle(minutes=60)
    assert fate(world) == "answered"


def test_a_flag_taken_off(world: World) -> None:
    """Dealt with. A flag that was there before ours is not ours, and tells nothing."""
    starred = mail(2, "This is broken as well.")
    world.deliver(starred, flags=("\\Flagged",))
    world.cycle()
    for found in world.server.folders["INBOX"].mails.values():
        found.flags -= {"\\Flagged"}
    world.cycle(minutes=5)
    assert world.entry(1).dealt == world.now.timestamp()
    assert world.entry(2).dealt is None
    assert world.flagged() == set(), "and is not set again"
    assert fate(world, 1) == "", "the letter stays"


def test_a_mail_that_was_moved_away(world: World) -> None:
    """Of flags that are not seen nothing is concluded."""
    world.server.create("Archive")
    world.server.move("INBOX", 1, "Archive")
    world.cycle(minutes=5)
    assert world.entry().dealt is None
    assert world.entry().answered is None


def test_sent_is_away(tmp_path: Path) -> None:
    """No such folder, or one that cannot be opened: told, and the story goes on."""
    world = World(tmp_path)
    world.server.delete("Sent")
    world.deliver(mail(1, "broken"))
    events = world.cycle()
    assert any(isinstance(each, MailboxMissing) for each in events)
    assert world.flagged() == {msgid(1)}


def test_first_contact_with_what_was_sent(tmp_path: Path) -> None:
    """Answers of before the program was there count; of before the look-back nothing is read."""
    world = World(tmp_path, account=replace(ACCOUNT, look_back=7 * 86400.0))
    world.deliver(mail(1, "broken"), days_ago=2)
    answer(world)
    world.cycle()
    assert not world.drafts()
    world.cycle(minutes=1)
    assert world.entry().how in {"own", ""}


@pytest.mark.parametrize("number", [1, 2])
def test_an_answer_in_a_longer_thread(world: World, number: int) -> None:
    """An answer to a later mail of the thread answers the earlier ones, too."""
    reply = mail(
        99,
        "Done!",
        sender=OWNER.addr,
        more=f"In-Reply-To: <x@y>\r\nReferences: {msgid(1)} <x@y>\r\n",
    )
    world.deliver(reply, to="Sent" if number == 1 else "Drafts")
    world.cycle(minutes=31)
    world.cycle(minutes=1)
    assert ours(world) == 0
    assert (world.entry().answered is not None) == (number == 1)


def ours(world: World) -> int:
    return sum(str(each["In-Reply-To"]) == msgid(1) for each in world.drafts())


def test_answered_before_it_was_read(tmp_path: Path) -> None:
    """Mail and answer came while nobody looked: the answer is known of the mail, too."""
    world = World(tmp_path)
    world.cycle()
    world.deliver(mail(1, "The cup is broken."))
    answer(world)
    world.cycle(minutes=60)
    assert world.entry().how == "own"
    assert not world.drafts()
