"""What mail programs do to a letter, as measured on Dovecot, and what is then told of it.

Thunderbird 153 saves under a new Message-ID and removes what it opened, closes without leaving a
trace, sends under another new id, and removes what it saved of an answer that is thrown away.
NeoMutt 2022 removes a draft as it opens it, puts it back or sends it under its own id, and
postpones an answer without any. Both keep In-Reply-To and write the header anew; neither marks the
customer's mail as answered when a draft was sent.
"""

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from world import MORNING, OWNER, World, mail, msgid

from triage.event import DraftWithdrawn
from triage.fate import COMPOSED
from triage.ledger import Entry, LaidLetter, history

FOUND = "Found it, thanks! It is all fine now, sorry for the trouble."


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.deliver(mail(1, "The cup is broken."))
    world.cycle()
    return world


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def written(raw: bytes, own: str, text: str) -> bytes:
    """A draft as a mail program writes it: its own header, the thread kept."""
    draft = read(raw)
    head = [f"Message-ID: {own}"] if own else []
    head += [f"{name}: {draft[name]}" for name in ("In-Reply-To", "References", "From", "To")]
    head += [f"Subject: {draft['Subject']}", f"Date: {MORNING:%a, %d %b %Y %H:%M:%S +0000}"]
    head += ["Content-Type: text/plain; charset=utf-8; format=flowed", "", ""]
    return "\r\n".join(head).encode() + text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def said(raw: bytes) -> str:
    return str(read(raw).get_content())


def edited(raw: bytes) -> str:
    return said(raw).replace("Best wishes", "Warmest wishes")


def flowed(text: str) -> str:
    """Broken anew at a blank, which stays at the end of the line: RFC 3676."""
    return text.replace(" sorry for ", " sorry \nfor ")


class Composer:
    """A draft that is open in a program. `saves` leaves it open."""

    def __init__(self, world: World, uid: int) -> None:
        self.world, self.uid = world, uid
        self.raw = world.server.folders["Drafts"].mails[uid].raw
        self.opened()

    def opened(self) -> None: ...

    def save(self, text: str) -> None: ...

    def send(self, text: str) -> None: ...

    def delete(self) -> None: ...


class Thunderbird(Composer):
    count = 0

    def save(self, text: str) -> None:
        before = self.uid
        self.raw = written(self.raw, self._new(), flowed(text))
        self.uid = self.world.deliver(self.raw, to="Drafts", flags=("\\Draft",))
        self._remove(before)

    def send(self, text: str) -> None:
        """With the draft gone from the server it says nothing, and sends."""
        raw = written(self.raw, self._new(), flowed(text))
        self.world.deliver(raw, to="Sent", flags=("\\Seen",))
        self._remove(self.uid)

    def delete(self) -> None:
        self.world.server.move("Drafts", self.uid, "Trash")

    def discard(self) -> None:
        """The window of an answer is closed, and what it had saved by itself is removed."""
        self._remove(self.uid)

    def _new(self) -> str:
        Thunderbird.count += 1
        return f"<{Thunderbird.count:08}-88c2@shop.example>"

    def _remove(self, uid: int) -> None:
        if uid in self.world.server.folders["Drafts"].mails:
            self.world.server.expunge("Drafts", uid)


class NeoMutt(Composer):
    def opened(self) -> None:
        self.world.server.expunge("Drafts", self.uid)

    def save(self, text: str) -> None:
        """It is closed with that; opened again it is gone again."""
        self.raw = self._kept(text)
        self.uid = self.world.deliver(self.raw, to="Drafts", flags=("\\Draft",))

    def send(self, text: str) -> None:
        if self.uid in self.world.server.folders["Drafts"].mails:
            self.opened()
        self.world.deliver(self._kept(text), to="Sent", flags=("\\Seen",))

    def delete(self) -> None:
        if self.uid in self.world.server.folders["Drafts"].mails:
            self.opened()

    def _kept(self, text: str) -> bytes:
        return written(self.raw, str(read(self.raw)["Message-ID"]), text)


PROGRAMS = pytest.mark.parametrize("program", [Thunderbird, NeoMutt])


def opened(program: type[Composer], world: World) -> Composer:
    """The only letter."""
    (uid,) = world.server.folders["Drafts"].mails
    return program(world, uid)


def answering(world: World, own: str = "<his@shop.example>") -> int:
    """He answers with Reply, and it is saved in the middle; the UID."""
    (letter,) = world.server.mails("Drafts")
    his = written(letter.raw, own, "I am sorry. A new cup leaves tomorrow.")
    return world.deliver(his, to="Drafts", flags=("\\Draft",))


def found_it(world: World) -> None:
    more = f"In-Reply-To: {msgid(1)}\r\nReferences: {msgid(1)}\r\n"
    ada = "Ada Fox <ada@customer.example>"
    later = world.now + timedelta(minutes=1)
    world.deliver(mail(2, FOUND, sender=ada, subject="Re: My order", more=more, date=later))


def entry(world: World) -> Entry:
    """What is known of the first mail."""
    told = history(world.folder, OWNER.key, 0.0)
    (found,) = (e for e in told if isinstance(e, Entry) and e.judged.message_id == msgid(1))
    return found


def letter(world: World) -> LaidLetter:
    """What is known of the letter to it."""
    found = entry(world).letter
    assert found is not None
    return found


def withdrawn(world: World, *, minutes: float) -> list[str]:
    return [e.why for e in world.cycle(minutes=minutes) if isinstance(e, DraftWithdrawn)]


@PROGRAMS
def test_saved_with_a_change_then_sent(world: World, program: type[Composer]) -> None:
    """Edited, then sent, and so much of it changed."""
    composer = opened(program, world)
    composer.save(edited(composer.raw))
    assert withdrawn(world, minutes=45) == []
    assert letter(world).fate == "edited"
    (lying,) = world.server.mails("Drafts")
    assert b"Warmest" in lying.raw, "his own lies there, alone"
    composer.send(edited(composer.raw))
    world.cycle(minutes=5)
    assert letter(world).fate == "sent"
    assert 0.0 < (letter(world).changed or 0.0) < 0.1
    assert entry(world).how == "letter"
    assert not world.drafts()


@PROGRAMS
def test_sent_as_it_is(world: World, program: type[Composer]) -> None:
    """Lines that were broken anew are no change."""
    composer = opened(program, world)
    world.cycle(minutes=5)
    composer.send(said(composer.raw))
    world.cycle(minutes=5)
    assert (letter(world).fate, letter(world).changed) == ("sent", 0.0)
    assert entry(world).how == "letter"


@PROGRAMS
def test_saved_and_deleted(world: World, program: type[Composer]) -> None:
    """What was deleted bears no id of ours in the one, and is in no Trash in the other: told at the
    latest a day after. It is not laid again."""
    composer = opened(program, world)
    composer.save(edited(composer.raw))
    world.cycle(minutes=5)
    composer.delete()
    world.cycle(minutes=5)
    world.cycle(minutes=COMPOSED / 60)
    assert letter(world).fate == "discarded"
    assert not world.drafts()


def test_deleted_as_it_is(world: World) -> None:
    """By Thunderbird, which keeps it in Trash."""
    opened(Thunderbird, world).delete()
    world.cycle(minutes=5)
    assert letter(world).fate == "discarded"


def test_closed_without_saving(world: World) -> None:
    """Thunderbird leaves no trace: it waits. NeoMutt had taken it away, and it is lost with it."""
    opened(Thunderbird, world)
    world.cycle(minutes=5)
    assert letter(world).fate == ""
    opened(NeoMutt, world)
    world.cycle(minutes=5)
    assert letter(world).fate == "gone"
    world.cycle(minutes=COMPOSED / 60)
    assert letter(world).fate == "discarded"
    assert not world.drafts()


@pytest.mark.parametrize("own", ["<his@shop.example>", ""])
def test_an_answer_of_his_own_is_saved(world: World, own: str) -> None:
    """Under an id, or under none, as NeoMutt postpones it: ours goes, half an hour old."""
    answering(world, own)
    assert withdrawn(world, minutes=29) == []
    assert withdrawn(world, minutes=1) == ["answered"]
    (left,) = world.drafts()
    assert left["Message-ID"] == (own or None)


@pytest.mark.parametrize("own", ["<his@shop.example>", ""])
def test_an_answer_of_his_own_is_thrown_away(world: World, own: str) -> None:
    """Thunderbird saves one by itself after five minutes. Ours is the only one again, and stays."""
    his = answering(world, own)
    for _ in range(2):
        assert withdrawn(world, minutes=5) == []
    world.server.expunge("Drafts", his)
    for _ in range(3):
        assert withdrawn(world, minutes=40) == []
    assert letter(world).fate == ""
    assert world.answered() == {msgid(1): 1}


def test_found_while_it_is_open_in_thunderbird(world: World) -> None:
    """It is taken away under the window, which sends it all the same: there is one, in Sent."""
    composer = opened(Thunderbird, world)
    found_it(world)
    assert withdrawn(world, minutes=5) == []
    assert withdrawn(world, minutes=26) == ["settled"]
    composer.send(edited(composer.raw))
    world.cycle(minutes=5)
    assert entry(world).how == "letter"
    assert len(world.server.mails("Sent")) == 1
    assert not world.drafts()


def test_found_while_it_is_open_in_neomutt(world: World) -> None:
    """It was not there to be taken away, and nobody says that it was."""
    composer = opened(NeoMutt, world)
    world.cycle(minutes=5)
    found_it(world)
    for _ in range(3):
        assert withdrawn(world, minutes=30) == []
        assert letter(world).fate == "gone"
    composer.send(edited(composer.raw))
    world.cycle(minutes=5)
    assert letter(world).fate == "sent"


@PROGRAMS
def test_found_after_it_was_saved(world: World, program: type[Composer]) -> None:
    """What he has changed stays his, whatever the customer writes."""
    composer = opened(program, world)
    composer.save(edited(composer.raw))
    found_it(world)
    for _ in range(3):
        assert withdrawn(world, minutes=40) == []
    assert letter(world).fate == "edited"
    assert [each.raw for each in world.server.mails("Drafts")] == [composer.raw]
