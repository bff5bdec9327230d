"""What one message says of the matter itself: numbers and names. Pure."""

from dataclasses import dataclass

from triage.facts.first_name import first_name
from triage.facts.order_number import order_numbers
from triage.message import Message
from triage.origin import Origin, form_text
from triage.taxonomy import OriginKind


@dataclass(frozen=True, slots=True)
class Facts:
    """`order_numbers` as written, without number signs, in order of appearance; `first_name` None
    means "greet neutrally"."""

    order_numbers: tuple[str, ...] = ()
    first_name: str | None = None


def facts(message: Message, origin: Origin) -> Facts:
    """The facts of a message. Time grows with its length only."""
    body = message.body
    form = origin.kind is OriginKind.FORM
    # A form's fields (order number, name) stand beside the message field.
    said = body.text if form else body.new
    numbers = order_numbers(f"{message.subject}\n{said}") or order_numbers(body.quoted)
    typed = (form_text(body) if form else None) or body.new
    name = origin.writer.name if origin.writer else ""
    return Facts(numbers, first_name(name, typed, "" if form else body.signature))
