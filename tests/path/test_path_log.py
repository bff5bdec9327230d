"""No miss is invisible: what the running daemon found is told to whoever asks."""

import json
import signal
from dataclasses import replace
from pathlib import Path

from path.letters import CUP, THANKS, letter
from path.program import Running, configure, triage, until
from servers.dovecot import Dovecot

ABROAD = replace(
    CUP,
    name="abroad",
    sender="Lena Vogt <lena@customer.example>",
    subject="Bestellung 4471",
    body="Guten Tag,\n\nmeine Bestellung ist heute angekommen, aber die Tasse ist zerbrochen. Ich"
    " bin sehr enttäuscht und möchte mein Geld zurück.\n\nLena Vogt",
)


def test_owner_sees_what_the_daemon_is_unsure_of(dovecot: Dovecot, tmp_path: Path) -> None:
    """While it runs: who wrote, about what, where it lies, and the letter. Its own log names none
    of it."""
    path = configure(tmp_path, dovecot, "listed")
    owner = dovecot.owner("listed")
    unread = owner.deliver("INBOX", b"no header at all")
    for text in (CUP, ABROAD, THANKS):
        owner.deliver("INBOX", letter(text))

    def rows(*arguments: str) -> list[dict[str, object]]:
        done = triage(path, "log", "--json", *arguments)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    with Running(path) as running:
        until(lambda: len(rows()) == 4 and bool(owner.mails("Drafts")), "all mails are judged")
        until(lambda: rows("--outcome", "flagged")[0]["letter"] == "laid", "the letter is laid")
        (doubtful,) = rows("--outcome", "unsure")
        (complaint,) = rows("--outcome", "flagged")
        (failed,) = rows("--outcome", "failed")
        status = triage(path, "status").stdout.splitlines()
        assert running.ends(signal.SIGTERM)[0] == 0
    assert (doubtful["sender"], doubtful["subject"]) == ("lena@customer.example", ABROAD.subject)
    assert doubtful["places"] == [{"mailbox": "INBOX", "uid": 3}]
    assert complaint["laid"] == {"mailbox": "Drafts", "uid": owner.mails("Drafts")[0].uid}
    assert failed["places"] == [{"mailbox": "INBOX", "uid": unread}]
    assert status[-2:] == [
        "1 unsure in the last 7 days: triage log --outcome unsure --days 7",
        "1 failed in the last 7 days: triage log --outcome failed --days 7",
    ]
    logged = running.log.read_text()
    assert "INBOX 3" in logged
    assert "customer.example" not in logged
    assert ABROAD.subject not in logged
    owner.close()
