"""The program's codes in an owner's words: outcomes, reasons, who writes, what it is about."""

from collections.abc import Iterable, Mapping

from triage.cli.terminal import count
from triage.order import OrderStatus, Preset
from triage.taxonomy import OriginKind, Outcome, SignalKind, Topic

OUTCOMES = {
    Outcome.FLAGGED: "complaint",
    Outcome.UNSURE: "unsure",
    Outcome.REPEAT: "repeat",
    Outcome.PASSED: "passed",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
}

REASONS = {
    "complaint": "the writer was let down",
    "complaint-from-bulk": "reads like a complaint, but came over a mailing list",
    "complaint-from-automatic": "reads like a complaint, but a program wrote it",
    "complaint-in-junk": "reads like a complaint, and lies in the junk folder",
    "in-between": "could be a complaint; look at it yourself",
    "foreign-language": "is in a language triage does not know",
    "harm": "somebody was hurt, or might be; look at it yourself",
    "claim": "asks for something that is asked for when all is not well; look at it yourself",
    "no-complaint": "nobody complains",
    "own": "is your own mail",
    "bounce": "is a delivery report",
    "repeat": "the same writer has sent the same text before",
    "old": "came before triage began to look",
}

ORIGINS = {
    OriginKind.CUSTOMER: "a customer",
    OriginKind.FORM: "a customer, by a form",
    OriginKind.MARKETPLACE: "a customer, by a marketplace",
    OriginKind.BULK: "a mailing list",
    OriginKind.AUTOMATIC: "a program",
    OriginKind.BOUNCE: "a mail server",
    OriginKind.OWN: "yourself",
}

TOPICS = {
    Topic.NOT_DELIVERED: "not delivered",
    Topic.LATE: "late",
    Topic.DAMAGED: "damaged or not working",
    Topic.WRONG_ITEM: "the wrong item",
    Topic.MISSING_ITEM: "an item missing",
    Topic.QUALITY: "quality",
    Topic.RETURN_REFUND: "return or refund",
    Topic.BILLING: "billing",
    Topic.SERVICE: "service",
    Topic.CANCEL_CHANGE: "cancel or change an order",
    Topic.ORDER_STATUS: "asks where an order is",
    Topic.PRODUCT_QUESTION: "a question about a product",
    Topic.PRAISE: "praise",
    Topic.OTHER: "something else",
}

SIGNALS = {
    SignalKind.HARM: "HARM OR DANGER",  # in capitals: no eye that runs over a list passes it
    SignalKind.ANGRY: "angry tone",
    SignalKind.CHARGEBACK: "chargeback",
    SignalKind.LAWYER: "lawyer or authority",
    SignalKind.REVIEW: "public review",
    SignalKind.REPEATED: "asked before",
}

SHOPS = {
    Preset.ETSY: "Etsy",
    Preset.SHOPIFY: "Shopify",
    Preset.WOOCOMMERCE: "WooCommerce",
}

ORDERS = {
    OrderStatus.NOT_SHIPPED: "not sent yet",
    OrderStatus.IN_TRANSIT: "on its way",
    OrderStatus.DELIVERED: "marked as delivered",
    OrderStatus.UNKNOWN: "the order book does not say how far",
}

# Why there is no letter, where the outcome does not say it.
UNDRAFTED = {
    "answer-at-marketplace": "none: {where} wants the answer inside",
    "nobody-to-answer": "none: the mail names nobody to answer",
    "unusable-address": "none: the writer's address cannot be written to by a program",
    "only-listed": "none: nothing in this folder is answered",
    "answered": "none: you have answered already, or are about to",
    "owner-writing": "none: you are at the letter to an earlier mail",
    "settled-later": "none: a later mail says that it is settled",
    "answered-later": "none: the letter to a later mail answers this one too",
}

# What became of a letter.
LETTERS = {
    "laid": "laid in {mailbox}, UID {uid}",
    "waiting": "not laid yet: an earlier one may be open, or the server has not taken it",
    "not-needed": "not laid",
    "edited": "in Drafts, and you have been at it",
    "gone": "not in Drafts: open in a mail program, or deleted",
    "sent": "sent",
    "discarded": "deleted by you",
    "withdrawn": "taken away again",
    "given-up": "given up: the server took it again and again, and it was never found. Look into"
    " Drafts yourself",
}

# Why one was not laid, or was taken away again while it was untouched.
LETTER_WHYS = {
    "answered": "you have answered, or are about to",
    "answered-in-Sent": "you have answered already",
    "answered-in-Drafts": "you are writing an answer",
    "corrected": "you say that the mail is no complaint",
    "forgotten": "its customer was forgotten",
    "settled": "the customer wrote that it is settled",
    "replaced": "a newer letter answers this mail too",
    "owner-writing": "you are at the letter to an earlier mail",
    "not-replaceable": "the letter to an earlier mail cannot be taken away on this server",
}

# How the owner has answered, where his letter is not said to be sent.
ANSWERS = {
    "flag": ", as your mail program says",
    "own": " by yourself",
    "letter": " with a letter of triage",
}

# Why a new model should not be put in place.
REFUSALS = {
    "labels-contradict": "your labels contradict each other. Look them through.",
    "labels-worse": "it tells your new labels apart worse than the present model.",
    "known-texts-worse": "with your new labels it tells other texts apart worse. Look the labels"
    " through.",
}


def tally(outcomes: Mapping[Outcome, int]) -> str:
    """ "24 mails: 9 flagged, 15 passed"."""
    return f"{count(sum(outcomes.values()), 'mail')}: {parts(outcomes)}"


def parts(outcomes: Mapping[Outcome, int]) -> str:
    """ "9 flagged, 15 passed"."""
    return ", ".join(f"{outcomes[each]} {each}" for each in Outcome if outcomes.get(each))


def chance(probability: float) -> str:
    """In per cent, and never quite sure."""
    if probability >= 0.995:
        return ">99%"
    return "<1%" if probability < 0.005 else f"{probability:.0%}"


def signalled(kinds: Iterable[SignalKind]) -> str:
    """ "angry tone, chargeback"."""
    return ", ".join(SIGNALS[kind] for kind in kinds)
