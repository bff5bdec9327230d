"""What a customer asks for, and what he says that he does not want.

Told from plain English, and only where it is plain: a letter offers first what is wanted, and never
what is unwanted. What is asked of the rules, reported of others or asked long ago is no wish,
unless it is still waited for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from triage.facts import wish as words
from triage.facts.named_wish import GROUPS, NAMED, Kind
from triage.facts.phrase import Phrases, around, flat
from triage.facts.wish import Wish

__all__ = ["NOTHING", "Asked", "Wish", "asked"]

_NEAR = 110  # characters before and behind a wish that are read, of its own sentence
_NOT = re.compile(r"\b(?:not|never|no longer|dont)\b|n't\b")
# "I don't just want a refund", "can't you send".
_NOT_ONLY = re.compile(
    r"\b(?:not|don't|do not) (?:just|only|even)\b|\b(?:can't|couldn't|won't) (?:you|i|we)\b"
)
# "The replacement is no good": it has come.
_RECEIVED = re.compile(r"\b(?:the|this|that|my|your|second|third|first) (?:\w+ )?$")
# "This is not what I ordered", "you don't answer" are complaints.
_NEVER_DECLINED = re.compile(
    r"what |(?:the )?(?:right|correct|missing)\b|explain|tell|let|call|ring|phone|get back"
    r"|contact|reply|respond|answer$|advise|look|find|check|ask|chase|investigate|trace|update"
    r"|confirm|where"
)
_NO = re.compile(r"\bno (?:\w+ )?$")
_NO_NEED = re.compile(r"\bno need (?:for you )?(?:to|for) $")
# Papers are sent again, too: "The label does not open, please send it again".
_PAPERS = re.compile(
    r"\b(?:label|invoice|bill|receipt|password|quote|vat|payments?|refund went)\b[^\n]*(?:\bone"
    r"|again|re-?send|other)$"
)
# "Send another or refund me".
_JOINED = re.compile(
    r"(?:[^.!?\n]{0,25}?(?:,|/|\band|\bor|\band/or|,? or|, then)) ?(?:either |please |just "
    r"|then |also |for |a |an |my |the |full |to |at least |even |preferably |possibly |if not "
    r"|offer |give me |issue |arrange |have |get |me |us |with |be ){0,4}"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted and what is declined; never the same in both."""

    wanted: frozenset[Wish]
    unwanted: frozenset[Wish]


NOTHING = Asked(frozenset(), frozenset())


def asked(text: str) -> Asked:
    """What a text asks for. Its writer's own words: no quoted mail. Time grows with the length
    only, of the text's beginning."""
    lower = flat(text).replace("’", "'").lower()
    wanted: set[Wish] = set()
    unwanted: set[Wish] = set()
    for wish, will in _wishes(lower):
        (wanted if will else unwanted).add(wish)
    if not (wanted or unwanted):
        return NOTHING
    return Asked(frozenset(wanted - unwanted), frozenset(unwanted - wanted))


def _wishes(text: str) -> Iterator[tuple[Wish, bool]]:
    """Each wish that is asked for (True) or declined (False). Joined ones share their verb: "a
    refund or a replacement, please"."""
    nothing_came = words.STILL_NOTHING.search(text) is not None
    group: list[Wish] = []
    told: bool | None = None
    end = 0
    for found in NAMED.finditer(text):
        name = GROUPS[found.lastgroup or ""]
        wish = name.wish
        if wish is Wish.SEND_AGAIN and _PAPERS.search(
            text, max(0, found.start() - 160), found.end()
        ):
            continue
        before, behind = around(text, found.start(), found.end(), _NEAR, closed=True)
        before = before.lstrip()
        will = _will(name.kind, found.group(), before, behind, nothing_came=nothing_came)
        if will is False and _NEVER_DECLINED.match(found.group()) and not _NO_NEED.search(before):
            will = None
        if Wish.KEEP in (wish, *group) or not (
            group and _JOINED.fullmatch(text, end, found.start())
        ):
            yield from ((each, told) for each in group if told is not None)
            group, told = [], None
        group.append(wish)
        if told is None:
            told = will
        elif will is not None and will is not told:
            yield from ((each, told) for each in group[:-1])
            group, told = [wish], will
        end = found.end()
    yield from ((each, told) for each in group if told is not None)


def _will(kind: Kind, what: str, before: str, behind: str, *, nothing_came: bool) -> bool | None:
    """Whether a wish is asked for, declined, or neither."""
    if words.POLICY.search(behind):
        return None
    told = words.PAST.search(before) is not None
    if kind is Kind.REQUEST:
        return None if told else True
    if kind is Kind.THING:
        if words.AWAITED.search(before) or words.AWAITED_BEHIND.search(behind):
            return None if what.startswith("what ") or " off" in what else True
        if told and nothing_came and words.OWN_PAST.search(before):
            return True
        return _thing(before, behind, told=told)
    return _deed(kind, before, behind, told=told)


def _deed(kind: Kind, before: str, behind: str, *, told: bool) -> bool | None:
    wanted, asking, declining = _FRAMES[kind]
    if any(each.search(before) for each in declining):
        return None if told else False
    for frame in wanted if told else (*wanted, *asking):
        if match := frame.search(before):
            return frame is words.DOING_TOLD or _positive(match)
    if kind in (Kind.DOING, Kind.EITHER) and not told and words.JOINED.search(before):
        return True
    if kind is Kind.DOING and words.TOLD_BEHIND.match(behind) and words.CLAUSE.search(before):
        return True
    return None


def _thing(before: str, behind: str, *, told: bool) -> bool | None:
    if match := words.THING_WANTED.search(before):
        return _positive(match)
    declined = words.THING_UNWANTED_BEHIND.search(behind) and not _RECEIVED.search(before)
    if declined or words.THING_UNWANTED.search(before):
        spoken = not (told or words.THEIR_DOING.search(before))
        return False if declined or spoken else None
    if told:
        return None
    if match := words.THING_ASKED.search(before):
        return _positive(match)
    if words.JOINED.search(before):
        return True
    return _NO.search(before) is None if words.THING_WANTED_BEHIND.search(behind) else None


def _positive(frame: re.Match[str]) -> bool | None:
    said = frame.group()
    if not _NOT.search(said) or _NOT_ONLY.search(said):
        return True
    return None if "didn't" in said else False


_Frames = tuple[Phrases, ...]
_FRAMES: dict[Kind, tuple[_Frames, _Frames, _Frames]] = {
    Kind.DOING: (
        (words.DOING_WANTED,),
        (words.DOING_ASKED, words.DOING_TOLD),
        (words.DOING_UNWANTED,),
    ),
    Kind.DONE: ((words.DONE_WANTED,), (words.DONE_ASKED,), ()),
    Kind.MINE: ((words.MINE_WANTED,), (words.MINE_ASKED,), (words.MINE_UNWANTED,)),
    Kind.EITHER: (
        (words.DOING_WANTED, words.MINE_WANTED),
        (words.DOING_ASKED, words.DOING_TOLD, words.MINE_ASKED),
        (words.DOING_UNWANTED,),
    ),
}
