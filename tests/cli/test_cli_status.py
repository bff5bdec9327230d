"""`triage status`: what the ledger says of the accounts, and what a monitor goes by."""

import json
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from triage.account import Account, PasswordFrom, Security
from triage.cli.group import triage
from triage.cli.status import alarms, hints, row, text, why
from triage.cli.terminal import stamp
from triage.errors import AccountError, MailboxError
from triage.ledger import Ledger, Summary
from triage.message import Address
from triage.place import Ref, Status
from triage.record import Done, Judged
from triage.report import PATIENCE, standing

CONFIG = """
state = "state"
[accounts.shop]
address = "shop@shop.example"
host = "imap.shop.example"
password_env = "NONE"
"""
ACCOUNT = Account(
    "shop",
    (Address("", "shop@shop.example"),),
    "imap.shop.example",
    993,
    Security.TLS,
    "shop",
    PasswordFrom(env="NONE"),
)
NOW = 1_800_000_000.0
WELL = Summary(
    begin=NOW - 3600,
    started=NOW - 60,
    succeeded=NOW - 60,
    failures=0,
    retry_at=None,
    stopped=False,
    error="",
    facts={},
    outcomes={"flagged": 2, "passed": 5},
    lately={"flagged": 9, "passed": 50},
    harm=0,
    again=0,
    drafts=2,
    open_drafts=0,
    unsettled=0,
    settles=None,
    doubled=0,
    sweep=None,
    unreadable={},
    digest=None,
)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (WELL, ""),
        (None, "triage has never looked at it. Start it with: triage run"),
        (replace(WELL, failures=3), "failed 3 times in a row; it is tried again"),
        (replace(WELL, succeeded=None), "no look at it has ended well yet"),
        (replace(WELL, succeeded=NOW - PATIENCE), ""),
        (replace(WELL, succeeded=NOW - PATIENCE - 1), "not looked at since"),
        (
            replace(
                WELL, failures=1, stopped=True, error="starttls-missing", facts={"host": "h\x1b"}
            ),
            'stopped. h\ufffd does not offer STARTTLS. Set security to "tls", with port 993.',
        ),
    ],
)
def test_when_an_account_is_well(found: Summary | None, words: str) -> None:
    """Looked at lately, with success; else the reason, and what to do."""
    each = standing(ACCOUNT, found, NOW)
    assert each.well is (words == "")
    assert why(each).startswith(words)


def test_a_rare_poll_is_not_late() -> None:
    """An account that is looked at once an hour is given three hours."""
    hourly = replace(ACCOUNT, poll=3600.0)
    assert standing(hourly, replace(WELL, succeeded=NOW - 3 * 3600), NOW).well
    assert not standing(hourly, replace(WELL, succeeded=NOW - 3 * 3600 - 1), NOW).well


def test_what_a_person_reads() -> None:
    """The state, the last look, today's figures, what waits and what was set aside."""
    full = replace(WELL, open_drafts=1, unreadable={"nested-too-deep": 1})
    first, look, *rest = text(standing(ACCOUNT, full, NOW)).splitlines()
    assert first == "shop: well"
    assert look.startswith("  last look   2027-01-1")
    assert rest == [
        "  today       2 flagged, 0 unsure, 0 repeat, 5 passed, 0 skipped, 0 failed;"
        " 2 letters laid into Drafts",
        "  waiting     1 letter for the server to take",
        "  set aside   1 mail (nested-too-deep)",
    ]


def test_letters_of_which_it_is_not_known_where_they_lie() -> None:
    """An APPEND whose answer was lost: until when it is left alone, and till when a late copy of
    one that was sent twice is looked for."""
    open_ = replace(WELL, open_drafts=2, unsettled=1, settles=NOW + 120)
    (line,) = text(standing(ACCOUNT, open_, NOW)).splitlines()[3:]
    assert line == (
        "  waiting     2 letters for the server to take; 1 may lie there, the answer to it was"
        f" lost: looked for again after {stamp(NOW + 120)}"
    )
    twice = replace(WELL, doubled=1, sweep=NOW + 1800)
    (line,) = text(standing(ACCOUNT, twice, NOW)).splitlines()[3:]
    assert line == (
        "  watched     1 letter was sent to Drafts more than once: a second copy is looked for at"
        f" {stamp(NOW + 1800)}, and taken away"
    )
    shown = row(standing(ACCOUNT, replace(twice, unsettled=1, settles=NOW), NOW))
    assert (shown["settles"], shown["sweep"]) == (stamp(NOW), stamp(NOW + 1800))


def test_what_there_is_to_look_at() -> None:
    """The doubtful mails of all accounts, and the command that shows them; else no word."""
    standings = [
        standing(ACCOUNT, found, NOW) for found in (WELL, None, replace(WELL, lately={"unsure": 2}))
    ]
    assert list(hints(standings[:2])) == []
    more = standing(ACCOUNT, replace(WELL, lately={"unsure": 1, "failed": 4}), NOW)
    assert list(hints([*standings, more])) == [
        "3 unsure in the last 7 days: triage log --outcome unsure --days 7",
        "4 failed in the last 7 days: triage log --outcome failed --days 7",
    ]


def test_harm_comes_before_all_else() -> None:
    """How many mails of all accounts tell of it, and the command that shows them; else no word."""
    standings = [standing(ACCOUNT, found, NOW) for found in (WELL, None, replace(WELL, harm=2))]
    assert list(alarms(standings[:2])) == []
    assert list(alarms([*standings, standings[2]])) == [
        "HARM OR DANGER: 4 mails in the last 7 days: triage log --signal harm --days 7"
    ]


@pytest.mark.parametrize(("more", "who"), [(1, "2 customers have"), (0, "1 customer has")])
def test_who_had_to_write_again_comes_next(more: int, who: str) -> None:
    """How many customers of all accounts, below harm, and the command that shows their mails."""
    one = standing(ACCOUNT, replace(WELL, again=1, harm=1), NOW)
    two = standing(ACCOUNT, replace(WELL, again=more), NOW)
    harm, again = alarms([one, two])
    assert harm.startswith("HARM OR DANGER: 1 mail")
    assert again == (
        f"{who} written again about the same matter in the last 7 days: triage log --again --days 7"
    )


def test_what_a_program_reads() -> None:
    """Times with their zone; nothing of an error but its sentence."""
    found = row(standing(ACCOUNT, replace(WELL, stopped="x", facts={"user": "u"}), NOW))
    assert json.loads(json.dumps(found)) == found
    assert (found["account"], found["well"], found["drafts"]) == ("shop", False, 2)
    assert str(found["succeeded"]).startswith("2027-01-1")
    assert "facts" not in found


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(CONFIG)
    return file


def test_before_the_first_run(config: Path) -> None:
    """No ledger is no error of the program, and none is made."""
    done = CliRunner().invoke(triage, ["--config", str(config), "status"])
    assert done.exit_code == 1
    assert done.output == "shop: triage has never looked at it. Start it with: triage run\n"
    assert not (config.parent / "state").exists()


def test_a_real_ledger(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a ledger as the daemon leaves it: well, failing, stopped; no network is touched."""
    monkeypatch.setattr("socket.socket", None)
    moment = time.time()
    ledger = Ledger.open(config.parent / "state", "shop@shop.example")
    ref = Ref("INBOX", 1, 1)
    ledger.since(moment, 7 * 86400.0)
    status = Status("INBOX", 1, 2, 1, False)
    ledger.enter(status, moment - 86400)
    ledger.listed(status, [1])
    judged = Judged("ab" * 32, None, "cd" * 32, moment, moment, "flagged", "complaint")
    judged = replace(judged, signals="harm angry", complainant="a@b.c", again="2026-11-17")
    ledger.finish([Done(ref, judged.digest, judged)], moment)
    ledger.started(moment)
    ledger.succeeded(moment)
    command = ["--config", str(config), "status", "--json"]
    done = CliRunner().invoke(triage, command)
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["outcomes"] == {"flagged": 1}
    assert json.loads(done.output)["harm"] == 1
    assert json.loads(done.output)["again"] == 1
    assert json.loads(done.output)["digest"] is None
    first, *_ = CliRunner().invoke(triage, command[:-1]).output.splitlines()
    assert first.startswith("HARM OR DANGER: 1 mail in the last 7 days")
    day = datetime.fromtimestamp(moment).astimezone().date()
    ledger.daily_done(day - timedelta(2), moment - 9e4)  # nothing was to be said
    ledger.appends_daily(day - timedelta(1), moment - 8e4)
    ledger.daily_done(day - timedelta(1), moment - 7e4)
    ledger.appends_daily(day, moment)  # not known to lie there
    done = CliRunner().invoke(triage, command)
    assert json.loads(done.output)["digest"] == stamp(moment - 7e4)
    shown = CliRunner().invoke(triage, command[:-1]).output.splitlines()
    assert f"  digest      {stamp(moment - 7e4)}" in shown
    ledger.backs_off(MailboxError("host-unknown", host="h"), moment + 60)
    done = CliRunner().invoke(triage, command)
    assert (done.exit_code, json.loads(done.output)["failures"]) == (1, 1)
    ledger.stops(AccountError("starttls-missing", host="h"), moment + 60)
    done = CliRunner().invoke(triage, command)
    assert (done.exit_code, json.loads(done.output)["stopped"]) == (1, True)
    assert "STARTTLS" in json.loads(done.output)["why"]
    ledger.close()


def test_a_damaged_ledger_is_said(config: Path) -> None:
    """One sentence, exit status 2, and the file is left as it is."""
    file = config.parent / "state" / "ledger.sqlite3"
    file.parent.mkdir()
    file.write_bytes(b"this is no database, but somebody's novel" * 100)
    before = file.read_bytes()
    done = CliRunner().invoke(triage, ["--config", str(config), "status"])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"Error: The ledger {file} is damaged")
    assert file.read_bytes() == before
