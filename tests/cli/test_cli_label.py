"""`triage label`: keys become labels, one at a time, and none is lost."""

import json
import re
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from configuration import Write
from servers.dovecot import Owner
from servers.letters import mail
from terminal import Terminal

from triage.account import Account
from triage.cli.group import triage
from triage.cli.labelling import TOPIC_KEYS, converse
from triage.learning.labels import LabelFile, given
from triage.learning.question import Question, Unlabelled
from triage.taxonomy import COMPLAINT_TOPICS, Topic

PROMPT = "q quit"


pytestmark = pytest.mark.usefixtures("home")


def asked(*texts: str) -> list[Question]:
    mails = (Unlabelled("Ann <ann@a.example>", f"mail {text}", text) for text in texts)
    return [Question(each, 0.5, Topic.LATE) for each in mails]


def answered(state: Path, questions: list[Question], keys: str) -> list[object]:
    with LabelFile(state) as file:
        converse(questions, file, iter(keys))
    return [(each.text, each.complaint, each.topic) for each in given(state)]


@pytest.mark.parametrize(
    ("keys", "labels"),
    [
        ("n", [("one", False, None)]),
        ("c\n", [("one", True, Topic.LATE)]),
        ("cd", [("one", True, Topic.DAMAGED)]),
        ("c!d", [("one", True, Topic.DAMAGED)]),
        ("c\x7fn", [("one", False, None)]),
        ("sn", [("two", False, None)]),
        ("nbc\r", [("one", True, Topic.LATE)]),
        ("bbn", [("one", False, None)]),
        ("nsbn", [("one", False, None), ("two", False, None)]),
        ("nnbbcwcq", [("one", True, Topic.WRONG_ITEM), ("two", True, Topic.QUALITY)]),
        ("nqnn", [("one", False, None)]),
        ("n\x04n", [("one", False, None)]),
        ("nc", [("one", False, None)]),
        ("xyz\n ?", []),
        ("", []),
        ("nnnnnn", [("one", False, None), ("two", False, None), ("three", False, None)]),
    ],
)
def test_keys_become_labels(tmp_path: Path, keys: str, labels: list[object]) -> None:
    """Complaint and topic, no complaint, skip, back, quit; what means nothing changes nothing."""
    assert answered(tmp_path, asked("one", "two", "three"), keys) == labels


def test_each_topic_of_a_complaint_has_its_key() -> None:
    """One key, and no topic a complaint cannot have."""
    assert sorted(TOPIC_KEYS.values()) == sorted(COMPLAINT_TOPICS)


def test_what_a_stranger_wrote_is_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No control character reaches the terminal, and no line is wider than it."""
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    wild = Unlabelled("\x1b]0;a\x07 <x>", "s\x1b[2J\u202e", "\x1b[31mred\x9b\n" + "word " * 60)
    with LabelFile(tmp_path) as file:
        converse([Question(wild, 0.5, Topic.LATE)], file, iter("c"))
    shown = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert max(map(len, shown.splitlines())) <= 70
    assert "word word" in shown


def test_a_long_text_is_shown_a_page_at_a_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question is always in sight, and the space bar shows what comes next."""
    monkeypatch.setenv("LINES", "20")
    text = "\n".join(f"line {number}" for number in range(30))
    long = [Question(Unlabelled("", "long", text), 0.5, Topic.LATE)]
    with LabelFile(tmp_path) as file:
        converse(long, file, iter(""))
        first = capsys.readouterr().out
        converse(long, file, iter("   "))
    both = capsys.readouterr().out
    assert "line 11\n… 18 more lines: space\n" in first
    assert "line 12" not in first
    assert both.count("line 12\n") == both.count("line 29\n") == 1


def pile(path: Path, *texts: str) -> str:
    path.write_text("".join(json.dumps({"subject": t, "text": t}) + "\n" for t in texts))
    return str(path)


def test_on_a_terminal(tmp_path: Path) -> None:
    """Keys need no Enter and are not echoed; pressed ahead they wait; arrows mean nothing. The
    terminal is left as it was, and the next sitting, which must come after, asks about the rest."""
    file = pile(tmp_path / "pile.jsonl", "The lid is cracked.", "A lovely bowl.", "Where is it?")
    terminal = Terminal("label", file)
    terminal.until(PROMPT)
    terminal.press(b"\x1b[A")
    terminal.press(b"cd")
    assert "complaint: damaged" in terminal.until("2 of 3")
    terminal.until(PROMPT)
    second = Terminal("label", file)
    second.until(f"Another triage (process {terminal.program.pid}) works with")
    assert second.end() == 75
    terminal.press(b"q")
    terminal.until("You have given 1 label.")
    assert terminal.end() == 0
    assert terminal.after == terminal.before
    terminal = Terminal("label", file)
    terminal.until("1 of 2")
    terminal.press(b"\x04")
    assert terminal.end() == 0


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9), (signal.SIGHUP, -1)]
)
def test_a_label_given_is_kept(tmp_path: Path, number: signal.Signals, status: int) -> None:
    """Whatever ends the program after the key: Ctrl-C, kill -9, a terminal that is closed."""
    terminal = Terminal("label", pile(tmp_path / "pile.jsonl", "It is broken.", "Thanks!"))
    terminal.until(PROMPT)
    terminal.press(b"n")
    terminal.until("2 of 2")
    terminal.until(PROMPT)
    if number is signal.SIGINT:
        terminal.press(b"\x03n")
    else:
        terminal.program.send_signal(number)
    assert terminal.end() == status
    assert len(given(tmp_path / "state")) == 1


def test_a_mailbox_is_labelled_and_not_changed(
    tmp_path: Path, imap_account: Account, config_of: Write, owner: Owner
) -> None:
    """The mail is asked about, and stays unread and without a flag."""
    owner.deliver("INBOX", mail("parcel"))
    terminal = Terminal("--config", str(config_of(imap_account)), "label", "--newest", "9")
    assert "anna@customer.example" in terminal.until(PROMPT)
    terminal.press(b"c\n")
    terminal.until("You have given 1 label.")
    assert terminal.end() == 0
    (there,) = owner.mails("INBOX")
    assert there.flags - {"\\Recent"} == set()
    (label,) = given(tmp_path / "state")
    assert (label.subject, label.text, label.complaint) == ("parcel", "Where is my parcel?", True)


def test_what_is_called_no_complaint_is_corrected(
    tmp_path: Path, imap_account: Account, config_of: Write, owner: Owner
) -> None:
    """In the ledger too, which a running triage looks into."""
    config = config_of(imap_account)
    owner.deliver("INBOX", mail("cup", text="My cup came broken."))
    owner.deliver("INBOX", mail("plate", text="My plate came broken."))
    assert CliRunner().invoke(triage, ["--config", str(config), "once"]).exit_code == 0
    terminal = Terminal("--config", str(config), "label", "--newest", "9")
    terminal.until(PROMPT)
    terminal.press(b"n")
    terminal.until(PROMPT)
    terminal.press(b"n")
    terminal.until("You have given 2 labels.")
    assert terminal.end() == 0
    rows = CliRunner().invoke(triage, ["--config", str(config), "log", "--json"]).stdout
    assert [json.loads(row)["said"] for row in rows.splitlines()] == [False, False]
    assert all(each.id for each in given(tmp_path / "state"))


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    """One sentence, and nothing is made."""
    done = CliRunner().invoke(triage, ["label", pile(tmp_path / "pile.jsonl", "Hello.")])
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: It asks questions, and wants a terminal to ask them on.\n")
    assert not (tmp_path / "state").exists()


def test_the_labels_are_listed(tmp_path: Path) -> None:
    """For people a line each, and for programs all of it, as `triage train` takes it."""
    answered(tmp_path / "state", asked("one", "\x1btwo"), "cdn")
    people = CliRunner().invoke(triage, ["label", "--list"]).stdout
    assert [line.split() for line in people.splitlines()] == [
        ["complaint:", "damaged", "or", "not", "working", "triage", "label", "mail", "one"],
        ["no", "complaint", "triage", "label", "mail", "two"],
    ]
    programs = CliRunner().invoke(triage, ["label", "--list", "--json"]).stdout
    here = {"source": "triage label"}
    assert [json.loads(line) for line in programs.splitlines()] == [
        {"subject": "mail one", "text": "one", "complaint": 1, "topic": "damaged", **here},
        {"subject": "mail two", "text": "two", "complaint": 0, "topic": None, **here},
    ]
    assert CliRunner().invoke(triage, ["label", "--json"]).exit_code == 2
