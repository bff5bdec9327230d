"""What `Mailboxes` promises, kept by the session on Dovecot and on the server of the demonstration,
and by the server in memory alike; and on Cyrus and Courier, by `make interop`."""

import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from servers.letters import draft, mail, still
from servers.post import COMMANDS, PLAIN, SERVERS, Post, post_at

from triage.errors import AccountError, AppendRefused, AppendUnknown, MailboxError, Refusal
from triage.place import Fetched, Head, Ref, Stored
from triage.protocols import Mailboxes
from triage.record import Marks

NO_IDS = frozenset[str]()


@pytest.fixture(params=SERVERS)
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """The servers the contract is kept on."""
    yield from post_at(request.param, request, tmp_path)


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


def test_heads(post: Post, mailboxes: Mailboxes) -> None:
    """As they stand in the header; nothing of a mail that has none, nor of one that has gone."""
    named, nameless = post.deliver("INBOX", mail("a")), post.deliver("INBOX", b"Subject: b\r\n\r\n")
    reply = post.deliver("INBOX", mail("b", answers=("<first@x>", "<second@x>")))
    gone = post.deliver("INBOX", mail("c"))
    mailboxes.open("INBOX")
    post.expunge("INBOX", gone)
    found = mailboxes.heads([named, nameless, gone, gone + 7, reply])
    assert found[named] == Head(frozenset({"<a@customer.example>"}), NO_IDS, NO_IDS)
    assert found[reply].answers == {"<second@x>"}
    assert found[reply].thread == {"<first@x>", "<second@x>"}
    assert nameless not in found or not found[nameless].own
    assert gone + 7 not in found
    post.deliver("INBOX", mail("d"))
    assert len(fetched(mailboxes, named)) == 1, "the mailbox is still open"


def test_flags(post: Post, mailboxes: Mailboxes) -> None:
    """Of those that are there; what was set is told."""
    first, second = post.deliver("INBOX", mail("a")), post.deliver("INBOX", mail("b"))
    status = mailboxes.open("INBOX")
    marks = mailboxes.mark(Ref("INBOX", status.uidvalidity, first))
    assert marks.flag
    told = mailboxes.flags([first, second, second + 5])
    assert {"\\Flagged", *marks.keyword.split()} <= told[first]
    assert "\\Flagged" not in told[second]
    assert second + 5 not in told
    assert mailboxes.flags([]) == {}


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
    marks = frozenset({"\\Flagged", "Complaint"} if post.ways.keywords else {"\\Flagged"})
    assert post.mails("INBOX") == [(mail("a"), marks)]


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


def test_marks_are_taken_off(post: Post, mailboxes: Mailboxes) -> None:
    """These, and no other flag; of what has vanished it is no error."""
    uid = post.deliver("INBOX", mail("a"), flags=("\\Seen", "\\Answered"))
    status = mailboxes.open("INBOX")
    ref = Ref("INBOX", status.uidvalidity, uid)
    marks = mailboxes.mark(ref)
    mailboxes.unmark(ref, marks)
    assert post.mails("INBOX") == [(mail("a"), frozenset({"\\Seen", "\\Answered"}))]
    mailboxes.mark(ref)
    mailboxes.unmark(ref, Marks(keyword=marks.keyword))
    assert post.mails("INBOX") == [(mail("a"), frozenset({"\\Seen", "\\Answered", "\\Flagged"}))]
    post.expunge("INBOX", uid)
    mailboxes.unmark(ref, marks)
    with pytest.raises(MailboxError) as raised:
        mailboxes.unmark(Ref("INBOX", status.uidvalidity + 1, uid), marks)
    assert raised.value.kind == "uidvalidity-changed"


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
    junk = post.ways.named("Junk")
    status = mailboxes.open(junk, read_only=True)
    mailboxes.mark(Ref(junk, status.uidvalidity, uid))
    assert post.mails("Junk") == [(mail("a"), frozenset())]


def test_append_lays_one_unread_proof_draft(post: Post, mailboxes: Mailboxes) -> None:
    """\\Draft and \\Seen from the start, and the digest is that of what lies there."""
    letter = draft("one")
    assert mailboxes.find(letter) is None
    stored = mailboxes.append(letter)
    assert post.mails("Drafts") == [(letter.raw, frozenset({"\\Draft", "\\Seen"}))]
    assert stored.ref.mailbox == post.ways.named("Drafts")
    assert stored.raw_digest == hashlib.sha256(letter.raw).hexdigest()
    assert mailboxes.find(letter) == stored
    assert mailboxes.copies(letter) == [stored]


def test_append_after_a_look_into_drafts(post: Post, mailboxes: Mailboxes) -> None:
    """A look leaves Drafts selected to be read only, and Courier takes no APPEND there."""
    letters = [draft("one"), draft("two", answers="<other@customer.example>")]
    assert mailboxes.copies(letters[0]) == []
    first = mailboxes.append(letters[0])
    assert mailboxes.answered(letters[1]) is None
    second = mailboxes.append(letters[1])
    assert [raw for raw, _ in post.mails("Drafts")] == [letter.raw for letter in letters]
    assert second.ref.uid > first.ref.uid


@pytest.mark.parametrize("folder", ["Sent", "Trash"])
def test_find_where_the_owner_put_it(post: Post, mailboxes: Mailboxes, folder: str) -> None:
    """A draft the owner has sent or binned is found, not laid down again."""
    stored = mailboxes.append(draft("one"))
    post.move("Drafts", stored.ref.uid, folder)
    found = mailboxes.find(draft("one"))
    assert found is not None
    assert (found.ref.mailbox, found.raw_digest) == (post.ways.named(folder), stored.raw_digest)
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
    assert found.ref.mailbox == post.ways.named("Sent")


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


ASKED = "<asked@customer.example>"
THREAD = ("<first@customer.example>", ASKED)


@pytest.mark.parametrize(
    ("folder", "raw", "expected"),
    [
        ("Sent", mail("reply", answers=ASKED), "Sent"),
        ("Sent", mail("later", answers=(ASKED, "<b@customer.example>")), "Sent"),
        ("Sent", draft("one").raw, "Sent"),
        ("Sent", draft("later", answers=(ASKED, "<b@customer.example>")).raw, "Sent"),
        ("Sent", mail("asked"), None),
        ("Sent", mail("reply", answers="<xasked@customer.example>"), None),
        ("Drafts", mail("reply", answers=ASKED), "Drafts"),
        ("Drafts", mail("later", answers=(ASKED, "<b@customer.example>")), "Drafts"),
        ("Drafts", draft("one").raw, None),
        ("Drafts", draft("another").raw, "Drafts"),
        ("Drafts", draft("later", answers=(ASKED, "<b@customer.example>")).raw, None),
        ("Drafts", draft("before", answers="<first@customer.example>").raw, None),
        ("Trash", mail("reply", answers=ASKED), None),
    ],
    ids=[
        "sent",
        "sent, to a later one",
        "ours, sent",
        "ours, sent, to a later one",
        "itself",
        "likeness",
        "being written",
        "being written, to a later one",
        "this very draft",
        "another of ours",
        "ours, to a later one",
        "ours, to an earlier one",
        "binned",
    ],
)
def test_answered(
    post: Post, mailboxes: Mailboxes, folder: str, raw: bytes, expected: str | None
) -> None:
    """Whether there is another answer: whoever wrote it, but not this draft, nor one of ours that
    waits to answer another message of the same thread."""
    post.deliver(folder, raw)
    assert mailboxes.answered(draft("one", answers=THREAD)) == expected


def test_answered_where_nothing_was_asked(post: Post, mailboxes: Mailboxes) -> None:
    """A letter in answer to a mail without an id has no thread in which somebody could answer."""
    post.cut("answered")
    post.deliver("Sent", mail("a"))
    assert mailboxes.answered(draft("one", answers=())) is None


@pytest.mark.parametrize(
    "message_id", ['<a"b\\c@x>', "<ä@x>", "<a {5}@x>", "<" + "a" * 3000 + "@x>", "<a@x>\r\nA NOOP"]
)
def test_answered_with_ids_as_strangers_choose_them(mailboxes: Mailboxes, message_id: str) -> None:
    """An id full of syntax breaks no command."""
    mailboxes.open("INBOX")
    assert mailboxes.answered(replace(draft("one"), in_reply_to=message_id)) is None
    assert mailboxes.uids(1) == []


@pytest.mark.parametrize(
    ("folder", "expected"), [("Sent", True), ("Trash", True), ("Drafts", False), ("INBOX", False)]
)
def test_left(post: Post, mailboxes: Mailboxes, folder: str, expected: bool) -> None:
    """Sent or binned by the owner, changed or not. Another mail, or an answer to it, is no copy."""
    for other in (draft("xone").raw, mail("reply", answers=draft("one").message_id)):
        post.deliver("Sent", other)
        post.deliver("Trash", other)
    assert mailboxes.left(draft("one")) is False
    post.deliver(folder, draft("one").raw + b"P.S. I am very sorry.\r\n")
    assert mailboxes.left(draft("one")) is expected


def do(mailboxes: Mailboxes, step: str, ref: Ref) -> object:
    """One method, and what it says."""
    match step:
        case "uids":
            return mailboxes.uids(1)
        case "fetch":
            return [found.raw for found in fetched(mailboxes, *range(ref.uid, ref.uid + 3))]
        case "mark":
            return mailboxes.mark(ref)
        case "append":
            return mailboxes.append(draft("one")).raw_digest
        case _:
            return getattr(mailboxes, step)(draft("one"))


@pytest.fixture(params=PLAIN)
def disturbed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """The servers that can be made to refuse."""
    yield from post_at(request.param, request, tmp_path)


@pytest.mark.parametrize("step", list(COMMANDS))
def test_a_refusal_leaves_the_connection_usable(disturbed: Post, step: str) -> None:
    """Refused as often as it is asked for, nothing is done and the next step goes well; so does
    this one, once it is not refused any more."""
    mailboxes = disturbed.connect(disturbed.account)
    uid, *_ = [disturbed.deliver("INBOX", mail(name)) for name in "abc"]
    ref = Ref("INBOX", mailboxes.open("INBOX").uidvalidity, uid)
    disturbed.refuse(step)
    for _ in range(3):
        with pytest.raises(AppendRefused if step == "append" else Refusal):
            do(mailboxes, step, ref)
        assert mailboxes.open("INBOX").exists == 3
    assert disturbed.mails("Drafts") == []
    assert all(flags == frozenset() for _, flags in disturbed.mails("INBOX"))
    disturbed.refuse("")
    do(mailboxes, step, ref)


@pytest.mark.parametrize("step", list(COMMANDS))
def test_a_cut_line_ends_the_connection(disturbed: Post, step: str) -> None:
    """Cut as often as it is tried, each time on a new connection; the old one is dead at every
    further step, and only of an APPEND it is not known what became of it."""
    uid, *_ = [disturbed.deliver("INBOX", mail(name)) for name in "abc"]
    disturbed.cut(step)
    for _ in range(3):
        mailboxes = disturbed.connect(disturbed.account)
        ref = Ref("INBOX", mailboxes.open("INBOX").uidvalidity, uid)
        with pytest.raises(MailboxError) as raised:
            do(mailboxes, step, ref)
        assert isinstance(raised.value, AppendUnknown) is (step == "append")
        assert not isinstance(raised.value, Refusal)
        with pytest.raises(MailboxError) as raised:
            mailboxes.open("INBOX")
        assert raised.value.kind == "connection-lost"


def test_a_drafts_folder_that_is_deleted_meanwhile(post: Post) -> None:
    """What looks for drafts is refused; what lays one down stops the account; the inbox is read."""
    post.create("Mine")
    uid = post.deliver("INBOX", mail("a"))
    mailboxes = post.connect(replace(post.account, drafts=post.ways.named("Mine")))
    mailboxes.open("INBOX")
    post.delete("Mine")
    for look in (mailboxes.find, mailboxes.copies, mailboxes.answered):
        with pytest.raises(Refusal):
            look(draft("one"))
    with pytest.raises(AccountError) as raised:
        mailboxes.append(draft("one"))
    assert raised.value.kind == "drafts-missing"
    assert [found.raw for found in fetched(mailboxes, uid)] == [mail("a")]


def test_other_folders_are_left_again(post: Post, mailboxes: Mailboxes) -> None:
    """After work in Drafts the watched mailbox is the one that is listed, fetched and marked."""
    uid = post.deliver("INBOX", mail("a"))
    post.deliver("Drafts", mail("b"))
    post.deliver("Drafts", mail("c"))
    status = mailboxes.open("INBOX")
    mailboxes.append(draft("one"))
    assert mailboxes.uids(1) == [uid]
    mailboxes.answered(draft("one"))
    assert [found.raw for found in fetched(mailboxes, uid)] == [mail("a")]
    mailboxes.find(draft("two"))
    mailboxes.mark(Ref("INBOX", status.uidvalidity, uid))
    assert "\\Flagged" in post.mails("INBOX")[0][1]
    assert all("\\Flagged" not in flags for _, flags in post.mails("Drafts"))


def test_wait_ends_in_time(mailboxes: Mailboxes) -> None:
    """Without news it takes as long as it was told, and says so."""
    start = time.monotonic()
    assert mailboxes.wait("INBOX", 0.3, still) is False
    assert 0.25 < time.monotonic() - start < 15


def test_wait_sees_mail_that_came_before_it(post: Post, mailboxes: Mailboxes) -> None:
    """What has moved already is not slept over."""
    before = mailboxes.open("INBOX")
    post.deliver("INBOX", mail("a"))
    start = time.monotonic()
    assert mailboxes.wait("INBOX", 20, lambda now: now != before) is True
    assert time.monotonic() - start < 15


def test_wait_sees_mail_that_comes_meanwhile(post: Post, mailboxes: Mailboxes) -> None:
    """News ends the wait."""
    timer = threading.Timer(0.3, post.deliver, ("INBOX", mail("a")))
    timer.start()
    start = time.monotonic()
    assert mailboxes.wait("INBOX", post.ways.news_within + 5, still) is True
    assert time.monotonic() - start < post.ways.news_within
    timer.join()
    assert mailboxes.open("INBOX").exists == 1


def test_interrupt_ends_the_wait(mailboxes: Mailboxes) -> None:
    """From another thread at once; before the wait, the next wait; once, not for ever."""
    mailboxes.open("INBOX")
    timer = threading.Timer(0.2, mailboxes.interrupt)
    timer.start()
    start = time.monotonic()
    assert mailboxes.wait("INBOX", 20, still) is False
    timer.join()
    mailboxes.interrupt()
    assert mailboxes.wait("INBOX", 20, still) is False
    assert time.monotonic() - start < 15
    assert mailboxes.wait("INBOX", 0.2, still) is False
    assert mailboxes.open("INBOX").exists == 0


def test_two_connections_agree(post: Post) -> None:
    """Two connections of one account see the same mails."""
    first, second = post.connect(post.account), post.connect(post.account)
    first.append(draft("one"))
    found = second.find(draft("one"))
    assert found is not None
    assert found.ref.mailbox == post.ways.named("Drafts")
