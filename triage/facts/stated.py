"""The days a customer states: of ordering, of arrival, of the promise, of writing before.

A day counts where plain words tie it to one of these and nothing turns their sense: what a carrier
or the shop is said to say, what is only supposed, what is "about" a day or a choice of days states
none. A day that is missed costs nothing, one that is wrong calls the customer a liar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import islice

from triage.facts.day import Named, days
from triage.facts.phrase import flat
from triage.facts.statement import FIRST, PHRASES, THEN


@dataclass(frozen=True, slots=True)
class Stated:
    """`ordered`: ordered, bought or paid. `arrived`: came, or was received. `promised`: was, or is,
    to be delivered. `wrote`: wrote, mailed or rang before. None where no day is stated, or days
    that contradict each other."""

    ordered: date | None = None
    arrived: date | None = None
    promised: date | None = None
    wrote: date | None = None


UNSTATED = Stated()

YEAR = timedelta(days=365)  # a day before it is not of this matter
AHEAD = timedelta(days=60)  # a promise reaches no farther
_MENTIONS = 40  # days of a text that are looked at
_BEFORE = 120  # characters before a day in which its verb stands
_BEHIND = 70

# What is only supposed, and what somebody else says.
_SUPPOSED = re.compile(
    r"\b(?:if|unless|until|should i|would|could|might|in case|whether|suppos\w+|imagine|hop(?:e|ed"
    r"|ing)|wish\w*|think|thought|assum\w+|guess|believe|not sure|maybe|perhaps|pretend\w*)\b"
    r"[^.!?\n]{0,60}$"
)
_REPORTED = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:say|says|said|saying|states?|stated|stating|shows?|showed|showing"
    r"|claim\w*|marked|according|apparently|supposedly|allegedly|tells?|told|reads?|insist\w*"
    r"|system|status|website|courier|driver|royal mail|evri|hermes|dpd|dhl|ups|usps|fedex|yodel"
    r"|my (?:friend|neighbour|sister|brother))\b[^.!?\n]{0,60}$"
)
# What came may have come back to the shop.
_RETURNED = re.compile(r"\b(?:return\w*|(?:sent|posted)(?: \w+){0,3} back)\b[^!?\n]{0,60}$")
_TURNED = re.compile(
    r"['’]s\b|[^.!?\n]{0,50}\b(?:(?:you|they|it|he|she|courier|tracking|evri|dpd|dhl|ups|usps"
    r"|fedex|royal mail) (?:say|says|said|claims?|claimed|tells?|shows?)|apparently|supposedly"
    r"|allegedly|according to)\b"
)
_ELSEWHERE = re.compile(r" to (?:the wrong|a|an|another|my|our|somebody|someone|next)\b")
_NOT_HERE = re.compile(r"[^\n]{0,30}\b(?:but|yet) (?:i|we|nothing|nobody|no one|there|not|never)\b")
# "I ordered Monday mugs" needs an "on"; "I ordered Monday." does not.
_ENDS = re.compile(
    r" ?(?:$|[.,;:!?)(\n–-]|(?:and|but|or|so|from|via|online|at|in|morning|afternoon|evening|night"
    r"|still|yet|it|i|we|nothing|with|by|when|as|broken|damaged)\b)"
)
_ALONE = re.compile(r"\b(?:ago|yesterday|today|last|this|past|just gone)\b|^\d{4}-|/|\.\d")
_HAS_ON = re.compile(r"(?:\b(?:on|by|before|for|of|from|dated|than|was|is)(?: the)?|:) $")
_SHARED = re.compile(r",?(?: (?:and|&|or|then))?(?: (?:then|again|also|once more|on|the)){0,4} $")
# "I wrote on 3 May and the 9th"; "it came on the Friday after".
_MORE = re.compile(
    r"(?:,| and| &| or|,? then)(?: (?:then|again|on|the)){0,4}"
    r" (?:\d{1,2}(?:st|nd|rd|th)\b|(?:day|week) before)"
    r"|,? (?:after|following|before|earlier|later|of that|that week)\b|,? (?:or (?:so|more)|now)\b"
)
_OF_A_STORY = re.compile(r"\b(?:the|that) $")
_WEEKDAY = re.compile(r"[a-z]{2,6}day$")
# A date as it stands in a calendar, and no mere "Friday" or "the 5th", which may have been.
_DATED = re.compile(r"(?=.*\d)(?!in\b)(?!.*\b(?:ago|now|today)$)(?:.*[a-z]{3}|[\d./-]{6,})")
_SENTENCES = re.compile(r"[.!?](?=\s)|\n\n")
_COMING = re.compile(
    r"\b(?:by|before|until|till|need(?:ed|s)?|leav(?:e|es|ing)|mov(?:e|es|ing)|fl(?:y|ying|ies)"
    r"|travel\w*|starts?|starting|begins?|arriv(?:e|es|ing)|com(?:e|es|ing)|gets? in|closes?|is|are"
    r"|it['’]s|its|will|booked|here|in time|want)\b"
)
_GONE_BY = re.compile(
    r"\b(?:order(?:e?d)?|bought|paid|sent|posted|shipped|said|told|wrote|written|emailed|delivered|came"
    r"|arrived|was|were|been|since|from|had|did|got|promised|dated|rang|called|happened|took|showed"
    r"|shows|showing|marked|placed|returned|received|cancell?ed|charged|left)\b|['’]ve\b|['’]d\b"
)
_OLD_YEAR = re.compile(r",?\s?1[89]\d\d\b")
_VAGUE = re.compile(
    r"\b(?:about|around|roughly|some|approximately|maybe|perhaps|nearly|almost|over|under|at least"
    r"|than|like|probably|or|to) $"
)


def stated(text: str, written: date | None) -> Stated:
    """What days a text states. `text` is its writer's own words, `written` the day of the mail by
    the writer's clock; without it nothing is known. Only the head of a text is read.

    A day more than a year before `written`, or behind it, is none; a promise may lie 60 days
    ahead. A day without a year is the last one, but none where the next is nearer than 60 days.
    """
    if written is None:
        return UNSTATED
    found: dict[str, set[date | None]] = {}
    for kind, day in _all(flat(text), written):
        found.setdefault(kind, set()).add(day)
    sure = {kind: each.pop() for kind, each in found.items() if len(each) == 1}
    return Stated(*(sure.get(field.name) for field in fields(Stated)))


def days_ahead(text: str, written: date | None) -> tuple[date, ...]:
    """The days to come that a text names as dates, in order, each once: those of which no other
    within 60 days, behind or ahead, can be meant."""
    if written is None:
        return ()
    typed = flat(text)
    found = {
        named.future
        for named in islice(days(typed, written), _MENTIONS)
        if named.certain
        and named.future
        and timedelta(0) < named.future - written <= AHEAD
        and (
            named.past is None or written - named.past > AHEAD or _is_to_come(typed, named, written)
        )
        and _DATED.match(typed[named.start : named.end].lower())
        and not _OLD_YEAR.match(typed, named.end)
    }
    return tuple(sorted(found))


def _is_to_come(text: str, named: Named, written: date) -> bool:
    """Whether "the 27th" is said of what is still to come: it is nearer than the last one."""
    before = text[max(0, named.start - _BEHIND) : named.start].lower()
    sentence = _SENTENCES.split(before)[-1]
    if not (named.past and named.future) or named.future - written > written - named.past:
        return False
    return _COMING.search(sentence) is not None and not _GONE_BY.search(sentence)


def _all(text: str, written: date) -> Iterator[tuple[str, date | None]]:
    """Each day that is stated, with what it is the day of; None where it is not sure which."""
    kind, end = "", 0
    for named in islice(days(text, written), _MENTIONS):
        place = _Place(text, named)
        # "I wrote on Monday and on Thursday"
        if found := place.kind():
            kind = found
        elif not (kind and _SHARED.fullmatch(text[end : named.start].lower())):
            kind = ""
        end = named.end
        if kind:
            day = None if place.vague() else _resolved(kind, named, written)
            yield ("promised" if kind == "due" else kind), day


class _Place:
    """What stands around a day, in lower case."""

    def __init__(self, text: str, named: Named) -> None:
        before = text[max(0, named.start - _BEFORE) : named.start].lower()
        if named.start > _BEFORE:
            before = f"~ {before.partition(' ')[2]}"
        self.before = before
        self.behind = text[named.end : named.end + _BEHIND].lower()
        self.day = text[named.start : named.end].lower()
        self.sure = named.certain or self.day.endswith("ago")

    def kind(self) -> str:
        """What it is the day of, "" for nothing that is stated."""
        if _TURNED.match(self.behind):
            return ""
        for kind, phrases in PHRASES.items():
            if (match := phrases.search(self.before)) and self._holds(kind, match):
                return kind
        first = FIRST.search(self.before)
        if first is None or self._doubted("", first):
            return ""
        return next((kind for kind, then in THEN.items() if then.match(self.behind)), "")

    def vague(self) -> bool:
        """Whether another day may be meant."""
        if self.day.startswith("in ") or _VAGUE.search(self.before):
            return True
        if _OF_A_STORY.search(self.before) and _WEEKDAY.match(self.day):
            return True
        return not self.sure or _MORE.match(self.behind) is not None

    def _holds(self, kind: str, match: re.Match[str]) -> bool:
        if self._doubted(kind, match):
            return False
        if kind not in {"ordered", "wrote"} and self.behind.startswith("?"):
            return False
        if kind == "arrived" and (
            _ELSEWHERE.match(self.behind)
            or _RETURNED.search(self.before[: match.start()])
            or ("delivered" in match.group() and _NOT_HERE.match(self.behind))
        ):
            return False
        on = _HAS_ON.search(self.before) or _ALONE.search(self.day)
        return on is not None or _ENDS.match(self.behind) is not None

    def _doubted(self, kind: str, match: re.Match[str]) -> bool:
        # The match may begin with the end of the sentence before.
        ahead = self.before[: match.start() + 1]
        reported = kind not in {"due", "promised"} and _REPORTED.search(ahead)
        return bool(reported or _SUPPOSED.search(ahead))


def _resolved(kind: str, named: Named, written: date) -> date | None:
    past, future = named.past, named.future
    if past and future and past != future:
        near = future <= written + AHEAD
        if future - past > YEAR - AHEAD:  # without a year
            past, future = (None, future) if near else (past, None)
        elif kind == "promised":  # "You promised it by Friday": the last one, or the next
            return None
        else:
            future = None
    latest = written + AHEAD if kind in {"due", "promised"} else written
    day = past or future
    return day if day and written - YEAR <= day <= latest else None
