"""A mail of our own laid into the inbox, and found there, on every server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

import pytest
from servers.letters import mail
from servers.post import PLAIN, SERVERS, Post, post_at

from triage.errors import Refusal
from triage.protocols import Mailboxes


class Delivering(Mailboxes, Protocol):
    """What the daily digest needs beside what the story needs."""

    def bears(self, mailbox: str, message_id: str) -> bool: ...
    def deliver(self, mailbox: str, raw: bytes) -> None: ...


@pytest.fixture(params=SERVERS)
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    yield from post_at(request.param, request, tmp_path)


@pytest.fixture
def mailboxes(post: Post) -> Delivering:
    return cast("Delivering", post.connect(post.account))


def identity(name: str) -> str:
    """The Message-ID of such a mail."""
    head = mail(name).partition(b"\r\n\r\n")[0].decode()
    return next(line.partition(": ")[2] for line in head.splitlines() if "Message-ID" in line)


def test_it_lies_unread_and_the_watched_mailbox_stays(post: Post, mailboxes: Delivering) -> None:
    """Once, without a flag; what was read before is read on."""
    uid = post.deliver("INBOX", mail("before"))
    mailboxes.open("INBOX", read_only=True)
    assert not mailboxes.bears("INBOX", identity("ours"))
    mailboxes.deliver("INBOX", mail("ours"))
    assert mailboxes.bears("INBOX", identity("ours"))
    lying = [flags for raw, flags in post.mails("INBOX") if identity("ours").encode() in raw]
    assert [{flag.lower() for flag in flags} - {"\\recent"} for flags in lying] == [set()]
    assert uid in mailboxes.uids(1)


def test_one_that_was_binned_is_found(post: Post, mailboxes: Delivering) -> None:
    mailboxes.deliver("INBOX", mail("ours"))
    mailboxes.open("INBOX")
    (uid,) = mailboxes.uids(1)
    post.move("INBOX", uid, "Trash")
    assert mailboxes.bears("INBOX", identity("ours"))


@pytest.fixture(params=PLAIN)
def disturbed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """The servers that can be made to refuse."""
    yield from post_at(request.param, request, tmp_path)


def test_a_refusal_is_told_and_nothing_lies_there(disturbed: Post) -> None:
    mailboxes = cast("Delivering", disturbed.connect(disturbed.account))
    mailboxes.open("INBOX")
    disturbed.refuse("append" if disturbed.account.name != "memory" else "deliver")
    with pytest.raises(Refusal):
        mailboxes.deliver("INBOX", mail("ours"))
    disturbed.refuse("")
    assert not mailboxes.bears("INBOX", identity("ours"))
