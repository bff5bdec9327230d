"""`triage once`: one look, told a line an event or a JSON object a mail."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from configuration import Write
from servers.dovecot import Owner
from servers.fake import Fake

from triage.account import Account
from triage.cli.group import triage
from triage.cli.once import summed
from triage.taxonomy import Outcome

MAIL = f"""\
From: Ann Example <ann@example.org>\r
To: The Owner <owner@shop.example>\r
Subject: Order 10442 has not come\r
Date: {format_datetime(datetime.now(UTC))}\r
Message-ID: <one@example.org>\r
\r
I ordered a lamp three weeks ago and it still has not come. Nobody answers me.\r
I am very disappointed. Where is it? Please send it or give me my money back.\r
""".encode()


def once(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(triage, ["--config", str(config), "once", *arguments])


@pytest.fixture
def config(imap_account: Account, config_of: Write, owner: Owner) -> Path:
    """An account with one complaint in its mailbox."""
    owner.deliver("INBOX", MAIL)
    return config_of(imap_account)


def test_a_mail_is_one_json_object(config: Path, imap_account: Account, owner: Owner) -> None:
    """Account, mailbox and UID, then the keys of `explain`; and a second look says nothing."""
    done = once(config, "--json")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1), done.output
    found = json.loads(done.stdout)
    assert list(found)[:3] == ["account", "mailbox", "uid"]
    assert (found["account"], found["mailbox"]) == (imap_account.name, "INBOX")
    assert (found["outcome"], found["topic"]) == ("flagged", "not-delivered")
    (draft,) = owner.mails("Drafts")
    assert found["draft"]["message_id"].encode() in draft.raw
    again = once(config, "--json")
    assert (again.exit_code, again.stdout) == (0, "")


def test_the_draft_tells_of_the_writers_own_order(config: Path, owner: Owner) -> None:
    """From the file of the orders to the draft on the server; and --json shows the order."""
    orders = config.parent / "orders.csv"
    orders.write_text("number,email,shipped,carrier\n10442,ann@example.org,2025-10-20,Parcelwing\n")
    config.write_text(f'{config.read_text()}\n[orders]\nfile = "orders.csv"\n')
    done = once(config, "--json")
    assert json.loads(done.stdout)["facts"]["order"]["own"] is True
    (draft,) = owner.mails("Drafts")
    assert b"was sent on 20 October 2025 with Parcelwing" in draft.raw.replace(b"=\r\n", b"")


def test_an_order_book_that_is_away_stops_nothing(config: Path, owner: Owner) -> None:
    """It is said, and the letter is the plain one."""
    config.write_text(f'{config.read_text()}\n[orders]\nfile = "orders.csv"\n')
    done = once(config)
    assert done.exit_code == 0
    assert "the order book stays as it was. The order book " in done.stderr
    assert len(owner.mails("Drafts")) == 1


def test_what_was_done_goes_to_standard_error(config: Path) -> None:
    """A line an event, without a word of the mail."""
    done = once(config)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "INBOX 1 " in done.stderr
    assert "flagged (complaint)" in done.stderr
    assert "letter laid at Drafts 1" in done.stderr
    assert "Ann" not in done.stderr


@pytest.mark.parametrize(
    ("outcomes", "letters", "words"),
    [
        ({}, 0, "nothing new"),
        ({}, 1, "1 letter laid"),
        ({Outcome.PASSED: 1}, 0, "1 mail: 1 passed; 0 letters laid"),
        (
            {Outcome.PASSED: 13, Outcome.FLAGGED: 9, Outcome.UNSURE: 2},
            9,
            "24 mails: 9 flagged, 2 unsure, 13 passed; 9 letters laid",
        ),
    ],
)
def test_the_count(outcomes: dict[Outcome, int], letters: int, words: str) -> None:
    """What there was, in the order of the outcomes, and nothing that there was not."""
    assert summed(outcomes, letters, "laid") == words


def test_it_ends_with_a_count(config: Path) -> None:
    """For people: what would be, what was, and that there was nothing more; none with --json."""
    said = [once(config, *arguments).stderr for arguments in (["--dry-run"], [], [], ["--json"])]
    assert [text.splitlines()[-1:] for text in said] == [
        ["1 mail: 1 flagged; 1 letter would be laid"],
        ["1 mail: 1 flagged; 1 letter laid"],
        ["nothing new"],
        [],
    ]


def test_nothing_is_counted_where_nothing_was_seen(config: Path) -> None:
    """An account that could not be looked at may have new mail."""
    config.write_text(re.sub("port = [0-9]+", "port = 1", config.read_text()))
    done = once(config)
    assert done.exit_code == 75
    assert "Nothing answers at localhost." in done.stderr.splitlines()[-1]


def test_a_dry_run_changes_nothing(config: Path, owner: Owner) -> None:
    """The same is said, and nothing is done: no flag, no draft, no state."""
    done = once(config, "--dry-run", "--json")
    assert (done.exit_code, json.loads(done.stdout)["outcome"]) == (0, "flagged")
    assert owner.mails("Drafts") == []
    assert owner.mails("INBOX")[0].flags & {"\\Flagged", "\\Seen", "Complaint"} == set()
    assert not (config.parent / "state").exists()


def test_an_account_that_fails_is_said(config: Path, imap_account: Account, tmp_path: Path) -> None:
    """One sentence, an exit status that says to try again, and the other account has its turn."""
    text = config.read_text()
    other = text[text.index("[accounts.") :].replace(
        f"[accounts.{imap_account.name}]", "[accounts.x]"
    )
    other = other.replace(imap_account.address.addr, "x@x.example")
    other = other.replace(f"port = {imap_account.port}", "port = 1")
    config.write_text(text.replace("[accounts.", other + "\n[accounts.", 1))
    done = once(config, "--json")
    assert done.exit_code == 75
    assert "x: Nothing answers at localhost." in done.stderr
    assert "Next try" not in done.stderr
    assert json.loads(done.stdout)["outcome"] == "flagged"


def test_an_owner_who_must_act_is_the_gravest(config: Path, imap_account: Account) -> None:
    """A password that is refused beside a server that is away: 77, not 75."""
    text = config.read_text()
    own = text[text.index("[accounts.") :]
    wrong, away = (
        own.replace(f"[accounts.{imap_account.name}]", f"[accounts.{name}]").replace(
            imap_account.address.addr, f"{name}@x.example"
        )
        for name in ("wrong", "away")
    )
    password = config.parent / "wrong"
    password.touch(mode=0o600)
    password.write_text("not the password")
    wrong = wrong.replace(str(imap_account.password.file), str(password))
    wrong += '\nmailboxes = ["Other"]\n'
    away = away.replace(f"port = {imap_account.port}", "port = 1")
    config.write_text(f"{text}\n{wrong}\n{away}\n")
    done = once(config)
    assert done.exit_code == 77, done.output
    assert "away: Nothing answers" in done.stderr
    assert "wrong: STOPPED." in done.stderr


def test_output_that_breaks_breaks_no_account(config: Path, owner: Owner) -> None:
    """A pipe that nobody reads (`once --json | head -0`): all is done, the account is well."""
    command = [sys.executable, "-m", "triage", "--config", str(config)]
    begun = subprocess.Popen(
        [*command, "once", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert begun.stdout
    assert begun.stderr
    begun.stdout.close()
    said = begun.stderr.read()
    begun.stderr.close()
    assert begun.wait(60) != 0
    assert b"Traceback" not in said
    assert len(owner.mails("Drafts")) == 1
    assert subprocess.run([*command, "status"], check=False, capture_output=True).returncode == 0


def test_a_dry_run_shows_the_letters(config: Path) -> None:
    """What the owner wants to know before the first real run: who, what, and the letter."""
    done = once(config, "--dry-run")
    assert "Order 10442 has not come" in done.stdout
    assert "Hello Ann," in done.stdout
    assert "letter laid" not in done.stderr


def test_a_refused_account_is_not_hammered(
    config_of: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From cron a wrong password costs a login now and then, however often it is called; a person
    at a terminal, who may have mended it, is served at once."""
    refused = b"TAG NO [AUTHENTICATIONFAILED] no\r\n"
    now = datetime.now().astimezone()
    monkeypatch.setattr("triage.cli.once.now", lambda: now)  # no time passes
    fake = Fake({"LOGIN": [refused] * 2 + [b""]})
    config = config_of(fake.account(tmp_path))
    logins = lambda: sum(b"LOGIN " in line for line in fake.commands)  # noqa: E731
    assert (once(config).exit_code, logins()) == (77, 1)
    for _ in range(3):
        done = once(config)
        assert (done.exit_code, logins()) == (77, 1)
        assert "STOPPED. Not tried for another" in done.stderr
    monkeypatch.setattr("triage.cli.once.watched", lambda: True)
    assert (once(config).exit_code, logins()) == (77, 2)
    assert (once(config).exit_code, logins()) == (0, 3)
    fake.close()


def test_a_server_that_is_down_is_not_hammered(
    config_of: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is one that fails in the middle."""
    now = datetime.now().astimezone()
    monkeypatch.setattr("triage.cli.once.now", lambda: now)
    fake = Fake({"SELECT": lambda dialog: dialog.reset()})
    config = config_of(fake.account(tmp_path))
    assert once(config).exit_code == 75
    seen = len(fake.commands)
    done = once(config)
    assert (done.exit_code, len(fake.commands)) == (75, seen)
    assert "Not tried for another" in done.stderr
    fake.close()
