"""Text with nothing hidden in it: what others wrote, before it goes into a mail of the owner's."""

import unicodedata
from datetime import date

# Joiners shape emoji and the scripts of Persia and India; every other format character (bidi
# marks, zero-width blanks, tags) can only hide or turn text.
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})

# Not `strftime("%B")`, which speaks the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_words(day: date, *, american: bool = False, year: bool = True) -> str:
    """A day as a letter names it: "12 November 2024", for Americans "November 12, 2024"."""
    month = MONTHS[day.month - 1]
    if american:
        return f"{month} {day.day}, {day.year}" if year else f"{month} {day.day}"
    return f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"


def words_of_day(day: date | None, today: date, *, american: bool = False) -> str:
    """The same, with the year where it is another one than today's; "" for no day."""
    return day_words(day, american=american, year=day.year != today.year) if day else ""


def _seen(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _UNSEEN


def lines(text: str) -> list[str]:
    """The lines of a text, without control, format, surrogate and unassigned characters.

    Tabs become blanks; blanks at line ends, and empty lines around the whole, are dropped.
    """
    unified = text.replace("\r\n", "\n").translate(_LINE_ENDS).expandtabs(4)
    clean = ["".join(filter(_seen, line)).rstrip() for line in unified.split("\n")]
    while clean and not clean[-1]:
        clean.pop()
    while clean and not clean[0]:
        clean.pop(0)
    return clean


def one_line(text: str, limit: int) -> str:
    """A text as one line with single blanks, at most `limit` characters, an ellipsis where cut."""
    line = " ".join(" ".join(lines(text)).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
