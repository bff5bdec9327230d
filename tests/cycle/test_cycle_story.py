"""One message's way through the house, told on a server in memory."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from servers.memory import FaultAt
from world import ACCOUNT, MORNING, OWNER, World, mail, msgid

from triage.cycle import (
    CopiesRemoved,
    DraftDelayed,
    DraftDropped,
    DraftStored,
    Handled,
    superfluous,
)
from triage.errors import AppendRefused, AppendUnknown, MailboxError
from triage.place import Ref, Stored
from triage.reply import Shop


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def told(events: list[object]) -> list[tuple[int, str, str, str]]:
    """UID, outcome, reason and why there is no draft, of each message handled."""
    return [
        (event.ref.uid, event.finding.outcome, event.finding.reason, event.finding.undrafted)
        for event in events
        if isinstance(event, Handled)
    ]


def test_complaint_is_flagged_and_answered(world: World) -> None:
    """The whole way: a flag, a keyword, and one reply in Drafts in the right thread."""
    world.deliver(mail(1, "The cup arrived broken."))
    world.cycle()
    (draft,) = world.drafts()
    assert draft["In-Reply-To"] == msgid(1)
    assert draft["References"] == msgid(1)
    assert draft["Subject"] == "Re: My order"
    assert "ada@customer.example" in draft["To"]
    assert OWNER.addr in draft["From"]
    (complaint,) = world.server.mails("INBOX")
    assert complaint.flags == {"\\Flagged", "Complaint"}
    (stored,) = world.server.mails("Drafts")
    assert stored.flags == {"\\Draft", "\\Seen"}


def test_second_cycle_does_nothing(world: World) -> None:
    """What is finished stays finished: nothing is fetched, marked or appended again."""
    for number in range(5):
        world.deliver(mail(number, f"cup {number} is broken"))
    world.cycle()
    world.server.log.clear()
    assert world.cycle(minutes=5) == []
    world.restart()
    assert world.cycle(minutes=5) == []
    assert {step for step, _ in world.server.log} == {"connect", "open", "uids"}


def test_ordinary_mail_is_left_alone(world: World) -> None:
    """No flag, no draft, no change: thanks, questions, and what the program is unsure of."""
    world.deliver(mail(1, "Thank you, it is lovely."))
    world.deliver(mail(2, "Hmm."))
    world.deliver(mail(3, "broken", sender=f"Mira <{OWNER.addr}>"))
    events = world.cycle()
    assert told(events) == [
        (1, "passed", "no-complaint", "passed"),
        (2, "unsure", "in-between", "unsure"),
        (3, "skipped", "own", "skipped"),
    ]
    assert all(not found.flags for found in world.server.mails("INBOX"))
    assert not world.drafts()


def test_mail_of_before_the_look_back_is_not_read(world: World) -> None:
    """First contact never opens the owner's whole past."""
    world.deliver(mail(1, "broken"), days_ago=40)
    world.deliver(mail(2, "broken"), days_ago=6)
    events = world.cycle()
    assert [uid for uid, *_ in told(events)] == [2]
    world.deliver(mail(3, "broken too"))
    assert [uid for uid, *_ in told(world.cycle(minutes=1))] == [3]


def test_old_mail_that_comes_back_is_not_answered(world: World) -> None:
    """A restored backup brings old mails under new UIDs: Received says how old they are."""
    world.cycle()
    old = MORNING - timedelta(days=400)
    received = f"Received: from a by b; {old:%a, %d %b %Y %H:%M:%S +0000}\r\n"
    world.deliver(mail(1, "broken", more=received))
    assert told(world.cycle(minutes=1)) == [(1, "skipped", "old", "skipped")]
    assert not world.drafts()


def test_uidvalidity_change_answers_nothing_again(world: World) -> None:
    """After the provider moved the mailbox the same mails are recognised, new ones answered."""
    for number in range(4):
        world.deliver(mail(number, f"cup {number} is broken"))
    world.cycle()
    world.server.renumber("INBOX", first=50)
    world.deliver(mail(9, "this one is new, and broken"))
    assert [uid for uid, *_ in told(world.cycle(minutes=1))] == [54]
    assert world.answered() == {msgid(number): 1 for number in (0, 1, 2, 3, 9)}


def test_renumbered_under_the_same_uidvalidity(world: World) -> None:
    """UIDNEXT going backwards is noticed, and means the same."""
    for number in range(4):
        world.deliver(mail(number, f"cup {number} is broken"))
    world.cycle()
    inbox = world.server.folders["INBOX"]
    del inbox.mails[1], inbox.mails[2]
    inbox.mails = dict(enumerate(inbox.mails.values(), 1))
    inbox.uidnext = 3
    world.deliver(mail(9, "this one is new, and broken"))
    world.cycle(minutes=1)
    assert world.answered() == {msgid(number): 1 for number in (0, 1, 2, 3, 9)}


def test_copy_in_another_mailbox_is_the_same_message(tmp_path: Path) -> None:
    """One message, many places: one verdict, one draft."""
    world = World(tmp_path, account=replace(ACCOUNT, mailboxes=("INBOX", "Orders")))
    world.server.create("Orders")
    world.deliver(mail(1, "broken"))
    world.deliver(mail(1, "broken"), to="Orders")
    world.deliver(mail(1, "broken"))
    assert len(told(world.cycle())) == 1
    assert world.answered() == {msgid(1): 1}


def test_same_letter_again_is_a_repeat(world: World) -> None:
    """Sent twice by the customer: flagged twice, answered once; after a week it is a new one."""
    world.deliver(mail(1, "It is broken!"))
    world.deliver(mail(2, "It is   broken!"))
    events = world.cycle()
    assert told(events)[1] == (2, "repeat", "repeat", "repeat")
    assert world.flagged() == {msgid(1), msgid(2)}
    assert world.answered() == {msgid(1): 1}
    world.now += timedelta(days=8)
    world.deliver(mail(3, "It is broken!"))
    world.cycle()
    assert world.answered() == {msgid(1): 1, msgid(3): 1}


@pytest.mark.parametrize("folder", ["Sent", "Drafts"])
def test_owner_who_is_answering_is_not_disturbed(world: World, folder: str) -> None:
    """A reply of the owner's in Sent, or begun in Drafts: flagged, but no second letter."""
    own = mail(99, "I am on it", sender=OWNER.addr, more=f"In-Reply-To: {msgid(1)}\r\n")
    world.deliver(own, to=folder)
    world.deliver(mail(1, "broken"))
    assert told(world.cycle()) == [(1, "flagged", "complaint", f"answered-in-{folder}")]
    assert [found.raw for found in world.server.mails(folder)] == [own]


def test_answered_flag_is_believed(world: World) -> None:
    """\\Answered, in whatever case: the owner's mail program has sent an answer."""
    world.deliver(mail(1, "broken"), flags=("\\ANSWERED",))
    assert told(world.cycle()) == [(1, "flagged", "complaint", "answered")]
    assert not world.drafts()


def test_bad_mail_is_one_bad_mail(world: World) -> None:
    """A mail that breaks the program is tried three times and listed; the others go their way."""
    world.deliver(mail(1, "crash the judge"))
    world.deliver(mail(2, "broken"))
    given_up = []
    for _ in range(5):
        given_up += [
            (event.finding.reason, event.given_up)
            for event in world.cycle(minutes=5)
            if isinstance(event, Handled) and event.ref.uid == 1
        ]
    assert given_up == [("message-broke-triage", last) for last in (False, False, True)]
    assert world.answered() == {msgid(2): 1}


def test_mail_that_vanishes_is_finished(world: World) -> None:
    """Expunged between SEARCH and FETCH: nothing to do, and not asked for again."""
    uid = world.deliver(mail(1, "broken"))
    world.deliver(mail(2, "broken"))

    def vanish(moment: str, step: str) -> None:
        if (moment, step) == ("before", "fetch") and uid in world.server.folders["INBOX"].mails:
            world.server.expunge("INBOX", uid)

    world.server.fault = vanish
    world.cycle()
    assert world.answered() == {msgid(2): 1}
    world.server.log.clear()
    world.cycle(minutes=1)
    assert ("fetch", "INBOX") not in world.server.log


def test_junk_is_listed_not_answered(tmp_path: Path) -> None:
    """A complaint in Junk is shown to the owner; rescued into the inbox it is answered."""
    world = World(tmp_path, account=replace(ACCOUNT, listed=("Junk",)))
    uid = world.deliver(mail(1, "broken"), to="Junk")
    assert told(world.cycle()) == [(uid, "unsure", "complaint-in-junk", "unsure")]
    assert not world.drafts()
    assert not world.server.mails("Junk")[0].flags
    assert told(world.cycle(minutes=1)) == []
    world.server.move("Junk", uid, "INBOX")
    assert [outcome for _, outcome, *_ in told(world.cycle(minutes=1))] == ["flagged"]
    assert world.answered() == {msgid(1): 1}


def test_order_status_is_answered_on_request(tmp_path: Path) -> None:
    """A neutral question is passed, and gets a letter only where the shop asks for it."""
    question = mail(1, "When will it come?")
    silent, willing = World(tmp_path / "a"), World(tmp_path / "b", shop=Shop(order_status=True))
    for world in (silent, willing):
        world.deliver(question)
        world.cycle()
        assert not world.flagged()
    assert not silent.drafts()
    (letter,) = willing.drafts()
    assert letter["In-Reply-To"] == msgid(1)
    assert "thank you for asking" in letter.get_content().casefold()


def test_refused_draft_does_not_hold_up_the_others(world: World) -> None:
    """Over quota: the flags are set, the drafts follow when there is room again."""
    for number in range(3):
        world.deliver(mail(number, f"cup {number} is broken"))
    full = True

    def refuse(moment: str, step: str) -> None:
        if full and (moment, step) == ("before", "append"):
            raise AppendRefused("over-quota", account="shop")

    world.server.fault = refuse
    events = world.cycle()
    assert [type(event) for event in events if not isinstance(event, Handled)] == [DraftDelayed] * 3
    assert world.flagged() == {msgid(number) for number in range(3)}
    full = False
    world.cycle(minutes=10)
    assert world.answered() == {msgid(number): 1 for number in range(3)}


def test_late_original_is_swept(world: World) -> None:
    """An APPEND times out, the second look finds nothing, the retry succeeds, the first arrives."""
    world.deliver(mail(1, "broken"))
    lost: list[bytes] = []

    def lose(moment: str, step: str) -> None:
        if (moment, step) == ("before", "append") and not lost:
            lost.append(b"on its way")
            raise AppendUnknown("append-unanswered", account="shop")

    world.server.fault = lose
    with pytest.raises(MailboxError):
        world.cycle()
    world.cycle(minutes=1)
    assert not world.drafts(), "not before the APPEND has settled"
    world.cycle(minutes=2)
    assert world.answered() == {msgid(1): 1}
    (draft,) = world.server.mails("Drafts")
    world.deliver(draft.raw, to="Drafts", flags=draft.flags)  # the late original
    assert world.answered() == {msgid(1): 2}
    events = world.cycle(minutes=11)
    assert [event.count for event in events if isinstance(event, CopiesRemoved)] == [1]
    assert world.answered() == {msgid(1): 1}


def test_owner_was_faster_than_the_retry(world: World) -> None:
    """While a draft waited for room the owner answered himself: it is dropped for good."""
    world.deliver(mail(1, "broken"))
    world.server.fault = FaultAt(None)

    def refuse(moment: str, step: str) -> None:
        if (moment, step) == ("before", "append"):
            raise AppendRefused("over-quota", account="shop")

    world.server.fault = refuse
    world.cycle()
    world.restart()
    world.deliver(
        mail(99, "Done", sender=OWNER.addr, more=f"References: {msgid(1)}\r\n"), to="Sent"
    )
    events = world.cycle(minutes=10)
    assert [event.why for event in events if isinstance(event, DraftDropped)] == ["answered"]
    world.cycle(minutes=9999)
    assert not world.drafts()


@pytest.mark.parametrize("fate", ["sent", "binned", "gone"])
def test_draft_once_stored_is_the_owners(world: World, fate: str) -> None:
    """Sent, binned, or taken away by a composer: never created again, even after a renumbering."""
    world.deliver(mail(1, "broken"))
    world.cycle()
    (uid,) = world.server.folders["Drafts"].mails
    if fate == "gone":
        world.server.expunge("Drafts", uid)
    else:
        world.server.move("Drafts", uid, "Sent" if fate == "sent" else "Trash")
    world.server.renumber("INBOX", first=70)
    world.cycle(minutes=60)
    world.restart()
    assert [event for event in world.cycle(minutes=60) if isinstance(event, DraftStored)] == []
    assert not world.drafts()


def test_lost_ledger_makes_no_second_draft(world: World, tmp_path: Path) -> None:
    """First contact again: drafts on the server are recognised by ids that can be computed."""
    for number in range(3):
        world.deliver(mail(number, f"cup {number} is broken"))
    world.cycle()
    (first, second, _) = world.server.folders["Drafts"].mails
    world.server.move("Drafts", first, "Sent")
    world.server.move("Drafts", second, "Trash")
    world.folder = tmp_path / "new"
    world.restart()
    world.cycle(minutes=1)
    assert world.answered() == {msgid(2): 1}


UNTOUCHED, EDITED = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("copies", "removed"),
    [
        ([(5, UNTOUCHED)], []),
        ([(5, UNTOUCHED), (6, UNTOUCHED)], [6]),
        ([(4, UNTOUCHED), (5, UNTOUCHED)], [4]),
        ([(6, UNTOUCHED), (7, UNTOUCHED)], [7]),
        ([(5, UNTOUCHED), (6, EDITED)], [5]),
        ([(6, EDITED), (7, EDITED)], []),
        ([(6, EDITED), (7, UNTOUCHED), (8, UNTOUCHED)], [7, 8]),
        ([], []),
    ],
)
def test_which_copies_are_too_many(copies: list[tuple[int, str]], removed: list[int]) -> None:
    """One stays: the owner's if he touched one, else the one first stored (UID 5). None of his."""
    found = [Stored(Ref("Drafts", 1, uid), digest) for uid, digest in copies]
    chosen = superfluous(found, Stored(Ref("Drafts", 1, 5), UNTOUCHED))
    assert [copy.ref.uid for copy in chosen] == removed
