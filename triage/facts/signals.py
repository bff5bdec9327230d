"""What an owner wants to see beside a complaint: an angry tone, threats, a mail written again.

Told from plain English phrases. For the owner's eyes alone: no letter and no verdict hears of it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from triage.facts.said import BEFORE, any_of, flat, in_vain

_LONGEST = 40  # characters of a phrase that are shown
# Characters before and behind a phrase in which words turn its sense, and its mood.
_NEAR = 60
_MOOD = 30


class SignalKind(StrEnum):
    """What a phrase is a sign of."""

    ANGRY = "angry"  # shouting, insults, strong words
    CHARGEBACK = "chargeback"  # through the bank, the card or the marketplace
    LAWYER = "lawyer"  # or an authority: court, consumer protection, police
    REVIEW = "review"  # a bad one, or telling everybody
    REPEATED = "repeated"  # has written or called before, in vain


@dataclass(frozen=True, slots=True)
class Signal:
    """`phrase` is what gave it, in lower case but for shouting, at most 40 characters."""

    kind: SignalKind
    phrase: str


# A word between two that matter; "not" and its like would turn the sense.
_SOME = r"(?:(?!(?:not|never|no|\w{1,6}n't) )[\w']{1,12} )"
_WILL = r"(?:will|'ll|shall|going to|gonna|have to|forced to|must|about to|or i|or we|need to)"
_TIMES = r"(?:(?:two|three|four|five|six|several|many|\d{1,2}) times|twice|again and again)"
_NTH = r"(?:second|third|fourth|fifth|sixth|tenth|umpteenth|last|\d{1,2}(?:nd|rd|th))"

_CHEAT = (
    r"(?:scam(?:mers?|ming)?|fraud(?:sters?|ulent)?|rip[- ]?offs?|con artists?|crooks?|thief"
    r"|thieves|liars?|cheats|swindlers?|robbers?|robbery|theft|criminals?)"
)
_SHOP = r"(?:shop|company|site|website|business|service|whole thing)"
_ANGRY = any_of(
    r"\b(?:disgust(?:ing|ed)|disgrace(?:ful)?|unacceptable|appalling|appalled|outrageous|outraged"
    r"|shameful|livid|fuming|furious|infuriating|shambolic|shambles|pathetic|despicable|atrocious"
    r"|abysmal|incompeten(?:t|ce)|scandalous|bullshit|bollocks|wtf|ffs|pissed off|fed up)\b",
    r"\b(?:not|in no way|hardly) acceptable\b",
    r"\bf(?:uc|\*\*|\*c|u\*|--)k(?:ing|ed)?\b",
    r"\b(?:(?:this|it|that) is|(?:it|that)'s|how|just|getting|absolutely|utterly) ridiculous\b",
    rf"\b(?:terrible|awful|horrible|shocking|dreadful|useless|worst) (?:customer )?(?:{_SHOP}"
    r"|support|experience|seller|store)\b",
    r"\b(?:sick (?:and tired )?of|had enough of) (?:this|you|it|being|waiting|chasing|asking)",
    r"\b(?:losing my patience|(?:lost|out of) (?:all )?patience|patience (?:is|has) (?:run|gone))",
    r"\b(?:enough is enough|shame on you|how dare you|thanks for nothing|taking the (?:piss|mick)"
    r"|beyond a joke|what the hell|what a joke|waste of (?:my )?(?:money|time)"
    r"|is this how you (?:treat|run|do)|(?:you're|you are|stop|keep) lying)\b",
    rf"\bwhat (?:kind|sort) of (?:an? )?(?:{_SHOP}|people|customer)\b",
    rf"\bnever (?:ever )?(?:buy|order|shop|deal)(?:ing)? {_SOME}{{0,4}}again\b",
    rf"\byou(?: lot| people| guys)?(?:'re| are|) (?:all |just )?(?:an? )?(?:bunch of )?{_SOME}?"
    rf"(?:{_CHEAT}|idiots?|morons?|clowns?|amateurs?|useless)\b",
    rf"\b(?:this|it|which|{_SHOP})(?:'s| is| was) {_SOME}{{0,2}}{_CHEAT}\b",
    rf"\b(?:this|{_SHOP}|you)(?:'s| is| was|'re| are) (?:an? )?(?:\w{{1,10}} )?joke\b",
    rf"\b(?:total|absolute|complete|utter|such an?) (?:{_CHEAT}|joke|rubbish|farce)\b",
    r"\b(?:been|feel|felt|got) (?:\w{1,10} )?(?:scammed|ripped off|cheated|robbed|conned)\b",
    r"\b(?:you|your shop) (?:have |just )?(?:scammed|cheated|robbed|conned|lied to|ripped) ",
    r"(?:^|[.!?\n] ?)(?:scam|scammers|fraud|liars|thieves|rubbish|useless)[.!]",
)
# Three words in capitals or more. A word of talk among them tells shouting from a product's name.
_TALK = r"(?:I|I'M|I'VE|YOU|MY|ME|WE|THIS|IS|ARE|NOT|NEVER|WHERE|WHY|WHAT|HAVE|WANT|STILL|DON'T)"
_CAPS = r"[A-Z][A-Z']{0,15}"
_LOUD = any_of(
    rf"(?<![\w'])(?={_CAPS},? {_CAPS},? {_CAPS}(?![\w']))(?:{_CAPS},? ){{0,6}}{_TALK}"
    rf"(?:,? {_CAPS}){{0,6}}(?![\w'])",
    r"(?:[\w']{1,15},? ){0,3}[\w'-]{0,15} ?(?:[!?] ?){3}",
)

_COURIER = r"(?:courier|carrier|post|royal mail|insur|dhl|ups|evri|hermes|dpd|fedex|usps)"
_MARKET = r"(?:paypal|etsy|ebay|amazon|klarna|vinted)"
_BANK = (
    r"(?:(?:my|our|the) (?:bank|credit card(?: company| provider| issuer)?|card (?:company|issuer"
    rf"|provider)|visa|mastercard|amex|marketplace)|{_MARKET})\b"
    r"(?! (?:holiday|account|statement|details|transfer|app\b))"
)
_CHARGEBACK = any_of(
    r"\bcharg(?:e|ed|ing)[ -]?backs?\b",
    rf"\bdisput(?:e|ed|ing) (?:the|this|my|that|your) {_SOME}{{0,2}}(?:charge|payment|transaction"
    r"|purchase|order|sale)\b",
    rf"\bdisput(?:e|ed|ing) (?:it|this|that) (?:with|through|via|at) {_BANK}",
    rf"\b(?:card|payment|transaction|{_MARKET}) disputes?\b",
    rf"\b{_MARKET} (?:case|claim)\b",
    r"\b(?:open|rais|fil|start|lodg|submit)(?:t?ing|t?ed|e)? (?:a|an|another) "
    rf"{_SOME}{{0,2}}(?:case|dispute)\b(?! (?:of|for my|(?:with|against) (?:the )?{_COURIER}))",
    rf"\b(?:case|claim|dispute) {_SOME}{{0,2}}(?:with|against|on|through|via) (?:you\b|{_BANK})",
    rf"\b{_BANK}(?:'ll| will| can| is going to| to| has| should) {_SOME}{{0,2}}(?:claw|revers"
    r"|recall|refund|recover|claim|dispute)",
    rf"\b{_BANK}(?:'ll| will| can| is|'s) {_SOME}{{0,2}}(?:call it|take|pull|get|stop|dealing)\b",
    rf"\b(?:{_WILL}|i'?m|i am|(?:not|\w{{1,6}}n't) hesitate to) {_SOME}{{0,3}}"
    r"(?:(?:ask|contact|call|inform|tell)(?:ing)?|ring|involve|go to|go through|go via|speak to"
    rf"|speak with|talk to|turn to|take (?:it|this) (?:up )?(?:to|with)) {_BANK}"
    r"(?! (?:for|about|if|whether)\b)",
    rf"\bback {_SOME}{{0,2}}(?:through|from|via|with|by) {_BANK}",
    rf"\bclaw(?:ing|ed)? {_SOME}{{0,3}}back\b",
    rf"\breport(?:ed|ing)? (?:you|this|it|the shop|the seller|your \w{{1,12}}) to {_BANK}",
    r"\b(?:section 75|a-to-z claim|(?:buyer|purchase) protection|resolution cent(?:re|er))\b",
)

_LAWYERS = r"(?:solicitor|lawyer|attorney|barrister)s?\b"
_LAWYER = any_of(
    rf"\b(?:my|our|a|the) {_LAWYERS} (?:will|'ll|shall|is going to|has advise|advise|has written)"
    r"(?!\w? (?:\w{1,12} )?(?:love|like|collect|enjoy))",
    r"\b(?:contact|consult|instruct|involv|hir|engag|call|ring|phon|ask|speak to|speak with"
    r"|talk to|hear from|letter from|turn to|go to|see|(?:take|pass|hand) (?:this|it|the matter)"
    rf" (?:on |over )?to)(?:e|ed|ing)? (?:my|our|a|the|your) {_LAWYERS}(?! friend)",
    r"\blegal (?:action|proceedings|advice|steps?|claim|route|measures|consequences)\b",
    r"\bsmall claims?\b",
    r"\b(?:tak(?:e|ing)|se(?:e|ing)|drag) (?:you|this|it|the shop|your \w{1,12}) "
    rf"{_SOME}{{0,2}}(?:to|in|before) (?:the |a )?court\b",
    r"\b(?:go|going) to court\b",
    r"\b(?:i|we)(?: will| shall| can| could| am going to| have to|'ll|'m going to) sue\b",
    r"\bconsumer (?:protection|rights?|affairs|advice|association|cent(?:re|er)|council|forum"
    r"|commission|court|agency|organi[sz]ation|law|ombudsman|authorit(?:y|ies))\b",
    r"\b(?:trading standards|statutory rights|citizens'? advice|better business bureau|attorney"
    r" general|action fraud|ombuds(?:man|woman|person)|crime (?:reference|number)|police report"
    r"|county court|letter before (?:action|claim))\b",
    r"\b(?:report|go|going|call|contact|inform|involv|notif|tell)(?:ed|ing|e|y)? "
    rf"{_SOME}{{0,4}}the (?:police|authorities)\b",
)

_LEAVE = (
    r"(?:(?:leav(?:e|ing)|left|writ(?:e|ing)|wrote|post(?:ed|ing)?|giv(?:e|ing)|gave|put(?:ting)?"
    r"|publish(?:ed|ing)?|add(?:ing)?)(?! (?:me|us)\b)|you(?:'ll| will| are going to) get)"
)
_STARS = r"(?:one|1|zero|0)[- ]?stars?"
_BAD = (
    rf"(?:{_STARS}|bad|negative|terrible|awful|horrible|scathing|damning|poor|nasty|public"
    r"|(?:very|brutally) honest)"
)
_EVERYBODY = r"(?:everyone|everybody|others|other (?:people|customers|buyers)|(?:my )?friends)"
_REVIEW = any_of(
    rf"\b{_LEAVE} {_SOME}{{0,4}}{_BAD},? {_SOME}{{0,2}}(?:reviews?|ratings?|feedback)\b",
    rf"\b{_LEAVE} {_SOME}{{0,3}}{_STARS}(?![\w-])",
    rf"\b{_LEAVE} {_SOME}{{0,4}}reviews? (?:everywhere|wherever|accordingly|about (?:this|how))\b",
    r"\breview (?:you|this|it|your shop) (?:accordingly|everywhere)\b",
    rf"\b(?:{_WILL}|i'm|i am) {_SOME}{{0,2}}warn(?:ing)? (?:all )?{_EVERYBODY}\b",
    r"\b(?:name and shame|naming and shaming|go(?:ing)? (?:public|viral)|expose you)\b",
    r"\bgo(?:ing)? to the (?:press|papers|newspapers?|media)\b",
)
# With a kind word beside them these are praise.
_TELL = any_of(
    rf"\b(?:{_WILL}|i'?m|i am) {_SOME}{{0,4}}(?:tell|telling|let) {_SOME}{{0,3}}"
    rf"(?:{_EVERYBODY}|anyone|people|the (?:whole )?world)\b",
    rf"\b{_WILL} {_SOME}{{0,3}}(?:post|posting|share|sharing|put|publish|complain|write|review) "
    rf"{_SOME}{{0,6}}(?:facebook|instagram|twitter|tiktok|trustpilot|google|reddit|youtube|yelp"
    r"|social media|the internet|online)\b",
    rf"\b{_LEAVE} {_SOME}{{0,3}}(?:honest|truthful) (?:review|feedback)\b",
    r"\bmy review (?:will|is going to)\b",
)

_WROTE = r"(?:writ(?:e|ten)|wrote|e?-?mailed|called|asked|contacted|rung|rang|phoned|reminded)"
_CHASED = any_of(
    r"\bstill wait(?:ing)? (?:for|on) (?:an|a|your|any|some) (?:answer|reply|response)\b",
    rf"\b(?:{_NTH}|final|another) (?:and (?:last|final) )?(?:reminder|warning)\b",
    rf"\bfor the {_NTH} time\b",
    rf"\bthe {_NTH} time (?:now )?(?:that )?i (?:write|mail|e-mail|ask|call)\b",
    rf"\b(?:i|we)(?:'ve| have)? (?:already )?{_WROTE} {_SOME}{{0,4}}(?:already|{_TIMES})\b",
    rf"\bi(?:'ve| have)? already {_WROTE}(?: to)? you\b",
    rf"\b(?:i|we)(?:'ve| have)? (?:tried|chased) {_SOME}{{0,3}}(?:call|reach|contact|phone|you) "
    rf"{_SOME}{{0,2}}{_TIMES}\b",
    r"\bhow many (?:more )?times (?:must|do|should|have) i\b",
    r"\bagain and again (?:no|i|the same|without)\b",
    r"\b(?:chas(?:ed|ing) (?:you|this|it) up|being ignored|ignor(?:ed|ing) (?:me|us)|fobbed off)\b",
    r"\bfollow(?:ing)? up (?:on|to) my (?:previous |last |earlier |first )?(?:e-?mail|message)",
    r"\b(?:heard nothing|nothing heard|not heard|never heard|n't heard)(?: \w{1,10})? "
    r"(?:back|from you)\b",
)

# "No need for lawyers", "I am not going to open a case"; but "will not hesitate to" and "do not
# want to have to" are threats.
_DENIED = re.compile(
    r"(?:\b(?:no|not|never|without|nor|nothing|cannot)|n't)"
    r"(?: (?:need|reason|intention|plans?|wish|want|going|planning|thinking|about|to|of|for|in|an?"
    r"|any|the|my|be|been|do|am|really|at all|even|involve|call|contact|take|open|leave|write|post"
    r"|get|start|use|so|that|very|angry|or|think|believe|know|if|say|saying|mean)){0,6} $"
)
# Somebody else's, or only feared.
_ELSEWHERE = re.compile(
    r"\b(?:thought|worried|afraid|wonder(?:ed|ing)?|work(?:s|ed)? (?:for|at|in|with)"
    r"|(?:gift|present) for|another (?:shop|seller|company))(?: [\w']{1,12}){0,3} $"
)
_KIND = re.compile(
    r"(?<!not )(?<!n't )(?<!not very )(?<!not at all )(?<!not so )(?<!no )"
    r"(?:\b(?:thank|thx|cheers|lov(?:e(?! to\b)|ed|ing|ely)|great|gorgeous|beautiful|amazing"
    r"|awesome|fantastic|wonderful|perfect|brilliant|excellent|happy|excited|delighted|pleased"
    r"|pretty|cute|yay|wow|congrat|can't wait|recommend|stunning|thrilled|glowing|nice"
    r"|good(?! (?:morning|day|evening|afternoon))|kind(?! of)|lol\b|haha|(?:five|5)[- ]star)"
    r"|[:;]-?\)|😊|😍|❤)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?\n]")


def signals(text: str) -> tuple[Signal, ...]:
    """The signals of a text, one of a kind, in the order of the kinds. Its writer's own words: no
    quoted mail. Only the head of a text is read, and no phrase is without end: the time it takes is
    bounded."""
    text = flat(text).replace("’", "'")
    lower = text.lower()
    found = {
        SignalKind.ANGRY: _first(_ANGRY, lower) or _first(_LOUD, text, mild=True),
        SignalKind.CHARGEBACK: _first(_CHARGEBACK, lower),
        SignalKind.LAWYER: _first(_LAWYER, lower),
        SignalKind.REVIEW: _first(_REVIEW, lower) or _first(_TELL, lower, mild=True),
        SignalKind.REPEATED: in_vain(BEFORE, lower) or in_vain(_CHASED, lower),
    }
    return tuple(Signal(kind, _shown(phrase)) for kind, phrase in found.items() if phrase)


def _first(phrases: re.Pattern[str], text: str, *, mild: bool = False) -> str:
    """The first phrase that nothing before it denies, "" when there is none. A `mild` one may be
    meant kindly: it is not believed beside a kind word."""
    for found in phrases.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        after = _STOP.split(text[found.end() : found.end() + _NEAR], maxsplit=1)[0]
        if mild and _KIND.search(f"{before[-_MOOD:]}{found.group()}{after}"):
            continue
        if not (_DENIED.search(before) or _ELSEWHERE.search(before)):
            return found.group()
    return ""


def _shown(phrase: str) -> str:
    phrase = " ".join(phrase.split()).strip(" .,")
    return phrase if len(phrase) <= _LONGEST else f"{phrase[: _LONGEST - 1].rstrip()}…"
