"""A shop system's word on an order: what it says of shipping."""

import re
from enum import Enum, auto

_BETWEEN = re.compile(r"[\s_-]+")


class Told(Enum):
    """What a word says. DOUBT is all that a letter cannot tell in a sentence: sent in part, called
    off, money given back."""

    NOTHING = auto()
    NOT_SENT = auto()
    SENT = auto()
    DELIVERED = auto()
    DOUBT = auto()


# The words of Etsy, Shopify and WooCommerce, and what shops write themselves.
WORDS = {
    Told.NOTHING: (
        *("", "paid", "partially paid", "authorized", "pending", "pending payment"),
        *("payment pending", "due", "overdue"),
    ),
    Told.NOT_SENT: (
        *("unfulfilled", "unshipped", "not shipped", "not sent", "not dispatched", "processing"),
        *("on hold", "scheduled", "in progress", "awaiting shipment", "awaiting fulfillment"),
        *("to ship", "new", "open", "preparing", "in preparation", "ready to ship"),
    ),
    Told.SENT: (
        *("fulfilled", "shipped", "sent", "dispatched", "completed", "complete", "in transit"),
        *("on its way", "out for delivery"),
    ),
    Told.DELIVERED: ("delivered",),
    Told.DOUBT: (
        *("partial", "partially fulfilled", "partially shipped", "partially sent"),
        *("partly shipped", "partly sent", "part shipped", "partially refunded", "refunded"),
        *("cancelled", "canceled", "voided", "failed", "expired", "restocked", "returned"),
        *("return requested", "returning", "returned to sender", "lost", "trash", "draft"),
        *("checkout draft", "closed", "archived"),
    ),
}
_TOLD = {word: told for told, words in WORDS.items() for word in words}


def told(cell: str) -> Told | None:
    """What the cell says, None for a word that is not known. WooCommerce's own begin with wc-."""
    word = _BETWEEN.sub(" ", cell).strip().casefold()
    return _TOLD.get(word.removeprefix("wc "))
