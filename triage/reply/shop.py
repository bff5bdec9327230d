"""What the shop has said about itself: the rules a letter keeps to."""

from dataclasses import dataclass, field

from triage.message import Address


@dataclass(frozen=True, slots=True)
class Remedies:
    """What the shop offers to put a matter right."""

    send_again: bool = False
    refund: bool = False
    exchange: bool = False


@dataclass(frozen=True, slots=True)
class Shop:
    """`answer_within` counts working days from sending, 0 promises none; "" means not said."""

    name: str = ""
    owner: str = ""  # the one name at the end of a letter
    signature: str = ""  # replaces owner and name at the end, lines as written
    answer_within: int = 2
    remedies: Remedies = field(default_factory=Remedies)
    order_status: bool = False  # draft answers to neutral "when will it come" questions too


@dataclass(frozen=True, slots=True)
class Identity:
    """The addresses of one account, the main one first, as From may bear them."""

    addresses: tuple[Address, ...]
