"""The words of the program: what a mail is about, who writes it, what became of it."""

from enum import StrEnum


class Topic(StrEnum):
    """What a mail is about: the one main matter. It picks the reply."""

    NOT_DELIVERED = "not-delivered"  # has not come, overdue, lost, "delivered" but not received
    LATE = "late"  # came late, delayed, still not shipped
    DAMAGED = "damaged"  # arrived broken, leaking, does not work
    WRONG_ITEM = "wrong-item"  # something else came
    MISSING_ITEM = "missing-item"  # part of the order is missing
    QUALITY = "quality"  # poor, not as described, wrong size, fell apart
    RETURN_REFUND = "return-refund"  # wants to return, exchange, money back; refund unpaid
    BILLING = "billing"  # charged twice, wrong amount, discount missing
    SERVICE = "service"  # no answer, rude, passed around
    CANCEL_CHANGE = "cancel-change"  # cancel or change an order, an address
    ORDER_STATUS = "order-status"  # neutral: when will it come
    PRODUCT_QUESTION = "product-question"
    PRAISE = "praise"
    OTHER = "other"


# The topics a complaint can have: each has a letter of its own.
COMPLAINT_TOPICS = frozenset(Topic) - {Topic.ORDER_STATUS, Topic.PRODUCT_QUESTION, Topic.PRAISE}


class SignalKind(StrEnum):
    """What an owner wants to see beside a complaint, the gravest first: for his eyes. But for harm
    no letter hears of it."""

    HARM = "harm"  # somebody was hurt or fell ill, or might: plain phrases tell it
    ANGRY = "angry"  # shouting, insults, strong words, contempt
    CHARGEBACK = "chargeback"  # the money is fetched through the bank, the card or the marketplace
    LAWYER = "lawyer"  # or an authority: court, consumer protection, police
    REVIEW = "review"  # a bad one, or a warning to others
    REPEATED = "repeated"  # has written or called before, in vain


class OriginKind(StrEnum):
    """Who is writing. It decides whether a draft is made, never whether a mail is read."""

    CUSTOMER = "customer"
    FORM = "form"  # sent by the shop's own form or a form service in a customer's name
    MARKETPLACE = "marketplace"  # a relay address of Etsy, eBay, Amazon, ...
    BULK = "bulk"  # mailing lists, newsletters
    AUTOMATIC = "automatic"  # robots, no-reply addresses, autoresponders
    BOUNCE = "bounce"
    OWN = "own"  # the owner's own addresses


class Outcome(StrEnum):
    """What became of a message."""

    FLAGGED = "flagged"
    UNSURE = "unsure"  # nothing drafted, listed in the digest
    REPEAT = "repeat"  # same sender, same text again within seven days
    PASSED = "passed"
    SKIPPED = "skipped"  # with the reason
    FAILED = "failed"
