"""The topic a letter is about, which is not always the likeliest of all. Pure."""

from collections.abc import Mapping

from triage.taxonomy import COMPLAINT_TOPICS, Topic
from triage.verdict import Opinion

# The least share of the complaint topics' probability with which a topic picks the letter; below it
# the letter is `other`, which fits every complaint. Of 118 complaints of a shop that is not in the
# corpus another letter than `other` was right and wrong at .3, .35, .4, .5: by sentences 102 and
# 13, 102 and 12, 101 and 10, 96 and 8; by words 93 and 19, 91 and 14, 87 and 13, 77 and 7.
SURE_TOPIC = 0.4
# That it is none of these is no evidence against one of them, unless it is as likely as all
# together. With it among the others: 100 and 10, by words 82 and 10.
NONE_OF_THESE = 0.5
# A parcel that has not come and one that is late are told apart by the order book, if at all: of
# the wrong topics the other one is the most frequent by far. What speaks for one speaks for both.
_ONE_MATTER = frozenset({Topic.NOT_DELIVERED, Topic.LATE})
# Nobody can say of goods that have not left the shop how they came.
_GOODS = frozenset({Topic.DAMAGED, Topic.WRONG_ITEM, Topic.MISSING_ITEM, Topic.QUALITY})
_ANSWERED_ALONE = frozenset({Topic.ORDER_STATUS, Topic.PRAISE})


def letter_topic(
    opinion: Opinion, *, flagged: bool, sent: bool = True, came: bool = False
) -> Topic:
    """The topic whose letter answers. A complaint never gets `order-status` or `praise`; `sent` is
    False where the order book says that the order has not left the shop, and `came` is true where
    the customer says that it has reached him."""
    if not flagged and opinion.topic in _ANSWERED_ALONE:
        return opinion.topic
    possible = COMPLAINT_TOPICS if sent else COMPLAINT_TOPICS - _GOODS
    if came:
        possible = possible - {Topic.NOT_DELIVERED}
    complaints = {t: p for t, p in opinion.topics.items() if t in possible}
    other = complaints.pop(Topic.OTHER, 0.0)
    together = sum(complaints.values())
    best = max(complaints, key=lambda t: (_spoken(complaints, t), complaints[t]), default=None)
    if best is None or other + together <= 0 or other > NONE_OF_THESE * (other + together):
        return Topic.OTHER
    return best if _spoken(complaints, best) >= SURE_TOPIC * together else Topic.OTHER


def _spoken(topics: Mapping[Topic, float], topic: Topic) -> float:
    if topic not in _ONE_MATTER:
        return topics[topic]
    return sum(topics.get(each, 0.0) for each in _ONE_MATTER)
