"""One message's way through the house, told on a server in memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from servers.memory import FaultAt, MemoryMailboxes
from world import ACCOUNT, MORNING, OWNER, World, mail, msgid

from triage.errors import AppendRefused, AppendUnknown, MailboxError, Refusal, StateError
from triage.event import (
    DraftDelayed,
    DraftDropped,
    DraftStored,
    Handled,
    MailboxMissing,
    NotMarked,
)
from triage.place import Fetched, Head
from triage.record import Judged
from triage.reply import Shop

NO_IDS = frozenset[str]()
ADA = "Ada Fox <ada@customer.example>"


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
    looks = {"connect", "open", "heads", "uids", "flags", "lying"}
    assert {step for step, _ in world.server.log} == looks


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
    world.deliver(mail(1, "broken", more=received, date=old))
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


def restored(world: World, *later: bytes) -> None:
    """The inbox as it was in a backup of before the last mail, and what came since."""
    inbox = world.server.folders["INBOX"]
    lost = max(inbox.mails)
    del inbox.mails[lost]
    inbox.uidnext = lost
    for raw in later:
        world.deliver(raw)


def test_uids_given_away_again_after_a_backup(world: World) -> None:
    """A restored mailbox keeps its UIDVALIDITY and gives the UIDs of what was lost to other mail:
    none of it is missed, and none of the old is answered again."""
    for number in (1, 2):
        world.deliver(mail(number, f"broken {number}"))
    world.cycle()
    restored(world, mail(3, "broken, too"))
    world.cycle(minutes=5)
    assert world.answered() == {msgid(n): 1 for n in (1, 2, 3)}
    assert world.cycle(minutes=5) == []


def test_what_only_looks_like_another_mail(world: World) -> None:
    """A Message-ID that servers read in their own way re-reads no mailbox."""
    world.deliver(mail(1, "broken", more="Message-ID : <other@customer.example>\r\n"))
    world.deliver(mail(2, "lovely"))
    world.cycle()
    asked = [("uids", "INBOX"), ("heads", "INBOX")]
    for own in (frozenset({"<x@y>"}), frozenset[str](), None):
        world.server.log.clear()
        world.server.says_heads = {} if own is None else {1: Head(own, NO_IDS, NO_IDS)}
        world.cycle(minutes=5)
        read = [step for step in world.server.log if step[0] == "fetch"]
        assert len(read) == bool(own), "read again once, and known"
        assert set(asked) <= set(world.server.log)
    assert world.answered() == {msgid(1): 1}


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
    world.deliver(mail(2, "It is   broken!", sender=ADA))
    events = world.cycle()
    assert told(events)[1] == (2, "repeat", "repeat", "repeat")
    assert world.flagged() == {msgid(1), msgid(2)}
    assert world.answered() == {msgid(1): 1}
    world.now += timedelta(days=8)
    world.deliver(mail(3, "It is broken!", sender=ADA))
    world.cycle()
    assert world.answered() == {msgid(1): 1, msgid(3): 1}


@pytest.mark.parametrize("folder", ["Sent", "Drafts"])
def test_owner_who_is_answering_is_not_disturbed(world: World, folder: str) -> None:
    """A reply of the owner's in Sent, or begun in Drafts: flagged, but no second letter."""
    own = mail(99, "I am on it", sender=OWNER.addr, more=f"In-Reply-To: {msgid(1)}\r\n")
    world.deliver(own, to=folder)
    world.deliver(mail(1, "broken"))
    events = world.cycle()
    assert told(events) == [(1, "flagged", "complaint", "")]
    assert [event.why for event in events if isinstance(event, DraftDropped)] == [
        f"answered-in-{folder}"
    ]
    assert [found.raw for found in world.server.mails(folder)] == [own]


def test_answered_flag_is_believed(world: World) -> None:
    """\\Answered, in whatever case: the owner's mail program has sent an answer."""
    world.deliver(mail(1, "broken"), flags=("\\ANSWERED",))
    assert told(world.cycle()) == [(1, "flagged", "complaint", "answered")]
    assert not world.drafts()


def test_bad_mail_is_one_bad_mail(world: World) -> None:
    """A mail that breaks the program is tried for a day and listed; the others go their way."""
    world.deliver(mail(1, "crash the judge"))
    world.deliver(mail(2, "broken"))
    given_up = []
    for _ in range(40):
        given_up += [
            (event.finding.reason, event.given_up)
            for event in world.cycle(minutes=60)
            if isinstance(event, Handled) and event.ref.uid == 1
        ]
    assert given_up == [("message-broke-triage", last) for last in [False] * 6 + [True]]
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
    assert told(world.cycle()) == [(uid, "unsure", "complaint-in-junk", "only-listed")]
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


class Always:
    """Raises an error each time a moment comes, while `when` says so."""

    def __init__(
        self, step: str, error: Exception, when: Callable[[], bool] = lambda: True
    ) -> None:
        self.step, self.error, self.when = step, error, when

    def __call__(self, moment: str, step: str) -> None:
        if (moment, step) == ("before", self.step) and self.when():
            raise self.error


REFUSED = Refusal("server-refused", command="UID STORE", answer="NO")
BROKEN = MailboxError("connection-lost", host="h", doing="d")


@pytest.mark.parametrize("error", [REFUSED, BROKEN], ids=["refused", "broken"])
@pytest.mark.parametrize("step", ["find", "answered", "append"])
def test_what_fails_for_ever_keeps_nothing_waiting(
    world: World, step: str, error: MailboxError
) -> None:
    """Sent unreadable, Drafts closed: letters wait longer and longer; mail is judged and flagged
    all the same, and once it is mended every complaint has its one letter."""
    if step == "append" and error is REFUSED:
        error = AppendRefused("append-refused")
    world.server.fault = Always(step, error)
    for number in range(8):
        world.deliver(mail(number, f"cup {number} is broken"))
    refused = 0
    for _ in range(60):
        try:
            world.cycle(minutes=5)
        except MailboxError:
            refused += 1
    assert refused == 0 or error is BROKEN
    world.deliver(mail(99, "this one is broken too"))
    with suppress(MailboxError):
        world.cycle(minutes=1)
    assert world.flagged() == {msgid(number) for number in (*range(8), 99)}
    assert world.server.log.count(("append", "Drafts")) == 0
    world.restart()
    world.cycle(minutes=7 * 60)
    assert world.answered() == {msgid(number): 1 for number in (*range(8), 99)}


def test_server_that_swallows_letters_gets_no_more_of_them(world: World) -> None:
    """OK said, and nothing there, again and again: given up after three, loudly."""
    world.deliver(mail(1, "broken"))

    def swallow(moment: str, step: str) -> None:
        if (moment, step) == ("before", "read-back"):
            (uid,) = world.server.folders["Drafts"].mails
            world.server.expunge("Drafts", uid)
            raise AppendUnknown("append-not-found", mailbox="Drafts")

    world.server.fault = swallow
    dropped = []
    for _ in range(40):
        with suppress(AppendUnknown):
            events = world.cycle(minutes=60)
            dropped += [event.why for event in events if isinstance(event, DraftDropped)]
    assert dropped == ["never-confirmed"]
    assert world.server.log.count(("append", "Drafts")) == 3


def test_flag_that_is_refused_is_told_and_passed_over(world: World) -> None:
    """A mailbox shared without the right to flag: the letter is laid all the same."""
    world.server.fault = Always("flag", REFUSED)
    world.deliver(mail(1, "broken"))
    world.deliver(mail(2, "lovely"))
    events = world.cycle()
    assert [event.ref.uid for event in events if isinstance(event, NotMarked)] == [1]
    assert world.answered() == {msgid(1): 1}
    assert len(told(events)) == 2


def test_mail_that_breaks_the_line_is_put_off_and_given_up(world: World) -> None:
    """One mail the server cannot hand out: the others are served, it is listed in the end."""
    for number in range(1, 6):
        world.deliver(mail(number, f"cup {number} is broken"))
    poison = world.server.folders["INBOX"].mails[3]
    mailboxes = world.connect

    def breaking() -> MemoryMailboxes:
        connection = mailboxes()
        fetch = connection.fetch

        def broken(uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
            if 3 in uids and world.server.folders["INBOX"].mails.get(3) is poison:
                raise BROKEN
            yield from fetch(uids)

        connection.fetch = broken  # type: ignore[method-assign]
        return connection

    world.connect = breaking  # type: ignore[method-assign]
    ended: list[tuple[str, bool]] = []
    for _ in range(60):
        with suppress(MailboxError):
            ended += [
                (event.finding.reason, event.given_up)
                for event in world.cycle(minutes=60)
                if isinstance(event, Handled) and event.ref.uid == 3
            ]
    assert world.answered() == {msgid(number): 1 for number in (1, 2, 4, 5)}
    assert ended == [("fetch-broke-off", True)]


def test_mail_that_reappears_is_judged(world: World) -> None:
    """Marked \\Deleted when it was looked at, and taken back: it is new again."""
    uid = world.deliver(mail(1, "broken"), flags=("\\Deleted",))
    assert told(world.cycle()) == []
    world.server.folders["INBOX"].mails[uid].flags = frozenset()
    assert [outcome for _, outcome, *_ in told(world.cycle(minutes=1))] == ["flagged"]


def test_mailbox_that_is_gone_stops_no_other(tmp_path: Path) -> None:
    """A side folder was deleted: said, and the inbox is served."""
    world = World(tmp_path, account=replace(ACCOUNT, mailboxes=("INBOX", "Orders"), listed=("X",)))
    world.deliver(mail(1, "broken"))
    events = world.cycle()
    missing = [event.mailbox for event in events if isinstance(event, MailboxMissing)]
    assert missing == ["Orders", "X"]
    assert world.answered() == {msgid(1): 1}


def test_wrong_clock_of_the_server_hides_no_mail(world: World) -> None:
    """A Received of years ago on a mail written today: it is new."""
    received = "Received: from a by b; Tue, 05 Mar 2019 10:00:00 +0000\r\n"
    world.deliver(mail(1, "broken", more=received))
    assert [outcome for _, outcome, *_ in told(world.cycle())] == ["flagged"]


def test_wrong_clock_of_this_machine_reads_nothing(world: World) -> None:
    """A clock of 1970 would make the owner's whole past new."""
    world.deliver(mail(1, "broken"))
    world.now = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    with pytest.raises(StateError, match="clock-behind"):
        world.cycle()


def test_order_question_in_junk_is_not_answered(tmp_path: Path) -> None:
    """Nothing in a folder that is only listed is drafted; rescued it gets its letter."""
    world = World(
        tmp_path, shop=Shop(order_status=True), account=replace(ACCOUNT, listed=("Junk",))
    )
    uid = world.deliver(mail(1, "When will it come?"), to="Junk")
    assert told(world.cycle()) == [(uid, "passed", "no-complaint", "only-listed")]
    assert not world.drafts()
    world.server.move("Junk", uid, "INBOX")
    world.cycle(minutes=1)
    assert world.answered() == {msgid(1): 1}


def test_same_words_of_two_customers_by_one_form(world: World) -> None:
    """The shop's form writes for both: each is a customer of her own, and is answered."""
    for number, customer in enumerate(("ada", "eve"), 1):
        more = f"Reply-To: {customer}@customer.example\r\n"
        form = f"Shop form <{OWNER.addr}>"
        world.deliver(mail(number, "My cup is broken", sender=form, more=more))
    world.cycle()
    assert world.answered() == {msgid(1): 1, msgid(2): 1}


def test_message_the_ledger_cannot_take_is_set_aside(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a stranger find a way to break a row, it is his row alone that is broken."""
    world.deliver(mail(1, "broken"))
    world.deliver(mail(2, "this is broken, too"))
    judge = world.ledger._judge

    def touchy(message: Judged) -> None:
        if message.message_id == msgid(1):
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        judge(message)

    monkeypatch.setattr(world.ledger, "_judge", touchy)
    assert [reason for _, _, reason, _ in told(world.cycle())] == [
        "message-broke-triage",
        "complaint",
    ]
    assert world.answered() == {msgid(2): 1}
