"""Order numbers: what is written after an order word or a number sign, never bare digits.

A number that is false stands in a letter and hides the customer's own order; one that is missed
costs three words. So the whole token counts or nothing, and doubt is a no.
"""

import re
from collections.abc import Iterator
from itertools import islice

from triage.facts.order_shape import is_count, is_number

# "order", in the languages of the shops meant; not "ordered", which counts goods ("ordered 12").
_WORD = (
    r"(?<![^\W_])(?:orders?|ord\.|purchase\s?order|bestell-?(?:ung|nummer|nr\.?)"
    r"|auftrag(?:s-?(?:nummer|nr\.?))?"
    r"|commande|pedido|ordine|bestelling|bestelnummer|encomenda|ordre(?:nummer|nr\.?)?"
    r"|order(?:nummer|nr\.?|number|id|no)|beställning|bestilling|tilaus(?:numero)?|zamówieni[ea]"
    r"|objednávk[ay])(?![^\W_])"
)
# What may stand between the word and its number. A marker says that a number follows.
_MARKER = (
    r"(?:numbers?|nummer|numero|número|numéro|num|no|nos|nr|n|n°|nº|№|id|ref|reference|code"
    r"|confirmation|#)"
)
# Behind a marker two words may be the number, as some shops write it: "SM 20418".
_NUMBER = (
    r"(?P<number>(?:(?-i:[A-Z]{1,4})\s(?=\d))?(?=[A-Za-z/_-]{0,30}\d)"
    r"[A-Za-z0-9]{1,24}(?:[-/_][A-Za-z0-9]{1,12}){0,5})"
)
# The token ends here, and what follows does not make it a date, a time, a price, a size or the head
# of a telephone number.
_END = r"(?![^\W_]|@|[-/_][^\W_]|[.,:]\d|\s?(?:%|€|£|\$|°|x\s?\d)|\s\d{3,12}(?![\d./-]))"
_IS = r"(?:is|was|ist|lautet|est|es|è)(?![^\W_])"
_AFTER_WORD = re.compile(
    rf"{_WORD}(?P<marks>(?:,\s?(?:number|nummer|nr|id|ref)(?![^\W_])[.:]{{0,2}}"
    rf"|[\s\-]{{0,2}}{_MARKER}(?![^\W_])[.:]{{0,2}}|[\s\-]{{0,2}}#){{0,3}})"
    rf"(?:\s{{0,2}}(?:[:=–-]|{_IS})(?![^\W_]))?"
    r"(?P<instead>\s(?:not|nicht)\s#?[\w-]{2,20},?\s(?:but|sondern|it['’]?s|it is))?"
    rf"(?P<gap>\s{{0,3}})\(?(?P<sign>#?)\s?{_NUMBER}{_END}",
    re.IGNORECASE,
)
# "order placed 12th November, number 4711": a day between the word and the marker.
_AFTER_DAY = re.compile(
    rf"{_WORD},?\s(?:(?:was|I|we)\s)?(?:placed|made|dated|of|from|on)\s[^.!?\n#]{{0,20}}?"
    r"(?:\d{2,4}|\d(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})"
    rf",?\s(?:order\s)?(?:number|no\.?|nr\.?|ref\.?)(?:\s{_IS})?\s#?{_NUMBER}{_END}",
    re.IGNORECASE,
)
# Words run together, abbreviations, and a confirmation that is not the post's or the bank's.
_ELSEWHERE = re.compile(
    r"(?<![\w@./&#=-])(?:[Oo]rder|ORDER)(?P<glued>\d{4,12})(?![\w@]|[-/.,:]\w)"
    r"|(?<![\w.])(?-i:PO|P\.O\.)(?:\s(?:[Nn]umber|[Nn]o\.?|#))?:?\s{1,2}#?(?P<purchase>\d{4,12})(?![\w@]|[-/.,:]\w)"
    r"|(?<!\w)(?i:confirmation\s(?:number|no\.?|code|#))(?:\s(?:is|was))?:?\s{1,2}#?"
    r"(?P<confirmed>(?=[\w-]{4})[A-Za-z0-9]{1,16}(?:-[A-Za-z0-9]{1,10}){0,2})(?![\w@]|[-/.,:]\w)"
)
_NOT_OURS = re.compile(
    r"(?:delivery|shipping|shipment|postal|postage|tracking|payment|paypal|refund|cancell?ation"
    r"|bank|booking|hotel|flight|return|dispatch|signature)\s$",
    re.IGNORECASE,
)
# Further numbers of the same list: "orders 2140 and 2143".
_AND = re.compile(
    rf"\s{{0,2}}(?:,|&|\+|and|und|et|y|e|en)\s{{0,2}}#?(?P<number>[A-Za-z]{{0,8}}-?\d{{3,12}}){_END}",
    re.IGNORECASE,
)
# A number sign alone names an order too, unless something else is counted: "ticket #218".
_SIGN = re.compile(rf"(?<![\w&/])#\s?{_NUMBER}{_END}", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"(?:submission|ticket|case|listing|return|rma|request|invoice|quote|item|product|sku|model|size"
    r"|colou?r|apt|apartment|unit|room|flat|suite|episode|tracking|question|issue|part|version|voucher"
    r"|coupon|parcel|build|bug|complaint|call|ref|reference|article|art|page|phone|tel|number|no|day|step|try|attempt)"
    r"[\s.:(]{0,3}$",
    re.IGNORECASE,
)
_HASHTAG = re.compile(
    r"[A-Za-z]+(?:19|20)\d\d|\d+[A-Za-z]{2,}\d*|[0-9A-Fa-f]*[A-Fa-f][0-9A-Fa-f]*|[a-z]+\d+"
)
# Here the word is a verb, or a way of saying "fine" or "not working"; or it is denied.
_VERB = re.compile(
    r"(?:(?:want|wanted|like|liked|need|needed|wish|wished|going|trying|tried|hoping|able|love|looking"
    r"|planning|plan|how|ready|happy|have|had|used|wanting|decided|minimum|made)\sto"
    r"|\b(?:I|we|they|you|who|can|could|may|might|must|always|usually|often|regularly|only|please"
    r"|normally|sometimes|['’]ll|['’]d|don['’]?t|didn['’]?t|to\sre)|\blast|next|law\sand)[\s-]$",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(r"\b(?:in|on|of|good|working|alphabetical|short|standing)\s$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|nicht)\s(?:my\s|the\s|about\s){0,2}$", re.IGNORECASE)
# Marketplaces' own forms, unmistakable without a word: Amazon, eBay.
_SHAPE = re.compile(r"(?<![\w-])(?P<number>\d{3}-\d{7}-\d{7}|\d{2}-\d{5}-\d{5})(?![\w-])")
# What stands alone in its line, as an answer to the line above.
_ALONE = re.compile(r"[ \t.,;)]{0,5}(?:\n|\Z)")
# What may be a number although nothing says so: only a book that has it can tell.
_BARE = re.compile(r"(?<![\w@./#&=-])#?((?:[A-Za-z]{1,6}-?)?\d{4,12})(?![\w@]|[-/.,:]\w)")
_AT_MOST = 10
_MENTIONS = 500  # of each kind are looked at; a letter has ten


def order_numbers(text: str) -> tuple[str, ...]:
    """The order numbers of a text, without number signs, each once, in order of appearance."""
    found = sorted(_candidates(text))
    return tuple(dict.fromkeys(number for _, number in found))[:_AT_MOST]


def bare_numbers(text: str) -> tuple[str, ...]:
    """Figures of a text that might be the number of an order its writer has made: years, prices and
    postcodes are among them."""
    return tuple(found[1] for found in islice(_BARE.finditer(text), _MENTIONS))


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    for match in islice(_AFTER_WORD.finditer(text), _MENTIONS):
        if not _follows_word(match):
            continue
        yield match.start("number"), match["number"]
        further = _AND.match(text, match.end())
        while further and _like(match["number"], further):
            yield further.start("number"), further["number"]
            further = _AND.match(text, further.end())
    for match in islice(_AFTER_DAY.finditer(text), _MENTIONS):
        if is_number(match["number"], marked=True):
            yield match.start("number"), match["number"]
    for match in islice(_ELSEWHERE.finditer(text), _MENTIONS):
        kind = str(match.lastgroup)
        ours = kind != "confirmed" or not _NOT_OURS.search(_before(match, 14))
        if ours and is_number(match[kind], marked=kind == "confirmed"):
            yield match.start(kind), match[kind]
    for match in islice(_SIGN.finditer(text), _MENTIONS):
        digits = sum(map(str.isdigit, match["number"]))
        if (
            digits >= 3
            and is_number(match["number"], marked=True)
            and not _HASHTAG.fullmatch(match["number"])
            and not _SOMETHING_ELSE.search(_before(match, 20))
        ):
            yield match.start("number"), match["number"]
    for match in islice(_SHAPE.finditer(text), _MENTIONS):
        yield match.start("number"), match["number"]


def _follows_word(match: re.Match[str]) -> bool:
    number, text, before = match["number"], match.string, _before(match, 24)
    marked = match["marks"].strip() != "" or match["sign"] != ""
    if not is_number(number, marked=marked) or _DENIED.search(before):
        return False
    digits = sum(map(str.isdigit, number))
    if "\n" in text[match.end("marks") : match.start("number")] and digits < 4:
        # A field left empty, and an address below it: "Order number:", "12 High Street".
        return marked and digits == 3 and _ALONE.match(text, match.end()) is not None
    if marked:
        return digits > 3 or match["sign"] == "#" or not is_count(text, match, marked=True)
    if _VERB.search(before) or (digits < 4 and _IN_ORDER.search(before)):
        return False
    return not is_count(text, match, marked=False)


def _like(number: str, further: re.Match[str]) -> bool:
    """Whether the next of a list is another such number, and not "and 200 candles"."""
    digits = [sum(map(str.isdigit, each)) for each in (number, further["number"])]
    return digits[0] == digits[1] and not is_count(further.string, further, marked=True)


def _before(match: re.Match[str], length: int) -> str:
    return match.string[max(0, match.start() - length) : match.start()]
