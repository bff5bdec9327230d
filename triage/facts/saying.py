"""How customers put what has passed between them and the shop, and what they add: see `said`."""

import re

from triage.facts.phrase import any_of

# "If I get no answer by Friday": it has not happened.
SUPPOSED = re.compile(
    r"(?:\b(?:if|unless|until|(?:should|would)(?! like to know)|could|in case|whether)"
    r"|(?:^|[.!?,;]\s{1,3}|\bbut )once)\b[^.!?\n]{0,40}$"
)

_NOT = r"(?:n['’]?t| not| never)"
_MAIL = r"(?:e-?mails?|messages?|letters?)"
_ANSWER = r"(?:answers?|repl(?:y|ies)|responses?)"
_ANSWERED = r"(?:repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?)\b"
_GOT_BACK = r"(?:(?:gets?|got|gotten|comes?|came|writes?|wrote|written) back)\b"
_NTH = r"(?:second|third|fourth|fifth|sixth|seventh|tenth|umpteenth|\d{1,2}(?:nd|rd|th))"
_COUNT = r"(?:two|three|four|five|six|several|many|multiple|numerous|countless|\d{1,2})"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_I_HAVE = r"\b(?:i|we)(?:['’]ve| have| had)?(?: already| now| also| even)?"
BEFORE = any_of(
    r"(?:^|[.!?]\s{1,3}|\bmy |\bthis is (?:now )?(?:my |the )?|\bnow (?:my |the ))"
    rf"{_NTH} (?:e-?mail|message|letter|time of (?:asking|writing))\b"
    r"(?!,? (?:that )?(?:from|you|i (?:got|received|had)|which|said|says))",
    rf"\b{_NTH} time (?:now )?(?:that )?i(?:['’]m| am|['’]ve| have)(?: had to)? "
    r"(?:writ|e-?mail|messag|contact|ask)",
    rf"{_I_HAVE} (?:written|wrote|e-?mailed|messaged|contacted)(?: to)?(?: you| your shop)?"
    r"(?: (?:on|via|through|over) (?:instagram|insta|facebook|etsy|whatsapp|messenger|the (?:site"
    r"|website|app|chat)))?"
    r"(?: about (?:this|it|(?:a|my|the|an) \w{1,20}(?: \w{1,20})?))?,? "
    rf"(?:before(?! (?:i|we|order|buy|plac|purchas))|twice|{_COUNT} times|again and again"
    rf"|repeatedly|last (?:week|month|{_WEEKDAY})|on (?:{_WEEKDAY}|(?:the )?\d{{1,2}}(?:st|nd|rd"
    rf"|th)?)"
    rf"|(?:a|{_COUNT}) (?:few )?(?:days?|weeks?|months?) ago)\b(?! to (?:thank|say))",
    rf"(?:{_I_HAVE}|,|\band) (?:sent|written|left)(?: you)? (?:{_COUNT}|a few|a couple of) {_MAIL}"
    r"\b",
    r"\b(?:e-?mail(?:ed)?|messaged|wrote|written|rang|called|contact(?:ed)?)\b[^.!?\n]{0,80}?"
    r"\b(?:(?:did(?:n['’]?t| not)|never) (?:hear|heard|get|got)|heard|got) (?:anything|nothing"
    r"|back nothing|a thing|any reply|any answer)\b(?! from (?!you))",
    # Her husband has, or the clerk who writes for her.
    rf"\b[a-z]{{2,12}} (?:has|have|had) (?:now )?(?:written|e-?mailed|messaged|rung|called|phoned)"
    rf"(?: to)? you (?:\w{{1,12}} )?(?:twice|{_COUNT} times|before)\b",
    rf"{_I_HAVE} (?:called|rang|rung|phoned|tried to (?:call|ring|reach|phone))(?: (?:you|your shop"
    rf"|the (?:shop|number)))? (?:twice|{_COUNT} times|again and again|repeatedly)\b",
    r"\b(?:i|we|she|he)(?:['’]ve| have| had| has)? (?:also )?left (?:you )?(?:a message|messages"
    r"|two messages|a voicemail)\b[^.!?\n]{0,60}\b(?:nobody|no one|nothing|never|no call)\b",
    r"\b(?:heard nothing back|(?:was|were|came) nothing back|not a word(?: from you| back)?"
    r"|no word(?: back)? from you)\b(?! from (?!you))",
    r"\bi['’]?m (?:\w+ )?(?:following up|chasing)\b|\bfollowing up on (?:the|my|this)\b"
    r"|\btrying (?:once more|again)\b",
    r"\bmy (?:first|previous|earlier|last) (?:two |three )?(?:e-?mails?|messages?|letters?)\b"
    r"(?=[^.!?\n]{0,60}\b(?:no|not|never|nobody|unanswered|n['’]t)\b)",
    r"\bthe not answering\b|\bit['’]?s the silence\b",
    rf"\bno {_ANSWER}\b(?!\.? ?(?:needed|necessary|required|expected|wanted|is needed)"
    r"|,? (?:at|on) (?:the|my|his|her) (?:door|bell)|,? from (?!you\b|your\b|anyone|anybody))",
    rf"\b(?:have|has|had|did|['’]ve){_NOT} (?:yet )?(?:had|receive|received|got|get|gotten|heard"
    rf"|been given) (?:any |an? |a single |your )?(?:back|{_ANSWER})"
    r" ?(?:from you\b|yet\b|[.,;!?\n]|$)",
    rf"\byou (?:have|had|do|did|['’]ve){_NOT} (?:even |yet )?(?:{_ANSWERED}|{_GOT_BACK})",
    r"\b(?:i|and|we) (?:was|were|have been|am being|are being) ignored\b",
    r"\b(?:you|they|support)(?:['’]ve| have)? stopped (?:replying|answering|responding)\b",
    rf"\byou never (?:{_ANSWERED}|{_GOT_BACK})",
    rf"\b(?:nobody|no one|no-one) (?:ever |has |even |is |at your end ){{0,3}}(?:{_ANSWERED}"
    rf"|{_GOT_BACK}|pick(?:s|ed) up\b)(?! (?:the|my|our) (?:door|bell))",
    rf"\bignor(?:ed|ing) (?:all |both )?(?:of )?my (?:\w{{1,12}} )?(?:{_MAIL}|calls)",
    rf"\b{_MAIL} (?:have |has |had )?(?:all |both )?(?:been |gone |went |go |left )?"
    r"(?:unanswered|ignored)",
    r"\b(?:i am|i['’]m|am) (?:now )?(?:writing|e-?mailing|contacting|asking|chasing)"
    r"(?: to)?(?: you)?(?: about this| up)? (?:yet )?again\b",
)
# An answer that came, or a first mail that wanted finishing.
HEARD = any_of(
    r"\bthank(?:s| you)(?: \w{1,10}){0,3} for (?:(?:your|the) (?:\w{1,10} ){0,2}"
    r"(?:answer|reply|response|e-?mail|message)|(?:replying|answering|responding|getting back"
    r"|coming back|writing back))",
    rf"(?<!have )(?<!has )\byou (?:{_ANSWERED}|{_GOT_BACK})\b",
    r"\bi (?:have )?forg[eo]t",
)

CANCELLED = any_of(
    rf"{_I_HAVE} (?:cancell?ed|(?:pressed|clicked) cancel)\b"
    r"(?! (?:my|our|the|all) (?:\w{1,10} )?(?:plans?|trip|party|holiday|wedding|event))",
    r"(?:^|[.!?]\s{1,3})cancell?ed (?:my|the|this|it) (?!plans?|trip|party|holiday|wedding|event)",
    rf"{_I_HAVE} (?:first )?asked (?:you )?(?:\w{{1,10}} ){{0,2}}to cancel\b",
    r"\b(?:after|since) (?:my |the )cancellation\b",
)

_THEM = r"(?:it|them|both|these|this|that|all|the|my|one|two|three)"
RETURNED = any_of(
    r"\breturned (?:to you )?(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr"
    r"|may|jun"
    r"|jul|aug|sep|oct|nov|dec)",
    r"(?:^|[.!?]\s{1,3})(?:sent|posted|mailed|shipped) (?:it |them |both )?back (?:the|it|them"
    r"|both|on|my|to)\b",
    r"\bshows? (?:it|them|both|that it was) (?:as )?(?:signed for|delivered to you)\b",
    rf"{_I_HAVE} (?:sent|posted|shipped|mailed) (?:{_THEM}(?: \w{{1,15}}){{0,3}} )?back\b"
    r"(?! and forth)",
    r"\b(?:i|we)(?:['’]ve| have)? (?:returned|posted|mailed|shipped|sent) (?!it would|you (?:an?"
    r"|the|my"
    r"|two|several|another) (?:e-?mail|mail|message|letter|photo|picture))[^.!?\n]{2,60}?\b"
    r"(?:back )?to you (?:on|in|last|back|two|three|a (?:week|fortnight|month)|weeks? ago)\b",
    r"\b(?:it|they|these|both|the (?:parcel|package|return|box|tote|bag|ring|goods|items?)|my"
    r" (?:parcel|package|return))(?: \w{1,12})? (?:was|were|has been|is) (?:delivered|back|signed"
    r" for|received)(?: back)? (?:to|with|by|at) (?:you|your)\b",
    rf"{_I_HAVE} (?:posted|shipped|mailed) {_THEM} (?:from \w{{2,20}} )?(?:back )?on (?:the )?\w",
    r"\b(?:somebody|someone) (?:there |at your end )?signed for it\b",
    r"\bsigned for (?:at|by) (?:you|your (?:end|address|side|shop|workshop|place|studio))\b",
    r"\byou(?:['’]ve| have)? (?:now )?(?:had|have) (?:it|them|the \w+) (?:back )?(?:since"
    r"|for (?:\w+ )?"
    r"(?:days|weeks))\b",
    rf"{_I_HAVE} returned {_THEM}\b(?! (?:next|same|following|call|favou?r))",
    r"\byou(?:r (?:side|end|shop|people|warehouse))?(?:['’]ve| have| had)? (?:already )?"
    r"(?:received|signed for|got) (?:it|them|both|my return"
    r"|the (?:return|parcel|package|goods|items?))(?: back)?\b(?! wrong)",
    r"\b(?:the|my) return(?:ed \w{1,15})? (?:parcel )?(?:was|has been|were) "
    r"(?:delivered|received|signed for)\b",
)
_MONEY = r"(?:refund|money(?: back)?)"
UNPAID = any_of(
    r"\bsaid\b[^.!?\n]{0,60}\bback on my (?:card|account)\b[^!?\n]{0,80}\b(?:isn['’]?t|it is not"
    r"|hasn['’]?t|has not)\b",
    rf"\bchas(?:e|ing)(?: up)? (?:my|the|a|that) {_MONEY}\b",
    rf"\bwhen (?:will|can|do|is) (?:i (?:get|have|see|expect) )?(?:the"
    rf"|my) {_MONEY}(?: going to)?(?: be)?"
    r" ?(?:in|paid|back|here|there|arrive|come|show|on my|to my|[?])",
    rf"\bstill (?:no|waiting (?:for|on) (?:my|the|a|our)) (?:full )?{_MONEY}\b",
    rf"\bno (?:sign of (?:my|the|a) )?{_MONEY} (?:yet|has (?:come|arrived|appeared)|so far)\b",
    rf"\b(?:have|has|['’]ve|did){_NOT} (?:yet |still )?(?:had|received|receive|got|get|gotten|seen"
    rf"|been given) (?:my|the|a|any|our) (?:full )?{_MONEY}\b",
    rf"\b(?:have|has|['’]ve|was|am){_NOT} (?:yet |still )?been refunded\b",
    rf"\bno {_MONEY}(?: (?:on|in|to) (?:the|my) (?:card|account|bank|statement))?(?=[.,;!?\n]|$)",
    r"(?:[£$€] ?\d[\d.,]*|money|amount|payment) (?:has|have) not (?:yet )?been (?:returned"
    r"|paid back|refunded|credited)\b",
    r"\bnothing (?:back |yet |has come )?(?:on|to) my (?:card|account|statement|bank account)\b",
    r"\b(?:need|want) the refund (?:issued|paid|processed|made)\b",
    rf"\b(?:my|the) {_MONEY} (?:still )?(?:(?:has|have|is|was)(?:n['’]?t| not| never)|never) "
    r"(?:yet |been )*(?:arrived|come|came|paid|appeared|received|shown|processed|here|there|in)\b",
    rf"\bwhere(?:['’]s| is) my {_MONEY}\b",
    rf"\b{_MONEY} (?:is )?(?:still |now |long )?(?:outstanding|overdue|owing)\b",
    r"\b(?:bank|statement|account|card)(?: \w{1,10}){0,2} shows? nothing\b",
    r"\b(?:checked|looked at) (?:my|the|our) (?:\w{1,12} )?(?:statement|account|card|bank)\b"
    r"[^.!?\n]{0,60}\b(?:nothing|not there|no sign)\b",
    rf"\b(?:on )?(?:what|which) (?:date|day) (?:is |was |will )?(?:the|my) {_MONEY}\b",
    rf"\bpromised (?:me )?(?:a|my|the) (?:full )?{_MONEY}\b",
    r"\byou promised?(?: to)?(?: me)?(?: that)?(?: you would| you['’]d)? ?(?:to )?"
    r"(?:refund|(?:pay|give|send)(?: me)?(?: back)? (?:the|my) money)\b",
    rf"\bwaiting (?:\w{{1,10}} ){{0,4}}(?:for|on) (?:my|the) (?:full )?{_MONEY}\b",
)

_WHO = (
    r"(?:friend|wife|husband|partner|mum|mom|mother|dad|father|son|daughter|sister|brother|gran"
    r"|aunt|uncle|cousin|colleague|boss|neighbou?r|niece|nephew|mate)s?(?:-in-law)?\b"
)
_GIVER = r"(?:he|she|they|(?:my|a|an|our|the) (?:\w{1,12} )?\w{1,12}|(?!you\b|i\b|we\b)[a-z]{2,12})"
_GIFT = r"an? (?:\w{1,12} )?(?:gift|present)s?\b"
_WHAT = r"(?:it|them|this|these|one|(?:your|the|an?|one|some|two|three) [^.!?\n]{1,40}?)"
_MINE = r"(?:my|our) (?:\w{1,12} )?(?:son|daughter|boy|girl|baby|kids?|child(?:ren)?)\b"
GIVEN = any_of(
    r"\bhad (?:a parcel|a box|one|it|this|them|something) (?:sent |made )?from you for (?:me|us)\b",
    r"\bi did(?:n['’]?t| not) (?:pay for|buy|order) (?:it|this|them)"
    r" (?:myself|but|as|because|so)\b",
    rf"\b(?:my|a|an old|our) {_WHO}(?:, [a-z][a-z' -]{{1,30}},)?(?: [a-z]+){{0,6}}? (?:sent|gave"
    rf"|given|bought|got|ordered|offered)(?: to)? (?:me|us|{_MINE})"
    r" (?:(?:one|two|some|a|an) (?:of )?)?your\b"
    r"(?! (?:e-?mail |phone )?(?:name|number|address|details|link|card|shop|website|page|word)\b)",
    rf"\b(?:my|a|an old|our) {_WHO}(?: [a-z]+){{0,6}}? (?:had|got|asked) you (?:to )?(?:send"
    rf"|post|ship|mail|make) (?:me|us|{_MINE})\b",
    r"\b(?:it|this|that|they|these|which) (?:was|were) (?:\w{1,8} )?(?:an? )?(?:\w{1,12} )?"
    r"(?:gift|present)s? (?:from|to me)\b",
    rf"\b(?:bought|ordered|got|gave|sent) (?:(?:me|us) {_WHAT}|{_WHAT} for (?:me|us)) as {_GIFT}",
    rf"\b(?:i|we) (?:got|received|was given|were given|unwrapped) {_WHAT} as {_GIFT}(?! for)",
    rf"\b{_GIVER} (?:got|bought|gave|ordered) (?:me|us) (?!back\b){_WHAT} for (?:my|our)\b",
)

_PHOTO = r"(?:photos?|photographs?|pictures?|pics?|snaps?|images?)"
_SOME = (
    r"(?:(?:you|them|over|through|across|a|an|some|any|more|the|another|of|few|clear|quick) ){0,4}"
)
_SEND = r"(?:send|take|email|e-mail|attach|provide|share|forward|upload|text)"
PHOTO_OFFERED = any_of(
    rf"\b(?:can|could|will|['’]ll|happy to|glad to|able to|willing to|shall|may) (?:also |easily "
    rf"|gladly |of course |happily )?{_SEND} {_SOME}{_PHOTO}\b",
    rf"\b{_PHOTO} (?:available |can be (?:sent|provided) )?(?:up)?on request\b",
    rf"\b{_PHOTO},? if (?:you(?:['’]d| would)? (?:want|need|like|wish)|that helps|it helps|needed"
    r"|wanted|useful|required|necessary)\b",
    rf"\b(?:if|let me know if|tell me if|say if) you(?:['’]d| would)? (?:want|need|like|wish)"
    rf"(?: me to {_SEND})? {_SOME}{_PHOTO}\b",
    rf"\b(?:do|would) you (?:want|need|like) (?:me to {_SEND} )?{_SOME}{_PHOTO}\b",
    rf"\bshould i {_SEND} {_SOME}{_PHOTO}\b",
    rf"\bi(?:['’]ve| have)(?: got)? {_SOME}{_PHOTO}(?! attached)(?: if\b| to show| ready|[.,;!]|$)",
)
NO_PHOTO = any_of(
    rf"\b(?:can(?:no|['’])t|can not|could(?:n['’]t| not)|unable to|not able to|no way to"
    rf"|no idea how to|(?:do not|don['’]?t) know how to|don['’]?t do|won['’]t|will not"
    r"|not going to) "
    rf"(?:\w{{1,8}} ){{0,2}}?{_SEND} {_SOME}{_PHOTO}\b",
    rf"\b{_PHOTO} (?:won['’]?t|will not|wouldn['’]?t|would not|can(?:no|['’])t|can not"
    r"|do(?:es)?n['’]?t|do not|does not) (?:really )?(?:show|help|tell)\b",
    r"\b(?:no|don['’]?t have a|haven['’]?t got a|without a|do not have a) (?:camera|smartphone"
    r"|smart phone|mobile)\b",
)
_ANOTHER = (
    r"(?:another|a different|(?:my|our|his|her) (?:\w{1,12}['’]s |other |old |former |previous"
    r"|work |private |personal |business |office |company ){1,2})"
)
OTHER_ACCOUNT = any_of(
    r"\b(?:ordered|bought|placed|purchased|order(?:s| is| was)?|it is|it was|it['’]s"
    r"|account is)\b[^.!?\n]{0,50}? (?:under|from|through|via|using)"
    rf" {_ANOTHER} ?(?:e-?mail|mail|account|address|name|login)\b",
    r"\b(?:ordered|bought|placed|purchased) (?:it |this |them |one )?(?:under|through|via) "
    r"(?:my|his|her) (?:wife|husband|partner|mother|mum|mom|dad|father|son|daughter|sister"
    r"|brother|boss|colleague|flatmate)(?:['’]s)?\b",
)

_LOVED = (
    r"(?:mum|mom|mother|dad|father|husband|wife|partner|fianc[eé]e?|boyfriend|girlfriend|son"
    r"|daughter|child|baby|sister|brother|twin|gran|granny|grandma|grandmother|nan|nana|nanna"
    r"|grandad|granddad|grandpa|grandfather|aunt|auntie|uncle|cousin|niece|nephew|godmother"
    r"|godfather|friend|best friend|father-in-law|mother-in-law|dog|cat|puppy|horse)"
)
_GONE = (
    r"(?:died|passed away|passed on|has passed|passed(?= (?:last|this|on|in|suddenly|two|three|a"
    r" few)\b|[.,;!\n]))(?! (?:of (?:embarrassment|laughter|shame)|laughing))"
)
_LONG_AGO = (
    r"(?![^.!?\n]{0,40}\b(?:years? ago|decades|when (?:i|we|he|she) (?:was|were)|last year"
    r"|(?:19|20)\d\d|before i was))"
)
BEREAVED = any_of(
    # "Since my wife died" may be long ago.
    rf"(?:(?<!since )\b(?:my|our) (?:\w{{1,12}} )?{_LOVED}|(?:^|[.!?,;:\n] ?|\b(?:and|when) )"
    r"(?:mum|mom|dad|gran|granny|grandma|nan|nana|nanna|grandad|granddad|grandpa))(?: [a-z]{2,12})?"
    rf"(?: (?:has|have|had|just|recently|sadly|suddenly|then)){{0,3}} {_GONE}{_LONG_AGO}",
    rf"\b(?:i|we)(?:['’]ve| have)?(?: just| recently| sadly| suddenly)? lost (?:my|our) "
    rf"(?:\w{{1,12}} )?{_LOVED}(?= (?:to|in|on|last|this|two|three|a|suddenly|at)\b(?!.law)"
    rf"|[.,;!\n]|$){_LONG_AGO}",
    rf"\b(?:death|passing|loss) of (?:my|our) (?:\w{{1,12}} )?{_LOVED}\b{_LONG_AGO}",
    rf"\b(?:my|our) (?:\w{{1,12}} )?{_LOVED}['’]?s (?:funeral|cremation|burial|death|passing)\b"
    rf"{_LONG_AGO}",
)

_SOMEBODY = (
    r"(?:(?:my|our|his|her|their) (?!(?:order|parcel|email|message|bank|card)\b)[a-z]|him\b|her\b"
    r"|them\b|any(?:one|body)\b)"
)
_UNTOLD = (
    r"(?:(?<!\bi )(?<!\bwe )(?<!\byou )(?<!\bthey )\b(?:don['’]?t|do not|never|not to)"
    r"|\b(?:can|could|please|sort|possible)\b[^.!?\n]{0,40} without"
    r"|\b(?:if|rather|prefer|that) you (?:did|do|would)(?:n['’]?t| not))"
)
DISCREET = any_of(
    rf"{_UNTOLD} (?:please )?(?:tell|telling|e-?mail|e-?mailing|contact|contacting|ring|ringing"
    rf"|phone|phoning|write to|writing to|message|messaging|text|texting) {_SOMEBODY}",
    rf"{_UNTOLD} (?:please )?(?:mention|mentioning|say|saying) (?:it|this|that|anything|a word"
    rf"|any of (?:it|this))(?: about (?:it|this))? to {_SOMEBODY}",
    r"\b(?:rather|prefer|hope|like)(?: it if| that)? (?:he|she|they|my [a-z]{2,15}) (?:did|do|does)"
    r"(?:n['’]t| not) (?:find out|know|hear|learn)\b",
    r"\b(?:he|she|they) (?:must|should|may|can)(?:n['’]t| not) (?:find out|know|hear|learn)\b",
    r"\bkeep (?:it|this) (?:between (?:us|you and me|ourselves)|to your\w+)\b",
)
