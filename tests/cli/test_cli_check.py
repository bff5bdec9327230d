"""`triage check`: what is tried, what fails where, and how it is said."""

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from configuration import Write

from triage.account import Account
from triage.cli import checks
from triage.cli.checks import (
    LATER_STEPS,
    STEPS,
    State,
    clock,
    failed_step,
    file_mode,
    ground,
    reach,
)
from triage.cli.group import triage
from triage.config import Config
from triage.errors import AccountError, TriageError
from triage.mailbox import Session
from triage.order import Export

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GROUND = ["config file", "state folder", "ledger", "model", "letters", "clock"]
ACCOUNT_STEPS = [*STEPS, *LATER_STEPS]


def states(config: Path) -> tuple[int, dict[str, str], str]:
    """Exit status, subject → state, and all that was found."""
    done = CliRunner().invoke(triage, ["--config", str(config), "check", "--json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = "\n".join(row["found"] for row in rows)
    return done.exit_code, {row["subject"]: row["state"] for row in rows}, found


def test_a_good_set_up(imap_account: Account, config_of: Write) -> None:
    """Everything is tried, on a real server, and all is well."""
    status, found, words = states(config_of(imap_account))
    assert list(found) == ["configuration", *GROUND, *ACCOUNT_STEPS]
    assert set(found.values()) == {"ok"}, words
    assert status == 0


def test_nothing_is_changed(imap_account: Account, config_of: Write, tmp_path: Path) -> None:
    """No state folder appears, and the mailbox is left as it was."""
    config = config_of(imap_account)
    before = set(tmp_path.iterdir())
    states(config)
    assert set(tmp_path.iterdir()) == before


def test_what_a_person_reads(imap_account: Account, config_of: Write) -> None:
    """A line each: state, what it is, what was found."""
    done = CliRunner().invoke(triage, ["--config", str(config_of(imap_account)), "check"])
    lines = done.stdout.splitlines()
    name = imap_account.name
    assert f"ok       {f'{name}: login':<22}{imap_account.user}" in lines
    assert f"ok       {f'{name}: mailbox':<22}INBOX, 0 mails" in lines


def test_a_wrong_password(imap_account: Account, config_of: Write, tmp_path: Path) -> None:
    """What comes before it went well, what comes after was not tried; the rest is tried."""
    secret = tmp_path / "wrong"
    secret.write_text("wrong\n")
    secret.chmod(0o600)
    config = config_of(imap_account)
    config.write_text(config.read_text().replace(str(imap_account.password.file), str(secret)))
    status, found, words = states(config)
    assert status == 1
    assert [found[step] for step in ACCOUNT_STEPS] == ["ok", "ok", "fail", *["skipped"] * 4]
    assert found["letters"] == "ok"
    assert "refused the login" in words
    assert "wrong\n" not in words


def test_folders_that_are_not_there(imap_account: Account, config_of: Write) -> None:
    """Each folder is tried by itself; the keyword hangs on the first that is watched."""
    config = config_of(imap_account, 'junk = "Nö"\nmailboxes = ["INBOX", "Neither"]')
    done = CliRunner().invoke(triage, ["--config", str(config), "check", "--json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    opened = [(row["state"], row["found"]) for row in rows if row["subject"] == "mailbox"]
    assert done.exit_code == 1
    assert [state for state, _ in opened] == ["fail", "fail", "ok"]
    assert opened[0][1].startswith("The folder Nö cannot be opened")
    assert opened[1][1].startswith("The folder Neither cannot be opened")
    assert rows[-2] == {
        "subject": "keyword",
        "state": "ok",
        "found": "Complaint",
        "account": imap_account.name,
    }
    _, found, _ = states(config_of(imap_account, 'mailboxes = ["Neither"]'))
    assert (found["mailbox"], found["keyword"], found["IDLE"]) == ("fail", "skipped", "ok")


def test_a_faulty_configuration_keeps_nothing_else_from_being_tried(tmp_path: Path) -> None:
    """Exit status 2, every fault; model, letters and clock all the same."""
    config = tmp_path / "config.toml"
    config.write_text("stat = 1\n")
    status, found, words = states(config)
    assert status == 2
    assert found["configuration"] == "fail"
    assert found["model"] == found["letters"] == found["clock"] == "ok"
    assert "stat: there is no such key. Did you mean state?" in words


def test_a_faulty_letter_is_named_by_its_line(
    imap_account: Account, config_of: Write, tmp_path: Path
) -> None:
    """A template of the owner's with a syntax error: file and line."""
    folder = tmp_path / "letters" / "en"
    folder.mkdir(parents=True)
    (folder / "damaged.txt.j2").write_text("line one\n{% if %}\n")
    config = config_of(imap_account, "[shop]", 'templates = "letters"')
    status, found, words = states(config)
    assert (status, found["letters"], found["login"]) == (1, "fail", "ok")
    assert f"{folder / 'damaged.txt.j2'}, line 2: " in words


def test_on_the_tone_of_a_letter_there_is_advice(tmp_path: Path) -> None:
    """An own template that shouts is used all the same: a warning, with its file and line."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "late.txt.j2").write_text("Hello,\n\nSorry!\n\nBest wishes\n")
    (found,) = (
        check
        for check in ground(Config(None, tmp_path, templates=tmp_path), NOW)
        if check.subject == "letters"
    )
    assert found.state is State.WARN
    assert f'{tmp_path / "en" / "late.txt.j2"}, line 3: "Sorry!": Where somebody' in found.found


HEAD = "number,email,shipped\n"


@pytest.mark.parametrize(
    ("rows", "state", "words"),
    [
        ("", "warn", ["0 orders in ", "It names no buyer's address, "]),
        ("1,,2025-11-03\n", "warn", ["1 order in ", "It names no buyer's address, "]),
        ("1,a@b.example,2025-11-03\n", "ok", ["1 order in "]),
        ("1,a@b.example,2026-11-03\n", "warn", ["1 order in ", "That day lies ahead. "]),
        (
            "1,a@b.example,03.11.2025\n2\n3,secret,\n,,2025-11-03\n4,,\n",
            "warn",
            [
                "3 orders in ",
                "2 rows left out:",
                "  line 3: it has more or fewer cells than the first line",
                "  line 5: it has no order number",
                "2 cells not read:",
                "  line 2, shipped: this is no date, or set orders.dates to say how dates are"
                " written",
                "  line 4, email: this is no address that mail can be sent to",
            ],
        ),
        (
            "2\n" * 1207,
            "warn",
            ["0 orders in ", "It names no", "1207 rows left out:", *["  line"] * 5],
        ),
        ("2", "fail", ["The order book "]),
    ],
)
def test_the_order_book(tmp_path: Path, rows: str, state: str, words: list[str]) -> None:
    """How many orders there are, how many rows are not used, and the first of them by line and
    reason, without a word of theirs; without an order book nothing is said."""
    assert "orders" not in [check.subject for check in ground(Config(None, tmp_path), NOW)]
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + rows)
    checks = ground(Config(None, tmp_path, orders=Export(path)), NOW)
    (check,) = [check for check in checks if check.subject == "orders"]
    assert check.state == state
    lines = check.found.split("\n")
    assert all(map(str.startswith, lines, words)), lines
    assert len(lines) >= len(words)
    assert "secret" not in check.found
    assert ("and 1202 more" in check.found) == ("1207" in check.found)


@pytest.mark.parametrize(
    ("age", "state", "words"),
    [(0, "ok", "written today"), (2, "ok", "2 days"), (3, "warn", "3 days")],
)
def test_an_old_order_book(tmp_path: Path, age: int, state: str, words: str) -> None:
    """How old it is, and a word where letters no longer say how far a parcel is."""
    path = tmp_path / "orders.csv"
    path.write_text(f"{HEAD}1043,ann@example.org,2025-10-20\n")
    written = NOW.timestamp() + 43_200 - 86_400 * age  # noon: one day in every zone
    os.utime(path, (written, written))
    checks = ground(Config(None, tmp_path, orders=Export(path)), NOW)
    (check,) = [check for check in checks if check.subject == "orders"]
    assert check.state == state, check.found
    assert words in check.found.split("\n")[0]
    assert ("too old" in check.found) == (state == "warn")


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        (0o600, State.OK),
        (0o640, State.OK),
        (0o644, State.WARN),
        (0o660, State.FAIL),
        (0o602, State.FAIL),
    ],
)
def test_who_may_touch_the_configuration(mode: int, state: State) -> None:
    """Who can change it can run programs as triage; who can read it is worth a word."""
    check = file_mode("config file", Path("/c.toml"), stat.S_IFREG | mode)
    assert check.state is state
    assert (state is State.OK) == ("chmod" not in check.found)


@pytest.mark.parametrize(
    ("year", "state"), [(1970, State.FAIL), (2026, State.OK), (2099, State.OK), (2100, State.FAIL)]
)
def test_a_clock_far_off(year: int, state: State) -> None:
    """A machine without a battery begins in 1970."""
    assert clock(datetime(year, 6, 1, tzinfo=UTC)).state is state


def test_a_state_folder_open_to_others(tmp_path: Path) -> None:
    """It holds drafts: a word, and how to mend it."""
    state = tmp_path / "state"
    state.mkdir()
    for mode, expected in ((0o755, State.WARN), (0o700, State.OK)):
        state.chmod(mode)
        found = {check.subject: check for check in ground(Config(None, state), NOW)}
        assert found["state folder"].state is expected


def test_a_state_folder_that_cannot_be(tmp_path: Path) -> None:
    """A file in its place."""
    (tmp_path / "file").touch()
    found = {check.subject: check for check in ground(Config(None, tmp_path / "file" / "x"), NOW)}
    assert found["state folder"].state is State.FAIL


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("password-command-failed", "password"),
        ("certificate-expired", "connection"),
        ("timed-out", "connection"),
        ("login-unavailable", "login"),
        ("basic-auth-disabled", "login"),
        ("drafts-missing", "folders"),
    ],
)
def test_each_failure_stands_at_its_step(imap_account: Account, kind: str, step: str) -> None:
    """One failure, at its step; before it all is well, after it nothing was tried."""

    def fail(_: Account) -> Session:
        raise AccountError(kind)

    found = list(reach(imap_account, fail))
    at = ACCOUNT_STEPS.index(step)
    assert [check.subject for check in found] == ACCOUNT_STEPS
    assert [check.state for check in found] == [
        *[State.OK] * at,
        State.FAIL,
        *[State.SKIPPED] * (len(ACCOUNT_STEPS) - at - 1),
    ]
    assert failed_step(kind) == step


def test_only_errors_of_ours_are_findings(imap_account: Account) -> None:
    """A fault of the program is not worded as one of the account."""

    def fail(_: Account) -> Session:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(reach(imap_account, fail))
    assert not issubclass(ZeroDivisionError, TriageError)


def test_the_state_folder_that_systemd_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first start nobody is sent to open /var/lib."""
    monkeypatch.setattr(checks, "SYSTEM_STATE", tmp_path / "later")
    found = {row.subject: row for row in ground(Config(None, tmp_path / "later"), NOW)}
    assert found["state folder"].state is State.WARN
    assert "when the service first starts" in found["state folder"].found
