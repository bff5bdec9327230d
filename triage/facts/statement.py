"""How customers put it that they ordered, got, were promised or wrote something on a day."""

import re

from triage.facts.phrase import any_of

# Words that end what belongs to a verb: another clause, another purpose, another party.
_STOP = (
    r"(?:i|we|you|he|she|it|they|who|which|that|this|there|but|because|so|when|while|until|till|by"
    r"|before|after|since|for|to|with|without|if|as|than|on|not|never|no|nothing|\w{1,8}n['’]t|was"
    r"|were|is|are|be|been|will|would|should|could|can|may|might|did|do|does|has|have|had|about"
    r"|around|between|every|arriv\w*|came|come|deliver\w*|receiv\w*|got|sent|send|ship\w*"
    r"|dispatch\w*|promis\w*|said|told|called|rang|e-?mailed|wrote|returned|cancell?ed|refunded"
    r"|again|another|instead|elsewhere|similar|replacement|new|amazon|ebay|dated|tickets?|workshop"
    r"|class|course|event|concert|show|lesson|half|balance|rest|bill|invoice|customs|duty|vat|tax"
    r"|fee|deposit|subscription|from|at|in|through|via"
    r"|and(?! (?:paid|an?|the|one|two|three|four|five|six|some|\d+)\b))(?:['’]\w{1,3})?(?!\w)"
)
_FAMILY = (
    r"(?:wife|husband|partner|mum|mom|mother|dad|father|parents|son|daughter|sister|brother|friend"
    r"|gran|grandmother|grandfather|grandson|granddaughter|niece|nephew|aunt|uncle)"
)
_FILL = (
    r"(?: (?:(?:from|at|in|through|via|on) (?:you|your|the) (?:online )?"
    r"(?:shop|store|site|web ?site|stall)|(?:from|via|on|through|with) (?:you|etsy)"
    r"|(?:by|via|with|through) (?:my )?(?:credit card|debit card|card|paypal|bank transfer)"
    rf"|for (?:my|our) {_FAMILY}|(?!{_STOP})[^\s.!?;:()]{{1,25}}))"
)
_WORD = r"[^\s.!?;:()]{1,20}"
_ADVERB = r"(?: (?:have|had|also|first|originally|already|only|just|then|actually|even|finally))"
_I = rf"\b(?:i|we)(?:['’](?:ve|d))?{_ADVERB}{{0,2}}"
_ON = r"(?: (?:way )?back)?(?:,? on)?(?: the)? $"
_CLAUSE = r"(?:^|[.!?,;:(] ?|[–-] |\n)"

_BUY = (
    r"(?:ordered|bought|purchased|paid(?: for (?:it|this|them|these|my order|the order))?"
    r"|(?:placed|made|put in) (?:(?:an|my|our|the|this) (?:online )?order|a purchase"
    r"|order(?: number| no\.?)? #?[\w-]{0,12}\d))"
)
_IT = r"(?: (?:it|this|that|them|these|those|one))?"
_OLD = r"(?<!last )(?<!previous )(?<!earlier )(?<!other )(?<!next )(?<!first )(?<!second )"
_NUMBERED = r"(?:(?: number| no\.?| nr\.?| id)?:? ?#?[a-z]{0,6}-?\d[\w-]{0,20})?"

_GOODS = (
    r"(?:parcels?|packages?|packets?|order|box|delivery|items?|goods|products?|shipment|consignment"
    r"|stuff|things?|purchase|present|gift)"
)
_NOT_IT = r"(?!(?:first|second|third|other|next|last|previous|replacement|return|half|rest)\b)"
# The same words with something else: a mail that came, a friend who came.
_NO_GOODS = (
    rf"(?!(?:e-?mails?|messages?|letters?|mail|reply|answer|response|confirmation|notification"
    rf"|notice|invoice|receipt|refund|money|call|text|tracking|card|replacement|wrong|part|bill"
    rf"|{_FAMILY}|guests?|visitors?|friends|neighbours?|courier|driver|postman|man|men|police|van"
    rf"|engineer|plumber|baby|day|time|train|flight|plane|bus)\b){_NOT_IT}"
)
_THING = rf"(?: (?!{_STOP}|back\b){_NO_GOODS}\w{{1,20}}){{1,3}}"
_SUBJECT = (
    rf"(?<!of )(?<!half )\b(?:it|they|these|(?:the|my|our|your|this|that)(?: {_NOT_IT}\w{{1,15}})"
    rf"{{0,2}}? {_GOODS}{_NUMBERED})(?: (?:which|that))?"
)
_FINALLY = (
    r"(?: (?:has|have|had|finally|only|eventually|just|then|all|both|actually|safely|already)){0,3}"
)
_CAME = (
    r"(?:arrived|came|turned up|showed up|got here|(?:was|were|got) (?:finally |only |eventually )?"
    r"delivered|reached (?:me|us))(?! (?:back|apart|off|loose|undone|down|up|out|round)\b)"
)
# "I have got a wedding on Saturday": only what is known already can be got.
_GOT = (
    rf"(?:(?:received|got) (?:it|them|these|both|all|(?:the|my|our|your|this){_THING})"
    rf"|received (?:an?|one|two|three|some){_THING})(?! back)"
)

_MAIL = r"(?:e-?mail|message|letter|voicemail)"
_YOU = r"(?: (?:to )?(?:you|your (?:shop|team|support|customer service|office|company)))?"
_OF = rf"(?: (?:about|regarding|concerning)(?: (?:it|this|that))?{_FILL}{{0,5}})?"
_TOO = r"(?: (?:again|before|already|first|once|twice|too|also))?"
_WRITE = (
    rf"(?:(?:wrote|e-?mailed|messaged|contacted|rang|phoned|called|texted){_YOU}{_OF}{_TOO}{_OF}"
    rf"|complained{_YOU}{_OF}|(?:sent|left|wrote)(?: you)? (?:an?|my|this|another|the)"
    rf"(?: \w{{1,10}})? {_MAIL}(?: to you)?{_OF}|(?:spoke|talked) (?:to|with) you{_OF})"
)

_DELIVERED = (
    r"(?:arrived?|come|came|delivered|here|with (?:me|us)|turned? up|(?:get|got) here"
    r"|reach(?:ed)? (?:me|us))"
)
# What else is awaited, and who: "the engineer was supposed to come".
_NO_PARCEL = (
    r"(?!(?:i|we|you|he|she|who|someone|somebody|nobody|tech\w*|engineers?|courier|driver|guys?|man"
    r"|men|plumber|electrician|fitter|team|workers?|builders?|painter|cleaner|installer"
    r"|photographer|band|dj|van|colleague|answer|reply|response|refund|money|call|e-?mail|report"
    r"|results?|visit|replacement|credit|update|[£$€]\S*|not)\b)"
)
_WAS_TO = (
    rf"(?:\b{_NO_PARCEL}[\w'’-]{{1,25}},? |{_CLAUSE})(?:should(?: have|['’]ve)|ought to have"
    r"|(?:was|were) (?:supposed to|meant to|due to|going to|to))(?: have)?(?: been| be)?"
)
_BY = r"(?:,? (?:by|on|before|for|no later than|at the latest(?: by| on)?))?(?: the)? $"
_TERM = r" (?:by|before|for|no later than)(?: the)? $"
_WHAT = rf"(?: {_NO_PARCEL}{_WORD}){{0,8}}"
_WILL = (
    rf"(?:(?: {_WORD}){{0,4}}?(?: (?:would|will|should|to)|['’](?:d|ll)) (?:arrive|be here"
    rf"|be delivered|be with (?:me|us)|come|get here|reach (?:me|us))|:? delivery){_FILL}{{0,3}}"
    r" (?:by|on|before)(?: the)? $"
)
_THEY = (
    r"\b(?:you|they|your (?:\w{1,12} ){0,2}\w{1,12}|the (?:web ?site|site|shop|listing|page"
    rf"|checkout|confirmation|seller){_FILL}{{0,1}})"
    r"(?: (?:had|have|also|first|originally|even|clearly))?"
)
_EXPECTED = r"(?:expected|estimated|scheduled|guaranteed|promised)"
_PARCEL = r"\b(?:it|they|order|parcel|package|delivery)"

# What stands before a day, to its very beginning; lower case, as are the words behind.
PHRASES = {
    "ordered": any_of(
        rf"{_I} {_BUY}{_IT}{_FILL}{{0,8}}{_ON}",
        rf"{_CLAUSE}(?:ordered|bought|purchased|paid){_IT}{_FILL}{{0,4}}:?{_ON}",
        rf"\b(?:it|they|this|these) (?:was|were) (?:ordered|bought|purchased){_FILL}{{0,3}}{_ON}",
        r"\b(?:the|my|our|this|that)(?: \w{1,15}){1,3} (?:ordered|bought|purchased)"
        rf"(?: from you| from your \w{{1,12}})?{_ON}",
        rf"{_OLD}\border{_NUMBERED},? \(?(?:(?:which|that|was|is|has been|i|we) ){{0,2}}"
        rf"(?:placed(?: with you)?|made|dated|of|from|submitted)(?: by (?:me|us))?{_ON}",
        rf"{_OLD}\b(?:order|purchase) date(?: was| is)?:? $",
    ),
    "arrived": any_of(
        rf"{_SUBJECT}{_FINALLY} {_CAME}{_FILL}{{0,5}}{_ON}",
        rf"\b(?:the|my|our|your)(?: {_NO_GOODS}\w{{1,15}}){{1,3}}?"
        rf" (?:arrived|(?:was|were) delivered){_FILL}{{0,3}}{_ON}",
        rf"{_CLAUSE}(?:and )?(?:arrived|came){_FILL}{{0,2}}{_ON}",
        rf"{_I} {_GOT}{_FILL}{{0,3}}{_ON}",
        rf"{_CLAUSE}(?:received|got) (?:it|them|my order|the order|the parcel){_FILL}{{0,3}}{_ON}",
    ),
    "wrote": any_of(
        rf"{_I} {_WRITE}{_ON}",
        rf"{_CLAUSE}(?:e-?mailed|wrote|rang|phoned|called)(?: (?:to )?you){_OF}{_TOO}{_ON}",
        rf"\b(?:my|our)(?: (?:first|last|previous|earlier|own|original))? {_MAIL}(?: to you)?,?"
        rf" (?:of|from|dated|sent|sent to you){_ON}",
    ),
    # What was to be: the day has passed, if the words leave a choice.
    "due": any_of(
        rf"{_WAS_TO} {_DELIVERED}{_FILL}{{0,3}}{_BY}",
        rf"{_PARCEL} (?:was|were) (?:due|{_EXPECTED})(?: for delivery)?{_BY}",
        rf"\b(?:{_EXPECTED} (?:delivery|arrival)(?: date)?|delivery (?:date|day)) was{_BY}",
    ),
    "promised": any_of(
        rf"{_THEY} (?:promised|guaranteed|assured){_WHAT}{_TERM}",
        rf"{_THEY} (?:promised|said|says|say|told|wrote|confirmed|stated){_WILL}",
        rf"\b(?:i|we) (?:was|were) (?:promised|guaranteed){_WHAT}{_TERM}",
        rf"\b(?:i|we) (?:was|were) (?:promised|told|assured){_WILL}",
        rf"{_PARCEL} (?:is|are) (?:due|expected|scheduled){_BY}",
        rf"\b(?:{_EXPECTED} (?:delivery|arrival)(?: date)?|delivery date)(?: is| of)?:?{_BY}",
    ),
}
# The day first: "On 3 November I ordered". What stands before it, and behind it.
FIRST = re.compile(
    r"(?:^|[.!?,;:(–-] ?|\n|\b(?:and|but|so|then|that|because) )(?:(?:only|just|back) )?(?:on )?"
    r"(?:the )?$"
)
_AT = r"(?: (?:morning|evening|night))?,? "
THEN = {
    "ordered": re.compile(rf"{_AT}{_I} {_BUY}\b"),
    "arrived": re.compile(
        rf"{_AT}(?:{_SUBJECT}{_FINALLY} {_CAME}(?! to\b)|{_I} (?:received|got) (?:(?:it|them)"
        rf"(?! back)|(?:the|my|our|your) {_NO_GOODS}(?:\w{{1,15}} )?{_GOODS}))\b"
    ),
    "wrote": re.compile(
        rf"{_AT}{_I} (?:wrote|e-?mailed|messaged|contacted|rang|phoned|called) (?:to )?you\b"
    ),
}
