"""The whole path on a real server: mail comes in while the daemon waits, replies lie in Drafts."""

import email
import json
import signal
from collections import Counter
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from path.program import Running, configure, triage, until
from servers.dovecot import Dovecot, Owner, Seen

from triage.config import load
from triage.daemon.desk import Outfit
from triage.finding import explain
from triage.ledger import Ledger
from triage.taxonomy import Outcome

ROOT = Path(__file__).parents[2]
ORDINARY = ROOT.parent / "shared/yardstick/ordinary"
FOLDERS = ("INBOX", "Drafts", "Sent", "Trash", "Junk")
MAILS = 200


def corpus_mails() -> list[bytes]:
    """Entries of the starter corpus as mails from as many customers."""
    mails = []
    for name in ("letters", "messages"):
        corpus = ROOT / f"models/corpus/{name}.jsonl"
        for number, line in enumerate(corpus.read_text().splitlines()):
            entry = json.loads(line)
            message = EmailMessage()
            message["From"] = f"Customer <{name}{number}@customer.example>"
            message["To"] = "hello@shop.example"
            message["Subject"] = entry["subject"]
            message["Date"] = datetime.now().astimezone()
            message["Message-ID"] = f"<{name}{number}@customer.example>"
            message.set_content(entry["body"])
            mails.append(message.as_bytes().replace(b"\n", b"\r\n"))
    return mails


def the_mails() -> list[bytes]:
    """Half from the corpus, half raw mails that nobody here wrote, where they are at hand."""
    files = sorted(ORDINARY.rglob("*.eml"))[::4]
    ordinary = [_delivered(path.read_bytes()) for path in files]
    ordinary = [raw for raw in ordinary if _message_id(raw)][: MAILS // 2]
    mine = corpus_mails()
    step = len(mine) // (MAILS - len(ordinary))
    return ordinary + mine[::step][: MAILS - len(ordinary)]


def _delivered(raw: bytes) -> bytes:
    """An old mail as it is delivered today: with the Received line of the owner's own server."""
    now = format_datetime(datetime.now().astimezone())
    if raw.startswith(b"From "):  # the line with which an mbox begins a mail
        raw = raw.partition(b"\n")[2]
    lines = b"\r\n".join(raw.splitlines())
    return f"Received: from post by shop.example; {now}\r\n".encode() + lines + b"\r\n"


def _message_id(raw: bytes) -> str:
    return str(email.message_from_bytes(raw)["Message-ID"] or "").strip()


def snapshot(owner: Owner) -> dict[str, list[Seen]]:
    """All that another client sees."""
    return {folder: owner.mails(folder) for folder in FOLDERS}


@pytest.mark.timeout(240)
def test_two_hundred_mails_while_the_daemon_waits(
    dovecot: Dovecot, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each finished exactly once, unread and where it was; a second look does nothing at all."""
    config_path = configure(tmp_path, dovecot, "whole")
    config = load(config_path, {})
    owner, ledger = dovecot.owner("whole"), Ledger.open(config.state, "hello@shop.example")
    request.addfinalizer(owner.close)
    request.addfinalizer(ledger.close)
    mails = the_mails()
    assert len(mails) == MAILS
    with Running(config_path) as running:
        running.hears("READY=1")
        running.hears("STATUS=1 account, last cycle")  # it idles now
        for raw in mails:
            owner.deliver("INBOX", raw)

        def finished() -> bool:
            places = ledger.all("SELECT 1 FROM location WHERE state = 'finished'")
            drafts = ledger.all("SELECT 1 FROM draft WHERE state <> 'stored'")
            return len(places) == MAILS and not drafts

        until(finished, "200 mails finished", 120)
        status, seconds = running.ends(signal.SIGTERM)
    assert (status, seconds < 5) == (0, True)

    seen = snapshot(owner)
    assert [found.raw for found in seen["INBOX"]] == mails
    assert not any("\\Seen" in found.flags for found in seen["INBOX"])
    outfit = Outfit.of(config)
    desk = outfit.desk(config.accounts[0])
    expected, flagged = Counter[str](), set[str]()
    for raw in mails:
        finding = explain(desk, raw, datetime.now().astimezone())
        if finding.outcome is Outcome.FLAGGED:
            flagged.add(_message_id(raw))
        if finding.draft:
            expected[_message_id(raw)] += 1
    assert sum(expected.values()) > MAILS / 8, "a test without complaints shows nothing"
    answered = Counter(
        str(email.message_from_bytes(found.raw)["In-Reply-To"]) for found in seen["Drafts"]
    )
    assert answered == expected
    marked = {_message_id(f.raw) for f in seen["INBOX"] if "\\Flagged" in f.flags}
    assert marked == flagged
    assert not seen["Sent"]
    assert not seen["Trash"]

    again = triage(config_path, "once", "--json")
    assert (again.returncode, again.stdout) == (0, ""), again.stderr
    assert snapshot(owner) == seen
