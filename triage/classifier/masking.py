"""What a model must not hold: addresses, numbers and names become placeholders. Pure.

A placeholder is a word between underscores (`_mail_`); no other word of a masked text has an
underscore or a digit, so a vocabulary made from masked texts can be checked for leaks by eye.
Every repetition in the patterns is bounded: the time is linear in the text, whatever it holds.
"""

import re
import unicodedata

MUCH = 20_000  # characters: a writer's matter stands in the first pages

_HOST = r"[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){0,4}\.(?:co\.uk|com|org|net|shop|store|eu|uk|de)\b"
_URL = re.compile(r"\b(?:https?://|www\.)\S{1,2000}|\b" + _HOST + r"(?:/\S{0,2000})?", re.I)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_HANDLE = re.compile(r"(?<!\w)@\w{1,64}")

_NUMBER = r"\d[\d.,]{0,15}"
_UNIT = r"(?:euros?|eur|usd|gbp|aud|cad|pounds?|dollars?|quid|bucks|rupees|inr|kr|cents?|pence)"
_AMOUNT_AFTER = re.compile(rf"([£$€₹¥])\s?{_NUMBER}")
_AMOUNT_BEFORE = re.compile(rf"(?<![\w.,]){_NUMBER}\s?([£$€₹¥]|{_UNIT}\b)", re.I)
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d ()./-]{7,20}\d(?!\w)")
_WITH_DIGIT = re.compile(r"#?(?:[^\W\d_]{1,10}-)?[^\W\d_]{0,10}\d[\w/-]{0,60}")
_SMALL = re.compile(r"(\d{1,3})([a-z]{0,3})", re.I)

# A word with a capital, or of a script that has none; a word all in capitals is shouting.
_NAME = r"(?![A-Z']{2})[^\W\d_a-z][\w'.’-]{0,30}"
_NAMES = rf"{_NAME}(?:[ \t]{{1,2}}{_NAME}){{0,3}}"
_GREETING = re.compile(
    rf"^([ \t]*(?i:hi|hello|hey|dear|hiya|good (?:morning|afternoon|evening|day))[ \t]{{1,2}})"
    rf"({_NAMES})(?=[ \t]*[,!.:;–-]|[ \t]*$)",
    re.M,
)
_NOBODY = frozenset({"Sir", "Sirs", "Madam", "Team", "Customer", "Support", "Service", "All"})
_CLOSING = (
    r"(?i:(?:kind|best|warm|many)[ \t]?(?:regards|wishes|thanks)|regards|sincerely|faithfully|"
    r"thanks(?: again)?|thank you(?: (?:so|very) much)?|thx|cheers|love|best|respectfully)"
)
_SIGN_OFF = re.compile(rf"(\b{_CLOSING}[ \t]*[,.!:)-]?\s{{1,4}}){_NAMES}[ \t]*(?=\n|$)")
_LAST_LINE = re.compile(rf"(?<=\n)[ \t]*[-–~]{{0,2}}[ \t]?{_NAMES}\s*\Z")
_ATTRIBUTION = re.compile(r"^On [^\n]{1,120} wrote:[ \t]*$", re.M)
_SELF = re.compile(rf"\b((?i:my name is|my name's|name is|i am called) ){_NAMES}")
_CALLER = re.compile(
    rf"\b((?i:this is|it's|it is|it's only|i'm) ){_NAMES}(?=,? (?i:here|from|calling|again)\b)"
)


def mask(text: str) -> str:
    """The beginning of a text, each address, number and marked name replaced, and compatibility
    forms folded.

    Names are only seen where mail marks them: greeting, sign-off, last line, "my name is". One in
    the middle of a sentence is left to the vocabulary, which keeps no rare word.
    """
    text = mask_addresses(text)
    text = _GREETING.sub(_greeted, text)
    text = _SELF.sub(r"\1 _name_ ", text)
    text = _CALLER.sub(r"\1 _name_ ", text)
    text = _SIGN_OFF.sub(r"\1 _name_ ", text)
    text = _LAST_LINE.sub(" _name_ ", text)
    text = _AMOUNT_AFTER.sub(r" \1 _amount_ ", text)
    text = _AMOUNT_BEFORE.sub(r" _amount_ \1 ", text)
    text = _PHONE.sub(" _code_ ", text)
    return _WITH_DIGIT.sub(_number_or_code, text)


def mask_addresses(text: str) -> str:
    """The beginning of a text, its addresses, links and handles replaced, and the line that
    introduces a quotation taken out."""
    text = unicodedata.normalize("NFKC", text[:MUCH])[:MUCH].replace("_", " ").replace("’", "'")
    text = _ATTRIBUTION.sub(" ", text)
    text = _MAIL.sub(" _mail_ ", text)
    text = _URL.sub(" _url_ ", text)
    return _HANDLE.sub(" _handle_ ", text)


def _greeted(match: re.Match[str]) -> str:
    words = match[2].rstrip(".").split()
    return match[0] if words[0] in _NOBODY else f"{match[1]}_name_ "


def _number_or_code(match: re.Match[str]) -> str:
    small = _SMALL.fullmatch(match[0])
    return f" _number_ {small[2]} " if small else " _code_ "
