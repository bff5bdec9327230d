"""`triage explain`, on files of every kind, as its owner and as a program call it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli.group import triage

MAIL = """\
From: Ann Example <ann@example.org>
To: {to}
Subject: Order 10442 has not come
Date: Mon, 3 Nov 2025 10:00:00 +0000
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

Hello,

I ordered a lamp three weeks ago and it still has not come. Nobody answers me.
I am very disappointed. Where is it? Please send it or give me my money back.

Ann
"""
CONFIG = """
[shop]
name = "Little Mill Pottery"
owner = "Wilhelmina"
[accounts.a]
address = "shop@mill.example"
host = "imap.mill.example"
password_env = "NONE"
[accounts.b]
address = "second@mill.example"
host = "imap.mill.example"
password_env = "NONE"
"""
KEYS = {"file", "message_id", "outcome", "reason", "origin", "language", "complaint", "topic"}
KEYS |= {"topics", "clues", "signals", "facts", "draft"}
YARDSTICK = Path(__file__).parents[3] / "shared" / "yardstick"

Explain = Callable[..., Result]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder for all, so that a model that has to be made is made once."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def explain(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> Explain:
    """Runs the command as somebody without any configuration, and without a network."""
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("STATE_DIRECTORY", str(state))
    monkeypatch.setattr("socket.socket.connect", None)

    def run(
        *arguments: str | Path, given: bytes | None = None, config: Path | None = None
    ) -> Result:
        options = ["--config", str(config)] if config else []
        command = [*options, "explain", *map(str, arguments)]
        return CliRunner().invoke(triage, command, input=given)

    return run


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    file = tmp_path / "mail.eml"
    file.write_text(MAIL.format(to="shop@mill.example"))
    return file


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_complaint_without_any_configuration(explain: Explain, mail: Path) -> None:
    """A whole letter, of a shop that has said nothing about itself; and nothing is left behind."""
    before = set(mail.parent.iterdir())
    done = explain(mail, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    (found,) = rows(done)
    assert set(found) == KEYS
    assert (found["outcome"], found["topic"]) == ("flagged", "not-delivered")
    assert found["facts"]["order_numbers"] == ["10442"]
    draft = found["draft"]
    assert draft["to"] == ["ann@example.org"]
    assert draft["subject"] == "Re: Order 10442 has not come"
    assert draft["in_reply_to"] == "<one@example.org>"
    assert "10442" in draft["body"]
    assert set(mail.parent.iterdir()) == before


def test_a_person_sees_verdict_reason_and_letter(explain: Explain, mail: Path) -> None:
    """The same for reading."""
    done = explain(mail)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{mail}\n  complaint      the writer was let down\n")
    assert "\n    Hello Ann,\n" in done.stdout


def test_a_configuration_gives_the_letter_its_shop(
    explain: Explain, mail: Path, tmp_path: Path
) -> None:
    """The owner's name stands under it, and mail of any of the accounts is own mail."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG)
    done = explain(mail, "--json", config=file)
    assert "Wilhelmina" in rows(done)[0]["draft"]["body"]
    mail.write_text(
        MAIL.format(to="x@y.example").replace("ann@example.org>", "second@mill.example>")
    )
    (found,) = rows(explain(mail, "--json", config=file))
    assert (found["outcome"], found["origin"], found["draft"]) == ("skipped", "own", None)


def test_the_order_book_is_asked(explain: Explain, mail: Path, tmp_path: Path) -> None:
    """The writer's own order is in the letter; a stranger's is shown to the owner alone; a book
    that cannot be read is said."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG + '[orders]\nfile = "orders.csv"\n')
    orders = tmp_path / "orders.csv"
    orders.write_text("number,email,shipped,carrier\n10442,ann@example.org,2025-10-20,Parcelwing\n")
    done = explain(mail, config=file)
    assert "  order          10442: on its way, shipped 2025-10-20, Parcelwing\n" in done.stdout
    assert "was sent on 20 October" in done.stdout
    mail.write_text(mail.read_text().replace("ann@", "eve@"))
    (found,) = rows(explain(mail, "--json", config=file))
    assert found["facts"]["order"]["own"] is False
    assert found["facts"]["order"]["carrier"] == "Parcelwing"
    assert "Parcelwing" not in found["draft"]["body"]
    orders.unlink()
    done = explain(mail, config=file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"The order book {orders} cannot be read" in done.stderr


def test_a_faulty_configuration_is_not_passed_over(
    explain: Explain, mail: Path, tmp_path: Path
) -> None:
    """A letter of a shop half understood would be a lie."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG + "stat = 1\n")
    done = explain(mail, config=file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "accounts.b.stat" in done.stderr


def test_many_mails_one_line_each(explain: Explain, mail: Path, tmp_path: Path) -> None:
    """mbox, Maildir, standard input, and files that cannot be read, in the order given."""
    content = mail.read_bytes()
    mbox = tmp_path / "mbox"
    mbox.write_bytes((b"From a Mon Nov  3 10:00:00 2025\n" + content + b"\n") * 2)
    (tmp_path / "maildir" / "cur").mkdir(parents=True)
    (tmp_path / "maildir" / "cur" / "1").write_bytes(content)
    done = explain("--json", mbox, tmp_path / "none", tmp_path / "maildir", "-", given=content)
    assert [(found["file"], found["outcome"], found["reason"]) for found in rows(done)] == [
        (f"{mbox}#1", "flagged", "complaint"),
        (f"{mbox}#2", "flagged", "complaint"),
        (str(tmp_path / "none"), "failed", "file-unreadable"),
        (str(tmp_path / "maildir" / "cur" / "1"), "flagged", "complaint"),
        ("-", "flagged", "complaint"),
    ]
    assert done.exit_code == 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\0" * 1000, b"no header\n", b"\xff\xfe" * 99])
def test_what_is_no_mail_is_failed_with_a_reason(explain: Explain, content: bytes) -> None:
    """One line, exit status 1, no traceback."""
    done = explain("-", given=content)
    assert done.exit_code in (0, 1)
    assert "Traceback" not in done.output
    (found,) = rows(explain("--json", "-", given=content))
    assert set(found) == KEYS
    assert (found["outcome"] == "failed") is (done.exit_code == 1)


def test_escape_sequences_of_a_mail_do_not_reach_the_terminal(explain: Explain) -> None:
    """In subject, name, text and file name: nothing a terminal obeys, in either form."""
    evil = "\x1b]0;owned\x07\x9b2J\u202e"
    mail = MAIL.format(to="shop@mill.example").replace("Ann Example", f'"Ann {evil}"')
    mail = mail.replace("has not come", f"has not come {evil}").replace("Hello,", f"Hello {evil},")
    for arguments in (["-"], ["--json", "-"]):
        done = explain(*arguments, given=mail.encode())
        assert not set(done.stdout) & {"\x1b", "\x07", "\x9b", "\u202e"}


@pytest.mark.parametrize("folder", ["ugly", "ordinary"])
def test_the_yardstick_is_explained(explain: Explain, folder: str) -> None:
    """Every one of its mails has its line; none breaks the program."""
    if not YARDSTICK.is_dir():
        pytest.skip("../shared/yardstick is not beside this checkout")
    files = sorted(path for path in (YARDSTICK / folder).rglob("*") if path.is_file())[::3]
    done = explain("--json", *files)
    found = rows(done)
    assert len(found) >= len(files)
    assert all(set(row) == KEYS for row in found)
    assert [row for row in found if row["reason"] == "message-broke-triage"] == []
    assert done.exit_code == (1 if any(row["outcome"] == "failed" for row in found) else 0)
