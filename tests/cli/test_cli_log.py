"""`triage log`: what became of each mail, told from the ledger."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli.group import triage
from triage.cli.log import row, text
from triage.cli.terminal import NARROWEST, wide
from triage.cli.wording import LETTERS
from triage.errors import MessageError
from triage.ledger import Entry, LaidLetter, Ledger, SetAside
from triage.place import Ref, Status
from triage.record import Done, Judged
from triage.report import LetterState, Line
from triage.report.log import line
from triage.taxonomy import SignalKind

NOW = 1_800_000_000.0
DAY = 86400.0
PLACE = Ref("INBOX", 1, 4)
JUDGED = Judged(
    digest="ab" * 32,
    message_id="<one@example.org>",
    echo="cd" * 32,
    arrived=NOW - 5,
    judged=NOW,
    outcome="unsure",
    reason="in-between",
    origin="customer",
    topic="late",
    complaint=0.5,
    language="en",
    undrafted="unsure",
    writer="ann@example.org",
    subject="Where is it?\x1b[2J",
    signals="angry chargeback",
)
UNSURE = line("shop", Entry(JUDGED, (PLACE,), None))
FAILED = line("shop", SetAside(PLACE, NOW, "nested-too-deep", {"limit": 30}, NOW + 60))
STORED = Ref("Drafts", 1, 9)

KEYS = ["account", "when", "arrived", "places", "message_id", "sender", "subject", "outcome"]
KEYS += ["reason", "why", "origin", "language", "complaint", "topic", "signals", "again", "letter"]
KEYS += ["laid", "unwritten", "letter_why", "letter_since", "changed", "answered", "how"]
KEYS += ["dealt_with", "said", "order"]


def test_what_a_person_reads() -> None:
    """When, where, what and why, who wrote about what, and the letter; safe for a terminal."""
    head, *lines = text(UNSURE, 80).splitlines()
    assert re.fullmatch(r"2027-01-1\d \d\d:\d\d  shop, INBOX, UID 4", head)
    assert lines == [
        "  unsure     could be a complaint; look at it yourself",
        "  signals    angry tone, chargeback",
        "  from       ann@example.org",
        "  subject    Where is it?\ufffd[2J",
        "  letter     none",
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (FAILED, "  failed     The mail's parts are nested more than 30 deep."),
        (replace(UNSURE, subject=""), "  subject    none"),
        (
            replace(UNSURE, again=date(2026, 11, 17)),
            "  again      complained of the same matter before, first on 17 November 2026",
        ),
        (replace(UNSURE, arrived=NOW - 2 * DAY), "  arrived    2027-01-1"),
        (replace(UNSURE, places=(PLACE, STORED)), "shop, INBOX, UID 4, and 1 place more"),
        (replace(UNSURE, places=()), "shop, its place is not known any more"),
        (
            replace(UNSURE, unwritten="answer-at-marketplace"),
            "  letter     none: the marketplace wants the answer inside",
        ),
        (
            replace(UNSURE, letter=LetterState.LAID, laid=STORED),
            "  letter     laid in Drafts, UID 9",
        ),
        (
            replace(UNSURE, letter=LetterState.WAITING),
            "  letter     not laid yet: an earlier one may be open, or the server has not taken it",
        ),
        (
            replace(UNSURE, letter=LetterState.WITHDRAWN, answered=NOW, how="letter"),
            " with a letter of triage\n",
        ),
        (
            replace(UNSURE, letter=LetterState.LAID, laid=STORED, answered=NOW, how="own"),
            " by yourself\n",
        ),
    ],
)
def test_what_a_person_reads_of_the_rest(told: Line, words: str) -> None:
    """Each thing that can have become of a mail and of its letter."""
    assert words in text(told, sys.maxsize)


def test_what_is_not_known_is_not_said() -> None:
    """A mail of an earlier triage has neither sender nor subject, one that failed no letter."""
    before = replace(JUDGED, writer=None, subject=None, signals=None)
    old = line("shop", Entry(before, (PLACE,), None))
    assert old.signals is None
    assert [each.split()[0] for each in text(old, 80).splitlines()[1:]] == ["unsure", "letter"]
    (_, words) = text(FAILED, sys.maxsize).splitlines()
    assert words.endswith("It is tried again.")
    given_up = line("shop", SetAside(PLACE, NOW, "empty", {}, None))
    assert text(given_up, 80).endswith("The mail is empty. It is not tried again.\n")


@pytest.mark.parametrize("width", [NARROWEST, 80, 200])
@pytest.mark.parametrize("subject", ["order " * 60, "w" * 300, "注文はどこですか" * 40, "😡" * 200])
def test_no_line_is_wider_than_the_terminal(width: int, subject: str) -> None:
    """Strangers' words are cut off, wide letters counted as two; ours go on in the next line."""
    mails = [
        replace(UNSURE, subject=subject, sender=subject, places=(Ref(subject, 1, 1),)),
        replace(UNSURE, letter=LetterState.GIVEN_UP, signals=tuple(SignalKind)),
        FAILED,
    ]
    for told in mails:
        for each in text(told, width).splitlines():
            assert wide(each) <= width
    assert " ".join(text(FAILED, width).split()).endswith(
        "in your mail program. It is tried again."
    )


@pytest.mark.parametrize("reason", ["", " ", "\t\n"])
def test_a_reason_that_is_blank_is_a_line(reason: str) -> None:
    """A ledger that was written by something else breaks nothing."""
    _, first, *_ = text(replace(UNSURE, reason=reason), 80).splitlines()
    assert first.split() == ["unsure"]


@pytest.mark.parametrize("told", [UNSURE, FAILED, replace(UNSURE, laid=STORED)])
def test_the_keys_are_always_the_same(told: Line) -> None:
    """However little is known of a mail: the same keys, in the same order."""
    found = row(told)
    assert list(found) == KEYS
    assert json.loads(json.dumps(found)) == found


def test_what_a_program_reads() -> None:
    """Codes as they are, times with their zone, what is not known as null."""
    found = row(UNSURE)
    assert str(found["when"]).startswith("2027-01-1")
    assert (found["outcome"], found["reason"], found["letter"]) == ("unsure", "in-between", "none")
    assert (found["signals"], row(FAILED)["signals"]) == (["angry", "chargeback"], None)
    assert (found["places"], found["laid"]) == ([{"mailbox": "INBOX", "uid": 4}], None)
    found = row(FAILED)
    assert (found["outcome"], found["reason"]) == ("failed", "nested-too-deep")
    assert found["sender"] is found["subject"] is found["arrived"] is found["origin"] is None


@pytest.mark.parametrize(
    ("letter", "state"),
    [
        (None, LetterState.NONE),
        (LaidLetter("intended", "", None), LetterState.WAITING),
        (LaidLetter("appending", "", None), LetterState.WAITING),
        (LaidLetter("stored", "", STORED), LetterState.LAID),
        (LaidLetter("stored", "", STORED, fate="edited"), LetterState.EDITED),
        (LaidLetter("stored", "", STORED, fate="gone"), LetterState.GONE),
        (LaidLetter("stored", "", STORED, fate="sent"), LetterState.SENT),
        (LaidLetter("stored", "", STORED, fate="discarded"), LetterState.DISCARDED),
        (LaidLetter("stored", "", STORED, fate="settled"), LetterState.WITHDRAWN),
        (LaidLetter("dropped", "answered-in-Sent", None), LetterState.NOT_NEEDED),
        (LaidLetter("dropped", "never-confirmed", None), LetterState.GIVEN_UP),
    ],
)
def test_what_became_of_a_letter(letter: LaidLetter | None, state: LetterState) -> None:
    """In words an owner knows; where it lies, if it does."""
    told = line("shop", Entry(JUDGED, (PLACE,), letter))
    assert (told.letter, told.laid) == (state, letter.ref if letter else None)


def test_each_state_of_a_letter_has_its_words() -> None:
    """And no word is without its state."""
    assert set(LETTERS) == set(LetterState) - {LetterState.NONE}


# -- the command ----------------------------------------------------------------------------------


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Two accounts."""
    file = tmp_path / "config.toml"
    file.write_text(
        'state = "state"\n'
        + "".join(
            f'[accounts.{name}]\naddress = "{name}@shop.example"\nhost = "h"\n'
            'password_env = "NONE"\n'
            for name in ("shop", "studio")
        )
    )
    return file


def log(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(triage, ["--config", str(config), "log", *arguments])


@pytest.fixture
def ledger(config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Mails of both accounts, one of them forty days old, and one that failed."""
    monkeypatch.setattr("socket.socket", None)
    now = time.time()
    for account, days in (("studio", (20, 2)), ("shop", (40, 10, 1))):
        ledger = Ledger.open(config.parent / "state", f"{account}@shop.example")
        ledger.since(now, DAY)
        status = Status("INBOX", 1, 100, 100, read_only=False)
        ledger.enter(status, now)
        ledger.listed(status, [*days, 99])
        for day in days:
            judged = replace(
                JUDGED,
                digest=f"{account}{day}",
                judged=now - day * DAY,
                outcome="passed" if day == 10 else "unsure",
                complainant="ann@example.org" if day == 2 else None,
                again="2026-11-17" if day == 2 else None,
                signals={10: "", 20: None, 2: "harm angry"}.get(day, "angry"),
                subject=f"{account} {day}",
            )
            ledger.finish([Done(Ref("INBOX", 1, day), judged.digest, judged)], now)
    ledger.failed(Ref("INBOX", 1, 99), MessageError("empty"), now)
    yield ledger
    ledger.close()


@pytest.mark.parametrize(
    ("arguments", "subjects"),
    [
        ([], ["studio 20", "shop 10", "studio 2", "shop 1", None]),
        (["--days", "60"], ["shop 40", "studio 20", "shop 10", "studio 2", "shop 1", None]),
        (["--days", "5", "--account", "shop"], ["shop 1", None]),
        (["--outcome", "unsure"], ["studio 20", "studio 2", "shop 1"]),
        (["--outcome", "passed", "--account", "shop"], ["shop 10"]),
        (["--outcome", "failed"], [None]),
        (["--signal", "harm"], ["studio 2"]),
        (["--again"], ["studio 2"]),
        (["--signal", "angry", "--outcome", "unsure"], ["studio 2", "shop 1"]),
    ],
)
def test_all_accounts_in_one_story(
    config: Path, ledger: Ledger, arguments: list[str], subjects: list[str | None]
) -> None:
    """The newest last, while the daemon writes; no network is touched."""
    with ledger.transaction():
        done = log(config, "--json", *arguments)
    assert done.exit_code == 0, done.output
    assert [json.loads(each)["subject"] for each in done.stdout.splitlines()] == subjects


@pytest.mark.usefixtures("ledger")
def test_mails_stand_apart(config: Path) -> None:
    """For people an empty line after each."""
    done = log(config, "--outcome", "unsure")
    assert done.stdout.count("\n\n") == 3
    assert "studio, INBOX, UID 20\n  unsure     could be" in done.stdout


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("arguments", [[], ["--json"], ["--account", "shop"]])
def test_nobody_reads_on(config: Path, arguments: list[str]) -> None:
    """`triage log | head`: it ends as by SIGPIPE, without a word."""
    command = [sys.executable, "-m", "triage", "--config", str(config), "log", *arguments]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_before_the_first_run(config: Path, arguments: list[str]) -> None:
    """Nothing is told, and none is made."""
    done = log(config, "--days", "1", *arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "There is no such mail in the last 1 day.\n"
    assert not (config.parent / "state").exists()


def test_an_account_that_is_not_there(config: Path) -> None:
    """One sentence with those there are, exit status 2."""
    done = log(config, "--account", "sh\x1bop")
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: The configuration has no account sh\ufffdop. It has: shop, studio.\n"
    )
