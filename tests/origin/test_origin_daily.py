"""The daily digest among mails, and whom a delivery report says no mail reached."""

from datetime import date

import pytest

from triage.message import Address, read
from triage.origin import House, daily_id, origin, undelivered
from triage.taxonomy import OriginKind

HOUSE = House((Address("Mira", "hello@shop.example"), Address("", "info@shop.example")))
FORM = "Name: Ada Lind\r\nEmail: ada@customer.example\r\nMessage: The cup came broken.\r\n"


def kind(message_id: str) -> tuple[OriginKind, str]:
    raw = (
        f"From: triage <hello@shop.example>\r\nTo: hello@shop.example\r\nSubject: New message\r\n"
        f"Message-ID: {message_id}\r\n\r\n{FORM}"
    )
    found = origin(read(raw.encode()), HOUSE)
    return found.kind, found.evidence


def test_a_digest_is_no_form_whatever_it_quotes() -> None:
    """The same text under another id is a customer's, by a form: nobody hides behind ours."""
    day = date(2026, 3, 2)
    ours = daily_id("Hello@shop.example", day)
    assert kind(ours) == (OriginKind.OWN, "digest")
    assert kind(ours.replace("2026-03-02", "2026-03-03"))[0] is OriginKind.FORM
    assert kind(daily_id("someone@shop.example", day))[0] is OriginKind.FORM
    assert len({daily_id("hello@shop.example", date(2026, 3, each)) for each in (2, 3)}) == 2


@pytest.mark.parametrize(
    ("report", "found"),
    [
        (b"Final-Recipient: rfc822;ada@x.example\r\nAction: failed\r\n", ("ada@x.example",)),
        (b"final-recipient: RFC822 ; <ada@x.example>\nACTION: failed\n", ("ada@x.example",)),
        (b"X-Failed-Recipients: ada@x.example\r\n\r\nSorry.\r\n", ("ada@x.example",)),
        (b"Final-Recipient: rfc822; ada@x.example\r\nAction: delayed\r\n", ()),
        (b"He wrote: Final-Recipient: rfc822; ada@x.example\r\n", ()),
        (b"Final-Recipient: rfc822; \xff\xff\r\nAction: failed\r\n", ()),
        (b"Final-Recipient: rfc822;" + b" a@" * 50_000, ()),
        (b"Final-Recipient: rfc822; a@x.example\r\n" * 50, ("a@x.example",)),
        (b"".join(b"Final-Recipient: rfc822; a%d@x.example\n" % n for n in range(99)), 10),
    ],
)
def test_whom_a_report_names(report: bytes, found: tuple[str, ...] | int) -> None:
    """As RFC 3464 says it, or a header of old; not who is only waited for."""
    got = undelivered(report)
    assert (len(got) if isinstance(found, int) else got) == found
