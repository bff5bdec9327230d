"""What a thing is needed for, and by which day: a gift, a feast, a journey. Pure.

Told from plain English, and only of what the thing itself is for: wishes ("happy birthday"),
opening hours and Christmases long past are none. The occasion is a word of a closed list, so that
nothing of a customer's text reaches a letter through it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from triage.facts.day import Named, days
from triage.facts.feast import FEASTS, GRAVE, NAMED, OCCASIONS
from triage.facts.phrase import any_of, around, flat

__all__ = ["OCCASIONS", "Occasion", "occasion"]

_AWAY = 150  # days from the mail beyond which a day named without its year is not believed
_AUTUMN = 9  # from this month on "for Christmas" is the next one, until
_SPRING = 3  # this month the last one
_NEAR = 90  # characters of its own sentence around an occasion or a day that are read


@dataclass(frozen=True, slots=True)
class Occasion:
    """`what` is one of OCCASIONS, or "" where only a gift or a day is named. `day` is that on which
    it is needed, or was; None when it is not named or not certain. `gift` when the thing is to be
    given to somebody; `past` when the writer says that the occasion is over."""

    what: str
    day: date | None
    gift: bool
    past: bool


# What may stand between "for" and the occasion: "my best friend's 40th".
_WHOSE = (
    r"(?:(?!(?:since|last|after|every|each|happy|and|but|at|in|is|was|it|on|that|rest|since|until"
    r"|of|to|them|so|because)\b)[\w'-]+,? ){0,6}"
)
_FOR = re.compile(
    r"\b(?:for|in time for|before|by|ahead of|until|because of|(?:wear|use|bring|give"
    rf"|play)\b[^.!?,\n]{{0,20}} (?:at|to|on)) {_WHOSE}$"
)
# "Mum's birthday flowers", "ordered the birthday cake".
_OWN = re.compile(r"(?:\w's|s'|\bmy|\bour|\bordered (?:a|the|my|our|some)) $")
_GOODS = re.compile(
    r"^ (?:flowers|bouquet|cake|hamper|balloons?|outfit|dress|cards?|invitations)\b"
)
# "By Easter the paint had come off" is no wish.
_WISHED = re.compile(
    r"\b(?:need\w*|want\w*|can|could|will|please|here|order\w*|in time|promis\w*|guarant\w*"
    r"|deliver\w*|arriv\w*|hop(?:e|ed|ing)|must|get|have|expect\w*|send|cancel\w*)\b"
)
_GOT = re.compile(
    rf"\b(?:got|received|was given|were given|gave (?:it|them|me)) (?:[\w']+ ){{0,3}}?for {_WHOSE}$"
    # What a husband gave her for it she has.
    r"|\b(?:(?:got|bought|gave|given|made|sent|ordered) (?:me|us)"
    r"|(?:it|this|that|they|these) (?:was|were) (?:a|an|my) (?:\w+ )?(?:gift|present)s?)\b"
    rf"[^.!?\n]{{0,60}}\bfor {_WHOSE}$"
)
_BEFORE = re.compile(rf"\b(?:before|until|by) {_WHOSE}$")
_LATE = re.compile(
    r"\b(?:missed|too late for|late for|not in time for|(?:days?|weeks?|months?) after|(?:came"
    r"|come|arrived|arrive|turned up|delivered|here"
    rf"|it was)\b[^.!?\n]{{0,40}}\b(?<!till )(?<!until )after) {_WHOSE}$"
)
_NONE_BEFORE = any_of(
    r"\b(?:happy|merry|since|every|each|last|good|nice|lovely|wonderful|great|previous|busy|own"
    r"|your|like|old)(?: (?:first|belated))? $",
    r"\b(?:late|dead|deceased) (?:mum|mom|mother|dad|father|husband|wife|son|daughter|brother"
    r"|sister|gran|grandmother|grandfather)'s (?:\w+ )?$",
    r"\bhappy [^.!?\n]{0,30}$",
    r"\b(?:were|was|went|stayed) (?:in|at|to|there|over|away)\b[^.!?\n]{0,40}\bfor (?:my|our|his"
    r"|her) $",
    r"\b(?:open|closed|shut|close) (?:on |at |for |over |before |until |by )?$",
    r"\b(?:have|had|having|hope|enjoy|enjoyed) (?:you )?(?:\w+ ){0,3}(?:a )?(?:\w+ )?$",
)
_NONE_BEHIND = any_of(
    r"^ (?:opening|hours|wishes|market|fair|rush|break|closing|sale|money|club|issue|number|pay"
    r"|is a busy|time is|post(?:al)? dates|orders|delivery dates?|and new year)\b",
    r"^ of (?:my|our|his|her) late\b",
    r"^ if i were you\b",
    r"^ last (?:year|week|month|spring|summer|autumn|fall|winter)\b",
    r"^ (?:in|at) the (?:beginning|end) of\b",
)
_IT_IS = re.compile(rf"\b(?:it's|it is|that's|it was) {_WHOSE}$")
# "Wedding on the 19th", "we have a party tomorrow".
_ON = re.compile(r"^ (?:is )?(?:on|this|next|tomorrow|in|today)\b")
_ALONE = re.compile(
    r"(?:^|[.!?,;:\n(] ?|\b(?:have|'ve got|got|there is|there's)) ?(?:an? |the |my |our )?"
    r"(?:[\w-]+'s )?$"
    r"|(?:^ ?|[.!?,;:\n(] ?|\band )(?:we|we're|we are|i|i'm|i am|he|she|they|(?:my|our) [\w-]+) $"
)
_IS = re.compile(r"^(?:'s| is| are| will be| falls| comes)\b")
_WAS = any_of(
    r"^(?: (?:party|day|dinner|itself))? (?:was|were)\b(?! (?:to|for|going|meant|supposed))",
    r"^(?:'s| has| is| have| had) (?:now |already |long )?(?:been and gone|been|over|past|passed"
    r"|gone|come and gone)\b",
    r"^ (?:came and went|went by|without)\b",
)
_TODAY = re.compile(r"today|this (?:morning|afternoon|evening)|tonight")
_WERE = re.compile(r"\b(?:was|were|should|had|came|arrived|needed|wanted)\b")
_SINCE = re.compile(r"\bsince (?:the )?$")
_HANDED = re.compile(r"\b(?:since|handed|brought|took|had|wrote|broke|left)\b")
# A day beside an occasion: "on Saturday for her birthday", "birthday is on Saturday".
_BESIDE = 45
_APART = re.compile(
    r"[;:(]|, (?:and|but|it|so)\b|\b(?:after|before|and|but|came|arrived|ordered|sent|bought|i|we"
    r"|you|he|she|they)\b"
)
# The thing is to be given away.
_GIFT = any_of(
    r"(?<!own )\b(?:birthday|b-?day|christmas|xmas|wedding|anniversary|christening|easter"
    r"|retirement|leaving|farewell|mother'?s day|father'?s day|valentine'?s?(?: day)?"
    r"|housewarming|thank[- ]you|graduation|eid|diwali) (?:present|gift)s?\b(?! (?:card|voucher"
    r"|wrap|from|bag|box|set)\b)",
    r"\b(?:present|gift)s? (?:it was |meant |intended |ordered |they were )?(?:for|to) (?:my|our"
    r"|his|her|a|an|the|their|someone|somebody|mum|mom|dad|gran|grandma|grandad)\b(?! (?:myself"
    r"|ourselves|self))",
    r"\bas (?:a|an|my|our|the|his|her|their) (?:[\w-]+ ){0,2}(?:present|gift)s?\b",
    r"\b(?:it|this|that|they|these|which|one|order|parcel)(?:'s| is| was| are| were"
    r"|'re) (?:all )?(?:meant |supposed |intended |going )?(?:as |to be |for )?(?:a|an|my|our|his"
    r"|her|their)? ?(?:[\w'-]+ ){0,3}(?:present|gift)s?\b(?! (?:card|voucher|wrap|bag|box|set"
    r"|from|receipt|shop|to myself|for myself|to me))",
)

# A day by which the thing itself is needed.
_NEEDED = any_of(
    r"\b(?<!don't )(?<!not )(?:need|needs|needed|require|required|must have"
    r"|have to have)(?! to (?!have|get|be)| an? (?:answer|reply|response|refund)"
    r"| my money)(?: [\w',]+){0,8}? (?:by|for|on|before|until|till|at|than)(?: the)? $",
    r"\b(?:i|we|he|she|family|daughter|son|husband|wife)(?:'m|'re|'s| am| are| is)? (?:leave"
    r"|leaving|leaves|fly|flying|flies|travel|travelling|traveling|going away|go away|away|off"
    r"|set off|setting off|move|moving|sail|go)(?: (?!back|there|in|to the|with"
    r"|and|until|till)[\w']+){0,4}?(?: on| this| from)? $",
    r"\b(?:can|could|will|would|must|has to|have to|needs to|need to|please|hope|hoping"
    r"|possible)\b[^.!?\n]{0,40}\b(?:here|arrive|delivered|comes?|with (?:me|us)|have (?:it|them)"
    r"|get (?:it|them|here|the \w+)|send (?:it|them|one|another)|reach (?:me|us)|to (?:me"
    r"|us))(?: [\w']+){0,3}? (?:by|before|for|in time for|on)(?: the)? $",
    r"\bneed(?:ed|s)?(?: [\w',]+){0,5}? (?:for|in time for)(?: [\w'-]+){1,4}(?: on| this)? $",
    r"\b(?:for|before) (?:my|our|the|a|an|his|her)(?: [\w'-]+){0,2} (?:course|exam|exams|trip"
    r"|school|term|event|show|fair|market|interview|installation|race|concert|performance"
    r"|exhibition|opening|launch|conference|camp|meeting|play|match|guests|visit"
    r"|dinner)(?: (?:that|which))?(?: starts?| begins?| is| starting| beginning)?(?: on)? $",
    r"\b(?:course|exam|trip|school|term|event|show|fair|market|interview|race|concert|performance"
    r"|exhibition|launch|conference|camp|dinner|guests)(?:'s| is| are| starts?| begins?| arrives?"
    r"| arriving| come| coming)(?: on)? $",
)
# What was promised, done or threatened on that day instead.
_NOT_NEEDED = any_of(
    r"\b(?:said|say|says|promised|told|supposed|should have|should've|was due|were due|guaranteed"
    r"|ordered|estimated|tracking|confirmed|claimed|ago|bought|placed|paid|booked|cancell?ed"
    r"|until now|dispatched|posted|shipped|if (?:it|they|this|i|you) (?:isn't|is not|doesn't"
    r"|aren't|are not|don't|haven't|have not|can't|cannot)|was|were|didn't"
    r"|did)\b[^.!?\n]{0,80}$"
)


def occasion(text: str, written: date | None) -> Occasion | None:
    """What a text says that the thing is for, and by when. Its writer's own words, as typed;
    `written` is the day of the mail. Time grows with the length only, of the text's beginning."""
    typed = flat(text).replace("’", "'")
    lower = typed.lower()
    if len(lower) != len(typed):  # a capital that is two letters when small
        lower = typed
    gift = _GIFT.search(lower) is not None
    named = list(days(typed, written))
    feasts = sorted(
        _feasts(lower, named, written),
        key=lambda each: (each.what not in GRAVE, each.day is None),
    )
    needed = _needed(lower, named, written)
    if feasts:
        first = feasts[0]
        past = first.past or any(each.past for each in feasts if each.what == first.what)
        day = first.day or (None if past else needed)
        return Occasion(first.what, day, gift and first.what not in GRAVE, past)
    if gift or needed:
        return Occasion("", needed, gift, past=False)
    return None


def _feasts(text: str, named: list[Named], written: date | None) -> Iterator[Occasion]:
    for found in NAMED.finditer(text):
        what = FEASTS[found.lastgroup or ""]
        before, behind = around(text, found.start(), found.end(), _NEAR)
        if _NONE_BEFORE.search(before) or _NONE_BEHIND.search(behind):
            continue
        over = bool(_LATE.search(before) or _WAS.search(behind))
        meant = bool(
            _FOR.search(before)
            or _GIFT.match(text, found.start())
            or (_GOODS.search(behind) and _OWN.search(before))
        )
        if _GOT.search(before) or (_BEFORE.search(before) and not _WISHED.search(before + behind)):
            continue
        soon = bool(
            _IS.search(behind)
            or _IT_IS.search(before)
            or (_ON.search(behind) and _ALONE.search(before))
        )
        beside = None if what == "Christmas" else _beside(text, found, before, behind, named)
        ahead = soon or (meant and not _WERE.search(before))
        day = _date(beside, written, over=over, ahead=ahead) if beside else None
        if not soon and beside and day and _just_been(beside, day, written):
            day = None
        if what == "Christmas" and meant and not over and day is None:
            christmas = _christmas(before, written)
            if christmas is None:
                continue
            over, day = christmas
        if what in GRAVE or meant or over or (soon and beside):
            over = over or bool(day and written and day < written)
            yield Occasion(what, day, gift=False, past=over)


def _beside(
    text: str, feast: re.Match[str], before: str, behind: str, named: list[Named]
) -> Named | None:
    """The day that stands next to an occasion in its sentence."""
    start, end = feast.start() - len(before), feast.end() + len(behind)
    near = [
        (len(between), each.start, each)
        for each in named
        if start <= each.start and each.end <= end
        for between in [text[min(each.end, feast.end()) : max(each.start, feast.start())]]
        if len(between) <= _BESIDE
        and not _APART.search(between)
        and not _SINCE.search(text, max(0, each.start - 12), each.start)
        and (between.startswith((" is", "'s", " was")) or not _TODAY.match(text, each.start))
    ]
    return min(near)[2] if near else None


def _date(named: Named, written: date | None, *, over: bool, ahead: bool) -> date | None:
    """The day meant: one that has been where the occasion is over, one to come where it is ahead,
    else the only one that it can be."""
    if not named.certain or written is None:
        return None
    past, future = (
        day if day and abs((day - written).days) <= _AWAY else None
        for day in (named.past, named.future)
    )
    if over:
        return past
    return None if past and future and not ahead else future or past


def _just_been(named: Named, day: date, written: date | None) -> bool:
    """Whether "the 8th" of a month without a name may well be the one that was: it is nearer."""
    if named.past is None or written is None or not 27 < (day - named.past).days < 32:
        return False
    return written - named.past < day - written


def _christmas(before: str, written: date | None) -> tuple[bool, date | None] | None:
    """Whether the Christmas that a thing was for is over, and its day; None when it is an old one:
    "I handed it in before Christmas", said in March."""
    if written is None:
        return False, None
    eve = _BEFORE.search(before) is not None
    if written.month >= _AUTUMN and written.day <= (24 if written.month == 12 else 31):
        return (
            None if _HANDED.search(before) else (False, date(written.year, 12, 24 if eve else 25))
        )
    if eve:
        return None
    return (True, date(written.year - 1, 12, 25)) if written.month <= _SPRING else (False, None)


def _needed(text: str, named: list[Named], written: date | None) -> date | None:
    """The one day by which the thing is needed, feast or none."""
    found = set()
    for each in named:
        before, _ = around(text, each.start, each.end, _NEAR)
        if each.future and _NEEDED.search(before) and not _NOT_NEEDED.search(before):
            found.add(_date(each, written, over=False, ahead=True))
    return found.pop() if len(found) == 1 else None
