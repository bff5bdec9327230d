"""What one message says of the matter itself: numbers, names and plain statements. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from triage.facts.abuse import abuse
from triage.facts.asked import NOTHING, Asked, Wish, asked
from triage.facts.chargeback import chargeback
from triage.facts.continued import continued, repeated
from triage.facts.first_name import first_name
from triage.facts.flaw import flaws
from triage.facts.given_name import given_name
from triage.facts.harm import harm
from triage.facts.occasion import Occasion, occasion
from triage.facts.order_number import bare_numbers, order_numbers
from triage.facts.own_text import is_owners, is_quoted, own_text
from triage.facts.question import questions
from triage.facts.said import SILENT, Said, said
from triage.facts.settled import settled
from triage.facts.stated import UNSTATED, Stated, days_ahead, stated
from triage.facts.title import formal_name, titled
from triage.facts.tracking import Tracking, tracking, without_tracking
from triage.message import Message
from triage.origin import Origin, form_text
from triage.taxonomy import OriginKind
from triage.verdict import PEOPLE

__all__ = ["Facts", "bare_numbers", "chargeback", "facts", "own_words"]

# What is asked for when something is wrong. Of a shop that is not in the corpus a third of the
# complaints that the classifier passes ask for it, or say that they have asked before (3 of 9; by
# words 3 of 11), and 7 of its 210 other mails (3 of 193).
CLAIMS = frozenset({Wish.REFUND, Wish.RETURN, Wish.EXCHANGE, Wish.SEND_AGAIN, Wish.CANCEL})
# The zone of a Date header: RFC 5322 section 3.3. Of its obsolete names (EST) nothing is known.
_ZONE = re.compile(r":\d\d[ \t]{1,9}([+-])([01]\d)([0-5]\d)\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """`order_numbers` as written, without number signs, and `tracking` numbers, none of them both,
    in order of appearance; `first_name` None means "greet neutrally". `harm` is the phrase by which
    somebody came to harm, or might, `asked` what is asked for, and `occasion` what for and by
    when it is needed; the three of people's mail alone, for they take 20 ms of a long one, and
    nobody else's count. `formal_name` is "Mrs Patel", None where title and family name are not both
    certain. `abuse` says that he insults or threatens whoever reads it, `continued` that he answers
    a letter of the shop's, and `questions` how many he asks. `flaw` is what is broken on a thing,
    such as "the split leg", in words of this program's, "" where it is not told plainly. `ahead`
    are the dates to come that he names. `settled` is the phrase by which he tells that the matter
    has come to a good end, "" when he does not."""

    order_numbers: tuple[str, ...] = ()
    first_name: str | None = None
    said: Said = SILENT
    harm: str | None = None
    tracking: tuple[Tracking, ...] = ()
    stated: Stated = UNSTATED
    formal_name: str | None = None
    asked: Asked = NOTHING
    occasion: Occasion | None = None
    abuse: bool = False
    continued: bool = False
    questions: int = 0
    flaw: str = ""
    ahead: tuple[date, ...] = ()
    settled: str = ""

    @property
    def claims(self) -> bool:
        """Whether the writer asks, in plain words, for what is asked for when something is wrong,
        or says that he has asked before."""
        said = self.said
        before = said.wrote_before or said.cancelled or said.sent_back or said.refund_awaited
        return before or not CLAIMS.isdisjoint(self.asked.wanted)


def facts(message: Message, origin: Origin) -> Facts:
    """The facts of a message. Time grows with its length only."""
    body = message.body
    form = origin.kind is OriginKind.FORM
    # A form's fields (order number, name) stand beside the message field.
    whole = body.text if form else body.new
    named = f"{message.subject}\n{whole}"
    tracked = tracking(named) or tracking(body.quoted)
    numbers = _orders(named, tracked) or _orders(body.quoted, tracked)
    words = own_words(message, origin)
    person = origin.kind in PEOPLE
    written = message.date or message.received
    told = said(words)
    return Facts(
        numbers,
        _greeted(message, origin, _typed(message, origin), "" if form else body.signature),
        replace(told, wrote_before=True) if person and repeated(message, origin.writer) else told,
        harm(words) if person else None,
        tracked,
        stated(words, _written(message)) if person else UNSTATED,
        _formally(message, origin, _typed(message, origin), "" if form else body.signature),
        asked(words) if person else NOTHING,
        occasion(words, written.date() if written else None) if person else None,
        abuse=person and abuse(words),
        continued=person and continued(message),
        questions=questions(words) if person else 0,
        flaw=flaws(words) if person else "",
        ahead=days_ahead(words, _written(message)) if person else (),
        settled=settled(words) if person else "",
    )


def _orders(text: str, tracked: tuple[Tracking, ...]) -> tuple[str, ...]:
    """The order numbers of a text: what was called a tracking number once is none."""
    keys = {each.key for each in tracked}
    numbers = order_numbers(without_tracking(text) if tracked else text)
    return tuple(number for number in numbers if number.upper() not in keys)


def own_words(message: Message, origin: Origin) -> str:
    """The subject and the lines that the writer typed himself, in this mail."""
    # The subject of an answer is of the mail it answers, that of a form is the form's.
    form = origin.kind is OriginKind.FORM
    subject = "" if form or message.in_reply_to else message.subject
    return f"{subject}.\n\n{own_text(_typed(message, origin), message)}"


def _written(message: Message) -> date | None:
    """The day of a mail by its writer's own clock: "yesterday" is counted from it."""
    if message.date is None:
        return None
    found = _ZONE.search(message.header("date"))
    minutes = int(found[2]) * 60 + int(found[3]) if found else 0
    away = timedelta(minutes=-minutes if found and found[1] == "-" else minutes)
    return (message.date + away).date()


def _typed(message: Message, origin: Origin) -> str:
    form = form_text(message.body) if origin.kind is OriginKind.FORM else None
    return form or message.body.new


def _greeted(message: Message, origin: Origin, typed: str, signature: str) -> str | None:
    """The writer's first name, and never the owner's or one that only the history bears."""
    display = origin.writer.name if origin.writer else ""
    key = origin.writer.key if origin.writer else ""
    name = first_name(display, own_text(typed, message), own_text(signature, message), key)
    if name is None or is_owners(name, message, key):
        return None
    # A display name that says the same vouches for it: his own letters are in the history too.
    if given_name(display, alone=False) is None and is_quoted(name, message, typed):
        return None
    return name


def _formally(message: Message, origin: Origin, typed: str, signature: str) -> str | None:
    """How the writer is formally addressed; never by a name of the owner's."""
    display = origin.writer.name if origin.writer else ""
    key = origin.writer.key if origin.writer else ""
    own = own_text(typed, message), own_text(signature, message)
    name = formal_name(display, *own, key)
    if name is None or is_owners(name, message, key):
        return None
    vouched = name in {titled(display), titled(own[1])}
    return None if not vouched and is_quoted(name.partition(" ")[2], message, typed) else name
