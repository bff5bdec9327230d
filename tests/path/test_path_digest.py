"""The daily digest on a real server: laid once by the daemon, whatever happens to it."""

import email
import email.policy
import signal
from pathlib import Path

from path.letters import CUP, letter
from path.program import Running, configure, triage, until
from servers.dovecot import Dovecot, Owner

DIGEST = b"From: triage <hello@shop.example>"


def digests(owner: Owner) -> list[bytes]:
    return [each.raw for each in owner.mails("INBOX") if DIGEST in each.raw]


def test_laid_once_and_read_by_nobody_but_its_owner(dovecot: Dovecot, tmp_path: Path) -> None:
    """Killed and begun anew, and called by hand: one digest, no letter to it, no flag on it."""
    path = configure(tmp_path, dovecot, "digest", 'digest = "00:00"')
    owner = dovecot.owner("digest")
    owner.deliver("INBOX", letter(CUP))
    with Running(path) as running:
        until(lambda: len(digests(owner)) == 1, "the digest")
        running.ends(signal.SIGKILL)
    with Running(path) as running:
        running.hears("READY=1")
        until(lambda: "skipped (own)" in running.log.read_text(), "the digest is read")
        assert running.ends(signal.SIGTERM)[0] == 0
    assert triage(path, "once").returncode == 0
    (raw,) = digests(owner)
    digest = email.message_from_bytes(raw, policy=email.policy.default)
    assert digest["Subject"] == "triage: 1 complaint waits"
    assert len(owner.mails("Drafts")) == 1
    flags = [each.flags for each in owner.mails("INBOX") if each.raw == raw]
    assert "\\Flagged" not in flags[0]
    log = running.log.read_text()
    assert "shop: digest laid into INBOX" in log
    assert "cup" not in log.lower()
    owner.close()
