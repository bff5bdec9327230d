"""Which days a text names, in English words or figures, and which dates they are. Pure.

"On Friday" is a Friday behind or before the day of writing: what the sentence speaks of tells
which, so both are given. Figures that America and Europe read differently (3/11/2026) name no day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTED = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen"),
)
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, start=1)} | {"a": 1}
_FAR = 3  # years around the day of writing in which a named day may lie


@dataclass(frozen=True, slots=True)
class Named:
    """A day named at text[start:end]. `past` is the date when it has been (or is today), `future`
    when it is to come (or is today); None where the words or a missing day of writing exclude it.
    Not `certain` are words that people use for different days ("next Friday", "two weeks ago")."""

    start: int
    end: int
    past: date | None
    future: date | None
    certain: bool


_Dates = tuple[date | None, date | None, bool]
_NOWHERE: _Dates = (None, None, False)

_SPACE = r"(?:[ \t]{1,3}|[ \t]?\n[ \t]?)"
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?-i:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
)
_MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
    r"|(?-i:May)|(?<=(?:st|nd|rd|th) )may|may(?= \d\d?(?:st|nd|rd|th)))"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th)"
_YEAR = r"20\d\d"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_AT = r"(?:on|by|before|until|till?|since|from|after|for|dated|is|was)"

_FORMS = {
    # 2026-11-28
    "iso": rf"(?<![\w/.-])(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])-(?P<id>[0-3]\d)(?![\w/-])",
    # 28/11/2026, 28.11.26; without a year "on 28/11"
    "figures": rf"(?<![\w/.,-])(?P<fa>{_DAY})(?P<sep>[/.-])(?P<fb>{_DAY})(?P=sep)"
    rf"(?P<fy>(?:20)?\d\d)(?![\w/-]|\.\d)",
    "short": rf"\b{_AT}{_SPACE}(?:the{_SPACE})?(?P<_short>(?P<sa>{_DAY})/(?P<sb>{_DAY}))"
    r"(?![\w/-]|\.\d)",
    # 28 November, Saturday the 28th of November 2026, the 28. November as Germans write it
    "day_month": rf"(?:\b(?P<dw>{_WEEKDAY}),?{_SPACE}(?:the{_SPACE})?)?"
    rf"(?<![\w/.,£$€-])(?P<dd>{_DAY})(?:{_TH}|\.(?={_SPACE}))?(?:{_SPACE}of)?(?:{_SPACE}|-)?(?P<dm>{_MONTH})"
    rf"(?:,?{_SPACE}(?P<dy>{_YEAR}))?(?!\w)",
    # Nov 28th, Saturday, November 28, 2026
    "month_day": rf"(?:\b(?P<mw>{_WEEKDAY}),?{_SPACE})?\b(?P<mm>{_MONTH}){_SPACE}(?:the{_SPACE})?"
    rf"(?P<md>{_DAY}){_TH}?(?:,?{_SPACE}(?P<my>{_YEAR}))?(?![\w:%]|[.,]\d)",
    # Saturday the 28th
    "weekday_th": rf"\b(?P<tw>{_WEEKDAY}|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun),?{_SPACE}"
    rf"(?:the{_SPACE})?(?P<td>{_DAY}){_TH}\b",
    # by the 28th
    "th": rf"\b{_AT}{_SPACE}(?P<_th>the{_SPACE}(?P<nd>{_DAY}){_TH})\b"
    rf"(?={_SPACE}(?:and|but|so|or|at|if|as|please|i|we|you|it|is|was|because|for|when|then|this"
    r"|which|with)\b|\s*(?:[^\w\s'’-]|$|\n\n))",
    # on Friday, last Tuesday, a week on Friday, Friday of next week
    "weekday": rf"(?:\b(?P<wa>a{_SPACE}week){_SPACE}(?:on{_SPACE})?)?"
    rf"(?:\b(?P<wm>this(?:{_SPACE}(?:coming|past))?|next|last|past|coming){_SPACE})?"
    rf"\b(?P<ww>{_WEEKDAY})(?!\w)"
    rf"(?:{_SPACE}(?P<wz>(?:(?:of|in){_SPACE})?(?:next|last|this){_SPACE}week"
    rf"|week\b(?:,?{_SPACE}the{_SPACE}(?P<wd>{_DAY}){_TH}\b)?|just{_SPACE}gone|before{_SPACE}last|after{_SPACE}next))?",
    # the day after tomorrow, today, tonight
    "near": rf"\b(?:(?:the{_SPACE})?day{_SPACE}(?P<nx>after|before){_SPACE})?"
    rf"(?P<nw>today|tonight|tomorrow|yesterday|this{_SPACE}(?:morning|afternoon|evening))\b",
    # in ten days, two weeks from now
    "ahead": rf"\bin{_SPACE}(?P<ac>{_COUNT}){_SPACE}(?P<au>day|week)s?\b"
    rf"|\b(?P<bc>{_COUNT}){_SPACE}(?P<bu>day|week)s?{_SPACE}(?:from{_SPACE})(?:now|today)\b",
    # three days ago
    "ago": rf"\b(?P<oc>{_COUNT}){_SPACE}(?P<ou>day|week)s?{_SPACE}ago\b",
}
# All begin with a word; to try them nowhere else takes a fourth of the time.
_ANY = re.compile(
    rf"(?<!\w)(?=\w)(?:{'|'.join(f'(?P<{kind}>{pattern})' for kind, pattern in _FORMS.items())})",
    re.IGNORECASE,
)

# Days that come again and again, feasts that a weekday is part of, all but a day, a stretch.
_NOT_A_DAY = re.compile(
    r"\b(?:every|each|any|a|most|other|first|all|black|good|cyber|easter|holiday|ash|shrove|palm|giving"
    r"|between|happy)\s{1,2}$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|maybe|perhaps|or so|or|probably|nearly|almost"
    rf"|over|at least|more than)|(?:\d|{_WEEKDAY})(?:{_TH})?\s?(?:-|–|to|or|and))\s{{0,2}}$",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    rf"\s?(?:-|–|to\b|or\b|through\b|thru\b|/)\s?(?:{_WEEKDAY}|{_DAY}{_TH}?\b|the\b)"
    r"|\sor (?:so|thereabouts|the day)\b",
    re.IGNORECASE,
)
_FEW = re.compile(r"(?:\b(?:a )?(?:couple|few|dozen)(?: of)?|\d[-–]|\bor|\bto)\s?$", re.I)


def days(text: str, written: date | None) -> Iterator[Named]:
    """The days named in a text as it was typed, in order; lower-casing it loses "Sat" and "Fri".
    `written` is the day of the mail by its writer's own clock. Time grows with the length only."""
    for found in _ANY.finditer(text):
        kind = found.lastgroup or ""
        before = text[max(0, found.start() - 24) : found.start()]
        if _NOT_A_DAY.search(before) or (kind == "ago" and _FEW.search(before)):
            continue
        try:
            past, future, certain = _READERS[kind](found, written)
        except (ValueError, OverflowError):  # 31 February; a mail of the year 9999
            continue
        if past is None and future is None:
            certain = False
        if _ABOUT.search(before) or _STRETCH.match(text, found.end()):
            certain = False
        if kind == "weekday" and before.lower().endswith("the "):  # of a week told before
            certain = False
        start = found.start(f"_{kind}" if f"_{kind}" in _ANY.groupindex else kind)
        yield Named(start, found.end(), past, future, certain)


def _iso(found: re.Match[str], written: date | None) -> _Dates:
    return _once(date(int(found["iy"]), int(found["im"]), int(found["id"])), written)


def _figures(found: re.Match[str], written: date | None) -> _Dates:
    day, month = _day_and_month(found["fa"], found["fb"], dotted=found["sep"] == ".")
    return _once(date(2000 + int(found["fy"]) % 100, month, day), written)


def _short(found: re.Match[str], written: date | None) -> _Dates:
    if (found["sa"], found["sb"]) == ("24", "7"):
        raise ValueError
    return _each_year(*_day_and_month(found["sa"], found["sb"], dotted=False), written, None)


def _day_and_month(first: str, second: str, *, dotted: bool) -> tuple[int, int]:
    """Day first where points stand between; else only where one figure can be no month."""
    one, two = int(first), int(second)
    if dotted or one > 12 or one == two:
        return one, two
    if two > 12:
        return two, one
    raise ValueError


def _calendar(found: re.Match[str], letter: str, written: date | None) -> _Dates:
    day, month, year, weekday = (found[f"{letter}{part}"] for part in "dmyw")
    number = _MONTHS.index(month[:3].lower()) + 1
    if year is None:
        return _each_year(int(day), number, written, _index(weekday))
    named = date(int(year), number, int(day))
    past, future, certain = _once(named, written)
    return past, future, certain and _index(weekday) in (None, named.weekday())


def _once(named: date, written: date | None) -> _Dates:
    """A date with its year, which may be long ago: a date of birth, a year mistyped."""
    if written is None:
        return named, named, True
    near = abs(named.year - written.year) < _FAR
    return (named if named <= written else None), (named if named >= written else None), near


def _each_year(day: int, month: int, written: date | None, weekday: int | None) -> _Dates:
    """A date without its year. A weekday beside it tells which year is meant."""
    date(2024, month, day)  # a leap year: 29 February is a day, 31 April is none
    if written is None:
        return _NOWHERE
    near = [
        named
        for year in range(written.year - _FAR, written.year + _FAR + 1)
        if (named := _date(year, month, day)) and weekday in (None, named.weekday())
    ]
    return _around(near, written, 366)


def _each_month(day: int, written: date | None, weekday: int | None) -> _Dates:
    if written is None:
        return _NOWHERE
    months = range(written.year * 12 + written.month - 5, written.year * 12 + written.month + 4)
    near = [
        named
        for month in months
        if (named := _date(month // 12, month % 12 + 1, day)) and weekday in (None, named.weekday())
    ]
    return _around(near, written, 124)


def _around(near: list[date], written: date, most: int) -> _Dates:
    """The last of these days until the day of writing, and the first from it on."""
    behind = [day for day in near if 0 <= (written - day).days <= most]
    ahead = [day for day in near if 0 <= (day - written).days <= most]
    return max(behind, default=None), min(ahead, default=None), True


def _weekday(found: re.Match[str], written: date | None) -> _Dates:
    if written is None:
        return _NOWHERE
    index = _index(found["ww"]) or 0
    if found["wd"]:
        return None, *_each_month(int(found["wd"]), written, index)[1:]
    to_come = (index - written.weekday()) % 7
    future = written + timedelta(days=to_come or 7)
    past = future - timedelta(days=7 if to_come else 14)
    word = " ".join((found["wm"] or found["wz"] or found["wa"] or "").lower().split())
    if word.endswith(" week") and word != "a week":
        monday = written - timedelta(days=written.weekday())
        weeks = {"next": 1, "last": -1, "this": 0}[word.split()[-2]]
        return _once(monday + timedelta(days=index + 7 * weeks), written)
    later = future + timedelta(days=7)
    return {
        # On a Wednesday "next Friday" is that of this week or of the next, "last Monday" of this
        # week or of the last.
        "next": (None, future, to_come in (0, 6)),
        "last": (past, None, index >= written.weekday()),
        "coming": (None, future, True),
        "this coming": (None, future, True),
        "past": (past, None, True),
        "this past": (past, None, True),
        "just gone": (past, None, True),
        "a week": (None, later, to_come != 0),
        "week": (None, later, to_come != 0),
        "before last": _NOWHERE,
        "after next": _NOWHERE,
    }.get(word, (past, future, to_come != 0))


def _near(found: re.Match[str], written: date | None) -> _Dates:
    if written is None:
        return _NOWHERE
    word = found["nw"].lower()
    away = {"tomorrow": 1, "yesterday": -1}.get(word, 0)
    if found["nx"]:
        away += 1 if found["nx"].lower() == "after" else -1
    return _once(written + timedelta(days=away), written)


def _counted(count: str, unit: str, way: int, written: date | None) -> _Dates:
    """Days are counted, weeks are guessed."""
    if written is None:
        return _NOWHERE
    number = _NUMBERS.get(count.lower()) or int(count)
    week = unit.lower() == "week"
    past, future, _ = _once(written + timedelta(days=way * number * (7 if week else 1)), written)
    return past, future, not week


def _index(weekday: str | None) -> int | None:
    return _WEEKDAYS.index(weekday[:3].lower()) if weekday else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_READERS: dict[str, Callable[[re.Match[str], date | None], _Dates]] = {
    "iso": _iso,
    "figures": _figures,
    "short": _short,
    "day_month": lambda found, written: _calendar(found, "d", written),
    "month_day": lambda found, written: _calendar(found, "m", written),
    "weekday_th": lambda found, written: _each_month(
        int(found["td"]), written, _index(found["tw"])
    ),
    "th": lambda found, written: _each_month(int(found["nd"]), written, None),
    "weekday": _weekday,
    "near": _near,
    "ahead": lambda found, written: _counted(
        found["ac"] or found["bc"], found["au"] or found["bu"], 1, written
    ),
    "ago": lambda found, written: _counted(found["oc"], found["ou"], -1, written),
}
