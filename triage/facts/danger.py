"""By which phrases a writer tells that somebody might have been hurt."""

from triage.facts.sign import CHILD, Sign

_FOOD = (
    r"(?:food|mouth|drink|tea|coffee|jam|jar|honey|chutney|sauce|soup|salad|cake|pie|pasta"
    r"|biscuits?"
    r"|cookies?|brownies?|fudge|bread|loaf|granola|chocolates?|sweets|cheese|butter|spread|meal)"
)
_EATEN = r"(?:ate|eaten|eating|drank|drunk|drinking|bit into|bitten into|swallowed|fed|tasted)"
_FOUL = (
    r"(?:mou?ld\w*|rotten|rancid|maggots?|insects?|worms?|weevils?|mouse droppings|gone off"
    r"|out of date|past its date|glass|stones?)\b"
)
_THING = (
    r"(?:chair|stool|bench|ladder|step|rung|shelf|shelves|shelving|bed|cot|crib|hammock|swing"
    r"|table"
    r"|bookcase|mirror|rack|lamp|light|picture|frame|hook|bracket|rope|strap|seat|saddle|helmet"
    r"|harness|buckle|pushchair|pram|gate)"
)
_HOT = r"(?:boiling|scalding|molten|hot|burning)"
_DEVICE = (
    r"(?:it|lamp|lights?|lantern|plug|socket|switch|cable|lead|charger|adaptor|adapter|heater|fan"
    r"|kettle|toaster|machine|iron|radio|blanket|battery|box|motor)"
)

DANGERS = (
    Sign(
        r"\bdangerous(?:ly)?\b(?! (?:goods|addictive|good|close|low|moreish|tempting|delicious))"
        r"|\b(?:a|real|serious|some) danger (?:to|for)\b|\bdeath ?trap\b|\bcould be (?:lethal"
        r"|fatal)\b",
        "It is dangerous to leave lit.",
        "These are dangerously good.",
    ),
    Sign(
        r"\b(?:safety|choking|fire|tripping|trip|health|burn|strangulation|electrical) "
        r"(?:hazard|risk|issue)\b|\bhazardous\b(?! (?:waste|material|goods))|\baccident waiting\b"
        r"|\brisk of (?:fire|injury|choking)",
        "This is a fire risk.",
        "I will risk the post.",
    ),
    Sign(
        r"\bunsafe\b(?! (?:place|spot|location))"
        r"|\b(?:not|n't|never)(?: \w+){0,3} safe\b(?! (?:place|spot|location|hands))",
        "It does not feel safe with a child around.",
        "It was not in a safe place.",
    ),
    Sign(
        r"\b(?:nobody|no[ -]one|none of us|not? \w+|wasn't|weren't) (?:was |were |is |got "
        r"|has been )?"
        r"(?:badly |seriously |actually )?(?:hurt|injured|burn(?:t|ed)|harmed)\b"
        r"|\b(?:luck(?:y|ily)|thankful(?:ly)?|fortunate(?:ly)?|thank (?:god|goodness"
        r"|heavens))[^.!?]{0,40}"
        r"\b(?:hurt|injur\w+|underneath|unhurt|unharmed|in the room|standing there"
        r"|wearing gloves)\b",
        "Thank goodness no one was injured.",
        "Luckily no plate was broken.",
    ),
    Sign(
        r"\b(?:glass|metal|plastic|wire|shards?|splinters?|mou?ld|needle|screw|stones?|bone|blade"
        r"|staple"
        r"|hair|insects?|maggots?)(?: \w{1,10}){0,2} (?:in|inside) (?:my|the|our|his|her|a|one) "
        rf"(?:\w{{1,10}} ){{0,2}}{_FOOD}\b"
        rf"|\b{_EATEN}\b[^.!?]{{0,100}}\b{_FOUL}|\b{_FOUL}[^!?]{{0,100}}\b{_EATEN}\b",
        "There was glass in the jam.",
        "There was glass in the parcel.",
    ),
    Sign(
        r"\b(?:caught|catch|catching|went|go|goes|going|burst|bursts?) (?:on |into |up in |in )?"
        r"(?:fire|flames|alight)\b|\bset (?:(?!sail)[\w']+ ){1,4}(?:on fire"
        r"|alight)\b(?<!mouth on fire)"
        r"(?<!world on fire)|\bset fire to\b(?! the money)|\b(?:a|the) (?:small |kitchen |house "
        r"|electrical )?fire "
        r"(?:started|broke out)|\b(?:call\w*|rang|had) (?:out )?(?:the )?fire (?:brigade|service"
        r"|department|engine)\b"
        r"|\bburn(?:t|ed|ing)?(?: a| the)? (?:down |hole )(?:in |through )?(?:my|our|the"
        r"|us)\b(?! pocket)"
        r"|\bflames? (?:shot|leap\w*|leapt|went|came|a foot|as high)",
        "It set the tablecloth alight.",
        "Do you sell the flame lamp?",
    ),
    Sign(
        r"\bspark(?:ed|ing)\b(?! (?:joy|my|an?|her|his|interest|some|conversation|the)\b)"
        r"|\bsparks (?:when|from|came|come|out|flew|fly|and)\b|\b(?:gives?|gave|saw|were"
        r"|making) sparks?\b"
        r"|\bsmok(?:e|ing) (?:\w+ )?(?:coming|came|pour\w*|billow\w*|from (?:the|it))"
        r"|\b(?:started|began) "
        r"(?:to smoke|smoking)\b|\bsmell(?:ed|s|t|ing)? (?:\w+ )?(?:of "
        r"|like )?(?:something )?burn(?:ing|t)"
        r"|\bburning (?:smell|plastic)|\b(?:plug|socket|cable|casing|case|charger|battery"
        r"|wires?)\b[^.!?]"
        r"{0,30}\bmelt|\boverheat|\bshort[- ]circuit|\bscorch(?:ed|es) (?:\w+ ){0,2}(?:wall|table"
        r"|floor"
        r"|carpet|worktop|bed|wood|desk)|\b(?:bare|exposed|live) wir(?:e|es|ing)\b|\bnot earthed\b",
        "It sparked when I plugged it in.",
        "It sparks joy.",
    ),
    Sign(
        r"\b(?:red hot|scorching(?: hot)?|burning hot|(?:far |much |way )?too hot to touch"
        r"|so hot (?:that )?"
        r"(?:it|i|you))\b(?! (?:day|days|weather|summer|sale|weekend|afternoon))"
        r"|\bbatter(?:y|ies)\b[^.!?]{0,30}\b(?:swell\w*|swelled|swollen|bulg\w+|burst|explod\w*"
        r"|smok\w+"
        r"|acid|leaked)|\bbutton batter|\bgot (?:hold of|into) the batter",
        "The case got too hot to touch.",
        "It was a scorching day.",
    ),
    Sign(
        r"\belectric(?:al)? shocks?\b|\belectrocut"
        rf"|\b{_DEVICE} (?:gave|gives|has given) (?:me|us|him|her|my \w+) (?:quite )?(?:a"
        r"|an) (?:\w+ )?"
        r"(?:shock|jolt|zap)\b(?! (?:when|to|at|because))|\b(?:shock|zap) (?:off|from) (?:the"
        r"|it)\b",
        "The lamp gave me a shock.",
        "The price gave me a shock.",
    ),
    Sign(
        r"\b(?:exploded|shattered|blew up|burst)\b(?! (?:diagram|view|drawing|pipe)"
        r"|[^.!?]{0,20}\b(?:in|during|on) (?:transit|the (?:post|box|way|package|parcel|bag"
        r"|mail)))"
        r"[^.!?]{0,50}\b(?:hands?|face|everywhere|over (?:me|us|my|the)|glass|kitchen|in use|oven"
        r"|legs?)\b"
        r"|\b(?:jar|glass|vase|holder|candle|pot)\b[^.!?]{0,30}\b(?:cracked|shattered|split|broke"
        r"|burst"
        r"|exploded)[^.!?]{0,40}\b(?:burning|lit|in my hands?|in his hands?|in her hands?|boiling"
        r"|hot wax)"
        r"|^exploded\b",
        "The jar cracked while the candle was lit.",
        "The bottle exploded in transit.",
    ),
    Sign(
        rf"\b{_HOT} (?:water|tea|coffee|soup|oil|wax|fat|milk|liquid|metal"
        r"|steam) (?:\w{1,10} ){0,3}"
        r"(?:over|on|onto|down|everywhere)\b|\bhot wax (?:\w+ )?(?:everywhere|ran|poured|spilled)"
        r"|\b(?:handle|lid|spout|bottom|base|seal|bottle)\b[^.!?]{0,20}\b(?:came|broke|snapped"
        r"|fell|dropped"
        r"|gave|burst|split)\b[^.!?]{0,40}\b(?:boiling|scalding|hot|steam)\b"
        r"|\b(?:boiling|scalding|hot) (?:water|tea|coffee|soup|oil|wax)\b[^.!?]{0,50}\b(?:handle"
        r"|lid|spout"
        r"|base|bottom|lap|legs?|hands?|feet|foot|arm)\b",
        "The handle snapped and hot tea went over me.",
        "Hot chocolate on a cold day!",
    ),
    Sign(
        rf"\b{_THING}s?\b[^.!?]{{0,20}}\b(?:collapsed|gave way|tipped|snapped|broke|fell|came"
        r"|failed"
        r"|undone)\b[^.!?]{0,30}\b(?:under (?:me|him|her|my|our|the)|on(?:to| to"
        r"| top of)? (?:me\b|him\b"
        r"|her\b|my \w+|our \w+|the (?:cot|bed|baby|crib|dog|cat|kids?))|with (?:me|him|her|my"
        r"|our)\b"
        r"|miss(?:ed|ing)|while (?:he|she|we|my) (?:\w+ )?(?:was|were)|and (?:i|he|she|we) fell)"
        r"|\b(?:car seat|harness|helmet|seat ?belt|carabiner)\b[^.!?]{0,30}\b(?:undone|failed"
        r"|snapped|broke"
        r"|opened|came (?:open|off|apart))\b"
        r"|\bcollapsed (?:under|with|beneath|on) (?:me|him|her|my|us|our)"
        rf"|\b(?:ladder|step|rung|chair|stool|bench|swing|seat|rail)s? (?:\w+ )?gave way"
        r"|\b(?:shelf|mirror|cabinet|rack|lamp|light) (?:\w+ )?(?:fell|came) (?:down"
        r"|off the (?:wall|ceil))",
        "The chair collapsed under me.",
        "The shelf is bent on one side.",
    ),
    Sign(
        r"\b(?:just|narrowly|nearly|almost|only just|barely) (?:missed|missing|hit|landed on"
        r"|hitting) (?:me\b"
        r"|him\b|her\b|us\b|(?:my|our) (?!flight|train|bus|plane|stop|slot|deadline)"
        r"|the (?:baby|cot|dog|cat|kids|crib))|\binches (?:away|from"
        r"|off)\b"
        r"|\b(?:lost|lose|losing) (?:an eye|(?:my|his|her) (?:eye|sight|finger)|a finger|a toe)"
        r"|\bcould(?:'ve| have) (?:easily |so easily |really |well |very \w+ |seriously "
        r"|badly )?(?:hurt"
        r"|injured|scald\w*|blinded|choked|(?:been|got|gotten) (?:\w+ )?(?:killed|hurt|injured"
        r"|blinded|burn\w*"
        r"|serious|nasty|fatal|tragic)|died|killed|burn\w*|ended up in hospital|set (?:the|my"
        r"|our))\b",
        "It could have hurt him badly.",
        "I could have sworn it was blue.",
    ),
    Sign(
        r"\b(?:buttons?|eyes?|beads?|wheels?|squeaker|magnets?|screws?|pins?|pieces?|parts?|ears?"
        r"|nose|bells?"
        r"|staples?|needles?)\b[^.!?]{0,20}\b(?:came|come|comes|coming|fell|falls|fallen|popped"
        r"|pulled|broke)"
        rf" (?:off|out|loose|away)\b[^.!?]{{0,80}}\b(?:{CHILD}|months? old|years? old|year[- ]old"
        r"|mouth)\b",
        "The eye came off and my baby is only ten months old.",
        "A button came off my cardigan.",
    ),
    Sign(
        r"\b(?:needles?|pins?|nails?|screws?|staples?|blades?|wires?|spikes?"
        r"|glass)\b (?:\w+ ){0,3}?"
        r"(?:left|sticking|stuck|poking|protruding|jutting) (?:\w+ )?(?:in|inside|out|up|into"
        r"|through)\b"
        r"|\b(?:sharp|jagged)\b[^.!?]{0,40}\b(?:child|baby|toddler|cut (?:my|me|your|his|her)"
        r"|fingers)\b"
        r"|\b(?:wasp|bee|spider|hornet|tick|bed ?bugs?|fleas?)s? (?:\w+ ){0,5}(?:stung|bit|bitten"
        r"|bites)\b"
        r"|\bbed ?bugs\b",
        "A needle was left in the hem.",
        "The pin is left of the label.",
    ),
    Sign(
        r"\b(?:contains?|tested positive for|traces of|full of|has|is|high in) (?:\w+ )?(?:lead"
        r"|asbestos|arsenic"
        r"|cadmium|nickel)\b(?! (?:time|rope|colou?r|free|lead|plated))|\blead (?:paint|in (?:it"
        r"|the))\b"
        r"|\b(?<!non[- ])(?<!non)(?:toxic|poisonous|poisoned|poisoning|carcinogen\w*)\b"
        r"|\b(?:dog|cat|puppy|kitten|rabbit|horse|bird|hamster)\b (?:has |had "
        r"|have )?(?:just )?(?:died|dead)\b",
        "The paint contains lead.",
        "Are the paints non-toxic?",
    ),
)
