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
    r"(?:some(?:one|body)|any(?:one|body)|people|(?:a"
    rf"|{_WHOSE}) (?:[\w'-]{{1,12}} ){{0,2}}{_PERSON})"
)
_GOT = r"(?:was|were|is|are|am|been|felt|feel|feeling|got|get|fell|fallen|be)"

INJURIES = (
    Sign(
        r"\b(?:red[ -]raw|raw and red)\b(?! (?:meat|onions?|beef|silk|wool))|\b(?:gp|doctor"
        r"|dermatologist) (?:appointment )?(?:at \d|this (?:morning|afternoon))",
        "He is red raw across his back.",
        "I am a doctor in a clinic.",
    ),
    Sign(
        r"\b(?:burn(?:t|ed|s|ing)?|scald(?:ed|s|ing)?|cut(?:s|ting)?|gash(?:ed)?|slic(?:ed|es)"
        r"|nicked|slashed|opened|injur(?:ed|es)|stabbed|pricked|pierced|grazed|scratch(?:ed|es)"
        r"|irritat(?:ed|es|ing)|stung|stings|singed|crushed|trapped|pinched|bruised|lacerated"
        rf"|inflamed|blistered) (?:open |into |through )?(?:{_ONES}{_BODY}(?! off)|(?:my|him|her"
        r"|them)sel(?:f|ves)\b)",
        "It burnt my hand.",
        "I cut the ribbon by hand.",
    ),
    Sign(
        r"(?:\band|,|\balmost)(?: i| he| she)? (?:\w+ )?(?:hurt|broken?|sprained|fractured"
        rf"|dislocated) {_ONES}{_BODY}(?! order)|\b(?:hurt|broken?|sprained|twisted"
        rf"|fractured) {_ONES}{_BODY} (?:on|with|from|using|because of) (?:it|your|one of|this"
        r"|them)\b|\bsprained|\b(?:he|she) hurt (?:his|her) (?:back|head|knee|arm|leg|neck)\b",
        "The seat gave way and I hurt my back.",
        "I hurt my wrist, would you send it to my sister?",
    ),
    Sign(
        r"\b(?:burn(?:t|ed|s)?|scald(?:ed|s)?|hurt|injure[ds]?|electrocute[ds]?|choke[ds]?"
        rf"|poison(?:ed)?|blind(?:ed)?|stabbed|kill(?:ed|s)?|stung|bitten) {_WHOM}\b|\b(?:burn(?:t"
        r"|ed)|scalded|injured|electrocuted|poisoned|stung|stabbed) me\b(?! off)|\bstung by\b"
        r"|\b(?:get|got|(?<!would )(?<!'d )be|been|being|gets) (?:badly |seriously |very )?(?:hurt"
        r"|injured|burn(?:t|ed)|electrocuted|blinded|scalded|stabbed)\b|\bwill (?:get|be) killed\b",
        "It will kill somebody one day.",
        "It wouldn't hurt anyone to answer.",
    ),
    Sign(
        rf"\b{_ONES}{_BODY} (?:is |are |was |were |got |has been |have been |came up |feels? "
        r"|felt |started |began |keeps? |went )?(?:(?!not\b|no\b)[\w-]{1,10} ){0,2}?(?:burn(?:t|ed"
        r"|ing)|scald(?:ed)|bleeding|bled|swollen|swell(?:ed|ing)|swelled|blister\w*|itch(?:y|ing"
        r"|es)|raw|stinging|stung|sore|weeping|peeling|inflamed|bleeds?|numb|tingling|streaming"
        r"|watering|infected|closed up|closing up|red for|bright red|cut open|covered in (?:spots"
        r"|blood|blisters))\b|\b(?:swollen|inflamed|infected|blistered|bleeding|burn(?:t|ed)|itchy"
        r"|sore|scalded) (?:eyes?|lips?|fingers?|hands?|skin|throat|face|ears?|earlobes?|tongue"
        r"|thumbs?|arms?|scalp)\b|\b(?:piercing|wound|ear|finger|eye|it) (?:is|got|became"
        r"|has become) (?:\w+ )?infected\b|\b(?:left|made|turned) (?:my|his|her|our"
        rf"|their) (?:[\w'-]{{1,12}} ){{0,2}}{_BODY} (?:\w+ )?(?:red|swollen|raw|sore|weep\w*"
        r"|itch\w*|burn\w*|swell|sting|bleed|peel)\b",
        "My lips are badly swollen.",
        "My hands are full.",
    ),
    Sign(
        r"\b(?:burns?|cuts?|gash|blisters|hives|rash|spots|welts|scar|bruise|splinters?) (?:all "
        rf"|up |down |the size of a \w+ )?(?:on|over|to|across|in) {_ONES}{_BODY}|\b(?:chemical"
        r"|second[- ]degree|third[- ]degree|acid) burns?\b|\b(?:gave|gives|given|left"
        r"|leaves) (?:me|him|her|us|them|" + _WHOSE + r" \w+) (?:with )?(?:a "
        r"|an )?(?:[\w-]+ ){0,2}(?:blisters?|rash|burns?|hives|welts|infection|nosebleed"
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
        r"|\bepi-?pens?\b|\breact(?:ed|ing|s) (?:so |very |really )?(?:badly|terribly"
        r"|severely) to\b|\b(?:a|an|this|red|itchy|nasty|horrible|awful|bad|terrible"
        r"|in) rash\b(?! (?:decision|of|judg|move|promise|purchase|buy|choice))|\bred,? (?:itchy "
        r"|sore |and itchy )?(?:spots|patches|bumps|welts|marks) (?:on|all|for)\b|\b(?:scalp|skin"
        r"|face|eyes|armpits|hands) (?:is|are|was|were) on fire\b|\bup in (?:red )?spots\b"
        r"|\bstill itch|\bswollen (?:cheeks|shut)\b|\bitching (?:on|all)\b|\bburns? eyes\b"
        r"|\b(?:came|come|broke|broken|brought (?:me|him|her)) out in (?:[\w-]+ ){0,3}(?:spots"
        r"|rash|hives|blisters|welts|bumps|lumps?|patches|pimples|sores)\b|\bcontact dermatitis\b"
        r"|\beczema (?:\w+ ){0,2}(?:flared|worse|back|broke)|\b(?:flared|set off) (?:up )?(?:my"
        r"|his|her|our) (?:\w+'s )?(?:eczema|asthma|allerg\w+)",
        "I broke out in spots.",
        "It was a rash decision.",
    ),
    Sign(
        r"\b(?:contains?|labelled)\b[^?!]{0,60}\b(?:is|am|'s|'m) (?:\w+ )?allergic\b"
        r"|\b(?:allerg(?:ic|y|ies)|coeliac|celiac|intolerant)\b[^?]{0,90}\b(?:label|lists?"
        r"|contains?|contained|found|traces|undeclared|there (?:is|was|were|are)|ate|eaten|(?:had"
        r"|has|with|put)(?: \w+){1,2} in)\b(?![^.!?]{0,60}\?)|\bundeclared (?:\w+ )?(?:nuts?"
        r"|allergens?|milk|gluten|ingredients?)\b|\bnut[- ]free but\b|\b(?:gluten|nuts?|milk|egg"
        r"|sesame|soya?) (?:\w+ ){0,2}not (?:declared|on the label|listed)\b",
        "He is allergic to milk and the label does not say that there is any.",
        "I am allergic to wool, is there any in it?",
    ),
    Sign(
        r"\b(?:asthma attack|triggered (?:\w+ ){1,2}asthma|set off (?:[\w']+ ){0,2}asthma"
        r"|wheez(?:ing|ed))|\b(?:could|can)(?: not|n't|not| hardly| barely) breathe\b(?! for)"
        r"|\b(?:struggl\w+|fight\w*) (?:to|for) breath|\b(?:breathing difficult|trouble breathing"
        r"|difficulty breathing)|\b(?:smell\w*|fumes?|scent|fragrance|smoke|vapour"
        r"|spray)\b(?:(?!when (?:you(?:r|'re)?|ur|i)\b)[^.!?]){0,40}\b(?:headaches?|migraines?"
        r"|dizzy|nausea|nauseous|sick|cough\w*|choking|ill)\b"
        r"|\b(?:toxic|noxious|poisonous) (?:fumes|smoke|gas)|\bcarbon monoxide\b"
        r"|\bgas (?:leak|escap)|\bsmell(?:ed|ing|s|t)?(?: of)? gas\b|\bleak(?:s|ing) gas\b"
        r"|\bgas ring leaks",
        "The fumes gave us a headache.",
        "I could hardly breathe for laughing.",
    ),
    Sign(
        r"\b(?:end(?:ed|ing)?|land(?:ed|ing)?|wound|put|rushed|spent|went|gone|go|sent|take|taken"
        r"|took|trip|visit|straight|off|been|her|him|me|at)\b (?:[\w'-]+ ){0,5}?(?:in|to"
        r"|at) (?:the )?(?:a ?(?:&|and|\+) ?e|hospital|casualty|emergency (?:room|department)"
        r"|e\.?r\.?|urgent care|minor injuries)\b(?!,? so please)"
        r"(?! (?:with|for) (?:my|a|an|the|his|her) (?:\w+ )?(?:hips?|knees?|op|operation|surgery"
        r"|birth|baby|cataracts?))|\b(?:call\w*|rang|needed|took"
        r"|had|by|an) (?:\w+ )?ambulance\b(?! (?:station|driver))|\bparamedics (?:came|had|were"
        r"|took)|\bpoison (?:control|cent)",
        "We ended up in hospital with her.",
        "I work in A&E.",
    ),
    Sign(
        r"\b(?:had to|needed to|went to|off to|trip to) (?:\w+ ){0,3}(?:see|call|ring|phone|visit"
        r"|take \w+ to|to) (?:a|an|the|my|our|her|his) (?:\w+ )?(?:doctor|gp|dentist|vets?"
        r"|dermatologist|pharmacist|surgeon)\b|\b(?:is|are|was|been|now) at the (?:vet|doctor"
        r"|dentist)|\b(?:doctor|gp|dentist|vet|dermatologist|pharmacist|nurse"
        r"|consultant)(?:'s)? (?:\w+ ){0,4}(?:says?|said|thinks?|thought|told|confirm\w+"
        r"|prescribed|diagnosed|removed|bill)\b[^.!?]{0,60}\b(?:burn\w*|reaction|infect\w+"
        r"|allerg\w+|poison\w*|dermatitis|swallow\w*|chemical|stitch\w*|steroids?|antibiotics)\b"
        r"|\bvet'?s? bills?\b|\b(?:antibiotics|antihistamines?|steroid cream|stomach pumped)\b",
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
        r"|one of my|two|part of (?:a|my)) (?:[\w'-]+ ){0,2}(?:tooth|teeth|crown|filling"
        r"|denture)\b|\bbroken tooth\b|\bfilling (?:is|was|has) (?:cracked|broken|come out)\b",
        "I chipped a tooth.",
        "The comb has lost its teeth.",
    ),
    Sign(
        r"\b(?:drew blood|blood (?:everywhere|all over|on (?:my|the))|covered in blood|(?:lots?"
        r"|a lot|pool) of blood|stop bleeding|stopped bleeding|(?:i|he|she|it) bled (?:a lot"
        r"|badly|for"
        r"|quite)|(?:i|he|she|child|finger|thumb|hand|lip) bled (?:all over|everywhere)|(?:i|he"
        r"|she) (?:was|is) bleeding|bleeding (?:badly|heavily|finger"
        r"|hand))",
        "It drew blood.",
        "The colours bled a little.",
    ),
    Sign(
        r"\bfood poison|\b(?:salmonella|listeria|e\.? ?coli|botulism)\b|\bdiarrh\w+"
        r"|\bstomach (?:cramps?|ache|upset)|\bupset stomach"
        r"|\bunpasteurised\b[^?]{0,40}\b(?:pregnant|danger)|\bmade (?:me|us|him|her|them|(?:my|our"
        r"|the) \w{1,10}|both of us|us all|everyone) (?:\w{1,10} ){0,2}(?:ill|sick|poorly|unwell"
        rf"|vomit|throw up)\b(?! of)|\b{_GOT} (?:\w+ ){{0,3}}?(?:sick|ill|poorly"
        r"|unwell)\b (?:\w+ ){0,3}(?:(?:after|from|since|within)\b[^.!?]{0,25}(?:eat|drink|having"
        r"|using|taking|trying|your|the|it)|all night)|\b(?:vomit\w*|threw up|throwing up"
        r"|been sick|was sick|were sick)\b[^.!?]{0,40}\b(?:after|since|from|all|within|because"
        r"|hour|night)\b",
        "We were ill after eating it.",
        "I was ill after Christmas.",
    ),
    Sign(
        rf"\b(?:i|he|she|(?:my|our|the) {_PERSON}|we) (?:\w+ )?(?:fell|slipped|tripped) (?:over"
        r"|down|through|backwards?|off|and|flat|on (?:the|it|your)|out of)(?! (?:laughing"
        r"|myself to))|\bbrakes? (?:failed|did ?n't|do(?:es)?n't|do not|does not|stopped|came)"
        rf"|\bbrake cable (?:snapped|broke)|\bhit (?:me|him|her|us|(?:my|our) {_PERSON}) (?:on|in"
        rf"|right)\b|\b(?:into|through|hit) {_ONES}(?:eyes?|head|foot|finger|thumb|leg|toe"
        r"|scalp)\b",
        "He slipped on the mat.",
        "I fell in love with it, she is over the moon.",
    ),
    Sign(
        r"\b(?:nearly|almost|could have|could've) (?:choked|died|drowned|suffocated"
        r"|strangled)\b(?! (?:laughing|of|with|when))|\bchok(?:ed|es|e|ing) (?:on(?! it\b)"
        r"|to death)\b|\b(?:swallow(?:ed|ing|s)?|inhaled|ingested) (?:a|an|the|it|one|some|part"
        rf"|half|something|two)\b|\b(?:in|into|inside|out of|from) (?:his|her|its|their"
        rf"|(?:the|an?|my|our) (?:[\w-]+ ){{0,4}}?(?:{CHILD}|old)'?s) (?:mouth|ear|throat)\b"
        r"|\bon (?:his|her|its) tongue\b|\b(?:strangl\w+|suffocat\w+)|\b(?:cord|strap|cable|rope"
        r"|ribbon)\b[^.!?]{0,30}\bround (?:his|her) neck\b",
        "She swallowed a bead.",
        "I nearly died laughing.",
    ),
)
