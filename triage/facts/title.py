"""How a customer who bears a title is formally addressed: "Mrs Patel". None where that is not sure.

The title is believed where the customer signs with it, or his display name has it. A family name is
believed behind an initial, a known given name or a particle, and alone where it is a known one and
no given name: of "Ms Maria" and "Mr James" it cannot be told which they are.
"""

import re
import unicodedata

from triage.facts.first_name import signed_as
from triage.facts.given_name import FIRMS, cased, given_name
from triage.facts.known_names import folded, is_also_given, is_family, is_given
from triage.facts.vocabulary import NO_NAMES, TITLES

_TITLES = {
    "dr": "Dr",
    "miss": "Miss",
    "mr": "Mr",
    "mrs": "Mrs",
    "ms": "Ms",
    "mx": "Mx",
    "prof": "Professor",
    "professor": "Professor",
}
_PARTICLES = frozenset(
    [
        *("da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le"),
        *("ten", "ter", "van", "von", "zu"),
    ]
)
_NAME = re.compile(r"[^\W\d_(][^\W\d_'’ .()-]*(?:[ .'’()-]{1,3}[^\W\d_]+){1,7}[.)]{0,2}|\(.*")
_POSSESSIVE = re.compile(r"['’]s(?![^\W_])", re.IGNORECASE)
_LONGEST = 60


def formal_name(display: str, text: str, signature: str, address: str = "") -> str | None:
    """Title and family name of the writer, as `first_name` reads the same four. "Mrs Patel", "Dr
    van der Berg", "Professor O'Neill", without full stops."""
    top = next((line.strip() for line in signature[:400].split("\n") if line.strip()), "")
    signed = " ".join(signed_as(text, signature) or ())
    told = titled(signed, signed=True) or titled(top)
    if told or _bears_title(signed):
        return told
    shown = titled(display)
    if shown is None or not _same(signed, display):
        return None
    # A shop bears its name in its domain: "Dr. Martens".
    family = folded(shown.partition(" ")[2]).replace(" ", "")
    return None if family in re.sub(r"\W", "", address.rpartition("@")[2].lower()) else shown


def titled(name: str, *, signed: bool = False) -> str | None:
    """Title and family name of one full name with a title: "Mrs A. Patel", "Jane Doe (Mrs)".

    `signed`: it stands below a closing phrase, where no firm does, so that behind an initial a name
    need not be a known one.
    """
    name = unicodedata.normalize("NFC", name[:200]).strip(" \"'“”„‚‘’,.*_-").partition(",")[0]
    name = re.sub(r"\.(?=[^\W_])", ". ", name)
    good = len(name) <= _LONGEST and _NAME.fullmatch(name)
    if not good or FIRMS.search(name) or _POSSESSIVE.search(name):
        return None
    words = name.split()
    title = _TITLES.get(words[0].strip("().").lower())
    bare = words[1:]
    if title is None and words[-1].startswith("("):
        title, bare = _TITLES.get(words[-1].strip("().").lower()), words[:-1]
    if title is None or not bare or any(map(_strange, bare)):
        return None
    family = _family(bare, signed=signed)
    shaped = _shaped(family)
    return f"{title} {' '.join(shaped)}" if shaped else None


def _strange(word: str) -> bool:
    low = word.strip(".").lower()
    return low in NO_NAMES or low in TITLES or low in {"and", "or"} or "(" in word or ")" in word


def _family(words: list[str], *, signed: bool) -> list[str]:
    """The family name, with its particles, at the end of a full name; empty when not certain."""
    behind = [word for word in words if len(word.strip(".")) > 1]
    initials = len(words) - len(behind)
    if not behind or len(words[-1].strip(".")) == 1:
        return []
    start = next((at for at, word in enumerate(behind) if word.lower() in _PARTICLES), None)
    if start is None:
        start = len(behind) - 1
    given, family = behind[:start], behind[start:]
    last = family[-1]
    # A particle, or two, and one word.
    if any(word.lower() not in _PARTICLES for word in family[:-1]) or last.lower() in _PARTICLES:
        return []
    if is_given(last) and not is_family(last):
        return []
    if given:
        first = given_name(" ".join(behind), alone=False)
        begins = first is not None and folded(given[0]) == folded(first.split()[0])
        # "Olwen Treharne (Mrs)" signs herself so; no list has all names.
        begins |= signed and first is None and len(given) == 1 and not is_family(given[0])
        # Two family names look like a second given one and a family name.
        return family if begins and all(map(_is_second, given[1:])) else []
    certain = is_family(last) and not is_given(last) and not is_also_given(last)
    known = signed or is_family(last) if initials else certain
    return family if known or len(family) > 1 else []


def _is_second(word: str) -> bool:
    return is_given(word) and not is_family(word)


def _shaped(family: list[str]) -> list[str]:
    """The words as they are written in a greeting; none where their capitals are lost: "MCKAY"."""
    particles = [word.lower() if word.isupper() else word for word in family[:-1]]
    last = family[-1] if family else ""
    lost = last.isupper() and (last.startswith(("MC", "MAC")) or "'" in last or "’" in last)
    written = None if lost or not last else cased(last)
    return [*particles, written] if written else []


def _bears_title(signed: str) -> bool:
    words = re.findall(r"[^\W\d_]+", signed.lower())
    return not TITLES.isdisjoint(words)


def _same(signed: str, display: str) -> bool:
    """Whether a sign-off, if there is one, may be that of the one who is displayed."""
    shown = [folded(word.strip("().,")) for word in display.split()]
    words = [folded(word.strip("().,")) for word in signed.split()]
    initials = {word for word in shown if len(word) == 1}
    return all(
        word in shown
        or word[:1] in initials
        or (len(word) == 1 and word in {each[:1] for each in shown})
        for word in words
    )
