"""How a draft lies that was laid: untouched, changed, binned or nowhere, on every server."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from servers.letters import draft, mail
from servers.post import SERVERS, Post, post_at

from triage.place import UNKNOWN, Found, Lying, Stored
from triage.protocols import Mailboxes

ASKED = "<asked@customer.example>"


@dataclass(frozen=True)
class Letter:
    """A draft that was laid."""

    message_id: str
    in_reply_to: str | None
    raw: bytes
    stored: Stored


@pytest.fixture(params=SERVERS)
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    yield from post_at(request.param, request, tmp_path)


@pytest.fixture
def mailboxes(post: Post) -> Mailboxes:
    mailboxes = post.connect(post.account)
    mailboxes.open("INBOX")
    return mailboxes


def laid(mailboxes: Mailboxes, name: str = "one", asked: str = ASKED) -> Letter:
    letter = draft(name, answers=asked)
    stored = mailboxes.append(letter)
    return Letter(letter.message_id, letter.in_reply_to, letter.raw, stored)


def how(mailboxes: Mailboxes, *letters: Letter) -> list[Lying]:
    found = mailboxes.lying(letters)
    return [found[letter.message_id].lying for letter in letters]


def test_as_it_was_laid(post: Post, mailboxes: Mailboxes) -> None:
    """At its place; or as it was at another, which is told."""
    letter, other = laid(mailboxes), laid(mailboxes, "two", "<other@x>")
    assert how(mailboxes, letter, other) == [Lying.UNTOUCHED] * 2
    assert mailboxes.lying([letter])[letter.message_id].stored == letter.stored
    post.expunge("Drafts", letter.stored.ref.uid)
    again = post.deliver("Drafts", letter.raw)
    found = mailboxes.lying([letter, other])
    moved = found[letter.message_id].stored
    assert moved is not None
    assert moved.ref == replace(letter.stored.ref, uid=again)
    assert found[other.message_id] == Found(Lying.UNTOUCHED, other.stored)


def test_of_a_place_that_may_be_the_owners(mailboxes: Mailboxes) -> None:
    """Found after a loss, and not as we lay it: it counts as changed."""
    letter = laid(mailboxes)
    theirs = replace(
        letter, raw=letter.raw + b"!", stored=replace(letter.stored, raw_digest=UNKNOWN)
    )
    assert how(mailboxes, theirs) == [Lying.CHANGED]


@pytest.mark.parametrize("same_id", [True, False])
def test_changed(post: Post, mailboxes: Mailboxes, same_id: bool) -> None:
    """Saved anew by the owner, under its own Message-ID or another (Gmail)."""
    letter = laid(mailboxes)
    post.expunge("Drafts", letter.stored.ref.uid)
    his = letter.raw.replace(b"sorry", b"very sorry")
    post.deliver(
        "Drafts", his if same_id else his.replace(b"<one@", b"<his@").replace(b"ours", b"h")
    )
    assert how(mailboxes, letter) == [Lying.CHANGED]


def test_nowhere_and_back(post: Post, mailboxes: Mailboxes) -> None:
    """Open in a program that took it away meanwhile, and put back as it was."""
    letter = laid(mailboxes)
    post.expunge("Drafts", letter.stored.ref.uid)
    assert how(mailboxes, letter) == [Lying.NOWHERE]
    post.deliver("Drafts", letter.raw)
    assert how(mailboxes, letter) == [Lying.UNTOUCHED]


def test_binned(post: Post, mailboxes: Mailboxes) -> None:
    letter = laid(mailboxes)
    post.move("Drafts", letter.stored.ref.uid, "Trash")
    assert how(mailboxes, letter) == [Lying.BINNED]


def test_others_drafts_tell_nothing(post: Post, mailboxes: Mailboxes) -> None:
    """Our letter to another mail of the thread, and the owner's to somebody else."""
    letter = laid(mailboxes)
    laid(mailboxes, "two", "<later@x>")
    post.deliver("Drafts", mail("his", answers="<else@x>"))
    post.expunge("Drafts", letter.stored.ref.uid)
    assert how(mailboxes, letter) == [Lying.NOWHERE]
