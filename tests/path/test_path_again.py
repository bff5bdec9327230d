"""A customer who writes twice about one order, on a real server: his second letter says so."""

import email
import email.policy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from path.letters import CUP, letter
from path.program import configure, triage
from servers.dovecot import Dovecot, Owner

AGAIN = replace(
    CUP,
    name="again",
    subject="Order 4471, still no answer",
    body="Hello,\n\nthe cup in my order 4471 was broken when it came, and I am still waiting for my"
    " money back. This is very disappointing.\n\nAda",
)
STRANGER = replace(AGAIN, name="stranger", sender="Eve Roe <eve@stranger.example>")


def says_when(owner: Owner) -> dict[str, bool]:
    """Whether each letter in Drafts says since when its reader has waited, by what it answers."""
    drafts = [
        email.message_from_bytes(mail.raw, policy=email.policy.default)
        for mail in owner.mails("Drafts")
    ]
    bodies = {
        str(draft["In-Reply-To"]): draft.get_content().partition("wrote:")[0] for draft in drafts
    }
    return {name: "first wrote to me" in " ".join(body.split()) for name, body in bodies.items()}


def test_second_letter_says_since_when(dovecot: Dovecot, tmp_path: Path) -> None:
    """Two threads of one customer about one order; somebody else who names it learns nothing."""
    path = configure(tmp_path, dovecot, "again")
    owner = dovecot.owner("again")
    now = datetime.now(UTC)
    said: dict[str, bool] = {}
    for days, texts in ((3, [CUP]), (0, [AGAIN, STRANGER])):
        day = now - timedelta(days=days)
        for text in texts:
            raw = email.message_from_bytes(letter(text), policy=email.policy.SMTP)
            raw.replace_header("Date", day)
            owner.deliver("INBOX", raw.as_bytes(), internal_date=day)
        done = triage(path, "once")
        assert done.returncode == 0, done.stderr
        said |= says_when(owner)
        for mail in owner.mails("Drafts"):
            owner.move("Drafts", mail.uid, "Sent")
    assert said == {CUP.message_id: False, AGAIN.message_id: True, STRANGER.message_id: False}
    rows = [
        json.loads(line) for line in triage(path, "log", "--json", "--again").stdout.splitlines()
    ]
    assert [row["message_id"] for row in rows] == [AGAIN.message_id]
    assert triage(path, "status").stdout.startswith("1 customer has written again")
    owner.close()
