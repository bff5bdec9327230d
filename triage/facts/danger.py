"""By which phrases a writer tells that somebody might have been hurt."""

from triage.facts.sign import CHILD, Sign

_FOOD = (
    r"(?:food|mouth|drink|tea|coffee|jam|jar|honey|chutney|sauce|soup|salad|cake|pie|pasta"
    r"|biscuits?|cookies?|brownies?|fudge|bread|loaf|granola|chocolates?|sweets|cheese|butter"
    r"|spread|meal|cream|balm|salve|lotion)"
)
_EATEN = r"(?:ate|eaten|eating|drank|drunk|drinking|bit into|bitten into|swallowed|fed|tasted)"
_FOUL = (
    r"(?:mou?ld\w*|rotten|rancid|maggots?|insects?|worms?|weevils?|(?:mouse|rat) droppings?"
    r"|cockroach\w*|gone off|out of date|past its date|glass|stones?)\b"
)
_THING = (
    r"(?:chair|stool|bench|ladder|step|rung|shelf|shelves|shelving|bed|cot|crib|hammock|swing"
    r"|table|bookcase|mirror|rack|lamp|light|picture|frame|hook|bracket|rope|strap|seat|saddle"
    r"|helmet|harness|buckle|pushchair|pram|gate)"
)
_HOT = r"(?:boiling|scalding|molten|hot|burning)"
_DEVICE = (
    r"(?:it|lamp|lights?|lantern|plug|socket|switch|cable|lead|charger|adaptor|adapter|heater|fan"
    r"|kettle|toaster|machine|iron|radio|blanket|battery|box|motor|mixer|blender|oven|fryer|dryer"
    r"|hairdryer|grinder|phone|drill|vacuum|hob|stove)"
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
        r"\b(?:safety|choking|fire|tripping|trip|health|burn|strangulation|electrical) (?:hazard"
        r"|risk|issue)\b|\bhazardous\b(?! (?:waste|material|goods))|\baccident waiting\b"
        r"|\brisk of (?:fire|injury|choking)",
        "This is a fire risk.",
        "I will risk the post.",
    ),
    Sign(
        r"\bunsafe\b(?! (?:place|spot|location))|\b(?:not|n't"
        r"|never)(?: \w+){0,3} safe\b(?! (?:place|spot|location|hands))",
        "It does not feel safe with a child around.",
        "It was not in a safe place.",
    ),
    Sign(
        r"\b(?:nobody(?:'s)?|no[ -]one(?:'s)?|none of us|not? \w+|wasn't|weren't) (?:was |were "
        r"|is |got |has been )?(?:badly |seriously |actually )?(?:hurt|injured|burn(?:t|ed)"
        r"|harmed)\b|\b(?:luck(?:y|ily)|thankful(?:ly)?|fortunate(?:ly)?|thank (?:god|goodness"
        r"|heavens))[^.!?]{0,40}\b(?:hurt|injur\w+|underneath|unhurt|unharmed|in the room"
        r"|standing there|wearing gloves)\b",
        "Thank goodness no one was injured.",
        "Luckily no plate was broken.",
    ),
    Sign(
        r"\b(?:glass|metal|plastic|wire|shards?|splinters?|mou?ld|needle|screw|stones?|bone|blade"
        r"|staple|hair|insects?|maggots?)(?: \w{1,10}){0,2} (?:in|inside) (?:(?:my|the|our|his|her"
        rf"|a|one) (?:\w{{1,10}} ){{0,2}}|white |face |hand )?{_FOOD}\b"
        rf"|\b{_EATEN}\b[^.!?]{{0,100}}\b{_FOUL}|\b{_FOUL}[^!?]{{0,100}}\b{_EATEN}\b",
        "There was glass in the jam.",
        "There was glass in the parcel.",
    ),
    Sign(
        r"\b(?:caught|catch|catching|went|go|goes|going|burst|bursts?) (?:on |into |up in "
        r"|in )?(?:fire|flames|alight)\b|\bset (?:(?!sail)[\w']+ ){1,4}(?:on fire"
        r"|alight)\b(?<!mouth on fire)(?<!world on fire)|\bstart(?:ed)? a fire\b"
        r"|\bset fire to\b(?! the money)|\b(?:a|the) (?:small |kitchen |house "
        r"|electrical )?fire (?:started|broke out)|\b(?:call\w*|rang"
        r"|had) (?:out )?(?:the )?fire (?:brigade|service|department|engine)\b|\bburn(?:t|ed"
        r"|ing)?(?: a| the)? (?:down |hole )(?:in |through )?(?:my|our|the|us)\b(?! pocket)"
        r"|\bflames? (?:shot|leap\w*|leapt|went|came|a foot|as high)",
        "It set the tablecloth alight.",
        "Do you sell the flame lamp?",
    ),
    Sign(
        r"\bspark(?:ed|ing)\b(?! (?:joy|my|an?|her|his|interest|some|conversation|the)\b)"
        r"|\bsparks (?:when|from|came|come|out|flew|fly|and)\b|\b(?:gives?|gave|saw|were"
        rf"|making) sparks?\b|\b{_DEVICE}\b[^.!?]{{0,40}}(?<!of )\bsmok(?:es?|ed"
        r"|ing)\b(?! (?:alarm|detector|salmon|free))"
        r"|\bsmok(?:e|ing) (?:\w+ )?(?:coming|came|pour\w*"
        r"|billow\w*|from (?:the|it))|\b(?:started|began) (?:to smoke|smoking)\b|\bsmell(?:ed|s|t"
        r"|ing)? (?:\w+ )?(?:of |like )?(?:something )?burn(?:ing|t)|\bburning (?:smell|plastic)"
        r"|\b(?:plug|socket|cable|casing|case|charger|battery|wires?)\b[^.!?]{0,30}\bmelt"
        r"|\boverheat|\bshort[- ]circuit|\bscorch(?:ed|es) (?:\w+ ){0,2}(?:wall|table|floor|carpet"
        r"|worktop|bed|wood|desk)|\b(?:bare|exposed|live) wir(?:e|es|ing)\b|\bnot earthed\b",
        "It sparked when I plugged it in.",
        "It sparks joy.",
    ),
    Sign(
        r"\b(?:red hot|scorching(?: hot)?|burning hot|(?:far |much |way )?too hot to touch"
        r"|so hot (?:that )?(?:it|i|you))\b(?! (?:day|days|weather|summer|sale|weekend|afternoon))"
        r"|\bbatter(?:y|ies)\b[^.!?]{0,30}\b(?:swell\w*|swelled|swollen|bulg\w+|burst|explod\w*"
        r"|smok\w+|acid|leaked)|\bbutton batter|\bgot (?:hold of|into) the batter",
        "The case got too hot to touch.",
        "It was a scorching day.",
    ),
    Sign(
        r"\b(?:electric(?:al)?|static|little|small|nasty) shocks?\b|\bshocks? (?:in|to) (?:my"
        rf"|the)\b|\belectrocut|\b{_DEVICE} (?:gave|gives|has given) (?:me|us|him|her"
        r"|my \w+) (?:quite )?(?:a|an) (?:\w+ )?(?:shock|jolt|zap)\b(?! (?:when|to|at|because))"
        r"|\b(?:shock|zap) (?:off|from) (?:the|it)\b",
        "The lamp gave me a shock.",
        "The price gave me a shock.",
    ),
    Sign(
        r"\b(?:exploded|shattered|blew up|burst)\b(?! (?:diagram|view|drawing|pipe)"
        r"|[^.!?]{0,20}\b(?:in|during|on) (?:transit|the (?:post|box|way|package|parcel|bag"
        r"|mail)))[^.!?]{0,50}\b(?:hands?|face|everywhere|over (?:me|us|my|the)|glass|kitchen"
        r"|in use|oven|legs?)\b|\b(?:jar|glass|vase|holder|candle|pot)\b[^.!?]{0,30}\b(?:cracked"
        r"|shattered|split|broke|burst|exploded)[^.!?]{0,40}\b(?:burning|lit|in my hands?"
        r"|in his hands?|in her hands?|boiling|hot wax)|^exploded\b",
        "The jar cracked while the candle was lit.",
        "The bottle exploded in transit.",
    ),
    Sign(
        rf"\b{_HOT} (?:water|tea|coffee|soup|oil|wax|fat|milk|liquid|metal"
        r"|steam) (?:\w{1,10} ){0,3}(?:over|on|onto|down|everywhere)\b"
        r"|\bhot wax (?:\w+ )?(?:everywhere|ran|poured|spilled)|\b(?:handle|lid|spout|bottom|base"
        r"|seal|bottle)\b[^.!?]{0,20}\b(?:came|broke|snapped|fell|dropped|gave|burst"
        r"|split)\b[^.!?]{0,40}\b(?:boiling|scalding|hot|steam)\b|\b(?:boiling|scalding"
        r"|hot) (?:water|tea|coffee|soup|oil|wax)\b[^.!?]{0,50}\b(?:handle|lid|spout|base|bottom"
        r"|lap|legs?|hands?|feet|foot|arm)\b",
        "The handle snapped and hot tea went over me.",
        "Hot chocolate on a cold day!",
    ),
    Sign(
        rf"\b{_THING}s?\b[^.!?]{{0,20}}\b(?:collapsed|gave way|tipped|snapped|broke|fell|came"
        r"|failed|undone)\b[^.!?]{0,30}\b(?:under (?:me|him|her|my|our|the)|on(?:to| to"
        r"| top of)? (?:me\b|him\b|her\b|my \w+|our \w+|the (?:cot|bed|baby|crib|dog|cat|kids?))"
        r"|with (?:me|him|her|my|our)\b|miss(?:ed|ing)|while (?:he|she|we|my) (?:\w+ )?(?:was"
        r"|were)|and (?:i|he|she|we) fell)|\b(?:car seat|harness|helmet|seat ?belt"
        r"|carabiner)\b[^.!?]{0,30}\b(?:undone|failed|snapped|broke|opened|came (?:open|off"
        r"|apart))\b|\b(?:chair|bed|bench|stool|cot|crib|swing|hammock|ladder)s? (?:has |had "
        r"|just )?(?:collapsed|given way)|\b(?:leg|legs|seat) (?:folded|gave way|snapped) (?:and"
        r"|under)\b|\bcollapsed (?:under|with|beneath|on) (?:me|him|her|my|us|our)|\b(?:ladder"
        r"|step|rung|chair|stool|bench|swing|seat|rail)s? (?:\w+ )?gave way|\b(?:shelf|mirror"
        r"|cabinet|rack|lamp|light) (?:\w+ )?(?:fell|came) (?:down|off the (?:wall|ceil))",
        "The chair collapsed under me.",
        "The shelf is bent on one side.",
    ),
    Sign(
        r"\b(?:just|narrowly|nearly|almost|only just|barely) (?:missed|missing|hit|landed on"
        r"|hitting) (?:me\b|him\b|her\b|us\b|(?:my|our) (?!flight|train|bus|plane|stop|slot"
        r"|deadline)|the (?:baby|cot|dog|cat|kids|crib))|\binches (?:away|from|off)\b|\b(?:lost"
        r"|lose|losing) (?:an eye|(?:my|his|her) (?:eye|sight|finger)|a finger|a toe)"
        r"|\bcould(?:'ve| have) (?:easily |so easily |really |well |very \w+ |seriously "
        r"|badly )?(?:hurt|injured|scald\w*|blinded|choked|(?:been|got|gotten) (?:\w+ )?(?:killed"
        r"|hurt|injured|blinded|burn\w*|serious|nasty|fatal|tragic)|died|killed|burn\w*"
        r"|ended up in hospital|set (?:the|my|our))\b",
        "It could have hurt him badly.",
        "I could have sworn it was blue.",
    ),
    Sign(
        r"\b(?:buttons?|eyes?|beads?|wheels?|squeaker|magnets?|screws?|pins?|pieces?|parts?|ears?"
        r"|nose|bells?|staples?|needles?)\b[^.!?]{0,20}\b(?:came|come|comes|coming|fell|falls"
        rf"|fallen|popped|pulled|broke) (?:off|out|loose|away)\b[^.!?]{{0,80}}\b(?:{CHILD}"
        r"|months? old|years? old|year[- ]old|mouth)\b",
        "The eye came off and my baby is only ten months old.",
        "A button came off my cardigan.",
    ),
    Sign(
        r"\b(?:needles?|pins?|nails?|screws?|staples?|blades?|wires?|spikes?"
        r"|glass)\b (?:\w+ ){0,3}?(?:left|sticking|stuck|poking|protruding|jutting) (?:\w+ )?(?:in"
        r"|inside|out|up|into|through)\b|\b(?:sharp|jagged)\b[^.!?]{0,40}\b(?:child|baby|toddler"
        r"|cut (?:my|me|your|his|her)|fingers)\b|\b(?:wasp|bee|spider|hornet|tick|bed ?bugs?"
        r"|fleas?)s? (?:\w+ ){0,5}(?:stung|bit|bitten|bites)\b|\bbed ?bugs\b",
        "A needle was left in the hem.",
        "The pin is left of the label.",
    ),
    Sign(
        r"\b(?:contains?|tested positive for|traces of|full of|has|is|high in) (?:\w+ )?(?:lead"
        r"|asbestos|arsenic|cadmium|nickel)\b(?! (?:time|rope|colou?r|free|lead|plated))"
        r"|\blead (?:paint|in (?:it|the))\b|\b(?<!non[- ])(?<!non)(?:toxic|poisonous|poisoned"
        r"|poisoning|carcinogen\w*)\b|\b(?:dog|cat|puppy|kitten|rabbit|horse|bird"
        r"|hamster)\b (?:has |had |have )?(?:just )?(?:died|dead)\b",
        "The paint contains lead.",
        "Are the paints non-toxic?",
    ),
)
