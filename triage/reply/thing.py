"""Which thing a customer writes about: of those he ordered, or of those the shop sells. Pure."""

import re
from collections.abc import Sequence

from triage.order import Ware

_WORD = re.compile(r"[^\W\d_]{3,}")
# Of "Mug, blue (large)" the mug is the thing.
_KIND = re.compile(r"[^,(–—/|:]*")
# What is not there, within three words.
_NAMED = r"(?!(?:and|or|but|nor|no)\b)[^\W\d_]+"
_MISSED = re.compile(
    r"\b(?:no|without (?:the|a|my|any)|missing (?:the|a|my|one)|forgot(?:ten)?(?: to \w+)?"
    rf" (?:the|my)|minus the|except (?:for )?the) (?:{_NAMED}(?: |\b)){{1,3}}"
    rf"|\b(?:{_NAMED} ){{1,3}}(?:(?:is|was|are|were)(?:n['’]?t| not| missing)\b"
    r"|(?:has|have) not come|(?:has|have|did)n['’]?t (?:come|arrive))"
)
_HEAD = 5000  # characters of a text that are read
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


def missed_thing(things: Sequence[str], text: str) -> str:
    """The one of several things that a text says is not there: "no bonnet", "the bonnet wasn't in
    the box"; "" when that is none, or more than one."""
    found = _MISSED.finditer(text.casefold()[:_HEAD])
    missed = {_singular(word) for said in found for word in _WORD.findall(said[0])}
    meant = [thing for thing in set(things) if missed.intersection(_last_word(_kind(thing)))]
    return meant[0] if len(meant) == 1 else ""


def sold_thing(catalogue: Sequence[Ware], text: str) -> str:
    """The one kind of thing a shop sells of which a text says every word: "Blue mug" where the
    catalogue has a "Blue mug, 0.3 l"; "" when there is none, or it is not common. What is meant by
    "the mug" in a shop that sells several is not known; of a "Blue mug" and a "Mug" the longer is
    meant."""
    said = _stems(text)
    sold = {_kind(ware.name): _stems(_kind(ware.name)) for ware in catalogue}
    meant = {kind: words for kind, words in sold.items() if words and words <= said}
    # The "Blue mug" is meant and not the "Mug", where both are said; of that alone, perhaps either.
    kinds = [kind for kind in meant if not any(meant[kind] < other for other in meant.values())]
    alone = len(kinds) == 1 and not any(meant[kinds[0]] < other for other in sold.values())
    common = {_kind(ware.name) for ware in catalogue if ware.common}
    return kinds[0] if alone and kinds[0] in common else ""


def _last_word(kind: str) -> list[str]:
    """What a thing is: of "Fox bonnet" the bonnet."""
    return [_singular(word) for word in _words(kind)[-1:]]


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
