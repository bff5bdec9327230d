"""The names that are known, in three lists beside this file, and how names are compared."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

_ACCENT = re.compile("[\u0300-\u036f]")
# Endings of family names: Slavic, Greek, Romanian, Caucasian, Turkish, Finnish, Nordic.
_FAMILY_SHAPE = re.compile(
    r".{2,}(?:ов|ова|ев|ева|ский|ская|цкий|цкая|енко|чук|ович|евич|οπουλος|οπουλου|ιδης|ακης"
    r"|[a-z](?:ova|eva|ov|ev|sky|skyi|skiy|ski|ska|cki|cka|enko|chuk|ovic|evic|escu|opoulos|opoulou"
    r"|idis|akis|akos|ssian|shvili|adze|idze|oglu|oğlu|onen|inen|anen|sson|ssen|dottir|dóttir))"
)


def folded(name: str) -> str:
    """A name for comparing: without case, accents and apostrophes."""
    plain = _ACCENT.sub("", unicodedata.normalize("NFD", name.casefold()))
    return re.sub("['’ʼ]", "", plain) or name


@cache
def _listed(file: str) -> frozenset[str]:
    """The names of a list, read when the first mail is: most commands need none."""
    text = (files("triage.facts") / file).read_text("utf-8")
    names = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    return frozenset(folded(names).split())


def is_given(word: str) -> bool:
    """Whether it is a given name, wherever it stands, or begins and ends with one (Jean-Luc)."""
    given, also = _listed("given.txt"), _listed("also_given.txt")
    first, *others = folded(word.strip(".")).split("-")
    return first in given and all(other in given or other in also for other in others)


def is_also_given(word: str) -> bool:
    """Whether it is a given name that is a word, a place or a family name too: Rose, Paris, Kim."""
    return folded(word) in _listed("also_given.txt")


def is_family(word: str) -> bool:
    """Whether it is a family name; some are given names too (Martin)."""
    whole = folded(word)
    if whole in _listed("family.txt") or whole.partition("-")[0] in _listed("family.txt"):
        return True
    return not is_given(word) and _FAMILY_SHAPE.fullmatch(whole) is not None
