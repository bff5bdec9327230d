"""Looks at the teaching folders: bounded, repeatable, and never in the way of the inbox."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cycle.world import ACCOUNT, World
from servers.memory import Killed, MemoryMailboxes, MemoryServer, no_fault

from triage.account import Account
from triage.daemon import teaching
from triage.daemon.events import LessonsHeard, TeachingFailed, TeachingRefused, Told
from triage.daemon.teaching import Teacher
from triage.errors import MailboxError
from triage.learning.labels import taught
from triage.ledger import Entry, Ledger, history, waiting
from triage.mailbox.failure import Refused
from triage.mailbox.teaching import TeachingFolders
from triage.reply import draft_id

YES, NO, LATE = "Triage/Complaint", "Triage/Not a complaint", "Triage/Late"
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TAUGHT = replace(ACCOUNT, teaching="Triage")


def mail(number: int, text: str = "It came broken.") -> bytes:
    return (
        f"From: c{number}@customer.example\r\nSubject: Number {number}\r\n"
        f"Message-ID: <{number}@customer.example>\r\n\r\n{text} {number}\r\n"
    ).encode()


class Line(MemoryMailboxes):
    """A connection that makes folders, but for those in `refuses`."""

    refuses: tuple[str, ...] = ()

    def teaching(self, names: Iterable[str], *, make: bool) -> TeachingFolders:
        wanted = {name: f"Triage/{name}" for name in names}
        there = {name: full for name, full in wanted.items() if full not in self.refuses}
        for name in there.values():
            if name not in self.server.folders:
                self.server.create(name)
        missing = tuple(full for full in wanted.values() if full in self.refuses)
        return TeachingFolders(there, missing, Refused("CREATE", "NO", b"no") if missing else None)


class Desk:
    """An owner's mailbox, looked at by a process that can be started anew on the same disk."""

    def __init__(self, state: Path, account: Account = TAUGHT) -> None:
        self.state, self.account = state, account
        self.server = MemoryServer()
        self.now = MORNING
        self.told: list[Told] = []
        self.restart()
        assert not self.look()

    def restart(self) -> None:
        self.server.fault = no_fault
        self.ledger = Ledger.open(self.state, self.account.address.key)
        self.ledger.since(self.now.timestamp(), 0)
        self.teacher = Teacher(self.account, self.state, lambda: self.now, self.told.append)
        self.line = Line(self.server, self.account)

    def look(self, *, minutes: float = 1) -> bool:
        self.now += timedelta(minutes=minutes)
        if self.line._closed:
            self.line = Line(self.server, self.account)
        return self.teacher.look(self.line, self.ledger)  # type: ignore[arg-type]

    def labels(self) -> dict[str, bool | str]:
        """The labels by subject: the topic, or whether it is a complaint."""
        return {each.subject: each.topic or bool(each.complaint) for each in taught(self.state)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_copies_and_moves_are_labels(desk: Desk) -> None:
    """The newest place counts; what is taken out takes its label along; the bin is no "no"."""
    one, two = (desk.server.deliver(YES, mail(number)) for number in (1, 2))
    desk.server.deliver("Junk", mail(3))
    desk.look()
    assert desk.labels() == {"Number 1": True, "Number 2": True}
    assert desk.line.status
    assert desk.line.status.read_only
    again = desk.server.deliver(NO, mail(1))
    desk.look()
    assert desk.labels() == {"Number 1": False, "Number 2": True}
    desk.server.expunge(NO, again)
    desk.server.move(YES, two, "Trash")
    desk.look()
    assert desk.labels() == {"Number 1": True}
    desk.server.move(YES, one, "INBOX")
    desk.look()
    assert desk.labels() == {}
    assert desk.told == [
        LessonsHeard(2, 0),
        LessonsHeard(1, 0),
        LessonsHeard(1, 1),
        LessonsHeard(0, 1),
    ]


def test_a_move_from_folder_to_folder_is_one_change(desk: Desk) -> None:
    """In whichever order the folders are read."""
    uid = desk.server.deliver(YES, mail(1))
    desk.look()
    uid = desk.server.move(YES, uid, NO)
    desk.look()
    assert desk.labels() == {"Number 1": False}
    desk.server.move(NO, uid, YES)
    desk.look()
    assert desk.labels() == {"Number 1": True}
    assert desk.told == [LessonsHeard(1, 0)] * 3


def test_topics(tmp_path: Path) -> None:
    """A folder of a topic says both; seen at once beside the plain one it is the nearer word."""
    desk = Desk(tmp_path, replace(TAUGHT, teaching_topics=True))
    for folder, number in ((YES, 1), (LATE, 1), ("Triage/Praise", 2)):
        desk.server.deliver(folder, mail(number))
    desk.look()
    assert desk.labels() == {"Number 1": "late", "Number 2": "praise"}
    assert [each.complaint for each in taught(tmp_path)] == [True, False]


def test_a_folder_numbered_anew_is_read_again_and_not_doubled(desk: Desk) -> None:
    """Under another UIDVALIDITY, or under the same one; taking out still counts afterwards."""
    for number in range(3):
        desk.server.deliver(YES, mail(number))
    desk.look()
    before, told = desk.labels(), len(desk.told)
    desk.server.renumber(YES, first=20)
    desk.look()
    assert desk.labels() == before
    folder = desk.server.folders[YES]
    folder.mails, folder.uidnext = dict(enumerate(folder.mails.values(), 1)), 4
    desk.look()
    assert (desk.labels(), len(desk.told)) == (before, told)
    desk.server.expunge(YES, 2)
    desk.look()
    assert sorted(desk.labels()) == ["Number 0", "Number 2"]


def test_a_folder_that_is_lost_takes_no_label_along(desk: Desk) -> None:
    """Deleted by mistake, or not brought along to another provider: it is made again, empty."""
    desk.server.deliver(YES, mail(1))
    desk.look()
    desk.server.delete(YES)
    for _ in range(3):
        desk.look()
    assert YES in desk.server.folders
    assert desk.labels() == {"Number 1": True}


def test_bad_mails_are_bad_mails(desk: Desk) -> None:
    """Unreadable, ours, the owner's own: read once, no lesson, and the others are learned."""
    ours = draft_id("hello@shop.example", "d", 1).encode()
    desk.server.deliver(YES, b"\0" * 300)
    desk.server.deliver(YES, b"From: a@b.example\r\nMessage-ID: " + ours + b"\r\n\r\nDear Ada\r\n")
    desk.server.deliver(YES, b"From: hello@shop.example\r\nSubject: note\r\n\r\nTo do\r\n")
    desk.server.deliver(YES, mail(1))
    desk.look()
    assert desk.labels() == {"Number 1": True}
    desk.server.log.clear()
    desk.server.deliver(NO, mail(2))
    desk.look()
    assert desk.server.log.count(("fetch", YES)) == 0


def test_a_flood_is_read_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many a look, and there is more until all is read."""
    monkeypatch.setattr(teaching, "MOST", 50)
    for number in range(120):
        desk.server.deliver(YES if number % 2 else NO, mail(number))
    assert [desk.look() for _ in range(3)] == [True, True, False]
    assert len(desk.labels()) == 120
    desk.server.log.clear()
    desk.look()
    assert {step for step, _ in desk.server.log} == {"open"}


def test_a_power_cut_loses_and_doubles_nothing(desk: Desk, tmp_path: Path) -> None:
    """Wherever the process dies, another one ends with the same labels."""
    uid = desk.server.deliver(YES, mail(1))
    desk.look()
    desk.server.deliver(YES, mail(2))
    desk.server.move(YES, uid, NO)
    for step in ("teach", "_keep"):
        owner = Ledger if step == "teach" else Teacher
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            patch.setattr(owner, step, _die)
            desk.look()
        desk.restart()
    desk.look()
    assert desk.labels() == {"Number 1": False, "Number 2": True}
    assert len(taught(tmp_path)) == 2


def _die(*_: object) -> None:
    raise Killed


def test_a_mail_that_breaks_the_line_is_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is told once; the looks wait for longer each time; the others are learned."""
    for number in range(5):
        desk.server.deliver(YES, mail(number))
    fetched = MemoryMailboxes._fetched

    def poisoned(self: MemoryMailboxes, uid: int) -> object:
        if uid == 3:
            self._closed = True
            raise MailboxError("connection-lost", host="h", doing="fetch")
        return fetched(self, uid)

    monkeypatch.setattr(MemoryMailboxes, "_fetched", poisoned)
    for _ in range(30):
        desk.look(minutes=10)
    assert sorted(desk.labels()) == [f"Number {number}" for number in (0, 1, 3, 4)]
    failures = [each for each in desk.told if isinstance(each, TeachingFailed)]
    assert [each.error.kind for each in failures] == ["connection-lost"]


def test_a_failure_pauses_the_looks_alone(desk: Desk) -> None:
    """A spoilt file of labels: said once, left as it is, and tried again after a minute or more."""
    (path,) = [desk.teacher._file]
    path.parent.mkdir(exist_ok=True)
    path.write_text("{\n")
    desk.server.deliver(YES, mail(1))
    for _ in range(5):
        assert not desk.look(minutes=0.1)
    (told,) = desk.told
    assert isinstance(told, TeachingFailed)
    assert told.error.kind == "corpus-faults"
    assert path.read_text() == "{\n"
    path.unlink()
    desk.look(minutes=2)
    assert desk.labels() == {"Number 1": True}


def test_a_server_that_makes_no_folders_is_told_of_once(tmp_path: Path) -> None:
    """And what is there is learned from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "refuses", (NO,))
        desk = Desk(tmp_path)
        desk.server.deliver(YES, mail(1))
        desk.look()
        desk.line = Line(desk.server, desk.account)
        desk.look()
    refused, heard = desk.told
    assert isinstance(refused, TeachingRefused)
    assert refused.mailboxes == (NO,)
    assert heard == LessonsHeard(1, 0)


def test_what_was_learned_long_ago_goes(tmp_path: Path) -> None:
    """After `labels_keep`, though the mail lies there still, and is not read again."""
    desk = Desk(tmp_path, replace(TAUGHT, labels_keep=30 * 86400.0))
    desk.server.deliver(YES, mail(1))
    desk.look()
    desk.look(minutes=20 * 1440)
    desk.server.deliver(YES, mail(2))
    desk.look(minutes=9 * 1440)
    assert sorted(desk.labels()) == ["Number 1", "Number 2"]
    desk.look(minutes=2 * 1440)
    assert sorted(desk.labels()) == ["Number 2"]
    desk.server.renumber(YES)
    desk.look()
    assert sorted(desk.labels()) == ["Number 2"]


def test_two_accounts_have_each_their_own(tmp_path: Path) -> None:
    """One ledger, two files; what one loses the other keeps."""
    market = replace(
        TAUGHT, name="market", addresses=(replace(ACCOUNT.address, addr="m@b.example"),)
    )
    one, two = Desk(tmp_path), Desk(tmp_path, market)
    uid = one.server.deliver(YES, mail(1))
    two.server.deliver(NO, mail(1))
    one.look()
    two.look()
    assert sorted(each.source for each in taught(tmp_path)) == [
        "market: Triage/Not a complaint",
        "shop: Triage/Complaint",
    ]
    one.server.expunge(YES, uid)
    one.look()
    assert [each.source for each in taught(tmp_path)] == ["market: Triage/Not a complaint"]


def test_what_is_to_be_learned_is_counted(desk: Desk, tmp_path: Path) -> None:
    """Mails, however many copies there are, taught since a moment."""
    desk.server.deliver(YES, mail(1))
    desk.server.deliver(YES, mail(1))
    desk.look()
    noon = desk.now.timestamp()
    desk.server.deliver(NO, mail(2))
    desk.look()
    counts = [waiting(tmp_path, ACCOUNT.address.key, after) for after in (0, noon, noon + 600)]
    assert counts == [2, 1, 0]


def test_what_is_taught_corrects_the_ledger(tmp_path: Path) -> None:
    """Of a mail that was judged it is known what the owner says, until he says nothing any more;
    after a power cut between the file and the ledger, too."""
    world = World(tmp_path, account=TAUGHT)
    world.deliver(mail(1))
    world.cycle()
    world.ledger.close()
    desk = Desk(tmp_path)
    desk.now = world.now

    def said() -> list[bool | None]:
        told = history(tmp_path, TAUGHT.address.key, 0.0)
        return [each.said for each in told if isinstance(each, Entry)]

    uid = desk.server.deliver(NO, mail(1))
    desk.server.deliver(NO, mail(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "correct", dies)
        with pytest.raises(Killed):
            desk.look()
    assert desk.labels() == {"Number 1": False, "Number 2": False}
    assert said() == [None]
    desk.restart()
    desk.look()
    assert said() == [False]
    uid = desk.server.move(NO, uid, YES)
    desk.look()
    assert said() == [True]
    desk.server.expunge(YES, uid)
    desk.look()
    assert said() == [None]


def dies(*_: object) -> None:
    raise Killed
