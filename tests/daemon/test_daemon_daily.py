"""The day's digest: laid once, at its hour, when there is something to tell and on Mondays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from cycle.world import ACCOUNT, World
from servers.memory import FaultAt, Killed, no_fault

from triage.cli.dailywords import worded
from triage.daemon.daily import TRIES, Herald, asking
from triage.daemon.events import DigestFailed, DigestLaid, Told
from triage.errors import AppendRefused, MailboxError
from triage.message import Address
from triage.origin import House, daily_id
from triage.origin.daily import is_daily
from triage.reply import Shop
from triage.report.dailymail import Content
from triage.report.dailymail import mail as laid

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAILY = replace(ACCOUNT, digest=time(7, 30), append_settle=120.0)


def mail(number: int, text: str, *, sender: str = "ada@customer.example", more: str = "") -> bytes:
    return (
        f"From: Ada <{sender}>\r\nTo: hello@shop.example\r\nSubject: My cup {number}\r\n"
        f"Message-ID: <{number}@customer.example>\r\n{more}\r\n{text}\r\n"
    ).encode()


class Shops(World):
    """A shop whose digest is looked for after each cycle."""

    def __init__(self, folder: Path, **more: Shop) -> None:
        self.told: list[Told] = []
        super().__init__(folder, account=DAILY, **more)
        self.now = MONDAY

    def restart(self) -> None:
        super().restart()
        self.herald = Herald(
            self.account,
            self.folder,
            [self.account],
            wording=worded,
            clock=lambda: self.now,
            tell=self.told.append,
        )

    def look(self, *, hours: float = 0, cycle: bool = True) -> None:
        """A cycle, and the look for a digest."""
        self.now += timedelta(hours=hours)
        if cycle:
            self.ledger.since(self.now.timestamp(), self.account.look_back)
            self.cycle()
        line = self.connect()
        self.herald.look(line, self.ledger, self.desk)  # type: ignore[arg-type]

    def digests(self) -> list[EmailMessage]:
        """What lies in the inbox of ours, the oldest first."""
        mails = (
            message_from_bytes(each.raw, policy=policy.default)
            for each in self.server.mails("INBOX")
        )
        return [each for each in mails if "triage" in str(each["From"])]

    def text(self) -> str:
        """The words of the newest digest, on one line, as plain text."""
        part = self.digests()[-1].get_body(("plain",))
        assert part is not None
        return " ".join(part.get_content().split())


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shops]:
    world = Shops(tmp_path)
    yield world
    world.ledger.close()


def test_what_waits_is_told_at_the_hour(shop: Shops) -> None:
    """Not before it, and once a day; on a locked phone there are numbers and nobody's name."""
    shop.deliver(mail(1, "Good day.\n\nMy cup came broken in two.\n\nPlease help me out."))
    shop.now = MONDAY.replace(hour=7, minute=29)
    shop.look()
    assert shop.digests() == []
    shop.look(hours=0.1)
    for _ in range(3):
        shop.look(hours=1)
    (digest,) = shop.digests()
    assert digest["Subject"] == "triage: 1 complaint waits"
    assert shop.text().startswith("1 complaint waits. 1 mail read. ")
    assert "\N{LEFT DOUBLE QUOTATION MARK}My cup came broken in two." in shop.text()
    assert "From Ada <ada@customer.example>, today: " in shop.text()
    assert "\N{LEFT DOUBLE QUOTATION MARK}My cup 1" in shop.text()
    assert "A letter waits in Drafts" in shop.text()
    assert "due 4 March" in shop.text()
    assert shop.told == [DigestLaid("INBOX")]
    assert not shop.server.mails("INBOX")[-1].flags


def test_a_day_without_anything_has_none_but_mondays(shop: Shops) -> None:
    """Silence must not look like peace; a Monday on which the machine was off comes later."""
    shop.look()
    assert shop.digests()[-1]["Subject"] == "triage: nothing waits"
    assert "Since 23 February 2026: 0 mails read" in shop.text()
    for _ in range(6):
        shop.look(hours=24)
    assert len(shop.digests()) == 1
    shop.look(hours=48)  # a Tuesday
    assert len(shop.digests()) == 2
    assert shop.ledger.last_daily() == (shop.now.date(), shop.now.timestamp())


def test_the_overdue_come_first_and_then_the_loud(shop: Shops) -> None:
    shop.deliver(mail(1, "It is broken, and I am waiting."), days_ago=1)
    shop.deliver(mail(2, "It is broken. I am livid.", sender="bo@customer.example"))
    shop.deliver(mail(3, "It is broken still.", sender="cy@customer.example"), days_ago=6)
    shop.look()
    assert shop.digests()[-1]["Subject"] == "triage: 3 complaints wait, 1 overdue"
    text = shop.text()
    places = [text.index(f"{who}@customer.example") for who in ("cy", "bo", "ada")]
    assert places == sorted(places)
    assert text.index("OVERDUE") < places[0] < text.index("WAITING FOR AN ANSWER") < places[1]
    assert "Angry tone" in text


@pytest.mark.parametrize(
    ("head", "asks"), [("", True), ("To: ada@customer.example\r\n", False), (None, False)]
)
def test_a_letter_without_a_recipient_asks_its_owner(head: str | None, asks: bool) -> None:
    """One whose words are forgotten asks nothing."""
    raw = "" if head is None else f"From: hello@shop.example\r\n{head}\r\n[[the sum]]\r\n"
    assert asking(raw.encode()) is asks


def test_what_is_answered_dealt_with_or_no_complaint_waits_no_more(shop: Shops) -> None:
    uids = [
        shop.deliver(mail(n, "It is broken.", sender=f"c{n}@customer.example")) for n in range(3)
    ]
    shop.look()
    assert "3 complaints wait" in shop.text()
    shop.server.deliver(
        "Sent",
        b"From: hello@shop.example\r\nIn-Reply-To: <0@customer.example>\r\n\r\nSorry!\r\n",
        internal_date=shop.now,
    )
    folder = shop.server.folders["INBOX"]
    flagged = folder.mails[uids[1]]
    folder.mails[uids[1]] = replace(flagged, flags=flagged.flags - {"\\Flagged"})
    shop.look(hours=1)
    shop.look(hours=23)
    assert "1 complaint waits" in shop.text()
    assert "c2@customer.example" in shop.text()


def test_the_unsure_are_named_once(shop: Shops) -> None:
    shop.deliver(mail(1, "Hmm, this cup."))
    shop.look()
    assert shop.digests()[-1]["Subject"] == "triage: 1 to look at"
    assert "Could be a complaint" in shop.text()
    shop.look(hours=24)
    assert len(shop.digests()) == 1


def test_a_complaint_moved_out_of_the_inbox_is_named(shop: Shops) -> None:
    """For a week, and then no more."""
    uid = shop.deliver(mail(1, "It is broken."))
    shop.look()
    shop.server.create("Elsewhere")
    shop.server.move("INBOX", uid, "Elsewhere")
    shop.look(hours=24)
    assert "It is not in your inbox any more" in shop.text()
    shop.look(hours=8 * 24)
    assert "nothing waits" in shop.text()


def test_a_customer_who_cannot_be_reached(shop: Shops) -> None:
    report = (
        b"From: Mail Delivery System <MAILER-DAEMON@shop.example>\r\nSubject: Undelivered Mail\r\n"
        b"Message-ID: <bounce@shop.example>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\n\r\nIt did not come.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ada@customer.example\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
    shop.deliver(report)
    shop.look()
    assert "THESE CUSTOMERS WERE NOT REACHED * ada@customer.example" in shop.text()


def test_a_strangers_words_lead_nowhere(shop: Shops) -> None:
    """No link of his stands in the owner's own mail, and no markup."""
    words = "Broken, see http://evil.example/x and evil.example/login, <b>www.evil.example</b>"
    shop.deliver(mail(1, words))
    shop.look()
    html = shop.digests()[-1].get_body(("html",))
    assert html is not None
    for said in (shop.text(), html.get_content()):
        assert "Broken" in said
        assert "[link]" in said
        assert "evil" not in said
        assert "<b>" not in said


def test_the_digest_is_read_as_the_owners_own(shop: Shops) -> None:
    """It quotes complaints, and is not one; nobody answers it."""
    shop.deliver(mail(1, "It is broken."))
    shop.look()
    shop.look(hours=1)
    digest = shop.digests()[0]
    assert is_daily(digest["Message-ID"], House(DAILY.addresses))
    assert digest["Auto-Submitted"] == "auto-generated"
    assert len(shop.drafts()) == 1
    other = daily_id("other@shop.example", MONDAY.date())
    assert not is_daily(other, House(DAILY.addresses))


@pytest.mark.parametrize("name", ["", 'Müller & Söhne "Töpferei"', "A, B <c@d.example>", "x" * 150])
@pytest.mark.parametrize("addr", ["a+b@shop.example", "a..b@shop.example", "o'neil@shop.example"])
def test_whatever_its_owner_is_called(name: str, addr: str) -> None:
    """ASCII, in lines no server cuts (RFC 5322), to him and to nobody else."""
    raw = laid(Content("s", "t", "h"), Address(name, addr), "<id@shop.example>", MONDAY)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 998
    to = message_from_bytes(raw, policy=policy.default)["To"].addresses
    assert [(each.display_name, each.addr_spec.replace('"', "")) for each in to] == [(name, addr)]


@pytest.mark.parametrize("moment", range(1, 60))
def test_killed_anywhere_it_lies_there_once(tmp_path: Path, moment: int) -> None:
    """And does not get lost, whichever step of server or ledger was the last."""
    world = Shops(tmp_path)
    world.deliver(mail(1, "It is broken."))
    world.cycle()
    world.server.fault = FaultAt(moment, Killed())
    try:
        world.look(cycle=False)
    except Killed:
        world.ledger.close()
        world.restart()
    world.server.fault = no_fault
    for _ in range(5):
        world.look(hours=0.1)
    assert len(world.digests()) == 1
    world.ledger.close()


def test_an_answer_that_never_came_is_waited_for(shop: Shops) -> None:
    """An APPEND may still be on its way; after a few nobody tries any more on that day."""
    shop.deliver(mail(1, "It is broken."))
    shop.cycle()

    def lost(when: str, step: str) -> None:
        if (when, step) == ("before", "deliver"):
            raise MailboxError("connection-lost")

    shop.server.fault = lost
    for _ in range(20):
        shop.look(hours=0.5, cycle=False)
    laying = shop.ledger.daily(shop.now.date())
    assert laying is not None
    assert (laying.tries, laying.done is not None) == (TRIES, True)
    assert [type(each) for each in shop.told] == [DigestFailed]


def test_a_full_mailbox_is_said_once_and_tried_again(shop: Shops) -> None:
    shop.deliver(mail(1, "It is broken."))
    shop.cycle()

    def full(when: str, step: str) -> None:
        if (when, step) == ("before", "deliver"):
            raise AppendRefused("over-quota", mailbox="INBOX", code="OVERQUOTA")

    shop.server.fault = full
    shop.look(cycle=False)
    shop.server.fault = no_fault
    shop.look(hours=1, cycle=False)
    assert len(shop.digests()) == 1
    assert [type(each) for each in shop.told] == [DigestFailed, DigestLaid]
