"""Which complaints are one matter: a table of two or three mails, and what the last one is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from world import MORNING, mail, msgid

from triage.message import read
from triage.record import Judged
from triage.reply.earlier import Earlier
from triage.taxonomy import Topic
from triage.trace import MATTER, earlier

NOW = MORNING.timestamp()
DAY = 86400.0
NEW = Judged("new", msgid(9), "echo", NOW, NOW, "flagged", "complaint", complainant="ada@c.example")
THREAD = f"References: {msgid(1)} <answer@shop.example>\r\n"


def old(
    number: int, order: str | None = None, topic: Topic = Topic.DAMAGED, **more: object
) -> Judged:
    """The complaint <N@customer.example> of N days ago."""
    plain = replace(NEW, digest=f"d{number}", message_id=msgid(number), arrived=NOW - number * DAY)
    return replace(plain, order_key=order, topic=topic, **more)  # type: ignore[arg-type]


def told(new: Judged, *others: Judged, headers: str = "") -> Earlier | None:
    return earlier(new, read(mail(9, "Broken.", more=headers)), others, UTC)


@pytest.mark.parametrize(
    ("new", "former", "headers", "same"),
    [
        (("1", Topic.DAMAGED), [("1", Topic.DAMAGED)], "", True),
        (("1", Topic.DAMAGED), [("1", Topic.BILLING)], "", True),
        (("1", Topic.DAMAGED), [("2", Topic.DAMAGED)], "", False),
        (("1", Topic.DAMAGED), [("2", Topic.DAMAGED)], THREAD, False),
        ((None, Topic.QUALITY), [("1", Topic.WRONG_ITEM)], "", True),
        (("1", Topic.LATE), [(None, Topic.NOT_DELIVERED)], "", True),
        ((None, Topic.BILLING), [(None, Topic.RETURN_REFUND)], "", True),
        ((None, Topic.LATE), [(None, Topic.DAMAGED)], "", False),
        ((None, Topic.LATE), [(None, Topic.DAMAGED)], THREAD, True),
        (
            (None, Topic.LATE),
            [(None, Topic.DAMAGED)],
            THREAD.replace("References", "In-Reply-To"),
            True,
        ),
        ((None, Topic.SERVICE), [(None, Topic.SERVICE)], "", False),
        ((None, Topic.DAMAGED), [("1", Topic.DAMAGED), ("2", Topic.DAMAGED)], "", False),
        ((None, Topic.DAMAGED), [("1", Topic.DAMAGED), ("2", Topic.DAMAGED)], THREAD, True),
        (("2", Topic.DAMAGED), [(None, Topic.DAMAGED), ("1", Topic.DAMAGED)], "", False),
        (("1", Topic.DAMAGED), [(None, Topic.DAMAGED), ("1", Topic.DAMAGED)], "", True),
    ],
)
def test_same_matter(
    new: tuple[str | None, Topic],
    former: list[tuple[str | None, Topic]],
    headers: str,
    *,
    same: bool,
) -> None:
    """The order number tells where both have one; else the thread; else what they are about, while
    that customer writes about one order."""
    others = [old(number, *each) for number, each in enumerate(former, 1)]
    found = told(replace(NEW, order_key=new[0], topic=new[1]), *others, headers=headers)
    assert (found is not None) is same


@pytest.mark.parametrize(
    "other",
    [
        old(1, "1", complainant="eve@c.example"),
        old(1, "1", complainant=None),
        old(1, "1", digest="new"),
        old(1, "1", arrived=NOW),
        old(1, "1", arrived=NOW + 1),
        old(1, "1", arrived=NOW - MATTER - 1),
    ],
    ids=["another", "nobody", "itself", "as-late", "later", "long-ago"],
)
def test_no_earlier_complaint(other: Judged) -> None:
    """Another customer's, whatever order he names; the mail itself; a later one; a very old one."""
    new = replace(NEW, order_key="1", topic=Topic.DAMAGED)
    assert told(new, other, headers=THREAD) is None
    assert told(new, other, old(2, "1"), headers=THREAD) == Earlier(
        (MORNING - timedelta(days=2)).date(), Topic.DAMAGED, "1"
    )


def test_nobody_to_answer() -> None:
    """A complaint without a customer has none before it, and is none before another's."""
    nobody = replace(NEW, complainant=None, order_key="1")
    assert told(nobody, old(1, "1", complainant=None)) is None


def test_first_of_several() -> None:
    """The first day, in the owner's zone, and how many; in whatever order they are found, and each
    counted once."""
    new = replace(NEW, topic=Topic.LATE)
    first = old(
        3, topic=Topic.NOT_DELIVERED, arrived=datetime(2026, 2, 27, 22, 30, tzinfo=UTC).timestamp()
    )
    others = [old(1, "1", Topic.LATE), first, old(1, "1", Topic.LATE)]
    found = earlier(new, read(mail(9, "Late.")), others, timezone(timedelta(hours=2)))
    assert found == Earlier(date(2026, 2, 28), Topic.NOT_DELIVERED, "1", count=2)
