"""What Gmail does in its own way, imitated, each where it could hurt."""

from dataclasses import replace

import pytest
from cycle.world import mail, msgid
from imapclient.imap_utf7 import encode
from imitated.providers import (
    GITHUB,
    GMAIL,
    Deduplicates,
    Extensions,
    Labels,
    Localised,
    Omits,
    Refuses,
    first,
)
from imitated.proxy import Command, Deviation
from imitated.shop import AnswerLost, Open, Shop

from triage.errors import AccountError, TriageError
from triage.event import DraftDropped, Handled
from triage.ledger import Entry, correct, history

# Minutes between the looks of a day on which nothing can be fetched: each comes when a mail that
# could not be read is due again, until it would be given up.
BAD_DAY = (3, 3, 5, 17, 65, 250, 1030, 1030, 1030)


class HidesTrash(Deviation):
    """Its owner has unticked that the bin is shown to mail programs."""

    source = GITHUB + "mikegioia/libremail/issues/154"

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        return [said for said in answer if b"\\Trash" not in said or command.name != "LIST"]


def test_folders_in_the_owners_language(open_at: Open) -> None:
    """Found by what they are for, and named in modified UTF-7 again; unknown items are no harm."""
    shop = open_at(Localised(), Extensions())
    with shop.connect() as session:
        folders = session.folders
        assert "X-GM-EXT-1" in session.capabilities
    assert (folders.drafts, folders.sent) == ("[Gmail]/Entwürfe", "[Gmail]/Gesendet")
    assert folders.trash == "[Gmail]/Papierkorb"


def marked(labels: Labels) -> set[bytes]:
    return {label for kept in labels.kept.values() for label in kept}


def called_none(shop: Shop) -> None:
    """The owner says that the mail is no complaint."""
    account = shop.account.address.key
    (found,) = (e for e in history(shop.folder, account, 0.0) if isinstance(e, Entry))
    correct(shop.folder, account, {found.judged.digest: False}, shop.now.timestamp())


@pytest.mark.parametrize("label", ["Complaint", "Übel (alt)", ""])
def test_a_complaint_bears_a_label(open_at: Open, label: str) -> None:
    """Beside the flag; "" for none. It goes when the owner says that the mail is none."""
    labels = Labels()
    shop = open_at(labels, Extensions())
    shop.account = replace(shop.account, label=label)
    shop.complained()
    shop.look()
    assert marked(labels) == ({encode(label)} if label else set())
    called_none(shop)
    shop.look()
    assert marked(labels) == set()
    (found,) = shop.owner.mails("INBOX")
    assert "\\Flagged" not in found.flags


def test_a_label_of_the_owners_own_stays(open_at: Open) -> None:
    """It was there before: it is not ours to take off."""
    labels = Labels()
    shop = open_at(labels, Extensions())
    shop.complained()
    (found,) = shop.owner.mails("INBOX")
    labels.kept[(shop.account.user, "INBOX", str(found.uid).encode())] = {b"complaint"}
    shop.look()
    called_none(shop)
    shop.look()
    assert marked(labels) == {b"complaint"}


class NoLabels(Deviation):
    """It says that it has them, and refuses each."""

    def instead(self, command: Command) -> bytes | None:
        return b"TAG BAD Could not parse command\r\n" if b"X-GM-LABELS" in command.line else None


def test_labels_that_are_refused(open_at: Open) -> None:
    """They are decoration: the flag is set and the letter laid."""
    shop = open_at(NoLabels(), Extensions())
    shop.complained()
    shop.look()
    assert len(shop.lying()) == 1
    (found,) = shop.owner.mails("INBOX")
    assert "\\Flagged" in found.flags
    assert sum(b"X-GM-LABELS" in line for line in shop.imitated.heard) == 1


def test_a_lost_answer_and_a_second_append(open_at: Open) -> None:
    """What was stored is found, and no second one is tried."""
    shop = open_at(Localised(), Deduplicates(), AnswerLost())
    shop.complained()
    for _ in range(3):
        shop.look()
    assert len(shop.lying()) == 1
    assert sum(line.startswith(b"APPEND") for line in shop.imitated.heard) == 1


def test_a_draft_that_is_in_a_bin_nobody_shows(open_at: Open) -> None:
    """Stored without a word of it, and binned at once: the next APPENDs are answered with the UID
    of what lies in the bin. It stays there, and the program gives up."""
    shop = open_at(Localised(), Deduplicates(), AnswerLost(), HidesTrash())
    shop.complained()
    shop.look()
    (draft,) = shop.lying()
    shop.owner.move("Drafts", draft.uid, "Trash")
    told = [event for _ in range(6) for event in shop.look(minutes=10)]
    assert shop.lying() == []
    assert len(shop.lying("Trash")) == 1
    assert [event.why for event in told if isinstance(event, DraftDropped)] == ["never-confirmed"]


def test_a_new_mail_that_is_left_out_of_a_search(open_at: Open) -> None:
    """It is seen by the next look, though newer mail was finished meanwhile."""
    omits = Omits(first(b"UID SEARCH UID"))
    shop = open_at(omits)
    shop.complained()
    omits.when = first(b"UID SEARCH UID")
    shop.look()
    assert (len(omits.left_out), shop.lying()) == (1, [])
    shop.arrives(mail(2, "Lovely!", sender="Bo <bo@customer.example>"))
    shop.look()
    assert len(shop.lying()) == 1


@pytest.mark.parametrize("item", [b"RFC822.SIZE", b"BODY.PEEK[])", b"(UID FLAGS)"])
def test_a_new_mail_that_is_left_out_of_a_fetch(open_at: Open, item: bytes) -> None:
    """It is asked for again, and answered in the same look."""
    omits = Omits(first(b"UID FETCH", item))
    shop = open_at(omits)
    shop.complained()
    shop.look()
    assert len(omits.left_out) == 1
    assert len(shop.lying()) == 1


def test_the_owners_answer_is_left_out_of_a_fetch(open_at: Open) -> None:
    """It is asked for again: no draft beside what he has sent, though his mail is not found by a
    SEARCH either."""
    omits = Omits(first(b"UID FETCH", b"IN-REPLY-TO"))
    shop = open_at(omits, Omits(lambda command: b"HEADER In-Reply-To" in command.line))
    shop.complained()
    his = mail(2, "I am on it.", more=f"In-Reply-To: {msgid(1)}\r\n", sender="me@shop.example")
    shop.owner.deliver("Sent", his)
    for _ in range(2):
        shop.look()
    assert len(omits.left_out) == 1
    assert shop.lying() == []


@pytest.mark.parametrize("item", [b"IN-REPLY-TO", b"(UID FLAGS BODY.PEEK[])"])
def test_our_draft_is_left_out_of_a_fetch(open_at: Open, item: bytes) -> None:
    """Of one whose answer was lost nothing is heard at first: it is not laid a second time."""
    omits = Omits(lambda command: False)
    shop = open_at(AnswerLost(), omits, Omits(lambda command: b"HEADER Message-ID" in command.line))
    shop.complained()
    shop.look()
    assert len(shop.lying()) == 1
    omits.when = first(b"UID FETCH", item)
    for _ in range(3):
        shop.look()
    assert len(omits.left_out) == 1
    assert len(shop.lying()) == 1


def test_a_sent_draft_bears_another_id(open_at: Open) -> None:
    """Stored without a word of it, and sent: known by the mail it answers, and not laid again."""
    shop = open_at(Localised(), AnswerLost())
    shop.complained()
    shop.look()
    (draft,) = shop.lying()
    shop.owner.deliver("Sent", GMAIL.sends(draft.raw))
    shop.owner.expunge("Drafts", draft.uid)
    told = [event for _ in range(3) for event in shop.look()]
    assert shop.lying() == []
    assert [event.why for event in told if isinstance(event, DraftDropped)] == ["answered"]


def test_a_late_copy_of_a_sent_draft(open_at: Open) -> None:
    """The first APPEND lands when its repeat has been sent, under another Message-ID: the copy
    would look like a letter still to be sent, and goes."""
    shop = open_at(Localised())
    shop.complained()
    shop.look()
    (draft,) = shop.lying()
    shop.owner.deliver("Sent", GMAIL.sends(draft.raw))
    shop.owner.expunge("Drafts", draft.uid)
    shop.owner.deliver("Drafts", draft.raw, flags=["\\Draft", "\\Seen"])
    shop.look(minutes=40)
    assert shop.lying() == []


def test_a_copy_that_may_be_the_owners_only_one(open_at: Open) -> None:
    """The same, and nothing was sent, or the draft has only moved to another UID: it stays."""
    shop = open_at(Localised())
    shop.complained()
    shop.look()
    (draft,) = shop.lying()
    shop.owner.expunge("Drafts", draft.uid)
    shop.owner.deliver("Drafts", draft.raw, flags=["\\Draft", "\\Seen"])
    for minutes in (40, 180, 48 * 60):
        shop.look(minutes=minutes)
    assert [seen.raw for seen in shop.lying()] == [draft.raw]


@pytest.mark.parametrize(
    ("reply", "source", "kind"),
    [
        (b"[ALERT] Too many simultaneous connections. (Failure)", "jstedfast/MailKit/issues/377",
         "login-unavailable"),
        (b"[ALERT] Application-specific password required: https://support.example (Failure)",
         "BrianLeishman/go-imap/issues/25", "app-password-needed"),
        (b"[AUTHENTICATIONFAILED] Invalid credentials (Failure)",
         "andreiaugustin/gmail_extractor/issues/4", "login-refused"),
        (b"[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)",
         "ljmerza/ha-email-sensor/issues/16", "login-unavailable"),
    ],
)  # fmt: skip
def test_a_refused_login(open_at: Open, reply: bytes, source: str, kind: str) -> None:
    """Only what its owner must mend stops the account."""
    shop = open_at(Refuses(("LOGIN",), b"TAG NO " + reply + b"\r\n", GITHUB + source))
    with pytest.raises(TriageError) as raised:
        shop.connect()
    assert raised.value.kind == kind
    assert isinstance(raised.value, AccountError) is (kind != "login-unavailable")


def test_a_day_without_bandwidth(open_at: Open) -> None:
    """Nothing can be fetched: each look asks once, no mail is given up for it, and the next day all
    are answered."""
    reply = b"TAG NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)\r\n"
    refuses = Refuses(("UID FETCH",), reply, GITHUB + "ljmerza/ha-email-sensor/issues/16")
    shop = open_at(refuses)
    shop.complained()
    shop.arrives(mail(2, "The lid is broken.", sender="Bo <bo@customer.example>"))
    told = [event for minutes in BAD_DAY for event in shop.look(minutes=minutes)]
    assert refuses.refused == len(BAD_DAY)
    assert not [event for event in told if isinstance(event, Handled)]
    refuses.often = 0
    shop.look(minutes=60)
    assert len(shop.lying()) == 2
