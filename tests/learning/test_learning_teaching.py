"""What the place of a mail says: decided without any server."""

from dataclasses import replace

import pytest

from triage.learning.labels import Label
from triage.learning.teaching import (
    folders,
    heard,
    label,
    look,
    renumbered,
    settled,
    word,
)
from triage.message import Address
from triage.origin import House
from triage.place import Fetched, Ref, Status
from triage.record import Taught
from triage.reply import draft_id
from triage.taxonomy import COMPLAINT_TOPICS, Topic

HOUSE = House((Address("Mira", "hello@shop.example"),))
YES, NO = "Triage/Complaint", "Triage/Not a complaint"
ORDER = [YES, NO]
FOLDER = Status(YES, 7, 20, 3, read_only=True)


def lying(uid: int, mailbox: str = YES, **more: object) -> Taught:
    return replace(Taught(Ref(mailbox, 7, uid), "d", 100.0), **more)  # type: ignore[arg-type]


def fetched(raw: bytes | None, *, truncated: bool = False) -> Fetched:
    return Fetched(Ref(YES, 7, 1), raw, len(raw or b""), frozenset(), None, truncated)


def mail(
    sender: str = "Ada <ada@customer.example>", text: str = "Broken.", more: str = ""
) -> bytes:
    return f"From: {sender}\r\nSubject: Cup\r\n{more}\r\n{text}\r\n".encode()


def test_each_topic_has_its_folder() -> None:
    """Every topic once; a complaint where it is one, but for what is none of the shop's matters."""
    assert [*folders(topics=False)] == ["Complaint", "Not a complaint"]
    said = [each for each in folders(topics=True).values() if each.topic]
    assert [each.topic for each in said] == list(Topic)
    assert {each.topic for each in said if each.complaint} == COMPLAINT_TOPICS - {Topic.OTHER}
    assert not any(set(name) & set("/.\\%*") for name in folders(topics=True))


def test_what_is_new_and_what_is_gone() -> None:
    """New mails first, then those at which a look broke off, but for those given up."""
    known = [lying(1), lying(2, digest=None, tries=1), lying(3, digest=None, tries=3), lying(9)]
    found = look(FOLDER, {1, 2, 3, 12, 11}, known)
    assert found.unread == (11, 12, 2)
    assert [each.ref.uid for each in found.gone] == [9]


def test_a_short_listing_takes_nothing_back() -> None:
    """Fewer mails listed than there are: some servers leave some out."""
    found = look(FOLDER, {1, 2}, [lying(1), lying(9)])
    assert (found.gone, found.whole) == ((), False)


def test_another_uidvalidity_takes_nothing_back() -> None:
    """All is read again; a folder that is new and empty, at a new provider's, forgets nothing."""
    known = [lying(1, ref=Ref(YES, 6, 1))]
    assert look(replace(FOLDER, exists=0), (), known).gone == ()
    assert look(FOLDER, {1, 2, 3}, known).unread == (1, 2, 3)


def test_uids_that_were_never_given_out_are_seen() -> None:
    """Under the same UIDVALIDITY they name other mails now."""
    assert renumbered(FOLDER, [lying(20)])
    assert not renumbered(FOLDER, [lying(19), lying(30, ref=Ref(YES, 6, 30))])


def test_the_newest_place_counts() -> None:
    """Where it was seen last; of two seen at once the folder that is read last."""
    assert word([lying(1, taught=5.0), lying(1, NO, taught=4.0)], ORDER) == lying(1, taught=5.0)
    assert word([lying(1, NO), lying(1)], ORDER) == lying(1, NO)
    assert word([], ORDER) is None
    assert word([lying(1), lying(2, kept=False)], ORDER) is None


def test_a_mail_of_a_folder_numbered_anew_is_not_doubled() -> None:
    """Its old place goes, the time stays: another place that was newer is newer still."""
    old, elsewhere = lying(5, ref=Ref(YES, 6, 5), taught=1.0), lying(3, NO, taught=50.0)
    row, stale = settled(lying(1, taught=99.0), [old, elsewhere])
    assert (row.taught, stale) == (1.0, [old.ref])
    assert word([row, elsewhere], ORDER) == elsewhere


def test_what_is_not_wanted_once_is_not_wanted_of_a_copy() -> None:
    """Of somebody who is forgotten a renumbered folder brings nothing back."""
    row, _ = settled(lying(1), [lying(2, kept=False)])
    assert not row.kept


def test_what_is_learned_of_a_mail() -> None:
    """What its writer wrote this time, and who he is, by the digest of the mail."""
    found = heard(fetched(mail(text="Broken.\r\n\r\n> You wrote this")), HOUSE)
    assert found is not None
    assert (found.subject, found.text.strip()) == ("Cup", "Broken.")
    assert (found.sender, len(found.id)) == ("Ada <ada@customer.example>", 64)
    late = folders(topics=True)["Late"]
    assert label(found, late, "shop: Triage/Late") == replace(
        found, complaint=True, topic=Topic.LATE, source="shop: Triage/Late"
    )


def test_a_mail_with_anothers_id_is_another_mail() -> None:
    """Who bears the Message-ID of a labelled mail takes nothing of its label."""
    same = "Message-ID: <one@customer.example>\r\n"
    one = heard(fetched(mail(more=same)), HOUSE)
    other = heard(fetched(mail(text="All is well.", more=same)), HOUSE)
    assert one
    assert other
    assert one.id != other.id


@pytest.mark.parametrize(
    "raw",
    [
        None,
        b"",
        b"\0" * 500,
        mail("Mira <hello@shop.example>"),
        mail(more=f"Message-ID: {draft_id('hello@shop.example', 'd', 1)}\r\n"),
        b"From: ada@customer.example\r\nContent-Type: image/png\r\n\r\nxyz",
    ],
)
def test_what_is_no_lesson(raw: bytes | None) -> None:
    """Gone, unreadable, the owner's own, a draft of ours, and a mail without a word."""
    assert heard(fetched(raw), HOUSE) is None


def test_of_a_mail_that_is_too_large_the_head_is_learned() -> None:
    """As far as it was fetched."""
    found = heard(fetched(mail(text="Broken. " * 20), truncated=True), HOUSE)
    assert isinstance(found, Label)
