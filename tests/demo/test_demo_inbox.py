"""The demonstration's mails are dated as if they had just come."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from triage.demo.inbox import AGE, dated, inbox, spare

NOW = datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)

MAIL = b"""\
Return-Path: <ada@customer.example>
Received: from mx.customer.example (mx.customer.example [192.0.2.1])
\tby mail.littlemill.example (Postfix) with ESMTPS id 4X1
\tfor <hello@littlemill.example>; Sat, 21 Nov 2026 10:00:05 +0100 (CET)
From: Ada <ada@customer.example>
Date: Sat, 21 Nov 2026 10:00:00 +0100
Subject: Fri, 20 Nov 2026 08:00:00 +0000

On Fri, 20 Nov 2026 08:00:00 +0000 you wrote:
Date: Fri, 20 Nov 2026 08:00:00 +0000
"""


def test_the_last_mail_has_just_come() -> None:
    """All move by the same span, to the second; the zone of each writer stays."""
    earlier = MAIL.replace(b"21 Nov 2026 10:", b"20 Nov 2026 06:")
    first, last = dated([earlier, MAIL], NOW)
    assert last.date == NOW - AGE
    assert last.date - first.date == timedelta(hours=28)
    parsed = email.message_from_bytes(last.raw)
    assert parsedate_to_datetime(parsed["Date"]) == NOW - AGE
    assert parsed["Date"].endswith("+0100")
    received = parsed["Received"].partition("; ")[2]
    assert parsedate_to_datetime(received.removesuffix(" (CET)")) == NOW - AGE + timedelta(
        seconds=5
    )


def test_what_people_wrote_stays() -> None:
    """Dates in the subject and the text are theirs; line ends become those of the mail standard."""
    (mail,) = dated([MAIL], NOW)
    assert b"Subject: Fri, 20 Nov 2026 08:00:00 +0000\r\n" in mail.raw
    assert mail.raw.endswith(MAIL.partition(b"\n\n")[2].replace(b"\n", b"\r\n"))
    assert mail.raw.count(b"\n") == mail.raw.count(b"\r\n") == MAIL.count(b"\n")


@pytest.mark.parametrize("day", [NOW, datetime.now(UTC)])
def test_the_whole_inbox_is_of_the_last_days(day: datetime) -> None:
    """In the order of arrival, none from the future, none too old to be looked at."""
    dates = [mail.date for mail in inbox(day)]
    assert len(dates) >= 30
    assert dates == sorted(dates)
    assert dates[-1] == day - AGE
    assert day - dates[0] < timedelta(days=4)


def test_the_mail_to_be_put_in_by_hand_is_new() -> None:
    """It is none of those that are there already."""
    policy = email.policy.default
    ids = {email.message_from_bytes(m.raw, policy=policy)["Message-ID"] for m in inbox(NOW)}
    assert email.message_from_bytes(spare(NOW), policy=policy)["Message-ID"] not in ids
