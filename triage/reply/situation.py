"""The situation: what is known when a reply is begun, and so which letter and what it may say.

Pure. What a customer wrote enters a letter here and nowhere else, and only as a first name and an
order number that look like one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from triage.facts import Facts
from triage.message import Address, Message
from triage.reply.courtesy import SIGN_OFF, phrase_breaches
from triage.reply.plain import lines
from triage.reply.shop import Remedies, Shop
from triage.taxonomy import COMPLAINT_TOPICS, Topic
from triage.verdict import Opinion

# The topics that have a letter.
LETTERS = tuple(t for t in Topic if t in COMPLAINT_TOPICS or t is Topic.ORDER_STATUS)

# The least share of the complaint topics' probability with which a topic picks the letter; below it
# the letter is `other`, which fits every complaint. Cross-validated on the 460 complaints of the
# starter corpus (words and characters, logistic regression) the best topic was right in 57 % of
# mails with a share of .4 to .5, in 45 % with .3 to .4, in 33 % with .2 to .3.
SURE_TOPIC = 0.4


class Stance(StrEnum):
    """How much has been looked up. A stance that knows the order's facts comes with them."""

    ACKNOWLEDGE = "acknowledge"  # nothing yet: sorry for the trouble, not for a fault


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a letter may depend on.

    `first_name` and `order_number` are None when not known for certain, else safe to print.
    `photo_sent` says that a picture came with the mail, if only a logo.
    `answer_within` counts working days from sending, 0 when no term is promised. `signature` holds
    the lines at the end; `signed_off` says that they bring their own "Kind regards,".
    """

    topic: Topic
    stance: Stance
    first_name: str | None
    order_number: str | None
    photo_sent: bool
    remedies: Remedies
    answer_within: int
    signature: tuple[str, ...]
    signed_off: bool

    def names(self) -> dict[str, object]:
        """What a template may use, beside `ask("…")`. Described in `templates/README.md`."""
        return {
            "first_name": self.first_name,
            "order_number": self.order_number,
            "photo_sent": self.photo_sent,
            "send_again": self.remedies.send_again,
            "refund": self.remedies.refund,
            "exchange": self.remedies.exchange,
            "answer_within": self.answer_within,
            "signature": "\\\n".join(self.signature),  # a backslash keeps the line break
            "signed_off": self.signed_off,
        }


_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){0,2}")
_NUMBER = re.compile(r"#?(?=[^\s]*\d)[A-Za-z0-9](?:[A-Za-z0-9/_.-]{0,28}[A-Za-z0-9])?")


def _civil(text: str) -> bool:
    return not any(phrase_breaches(text))


def _first_name(name: str | None) -> str | None:
    """The name if one can be greeted with it. "ANNA", "Ticket" or a line of text are no names."""
    normal = unicodedata.normalize("NFC", name or "").strip()
    good = len(normal) <= 30 and _NAME.fullmatch(normal) and _civil(f"Hello {normal},")
    return normal if good else None


def _order_number(numbers: tuple[str, ...]) -> str | None:
    """The one order number the mail states; with several nobody knows yet which is meant."""
    good = [n for n in numbers if _NUMBER.fullmatch(n) and _civil(f"your order {n} has")]
    same = {re.sub(r"[\W_]", "", n).casefold() for n in numbers}
    return good[0] if good and len(same) == 1 else None


def topic_of_letter(opinion: Opinion, *, flagged: bool) -> Topic:
    """The topic whose letter answers. A complaint never gets `order-status`."""
    if not flagged and opinion.topic is Topic.ORDER_STATUS:
        return Topic.ORDER_STATUS
    complaints = {t: p for t, p in opinion.topics.items() if t in COMPLAINT_TOPICS}
    best = max(complaints, key=lambda topic: complaints[topic], default=Topic.OTHER)
    sure = complaints and complaints[best] >= SURE_TOPIC * sum(complaints.values()) > 0
    return best if sure else Topic.OTHER


def _signature(shop: Shop, sender: Address) -> tuple[str, ...]:
    """The lines at the end, without a "-- ": the quoted mail follows, and mail programs would take
    it for a part of the signature."""
    written = [line for line in lines(shop.signature) if line.rstrip() != "--"]
    named = [line for text in (shop.owner, shop.name) for line in lines(text)]
    return tuple(written or named or lines(sender.name))


def situation(
    message: Message,
    opinion: Opinion,
    facts: Facts,
    shop: Shop,
    sender: Address,
    *,
    flagged: bool = True,
) -> Situation:
    """The situation of one message. `sender` is the owner's address that will stand in From."""
    signature = _signature(shop, sender)
    return Situation(
        topic=topic_of_letter(opinion, flagged=flagged),
        stance=Stance.ACKNOWLEDGE,
        first_name=_first_name(facts.first_name),
        order_number=_order_number(facts.order_numbers),
        photo_sent=any(a.content_type.startswith("image/") for a in message.attachments),
        remedies=shop.remedies,
        answer_within=max(0, shop.answer_within),
        signature=signature,
        signed_off=bool(signature)
        and (signature[0].endswith(",") or SIGN_OFF.fullmatch(signature[0]) is not None),
    )


def samples(topic: Topic) -> Iterator[Situation]:
    """Situations with which a letter shows what it can say: every yes with every no, and in turn
    every way of promising a term and of signing."""
    terms = (2, 0, 1, 7, 3)
    signatures = (("Anna", "Larkspur Soap"), (), ("Kind regards,", "Anna"))
    yes_or_no = product((True, False), repeat=6)
    for turn, (named, numbered, photo, again, refund, exchange) in enumerate(yes_or_no):
        signature = signatures[turn % len(signatures)]
        yield Situation(
            topic=topic,
            stance=Stance.ACKNOWLEDGE,
            first_name="Maria" if named else None,
            order_number="1043" if numbered else None,
            photo_sent=photo,
            remedies=Remedies(send_again=again, refund=refund, exchange=exchange),
            answer_within=terms[turn % len(terms)],
            signature=signature,
            signed_off=len(signature) > 0 and signature[0].endswith(","),
        )
