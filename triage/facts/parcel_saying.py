"""How customers put where they have looked for a parcel, and where it is: see `said`."""

from triage.facts.phrase import any_of

_ALL_OF = (
    r"(?:(?:both|all|any|every|each|of|my|our|the|other|immediate|nearest|next|door|next-door"
    r"|upstairs|downstairs|two|three|four|various|several|a|few) ){0,5}"
)
_HOUSEHOLD = (
    r"(?:everyone|everybody|my (?:husband|wife|partner|family|household|flatmates?"
    r"|housemates?|mum|mom|landlord)|reception|the (?:reception|concierge|porter|caretaker))\b"
)
_PLACES = (
    r"(?:porch|shed|garage|garden|bins?|back|hall|hallway|hedge|doorstep|greenhouse|recycling"
    r"|cupboard|reception|mail ?room|post ?room|lobby|safe place)"
)
SEARCHED = any_of(
    r"\bneighbou?rs?,? (?:on )?(?:both|all|either)(?: sides?)?(?: have been)? asked\b",
    r"\basked (?!you\b|for\b)(?:(?! to\b)[^.!?\n]){0,40}?\bneighbou?rs?\b(?! to\b)",
    r"\b(?<!be )(?:asked|spoken (?:to|with)|spoke (?:to|with)|checked with|tried|been (?:round )?to"
    rf"|knocked (?:on|at)) {_ALL_OF}neighbou?rs?\b(?! to\b)",
    rf"\b(?:asked|checked with|spoken to|spoke to) {_HOUSEHOLD}(?! to\b)",
    r"\bneighbou?rs?(?: on (?:either|both) sides?| either side| all| both| also)*"
    r"(?: (?:got|saw|heard|had|found) nothing"
    r"|(?: have| has)(?:n['’]?t| not| never) (?:\w{1,8} )?(?:seen|got|had|taken|heard)"
    r"|(?: did| do| does)(?:n['’]?t| not) (?:have|see|get|know)| (?:have|know|has|knows) nothing)",
    r"\basked (?:the |my |our )\w{2,12} next door\b(?! to\b)",
    r"\basked (?!you\b)[^.!?\n]{1,60}\b(?:across the (?:road|street|way|lane|hall"
    r"|landing)|(?:on|in|at) the (?:ground|first|second|top|other) floor|upstairs|downstairs)\b",
    r"\b(?:none|nobody|not one|neither) of (?:my|the|our) (?:\w{1,10} )?neighbou?rs\b",
    r"\b(?:nobody|no one|no-one) (?:round|around) here (?:has|have|knows?|saw|got)\b",
    r"\bwalked (?:up and down|round|around|the length of) (?:my|our|the) (?:\w{1,10} )?"
    r"(?:road|street|block|building|estate|lane|close)\b",
    r"\b(?:asked|checked|tried|spoke(?:n)?)(?: (?:with|w|to|w/|at))? (?:on )?(?:both"
    r"|either) sides?\b",
    r"\b(?:asked|checked|checked with|checked w/?|tried) (?:next door|both neighbou?rs"
    r"|the neighbou?rs"
    r"|the (?:mail ?room|office|front desk|concierge))\b",
    r"\b(?:no card|nothing)(?:,| left)? (?:in|behind|under|round) (?:the |our |my )?"
    rf"{_PLACES}(?=[.,;!?\n]|$| (?:and|or|nor|behind|under|in)\b)",
    r"\b(?:i|we)(?:['’]ve| have)? (?:asked|been) (?:up and down|all along|all round|all around) ",
    r"\bnobody (?:on|in) (?:our|my|the) (?:road|street|building|block|lane|close|terrace)\b",
    r"\bknocked on (?:every|all|each|both|several|lots of|many) ",
    r"\basked (?:her|him|them|the \w{2,12}) (?:at|in|from|over at) (?:no\.? ?|number |flat )?"
    r"\d{1,4}[a-z]?\b",
    rf"\b(?:been|gone|dug|rooted) (?:in|through|behind|round) (?:the |my |our )?{_PLACES}\b"
    rf"(?! (?:to|since|for|all)\b)",
    r"\b(?:gate ?man|door ?man|concierge|porter|receptionist|secretary|security|caretaker"
    r"|landlord|landlady)\b[^.!?\n]{0,60}\b(?:(?:has|had|did)(?:n['’]?t| not)(?! been)|never"
    r"|keeps a|nothing|no)\b[^.!?\n]{0,30}\b(?:seen|received|had|taken|got|signed|parcel|package"
    r"|delivery|entry|book|register)\b",
    # Who forbids the question has heard it before.
    r"\b(?:not interested in|don['’]?t (?:tell|ask) me|do not (?:tell|ask) me|spare me)\b"
    r"[^.!?\n]{0,40}\bneighbou?rs?\b",
    r"\b(?:not|nor) with (?:a|any|the|my|any of the) neighbou?rs?\b",
    r"\b(?:looked|checked|searched)(?: (?:in|behind|round|around|under|through|by|at|all|both|the"
    rf"|my|our)){{1,4}} {_PLACES}\b",
    r"\b(?:looked|checked|searched) (?:absolutely )?everywhere\b(?! on)",
)

_PARCEL = (
    r"(?:it|they|(?:the|my|our|this) (?:whole )?(?:parcel|package|packet|order|box|shipment"
    r"|delivery"
    r"|thing|item))"
)
WENT_BACK = any_of(
    r"\breturn(?:ed|ing)? to (?:the )?sender\b",
    rf"\b{_PARCEL}(?: \w{{1,10}}){{0,2}} (?:was|is|has been|is being|got|went|going"
    rf"|being) ?(?:then |now"
    r" |being )?(?:sent |going |returned |shipped )?(?:back )?(?:to you|to (?:the shop"
    r"|your (?:address"
    r"|shop|workshop|warehouse))|to (?:germany|the (?:uk|us|usa|states)|england|ireland|america"
    r"|australia|belgium|france))\b",
    # Said by the post; a customer who sends it back says "I".
    r"\b(?:post|customs|courier|carrier|depot|driver|mail|delivery|form|office)\b[^!?\n]{0,120}?"
    r"\b(?:it['’]s|it is|they['’]re|they are) (?:now )?(?:going|on its way|being (?:sent|returned))"
    r" back to (?:you|the (?:sender|shop|uk|us|states)|england|ireland|america|germany)\b",
    r"\bmarked (?:it |as |them ){0,2}[\"'“‘]?(?:address (?:incomplete|unknown|insufficient)"
    r"|undeliverable|unclaimed|not known|insufficient address)",
)
AT_CUSTOMS = any_of(
    r"\b(?:stuck|held(?: up)?|sitting|lying|laying|waiting|is|been|stopped|stays?"
    r"|still) (?:now )?(?:at"
    r"|in|with|by) (?:the )?(?:\w{1,12} )?customs\b",
    r"\b(?:went|gone|goes) into customs\b",
    # What the tracking page says.
    r"\b(?:arrived|status|tracking|says?|shows?|reads?)\b[^.!?\n]{0,60}(?<!cleared )(?<!through )"
    r"(?<!left )(?<!passed )(?<!no )(?<!any )\bcustoms\b"
    r"(?! (?:form|label|declaration|clear|released|duty|duties|charges?|fees?|invoice|paper))",
    r"\bhanded (?:over )?to (?:the )?customs\b",
    r"\bcustoms (?:office )?(?:has|have|had|want|wants|need|needs|ask|asks|asked|wrote|say|says|are"
    r" (?:asking|holding)|is (?:asking|holding))\b(?! (?:let|cleared|released|no|nothing|not)\b)",
    r"\b(?<!no )(?<!any )(?:letter|mail|e-?mail|note|card) from (?:the )?customs\b",
)
