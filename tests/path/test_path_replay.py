"""The past run through once more on a real server: what is told, and that nothing is written."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cycle.world import mail
from path.letters import CUP, JAR, THANKS, letter
from path.program import configure, triage
from servers.chaos import Act, Chaos
from servers.dovecot import Dovecot, Owner

READS = {"CAPABILITY", "ID", "AUTHENTICATE", "LOGIN", "NAMESPACE", "LIST", "NOOP", "LOGOUT"}
READS |= {"EXAMINE", "STATUS", "UID SEARCH", "UID FETCH"}
HOSTILE = '<script src="https://evil.example/x.js"></script> & \x1b[2J cup is broken'


def answered(text: str, asked: str, day: datetime) -> bytes:
    """What the owner wrote."""
    more = f"In-Reply-To: {asked}\r\n"
    return mail(900, text, sender="hello@shop.example", more=more, date=day)


@pytest.fixture
def past(dovecot: Dovecot, tmp_path: Path) -> Path:
    """Three mails of ten days ago, of which one was answered, and an old one."""
    owner = dovecot.owner(tmp_path.name)
    fill(owner, datetime.now(UTC) - timedelta(days=10))
    owner.close()
    return configure(tmp_path, dovecot, tmp_path.name)


def fill(owner: Owner, day: datetime) -> None:
    for text in (CUP, JAR, THANKS):
        owner.deliver("INBOX", letter(text), internal_date=day)
    owner.deliver(
        "INBOX", mail(7, "It is broken.", subject="old"), internal_date=day.replace(year=2020)
    )
    own = answered(
        "Dear Ada,\r\n\r\nI am sorry for the trouble this is causing you.", CUP.message_id, day
    )
    owner.deliver("Sent", own, internal_date=day + timedelta(hours=30))


def everything(owner: Owner) -> list[object]:
    """All that another client sees: places, flags, content."""
    return [
        (folder, seen.uid, seen.flags - {"\\Recent"}, seen.raw)
        for folder in ("INBOX", "Drafts", "Sent", "Trash")
        for seen in owner.mails(folder)
    ]


def test_nothing_is_written(past: Path, dovecot: Dovecot, tmp_path: Path) -> None:
    """Commands that read are all that the server hears, and the machine keeps nothing."""
    proxy, heard = Chaos(dovecot.port), Counter[str]()

    def listen(direction: str, data: bytes) -> Act:
        if direction == "up":
            for line in data.decode("latin-1").splitlines():
                if found := re.match(r"\w+ (UID \w+|\w+)", line):
                    heard[found[1].upper()] += 1
                    assert "BODY[" not in line, "what is not PEEK marks as read"
        return Act.PASS

    proxy.rule = listen
    text = past.read_text().replace(
        f"port = {dovecot.tls_port}", f'port = {proxy.port}\nsecurity = "none"'
    )
    past.write_text(text)
    owner = dovecot.owner(tmp_path.name)
    before, files = everything(owner), sorted(tmp_path.rglob("*"))
    done = triage(past, "replay", "--days", "30")
    proxy.close()
    assert done.returncode == 0, done.stderr
    assert {"EXAMINE", "UID FETCH", "LOGOUT"} <= heard.keys() <= READS
    assert everything(owner) == before
    assert sorted(tmp_path.rglob("*")) == files, "not even a state folder"
    owner.close()


def test_what_is_told(past: Path) -> None:
    """Who was never answered comes first; what the answers took, and what the letters would have
    saved."""
    done = triage(past, "replay", "--days", "30")
    assert done.returncode == 0, done.stderr
    head, *lines = done.stdout.splitlines()
    assert head.startswith("shop: 3 mails, ")
    told = "\n".join(lines)
    assert "3 mails: 2 flagged, 1 passed; 2 letters would have been laid" in told
    assert "you answered 1, and 1 never" in told
    assert "the answers took 30 hours in the middle" in told
    never, later = told.split("Complaints that you answered:")
    assert "jonas@customer.example" in never
    assert "ada@customer.example" in later


def test_what_a_program_reads(past: Path) -> None:
    """One object a mail, the letter beside the answer, then the figures."""
    rows = [json.loads(line) for line in triage(past, "replay", "--json").stdout.splitlines()]
    *mails, summed = rows
    (cup,) = (each for each in mails if each["message_id"] == CUP.message_id)
    assert cup["template"] == "damaged"
    assert cup["letter"].startswith("Hello Ada,")
    assert ">" not in cup["letter"], "without the history"
    assert cup["answer"]["shared_words"] >= 8
    assert (summed["flagged_answered"], summed["flagged_unanswered"]) == (1, 1)


def test_the_page(past: Path, dovecot: Dovecot, tmp_path: Path) -> None:
    """One file that refers to nothing outside; strangers' words are text; no file is replaced."""
    owner = dovecot.owner(tmp_path.name)
    day = datetime.now(UTC) - timedelta(days=1)
    owner.deliver(
        "INBOX", letter(CUP).replace(b"Cup arrived broken", HOSTILE.encode()), internal_date=day
    )
    owner.close()
    page = tmp_path / "page.html"
    assert triage(past, "replay", "--html", str(page)).returncode == 0
    html = page.read_text()
    assert page.stat().st_mode & 0o777 == 0o600
    assert "<script" not in html
    assert "&lt;script src=" in html
    assert not re.search(
        r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""",
        html.replace("&#34;", '"').replace("&lt;script src=", ""),
    )
    assert "The letter that would have waited (damaged)" in html
    assert "What you wrote" in html
    again = triage(past, "replay", "--html", str(page))
    assert again.returncode == 2
    assert "page.html" in again.stderr


def test_a_wrong_password_is_said(past: Path) -> None:
    """As by the other commands, with their exit status."""
    text = re.sub(r"password_file = .*", 'password_env = "WRONG"', past.read_text())
    past.write_text(text)
    done = triage(past, "replay")
    assert done.returncode == 77
    assert "WRONG" in done.stderr
