"""Which thing a customer writes about: of those he ordered, or of those the shop sells. Pure."""

import re
from collections.abc import Iterable, Sequence

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


def sold_thing(catalogue: Iterable[str], text: str) -> str:
    """The one kind of thing a shop sells of which a text says every word: "Blue mug" where the
    catalogue has a "Blue mug, 0.3 l"; "" when there is none. What is meant by "the mug" in a shop
    that sells several is not known; of a "Blue mug" and a "Mug" the longer is meant."""
    said = _stems(text)
    sold = {kind: _stems(kind) for kind in map(_kind, catalogue)}
    meant = {kind: words for kind, words in sold.items() if words and words <= said}
    # The "Blue mug" is meant and not the "Mug", where both are said; of that alone, perhaps either.
    kinds = [kind for kind in meant if not any(meant[kind] < other for other in meant.values())]
    alone = len(kinds) == 1 and not any(meant[kinds[0]] < other for other in sold.values())
    return kinds[0] if alone else ""


def _kind(thing: str) -> str:
    return (_KIND.match(thing) or [""])[0].strip()


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_singular, _words(text)))


def _met(thing: str, said: set[str]) -> int:
    """How many words of a thing are said, 0 where its kind is not."""
    kind = [_singular(word) for word in _words(_kind(thing))]
    if not kind or kind[-1] not in said:
        return 0
    return len(said & {_singular(word) for word in _words(thing)})


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _NO_THING]


def _singular(word: str) -> str:
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
