"""The words of a form, an excuse, a rule and an empty promise, as patterns. English.

They read lower case, as those in `phrases` do.
"""

from collections.abc import Mapping

from triage.facts.phrase import Phrases, any_of
from triage.reply.courtesy.phrases import CARRIER, WE

_SORRY = r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies)|regret)\b"

# How a letter says that it is not known yet what happened.
STILL_LOOKING = any_of(
    r"\b(?:look|looking) into (?:it|this|that|the matter|what|why|your)\b",
    r"\b(?:find|finding) out (?:what|why|where|who|whether)\b",
    r"\binvestigat(?:e|ing)\b",
)

TONE: Mapping[str, Phrases] = {
    "excuse": any_of(
        r"\b(?:must|can only|could only|will) have (?:happened|occurred|got \w+|been \w+|broken"
        r"|come \w+) (?:in|during|on|after|with|by) (?:the |your )?"
        rf"(?:post|transit|shipping|shipment|way|delivery|mail|journey|{CARRIER})\b",
        r"\b(?:completely|perfectly|totally|entirely|quite) normal\b|\bnatural (?:material"
        r"|product)\b",
        r"\b(?:been|were) (?:badly )?let down\b|\b(?:not|n't) (?:really )?a (?:fault|defect) as"
        r" such\b",
        r"\blet (?:us|me) down\b",
        rf"\b{CARRIER} (?:has |have |had )?(?:really |badly )?(?:messed|screwed|mucked) (?:it "
        rf"|this )?"
        r"up\b",
        rf"\b{CARRIER}(?: (?:is|are)|'re) (?:useless|hopeless|terrible|to blame|a nightmare)\b",
        r"\bshort-?staffed\b|\bstaff(?:ing)? (?:shortages?|illness|sickness|problems|issues"
        r"|absence)",
        r"\b(?:illness|sickness|flu|covid)\b[^.?!]{0,25}\b(?:team|staff|workshop|office|family)\b",
        r"\b(?:off|home|out|been|was|were|is|are) (?:sick|ill|poorly)\b(?! (?:from|after|of))",
        r"\b(?:due|down|owing|thanks) to\b[^.?!]{0,40}\b(?:covid|brexit|pandemic|christmas"
        r"|holidays?"
        r"|festive|season|weather|snow|storms?|ice|strikes?|shortages?|illness|staff|demand"
        r"|volumes?"
        r"|supplier|supply|rush|circumstances|technical|system|customs|traffic|backlog)\b",
        r"\bbecause of\b[^.?!]{0,40}\b(?:covid|brexit|pandemic|christmas|holidays?|season|weather"
        r"|strikes?|shortages?|illness|staff|demand|volumes?|supplier|rush|backlog)\b",
        r"\b(?:busy|busiest|hectic|crazy|mad) (?:time|period|season|week|month|year)\b",
        r"\b(?:time of (?:the )?year|season|month|week) (?:is|was|has been) (?:always |just |so )?"
        r"(?:crazy|mad|busy|hectic|insane|manic)\b",
        r"\b(?:swamped|snowed under|inundated|run off (?:our|my) feet|up to (?:our|my) (?:eyes|ears"
        r"|necks?))\b|\boverwhelmed (?:with|by)\b|\bbacklog\b",
        rf"{WE}(?:'ve| have|'re| are|'m| am| were| was)(?: all)?(?: been)? (?:so |very |really "
        r"|extremely |incredibly |crazy |rather |just )?(?:busy|rushed)\b",
        r"\b(?:unusually|extremely|exceptionally|unexpectedly) (?:busy|high)\b|\bunprecedented\b",
        r"\bhigh (?:volumes?|demand|number of (?:orders|calls|emails|enquiries))\b"
        r"|\bpeak (?:season|period|time)\b|\b(?:christmas|holiday|festive) rush\b",
        r"\b(?:things|mistakes|accidents|breakages|delays|errors) (?:do |will |can |just "
        r"|sometimes )"
        r"?happen\b(?! again)|\bit happens\b|\bone of those (?:things|days|weeks)\b",
        r"\b(?:nobody|no one)(?:'s| is) perfect\b|\bonly human\b|\bbad luck\b",
        r"\bevery (?:shop|business|company|seller|store) (?:has|gets|makes)\b",
        r"\bcharm\b|\b(?:in )?the nature of (?:handmade|the|things|hand)\b",
        r"\bnormal (?:for|that)\b[^.?!]{0,40}\b(?:break|damage|delay|late|lost|vary|crack|leak"
        r"|fade)",
        r"\b(?:will|are) always (?:be )?(?:\w+ )?(?:damaged|lost|broken|late|delayed)\b",
        r"\b(?:only|just) (?:a (?:very )?small|one person|two people|a one-|me here|two of us)",
        r"\ba (?:very |tiny |really )?small (?:family |family-run |independent )?"
        r"(?:business|team|company|operation)\b",
        r"\bunforeseen\b|\bcircumstances\b",
        r"\b(?:technical|computer|system|software|website) (?:issues?|difficult\w+|problems?"
        r"|glitch\w*"
        r"|errors?|failures?)\b",
        r"\b(?:our|the|my) (?:printer|oven|kiln|machine|van|car|truck|computer|laptop|server"
        r"|website"
        r"|system|boiler|power|internet|laser) (?:broke|went|failed|crashed|was down|has been down|"
        r"died|packed up)\b",
        r"\bpower (?:cut|outage|failure)\b|\bknocked (?:out )?(?:our|the|my) power\b",
        r"\b(?:bad|severe|terrible|icy|heavy|awful|extreme|freezing) (?:weather|snow|rain"
        r"|winds?)\b",
        r"\b(?:storm|snow|flood|heatwave|hurricane|weather) (?:has |have |had )?(?:also"
        r" )?(?:knocked"
        r"|stopped|delayed|held|meant|closed|hit|made)\b|\bvery icy\b",
        r"\b(?:postal|port|rail|mail|courier|dock) strikes?\b|\bstrike action\b",
        r"\bsupply[- ]chain\b",
    ),
    "policy": any_of(
        r"\b(?:under|according to) (?:our|the|my) (?:terms|conditions|rules)\b|\brules are rules\b",
        r"\b(?:conditional|contingent|dependent) (?:up)?on\b|\bentitlements?\b|\binvalidat(?:e"
        r"|es|ed)\b",
        r"\bvoids? (?:the|your) (?:guarantee|warranty)\b",
        r"\b(?:our|my|the|shop|store|company|returns?|refund|exchange|shipping) "
        r"(?!insurance)(?:\w+ )?polic(?:y|ies)\b",
        r"\b(?:as )?per (?:our|the|my) (?:\w+ )?(?:terms|conditions|rules|polic)",
        r"\bterms and conditions\b|\bt&cs?\b|\bterms (?:apply|say|state|of (?:sale|service))",
        r"\bagainst (?:our|the|my) (?:rules|terms)\b|\b(?:our|my) (?:rules|terms) (?:say|are"
        r"|state)\b",
        r"\bas (?:(?:already|clearly|previously|was) )?(?:stated|mentioned|explained|advised"
        r"|outlined|indicated)\b",
        r"\b(?:stated|mentioned|written|explained)(?: quite)?(?: clearly)? (?:on|in|at) (?:the"
        r"|our|my)"
        r" (?:website|site|shop|listing|page|checkout|description|terms|item|product)",
        r"\bclearly (?:state[sd]?|say|says|mention(?:s|ed)?|written|labelled|labeled|marked)\b",
        r"\b(?:not|n't) (?:eligible|entitled|covered|qualify)\b|\bineligible\b|\bnon-?refundable\b",
        r"\bno (?:refunds?|returns?|exchanges?) (?:on|for|after|are|can|without|or)\b",
        rf"{WE}(?:'re| are|'m| am)? (?:do not|don't|cannot|can't|won't|unable to|not able to|simply"
        r" can't|simply cannot)(?: \w+){0,2} (?:refund|exchange|replace|resize|return)s?(?: for)? "
        r"(?:on |for )?(?:items|parcels|orders|every|any|products|goods|sale|custom|customers|\w+s"
        r" (?:free|that|which|after|once|without))",
        r"\b(?:must|have to|has to|need to) be (?:returned|made|submitted|reported|claimed"
        r"|received|unused|unopened)\b",
        r"\bsole discretion\b|\bgoodwill gesture\b|\bgesture of goodwill\b|\bwithout prejudice\b",
        r"\b(?:return|refund|claim|complaint)s? (?:window|period)\b",
    ),
    "hollow": any_of(
        r"\byour (?:opinion|feedback|views?) (?:matters?|counts?)\b|\bhow did we do\b",
        r"\bthank(?:s| you) for your (?:enquiry|inquiry|correspondence|communication)\b",
        r"\bunfortunately\b|\bregrettably\b",
        rf"{_SORRY}[^.?!\n]{{0,30}}\binconvenience",
        r"\bany inconvenience\b|\binconvenience (?:caused|this)\b",
        r"\b(?:dear|valued|esteemed) (?:valued )?(?:customer|client|buyer|shopper|guest)\b",
        r"\bto whom it may concern\b|\bsir (?:or|/) ?madam\b|\bsir/madam\b",
        r"\byour (?:satisfaction|feedback|business|opinion|custom) (?:is (?:very |really "
        r"|extremely )?"
        r"important|means)\b|\bwe (?:truly |really |greatly )?value (?:your|you|our)\b",
        r"\b(?:takes?|taking) (?:this|your|all|such|customer|every)\b[^.?!\n]{0,40}\bseriously\b",
        r"\bplease (?:do not|don't) hesitate\b|\bdo not hesitate\b|\brest assured\b"
        r"|\bplease (?:be (?:advised|informed|assured)|bear with|note that)\b",
        r"\bpatience and understanding\b|\byour understanding\b|\bthank(?:s| you) for"
        r" understanding\b",
        r"\breach(?:ing|ed)? out\b|\bpride (?:our|my)sel(?:f|ves)\b"
        r"|\b(?:usual|highest?|own) (?:\w+ )?standards\b",
        r"\bthank(?:s| you) for (?:contacting|choosing|shopping with)\b",
        r"\bhave received your (?:e-?mail|complaint|message|inquiry|enquiry|request"
        r"|correspondence)\b",
        r"\bat your earliest convenience\b|\bgoing forward\b|\bon this occasion\b"
        r"|\bat this (?:time|point in time)\b|\butmost\b|\bkindly (?:note|be|find)\b",
        r"\b(?:100 ?%|complete|full|total) (?:customer )?satisfaction\b",
    ),
    "case-number": any_of(
        r"\bticket,? ?#?\d+|\bquoting (?:the|your|this) \w+",
        r"\b(?:support|service|help ?desk) tickets?\b|\bticket (?:#|number|no\b|id\b|ref)",
        r"\b(?:open|opened|raise|raised|log|logged|create|created|closed?|updated?|submit"
        r"|submitted)"
        r" (?:a|the|your|this) (?:new |support )?(?:ticket|case)\b",
        r"\b(?:your|this) ticket(?: #?\d+)? (?:has been|is (?:now )?(?:closed|open|being|in))\b",
        r"\b(?:case|complaint|incident|enquiry|inquiry|request) (?:number|no\b\.?|id\b|#|reference|"
        r"ref)|\b(?:under|quote|quoting) (?:the |this |your )?(?:reference|case|ref)\b",
        r"\b(?:review|handl(?:e|ing)|assigned to|process(?:ing)?|regarding|investigat(?:e|ing)"
        r"|re-?open(?:ed)?|reviewing) your (?:case|claim|complaint|enquiry|request)\b",
        r"\b(?:case|complaint|query|enquiry|inquiry|request|concern)s? (?:has been|was|will be"
        r"|is being"
        r"|have been) (?:logged|registered|assigned|escalated|processed|received|forwarded|recorded"
        r"|closed|resolved|queued)\b",
        r"\bescalat(?:e|ed|ing|ion)\b",
    ),
    "cause-conceded": any_of(
        r"\b(?:our|my) (?:own )?(?:(?:careless|poor|bad|sloppy|terrible|stupid|silly) )?(?:fault"
        r"|mistake|error|carelessness|negligence|failure|oversight)\b",
        r"\b(?:our|my) (?:careless|poor|bad|sloppy|terrible|shoddy) \w+",
        r"\b(?:fault|mistake|error) (?:is|was) (?:entirely |all )?(?:ours|mine)\b",
        rf"{WE} (?:made a|messed up|got (?:it|this|that) wrong|failed|broke|lost|forgot|damaged"
        r"|packed (?:it|this|them) (?:badly|poorly|wrong))",
        r"\b(?:is|was|'s) (?:entirely |all |completely )?(?:on|down to) (?:us|me)\b",
        r"\bshould (?:never|not) have (?:happened|left|been sent|reached)\b",
    ),
    "no-term": any_of(
        r"\bas (?:quickly|fast|promptly) as (?:possible|(?:we|i) (?:can|possibly))\b|\bat some"
        r" stage\b",
        r"\b(?:when|once|after) (?:he|she|they)(?:'s| is| are|'re) back\b",
        rf"(?:{WE}|\byou|\bit|\bthey|\bback|\bthat|\border|\bparcel|\brefund|\bsomebody|\bsomeone)"
        r"(?:'ll| will| shall| can| could|'re going to| are going to|'m going to| hope to| aim to"
        r"| try to| be| get| hear|'d)\b(?:(?!\bwithin\b|\bdays?\b)[^.?!]){0,150}?"
        r"\b(?:soon(?! as (?:i|we|it|they|the|you) (?!can|possibl))|shortly|asap|as soon as"
        r" (?:possible"
        r"|(?:we|i) (?:can|possibly))|in due course|in the near future|before long"
        r"|at (?:the|our|my) earliest\b|when (?:we|i) (?:get|have|find) (?:a |the )?(?:chance|time"
        r"|moment|minute)|when(?:ever)? (?:it|they) (?:is|are)(?: \w+)? ready)\b",
        r"\bone of these days\b|\bat some point\b|\bin the (?:coming|next few) (?:days|weeks)\b",
    ),
}
