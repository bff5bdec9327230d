"""What the shop has said about itself: the rules a letter keeps to."""

from dataclasses import dataclass, field

from triage.message import Address
from triage.order import Ware
from triage.reply.notice import Notice
from triage.reply.term import WORKING_WEEK, DaysOff, Weekday
from triage.reply.voice import Voice


@dataclass(frozen=True, slots=True)
class Remedies:
    """What the shop offers to put a matter right."""

    send_again: bool = False
    refund: bool = False
    exchange: bool = False


@dataclass(frozen=True, slots=True)
class Shop:
    """`answer_within` counts working days from sending, 0 promises none; `delivery_days` is within
    how many a parcel comes as a rule, 0 where the shop does not say; "" means not said."""

    name: str = ""
    owner: str = ""  # the one name at the end of a letter
    signature: str = ""  # replaces owner and name at the end, lines as written
    answer_within: int = 2
    open: tuple[Weekday, ...] = WORKING_WEEK
    closed: tuple[DaysOff, ...] = ()
    notices: tuple[Notice, ...] = ()  # a letter bears the first that stands
    remedies: Remedies = field(default_factory=Remedies)
    voice: Voice = field(default_factory=Voice)
    delivery_days: int = 0
    order_status: bool = False  # draft answers to neutral "when will it come" questions too
    praise: bool = False  # and to customers who are pleased
    catalogue: tuple[Ware, ...] = ()  # what it sells, as a letter may call it


@dataclass(frozen=True, slots=True)
class Identity:
    """The addresses of one account, the main one first, as From may bear them."""

    addresses: tuple[Address, ...]
