"""The owner says that a mail is no complaint: our marks and our letter go, and nothing else."""

from pathlib import Path

import pytest
from world import OWNER, World, mail, msgid

from triage.errors import Refusal
from triage.event import DraftDropped, DraftWithdrawn, NotUnmarked, Unmarked
from triage.ledger import correct

ADA = "Ada Fox <ada@customer.example>"
FLAG, KEYWORD = "\\Flagged", "Complaint"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.deliver(mail(1, "The cup is broken."))
    world.cycle()
    assert flags(world) == {FLAG, KEYWORD}
    return world


def flags(world: World, number: int = 1) -> frozenset[str]:
    return world.server.folders["INBOX"].mails[number].flags


def said(world: World, complaint: bool | None, number: int = 1) -> None:
    digest = world.entry(number).judged.digest
    correct(world.folder, OWNER.key, {digest: complaint}, world.now.timestamp())


def withdrawn(world: World, **more: float) -> list[str]:
    events = world.cycle(**more)
    return [each.why for each in events if isinstance(each, DraftWithdrawn | DraftDropped)]


def test_marks_and_letter_go(world: World) -> None:
    """The marks at once, the letter as soon as nobody can have it open."""
    said(world, complaint=False)
    assert [type(each) for each in world.cycle(minutes=1)] == [Unmarked]
    assert flags(world) == set()
    assert world.answered() == {msgid(1): 1}
    assert withdrawn(world, minutes=31) == ["corrected"]
    assert not world.drafts()
    found = world.entry()
    assert found.letter
    assert (found.letter.fate, found.said, found.dealt) == ("corrected", False, None)
    assert [world.cycle(minutes=120) for _ in range(3)] == [[], [], []]


def test_flags_that_were_there_stay(world: World) -> None:
    """A star of the owner's own; and one that he has taken off is not ours to take."""
    world.deliver(mail(2, "This is broken as well."), flags=(FLAG, "\\Seen"))
    world.cycle()
    said(world, complaint=False, number=2)
    world.cycle(minutes=1)
    assert flags(world, 2) == {FLAG, "\\Seen"}
    world.server.folders["INBOX"].mails[1].flags -= {FLAG}
    said(world, complaint=False)
    world.cycle(minutes=1)
    assert world.entry().dealt == world.now.timestamp()
    assert flags(world) == {KEYWORD}, "dealt with by himself, before he said so"


def test_a_letter_he_is_at_stays(world: World) -> None:
    (uid,) = world.server.folders["Drafts"].mails
    raw = world.server.mails("Drafts")[0].raw
    world.server.move("Drafts", uid, "Drafts", raw=raw.replace(b"Hello Ada", b"Dear Ada"))
    said(world, complaint=False)
    world.cycle(minutes=1)
    assert withdrawn(world, minutes=60) == []
    assert len(world.drafts()) == 1
    letter = world.entry().letter
    assert letter
    assert letter.fate == "edited"


def test_one_that_is_not_laid_yet_is_not_laid(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.server.delete("Drafts")
    world.deliver(mail(1, "The cup is broken."))
    world.cycle()
    said(world, complaint=False)
    world.server.create("Drafts")
    assert withdrawn(world, minutes=200) == ["corrected"]
    assert not world.drafts()


def test_he_changes_his_mind(world: World) -> None:
    """The mail is taken out of the teaching folder again before the letter has gone."""
    said(world, complaint=False)
    world.cycle(minutes=1)
    said(world, complaint=None)
    assert withdrawn(world, minutes=60) == []
    assert world.answered() == {msgid(1): 1}
    assert world.entry().said is None


def test_that_it_is_one_changes_nothing(world: World) -> None:
    """It was known; and a mail that was none is not answered late."""
    world.deliver(mail(2, "Hello there."))
    world.cycle()
    said(world, complaint=True)
    said(world, complaint=True, number=2)
    assert world.cycle(minutes=60) == []
    assert flags(world) == {FLAG, KEYWORD}
    assert flags(world, 2) == set()
    assert (world.entry().said, world.entry(2).said) == (True, True)


def test_a_letter_for_two_mails_stays(world: World) -> None:
    """The other one waits for it."""
    more = f"In-Reply-To: {msgid(1)}\r\n"
    world.cycle(minutes=31)
    world.deliver(mail(2, "The saucer is broken as well.", sender=ADA, more=more))
    world.cycle(minutes=1)
    world.cycle(minutes=1)
    assert world.answered() == {msgid(2): 1}
    said(world, complaint=False, number=2)
    assert withdrawn(world, minutes=60) == []
    assert flags(world, 2) == set()
    assert world.answered() == {msgid(2): 1}


def test_a_mail_that_has_gone_is_no_harm(world: World) -> None:
    said(world, complaint=False)
    world.server.expunge("INBOX", 1)
    world.cycle(minutes=1)
    assert withdrawn(world, minutes=60) == ["corrected"]


def test_of_a_mail_nobody_knows_nothing_is_kept(world: World) -> None:
    """A label for a mail that was never in the inbox; and without a ledger none is made."""
    correct(world.folder, OWNER.key, {"0" * 64: False}, 0.0)
    assert world.cycle(minutes=1) == []
    correct(world.folder / "nowhere", OWNER.key, {"0" * 64: False}, 0.0)
    assert not (world.folder / "nowhere").exists()


def test_the_server_will_not_have_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told once; the letter goes all the same."""

    def refuse(*_: object) -> None:
        raise Refusal("server-refused", host="h", command="STORE", code="", text="")

    said(world, complaint=False)
    with monkeypatch.context() as patch:
        patch.setattr("servers.memory.MemoryMailboxes.unmark", refuse)
        assert [type(each) for each in world.cycle(minutes=1)] == [NotUnmarked]
        assert world.cycle(minutes=1) == []
    assert withdrawn(world, minutes=60) == ["corrected"]
