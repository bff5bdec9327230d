"""How each wish is named in a sentence, and by whom it would be done."""

from dataclasses import dataclass
from enum import StrEnum

from triage.facts.phrase import any_of
from triage.facts.wish import Wish


class Kind(StrEnum):
    """The part a wish plays in its sentence: a thing to get ("a refund"), something for the
    shop to do ("refund me") or to be done ("refunded"), something the writer would do ("return
    it"), either of both ("exchange it"), or a whole request ("where is my parcel")."""

    THING = "thing"
    DOING = "doing"
    DONE = "done"
    MINE = "mine"
    EITHER = "either"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class _Name:
    wish: Wish
    kind: Kind
    pattern: str


_SEND = (
    r"(?:(?:send|ship|post|mail|pop|dispatch|deliver|supply)(?:ing)? (?:(?:me|us|out|over|her|him"
    r"|along|on) ){0,2}|(?:get|getting|find|finding|give|giving|bring) (?:me|us) )"
)
# "A proper answer" is none of the goods.
_ANSWERS = (
    r"(?:written )?(?:answers?|repl(?:y|ies)|response|explanations?|apolog(?:y|ies)|refund|dates?"
    r"|updates?|reasons?|look|investigation|contact|tracking|confirmation|receipt|invoice|e-?mail)"
)
_NO_WORD = rf"(?!{_ANSWERS}\b)"
_NO_GOODS = (
    r"(?! (?:\w+ )?(?:e-?mails?|messages?|reminder|photos?|pictures?|links?|invoice|password"
    r"|driver|date|chance|code|label|quote|form|letter|time|day|reply|one elsewhere|receipt"
    r"|catalogue|brochure|price|version|estimate|appointment|slot|table|room|person|copy of"
    r"|contract|card|statement|bill|booking|engineer|man|team|address|details|info|information"
    r"|forms?|tracking)\b)"
)
_SUM = (
    r"(?:(?:[£$€₹] ?\d[\d.,]{0,15}|\d[\d.,]{0,15} ?(?:quid|pounds?|euros?|dollars?|bucks|usd|eur"
    r"|gbp|rupees|z[lł]oty|kroner|kronor|francs?|chf|rand|naira|[€£$₹])))"
)
_MY_ORDER = (
    r"(?:it|them|that|this|(?:my|our|the|this|that|these|those|both|all)(?: (?!is\b|was\b|and\b"
    r"|to\b)[\w'-]+){1,3}|both|everything|one)"
)
_SIZE = (
    r"(?:(?:a|an|the|one) )?(?:(?:different|larger|smaller|bigger|next|other)(?: (?:size|colou?r"
    r"|model|one|style|design))?|(?:small|medium|large|xl|x-large|size \w+|blue|red|green|black"
    r"|white|grey|gray|navy|pink|brown|yellow|cream)(?: one| size)?)"
)

_NAMES = (
    _Name(
        Wish.KEEP,
        Kind.THING,
        r"(?:partial refund|part(?:ial)?[- ]refund|(?:part|some) of (?:my|the) money"
        r"(?: back)?|(?:some|a bit"
        r"|a little|something|money|a few (?:pounds|dollars|quid)|\d+%"
        r"|\d+ percent) (?:of )?(?:money )?(?:knocked )?off(?: (?:the|it|them|for)\b|(?=[.!?,])"
        r"|$)|price reduction|reduction in (?:the )?price|a discount\b|discount (?:on (?:it|them"
        r"|this|these|the (?:price|bill))|for (?:the|this|it)))",
    ),
    _Name(
        Wish.REFUND,
        Kind.THING,
        rf"(?:(?:my |the |that )?{_SUM}(?: \w+){{0,3}} back|my {_SUM}(?=[.!?,]| )"
        r"|(?:all )?my money(?=[.!?,;\n]|$| now\b| immediately)|the money(?= (?:this time"
        r"|instead)|[.!?,;\n]|$)|return of (?:my |the )?money|refund|reimbursement"
        r"|money(?: \w+){0,2} (?:back|returned|refunded)|(?:deposit|difference|postage|payment"
        r"|fee|shipping) back|chargeback from you)\b(?! (?:policy|policies|terms))",
    ),
    _Name(
        Wish.REFUND,
        Kind.DOING,
        r"(?:(?<!a )(?<!the )(?<!full )(?<!my )refund(?:ing)?|reimburs(?:e|ing)) (?:me|us|it|them"
        r"|my|the|this|these|both|all|in full|half|her|him|[£$€\d])|(?:give|giving|pay|return"
        r"|transfer|send|put)(?:ing)? (?:me |us )?(?:back )?(?:all )?(?:of )?(?:my|our|the|his"
        rf"|her|this) (?:\w+ )?(?:money|cash|payment|difference|deposit|postage|{_SUM}"
        r"|n?\d[\d.,]+)(?!\w| off)|(?:give|giving|pay|paying) (?:me|us) back\b"
        r"|credit(?:ing)? (?:me|us|my (?:\w+ )?(?:card|account))\b",
    ),
    _Name(
        Wish.REFUND,
        Kind.DONE,
        r"(?:refunded|reimbursed|paid back)\b",
    ),
    _Name(
        Wish.EXCHANGE,
        Kind.DOING,
        rf"{_SEND}{_SIZE} (?:instead|in (?:its|their) place)",
    ),
    _Name(
        Wish.SEND_AGAIN,
        Kind.THING,
        r"(?:replacements?|new one|another one|another(?= or (?:a|my|the|money)\b)"
        r"|another \d[\d.,]*"
        r"|one that (?:works|is not|isn't)|(?:proper|fresh"
        rf"|working|\d new) {_NO_WORD}\w+|what (?:i|we) (?:actually )?(?:ordered|paid for)"
        r"|(?:the )?missing (?!you|out|from|in)[\w-]+|(?:right|correct) (?:one|ones|item|items"
        rf"|size|colou?r|order|product|thing|parts?))\b{_NO_GOODS}",
    ),
    _Name(
        Wish.SEND_AGAIN,
        Kind.DOING,
        rf"{_SEND}(?:another|one(?=[.!?,\n]|$| please)|correct\b|a (?:new|replacement|fresh|second"
        rf"|proper(?! (?:{_ANSWERS}))|working|correct\b|spare|complete|whole|undamaged)"
        r"|new (?:ones?)|the (?:missing"
        r"|right|correct|proper|rest|remaining|other|replacement|ones?\b)|(?:the"
        r"|my) [\w-]+ (?:that )?(?:i|we) (?:actually |really |have )?(?:ordered|paid)"
        r"|replacements?|what (?:i|we) (?:actually )?(?:ordered|paid)|(?:it|them|this|these"
        r"|the \w+|my \w+)(?: out)? again|again\b|my (?:missing|replacement|correct|right)\b"
        r"|(?:those|these|second|one (?:that|which|more)|(?:my|our) (?:order|parcel|package"
        r"|items?|goods|stuff)|the (?:one|two|three|four|lid|second|third) (?!back))\b)(?! back\b"
        rf"|[^.!?\n]{{1,20}} back\b){_NO_GOODS}|(?:make|making|turn|print|knit|bake|cut|sew"
        r"|do) (?:(?:me|us) )?(?:another|a new|a fresh|new) (?:ones?\b|set\b|(?=[.!?,]))"
        r"|re(?:print|make|do) (?:it|them|these|this|mine|the)\b|\bre-?(?:send|sending|ship"
        rf"|deliver|dispatch)\b(?! by (?:bank|paypal)){_NO_GOODS}|let (?:me|us) have (?:another"
        r"|a new|one(?=[.!?,]))|replac(?:e|ing) (?:it|them|this|these|the|my|both|all|one|two"
        r"|that)\b",
    ),
    _Name(
        Wish.SEND_AGAIN,
        Kind.DONE,
        r"(?:replaced|reprinted|remade|redone|sent (?:out )?again|re-?sent|re-?delivered)\b",
    ),
    _Name(
        Wish.EXCHANGE,
        Kind.THING,
        r"exchange\b(?! (?:rate|of|for (?:your|a review)|student|program|policy|e-?mails?))",
    ),
    _Name(
        Wish.EXCHANGE,
        Kind.EITHER,
        rf"(?:exchang|swap|chang)(?:e|ping|ing)? {_MY_ORDER} (?:over )?for (?:(?:a|an|the|another"
        rf"|one|size|something|some) )?|(?:exchang(?:e|ing)|swap(?:ping)?) {_MY_ORDER}\b"
        r"|(?:exchange|swap)(?=\?)",
    ),
    _Name(
        Wish.EXCHANGE,
        Kind.DONE,
        r"(?:exchanged|swapped)\b",
    ),
    _Name(
        Wish.CANCEL,
        Kind.EITHER,
        r"(?<!i'll )(?<!i will )cancel(?:l?ing)? (?:(?:order|item) \S+|it|them|this|that|these"
        r"|both|(?:my|our|the|this|that|all)(?: (?!plans?\b|trip|party|holiday|wedding"
        r"|event)[\w-]+)+?|everything|immediately|and (?:refund|get|have))\b|cancel(?=[.!?,;\n]|$"
        r"| please)",
    ),
    _Name(
        Wish.CANCEL,
        Kind.DONE,
        r"cancell?ed\b",
    ),
    _Name(
        Wish.CANCEL,
        Kind.THING,
        r"cancellation\b(?! (?:policy|fee|charge|terms|e-?mail|confirm|form|button|number))",
    ),
    _Name(
        Wish.KEEP,
        Kind.MINE,
        r"keep(?:ing)? (?:it|them|both|this|these|the (?!change|peace|faith)[\w-]+)\b(?! (?:in|at"
        r"|on|closed|open|running|working|to|safe|clean|short|simple|up|going|in mind|from|warm"
        r"|dry|brief|away|secret|for you))",
    ),
    _Name(
        Wish.RETURN,
        Kind.MINE,
        r"(?:return(?:ing)? (?:it|them|this|these|both|(?:the|my|this|these|one|an) (?!call"
        r"|favou?r|money|e-?mail|message|refund|visit)[\w-]+)|(?:send|give|bring|mail|ship"
        r"|post)(?:ing)? (?:it|them|this|these|both|(?:the|my|this|these)(?: [\w-]+){1,2}) back"
        r"|send(?:ing)? back (?:it|the|this|my|these)|returning it)\b(?! (?:\d"
        r"|[£$€]))(?! (?:to me|and forth))",
    ),
    _Name(
        Wish.RETURN,
        Kind.THING,
        r"(?:returns? (?:label|address|form|slip|postage)|return\b(?=[.!?,\n]|$| (?:please"
        r"|authori[sz]ation|of))|collection\b(?= (?:of|from|please)|[.!?,\n]))",
    ),
    _Name(
        Wish.RETURN,
        Kind.DONE,
        r"(?:collected|picked up)\b",
    ),
    _Name(
        Wish.RETURN,
        Kind.EITHER,
        r"take (?:it|them|this|these|the \w+) back\b",
    ),
    _Name(
        Wish.RETURN,
        Kind.DOING,
        r"(?:collect|pick up) (?:it|them)\b",
    ),
    _Name(
        Wish.REPAIR,
        Kind.THING,
        r"(?:repairs?|spare (?:parts?|(?!time|room|moment|minute|key|tyre|tire|no\b)[\w-]+))\b",
    ),
    _Name(
        Wish.REPAIR,
        Kind.DOING,
        rf"(?:repair|mend|re-?glue|re-?solder|re-?size|re-?stitch|re-?glaze)(?:ing)? {_MY_ORDER}\b",
    ),
    _Name(
        Wish.REPAIR,
        Kind.DONE,
        r"(?:repaired|mended|re-?glued|re-?soldered|re-?sized|re-?stitched)\b",
    ),
    _Name(
        Wish.ANSWER,
        Kind.THING,
        r"(?:explanation|answers?|update|news|reply|response|call(?:back)?(?: back)?|phone call"
        r"|word from you)\b",
    ),
    _Name(
        Wish.ANSWER,
        Kind.DOING,
        r"(?:explain|tell (?:me|us)|let (?:me|us) know|call (?:me|us)|ring (?:me|us)|phone (?:me"
        r"|us)|get back to (?:me|us)|contact (?:me|us)"
        r"|(?<!a )(?<!no )(?<!your )(?<!any )(?<!the )(?<!an )(?<!quick )(?<!of )(?:reply|respond"
        r"|answer)|advise|look into|find out|check|ask|chase|investigate|trace|update (?:me|us)"
        r"|confirm|keep (?:me|us) (?:posted|updated|informed))\b(?! (?:your (?:details|address"
        r"|account|payment)|my (?:subscription|attendance)|if you (?:need|want|have|would)"
        r"|if there|should you|when you (?:can|are free)))",
    ),
    _Name(
        Wish.ANSWER,
        Kind.REQUEST,
        r"(?<!know )(?<!knows )(?<!idea )(?<!see )(?<!me )where(?:'s| is| are|s) (?:my|our|the|it"
        r"|they|this)\b(?! (?:nearest|best|shop|store|money|refund))|(?:when (?:will|can|is"
        r"|are) (?:it|they|my [\w-]+|this|the [\w-]+) (?:be |going to )?(?:arriv|com|sent|ship"
        r"|deliver|here|turn|it|this|my|them|get))|\bwhen (?:can|should|may) (?:i"
        r"|we) expect (?:it|them|delivery|(?:my|the|our) (?:order|parcel|package|delivery|items?"
        r"|goods))\b|\bwhat(?:'s| is|s| has|'s been)? (?:happened|happening|going on"
        r"|went wrong)\b[^.!?\n]{0,40}\?|\bany (?:news|updates?|idea (?:when|where|what"
        r"|why))\b[^.!?\n]{0,40}\?|\bwhat (?:are you going to|will you|can you|do you intend to"
        r"|are you planning to) (?:do|offer)\b|\bwhat (?:do|would) you (?:propose|suggest|advise"
        r"|offer|recommend)\b|\bwhat (?:do|should|can|am) (?:i"
        r"|we) (?:supposed to )?do\b[^.!?\n]{0,30}\?|\bwhat is the procedure\b|\bi(?:'d"
        r"| would) (?:just |only |simply |really )?like to know\b|\bi (?:just |only |simply "
        r"|really )?(?:want|need) to know\b|\bwhat you (?:propose|intend to do|are going to do)\b"
        r"|\bwhen (?=(?:will|did|are|is|can) (?!you open|you be|the shop"
        r"|the sale)[^.!?\n]{3,60}\?)(?![^.!?\n]{0,60}\b(?:refund|money|replacement|back)\b)"
        r"|\bwhy (?:has|have|is|are|was|were|did|do|does|hasn't|haven't|isn't"
        r"|wasn't)\b[^.!?\n]{3,80}\?|\bis it (?:lost|on its way|coming)\b[^.!?\n]{0,20}\?",
    ),
)
# What is done goes first: "refund me" is no refund to get.
_IN_TURN = sorted(_NAMES, key=lambda each: each.kind is Kind.THING and each.wish is not Wish.KEEP)
GROUPS = {f"{each.wish.name}_{each.kind.name}": each for each in _IN_TURN}
NAMED = any_of(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{group}>{each.pattern})' for group, each in GROUPS.items())})"
)
