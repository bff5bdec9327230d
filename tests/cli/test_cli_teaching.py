"""Labels by the teaching folders on a real server, where another mail program copies and moves."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from configuration import Write
from servers.dovecot import Dovecot, Owner
from starter import in_place

from triage.account import Account, Security
from triage.classifier import Entry, corpus, shelf
from triage.cli import teaching
from triage.cli.group import triage
from triage.learning.lesson import gather
from triage.taxonomy import Topic

YES, NO, LATE = "Triage/Complaint", "Triage/Not a complaint", "Triage/Late"
FOLDERS = (YES, NO, LATE)


def mail(number: int, *, sender: str = "") -> bytes:
    return (
        f"From: {sender or f'c{number}@customer.example'}\r\nTo: hello@shop.example\r\n"
        f"Subject: Number {number}\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n"
        f"Message-ID: <{number}@customer.example>\r\n\r\nIt is number {number}.\r\n"
    ).encode()


def told(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(triage, ["--config", str(config), *arguments])


def learned(state: Path) -> dict[str, bool | Topic]:
    """What `triage train` would learn, by subject: the topic, or whether it is a complaint."""
    return {each.subject: each.topic or each.complaint for each in gather(state, []).labels}


def small_corpus(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    starter = [each for each in corpus.starter() if each.batch.startswith(("shop-n", "ordinary-g"))]
    in_place(monkeypatch, folder, starter[:: len(starter) // 120])


def test_what_the_owner_does_in_his_mail_program_is_learned(
    own_dovecot: Dovecot, config_of: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied, moved, moved on, taken out and binned; the folders numbered anew; and nothing in them
    is as another than the owner left it."""
    account = own_dovecot.account("anna", Security.NONE)
    config = config_of(account, 'teaching = "Triage"', "teaching_topics = true")
    state = tmp_path / "state"
    assert told(config, "once").exit_code == 0

    owner = own_dovecot.owner("anna")
    for number in range(1, 6):
        owner.deliver("INBOX", mail(number), flags=["\\Flagged"] if number == 5 else [])
    owner.deliver("INBOX", mail(6, sender=account.address.addr))
    owner.copy("INBOX", YES)  # one to six, the last of them the owner's own
    uids = {each.raw: each.uid for each in owner.mails(YES)}
    owner.move(YES, uids[mail(2)], NO)
    assert "7 mails" not in told(config, "once").output
    assert learned(state) == {
        **{f"Number {number}": True for number in (1, 3, 4, 5)},
        "Number 2": False,
    }

    owner.move(YES, uids[mail(3)], "INBOX")  # taken out
    owner.move(YES, uids[mail(4)], "Trash")  # binned: no "no"
    owner.move(YES, uids[mail(5)], LATE)
    inbox = {each.raw: each.uid for each in owner.mails("INBOX")}
    owner.move("INBOX", inbox[mail(1)], NO)  # it lies in two: the newest counts
    told(config, "once")
    expected = {"Number 1": False, "Number 2": False, "Number 5": Topic.LATE}
    assert learned(state) == expected

    before = {folder: owner.mails(folder) for folder in FOLDERS}
    owner.close()
    for folder in FOLDERS:
        own_dovecot.renumber("anna", folder.replace("/", "."))
    told(config, "once")
    assert learned(state) == expected
    owner = own_dovecot.owner("anna")
    after = {folder: owner.mails(folder) for folder in FOLDERS}
    owner.close()
    for folder in FOLDERS:
        assert sorted((e.raw, e.flags - {"\\Recent"}) for e in after[folder]) == sorted(
            (e.raw, e.flags - {"\\Recent"}) for e in before[folder]
        )

    monkeypatch.setattr("triage.cli.train.encoder", lambda _: None)
    small_corpus(monkeypatch, tmp_path / "corpus")
    done = told(config, "train", "--dry-run", "--json")
    found = json.loads(done.stdout)
    assert (found["labels"], found["conflicts"], found["unlabelled"]) == (3, [], 0)


def test_what_was_taken_back_is_learned_no_more(
    imap_account: Account, owner: Owner, config_of: Write, tmp_path: Path
) -> None:
    """Though a model has learned it: the next one has not; what the owner says elsewhere stays."""
    config, state = config_of(imap_account, 'teaching = "Triage"'), tmp_path / "state"
    told(config, "once")
    uids = [owner.deliver(YES, mail(number)) for number in (1, 2)]
    told(config, "once")
    lesson = gather(state, [])
    elsewhere = Entry("Number 9", "Said by hand.", complaint=True, topic=None)
    owner.expunge(YES, uids[0])
    told(config, "once")
    (state / shelf.LABELS).write_bytes(corpus.serialise([*lesson.labels, elsewhere]))
    assert len(shelf.labels(state)) == 3
    assert set(learned(state)) == {"Number 2", "Number 9"}


def test_what_is_said_of_the_folders(
    imap_account: Account, owner: Owner, config_of: Write, tmp_path: Path
) -> None:
    """check makes none, and says what is there; a rehearsal makes none either; status counts what
    is not learned yet, and label --list shows where it is from."""
    config, state = config_of(imap_account, 'teaching = "Triage"'), tmp_path / "state"
    assert told(config, "once", "--dry-run").exit_code == 0
    done = told(config, "check")
    assert done.exit_code == 0
    assert f"teaching not there yet: {YES}, {NO}\n" in re.sub(" +", " ", done.output)
    told(config, "once")
    assert f"teaching {YES}, {NO}\n" in re.sub(" +", " ", told(config, "check").output)
    owner.deliver(YES, mail(1))
    told(config, "once")
    told_of = "1 mail in the teaching folders not learned yet: triage train\n"
    assert told_of in told(config, "status").stdout
    line = told(config, "label", "--list").stdout
    assert line.split() == ["complaint", f"{imap_account.name}:", YES, "Number", "1"]
    (state / teaching.LEARNED).touch()
    assert told_of not in told(config, "status").stdout
    assert teaching.LEARNED == shelf.LABELS


def test_what_is_called_no_complaint_loses_its_marks(
    imap_account: Account, owner: Owner, config_of: Write
) -> None:
    """Copied into the folder by another mail program; the owner's own flags stay. The log says
    so."""
    config = config_of(imap_account, 'teaching = "Triage"')
    text = "From: Ada Fox <ada@c.example>\r\nSubject: Broken cup\r\n\r\nMy cup came broken.\r\n"
    owner.deliver("INBOX", text.encode(), flags=["\\Seen"])
    told(config, "once")
    (found,) = owner.mails("INBOX")
    assert found.flags - {"\\Recent"} == {"\\Seen", "\\Flagged", "Complaint"}
    owner.copy("INBOX", NO)
    told(config, "once")
    said = told(config, "once")
    (found,) = owner.mails("INBOX")
    assert found.flags - {"\\Recent"} == {"\\Seen"}
    assert "no complaint, as you say: flag and tag taken off" in said.stderr
    assert "  you said   no complaint\n" in told(config, "log").stdout
    (row,) = map(json.loads, told(config, "log", "--json").stdout.splitlines())
    assert row["said"] is False
