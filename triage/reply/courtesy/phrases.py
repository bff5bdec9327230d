"""The words that hurt, as patterns. English.

They read lower case, which takes half the time of `re.IGNORECASE`, with straight apostrophes and a
line a paragraph.

Where a pattern looks finer than it might, a good letter says the coarser one: "you should not have
had to ask twice", "I'm sorry to keep you waiting, but I will not forget you".
"""

from collections.abc import Mapping

from triage.facts.phrase import Phrases, any_of

_SORRY = r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies)|regret)\b"
WE = r"\b(?:we|i)"
CARRIER = (
    r"(?:couriers?|carriers?|drivers?|post(?:man| office)?|suppliers?|manufacturers?|printers?"
    r"|royal mail|usps|ups|fedex|dhl|evri|dpd|hermes|yodel|parcelforce)"
)
_ELSEWHERE = (
    rf"(?:{CARRIER}|accounts|sales|head office|warehouse|support|(?:\w+ )?(?:department|team)"
    r"|customer (?:service|support|care)s?|bank|card company|platform|etsy|ebay|amazon)"
)
_WORN = (
    r"(?:read|checked|asked|told|measured|ordered|looked|known|noticed|contacted|chosen|kept|let"
    r"|used|followed|said|given|opened|informed|written|waited|provided|reali[sz]ed|washed|sent"
    r"|returned|thought|taken|picked|called|emailed|mailed|entered|selected|paid (?:more"
    r" )?attention"
    r"|been (?:more|home|clear|careful|at home))"
)
_DONE = (
    r"(?:dropped|washed|used|mis\w+|missed|overlooked|deleted|entered|typed|put|left|damaged|broken"
    r"|worn|knocked|opened|ordered|forgotten|done|thrown|handled|stored|set|plugged)"
)

PHRASES: Mapping[str, Phrases] = {
    "defensive": any_of(
        r"\bas far as (?:we|i)(?:'re| are|'m| am) concerned\b",
        r"\b(?:we|i)(?:'ve| have) done (?:our|my) (?:part|bit|job|best)\b",
        r"\b(?:scanner|gps|photo|tracking|signature|records?) (?:\w+ ){0,2}proves?\b",
        r"(?:n't| not) (?:our|my) (?:fault|mistake|doing|error)\b",
        r"\bno fault of (?:ours|mine|our own|my own)\b",
        r"(?<!you are )(?<!you're )\b(?:not|no(?:t)? be|n't be) (?:held )?"
        r"(?:responsible|liable|accountable)\b",
        r"\b(?:accept|take) no (?:responsibility|liability)\b",
        r"(?:n't|not|unable to) (?:accept|take) (?:any |the )?(?:responsibility|liability|blame)\b",
        r"\b(?:out of|beyond|outside) (?:of )?(?:our|my) (?:control|hands|power)\b",
        rf"{WE} (?:do|did|have done) (?:everything|all|nothing)(?: that)? "
        r"(?:(?:we|i) (?:can|could|should)|right|correctly|wrong|by the book)\b",
        r"\b(?:nothing|not much|little) (?:more |else |further )?(?:that )?(?:we|i) can do\b",
        r"\bto be (?:(?:perfectly|completely|quite) )?(?:fair|honest|frank|blunt)\b",
        r"\bin (?:all )?(?:fairness|honesty)\b(?! to you)|\bwith (?:all )?due respect\b",
        r"\bin (?:our|my) defen[cs]e\b",
        r"\b(?:you (?:must|have to|need to)|please) (?:understand|appreciate|reali[sz]e)\b",
        r"\bhope (?:that )?you (?:can |will |do )?(?:understand|appreciate) (?:our|my|that|how)\b",
        r"\bnothing(?: is| was|'s)? wrong with (?:how(?! you)|our|my|the(?! way you)|it|that"
        r"|this)\b",
        r"\b(?:fine|perfect|intact|undamaged|good|complete|working|working order|condition)"
        r" when (?:it|they) (?:left|was|were|went)\b",
        r"\b(?:fine|perfect|intact|undamaged|working) when (?:we|i) (?:sent|shipped|posted|packed"
        r"|handed)\b",
        r"\b(?:we|i) always (?:pack|wrap|check|inspect|test|take)\w*\b[^.?!]{0,30}\b(?:care"
        r"|carefully"
        r"|thoroughly|every|each|before)\b",
        r"\b(?:great|utmost|every|the greatest) care (?:is|was)\b"
        r"|\b(?:we|i) (?:always )?take (?:the )?(?:great|utmost|every|the greatest) care\b",
        r"\b(?:records?|systems?|tracking|it|website|courier|carrier)"
        r"(?: clearly| quite clearly)? (?:shows?|says?|states?|confirms?|indicates?)\b[^.?!]{0,60}"
        r"\b(?:delivered|signed for|received|accepted)\b[^.?!]{0,60}"
        r"(?:\b(?:so|therefore|which means|meaning) (?:somebody|someone|it must|you must|we"
        r" (?:can|are))"
        r"|\bmust (?:have|be)\b)",
        r"\b(?:you|somebody|someone|one of you)\b[^.?!]{0,25} must have (?:it\b|received|taken"
        r"|signed|got it)",
        r"\b(?:isn't|is not|not|hardly) the end of the world\b",
        r"\b(?:it's|it is|is) (?:only|just) (?:a (?:small|tiny|little|minor)|one)\b",
        r"\b(?:hardly|barely) (?:noticeable|visible)\b|\bfrom a normal distance\b",
        r"\bfind (?:it|that|this) hard to believe\b|\bfrankly\b",
    ),
    "blaming": any_of(
        r"\bif you(?:'d| had) (?:only |just |first )?(?!need|want|hop|prefer|lik|plan|intend"
        r"|expect)\w+ed\b",
        r"\b(?:before|without) even \w+ing (?:me|us)\b|\bfirst (?:i|we)(?:'ve| have) heard of\b",
        r"\bonly (?:now )?(?:decided?|chose|choose) to\b",
        r"\byou (?:should|ought to|could)(?:n't| not)?(?: really| just| simply| also| at least"
        rf"| perhaps)? have {_WORN}\b",
        r"\byou (?:have |'ve )?(?:failed|forgot|forgotten|neglected|omitted|refused) to\b",
        r"(?<!if )\byou (?:didn't|did not|never) (?:actually |even |fully )?"
        r"(?:g[ia]ve|given|provided?|enter|entered|read|t[eo]ll?d?|check(?:ed)?|measured?"
        r"|follow(?:ed)?|let|included?|mention(?:ed)?|repl(?:y|ied)|respond(?:ed)?|answer(?:ed)?"
        r"|specif(?:y|ied)|cho(?:o?se|sen)|bother(?:ed)?|contact(?:ed)?)\b",
        r"\byou (?:gave|provided|entered|typed|put|chose|selected|picked|ordered|left)\b"
        r"[^.?!]{0,15}\b(?:wrong|incorrect|incomplete|cheapest|cheaper|bad)\b",
        r"\byou (?:\w+ )?(?:gave|provided|entered|typed|chose|selected|picked|ordered|measured"
        r"|approved|confirmed|agreed)\b[^.?!]{0,40}\byourself\b",
        r"\byou (?:claim|allege|insist|pretend)(?:ed|ing)?\b|\byour (?:allegation|claims? that)\b",
        r"(?<!not )(?<!n't )(?<!none of )\byour (?:own )?(?:mistake|error|fault|misunderstanding"
        r"|negligence|carelessness)\b",
        rf"\b(?:had you|if you had|if you'd)(?: only| just| actually| bothered)?(?: to)? {_WORN}\b",
        r"\bif you(?: had)?(?: only| actually) read\b",
        rf"\b{CARRIER}(?:'s?)? (?:fault|mistake|error)\b",
        r"(?<!don't )(?<!do not )(?<!wouldn't )(?<!not )(?<!am to )(?<!are to )\bblam(?:e|ed|ing)\b"
        r"(?! (?:my|our)sel(?:f|ves)\b)(?! me\b)(?! but (?:me|us|my))",
        r"\bcalm(?:ing)? down\b|\bover-?react|\bcommon sense\b|\bin plain english\b",
        r"\b(?:no|without) need (?:to be|to get|for) (?:so )?(?:rude|angry|aggressive|upset|that"
        r"|such|this|your)\b",
        r"\byour (?:tone|attitude|rudeness|behaviou?r|temper)\b",
        r"\b(?:nobody|no one|none|no other customers?|not one)(?: of (?:our|my))?(?: else| other)?"
        r"(?: customers?| buyers?)?(?: has| have| had)?(?: ever)? (?:complain|had (?:a |any "
        r"|this )?"
        r"(?:problem|issue|trouble|complaint)|report|mention)",
        r"\bnever (?:had|received|heard|seen) (?:a |any |this |such )?(?:\w+ )?"
        r"(?:complaints?|problems?|issues?|trouble)\b",
        r"\byou(?:'re| are) the (?:first|only) (?:(?:person|one|customer|buyer) )?"
        r"(?:to (?:complain|have|report|raise)|who|with)\b",
        r"\byou were (?:clearly |also |already |fully )?(?:informed|warned|advised|made aware"
        r"|notified)\b|\byou were (?:clearly|already) told\b",
        r"\b(?:but|since|because|fairness,?) you (?:\w+ )?(?:approved|agreed|signed|accepted)\b",
        r"(?<!not )(?<!n't )\byour (?:own )?responsibility\b|\b(?:customer|buyer)'s"
        r" responsibility\b",
        r"\b(?:customer|user|buyer) error\b|\bmisuse\b|\bimproper(?:ly)? us",
        r"\b(?:error|mistake|problem|fault|oversight|confusion|issue)s? (?:on|at|from) your"
        r" (?:end|side|part)\b",
        rf"\byou (?:must|obviously|clearly|probably|evidently|presumably) have (?:\w+ )?{_DONE}\b",
        rf"\byou (?:obviously|clearly|evidently) (?:\w+ )?{_DONE}\b",
        r"\bi(?:'d| would)? suggest (?:that )?you\b",
        r"\bwhat (?:else )?(?:you were|did you|were you) expect",
    ),
    "passed-on": any_of(
        r"(?:n't|\bnot) (?:really |exactly )?(?:my|our) (?:job|department|responsibility|area"
        r"|problem"
        r"|concern)\b",
        r"\b(?:relevant|responsible|appropriate|returns|accounts|shipping) (?:department|team"
        r"|office)\b"
        r"|\b(?:relevant|responsible|appropriate) (?:person|people|colleagues?)\b"
        r"|\b(?:our|another) (?:\w+ )?departments?\b(?! stores?\b)",
        r"\b(?:customer (?:service|support|care)|(?:our|the) (?:\w+ )?team|my colleagues?|our "
        r"(?:manager|warehouse|accountant)) (?:will|is|are|can|may)\b"
        r"(?! (?:all |so |very |as )?(?:sorry|here|glad|grateful|happy|delighted))",
        r"\b(?:someone|somebody|anyone|a member) (?:from|in|on|at|of) (?:our|the) (?:team|staff"
        r"|\w*house|office|shop|workshop|support|department|\w+ team|\w+ department)\b",
        r"\b(?:an?|our|the) (?:\w+ )?(?:agent|representative|case handler|adviser|advisor)\b",
        r"\b(?:no-?reply|do not reply)\b",
        r"(?:(?:\bplease|\byou(?:'d| would|'ll| will| should| must)?"
        r"(?: (?:have|need|want|wish|like) to| better| best)?|[.?!;:]) |^)"
        r"(?:directly |then |first |also |just |simply )?(?:contact|call|ring|phone|e-?mail"
        r"|speak (?:to|with)|talk to|get in touch with|write to|reach out to|ask|try|chase"
        r"|take (?:it|this|that) up with|complain to|claim (?:it |this )?(?:back )?from)"
        rf" (?:the |your |our |their )?{_ELSEWHERE}\b",
        r"\b(?:handled|dealt with|looked after|managed|processed|done|run) by (?:a|an|another"
        r"|the|our"
        r"|someone)\b[^.?!]{0,20}\b(?:team|department|colleague|office|company|else)\b",
        r"\b(?:forwarded|passed|referred|handed|transferred)\b[^.?!]{0,40}\bto (?:the|our|my|a"
        r"|another)"
        r" (?:\w+ )?(?:department|team|warehouse|office|manager|colleagues?|management)\b",
        r"\bi only (?:do|pack|handle|answer)\b",
        r"\bi(?:'m| am) (?:just|only) (?:the|a|an) (?:\w+ )?(?:assistant|packer|seller|reseller"
        r"|middleman|temp|volunteer)\b",
        r"\bnot able to (?:comment|help|say|assist)\b"
        r"|\b(?:can't|cannot|can not) (?:really )?(?:help|assist)(?: you)? (?:with|on|in)"
        r" (?:this|that|it)\b",
    ),
    "apology-withdrawn": any_of(
        rf"{_SORRY}[^.?!\n]{{0,200}}\b(?:but|however|although|though)\b,? "
        r"(?!(?:i|we)(?:'ll| will|'d| would| can\b| could\b| hope| want|'m (?:sending|going|glad"
        r"|on)"
        r"| am (?:sending|going|glad|on)|(?:'ve| have) (?:found|got|sent|put|already|made|asked))"
        r"|here\b|please|thank|not\b|(?:the|a) (?:new|other|second|fresh)|"
        r"it(?:'s| is| will|'ll) (?:now |already )?(?:on its|be |in the post)|you (?:can|will"
        r"|needn))",
        rf"{_SORRY}(?: that| if)? you(?:'re)? (?:feel|felt|think|thought|believe|(?:are |were )?"
        r"(?:so |that )?(?:upset|offended))\b",
        rf"{_SORRY}(?: that)? (?:this|that) is (?:how|the way) you\b",
        rf"{_SORRY} (?:for |about )?(?:if|any)\b",
        r"\bif (?:we|i|it|this|that) (?:have |has )?(?:offended|upset|disappointed)\b",
        r"\byou (?:feel|felt) (?:this|that) way\b",
    ),
}
