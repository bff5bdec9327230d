"""The given name within a full name, or None where it cannot be told for certain."""

import re
import unicodedata

from triage.facts.known_names import folded, is_also_given, is_family, is_given
from triage.facts.vocabulary import DOUBLES, HALVES, HUNGARIAN, NO_NAMES, PLACES, THINGS, TITLES

_LONGEST = 24
FIRMS = re.compile(
    r"(?<![^\W_])(?:gmbh|ug|kg|ohg|ag|e\.?k|e\.?v|ltd|llc|llp|plc|inc|corp|co|pty|b\.?v|n\.?v|vof"
    r"|s\.?a\.?r\.?l|sas|eurl|s\.?r\.?l|s\.?p\.?a|snc|s\.?l|oyj?|ab|aps|a/s|kft|s\.?r\.?o"
    r"|partners|associates|sons|daughters|bros|interiors|motors|books|foods|crafts)(?![^\W_])",
    re.IGNORECASE,
)
# What follows a name without belonging to it: "via eBay", "(Accounts)", "- Blue Door", "aged 88".
_APPENDIX = re.compile(
    r"\s(?:via|über|on behalf of|in|from|aus)\s.*|\s[|–—-]\s.*|\s*\(.*|,?\saged\b.*", re.DOTALL
)
_VIETNAMESE = frozenset(
    ["bui", "dang", "ho", "huynh", "le", "ngo", "nguyen", "pham", "phan", "tran", "vo", "vu"]
)
_CASED = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN"}
_BRACKETED = re.compile(r"\(\s?(?P<title>\w{1,15})\.?\s?\)")
_UNSAFE = re.compile(r"[{}<>%\[\]@\\|=$#`~^/&+*_]|https?:|www\.")
# A capital inside a name: McKenzie, LeAnn, DeShawn, D'Arcy; anything else is a handle.
_INNER_CAPITAL = re.compile(r"(?:Mc|Mac|De|Di|Le|La|Da|Jo|Mary|O['’]|D['’])[A-Z][a-z]+")


def given_name(name: str, *, alone: bool) -> str | None:
    """The given name in "Jane Doe", "Doe, Jane", "DOE Jane", "Tanaka Hiroshi", "Dr JANE DOE".

    Only a known name is believed, and one that is also a word, a place or a family name only
    before a known family name, or when `alone` says that names stand alone there (below a closing
    phrase). None for initials, a title with a family name or in brackets, a role, a firm, a
    handle, two people, and where the order cannot be told.
    """
    name = unicodedata.normalize("NFC", name[:200]).strip("'\"“”„‚‘’ ,.")
    if len(name) > 80 or FIRMS.search(name) or formal(name):
        return None
    before, comma, after = _APPENDIX.sub("", name).partition(",")
    if "," in after or _UNSAFE.search(before + after):
        return None
    words, behind = _words(before), _words(after)
    if comma and behind and words:
        if is_given(behind[0]) or is_also_given(behind[0]):
            # "Doe, Jane", but "Anna, Tom" are two.
            two = is_given(words[0]) and not is_family(words[0])
            return None if two else _found(behind, alone=True)
        return _found(words, alone=False) if len(words) > 1 else None
    titled = bool(words) and words[0].strip("().").lower() in TITLES
    while words and words[0].strip("().").lower() in TITLES:
        words = words[1:]
    return None if titled and len(words) == 1 else _found(words, alone=alone)


def full_name(display: str) -> list[str]:
    """The two to four words of one person's full name, without a title; none where a word of it is
    of a firm, a role or a handle, or where a comma turns it round. The first may be a word, too."""
    name = unicodedata.normalize("NFC", display[:200]).strip("'\"“”„‚‘’ ,.")
    words = _words(_APPENDIX.sub("", name))
    while words and words[0].strip("().").lower() in TITLES:
        words = words[1:]
    alien = FIRMS.search(name) or formal(name) or _UNSAFE.search(name) or "," in name
    if alien or not 2 <= len(words) <= 4 or _no_name(words[1:]) or {"and", "und"} & {*words}:
        return []
    return [] if any(map(str.isdigit, name)) else words


def shaped(word: str) -> str | None:
    """A word as a given name is written in a greeting; None when its letters are not a name's."""
    return None if is_family(word) or _no_name([word]) else cased(word)


def formal(name: str) -> bool:
    """Whether a name bears its title in brackets: "Jane Doe (Mrs)" is not greeted as Jane."""
    bracketed = _BRACKETED.search(name)
    return bracketed is not None and bracketed["title"].lower() in TITLES


def _words(text: str) -> list[str]:
    """The words of a name, without the pictures between them."""
    return [word for word in text.split() if not all(map(_pictured, word))]


def _pictured(char: str) -> bool:
    return char in "\u200d\ufe0f" or unicodedata.category(char) in {"So", "Sk"}


def _no_name(words: list[str]) -> bool:
    """Whether one of the words, or of the halves of one, is none of a name, or comes twice."""
    parts = [part.strip('."“”()') for word in words for part in word.lower().split("-")]
    joined = len(words) > 2 and words[1] in {"y", "e", "i", "u", "o", "a", "en"}
    strange = any(part in NO_NAMES or any(map(str.isdigit, part)) for part in parts)
    # "Charlotte NC": a state.
    state = not words[0].isupper() and any(
        len(word) == 2 and word.isalpha() and word.isupper() for word in words
    )
    return joined or strange or state or len({folded(word) for word in words}) < len(words)


def _found(words: list[str], *, alone: bool) -> str | None:
    """The given name among the words of a full name."""
    if not words or len(words) > 5 or _no_name(words):
        return None
    if words[0].lower().partition("-")[0] in HALVES:
        return None
    place = _place(words, alone=alone)
    if place is None:
        return None
    first = cased(words[place])
    behind = words[place + 1 :]
    if first and behind and folded(behind[0]) in DOUBLES.get(folded(first), ()):
        second = cased(behind[0])
        if second and (len(behind) > 1 or folded(first) != "jean"):
            return f"{first} {second}"
    return first


def _place(words: list[str], *, alone: bool) -> int | None:
    """Which of the words is the given name, or None where that cannot be told."""
    first, *rest = words
    sure = is_given(first)
    if not rest:
        also = alone and is_also_given(first) and first.lower() not in PLACES
        return 0 if sure or also else None
    follows = is_given(rest[0]) and not is_family(rest[0])  # a given name and nothing else
    if first.isupper() and len(first) > 2 and not rest[0].isupper():
        # "DUPONT Marie": the family name is the one in capitals.
        return 1 if is_given(rest[0]) and (is_family(first) or not sure) else 0 if sure else None
    if sure:
        both = is_family(first) and follows and len(words) == 2  # "Thomas Julie"
        either = len(words) == 2 and folded(rest[0]) in HUNGARIAN  # "Péter Gábor"
        return None if both or either or _of_a_saint(words) else 0
    if is_also_given(first):
        # "Lee Kim", "Wei Chen", "Mei Ling Tan": either may be the family name, or half a given one.
        last = rest[-1]
        longest = 5 if is_family(first) else 4 if is_also_given(last) else 0
        east = len(first) <= 4 and (len(rest) > 1 or len(last) <= longest)
        family = is_family(last) and not is_given(last) and folded(last) not in THINGS
        return 0 if family and not east else None
    return _behind_family(words) if is_family(first) else None


def _of_a_saint(words: list[str]) -> bool:
    """Whether it is a name like María del Carmen, who is called Carmen as likely as María."""
    after = [word.lower() for word in words[1:3]]
    saint = after[0] == "del" or after in (["de", "la"], ["de", "las"], ["de", "los"])
    return folded(words[0]) == "maria" and saint


def _behind_family(words: list[str]) -> int | None:
    """Which word behind a family name is the given name."""
    if len(words) > 2 and folded(words[1]) in {"van", "thi"} and folded(words[0]) in _VIETNAMESE:
        return len(words) - 1
    if folded(words[0]) in THINGS:  # "Little Joe", "Villa Maria"
        return None
    place = next((place for place, word in enumerate(words) if not is_family(word)), 0)
    return place if place and is_given(words[place]) else None


def cased(word: str) -> str | None:
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
    if word.isupper() and len(word) <= 3 and not is_given(word):
        return None  # initials: JD, TJR
    if scripts & _CASED and (word.isupper() or word.islower()):
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    plain = all(part[1:] == part[1:].lower() for part in word.split("-"))
    return word if plain or _INNER_CAPITAL.fullmatch(word) else None
