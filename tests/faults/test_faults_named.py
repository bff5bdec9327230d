"""What befalls a shop in the end, one by one, on a real Dovecot: see also `make faults`, which
draws from all of it."""

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cycle.world import mail, msgid
from faults.shop import ONE, TWO, Shop
from servers.chaos import Act, Chaos
from servers.dovecot import Dovecot

from triage.errors import AccountError, AppendUnknown, MailboxError
from triage.event import CopiesRemoved, DraftDelayed, Event, MailboxMissing
from triage.mailbox import Timeouts, connect
from triage.reply import is_draft_id

DAY = 24 * 60  # minutes


@pytest.fixture
def shop(dovecot: Dovecot, tmp_path: Path) -> Iterator[Shop]:
    yield from opened(dovecot, tmp_path)


@pytest.fixture
def own_shop(own_dovecot: Dovecot, tmp_path: Path) -> Iterator[Shop]:
    """On a server that nobody else uses, to be stopped and cut."""
    yield from opened(own_dovecot, tmp_path)


def opened(server: Dovecot, folder: Path) -> Iterator[Shop]:
    shop = Shop(server, f"named-{folder.name}"[:60].strip("-"), folder)
    yield shop
    shop.stand_up()


def one_each(*numbers: int) -> Counter[str]:
    return Counter(msgid(number) for number in numbers)


def delayed(told: list[Event]) -> list[str]:
    return [event.error.kind for event in told if isinstance(event, DraftDelayed)]


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_the_server_is_started_again(own_shop: Shop, end: str) -> None:
    """In order, or after a power cut: what came before and after has one draft."""
    own_shop.deliver(1, "broken")
    own_shop.look()
    own_shop.deliver(2, "broken, too")
    with own_shop.away():
        getattr(own_shop.server, end)()
        with pytest.raises(MailboxError):
            own_shop.look(minutes=5)
        own_shop.server.start()
    own_shop.deliver(3, "broken as well")
    own_shop.look(minutes=5)
    assert own_shop.answered() == one_each(1, 2, 3)


@pytest.mark.parametrize("folder", ["INBOX", "Drafts"])
def test_the_lists_of_uids_are_lost(own_shop: Shop, folder: str) -> None:
    """As after an upgrade that went wrong: other UIDs, another UIDVALIDITY."""
    own_shop.deliver(1, "broken")
    own_shop.look()
    own_shop.deliver(2, "broken, too")
    with own_shop.away():
        own_shop.server.renumber(own_shop.user, folder)
    for minutes in (5, 5, DAY, DAY):
        own_shop.look(minutes=minutes)
        assert own_shop.answered() == one_each(1, 2)


def test_uidvalidity_changes_during_idle(own_shop: Shop) -> None:
    """The wait ends, and the next look answers what is new, and nothing that is old."""
    own_shop.deliver(1, "broken")
    own_shop.look()
    waiting, ended = threading.Event(), list[str]()
    account = own_shop.account

    def wait() -> None:
        with connect(account, is_ours=is_draft_id) as session:
            try:
                session.wait("INBOX", 60, lambda _: bool(waiting.set()))
                ended.append("news")
            except MailboxError as error:
                ended.append(error.kind)

    thread = threading.Thread(target=wait)
    thread.start()
    assert waiting.wait(20)
    with own_shop.away():
        own_shop.server.renumber(own_shop.user, "INBOX")
        thread.join(20)
    assert ended == ["connection-lost"]
    own_shop.deliver(2, "broken, too")
    own_shop.look(minutes=1)
    assert own_shop.answered() == one_each(1, 2)


def test_the_maildir_comes_from_a_backup(own_shop: Shop) -> None:
    """All is as it was the day before, and what came since bears the UIDs of what was lost: it is
    answered; a draft that the owner had sent and that lies there again is not touched."""
    maildir, backup = own_shop.server.maildir(own_shop.user), own_shop.folder / "backup"
    own_shop.deliver(1, "broken")
    own_shop.look()
    with own_shop.away():
        own_shop.server.stop()
        shutil.copytree(maildir, backup, symlinks=True)
        own_shop.server.start()
    (draft,) = own_shop.ours()
    own_shop.owner.move("Drafts", draft.uid, "Sent")
    own_shop.deliver(2, "broken, and lost with the disk")
    own_shop.look(minutes=DAY)
    with own_shop.away():
        own_shop.server.stop()
        restored(backup, maildir)
        own_shop.server.start()
    own_shop.deliver(3, "broken, and come since")
    own_shop.deliver(4, "broken, and come since as well")
    for minutes in (5, 60, DAY, DAY):
        own_shop.look(minutes=minutes)
        assert own_shop.answered() == one_each(1, 3, 4)
    assert [lying.raw for lying in own_shop.ours() if lying.answers == msgid(1)] == [draft.raw]


def restored(backup: Path, maildir: Path) -> None:
    """With the owners of the files, which a copy does not keep."""
    owner = maildir.stat()
    shutil.rmtree(maildir)
    shutil.copytree(backup, maildir, symlinks=True)
    for path in (maildir, *maildir.rglob("*")):
        shutil.chown(path, owner.st_uid, owner.st_gid)


def test_old_mail_comes_back_under_new_uids(shop: Shop) -> None:
    """Mail out of a backup, copied into the inbox beside what is there: known, whatever its UID;
    and mail of before the first contact is not answered at all."""
    raw = shop.deliver(1, "broken")
    shop.look()
    (draft,) = shop.ours()
    shop.owner.move("Drafts", draft.uid, "Sent")
    shop.owner.deliver("INBOX", raw, internal_date=shop.now)
    old = mail(9, "broken long ago", date=shop.now - timedelta(days=90))
    shop.owner.deliver("INBOX", old, internal_date=shop.now - timedelta(days=90))
    shop.look(minutes=5)
    assert not shop.answered()


def test_a_watched_mailbox_is_renamed_and_back(shop: Shop) -> None:
    """It is missed, and told of; the inbox goes on; nothing is answered twice afterwards."""
    shop.account = replace(shop.account, mailboxes=("INBOX", "Orders"))
    shop.owner.create("Orders")
    shop.deliver(1, "broken", folder="Orders")
    shop.look()
    shop.owner.client.rename_folder("Orders", "Orders of 2025")
    shop.deliver(2, "broken, too")
    told = shop.look(minutes=5)
    assert [event.mailbox for event in told if isinstance(event, MailboxMissing)] == ["Orders"]
    assert shop.answered() == one_each(1, 2)
    shop.owner.client.rename_folder("Orders of 2025", "Orders")
    shop.deliver(3, "broken as well", folder="Orders")
    shop.look(minutes=5)
    assert shop.answered() == one_each(1, 2, 3)


def test_drafts_is_deleted_and_made_again(shop: Shop) -> None:
    """While it is missing the account waits for its owner; what was deleted with it was his."""
    shop.account = replace(shop.account, drafts="Replies")
    shop.owner.create("Replies")
    shop.deliver(1, "broken")
    shop.look()
    assert len(shop.checker.lying("Replies")) == 1
    shop.owner.delete("Replies")
    shop.deliver(2, "broken, too")
    with pytest.raises(AccountError) as raised:
        shop.look(minutes=5)
    assert raised.value.kind == "drafts-missing"
    shop.owner.create("Replies")
    for minutes in (5, 60, DAY):
        shop.look(minutes=minutes)
        assert [lying.answers for lying in shop.checker.lying("Replies")] == [msgid(2)]


def test_drafts_may_not_be_written(own_shop: Shop) -> None:
    """The letter waits, and is laid when it may be; what happens besides goes on."""
    drafts = own_shop.server.maildir(own_shop.user) / ".Drafts"
    folders = [drafts, *(drafts / name for name in ("cur", "new", "tmp"))]
    own_shop.deliver(1, "broken")
    own_shop.checker.lying("Drafts")  # makes it
    for folder in folders:
        folder.chmod(0o500)
    told = own_shop.look()
    assert delayed(told) == ["append-refused"]
    own_shop.deliver(2, "broken, too")
    assert len(delayed(own_shop.look(minutes=2))) == 2
    for folder in folders:
        folder.chmod(0o700)
    own_shop.look(minutes=10)
    assert own_shop.answered() == one_each(1, 2)


def test_the_quota_is_full(tmp_path: Path) -> None:
    """OVERQUOTA: the letter waits for room, and nothing else does."""
    server = Dovecot(room="20K").start()
    try:
        shop = Shop(server, "quota", tmp_path)
        shop.deliver(1, "broken")
        filling = shop.owner.deliver("Trash", b"Subject: large\r\n\r\n" + b"x" * 76 * 258)
        assert delayed(shop.look()) == ["over-quota"]
        assert not shop.answered()
        assert not delayed(shop.look(minutes=0.5)), "not before its time"
        shop.owner.expunge("Trash", filling)
        shop.look(minutes=5)
        assert shop.answered() == one_each(1)
        shop.stand_up()
    finally:
        server.remove()


def test_the_clock_jumps_back_a_day(shop: Shop) -> None:
    """And forth again: neither missed nor answered twice."""
    shop.deliver(1, "broken")
    shop.look()
    shop.now -= timedelta(days=1)
    shop.deliver(2, "broken, too")
    shop.look(minutes=1)
    shop.now += timedelta(days=1)
    shop.deliver(3, "broken as well")
    for minutes in (1, 60, DAY):
        shop.look(minutes=minutes)
        assert shop.answered() == one_each(1, 2, 3)


@pytest.mark.parametrize("deed", ["nothing", "sends", "bins", "edits"])
@pytest.mark.parametrize("lost", [False, True], ids=["yesterday's", "none"])
def test_the_ledger_is_yesterdays_or_none(shop: Shop, deed: str, *, lost: bool) -> None:
    """What the owner did with a draft that the ledger does not know of stands."""
    ledger, copy = shop.folder / ONE, shop.folder / "copy"
    shop.deliver(1, "broken")
    shop.look()
    shutil.copytree(ledger, copy)
    shop.deliver(2, "broken, too")
    shop.look(minutes=DAY)
    (draft,) = (lying for lying in shop.ours() if lying.answers == msgid(2))
    if deed == "edits":
        edited = draft.raw + b"Yours\r\n"
        shop.owner.deliver("Drafts", edited, flags=("\\Draft",))
        shop.owner.expunge("Drafts", draft.uid)
    elif deed != "nothing":
        shop.owner.move("Drafts", draft.uid, {"sends": "Sent", "bins": "Trash"}[deed])
    shutil.rmtree(ledger)
    if not lost:
        shutil.copytree(copy, ledger)
    shop.deliver(3, "broken as well")
    there = (2, 3) if deed in {"nothing", "edits"} else (3,)
    for minutes in (5, 60, DAY, DAY):
        shop.look(minutes=minutes)
        assert shop.answered() == one_each(1, *there)
    if deed == "edits":
        assert edited in {lying.raw for lying in shop.ours()}


@pytest.mark.parametrize("apart", [0, 5], ids=["at once", "seconds apart"])
def test_two_machines_on_one_account(shop: Shop, apart: int) -> None:
    """Both look, find nothing, and lay a draft: one stays, and neither lays another."""
    shop.deliver(1, "broken")
    met = []

    def meanwhile(moment: str, step: str) -> None:
        if (moment, step) == ("before", "append") and not met:
            met.append(step)
            shop.now += timedelta(seconds=apart)
            shop.look(machine=TWO)

    shop.look(step=meanwhile)
    assert shop.answered() == Counter({msgid(1): 2})
    removed = 0
    for _ in range(3):
        for machine in (ONE, TWO):
            told = shop.look(minutes=20, machine=machine)
            removed += sum(event.count for event in told if isinstance(event, CopiesRemoved))
    assert (shop.answered(), removed) == (one_each(1), 1)


@pytest.mark.parametrize("arrives", [False, True], ids=["is lost", "arrives"])
def test_asleep_for_an_hour_in_the_middle_of_an_append(shop: Shop, *, arrives: bool) -> None:
    """A laptop is closed on it: the connection is gone when it wakes, and the letter may lie there
    or may not."""
    chaos = Chaos(shop.account.port)
    meant = Act.HOLD if arrives else Act.HOLE
    chaos.rule = lambda way, data: (
        meant if way == "up" and b"In-Reply-To: <1@" in data else Act.PASS
    )
    shop.deliver(1, "broken")
    with pytest.raises(AppendUnknown):
        shop.look(port=chaos.port, timeouts=Timeouts(connect=5.0, read=0.3, answer=0.6))
    shop.now += timedelta(hours=1)
    if arrives:
        chaos.release()
    chaos.close()
    assert shop.answered() == one_each(*[1] * arrives)
    for minutes in (0, 5, 60, DAY):
        shop.look(minutes=minutes)
        assert shop.answered() == one_each(1)


def test_stopped_at_every_step(shop: Shop) -> None:
    """SIGTERM is heard between two messages and between two letters: what is left is done by the
    next process, once."""
    after = 0
    while True:
        one, two = 100 + after, 5100 + after
        shop.deliver(one, "broken")
        shop.deliver(two, "broken, too")
        steps = list[str]()
        shop.look(
            minutes=1,
            step=lambda moment, step, steps=steps: steps.append(step),  # type: ignore[misc]
            stopping=lambda steps=steps, after=after: len(steps) >= after,  # type: ignore[misc]
        )
        shop.look(minutes=1)
        assert shop.answered() >= one_each(one, two), f"stopped after {after} steps"
        assert max(shop.answered().values()) == 1
        if len(steps) < after:
            break
        after += 5
    assert after > 50
