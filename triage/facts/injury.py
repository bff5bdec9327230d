"""By which phrases a writer tells that somebody was hurt or fell ill."""

from triage.facts.sign import CHILD, Sign

_WHOSE = r"(?:my|his|her|our|their|your|one of my)"
_ONES = rf"{_WHOSE} (?:[\w'-]{{1,12}} ){{0,3}}"
_BODY = (
    r"(?:hands?|fingers?|fingertips?|thumbs?|wrists?|(?:fore)?arms?|skin|face|eyes?|eyelids?|mouth"
    r"|lips?|tongue|gums?|throat|neck|scalp|ears?|earlobes?|chest|back|stomach|legs?|knees?|shins?"
    r"|thighs?|foot|feet|toes?|heels?|palms?|head|forehead|cheeks?|chin|nose|shoulders?|elbows?"
    r"|hips?|ankles?|armpits?|body)\b"
)
_PERSON = (
    rf"(?:{CHILD}|grand(?:son|daughter|child|kids?)|husband|wife|partner|mum|mom|mother|dad|father"
    r"|nan|gran|granny|sister|brother|niece|nephew|friend|guest|customer|dog|cat|puppy|kitten)"
)
_WHOM = (
    r"(?:some(?:one|body)|any(?:one|body)|people"
    rf"|(?:a|{_WHOSE}) (?:[\w'-]{{1,12}} ){{0,2}}{_PERSON})"
)
_GOT = r"(?:was|were|is|are|am|been|felt|feel|feeling|got|get|fell|fallen|be)"

INJURIES = (
    Sign(
        r"\b(?:burn(?:t|ed|s|ing)?|scald(?:ed|s|ing)?|cut(?:s|ting)?|gash(?:ed)?|slic(?:ed|es)"
        r"|nicked"
        r"|slashed|injur(?:ed|es)|stabbed|pricked|pierced|grazed|scratch(?:ed|es)|irritat(?:ed|es"
        r"|ing)"
        r"|stung|stings|singed|crushed|trapped|pinched|bruised|lacerated|inflamed|blistered) "
        rf"(?:open |into |through )?(?:{_ONES}{_BODY}(?! off)|(?:my|him|her|them)sel(?:f|ves)\b)",
        "It burnt my hand.",
        "I cut the ribbon by hand.",
    ),
    Sign(
        r"(?:\band|,|\balmost)(?: i| he| she)? (?:\w+ )?(?:hurt|broken?|sprained|fractured"
        r"|dislocated) "
        rf"{_ONES}{_BODY}(?! order)|\b(?:hurt|broken?|sprained|twisted|fractured) {_ONES}{_BODY} "
        r"(?:on|with|from|using|because of) (?:it|your|one of|this|them)\b|\bsprained",
        "The seat gave way and I hurt my back.",
        "I hurt my wrist, would you send it to my sister?",
    ),
    Sign(
        r"\b(?:burn(?:t|ed|s)?|scald(?:ed|s)?|hurt|injure[ds]?|electrocute[ds]?|choke[ds]?"
        r"|poison(?:ed)?"
        rf"|blind(?:ed)?|stabbed|kill(?:ed|s)?|stung|bitten) {_WHOM}\b"
        r"|\b(?:burn(?:t|ed)|scalded|injured|electrocuted|poisoned|stung|stabbed) me\b(?! off)"
        r"|\bstung by\b|\b(?:get|got|be|been|being|gets) (?:badly |seriously |very )?"
        r"(?:hurt|injured|burn(?:t|ed)|electrocuted|blinded|scalded|stabbed)\b|\bwill (?:get"
        r"|be) killed\b",
        "It will kill somebody one day.",
        "It wouldn't hurt anyone to answer.",
    ),
    Sign(
        rf"\b{_ONES}{_BODY} (?:is |are |was |were |got |has been |have been |came up |feels? "
        r"|felt "
        r"|started |began |keeps? |went )?(?:(?!not\b|no\b)[\w-]{1,10} ){0,2}?(?:burn(?:t|ed|ing)"
        r"|scald(?:ed)|bleeding|bled|swollen|swell(?:ed|ing)|swelled|blister\w*|itch(?:y|ing|es)"
        r"|raw"
        r"|stinging|stung|sore|weeping|peeling|inflamed|numb|tingling|streaming|watering|infected"
        r"|closed up|closing up|red for|bright red|cut open|covered in (?:spots|blood|blisters))\b"
        r"|\b(?:swollen|inflamed|infected|blistered|bleeding|burn(?:t|ed)|itchy|sore|scalded) "
        r"(?:eyes?|lips?|fingers?|hands?|skin|throat|face|ears?|earlobes?|tongue|thumbs?|arms?"
        r"|scalp)\b"
        r"|\b(?:piercing|wound|ear|finger|eye|it) (?:is|got|became|has become) (?:\w+ )?infected\b"
        r"|\b(?:left|made|turned) (?:my|his|her|our|their) "
        rf"(?:[\w'-]{{1,12}} ){{0,2}}{_BODY} (?:\w+ )?(?:red|swollen|raw|sore|weep\w*|itch\w*"
        r"|burn\w*"
        r"|swell|sting|bleed|peel)\b",
        "My lips are badly swollen.",
        "My hands are full.",
    ),
    Sign(
        rf"\b(?:burns?|cuts?|gash|blisters|hives|rash|spots|welts|scar|bruise|splinters?) "
        rf"(?:all |up |down |the size of a \w+ )?(?:on|over|to|across|in) {_ONES}{_BODY}"
        r"|\b(?:chemical|second[- ]degree|third[- ]degree|acid) burns?\b"
        r"|\b(?:gave|gives|given|left|leaves) (?:me|him|her|us|them"
        r"|" + _WHOSE + r" \w+) (?:with )?"
        r"(?:a |an )?(?:[\w-]+ ){0,2}(?:blisters?|rash|burns?|hives|welts|infection|nosebleed"
        r"|scars?)\b",
        "There are burns on her arm.",
        "There are cuts on the cover.",
    ),
    Sign(
        r"\b(?<!insult to )injur(?:y|ies|ed)\b(?! time)|\bconcuss(?:ed|ion)\b|\bunconscious\b"
        r"|\b(?:passed out|fainted|electrocuted|tetanus|burns unit|sepsis)\b",
        "This caused an injury.",
        "That adds insult to injury.",
    ),
    Sign(
        r"\b(?:allergic|skin|bad|severe|nasty|horrible) reactions?\b(?! from)|\banaphyla"
        r"|\bepi-?pens?\b"
        r"|\breact(?:ed|ing|s) (?:so |very |really )?(?:badly|terribly|severely) to\b"
        r"|\b(?:a|an|this|red|itchy|nasty|horrible|awful|bad|terrible|in) rash\b"
        r"(?! (?:decision|of|judg|move|promise|purchase|buy|choice))"
        r"|\b(?:came|come|broke|broken|brought (?:me|him|her)) out in "
        r"(?:[\w-]+ ){0,3}(?:spots|rash|hives|blisters|welts|bumps|lumps?|patches|pimples|sores)\b"
        r"|\bcontact dermatitis\b"
        r"|\beczema (?:\w+ ){0,2}(?:flared|worse|back|broke)|\b(?:flared|set off) (?:up )?(?:my"
        r"|his|her"
        r"|our) (?:\w+'s )?(?:eczema|asthma|allerg\w+)",
        "I broke out in spots.",
        "It was a rash decision.",
    ),
    Sign(
        r"\b(?:allerg(?:ic|y|ies)|coeliac|celiac|intolerant)\b[^?]{0,90}\b(?:label|lists?"
        r"|contains?"
        r"|contained|found|traces|undeclared|there (?:is|was|were|are)|ate|eaten|(?:had|has|with"
        r"|put)"
        r"(?: \w+){1,2} in)\b(?![^.!?]{0,60}\?)"
        r"|\bundeclared (?:\w+ )?(?:nuts?|allergens?|milk|gluten|ingredients?)\b"
        r"|\bnut[- ]free but\b"
        r"|\b(?:gluten|nuts?|milk|egg|sesame|soya?) (?:\w+ ){0,2}not (?:declared|on the label"
        r"|listed)\b",
        "He is allergic to milk and the label does not say that there is any.",
        "I am allergic to wool, is there any in it?",
    ),
    Sign(
        r"\b(?:asthma attack|triggered (?:\w+ ){1,2}asthma|set off (?:[\w']+ ){0,2}asthma"
        r"|wheez(?:ing|ed))"
        r"|\b(?:could|can)(?: not|n't|not| hardly| barely) breathe\b(?! for)|\b(?:struggl\w+"
        r"|fight\w*) (?:to"
        r"|for) breath|\b(?:breathing difficult|trouble breathing|difficulty breathing)"
        r"|\b(?:smell|fumes?|scent|fragrance|smoke|vapour|spray)\b[^.!?]{0,40}"
        r"\b(?:headaches?|migraines?|dizzy|nausea|nauseous|sick|cough\w*|choking|ill)\b"
        r"|\b(?:toxic|noxious|poisonous) (?:fumes|smoke|gas)|\bcarbon monoxide\b|\bgas (?:leak"
        r"|escap)"
        r"|\bsmell(?:ed|ing|s|t)?(?: of)? gas\b|\bleak(?:s|ing) gas\b|\bgas ring leaks",
        "The fumes gave us a headache.",
        "I could hardly breathe for laughing.",
    ),
    Sign(
        r"\b(?:end(?:ed|ing)?|land(?:ed|ing)?|wound|put|rushed|spent|went|gone|go|sent|take|taken"
        r"|took"
        r"|trip|visit|straight|off|been|her|him|me|at)\b (?:[\w'-]+ ){0,5}?(?:in|to|at) (?:the )?"
        r"(?:a ?(?:&|and|\+) ?e|hospital|casualty|emergency (?:room|department)|e\.?r\.?"
        r"|urgent care"
        r"|minor injuries)\b(?!,? so please)|\b(?:call\w*|rang|needed|took|had|by"
        r"|an) (?:\w+ )?ambulance\b(?! (?:station|driver))"
        r"|\bparamedics (?:came|had|were|took)|\bpoison (?:control|cent)",
        "We ended up in hospital with her.",
        "I work in A&E.",
    ),
    Sign(
        r"\b(?:had to|needed to|went to|off to|trip to) (?:\w+ ){0,3}"
        r"(?:see|call|ring|phone|visit|take \w+ to|to) (?:a|an|the|my|our|her|his) (?:\w+ )?"
        r"(?:doctor|gp|dentist|vets?|dermatologist|pharmacist|surgeon)\b"
        r"|\b(?:is|are|was|been|now) at the (?:vet|doctor|dentist)"
        r"|\b(?:doctor|gp|dentist|vet|dermatologist|pharmacist|nurse"
        r"|consultant)(?:'s)? (?:\w+ ){0,4}"
        r"(?:says?|said|thinks?|thought|told|confirm\w+|prescribed|diagnosed|removed"
        r"|bill)\b[^.!?]{0,60}"
        r"\b(?:burn\w*|reaction|infect\w+|allerg\w+|poison\w*|dermatitis|swallow\w*|chemical"
        r"|stitch\w*"
        r"|steroids?|antibiotics)\b|\bvet'?s? bills?\b"
        r"|\b(?:antibiotics|antihistamines?|steroid cream|stomach pumped)\b",
        "I had to see my doctor about it.",
        "My doctor recommended your tea.",
    ),
    Sign(
        r"\b(?:need(?:ed|s|ing)?|requir(?:ed|ing)|had to have) (?:\w+ )?stitches\b"
        rf"|\bstitches (?:in|to) {_ONES}{_BODY}",
        "It needed stitches.",
        "Three stitches are missing.",
    ),
    Sign(
        r"\b(?:broken?|chipped|cracked|lost|loosened|knocked out)(?: off)? (?:a|my|his|her|half a"
        r"|one of my"
        r"|two|part of (?:a|my)) (?:[\w'-]+ ){0,2}(?:tooth|teeth|crown|filling|denture)\b"
        r"|\bbroken tooth\b",
        "I chipped a tooth.",
        "The comb has lost its teeth.",
    ),
    Sign(
        r"\b(?:drew blood|blood (?:everywhere|all over|on (?:my|the))|covered in blood|(?:lots?"
        r"|a lot|pool)"
        r" of blood|stop bleeding|stopped bleeding|bled (?:a lot|badly|for|all|everywhere|quite)"
        r"|(?:i|he|she) (?:was|is) bleeding|bleeding (?:badly|heavily|finger|hand))",
        "It drew blood.",
        "The colours bled a little.",
    ),
    Sign(
        r"\bfood poison|\b(?:salmonella|listeria|e\.? ?coli|botulism)\b|\bdiarrh\w+"
        r"|\bstomach (?:cramps?"
        r"|ache|upset)|\bupset stomach|\bunpasteurised\b[^?]{0,40}\b(?:pregnant|danger)"
        rf"|\bmade (?:me|us|him|her|them|(?:my|our|the) \w{{1,10}}|both of us|us all|everyone) "
        r"(?:\w{1,10} ){0,2}(?:ill|sick|poorly|unwell|vomit|throw up)\b(?! of)"
        rf"|\b{_GOT} (?:\w+ ){{0,3}}?(?:sick|ill|poorly|unwell)\b (?:\w+ ){{0,3}}(?:(?:after|from"
        r"|since"
        r"|within)\b[^.!?]{0,25}(?:eat|drink|having|using|taking|trying|your|the|it)|all night)"
        r"|\b(?:vomit\w*|threw up|throwing up|been sick|was sick"
        r"|were sick)\b[^.!?]{0,40}\b(?:after|since"
        r"|from|all|within|because|hour|night)\b",
        "We were ill after eating it.",
        "I was ill after Christmas.",
    ),
    Sign(
        rf"\b(?:i|he|she|(?:my|our|the) {_PERSON}|we) (?:\w+ )?(?:fell|slipped|tripped) (?:over"
        r"|down|through"
        r"|backwards?|off|and|flat|on (?:the|it|your)|out of)(?! (?:laughing|myself to))"
        r"|\bbrakes? (?:failed|did ?n't|do(?:es)?n't|do not|does not|stopped|came)"
        r"|\bbrake cable (?:snapped|broke)"
        rf"|\bhit (?:me|him|her|us|(?:my|our) {_PERSON}) (?:on|in|right)\b"
        rf"|\b(?:into|through|hit) {_ONES}(?:eyes?|head|foot|finger|thumb|leg|toe|scalp)\b",
        "He slipped on the mat.",
        "I fell in love with it, she is over the moon.",
    ),
    Sign(
        r"\b(?:nearly|almost|could have|could've) (?:choked|died|drowned|suffocated|strangled)\b"
        r"(?! (?:laughing|of|with|when))|\bchok(?:ed|es|e|ing) (?:on|to death)\b"
        r"|\b(?:swallow(?:ed|ing|s)?|inhaled|ingested) (?:a|an|the|it|one|some|part|half"
        r"|something|two)\b"
        rf"|\b(?:in|into|inside) (?:his|her|its|the {CHILD}'s|their) (?:mouth|ear|throat)\b"
        r"|\b(?:strangl\w+|suffocat\w+)"
        r"|\b(?:cord|strap|cable|rope|ribbon)\b[^.!?]{0,30}\bround (?:his|her) neck\b",
        "She swallowed a bead.",
        "I nearly died laughing.",
    ),
)
