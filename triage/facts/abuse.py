"""Whether a writer insults or threatens whoever reads the mail, from plain phrases.

Anger is not abuse: strong words about a parcel, a carrier or the service leave a letter as it is,
and so do accusations ("you are thieves", "a scam"), which are a complaint. What is meant here is
said to a person.
"""

import re

from triage.facts.phrase import any_of, flat

_SO = (
    r"(?:(?:all|both|just|really|such|nothing but|a|an|the|bunch|pack|lot|load|shower|of|utter"
    r"|total|complete|absolute|bloody|fucking|f\*+ing|stupid|pathetic|useless|lazy|dumb|thick"
    r"|fat|old|ignorant|incompetent|worthless|disgusting) ){0,6}"
)
_NAMED = (
    r"(?:idiots?|morons?|imbeciles?|cretins?|scum(?:bags?)?|cunts?|bastards?|arseholes?|assholes?"
    r"|dickheads?|pricks?|wankers?|tossers?|bitch(?:es)?|cows?|pigs?|parasites?|retards?"
    r"|halfwits?|dimwits?|shitheads?|pieces? of (?:shit|crap|filth)|waste of (?:space|skin|air))\b"
)
# Half of an insult is a joke about oneself, or somebody else's.
_PHRASES = any_of(
    rf"\byou(?:['’]re| are| lot are| people are|r all| must be)? {_SO}{_NAMED}",
    rf"(?:^|[.!?\n]\s{{0,3}}){_SO}{_NAMED}[.!]",
    r"\b(?:f+[u*]+[c*]*k+|screw|sod|bugger) (?:you|off)\b",
    r"\b(?:go|rot|burn|you can(?: all)? (?:go|rot|burn)) (?:to |in )?hell\b|\bpiss off\b"
    r"|\bdrop dead\b|\bgo (?:and )?die\b|\bkill yoursel(?:f|ves)\b",
    r"\b(?:shove|stick|ram|stuff) (?:it|them|that|this|your (?:\w{1,12} ){1,3})[^.!?\n]{0,20}"
    r"\bup (?:your|yours)\b",
    r"\bi (?:know|have found out|will find out|['’]ll find out) where you (?:all )?(?:live|work)"
    r"(?=\s*(?:[.!,\n]|$))|\bwatch your back\b"
    r"|\byou(?:['’]ll| will) (?:all )?(?:be sorry|pay for this)(?=\s*(?:[.!\n]|$))"
    r"|\bi(?:['’]ll| will| am going to|['’]m going to) (?:come|drive) (?:round|over|down|there)"
    r"[^.!?\n]{0,40}\b(?:smash|break|burn|sort you|teach you|your (?:face|windows?|teeth))",
)
_TURNED = re.compile(
    r"\b(?:not|isn['’]?t|aren['’]?t|never) (?:\w{1,10} ){0,3}$"
    r"|\b(?:he|she|they|driver|courier|carrier|told me|called me|said)\b[^.!?\n]{0,30}$"
)
_NEAR = 60


def abuse(text: str) -> bool:
    """Whether a text does. Its writer's own words; only the head of a long one is read."""
    lower = flat(text).lower()
    return any(
        not _TURNED.search(lower, max(0, found.start() - _NEAR), found.start())
        for found in _PHRASES.finditer(lower)
    )
