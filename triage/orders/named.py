"""Orders by the name of their buyer: for the owner's eyes, since many share a name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from triage.order import Order

_DAY = timedelta(days=1)  # an order of midnight, and zones
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 80  # characters of a line that may be a name
# Letters that are no letter with an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def name_key(text: str) -> str:
    """A name for telling whether two are one: without case, accents, initials and the sequence of
    its words. "" where it is not at least two words, a given and a family name."""
    if len(text) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFD", text.casefold()).translate(_PLAIN)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = _LETTERS.findall(plain)
    return " ".join(sorted(words)) if len(words) > 1 else ""


class Named:
    """Sorted by name when it is first asked for: a book of 100,000 is loaded without."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self._orders = orders
        self._by_name: dict[str, list[Order]] | None = None

    def find(
        self, names: Iterable[str], written: date | None, ordered: date | None, within: timedelta
    ) -> Order | None:
        """The one order under one of these names that was made on the day `ordered`; where that is
        not known, the one made in the time before the mail was `written`. None for several."""
        if self._by_name is None:
            by_name = defaultdict(list)
            for order in self._orders:
                if key := name_key(order.name):
                    by_name[key].append(order)
            self._by_name = dict(by_name)
        if ordered:
            first, last = ordered - _DAY, ordered + _DAY
        elif written:
            first, last = written - within, written + _DAY
        else:
            return None
        keys = {key for name in names if (key := name_key(name))}
        found = [
            order
            for key in keys
            for order in self._by_name.get(key, ())
            if order.ordered and first <= order.ordered <= last
        ]
        return found[0] if len(found) == 1 else None
