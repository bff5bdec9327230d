"""What stands in an order book's cell and says nothing: "Manual", "none 1", "SKU-1123-BL". Pure.

Shop systems and owners fill cells that may not stay empty. A letter that prints one reads as if
nobody had looked: "sent with Manual". Decided by what a name, a number or a thing can look like,
and by the words that are none.
"""

import re

# A carrier's name has a word beside these: "Royal Mail Tracked 48" has, "Large Letter" has none.
_NO_CARRIER = re.compile(
    r"manual|manually|none|no|not|un(?:known|specified|tracked)|other|others|self|own|fulfil(?:l?ed|ment)"
    r"|letter|letters|small|medium|large|parcel|parcels|packet|package|envelope|box|flat|rate|table"
    r"|standard|express|priority|economy|first|second|class|next|day|same|signed|for|special|normal"
    r"|free|paid|shipping|shipment|shipped|ship|delivery|delivered|post|posted|postage|mail|mailed"
    r"|courier|carrier|tracked|tracking|number|available|applicable|na|n|a|tb[acd]|nil|null|undefined|test"
    r"|default|custom|misc|miscellaneous|various|local|domestic|international|overseas|worldwide"
    r"|collect(?:ed|ion)?|click|and|pick|up|pickup|in|by|store|shop|person|hand|yes|true|false|the",
    re.IGNORECASE,
)
# Words of letters alone stand in no tracking number: "none 1", "see order 4471".
_WORD = re.compile(r"(?<![^\W_])[A-Za-z]{3,}(?![^\W_])")
_LEAST_DIGITS = 4
_MADE_UP = re.compile(r"(\d)\1*|0*1234567890*\d{0,3}")
# Beside the goods, not of them; a list is whole without.
_CHARGE = re.compile(
    r"(?:(?:free|standard|express|gift|shipping|postage|delivery|handling|discount|tip|gratuity|tax|vat"
    r"|insurance|and|&|fee|fees|cost|costs|charge|charges|packing|p&p|coupon|voucher\scode)\s?)+",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"default|title|variant|variation|item|items|product|products|goods|order|sku|size|colou?r|style|qty|quantity"
    r"|small|medium|large|extra|regular|one|standard|custom|other|misc|none|null|unknown|test|various"
    r"|red|blue|green|black|white|grey|gray|yellow|pink|purple|brown|orange",
    re.IGNORECASE,
)
_THING = re.compile(r"[^\W\d_]{3,}")
_CODE = re.compile(r"(?=[^\s]*\d)\S+|[A-Z\d]+(?:[-_/][A-Z\d]+)+")


def is_carrier(name: str) -> bool:
    """Whether a cell names somebody who carries parcels."""
    words = re.findall(r"[^\W\d_]+", name)
    return any(len(word) > 1 and not _NO_CARRIER.fullmatch(word) for word in words)


def is_tracking(number: str) -> bool:
    """Whether a cell can be a parcel's number."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < _LEAST_DIGITS or _WORD.search(number):
        return False
    return re.search(r"[A-Za-z]", number) is not None or not _MADE_UP.fullmatch(digits)


def is_charge(item: str) -> bool:
    """Whether a line of an order is a sum and no goods: "Shipping"."""
    return _CHARGE.fullmatch(item.strip()) is not None


def is_thing(item: str) -> bool:
    """Whether a line of an order names goods, and is no size, no count and no stock code."""
    words = _THING.findall(item)
    return not _CODE.fullmatch(item) and any(not _NO_THING.fullmatch(word) for word in words)
