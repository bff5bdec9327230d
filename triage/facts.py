"""What one message says of the matter itself: numbers, names, wishes. Pure."""

from dataclasses import dataclass

from triage.message import Message
from triage.origin import Origin


@dataclass(frozen=True, slots=True)
class Facts:
    """`order_numbers` as written, in order of appearance; `first_name` None means "greet neutrally"."""

    order_numbers: tuple[str, ...] = ()
    first_name: str | None = None


def facts(message: Message, origin: Origin) -> Facts:
    """The facts of a message."""
    raise NotImplementedError
