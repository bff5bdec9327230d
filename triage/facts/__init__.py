"""What one message says of the matter itself: numbers, names and plain statements. Pure."""

from dataclasses import dataclass

from triage.facts.chargeback import chargeback
from triage.facts.first_name import first_name
from triage.facts.given_name import given_name
from triage.facts.harm import harm
from triage.facts.order_number import order_numbers
from triage.facts.own_text import is_owners, is_quoted, own_text
from triage.facts.said import SILENT, Said, said
from triage.message import Message
from triage.origin import Origin, form_text
from triage.taxonomy import OriginKind
from triage.verdict import PEOPLE

__all__ = ["Facts", "chargeback", "facts", "own_words"]


@dataclass(frozen=True, slots=True)
class Facts:
    """`order_numbers` as written, without number signs, in order of appearance; `first_name` None
    means "greet neutrally". `harm` is the phrase by which somebody came to harm, or might,
    of people's mail alone: it takes 15 ms of a long one, and nobody else's counts."""

    order_numbers: tuple[str, ...] = ()
    first_name: str | None = None
    said: Said = SILENT
    harm: str | None = None


def facts(message: Message, origin: Origin) -> Facts:
    """The facts of a message. Time grows with its length only."""
    body = message.body
    form = origin.kind is OriginKind.FORM
    # A form's fields (order number, name) stand beside the message field.
    whole = body.text if form else body.new
    numbers = order_numbers(f"{message.subject}\n{whole}") or order_numbers(body.quoted)
    words = own_words(message, origin)
    return Facts(
        numbers,
        _greeted(message, origin, _typed(message, origin), "" if form else body.signature),
        said(words),
        harm(words) if origin.kind in PEOPLE else None,
    )


def own_words(message: Message, origin: Origin) -> str:
    """The subject and the lines that the writer typed himself, in this mail."""
    # The subject of an answer is of the mail it answers, that of a form is the form's.
    form = origin.kind is OriginKind.FORM
    subject = "" if form or message.in_reply_to else message.subject
    return f"{subject}.\n\n{own_text(_typed(message, origin), message)}"


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
