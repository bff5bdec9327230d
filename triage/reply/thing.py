"""Which of the things he ordered a customer writes about. Pure."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]{3,}")
# Of "Mug, blue (large)" the mug is the thing.
_KIND = re.compile(r"[^,(–—/|:]*")
# What stands in the name of a thing and tells none from another.
_NO_THING = frozenset(
    {"and", "for", "from", "gift", "large", "medium", "new", "nice", "old", "one", "pack", "pair",
     "piece", "set", "size", "small", "the", "two", "with", "your"}
)  # fmt: skip


def named_thing(things: Sequence[str], text: str) -> str:
    """The one thing that a text names, by its kind and by more of its words than any other; "" when
    there is none, or more than one."""
    said = {_singular(word) for word in _words(text)}
    count = sorted(((_met(thing, said), thing) for thing in set(things)), reverse=True)
    alone = count and count[0][0] and (len(count) == 1 or count[1][0] < count[0][0])
    return count[0][1] if alone else ""


def _met(thing: str, said: set[str]) -> int:
    """How many words of a thing are said, 0 where its kind is not."""
    kind = [_singular(word) for word in _words((_KIND.match(thing) or [""])[0])]
    if not kind or kind[-1] not in said:
        return 0
    return len(said & {_singular(word) for word in _words(thing)})


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _NO_THING]


def _singular(word: str) -> str:
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
