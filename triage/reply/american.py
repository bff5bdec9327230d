"""British spellings and words, and what an American writes instead. Pure.

Closed lists, as wide as the letters of a shop are.
"""

import re

from triage.reply.phrase import Phrases

_IZE = (
    "apolog|author|capital|categor|critic|custom|econom|emphas|equal|familiar|final|general|initial"
    "|item|jeopard|maxim|memor|minim|modern|neutral|normal|optim|organ|penal|personal|priorit|real"
    "|recogn|scrutin|special|stabil|standard|steril|summar|sympath|util|visual"
)
_OR = (
    "arm|behavi|clam|col|discol|disfav|dishon|endeav|fav|flav|harb|hon|hum|lab|neighb|od|parl|rum"
    "|sav|splend|vap|vig"
)
_L = (
    "cancel|channel|dial|equal|fuel|jewel|label|level|marvel|model|panel|pencil|quarrel|relabel"
    "|signal|total|travel|unravel"
)
# Of a family of words one letter or two are another.
_SPELLINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), american)
    for pattern, american in (
        (rf"\b((?:re|un)?(?:{_IZE})i)s(?=(?:ed?|es|ers?|ing|able|ations?)\b)", r"\1z"),
        (r"\b((?:para|cata|ana)ly)s(?=(?:ed?|es|ing)\b)", r"\1z"),
        (rf"\b((?:{_OR})o)u(?=r(?:s|ed|ing|able|ably|ites?|hoods?|ly|ful|less|ers?|al)?\b)", r"\1"),
        (rf"\b((?:{_L}))l(?=(?:ed|ing|ings|ers?|ous|ously)\b)", r"\1"),
        (r"\bjewellery\b", "jewelry"),
        (r"\b(s?mo)u(?=ld(?:s|y|ed|ing|er|ering)?\b)", r"\1"),
        (r"\b((?:centi|milli|kilo)?met|lit|theat|cent|fib)re(?=s?\b)", r"\1er"),
        (r"\b((?:de|of)fen|licen)c(?=es?\b)", r"\1s"),
        (r"\b(practi)s(?=(?:e|ed|es|ing)\b)", r"\1c"),
        (r"\b(gr)e(?=y(?:s|er|ish)?\b)", r"\1a"),
        (r"\b(fulfil|instal|enrol)(?=(?:s|ments?)?\b)", r"\1l"),
        (r"\b(ski|wi)l(?=ful(?:ly)?\b)", r"\1ll"),
        (r"\b(wool)l(?=en\b)", r"\1"),
        (r"\b((?:to|after|for|back|up|down)ward)s\b", r"\1"),
        (r"\b(judg|acknowledg)e(?=ments?\b)", r"\1"),
        (r"\b(catalog|dialog)ue(?=s?\b)", r"\1"),
        (r"\bput(?=\s+(?:it|this|that|things|them|matters|everything)\s+right\b)", "make"),
        (r"\bputting(?=\s+(?:it|this|that|things|them|matters|everything)\s+right\b)", "making"),
    )
)
# A phrase that stays the same keeps a shorter one from it: "post".
_WORDS = Phrases(
    {
        "a fortnight": "two weeks",
        "ageing": "aging",
        "aluminium": "aluminum",
        "am ringing": "am calling",
        "amongst": "among",
        "any more": "anymore",
        "artefact": "artifact",
        "artefacts": "artifacts",
        "at the weekend": "on the weekend",
        "at weekends": "on weekends",
        "bank holiday": "public holiday",
        "bank holidays": "public holidays",
        "bring round": "bring over",
        "burnt": "burned",
        "car park": "parking lot",
        "cheque": "check",
        "cheques": "checks",
        "come round": "come over",
        "cosy": "cozy",
        "despatched": "shipped",
        "despatching": "shipping",
        "different to": "different from",
        "dispatched": "shipped",
        "dispatching": "shipping",
        "dreamt": "dreamed",
        "enquire": "inquire",
        "enquired": "inquired",
        "enquiries": "inquiries",
        "enquiring": "inquiring",
        "enquiry": "inquiry",
        "far it has got": "far it has gotten",
        "far it's got": "far it's gotten",
        "give me a ring": "give me a call",
        "go round": "go around",
        "had a look": "taken a look",
        "have a look": "take a look",
        "have got": "have",
        "have you got": "do you have",
        "having a look": "taking a look",
        "i shall": "I will",
        "i'll ring": "I'll call",
        "i'm ringing": "I'm calling",
        "i've got": "I have",
        "in future": "in the future",
        "it shall": "it will",
        "leant": "leaned",
        "learnt": "learned",
        "letterbox": "mailbox",
        "letterboxes": "mailboxes",
        "look round": "look around",
        "looked round": "looked around",
        "looking round": "looking around",
        "mobile number": "cell phone number",
        "mobile phone": "cell phone",
        "mum": "mom",
        "mums": "moms",
        "need not": "do not need to",
        "needn't": "don't need to",
        "on holiday": "on vacation",
        "parcel": "package",
        "parcels": "packages",
        "per cent": "percent",
        "post office": "post office",
        "post offices": "post offices",
        "post": "mail",
        "postcode": "zip code",
        "postcodes": "zip codes",
        "posted": "mailed",
        "posting": "mailing",
        "postman": "mail carrier",
        "programme": "program",
        "programmes": "programs",
        "pyjamas": "pajamas",
        "queue": "line",
        "rang the bell": "rang the bell",
        "rang the doorbell": "rang the doorbell",
        "rang": "called",
        "ring back": "call back",
        "ring me": "call me",
        "ring round": "call around",
        "ring the carrier": "call the carrier",
        "ring the courier": "call the courier",
        "ring them": "call them",
        "ring us": "call us",
        "ring you": "call you",
        "ringing me": "calling me",
        "ringing you": "calling you",
        "rubbish": "trash",
        "rung": "called",
        "sceptical": "skeptical",
        "smelt": "smelled",
        "spelt": "spelled",
        "spoilt": "spoiled",
        "straight away": "right away",
        "straightaway": "right away",
        "they shall": "they will",
        "turn round": "turn around",
        "turned round": "turned around",
        "tyre": "tire",
        "tyres": "tires",
        "whilst": "while",
        "will ring": "will call",
        "working day": "business day",
        "working days": "business days",
        "working week": "work week",
        "you shall": "you will",
    }
)


def american(text: str) -> str:
    """A text as an American writes it, blanks and line ends where they were."""
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return _WORDS.sub(text)
