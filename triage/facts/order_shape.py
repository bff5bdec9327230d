"""What an order number can look like, and which numbers beside the word "order" count something."""

import re

# 4471, 2024-00718, 2290/B, 1001-UK.
_DIGITS = re.compile(r"\d{1,12}(?:[-/]\d{1,10}){0,3}(?:[-/]?[A-Za-z]|[-/_][A-Z]{2,4})?")
# SM20418, A-4471, ABCDE-1234, WC-10233-UK.
_PREFIXED = re.compile(
    r"(?P<prefix>[A-Za-z]{1,4}[-/_ ]?|[A-Za-z]{5,8}[-/_])\d{1,12}(?:[-/_]\d{1,10}){0,3}"
    r"(?:[-/_]?[A-Za-z]|[-/_][A-Za-z]{2,4})?"
)
# Only behind a marker: letters and digits in any sequence, XK7F2Q, 65a1f3c0-77b2.
_MIXED = re.compile(
    r"(?=.*[A-Za-z])(?=(?:.*\d){2})[A-Za-z0-9]{1,24}(?:[-/_][A-Za-z0-9]{1,12}){0,5}"
)
_LEAST_MIXED = 5
# "4711mugs", "4711-please", "SAVE20".
_WORDY = re.compile(r"\d+[a-z]{2,}|.*[-/_][a-z]{3,}|[A-Za-z]{4,}\d{1,2}")
# A thing's number, a sum, a norm.
_OTHER_PREFIX = re.compile(
    r"sku|isbn|ean|upc|usd|gbp|eur|aud|cad|rs|inr|iso|din|size|qty|box|lot|no|nr|id|vat",
    re.IGNORECASE,
)
# In capitals before a number: "ORDER NUMBER FOR 250".
_WORDS = re.compile(
    r"is|of|for|on|at|and|but|not|was|the|to|my|in|by|or|from",
    re.IGNORECASE,
)
_UNIT_LETTER = re.compile(r"\d{1,4}[gmlkhwvpx]", re.IGNORECASE)
_PHONE = re.compile(r"0[1-9]\d{8,9}|00[1-9]\d{9,12}")
_PARCEL = re.compile(r"1Z[0-9A-Z]{16}|[A-Z]{2}\d{9}[A-Z]{2}", re.IGNORECASE)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(rf"{_DAY}[/-]{_DAY}(?:[/-](?:\d\d){{1,2}})?|(?:19|20)\d\d[/-]{_DAY}[/-]{_DAY}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Goods are counted in round numbers: 100, 250, 1500. One order in fifty has such a number, too, and
# is named all the same by "#500" or "number 500".
_ROUND = re.compile(r"[1-9](?:00|50)|[1-9]\d00|[1-9]\d000|0\d\d")
_QUANTITY = re.compile(
    r"\s{1,2}(?:x|pcs?|pieces?|g|gr|gsm|grams?|kg|kgs|lbs?|oz|ml|l|lit(?:er|re)s?|cm|mm|m|inch(?:es)?|ft|feet"
    r"|gb|mb|watts?|volts?|calories|degrees|percent|per\scent|minutes?|mins?|hrs?|days?|weeks?|months?|hours?"
    r"|nights?|units?|items?|of|more|each|per|boxes|bottles?|bags?|sets?|pairs?|euros?|pounds?|dollars?"
    r"|bucks|quid|pence|cents?|rupees|usd|eur|gbp|stück|times|years?|copies|people|guests|pages"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|am|pm|\d{1,3})(?![^\W_])",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[ \t\xa0]{1,2}([^\W\d_]{1,30})")
# What an order does, or how a sentence goes on behind its number.
_GOES_ON = re.compile(
    r"is|was|has|had|have|hasn|hasnt|isn|isnt|wasn|wasnt|did|does|didn|didnt|doesn|doesnt|will"
    r"|would|should|can|could|be|not|never|still|only|just|and|but|or|which|that|who|it|its|i"
    r"|we|my|me|please|pls|thanks|thank|came|comes|arrived|arrives|arriving|showed|turned|went"
    r"|got|placed|made|dated|shipped|dispatched|sent|delivered|cancelled|returned|refunded"
    r"|received|contains|includes|consists|needs|seems|looks|says|shows|appears|incomplete"
    r"|missing|damaged|broken|late|delayed|wrong|lost|again|today|yesterday|this|last|on|in|to"
    r"|from|with|where|when|why|how|what|whats|because|since|after|before|if|so|by|as|yet|also"
    r"|always|thus|hi|hello|regards|status|plus|ist|wurde|wird|noch|nicht|und|est|n",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"[a-z]{2,}s")


def is_number(number: str, *, marked: bool) -> bool:
    """Whether a whole token can be an order's; `marked` says that a word such as "number" or a
    number sign stands before it."""
    if _PHONE.fullmatch(re.sub(r"[-/]", "", number)) or _PARCEL.fullmatch(number):
        return False
    digits = sum(char.isdigit() for char in number)
    prefixed = _PREFIXED.fullmatch(number)
    prefix = prefixed["prefix"] if prefixed else ""
    if _WORDS.fullmatch(prefix.strip()) or _OTHER_PREFIX.fullmatch(prefix.rstrip("-/_ ")):
        return False
    if not marked:
        return (
            digits >= 3
            and " " not in number  # "ORDER OF 250"
            and (prefixed or _DIGITS.fullmatch(number)) is not None
            and not any(each.fullmatch(number) for each in (_WORDY, _DATE, _YEAR, _UNIT_LETTER))
        )
    if digits < 2 or _WORDY.fullmatch(number):
        return False
    if prefixed or _DIGITS.fullmatch(number):
        return True
    return len(number) >= _LEAST_MIXED and _MIXED.fullmatch(number) is not None


def is_count(text: str, match: re.Match[str], *, marked: bool) -> bool:
    """Whether the group `number` of a match counts something: "300 gsm", "100 candles"."""
    number = match["number"]
    if not number.isdigit():
        return False
    if _QUANTITY.match(text, match.end("number")):
        return True
    following = _NEXT.match(text, match.end("number"))
    word = following[1] if following else ""
    if marked:
        return (
            len(number) < 4 and _PLURAL.fullmatch(word) is not None and not _GOES_ON.fullmatch(word)
        )
    if _ROUND.fullmatch(number):
        return True
    if not word or _GOES_ON.fullmatch(word):
        return False
    return len(number) == 3 or (len(number) == 4 and _PLURAL.fullmatch(word) is not None)
