"""More than one copy of a draft: which goes, which stays, and that it comes to one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from servers.memory import no_fault
from world import World, mail, msgid

from triage.errors import AppendUnknown, MailboxError
from triage.event import CopiesRemoved
from triage.place import UNKNOWN, Ref, Stored, elsewhere, superfluous
from triage.record import OpenDraft


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


class Lost:
    """The first APPEND is lost on its way."""

    def __init__(self) -> None:
        self.lost = False

    def __call__(self, moment: str, step: str) -> None:
        if (moment, step) == ("before", "append") and not self.lost:
            self.lost = True
            raise AppendUnknown("append-unanswered", account="shop")


def test_late_original_is_swept(world: World) -> None:
    """An APPEND times out, the second look finds nothing, the retry succeeds, the first arrives."""
    world.deliver(mail(1, "broken"))
    world.server.fault = Lost()
    with pytest.raises(MailboxError):
        world.cycle()
    world.cycle(minutes=1)
    assert not world.drafts(), "not before the APPEND has settled"
    world.cycle(minutes=2)
    assert world.answered() == {msgid(1): 1}
    (draft,) = world.server.mails("Drafts")
    world.deliver(draft.raw, to="Drafts", flags=draft.flags)  # the late original
    assert world.answered() == {msgid(1): 2}
    assert world.cycle(minutes=11) == [], "a composer may hold it open"
    events = world.cycle(minutes=31)
    assert [event.count for event in events if isinstance(event, CopiesRemoved)] == [1]
    assert world.answered() == {msgid(1): 1}


def test_late_original_after_the_owner_has_sent_the_other(world: World) -> None:
    """The copy that arrives when its twin has been sent would be sent a second time: removed."""
    world.deliver(mail(1, "broken"))
    world.server.fault = Lost()
    with pytest.raises(MailboxError):
        world.cycle()
    world.cycle(minutes=5)
    (uid,) = world.server.folders["Drafts"].mails
    (draft,) = world.server.mails("Drafts")
    world.server.move("Drafts", uid, "Sent")
    world.deliver(draft.raw, to="Drafts", flags=draft.flags)  # the late original
    world.cycle(minutes=31)
    assert not world.drafts()


UNTOUCHED, EDITED = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("copies", "removed"),
    [
        ([(5, UNTOUCHED)], []),
        ([(5, UNTOUCHED), (6, UNTOUCHED)], [6]),
        ([(4, UNTOUCHED), (5, UNTOUCHED)], [5]),
        ([(6, UNTOUCHED), (7, UNTOUCHED)], [7]),
        ([(5, UNTOUCHED), (6, EDITED)], [5]),
        ([(4, EDITED), (5, UNTOUCHED)], []),
        ([(4, EDITED), (5, UNTOUCHED), (8, UNTOUCHED)], [8]),
        ([(6, EDITED), (7, EDITED)], []),
        ([(6, EDITED), (7, UNTOUCHED), (8, UNTOUCHED)], [7, 8]),
        ([], []),
    ],
)
def test_which_copies_are_too_many(copies: list[tuple[int, str]], removed: list[int]) -> None:
    """One stays: the owner's if he changed the one first stored (UID 5), else the first. None of
    his, and not that of another machine, which lies below ours and is for that machine to clear."""
    found = [Stored(Ref("Drafts", 1, uid), digest) for uid, digest in copies]
    stored = Stored(Ref("Drafts", 1, 5), UNTOUCHED)
    assert [copy.ref.uid for copy in superfluous(found, stored, left=False)] == removed
    untouched = [copy for copy in found if copy.raw_digest == UNTOUCHED]
    assert superfluous(found, stored, left=True) == untouched


def test_copies_under_another_numbering() -> None:
    """Where the UIDs are new, the lowest of ours says what lies above it."""
    stored = Stored(Ref("Drafts", 1, 50), UNTOUCHED)
    ours, his = (Stored(Ref("Drafts", 2, uid), d) for uid, d in ((2, UNTOUCHED), (3, EDITED)))
    assert superfluous([ours, his], stored, left=False) == [ours]
    other = replace(his, ref=replace(his.ref, uid=1))
    assert superfluous([other, ours], stored, left=False) == []


def test_copies_of_which_nothing_is_known() -> None:
    """Found, with other bytes than ours: nothing of it is removed but what is there twice."""
    stored = Stored(Ref("Drafts", 1, 5), UNKNOWN)
    first, again, third = (
        Stored(Ref("Drafts", 1, uid), d) for uid, d in ((5, EDITED), (6, EDITED), (7, UNTOUCHED))
    )
    assert superfluous([first, third], stored, left=True) == []
    assert superfluous([third, again, first], stored, left=False) == [again]


def test_copies_as_they_are_laid() -> None:
    """Those of another machine, or of an earlier ledger, are as untouched as ours."""
    first, second, his = (
        Stored(Ref("Drafts", 1, uid), digest, as_laid=digest != EDITED)
        for uid, digest in ((4, "c" * 64), (5, UNTOUCHED), (6, EDITED))
    )
    for stored in (first, second, replace(second, raw_digest=UNKNOWN)):
        assert superfluous([first, second], stored, left=False) == [second]
        assert superfluous([first, second, his], stored, left=False) == [first, second]
        assert superfluous([first, second], stored, left=True) == [first, second]
        assert (
            superfluous([replace(his, ref=Ref("Drafts", 1, 3)), second], stored, left=False) == []
        )


@pytest.mark.parametrize(
    ("changed", "as_laid"),
    [
        ((b"09:31:00", b"19:34:07"), True),
        ((b"Date:", b"DATE:"), True),
        ((b"Hello", b"Hallo"), False),
        ((b"Subject: a", b"Subject: b"), False),
        ((b"Hello", b"Hello\r\nDate: today"), False),
        ((b"Subject: a\r\n", b""), False),
        ((b"Subject: a\r\nDate", b"X-Pm-Gluon-Id: 7\r\nSubject: a\r\nDate"), True),
        ((b"\r\n\r\n", b"\r\nBcc: x@y\r\n\r\n"), False),
        ((b"\r\n\r\n", b"\r\nX-Mozilla-Draft-Info: x\r\n\r\n"), False),
    ],
)
def test_as_laid_but_for_its_date(changed: tuple[bytes, bytes], as_laid: bool) -> None:
    raw = b"Subject: a\r\nDate: Mon, 02 Mar 2026 09:31:00 +0000\r\n\r\nHello\r\n"
    letter = OpenDraft("<a@b>", None, raw, 0, 0, None)
    assert Stored.of(Ref("Drafts", 1, 1), raw.replace(*changed), letter).as_laid == as_laid


def _both_lay(world: World, other: World, seconds: int) -> None:
    """The other looks, finds nothing and lays its draft, so much later, before the one lays its."""

    def meanwhile(moment: str, step: str) -> None:
        if (moment, step) == ("before", "append"):
            world.server.fault = no_fault
            other.now += timedelta(seconds=seconds)
            other.cycle()

    world.server.fault = meanwhile
    world.cycle()
    assert world.answered() == {msgid(1): 2}


@pytest.mark.parametrize("later", [0, 7])
def test_two_machines_end_with_one_draft(tmp_path: Path, later: int) -> None:
    """Both looked, found nothing, and laid a draft: alike to the byte, or a few seconds apart."""
    world = World(tmp_path / "one")
    other = World(tmp_path / "other", server=world.server)
    world.deliver(mail(1, "broken"))

    _both_lay(world, other, later)
    for _ in range(3):
        world.cycle(minutes=31)
        other.cycle(minutes=31)
    assert world.answered() == {msgid(1): 1}


def test_draft_the_owner_changed_before_the_ledger_was_lost(world: World, tmp_path: Path) -> None:
    """It is found again, and from then on nobody's but his."""
    world.deliver(mail(1, "broken"))
    world.cycle()
    (uid,) = world.server.folders["Drafts"].mails
    (draft,) = world.server.mails("Drafts")
    world.server.expunge("Drafts", uid)
    his = draft.raw + b"Yours, with a change."
    world.deliver(his, to="Drafts", flags=draft.flags)
    world.deliver(his, to="Sent")
    fresh = World(tmp_path / "fresh", server=world.server)
    fresh.cycle()
    for _ in range(3):
        fresh.cycle(minutes=24 * 60)
    assert [each.raw for each in world.server.mails("Drafts")] == [his]


def test_two_machines_of_which_one_forgets(tmp_path: Path) -> None:
    """Each laid a draft, a few minutes apart; then the one has no ledger any more, and Drafts new
    UIDs: nobody knows which is whose, and still one stays."""
    world = World(tmp_path / "one")
    other = World(tmp_path / "other", server=world.server)
    world.deliver(mail(1, "broken"))

    _both_lay(world, other, 180)
    world.server.renumber("Drafts")
    fresh = World(tmp_path / "fresh", server=world.server)
    for _ in range(3):
        fresh.cycle(minutes=31)
        other.cycle(minutes=31)
    assert world.answered() == {msgid(1): 1}


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], False),
        ([(7, 1)], False),
        ([(7, 1), (7, 2)], False),
        ([(7, 2)], True),
        ([(7, 2), (7, 3)], True),
        ([(8, 1)], False),
        ([(7, 2), (8, 1)], False),
    ],
)
def test_elsewhere(places: list[tuple[int, int]], expected: bool) -> None:
    """Copies lie there, and not where the draft was found; another numbering tells nothing."""
    stored = Stored(Ref("Drafts", 7, 1), "digest")
    copies = [Stored(Ref("Drafts", *place), "digest") for place in places]
    assert elsewhere(copies, stored) is expected


def test_a_draft_found_in_the_bin_is_elsewhere_in_no_way() -> None:
    """Where it was found is another folder: its copies have other numbers."""
    stored = Stored(Ref("Trash", 7, 1), "digest")
    assert not elsewhere([Stored(Ref("Drafts", 7, 2), "digest")], stored)
