"""What the tests of replies begin with: one customer, one shop, one opinion."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from hypothesis import settings

from triage.message import Address, Body, Message
from triage.origin import Origin
from triage.reply import Remedies, Shop
from triage.reply.cases import LETTERS
from triage.reply.letters import Letters
from triage.reply.samples import samples
from triage.taxonomy import OriginKind, Topic
from triage.verdict import Opinion

# A busy machine is no failed property.
patient = settings(deadline=None)

SHOP = Address("Anna at Larkspur", "shop@larkspur.example")
MARIA = Address("Maria Rossi", "maria@example.com")
FULL = Shop(
    name="Larkspur Soap",
    owner="Anna",
    answer_within=2,
    remedies=Remedies(send_again=True, refund=True, exchange=True),
)
MESSAGE = Message(
    message_id="<c@example.com>",
    date=datetime(2025, 3, 3, 14, 5, tzinfo=UTC),
    received=None,
    sender=MARIA,
    reply_to=(),
    to=(SHOP,),
    cc=(),
    subject="My order",
    in_reply_to=("<b@example.com>",),
    references=("<a@example.com>", "<b@example.com>"),
    headers={},
    content_type="text/plain",
    body=Body("Where is it?\n\nMaria\n", "Where is it?\n", "", ""),
    attachments=(),
    size=500,
    truncated=False,
    digest="ab" * 32,
)


def message(**changes):
    return replace(MESSAGE, **changes)


def origin(writer=MARIA):
    return Origin(OriginKind.CUSTOMER, writer, "from")


def opinion(topics=None):
    topics = {Topic.NOT_DELIVERED: 1.0} if topics is None else topics
    return Opinion(0.9, topics, (), "en", known_language=True)


@cache
def all_letters():
    """Of each letter and sample the wording. There are thousands."""
    letters = Letters.load()
    return tuple((name, s, letters.render(s)) for name in LETTERS for s in samples(name))
