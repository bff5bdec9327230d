"""What `Mailboxes` promises, kept by the session on Dovecot and by the server in memory alike."""

import hashlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from servers.dovecot import Dovecot
from servers.letters import draft, is_ours, mail
from servers.memory import MemoryMailboxes, MemoryServer

from triage.account import Account, PasswordFrom, Security
from triage.cycle import Mailboxes
from triage.errors import AccountError, MailboxError
from triage.mailbox import connect
from triage.message import Address
from triage.place import Fetched, Ref, Stored

USERS = itertools.count(1)


@dataclass
class Post:
    """A server with another client at it: `deliver`, `expunge` and `mails` are that client's."""

    account: Account
    connect: Callable[[Account], Mailboxes]
    deliver: Callable[..., int]
    expunge: Callable[[str, int], None]
    move: Callable[[str, int, str], object]
    mails: Callable[[str], list[tuple[bytes, frozenset[str]]]]


def on_dovecot(server: Dovecot, security: Security) -> Iterator[Post]:
    account = server.account(f"contract{next(USERS)}", security)
    owner = server.owner(account.user)
    sessions = []

    def opened(account: Account) -> Mailboxes:
        sessions.append(connect(account, is_ours=is_ours))
        return sessions[-1]

    def mails(folder: str) -> list[tuple[bytes, frozenset[str]]]:
        return [(seen.raw, seen.flags - {"\\Recent"}) for seen in owner.mails(folder)]

    yield Post(account, opened, owner.deliver, owner.expunge, owner.move, mails)
    for session in sessions:
        session.close()
    owner.close()


def in_memory() -> Iterator[Post]:
    server = MemoryServer()
    owner = Address("", "owner@shop.example")
    account = Account(
        "memory", (owner,), "localhost", 993, Security.TLS, "owner", PasswordFrom(env="NONE")
    )

    def mails(folder: str) -> list[tuple[bytes, frozenset[str]]]:
        return [(seen.raw, seen.flags) for seen in server.mails(folder)]

    yield Post(
        account,
        lambda account: MemoryMailboxes(server, account, is_ours=is_ours),
        server.deliver,
        server.expunge,
        server.move,
        mails,
    )


@pytest.fixture(params=["memory", "plain", "tls"])
def post(request: pytest.FixtureRequest) -> Iterator[Post]:
    """The servers the contract is kept on."""
    if request.param == "memory":
        yield from in_memory()
    else:
        security = Security.NONE if request.param == "plain" else Security(request.param)
        yield from on_dovecot(request.getfixturevalue("dovecot"), security)


@pytest.fixture
def mailboxes(post: Post) -> Mailboxes:
    return post.connect(post.account)


def fetched(mailboxes: Mailboxes, *uids: int) -> list[Fetched]:
    return [found for batch in mailboxes.fetch(uids) for found in batch]


def test_open_asks_anew(post: Post, mailboxes: Mailboxes) -> None:
    """Each `open` shows the mailbox as it is now."""
    first = mailboxes.open("INBOX")
    uid = post.deliver("INBOX", mail("a"))
    second = mailboxes.open("INBOX")
    assert (first.exists, second.exists) == (0, 1)
    assert second.uidnext == uid + 1 > first.uidnext
    assert second.uidvalidity == first.uidvalidity > 0
    assert not second.read_only
    assert mailboxes.open("INBOX", read_only=True).read_only


def test_a_missing_mailbox_is_the_owners_to_mend(mailboxes: Mailboxes) -> None:
    """A watched mailbox that does not exist stops the account and is named."""
    with pytest.raises(AccountError) as raised:
        mailboxes.open("No such folder")
    assert raised.value.kind == "mailbox-missing"
    assert raised.value.facts["mailbox"] == "No such folder"


def test_uids_lie_in_the_range_asked_for(post: Post, mailboxes: Mailboxes) -> None:
    """No UID below the first: servers name the last old message for "n:*"."""
    uids = [post.deliver("INBOX", mail(str(n))) for n in range(4)]
    mailboxes.open("INBOX")
    assert mailboxes.uids(1) == uids
    assert mailboxes.uids(uids[1], uids[2]) == uids[1:3]
    assert mailboxes.uids(uids[-1] + 1) == []
    assert mailboxes.uids(uids[-1] + 1, uids[-1] + 50) == []
    assert mailboxes.uids(5, 2) == []


def test_uids_since_a_day(post: Post, mailboxes: Mailboxes) -> None:
    """The first look back does not go over the owner's whole past."""
    post.deliver("INBOX", mail("old"), internal_date=datetime(2025, 1, 31, 12, tzinfo=UTC))
    new = post.deliver("INBOX", mail("new"), internal_date=datetime(2025, 2, 2, 12, tzinfo=UTC))
    mailboxes.open("INBOX")
    assert mailboxes.uids(1, since=date(2025, 2, 1)) == [new]


def test_fetch_answers_every_uid_once(post: Post, mailboxes: Mailboxes) -> None:
    """In batches; a message expunged after it was listed is told from one that is there."""
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    first = post.deliver("INBOX", mail("a"), flags=["\\Flagged"], internal_date=moment)
    second = post.deliver("INBOX", mail("b"))
    status = mailboxes.open("INBOX")
    post.expunge("INBOX", second)
    a, b, c = fetched(mailboxes, first, second, second + 7)
    assert a == Fetched(
        Ref("INBOX", status.uidvalidity, first),
        mail("a"),
        len(mail("a")),
        frozenset({"\\Flagged"}),
        moment,
        truncated=False,
    )
    assert [b.ref.uid, b.raw, c.ref.uid, c.raw] == [second, None, second + 7, None]


def test_fetch_of_what_is_marked_deleted(post: Post, mailboxes: Mailboxes) -> None:
    """A message its owner has deleted, though not yet expunged, is gone."""
    uid = post.deliver("INBOX", mail("a"), flags=["\\Deleted"])
    mailboxes.open("INBOX")
    assert [found.raw for found in fetched(mailboxes, uid)] == [None]


def test_unread_stays_unread(post: Post, mailboxes: Mailboxes) -> None:
    """Whatever is read, and marked, is not \\Seen."""
    uid = post.deliver("INBOX", mail("a"))
    mailboxes.open("INBOX")
    (found,) = fetched(mailboxes, uid)
    mailboxes.mark(found.ref)
    assert post.mails("INBOX") == [(mail("a"), frozenset({"\\Flagged", "Complaint"}))]


def test_large_messages_are_read_by_their_head(post: Post) -> None:
    """Over max_size only the first 262,144 octets are fetched, and that is said."""
    large = mail("large", text="x" * 70 + ("\r\n" + "y" * 70) * 6000)
    mailboxes = post.connect(replace(post.account, max_size=300_000))
    uids = [post.deliver("INBOX", raw) for raw in (mail("a"), large)]
    mailboxes.open("INBOX")
    small, head = fetched(mailboxes, *uids)
    assert (small.raw, small.truncated) == (mail("a"), False)
    assert (head.raw, head.truncated, head.size) == (large[:262_144], True, len(large))


def test_a_batch_survives_other_folders(post: Post, mailboxes: Mailboxes) -> None:
    """Drafts may be looked for and laid, and messages marked, between two batches of a fetch."""
    uids = [post.deliver("INBOX", mail(str(n))) for n in range(230)]
    mailboxes.open("INBOX")
    seen = []
    for number, batch in enumerate(mailboxes.fetch(uids)):
        mailboxes.mark(batch[0].ref)
        letter = draft(f"batch{number}")
        assert mailboxes.find(letter) is None
        mailboxes.append(letter)
        seen += [found.raw for found in batch]
    assert seen == [mail(str(n)) for n in range(230)]
    assert len(post.mails("Drafts")) == number + 1 > 2


def test_mark_of_what_has_vanished(post: Post, mailboxes: Mailboxes) -> None:
    """Marking a message that is gone is no error and marks no other."""
    uids = [post.deliver("INBOX", mail(name)) for name in "ab"]
    status = mailboxes.open("INBOX")
    post.expunge("INBOX", uids[0])
    mailboxes.mark(Ref("INBOX", status.uidvalidity, uids[0]))
    assert post.mails("INBOX") == [(mail("b"), frozenset())]


def test_mark_by_stale_numbers(post: Post, mailboxes: Mailboxes) -> None:
    """A place from before a UIDVALIDITY change names another message now: nothing is marked."""
    uid = post.deliver("INBOX", mail("a"))
    status = mailboxes.open("INBOX")
    with pytest.raises(MailboxError) as raised:
        mailboxes.mark(Ref("INBOX", status.uidvalidity + 1, uid))
    assert raised.value.kind == "uidvalidity-changed"
    assert post.mails("INBOX") == [(mail("a"), frozenset())]


def test_mark_leaves_read_only_mailboxes_alone(post: Post, mailboxes: Mailboxes) -> None:
    """Junk, opened to be read, is not written to."""
    uid = post.deliver("Junk", mail("a"))
    status = mailboxes.open("Junk", read_only=True)
    mailboxes.mark(Ref("Junk", status.uidvalidity, uid))
    assert post.mails("Junk") == [(mail("a"), frozenset())]


def test_append_lays_one_unread_proof_draft(post: Post, mailboxes: Mailboxes) -> None:
    """\\Draft and \\Seen from the start, and the digest is that of what lies there."""
    letter = draft("one")
    assert mailboxes.find(letter) is None
    stored = mailboxes.append(letter)
    assert post.mails("Drafts") == [(letter.raw, frozenset({"\\Draft", "\\Seen"}))]
    assert stored.ref.mailbox == "Drafts"
    assert stored.raw_digest == hashlib.sha256(letter.raw).hexdigest()
    assert mailboxes.find(letter) == stored
    assert mailboxes.copies(letter) == [stored]


@pytest.mark.parametrize("folder", ["Sent", "Trash"])
def test_find_where_the_owner_put_it(post: Post, mailboxes: Mailboxes, folder: str) -> None:
    """A draft the owner has sent or binned is found, not laid down again."""
    stored = mailboxes.append(draft("one"))
    post.move("Drafts", stored.ref.uid, folder)
    found = mailboxes.find(draft("one"))
    assert found is not None
    assert (found.ref.mailbox, found.raw_digest) == (folder, stored.raw_digest)
    assert mailboxes.copies(draft("one")) == []


def test_find_is_not_misled_by_likeness(post: Post, mailboxes: Mailboxes) -> None:
    """An id that only contains the one looked for, or answers it, is another mail."""
    post.deliver("Drafts", draft("xone").raw)
    post.deliver("Drafts", mail("other", answers="<one@ours.example>"))
    assert mailboxes.find(draft("one")) is None


def test_find_beyond_the_newest(post: Post, mailboxes: Mailboxes) -> None:
    """A draft sent long ago is still found in Sent, under hundreds of later mails."""
    post.deliver("Sent", draft("one").raw)
    for number in range(310):
        post.deliver("Sent", mail(str(number)))
    found = mailboxes.find(draft("one"))
    assert found is not None
    assert found.ref.mailbox == "Sent"


def test_copies_are_all_found_and_the_extra_one_removed(post: Post, mailboxes: Mailboxes) -> None:
    """The late original of an ambiguous APPEND stands beside its repeat until the sweep."""
    first = mailboxes.append(draft("one"))
    post.deliver("Drafts", draft("one").raw, flags=["\\Draft"])
    copies = mailboxes.copies(draft("one"))
    assert len(copies) == 2
    assert copies[0] == first
    assert mailboxes.remove(copies[1:]) == 1
    assert mailboxes.copies(draft("one")) == [first]


def test_remove_spares_what_was_touched(post: Post, mailboxes: Mailboxes) -> None:
    """A copy that is not byte for byte what was read back, or lies elsewhere, stays."""
    stored = mailboxes.append(draft("one"))
    touched = Stored(stored.ref, hashlib.sha256(b"as it was before").hexdigest())
    stale = replace(stored, ref=replace(stored.ref, uidvalidity=stored.ref.uidvalidity + 1))
    gone = replace(stored, ref=replace(stored.ref, uid=stored.ref.uid + 9))
    assert mailboxes.remove([touched, stale, gone]) == 0
    assert len(post.mails("Drafts")) == 1


@pytest.mark.parametrize(
    ("folder", "raw", "expected"),
    [
        ("Sent", mail("reply", answers="<asked@customer.example>"), "Sent"),
        ("Drafts", mail("reply", answers="<asked@customer.example>"), "Drafts"),
        ("Sent", draft("one").raw, "Sent"),
        ("Drafts", draft("one").raw, None),
        ("Trash", mail("reply", answers="<asked@customer.example>"), None),
        ("Sent", mail("asked"), None),
        ("Sent", mail("reply", answers="<xasked@customer.example>"), None),
    ],
    ids=["sent", "being written", "ours, sent", "ours, waiting", "binned", "itself", "likeness"],
)
def test_answered(
    post: Post, mailboxes: Mailboxes, folder: str, raw: bytes, expected: str | None
) -> None:
    """Whether the owner has taken the thread in hand; our own draft says nothing of that."""
    post.deliver(folder, raw)
    assert mailboxes.answered("<asked@customer.example>") == expected


def test_answered_by_references_alone(post: Post, mailboxes: Mailboxes) -> None:
    """A later mail of the thread counts too."""
    post.deliver("Sent", mail("later", answers="<between@customer.example>"))
    assert mailboxes.answered("<root@else.example>") == "Sent"


@pytest.mark.parametrize(
    "message_id", ['<a"b\\c@x>', "<ä@x>", "<a {5}@x>", "<" + "a" * 3000 + "@x>", "<a@x>\r\nA NOOP"]
)
def test_answered_with_ids_as_strangers_choose_them(mailboxes: Mailboxes, message_id: str) -> None:
    """An id full of syntax breaks no command."""
    mailboxes.open("INBOX")
    assert mailboxes.answered(message_id) is None
    assert mailboxes.uids(1) == []


def test_other_folders_are_left_again(post: Post, mailboxes: Mailboxes) -> None:
    """After work in Drafts the watched mailbox is the one that is listed, fetched and marked."""
    uid = post.deliver("INBOX", mail("a"))
    post.deliver("Drafts", mail("b"))
    post.deliver("Drafts", mail("c"))
    status = mailboxes.open("INBOX")
    mailboxes.append(draft("one"))
    assert mailboxes.uids(1) == [uid]
    mailboxes.answered("<asked@customer.example>")
    assert [found.raw for found in fetched(mailboxes, uid)] == [mail("a")]
    mailboxes.find(draft("two"))
    mailboxes.mark(Ref("INBOX", status.uidvalidity, uid))
    assert "\\Flagged" in post.mails("INBOX")[0][1]
    assert all("\\Flagged" not in flags for _, flags in post.mails("Drafts"))


def test_wait_ends_in_time(mailboxes: Mailboxes) -> None:
    """Without news it takes as long as it was told, and says so."""
    mailboxes.open("INBOX")
    start = time.monotonic()
    assert mailboxes.wait(0.3) is False
    assert 0.25 < time.monotonic() - start < 3


def test_wait_sees_mail_that_came_before_it(post: Post, mailboxes: Mailboxes) -> None:
    """News between `open` and `wait` is not slept over."""
    mailboxes.open("INBOX")
    post.deliver("INBOX", mail("a"))
    start = time.monotonic()
    assert mailboxes.wait(20) is True
    assert time.monotonic() - start < 5


def test_wait_sees_mail_that_comes_meanwhile(post: Post, mailboxes: Mailboxes) -> None:
    """News ends the wait."""
    mailboxes.open("INBOX")
    timer = threading.Timer(0.3, post.deliver, ("INBOX", mail("a")))
    timer.start()
    start = time.monotonic()
    assert mailboxes.wait(20) is True
    assert time.monotonic() - start < 10
    timer.join()
    assert mailboxes.open("INBOX").exists == 1


def test_interrupt_ends_the_wait(mailboxes: Mailboxes) -> None:
    """From another thread at once; before the wait, the next wait; once, not for ever."""
    mailboxes.open("INBOX")
    timer = threading.Timer(0.2, mailboxes.interrupt)
    timer.start()
    start = time.monotonic()
    assert mailboxes.wait(20) is False
    timer.join()
    mailboxes.interrupt()
    assert mailboxes.wait(20) is False
    assert time.monotonic() - start < 5
    assert mailboxes.wait(0.2) is False
    assert mailboxes.open("INBOX").exists == 0


def test_two_connections_agree(post: Post) -> None:
    """Two connections of one account see the same mails."""
    first, second = post.connect(post.account), post.connect(post.account)
    first.append(draft("one"))
    found = second.find(draft("one"))
    assert found is not None
    assert found.ref.mailbox == "Drafts"
