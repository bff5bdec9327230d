"""A customer who writes again while a letter to him waits."""

from datetime import timedelta
from pathlib import Path

import pytest
from servers.memory import MemoryServer, no_fault
from world import OWNER, World, mail, msgid

from triage.event import DraftDropped, DraftWithdrawn, Handled
from triage.ledger import Entry, history

ADA = "Ada Fox <ada@customer.example>"
EVE = "Eve Roe <eve@stranger.example>"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.deliver(mail(1, "The cup is broken."))
    world.cycle()
    return world


def again(
    number: int, text: str, *, sender: str = ADA, after: int | None = 1, **more: str
) -> bytes:
    """A later mail, in the thread of the mail `after`, or in none."""
    thread = f"In-Reply-To: {msgid(after)}\r\nReferences: {msgid(after)}\r\n" if after else ""
    return mail(
        number, text, sender=sender, more=thread, subject=more.get("subject", "Re: My order")
    )


def rest(world: World, *minutes: float) -> list[str]:
    """Cycles so many minutes apart; why letters went."""
    events = [each for pause in minutes for each in world.cycle(minutes=pause)]
    return [each.why for each in events if isinstance(each, DraftWithdrawn | DraftDropped)]


def text(world: World) -> str:
    (draft,) = world.drafts()
    return " ".join(draft.get_content().split())


def fates(world: World) -> dict[str | None, str]:
    return {
        each.judged.message_id: each.letter.fate
        for each in history(world.folder, OWNER.key, 0.0)
        if isinstance(each, Entry) and each.letter
    }


@pytest.mark.parametrize("after", [1, None], ids=["in the thread", "in a new one"])
def test_it_has_come_to_a_good_end(world: World, after: int | None) -> None:
    """No apology lies ready any more. A young one goes as soon as nobody can have it open."""
    world.deliver(again(2, "Found it, thanks! My neighbour had it.", after=after, subject="Hooray"))
    assert rest(world, 5) == []
    assert world.answered() == {msgid(1): 1}, "it may be open in a composer"
    assert rest(world, 24) == []
    assert rest(world, 1) == ["settled"]
    assert not world.drafts()
    assert fates(world) == {msgid(1): "settled"}
    assert world.flagged() == {msgid(1)}, "the owner still sees what it was"


def test_a_good_end_with_the_first_mail(tmp_path: Path) -> None:
    """Both are read at once: no letter is laid at all."""
    world = World(tmp_path)
    world.deliver(mail(1, "The cup is broken."))
    world.deliver(again(2, "It's all sorted now, thank you!"))
    assert rest(world, 0) == ["settled"]
    assert not world.drafts()


def test_the_good_end_of_something_else(world: World) -> None:
    """Two letters wait, and he writes in no thread: nobody knows which is meant."""
    world.deliver(again(2, "And the lamp is broken.", after=None, subject="Lamp"))
    world.cycle(minutes=1)
    assert world.answered() == {msgid(1): 1, msgid(2): 1}
    world.deliver(again(3, "It has just arrived, thanks!", after=None, subject="Thanks"))
    assert rest(world, 5, 60, 60) == []
    assert world.answered() == {msgid(1): 1, msgid(2): 1}


@pytest.mark.parametrize(
    ("words", "sender"),
    [
        ("Found it, thanks!", EVE),
        ("It has arrived, but the handle is off.", ADA),
        ("Found it? Has your courier?", ADA),
    ],
)
def test_no_good_end(world: World, words: str, sender: str) -> None:
    """Another's word, a "but", a question: a letter stays."""
    world.deliver(again(2, words, sender=sender))
    rest(world, 5, 30, 30, 30)
    assert len(world.drafts()) == 1


def test_he_complains_again(world: World) -> None:
    """One letter answers both, in the thread of the later one; the former goes."""
    world.now += timedelta(minutes=40)
    world.deliver(again(2, "The lid is broken too. It was order 4471."))
    assert rest(world, 1) == []
    assert rest(world, 1) == ["replaced"]
    assert world.answered() == {msgid(2): 1}
    assert "4471" in text(world)
    assert fates(world) == {msgid(1): "replaced", msgid(2): ""}
    world.server.move("Drafts", next(iter(world.server.folders["Drafts"].mails)), "Sent")
    world.cycle(minutes=5)
    entries = [each for each in history(world.folder, OWNER.key, 0.0) if isinstance(each, Entry)]
    assert [each.how for each in entries] == ["letter", "letter"], "both are answered"


def test_he_complains_again_in_a_new_thread(world: World) -> None:
    """The letter for the later mail answers the earlier one too, though it does not name it."""
    world.deliver(again(2, "It is still broken!", after=None))
    rest(world, 40, 1)
    world.server.move("Drafts", next(iter(world.server.folders["Drafts"].mails)), "Sent")
    world.cycle(minutes=5)
    assert fates(world) == {msgid(1): "replaced", msgid(2): "sent"}
    entries = [each for each in history(world.folder, OWNER.key, 0.0) if isinstance(each, Entry)]
    assert [each.how for each in entries] == ["letter", "letter"]


def test_he_complains_again_at_once(world: World) -> None:
    """The former may be open: the new one is not laid before it can take its place."""
    world.deliver(again(2, "The lid is broken too."))
    assert rest(world, 5) == []
    assert world.answered() == {msgid(1): 1}
    assert rest(world, 24.9) == []
    assert world.answered() == {msgid(1): 1}
    assert rest(world, 0.2, 0.1) == ["replaced"]
    assert world.answered() == {msgid(2): 1}


def test_three_in_a_row(world: World) -> None:
    """Each takes the place of the one before, stored or not."""
    world.deliver(again(2, "The lid is broken too."))
    world.cycle(minutes=5)
    world.deliver(again(3, "And the saucer is broken.", after=2))
    world.cycle(minutes=5)
    rest(world, 30, 1, 30, 30)
    assert world.answered() == {msgid(3): 1}


def test_what_he_adds(world: World) -> None:
    """He complains of nothing new: the letter is made anew with what he adds, in its new place."""
    assert "4471" not in text(world)
    world.deliver(again(2, "I forgot: it was order 4471. Thank you, Ada"))
    (handled,) = (each for each in world.cycle(minutes=40) if isinstance(each, Handled))
    assert handled.finding.outcome == "passed"
    assert rest(world, 1) == ["replaced"]
    assert world.answered() == {msgid(2): 1}
    assert "4471" in text(world)
    assert "broken" in text(world) or "wrong with" in text(world)


def test_what_he_adds_when_the_first_mail_has_gone(world: World) -> None:
    """It cannot be read again: its letter stays as it is."""
    world.server.expunge("INBOX", 1)
    world.deliver(again(2, "I forgot: it was order 4471."))
    assert rest(world, 40, 1) == []
    assert world.answered() == {msgid(1): 1}


@pytest.mark.parametrize("words", ["The lid is broken too.", "It was order 4471."])
def test_he_writes_while_the_owner_is_at_the_letter(world: World, words: str) -> None:
    """The owner is left alone with it; what he changed stays, and nothing comes beside it."""
    (draft,) = world.server.mails("Drafts")
    (uid,) = world.server.folders["Drafts"].mails
    his = draft.raw.replace(b"Hello Ada", b"Dear Ada")
    world.server.move("Drafts", uid, "Drafts", raw=his)
    world.deliver(again(2, words))
    rest(world, 5, 60, 60)
    assert [each.raw for each in world.server.mails("Drafts")] == [his]
    row = world.ledger.one(
        "SELECT undrafted FROM message WHERE message_id = '<2@customer.example>'"
    )
    assert row["undrafted"] == "owner-writing"


def test_the_owner_begins_while_the_new_letter_waits(world: World) -> None:
    """Between the second mail and the moment its letter would be laid he changes the first."""
    world.deliver(again(2, "The lid is broken too."))
    world.cycle(minutes=5)
    (draft,) = world.server.mails("Drafts")
    (uid,) = world.server.folders["Drafts"].mails
    his = draft.raw.replace(b"Hello Ada", b"Dear Ada")
    world.server.move("Drafts", uid, "Drafts", raw=his)
    assert rest(world, 26, 60) == ["answered"]
    assert [each.raw for each in world.server.mails("Drafts")] == [his]


def test_the_owner_begins_in_the_last_moment(world: World) -> None:
    """Between the look at Drafts and the APPEND of the new letter."""
    world.now += timedelta(minutes=40)
    world.deliver(again(2, "The lid is broken too."))
    (uid,) = world.server.folders["Drafts"].mails
    his = world.server.mails("Drafts")[0].raw.replace(b"Hello Ada", b"Dear Ada")

    def meanwhile(moment: str, step: str) -> None:
        if (moment, step) == ("after", "find"):
            world.server.fault = no_fault
            world.server.move("Drafts", uid, "Drafts", raw=his)

    world.server.fault = meanwhile
    assert rest(world, 0) == ["owner-writing"]
    assert [each.raw for each in world.server.mails("Drafts")] == [his]


def test_the_first_letter_was_sent(world: World) -> None:
    """What he complains of afterwards is a matter of its own, with a letter of its own."""
    world.server.move("Drafts", next(iter(world.server.folders["Drafts"].mails)), "Sent")
    world.deliver(again(2, "The new one is broken too."))
    world.cycle(minutes=5)
    assert world.answered() == {msgid(2): 1}


def test_the_first_letter_was_binned(world: World) -> None:
    """The new complaint is answered, the deleted letter is not made again."""
    world.server.move("Drafts", next(iter(world.server.folders["Drafts"].mails)), "Trash")
    world.deliver(again(2, "It is broken, hello?"))
    world.cycle(minutes=5)
    assert world.answered() == {msgid(2): 1}


def test_the_first_letter_is_open_in_a_composer(world: World) -> None:
    """It lies nowhere for a while: nothing is laid until it is sent, or the hour is over."""
    world.server.expunge("Drafts", next(iter(world.server.folders["Drafts"].mails)))
    world.cycle(minutes=1)
    world.deliver(again(2, "The lid is broken too."))
    rest(world, 5, 20, 20)
    assert not world.drafts()
    rest(world, 20, 20)
    assert world.answered() == {msgid(2): 1}


def test_an_older_mail_that_is_read_later(world: World) -> None:
    """It came before the one that was answered: it changes nothing about that."""
    old = f"Received: from a by b; {world.now - timedelta(days=1):%a, %d %b %Y %H:%M:%S +0000}\r\n"
    raw = mail(0, "It is all sorted, thanks!", sender=ADA, more=old)
    world.deliver(raw.replace(b"Mon, 02 Mar", b"Sun, 01 Mar"))
    assert rest(world, 40, 5) == []
    assert world.answered() == {msgid(1): 1}


@pytest.mark.parametrize(
    ("words", "letters"),
    [("It's all sorted now, thanks!", 0), ("The lid is broken too.", 1), ("Order 4471.", 1)],
)
def test_the_first_mail_can_only_be_read_later(tmp_path: Path, words: str, letters: int) -> None:
    """The server gives the later one first: no letter is laid that the later one makes needless."""
    world = World(tmp_path)
    first = mail(1, "The cup is broken.")
    world.now += timedelta(minutes=50)
    world.deliver(again(2, words))
    world.cycle()
    world.deliver(first, days_ago=0.02)
    rest(world, 5, 40, 1)
    assert sum(world.answered().values()) == letters
    if "broken" in words:
        assert world.answered() == {msgid(2): 1}


def test_the_owner_takes_the_former_while_both_lie(world: World) -> None:
    """Between two looks: the one that he changes is his, the other goes."""
    world.now += timedelta(minutes=40)
    world.deliver(again(2, "The lid is broken too."))
    world.cycle()
    assert world.answered() == {msgid(1): 1, msgid(2): 1}
    uid = min(world.server.folders["Drafts"].mails)
    his = world.server.folders["Drafts"].mails[uid].raw.replace(b"Hello Ada", b"Dear Ada")
    world.server.move("Drafts", uid, "Drafts", raw=his)
    assert rest(world, 1, 40, 1) == ["answered"]
    assert [each.raw for each in world.server.mails("Drafts")] == [his]


def test_the_same_text_again_reopens_nothing(world: World) -> None:
    world.deliver(again(2, "The cup is broken.", subject="My order"))
    assert rest(world, 40, 5) == []
    assert world.answered() == {msgid(1): 1}


def test_a_server_that_removes_nothing(tmp_path: Path) -> None:
    """Two letters in one thread are worse than one that says half."""
    world = World(tmp_path, server=MemoryServer(uidplus=False))
    world.deliver(mail(1, "broken"))
    world.cycle()
    world.deliver(again(2, "The lid is broken too."))
    assert rest(world, 40, 5) == ["not-replaceable"]
    assert world.answered() == {msgid(1): 1}


def test_the_ledger_is_lost_in_between(world: World, tmp_path: Path) -> None:
    """First contact again: in the end there is one letter, that for the later mail."""
    world.deliver(again(2, "The lid is broken too."))
    world.cycle(minutes=40)
    fresh = World(tmp_path / "fresh", server=world.server)
    fresh.now = world.now
    for minutes in (1, 31, 31, 31, 120):
        fresh.cycle(minutes=minutes)
    assert fresh.answered() == {msgid(2): 1}


def test_answered_meanwhile(world: World) -> None:
    """He answers the second mail by himself before its letter is laid: both letters go."""
    world.deliver(again(2, "The lid is broken too."))
    world.cycle(minutes=5)
    reply = mail(99, "Sorry!", sender=OWNER.addr, more=f"In-Reply-To: {msgid(2)}\r\n")
    world.deliver(reply, to="Sent")
    rest(world, 5, 40, 1)
    assert not world.drafts()


def test_what_he_changed_stays_the_answer_after_a_good_end(world: World) -> None:
    """The letter that was to go, and that the owner has changed, is still the one of the matter."""
    (uid,) = world.server.folders["Drafts"].mails
    his = world.server.mails("Drafts")[0].raw.replace(b"Hello Ada", b"Dear Ada")
    world.server.move("Drafts", uid, "Drafts", raw=his)
    world.deliver(again(2, "Found it, thanks!"))
    rest(world, 5, 40)
    world.deliver(again(3, "No, the new one is broken as well.", after=2))
    world.deliver(again(4, "Both of them are broken, really.", after=1))
    rest(world, 5, 40, 5)
    assert [each.raw for each in world.server.mails("Drafts") if b"Dear Ada" in each.raw] == [his]
    assert world.answered()[msgid(4)] == 0


@pytest.mark.parametrize("at_once", [True, False])
def test_a_thread_that_names_only_its_last_mail(tmp_path: Path, at_once: bool) -> None:
    """As some programs write it: what that mail named belongs to it."""
    world = World(tmp_path)
    world.deliver(mail(1, "The cup of order 4471 is broken."))
    world.cycle()
    world.deliver(again(2, "Any news?"))
    if not at_once:
        world.cycle(minutes=1)
    world.deliver(again(3, "The lid of order 4472 is broken as well.", after=2, subject="Lid"))
    rest(world, 5, 40, 5)
    assert world.answered() == {msgid(3): 1}


def test_a_clock_that_jumps_back(world: World) -> None:
    """What comes then is still later than what it answers, and nobody wrote the day before."""
    world.deliver(again(2, "The lid is broken too."))
    (later,) = (uid for uid, each in world.server.folders["INBOX"].mails.items() if uid == 2)
    arrived = world.server.folders["INBOX"].mails[later].internal_date
    world.now -= timedelta(days=1)
    world.server.folders["INBOX"].mails[later].internal_date = arrived
    rest(world, 1, 24 * 60, 40, 1)
    assert world.answered() == {msgid(2): 1}


def test_a_clock_that_was_behind(tmp_path: Path) -> None:
    """The first mail was read by a clock that was a day behind: nobody wrote on that day."""
    world = World(tmp_path)
    arrived = world.now
    world.now -= timedelta(days=1)
    world.server.deliver("INBOX", mail(1, "The cup is broken."), internal_date=arrived)
    world.cycle()
    world.now = arrived + timedelta(minutes=40)
    world.deliver(again(2, "The lid is broken too."))
    rest(world, 0, 1, 1)
    assert world.answered() == {msgid(2): 1}
    assert "first wrote" not in text(world)


def test_a_late_copy_of_a_letter_that_was_not_to_be(tmp_path: Path) -> None:
    """Laid by an earlier life of the program of which the ledger knows nothing: it goes."""
    world = World(tmp_path / "one")
    world.deliver(mail(1, "The cup is broken."))
    world.cycle()
    (draft,) = world.server.mails("Drafts")
    world.server.expunge("Drafts", 1)
    world.deliver(again(2, "Found it, thanks!"))
    fresh = World(tmp_path / "fresh", server=world.server)
    fresh.cycle(minutes=1)
    fresh.deliver(draft.raw, to="Drafts")
    rest(fresh, 10, 21, 1)
    assert not fresh.drafts()
