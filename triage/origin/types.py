"""What is ours, and who wrote a message."""

from dataclasses import dataclass

from triage.message import Address
from triage.taxonomy import OriginKind


@dataclass(frozen=True, slots=True)
class House:
    """What is the shop's own: its addresses, and its group addresses.

    `own_lists` holds addresses (info@shop.example) or list ids (info.shop.example) of groups that
    deliver to the shop, such as a Google Group: their list headers say nothing about the writer.
    """

    addresses: tuple[Address, ...]
    own_lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a message.

    `writer` is whom an answer goes to (Reply-To honoured; for a form the customer it names), None
    when nobody can be answered by e-mail. `evidence` is a code for the rule that decided, with the
    header or wording it saw ("list-id: <news.example>"). `answer_at` names the marketplace inside
    which the answer belongs; `writer` is None then.
    """

    kind: OriginKind
    writer: Address | None
    evidence: str
    answer_at: str | None = None
