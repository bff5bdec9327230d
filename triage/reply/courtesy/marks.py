"""What shows in a letter whatever it says: dates, capitals, exclamation marks, things left over."""

import re
from collections.abc import Mapping

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DATE = (
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b"
    rf"|\b(?:by|on|until|before|next|this) {_DAY}\b|\b\d{{4}}-\d{{1,2}}-\d{{1,2}}\b"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b(?! (?:birthday|anniversary|century|class|floor))"
    r"|(?i:\b(?:today|tonight|tomorrow|(?:this|next) (?:week|month)"
    r"|end of (?:the|this) (?:day|week|month))\b))"
)
_PROMISE = (
    r"(?i:\b(?:will|shall|going to|goes?|ships?|leaves?|arrives?|comes?|due|expect|promise"
    r"|guarantee|aim to|hope to|try to|should|you (?:can )?(?:have|get|hear))\b|'ll\b)"
)

MARKS: Mapping[str, re.Pattern[str]] = {
    "shouting": re.compile(
        # Two words in capitals, or one too long to be the name of a carrier or a file format.
        r"(?<![\w-])[A-Z]{2,}[ ,]+[A-Z]{2,}(?![\w-])|(?<![\w-])[A-Z]{5,}(?![\w-])"
    ),
    "exclamation": re.compile(r"[^\s!]{0,30}\s?[!！]+"),
    "date-promised": re.compile(rf"{_PROMISE}[^.?!\n;]{{0,80}}?({_DATE})"),
    "date-unknown": re.compile(_DATE),
    "gap": re.compile(r"\[\[[^\]\n]{0,200}\]\]"),
    "leftover": re.compile(
        r"\{[{%#]|[}%#]\}|\{\w{1,40}\}|\$\{?[A-Za-z_]\w*|%\(?[a-z_]+\)s|(?<![.?!]"
        r" )(?<!\n)\bNone\b(?! of)"
        r"|\b(?:TODO|FIXME|XXX+|TBD|[Ll]orem)\b|\bundefined\b|<[a-z _]+>"
        r"|(?<!\[)\[(?!\[)[^\]\n]{0,80}\](?!\])|_{3,}|\\\n"
    ),
    # Two blanks after a full stop are a typist's habit.
    "blanks": re.compile(
        r"\S{0,30}[^\s.?!:](?:  +|\t+)\S{0,30}|\S{1,30} +[,.;:?](?=\s|$)|,\s*,|(?<!\.)\.\.(?!\.)"
    ),
}


def days_of_the_year(text: str) -> tuple[str, ...]:
    """The days a text names by their number, and so says of which day it speaks."""
    named = (match[0] for match in re.finditer(_DATE, text))
    return tuple(day for day in named if re.search(r"\d", day))
