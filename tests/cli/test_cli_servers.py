"""`triage once` on every real server: one complaint, one draft, however often it looks."""

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from configuration import Write
from servers.post import REAL, Post, post_at

from triage.cli.group import triage
from triage.reply import is_draft_id

ASKED = "<complaint@customer.example>"
COMPLAINT = f"""\
From: Ann Example <ann@customer.example>\r
To: The Owner <owner@shop.example>\r
Subject: Order 10442 has not come\r
Date: {format_datetime(datetime.now(UTC))}\r
Message-ID: {ASKED}\r
References: <first@customer.example>\r
\r
I ordered a lamp three weeks ago and it still has not come. Nobody answers me.\r
I am very disappointed. Where is it? Please send it or give me my money back.\r
""".encode()


@pytest.fixture(params=REAL)
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """A mailbox on a real server."""
    yield from post_at(request.param, request, tmp_path)


def test_one_complaint_is_answered_once(post: Post, config_of: Write) -> None:
    """One draft, in the thread and unread-proof; two more looks lay no other. The complaint is
    flagged and stays unread."""
    post.deliver("INBOX", COMPLAINT)
    config = config_of(post.account)
    for _ in range(3):
        done = CliRunner().invoke(triage, ["--config", str(config), "once"])
        assert done.exit_code == 0, done.output
        ((raw, flags),) = post.mails("Drafts")
        assert flags == {"\\Draft", "\\Seen"}
    draft = email.message_from_bytes(raw, policy=email.policy.default)
    assert is_draft_id(draft["Message-ID"])
    assert draft["In-Reply-To"] == ASKED
    assert draft["References"].split() == ["<first@customer.example>", ASKED]
    assert draft["To"].addresses[0].addr_spec == "ann@customer.example"
    assert post.mails("INBOX") == [(COMPLAINT, frozenset({"\\Flagged", "Complaint"}))]
