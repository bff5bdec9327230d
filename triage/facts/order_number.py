"""Order numbers: what is written after an order word or a number sign, never bare digits."""

import re
from collections.abc import Iterator

# "order", in the languages of the shops meant; not "ordered", which counts goods ("ordered 12").
_WORD = (
    r"(?<![^\W_])(?:orders?|purchase\s?order|bestell-?(?:ung|nummer|nr\.?)|auftrag(?:s-?(?:nummer|nr\.?))?"
    r"|commande|pedido|ordine|bestelling|bestelnummer|encomenda|ordre(?:nummer|nr)?"
    r"|order(?:nummer|nr|number|id|no)|beställning|bestilling|tilaus(?:numero)?|zamówieni[ea]"
    r"|objednávk[ay])(?![^\W_])"
)
# What may stand between the word and its number. A marker says that a number follows.
_MARKER = (
    r"(?:numbers?|nummer|numero|número|numéro|num|no|nos|nr|n|n°|nº|№|id|ref|reference|code"
    r"|confirmation|#)"
)
_NUMBER = (
    r"(?P<number>(?:[A-Za-z]{1,4}[-/]?|(?-i:[A-Z]{1,4}\s))?"
    r"\d{1,12}(?:[-/]\d{1,10}){0,3}(?:[-/]?[A-Za-z](?![^\W_]))?)"
)
# Not a number of an order but a quantity, a date, a time, a price, a size, a phone number's head.
_END = r"(?![^\W_]|[.,:/-]\d|\s?(?:%|€|£|\$|x\s?\d)|\s\d{3,12}(?![\d./-]))"
_PHONE = re.compile(r"0[1-9]\d{8,9}|00[1-9]\d{9,12}")
_QUANTITY = re.compile(
    r"\s{1,2}(?:x|pcs?|pieces?|g|kg|ml|l|cm|mm|m|days?|weeks?|months?|hours?|units?|items?|of|more|boxes"
    r"|bottles?|bags?|sets?|pairs?|euros?|pounds?|dollars?|stück|times|years?|copies|people"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|am|pm|\d{1,3})(?![^\W_])",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    rf"{_WORD}(?P<marks>(?:,\s?(?:number|nummer|nr|id|ref)(?![^\W_])[.:]{{0,2}}"
    rf"|[\s\-]{{0,2}}{_MARKER}(?![^\W_])[.:]{{0,2}}|[\s\-]{{0,2}}#){{0,3}})"
    rf"(?:\s{{0,2}}(?:[:=–-]|is|was|ist|lautet|est|es|è)(?![^\W_]))?\s{{0,3}}\(?(?P<sign>#?)\s?{_NUMBER}{_END}",
    re.IGNORECASE,
)
# Further numbers of the same list: "orders 2140 and 2143".
_AND = re.compile(
    rf"\s{{0,2}}(?:,|&|\+|and|und|et|y|e|en)\s{{0,2}}#?(?P<number>[A-Za-z]{{0,4}}-?\d{{3,12}}){_END}",
    re.IGNORECASE,
)
# A number sign alone names an order too, unless something else is counted: "ticket #218".
_SIGN = re.compile(rf"(?<![\w&/])#\s?{_NUMBER}{_END}")
_SOMETHING_ELSE = re.compile(
    r"(?:submission|ticket|case|listing|return|rma|request|invoice|quote|item|product|sku|model|size"
    r"|colou?r|apt|apartment|unit|room|flat|suite|episode|tracking|question|issue|part|version|voucher"
    r"|coupon|parcel|build|bug|complaint|call|ref|reference|article|art|page|phone|tel|number|no|day|step|try|attempt)"
    r"[\s.:(]{0,3}$",
    re.IGNORECASE,
)
# Marketplaces' own forms, unmistakable without a word: Amazon, eBay.
_SHAPE = re.compile(r"(?<![\w-])(?P<number>\d{3}-\d{7}-\d{7}|\d{2}-\d{5}-\d{5})(?![\w-])")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(rf"{_DAY}[/-]{_DAY}(?:[/-](?:\d\d){{1,2}})?|(?:19|20)\d\d[/-]{_DAY}[/-]{_DAY}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AT_MOST = 10


def order_numbers(text: str) -> tuple[str, ...]:
    """The order numbers of a text, without number signs, each once, in order of appearance."""
    found = sorted(_candidates(text))
    return tuple(dict.fromkeys(number for _, number in found))[:_AT_MOST]


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    for match in _AFTER_WORD.finditer(text):
        marked = match["marks"].strip() != "" or match["sign"] != ""
        if not _plausible(match["number"], marked=marked) or (
            not marked and _QUANTITY.match(text, match.end())
        ):
            continue
        yield match.start("number"), match["number"]
        further = _AND.match(text, match.end())
        while further and not _QUANTITY.match(text, further.end()):
            yield further.start("number"), further["number"]
            further = _AND.match(text, further.end())
    for match in _SIGN.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if sum(map(str.isdigit, match["number"])) >= 3 and not _SOMETHING_ELSE.search(before):
            yield match.start("number"), match["number"]
    for match in _SHAPE.finditer(text):
        yield match.start("number"), match["number"]


def _plausible(number: str, *, marked: bool) -> bool:
    digits = sum(char.isdigit() for char in number)
    if _PHONE.fullmatch(re.sub(r"[-/]", "", number)):
        return False
    if marked:
        return digits >= 2
    if " " in number:
        return False  # "ORDER OF 250"
    return digits >= 3 and not _DATE.fullmatch(number) and not _YEAR.fullmatch(number)
