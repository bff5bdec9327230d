"""The given name within a full name, or None where it cannot be told for certain."""

import re
import unicodedata

from triage.facts.vocabulary import FAMILY_FIRST, GIVEN_NAMES, NO_NAMES, PARTICLES, TITLES

_LONGEST = 24
_FIRMS = re.compile(
    r"(?<![^\W_])(?:gmbh|ug|kg|ohg|ag|e\.?k|e\.?v|ltd|llc|llp|plc|inc|corp|co|pty|b\.?v|n\.?v|vof"
    r"|s\.?a\.?r\.?l|sas|eurl|s\.?r\.?l|s\.?p\.?a|snc|s\.?l|oyj?|ab|aps|a/s|kft|s\.?r\.?o"
    r"|partners|associates|sons|daughters|bros|interiors|motors|books|foods|crafts)(?![^\W_])",
    re.IGNORECASE,
)
# Endings of Slavic family names, for "Иванова Мария" is as common as "Мария Иванова".
_SLAVIC = re.compile(r".+(?:ов|ова|ев|ева|ёв|ёва|ин|ина|ский|ская|енко|чук|ук|ян)")
# What follows a name without belonging to it: "via eBay", "(Accounts)", "- Blue Door", "aged 88".
_APPENDIX = re.compile(
    r"\s(?:via|über|on behalf of|in|from|aus)\s.*|\s[|–—-]\s.*|\s*\(.*|,?\saged\b.*", re.DOTALL
)
_BRACKETED = re.compile(r"\(\s?(?P<title>\w{1,15})\.?\s?\)")
_UNSAFE = re.compile(r"[{}<>%\[\]@\\|=$#`~^/&+*_]|https?:|www\.")
# A capital inside a name: McKenzie, LeAnn, DeShawn, D'Arcy; anything else is a handle.
_INNER_CAPITAL = re.compile(r"(?:Mc|Mac|De|Di|Le|La|Da|Jo|Mary|O['’]|D['’])[A-Z][a-z]+")


def given_name(name: str, *, alone: bool) -> str | None:
    """The given name in "Jane Doe", "Doe, Jane", "Dr JANE DOE".

    A single word counts if it is a known given name, or when `alone` says that names stand alone
    there (below a closing phrase). None for initials, a title with a family name or in brackets, a
    role, a firm, a handle, two people, and where the family name may stand first.
    """
    name = unicodedata.normalize("NFC", name[:200]).strip("'\"“”„‚‘’ ,.")
    if len(name) > 80 or _FIRMS.search(name) or formal(name):
        return None
    before, comma, after = _APPENDIX.sub("", name).partition(",")
    if comma and "," in after:
        return None
    words = (after if comma else before).split()
    titled = False
    while words and words[0].strip("().").lower() in TITLES:
        words, titled = words[1:], True
    if not words or len(words) > 5 or _UNSAFE.search(" ".join(words)):
        return None
    if any(word.lower().strip(".") in NO_NAMES for word in words):
        return None
    if titled and len(words) == 1 and not comma:
        return None
    return _shaped(words[0]) if _stands_first(words, alone=alone or bool(comma)) else None


def formal(name: str) -> bool:
    """Whether a name bears its title in brackets: "Jane Doe (Mrs)" is not greeted as Jane."""
    bracketed = _BRACKETED.search(name)
    return bracketed is not None and bracketed["title"].lower() in TITLES


def folded(name: str) -> str:
    """A name for comparing: without case and accents."""
    marked = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in marked if not unicodedata.combining(char)) or name


def _stands_first(words: list[str], *, alone: bool) -> bool:
    """Whether the first of these words is the given name."""
    first = words[0].lower()
    if GIVEN_NAMES & {first, first.partition("-")[0], folded(first)}:
        return True
    if first in PARTICLES or _SLAVIC.fullmatch(first) or words[0].islower():
        return False
    if len(words) == 1:
        return alone
    return first not in FAMILY_FIRST and words[-1].lower() not in GIVEN_NAMES


def _shaped(word: str) -> str | None:
    """A given name as it is written in a greeting; None when its letters are not a name's."""
    if not 2 <= len(word) <= _LONGEST or not word[0].isalpha() or word[-1] in "-'’ʼ":
        return None
    scripts = set()
    for char in word:
        kind = unicodedata.category(char)[0]
        if kind == "L":
            scripts.add(unicodedata.name(char, "?").partition(" ")[0])
        elif kind != "M" and char not in "-'’ʼ":
            return None
    # Han, Hangul and kana put the family name first; two scripts in a word are a disguise.
    if len(scripts) != 1 or scripts & {"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "?"}:
        return None
    if word.isupper() and len(word) <= 3 and word.lower() not in GIVEN_NAMES:
        return None  # initials: JD, TJR
    if word.isupper() or word.islower():
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    plain = all(part[1:] == part[1:].lower() for part in word.split("-"))
    return word if plain or _INNER_CAPITAL.fullmatch(word) else None
