"""Who is writing, told from the envelope, the headers and the wording of one message. Pure."""

from dataclasses import dataclass

from triage.message import Address, Message
from triage.taxonomy import OriginKind


@dataclass(frozen=True, slots=True)
class House:
    """What is the shop's own: its addresses, and the ids of lists that are its group addresses."""

    addresses: tuple[Address, ...]
    own_lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a message.

    `writer` is whom an answer goes to (Reply-To honoured; for a form the customer it names), None
    when nobody can be answered by e-mail. `evidence` is a code for the rule that decided, with the
    header or wording it saw. `answer_at` names the marketplace inside which the answer belongs.
    """

    kind: OriginKind
    writer: Address | None
    evidence: str
    answer_at: str | None = None


def origin(message: Message, house: House) -> Origin:
    """Who is writing."""
    raise NotImplementedError
