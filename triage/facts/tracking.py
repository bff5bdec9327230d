"""Tracking numbers: a carrier's own shape, its check digit, and words that say what it is.

A number that proves itself (UPS, S10) counts wherever it stands. Any other counts only behind a
word that says so ("tracking number", "shipped with DPD"), and not behind one that says otherwise
("order", "card", "call me on"). Measured on 100,000 random strings of 10 to 22 digits: none is
taken alone or behind "order", 3.0 % behind "tracking" and 17.2 % behind "tracking number", nearly
all of these of 14 and 16 digits, of which no check digit is known. A list of the usual lengths (10,
12, 14, 15, 16, 20, 22) takes 54 % of each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from triage.facts.carrier import LENGTHS, NAMES, Form, carrier, forms


@dataclass(frozen=True, slots=True)
class Tracking:
    """`number` as printed, on one line. `carrier` is a plain name, "" where the number fits several
    and the text names none of them."""

    number: str
    carrier: str

    @property
    def key(self) -> str:
        """Capitals and digits alone."""
        return _BLANK.sub("", self.number).upper()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    key: str
    fits: list[Form]
    named: frozenset[str]  # the carriers of which its sentence speaks


# Where a number may begin: its first group has a digit among the first five characters, or is
# capitals alone, and the digits follow.
_START = re.compile(
    r"(?<![^\W_])(?P<letters>(?-i:[A-Z]{1,4})[ \t\xa0-])?(?<![^\W_])(?=[A-Za-z]{0,4}\d)[0-9A-Za-z]"
)
_GROUP = r"[0-9A-Za-z]{1,34}(?![^\W_])"
_GROUPS = re.compile(rf"{_GROUP}(?:[ \t\xa0-]{_GROUP}){{0,9}}")
_BLANK = re.compile(r"[ \t\xa0-]")
# What makes of the digits before or behind it a part of something else.
_PART_BEFORE = re.compile(r"(?:[+@_]|\d[ \t\xa0.,:-]|[^\W_][-@])\Z")
_PART_BEHIND = re.compile(r"@|[.,:/]\d|-[^\W_]|[ \t\xa0]\d|\s?[%€£$]")
_AMERICAN_PHONE = re.compile(r"\d{3}\D\d{3}\D\d{4}")
_DAY_AND_TIME = re.compile(r"20[2-4]\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{4,6}")
_CARD = re.compile(r"(?:3[04-9]|4|5[1-5]|6(?:011|[45])|2[2-7])\d{11,17}")

_NO = r"(?:numbers?|nummer|num|no|nos|nr|id|code|ref|reference|n°|#)"
_LABEL = re.compile(
    rf"(?<![^\W_])(?:(?P<says>(?:track(?:ing)?|parcel|package|consignment|shipment|shipping|waybill"
    rf"|air ?waybill|label|dispatch|despatch|postage)[ -]?(?:and[ ]trace[ ])?{_NO}"
    r"|sendungs-?(?:nummer|nr)|paket-?(?:nummer|nr)|numéro de suivi|número de seguimiento"
    r"|codice di tracciamento|track-?en-?trace(?:code)?)"
    r"|(?P<hints>track(?:ing|ed)?|trace|tracking\w{1,10}|t?labels|tracknumbers?|consignments?"
    r"|waybill|awb)"
    r"|(?P<other>orders?|bestellung|commande|invoice|receipt|bill|card|visa|mastercard|amex|account"
    r"|iban|bic|sort code|bank|transaction|payment|paid|refund(?:ed)?|paypal|phone|telephone|tel"
    r"|mobile|cell|fax|whatsapp|call me|ring me|text me|reach me|customer|client|member(?:ship)?"
    r"|voucher|coupon|gift code|ean|upc|gtin|isbn|sku|barcode|bar code|item|product|article|model"
    r"|serial|imei|part|ticket|case|claim|complaint|reference|ref|vat|tax|insurance|policy|return"
    r"|rma|listing|passport|date|time))(?![^\W_])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<c{place}>{name})" for place, name in enumerate(NAMES.values()))
    + r")(?![^\W_])",
    re.IGNORECASE,
)
_CARRIERS = tuple(NAMES)
_SENTENCE_END = re.compile(r"(?<!\bno)(?<!\bnr)(?<!\bref)[.!?]\s|(?<!:)\n[ \t]*\n", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![^\W_])[^\W_-]{0,6}\d{2}")
_AND = re.compile(r"[\s,;&/+]{1,4}(?:(?:and|und|et)\s{1,2})?(?:#|[A-Z]{1,4}[ -])?")
_BEFORE = 100  # characters in which a label is looked for
_BEHIND = 40  # "986578788855 (FedEx)"
_STARTS = 300  # are looked at; a letter has twenty
_AT_MOST = 10


def tracking(text: str) -> tuple[Tracking, ...]:
    """The tracking numbers of a text, each once, in order of appearance."""
    first: dict[str, _Found] = {}
    for found in _all(text):
        first.setdefault(found.key, found)
    named = _named(text, 0, len(text)) if first else frozenset()
    return tuple(
        Tracking(" ".join(text[found.start : found.end].split()), _carrier(found, named))
        for found in islice(first.values(), _AT_MOST)
    )


def without_tracking(text: str) -> str:
    """The text with a sign in place of each of its tracking numbers."""
    parts, last = [], 0
    for found in _all(text):
        parts += [text[last : found.start], "~"]
        last = found.end
    return "".join([*parts, text[last:]])


def _all(text: str) -> Iterator[_Found]:
    before: _Found | None = None
    for start in islice(_START.finditer(text), _STARTS):
        if before and start.start() < before.end:
            continue
        places = [start.start()]
        if start["letters"]:
            places.append(start.end("letters"))
        found = next((each for place in places if (each := _at(text, place, before))), None)
        if found:
            yield found
            before = found


def _at(text: str, start: int, before: _Found | None) -> _Found | None:
    """The number that begins here, the longest first: of all the groups, or of the first few."""
    run = _GROUPS.match(text, start)
    if run is None:
        return None
    ends = [blank.start() for blank in _BLANK.finditer(text, start, run.end())]
    for end in (run.end(), *reversed(ends)):
        written = text[start:end]
        key = _BLANK.sub("", written)
        if len(key) not in LENGTHS or (key != written and key != key.upper()):
            continue
        key = key.upper()
        if fits := forms(key):
            found = _Found(start, end, key, fits, _sentence(text, start, end))
            witnessed = _witnessed(text, found, before)
            return replace(found, fits=witnessed) if witnessed else None
    return None


def _witnessed(text: str, found: _Found, before: _Found | None) -> list[Form]:
    """Those of its shapes that can be believed, by what stands around the number."""
    start, end, key = found.start, found.end, found.key
    if not text.startswith("@", end) and (proved := [form for form in found.fits if form.proves]):
        return proved
    written = text[start:end]
    if (
        _PART_BEFORE.search(text[max(0, start - 2) : start])
        or _PART_BEHIND.match(text, end)
        or _AMERICAN_PHONE.fullmatch(written)
        or _DAY_AND_TIME.fullmatch(key)
        or (_CARD.fullmatch(key) and _luhn(key))
    ):
        return []
    named = [
        form
        for form in found.fits
        if form.carrier in found.named and (written == key or not form.named)
    ]
    # Another number of the same list: "tracking numbers 1... and 2...".
    label = "says" if before and _AND.fullmatch(text, before.end, start) else _label(text, start)
    if label == "says":
        return named + [form for form in found.fits if not form.named and form not in named]
    if label == "hints":
        sure = [form for form in found.fits if not (form.plain or form.named)]
        return named + [form for form in sure if form not in named]
    return named if label == "" else []


def _label(text: str, start: int) -> str:
    """What the words before a number call it: the last of them that has no number of its own."""
    for label in reversed(list(_LABEL.finditer(text, _beginning(text, start), start))):
        if not _DIGITS.search(text, label.end(), start):
            return str(label.lastgroup)
        start = label.start()
    return ""


def _sentence(text: str, start: int, end: int) -> frozenset[str]:
    """The carriers named near a number, in its sentence."""
    stop = _SENTENCE_END.search(text, end, end + _BEHIND)
    before = _named(text, _beginning(text, start), start)
    return before | _named(text, end, stop.start() if stop else end + _BEHIND)


def _beginning(text: str, start: int) -> int:
    """Where the sentence of a number begins, as far as it is looked at."""
    first = max(0, start - _BEFORE)
    for stop in _SENTENCE_END.finditer(text, first, start):
        first = stop.end()
    return first


def _named(text: str, start: int, end: int) -> frozenset[str]:
    found = _NAMED.finditer(text, start, end)
    return frozenset(_CARRIERS[int(str(name.lastgroup)[1:])] for name in found)


def _carrier(found: _Found, named: frozenset[str]) -> str:
    """Whose number it is; `named` are the carriers of which the whole text speaks."""
    fits = {carrier(form, found.key) for form in found.fits}
    for witnesses in (found.named, named):
        if len(both := fits & witnesses) == 1:
            return next(iter(both))
    # "The DHL number 9865...", which looks like FedEx, or sixteen digits: nobody knows.
    sure = found.fits[0].proves or not (found.named or found.fits[0].plain)
    return next(iter(fits)) if len(fits) == 1 and sure else ""


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
