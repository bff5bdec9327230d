"""By which words a customer names what he asks for, and by which he asks or declines."""

import re
from enum import StrEnum

from triage.facts.phrase import any_of


class Wish(StrEnum):
    """What a customer can want of a shop. `SEND_AGAIN`: a replacement, the missing part, the right
    one. `EXCHANGE`: another size, colour or model in place of it. `ANSWER`: an explanation, news,
    a call. `KEEP`: to keep it, perhaps with something off the price.
    `REPAIR`: also a spare part."""

    REFUND = "refund"
    SEND_AGAIN = "send-again"
    EXCHANGE = "exchange"
    ANSWER = "answer"
    CANCEL = "cancel"
    KEEP = "keep"
    RETURN = "return"
    REPAIR = "repair"


# Tokens with the blank behind them: "just ", "a full ".
_ADVERB = (
    r"(?:(?:now|just|only|really|simply|still|also|rather|much|very|so|therefore|please|actually"
    r"|honestly|kindly|at least|would|will|do|should|shall|did|must|definitely|certainly|first"
    r"|either|strongly|hereby|formally|frankly|obviously|possibly|maybe|perhaps|then|all"
    r"|be able to|even|absolutely|personally|far|immediately|quickly|not|never|don't|dont|won't"
    r"|wouldn't|didn't|no longer) ){0,4}"
)
_OF = (
    r"(?:(?:my|our|his|her|a|an|the|some|any|full|complete|immediate|prompt|total|whole|entire"
    r"|proper|either|all|of|free|quick|new|another|simple|straight|swift|speedy|this|that|that's"
    r"|for|in) ){0,4}"
)
_WANT = r"(?:want|need|expect|demand|request|require|prefer|insist on|ask for|choose|deserve|wish)"
_TAKE = (
    r"(?:accept|take|have|settle for|opt for|go for|get|receive|see|claim|ask for|request|arrange"
    r"|be given|be sent|be offered|discuss|(?:be )?(?:happy|fine|ok|okay|content|satisfied|glad"
    r"|grateful) (?:with|for|to (?:accept|take|have|get)))"
)
_GIVE = (
    r"(?:give|send|issue|offer|arrange|process|provide|sort|sort out|organi[sz]e|make|do|get"
    r"|authori[sz]e|initiate|consider|ship|post|supply|confirm|approve|advise on|start)"
)
_TO_ME = r"(?:(?:me|us|for|out|over|with|about|her|him) ){0,2}"
_I = (
    r"(?<!\bif )(?<!\bwhen )(?<!\bcase )(?<!\bdo )(?<!\bshould )(?<!\bdid )(?<!\bwhether"
    r" )(?<!\bwould )\b(?:i|we)"
)
# "I'd like it", but not "I like it".
_I_WANT = (
    rf"{_I}(?:(?:'ll)? {_ADVERB}{_WANT}|(?:'d| would| should|d) {_ADVERB}(?:{_WANT}|like|love"
    r"|appreciate|welcome))"
)
_AM = r"(?:'m| am|'re| are|m) "
_CAN_YOU = (
    r"\b(?:can|could|would|will|can't|couldn't|won't) (?:you|u|ya|someone|somebody"
    r"|anyone)(?: guys)? (?:mind |be (?:so )?(?:kind|good)(?: enough)?(?: as)? to |be able to "
    r"|be willing to )?"
)
_PLEASE = r"(?:\bplease|\bkindly|\bpls|\bplz) (?:can you |could you |will you |would you )?"
_CAN_I = (
    r"\b(?:can|could|may|might|can't|couldn't|shall|how (?:do|can|should|would)|when (?:can|will"
    r"|do|should)|please can|please could|where do) (?:i|we) "
)
_BEGIN = r"(?:^|[.!?,;:\n(–-] ?|\b(?:and|or|then|so|just|otherwise|either|but) )"

# What stands before a thing that its writer asks for; "not" in it turns it round.
THING_WANTED = any_of(
    r"(?:^|[.!?;,\n] ?|\band |\bso )(?:just |really )?(?:want|need|would like|demand"
    rf"|wanting) {_OF}$",
    rf"{_I_WANT} (?:to {_TAKE} )?(?:you to {_GIVE} )?{_TO_ME}{_OF}$",
    rf"{_I}(?:'d|'ll| would| will| should| ought to| won't| wouldn't) {_ADVERB}{_TAKE} {_OF}$",
    rf"{_I}{_AM}{_ADVERB}(?:asking(?: you)? for|requesting|demanding|after|looking for|wanting"
    r"|looking to (?:get|have)|hoping (?:for|to (?:get|have))|entitled to|expecting|owed|due"
    r"|claiming|insisting on|seeking|(?:writing|e-?mailing) to (?:request|ask(?: you)? for|demand"
    rf"|claim|get)|interested in|bothered about|fussed about) {_OF}$",
    rf"\b(?:all|what) (?:i|we)(?:'d)? (?:{_ADVERB}){_WANT} (?:now )?is {_OF}$",
    rf"\b(?:entitled to|in favour of|my preference (?:is|would be)(?: for)?) {_OF}$",
)
# The same in words that are also told of the past: "I asked, could I have".
THING_ASKED = any_of(
    rf"{_CAN_I}{_ADVERB}{_TAKE} {_OF}$",
    rf"{_CAN_YOU}{_ADVERB}{_GIVE} {_TO_ME}{_OF}$",
    rf"{_PLEASE}{_ADVERB}{_GIVE} {_TO_ME}{_OF}$",
    rf"{_BEGIN}{_GIVE} (?:me|us) {_OF}$",
    rf"\b(?:unless|until|if) (?:i (?:get|receive|have)|you (?:give|send|issue)(?: me)?) {_OF}$",
    rf"{_PLEASE}{_OF}$",
    rf"\bhow about {_OF}$",
    rf"\b(?:do (?:i|we) get|any chance of|chance of getting) {_OF}$",
    # "Ring or refund by Saturday", but not "no answer or refund".
    rf"^(?!.*\b(?:no|not|never|without|nor|refus\w+|either)\b|.*n't).*\bor {_OF}$",
    rf"\b(?:request|asking|ask|application) for {_OF}$",
)
_NICE = (
    r"(?:nice|fine|good|great|lovely|ideal|best|better|perfect|appreciated|welcome|fair|helpful"
    r"|acceptable|ok|okay|enough|sufficient|wonderful|the (?:best|right|least|fair|easiest)"
    r"|in order|much|very|more|most|greatly|my prefer|preferable|preferred|brilliant|useful|kind)"
)
# What stands behind it.
THING_WANTED_BEHIND = any_of(
    r"^(?: (?:for|of|to|on) [^.!?,\n]{1,40}?| in full| instead| either| then)?(?:,? (?:please"
    rf"|pls|plz|asap)\b| now\b[.!,]| (?:would|will|'d) (?:also )?(?:be {_NICE}|do\b|suit|help"
    r"|work)| is (?:all i|what i|what we|the least|the only|fine|ok|okay|due|in order|required"
    r"|needed|requested)\b)",
    r"^ (?:required|needed|wanted|demanded|requested|request\b(?! \"?(?:rejected|denied|declined"
    r"|refused|closed|was|is|has|keeps|got)))\b",
)
_NO_USE = (
    r"(?:of )?(?:no (?:use|good|help|earthly|value)|not (?:needed|necessary|required|what (?:i"
    r"|we)|wanted|an option|acceptable|any (?:use|good)|going to (?:help|be|work)|in time"
    r"|something (?:i|we)|possible now|the answer)|pointless|useless|too late|out of the question"
    r"|not my|a waste)"
)
THING_UNWANTED_BEHIND = any_of(
    r"^(?: [\w']+){0,4}? (?:(?:is|are|would be|will be|isn't|won't be|wouldn't be|'s"
    rf"|seems)(?: now| just| really| frankly)? {_NO_USE}|(?:isn't|wouldn't be|won't be) (?:any"
    r"|needed|necessary|required|what|an option|acceptable|in time|much use)|(?:won't|will not"
    r"|wouldn't|would not|doesn't|does not|isn't going to|cannot|can't"
    r"|can not) (?:really )?(?:help|do\b|work|be (?:of )?(?:any |much )?(?:use|good|in time|here"
    r"|needed|necessary)|arrive|get here|come|replace|bring|undo|solve|cut it|suffice|make up"
    r"|change))",
    r"^(?: [\w']+){0,2}? (?:comes|arrives|would (?:come|arrive)) too late",
    r"^ (?:not (?:needed|necessary|required|wanted)|unnecessary)\b",
)
THING_UNWANTED = any_of(
    r"\b(?:rather than|instead of|not (?:after|looking for|asking for|interested in)"
    r"|no need (?:for|of|to (?:send|give|offer)(?: me)?)|no (?:use|interest) (?:for|in)"
    r"|never mind|forget|(?:don't|do not|dont) (?:send|offer|bother|want|need|give|give me"
    r"|send me|offer me|bother with|bother sending)|what use is|what good is|(?:what (?:would"
    r"|am) i (?:going to )?do with)|too late for|no point in|\b(?:i|we)(?:'d|'ll| will"
    r"| would)? (?:\w+ )?(?:decline|refuse)) (?:me |getting |having |receiving |offering "
    rf"|sending )?{_OF}$",
    r"(?:^|[,;:–-] ?|\band |\bbut |\bplease )not (?:for )?(?:a|an|my|another|any|the) (?:full "
    r"|new )?$",
)
# "You sent a voucher instead of a refund": that is no word against refunds.
THEIR_DOING = any_of(
    r"\b(?:you|they|he|she|shop)(?:'ve| have| had|'re| are)? (?:only |just )?(?:sent|gave|given"
    r"|offered|issued|offering|sending|giving)\b[^.!?]{0,60}$",
    r"\b(?:says|shows|got|received|took|charged)\b[^.!?]{0,60}$",
)
AWAITED = any_of(
    r"\b(?:still (?:no|waiting|awaiting|not (?:had|got|received|seen|been (?:given|sent)))(?: for"
    r"| on| sign of)?|(?:waiting|waited|(?<!cannot )(?<!can't )wait) (?:[\w']+ ){0,4}(?:for|on)"
    r"|awaiting|(?<!know )(?:where|when)(?:'s| is| are|s)|(?:haven't|have not|has not|hasn't"
    r"|never|didn't|did not|not) (?:yet |even |still )?(?:had|got|gotten|get|received|receive"
    r"|seen|been given|been sent)|no sign of|chasing(?: up)?|when (?:will|can|do|am"
    rf"|shall) i (?:get|receive|getting|expect|going to get|have|see|be given)) {_OF}$",
)
AWAITED_BEHIND = any_of(
    r"^ (?:still )?(?:(?:has|have|is|was)(?:n't| not| never)|never|not) (?:yet |been "
    r"|actually )*(?:come|came|arrived|paid|processed|made|sent|issued|credited|appeared|shown"
    r"|received|here|there)\b",
    r"^ is (?:now )?(?:overdue|late|outstanding)\b",
    r"^ yet\b",
)
# "I asked for a refund" is a wish while nothing has come of it.
PAST = any_of(
    r"\b(?:asked|requested|demanded|promised|claimed|applied for|told|offered|agreed|assured|said"
    r"|wrote (?:to )?(?:ask|request)|wanted|begged|supposed to (?:get|be"
    r"|send))\b[^.!?\n]{0,50}$"
)
OWN_PAST = any_of(
    r"\b(?:(?:i|we)(?:'ve| have)? (?:\w+ )?(?:asked|requested|demanded|claimed|applied)|(?:was"
    r"|were|been|you) (?:promised|told|assured))\b[^.!?\n]{0,50}$"
)
STILL_NOTHING = any_of(
    r"\bstill (?:nothing|waiting|no |not )|\bno (?:answer|reply|response|news)\b|\b(?:heard|had"
    r"|got|seen) nothing\b|\bnothing (?:since|yet|so far|has|happen|came|else)|\bignored?\b"
    r"|\b(?:haven't|have not|not) (?:heard|had|received|got)\b|\band nothing\b"
)

# "Please stop this and refund me", "could you mend it or send another".
JOINED = any_of(
    rf"(?:{_CAN_YOU}|{_PLEASE})(?![^.!?\n]*(?:n't|\bnot|\bnever)\b)[^.!?\n]{{1,40}} (?:and|or) $"
)

# What stands before a doing of the shop's: "please ", "I expect you to ".
DOING_WANTED = any_of(
    rf"(?:{_I_WANT}|{_I} {_ADVERB}(?:ask|hope|trust|suggest))(?: it if)?(?: that)? (?:you|someone"
    r"|the shop)(?: to| will| would| can| could|'ll|'d)? (?:please |just |either |kindly )?$",
    rf"{_I}{_AM}{_ADVERB}(?:asking|requesting|expecting|demanding|hoping)(?: that)? you(?: to"
    r"| will| would| can|'ll)? (?:please |just )?$",
    rf"{_I_WANT} to (?:please |just )?$",
    r"\b(?:grateful|great|good|nice|lovely|helpful|glad|happy|kind) if you (?:could|would"
    r"|can) (?:please |just |either |kindly )?$",
)
DOING_ASKED = any_of(
    rf"{_CAN_YOU}{_ADVERB}$",
    rf"{_PLEASE}{_ADVERB}$",
    r"\b(?:are you able|is it possible|would it be possible|is there (?:a"
    r"|any) way) to (?:please )?$",
    rf"\byou (?:{_ADVERB})(?:should|must|need to|have to|ought to|had better|could|can) (?:just "
    r"|at least |please |also |either )?$",
    r"\b(?:when|how soon) (?:will|can|are|would) you (?:going to )?$",
    rf"{_CAN_I}{_ADVERB}$",
    r"\bjust $",
)
# An order at the beginning of a sentence, or behind a condition.
DOING_TOLD = any_of(
    r"(?:^|[.!?;:\n–-] ?|, (?:so|then|please|just|or|otherwise) |\b(?:otherwise|either|so"
    r"|then) )$",
    r"\bif (?:it|they|you|that|this|not|there|we)\b[^.!?\n]{4,60}(?:,|\b(?!you|i|we|they|to"
    r"|would|could|will|can't|cannot|not|can|don't|didn't|or|and)\w+) $",
    r"\bif (?:it|they|this|that|not|there)\b[^.!?\n]{4,60} (?:and|or) $",
    r"(?:^|[.!?;:\n] ?)either [^.!?\n]{2,70} or $",
)
DOING_UNWANTED = any_of(
    r"(?:^|[.!?;:,\n(–-] ?|\b(?:please|pls|kindly|so|and|but) )(?:do not|don't|dont"
    r"|never) (?:you |please |bother |just |even |bothering |try to |offer to |now ){0,2}$",
    r"\b(?:no need (?:for you )?to|needn't|need not|rather than|instead of|(?:rather"
    r"|prefer) you (?:didn't|did not)|no (?:use|point)(?: in)?(?: you(?:r)?)?|pointless(?: to)?"
    r"|too late to|not worth|(?:don't|do not) want you to) (?:bother |just |even |bothering "
    r"|trying to |now )?$",
)

TOLD_BEHIND = re.compile(r",? (?:please|pls|plz|now|asap|immediately)\b")
CLAUSE = re.compile(r"(?:^|[.!?,;:\n] ?|\b(?:and|or|so|just|then) )$")

# "I want it cancelled", "can they be replaced".
DONE_WANTED = any_of(
    rf"{_I_WANT} (?:to (?:be|have|see) |to get )?(?:(?!and\b|but\b|was\b|were\b|is\b"
    r"|as\b)[\w']+ ){0,5}(?:to be |be )?(?:fully )?$",
    rf"{_I} (?:should|must|ought to|need to|have to) be (?:fully )?$",
)
DONE_ASKED = any_of(
    r"\b(?:can|could|may) (?:it|they|this|these|that|we|i|my \w+|the \w+) (?:please )?(?:be"
    r"|have (?:it|them|this|these|(?:my|the) \w+)|get (?:it|them|this|(?:my|the) \w+)) (?:please "
    r"|fully )?$",
    rf"{_PLEASE}(?:have|get) (?:it|them|this|these|(?:my|the) \w+) $",
)

# What the writer would do himself: "I would like to ", "how do I ".
MINE_WANTED = any_of(
    r"(?:^|[.!?;,\n] ?)(?:just |really )?(?:want|need|would like|wish|looking|trying|hoping"
    r"|wanting) to $",
    rf"(?:{_I_WANT}|{_I} {_ADVERB}(?:intend|plan|hope|propose|have)) to (?:just |please "
    r"|be able to )?$",
    rf"{_I}(?:'d|'ll| will| would)? (?:{_ADVERB})(?:rather|probably|happily|gladly"
    r"|(?:be )?(?:happy|glad|prepared|willing) to) (?:just )?$",
    rf"{_I}{_AM}{_ADVERB}(?:going|hoping|looking|planning|wanting|trying|prepared|willing|happy"
    r"|writing) to $",
    rf"{_I}(?:'ll| will| won't| would|'d) {_ADVERB}$",
    r"\b(?:all|what) (?:i|we)(?:'d| would)? (?:\w{1,8} )?(?:want|need|like|ask)(?: now)? is to $",
)
MINE_ASKED = any_of(
    rf"{_CAN_I}(?:go about |please |just |now |arrange to |still )?$",
    r"\b(?:how|where) to $",
    r"\b(?:maybe|perhaps|wondered if|wonder if|wondering if|hoped|hoping) (?:i|we) (?:could|can"
    r"|might) (?:just )?$",
    r"\b(?:am i able|are we able|is it possible|would it be possible) to (?:please |still )?$",
)
MINE_UNWANTED = any_of(
    r"\b(?:why should (?:i|we)(?: have to)?|without (?:me )?having to|i(?:'d| would) rather not"
    r"|i refuse to|i shouldn't have to|i should not have to|rather than|instead of|not paying to"
    r"|no intention of|can't be bothered to|too heavy to|(?:won't|not) be) $"
)
# Behind anything: a question about rules before anything has happened.
POLICY = any_of(
    r"^[^.!?\n]{0,30}?\b(?:if|in case|should) (?:it|they|she|he|i|we|my \w+|the \w+) (?:doesn't"
    r"|don't|do not|does not|is too|are too|isn't|aren't|changes?|dislikes?|not|didn't|turns?"
    r"|shouldn't)(?! (?:here|arrive|come|turn up|show|get|sent|delivered|with|know|receive"
    r"|hear))\b",
    r"^ (?:policy|policies|terms|period|process work|window|rules?|button|page|form)\b",
)
