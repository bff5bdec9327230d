"""Whether a writer tells that his matter has come to a good end: he has found it, it came after
all, nothing more is to be done.

What is told wrongly takes a letter away that a customer waits for, so it is believed only where
nothing in the mail speaks against it: no "but", no question, no wish. It is asked of mails that do
not complain.
"""

import re

from triage.facts.phrase import any_of, flat, shown

_HAS = r"(?:['’]s| is| has)?"
_THING = (
    r"(?:parcel|package|order|delivery|items?|box|mugs?|cups?|bowls?|refund|money|replacement"
    r"|payment|tracking|things?)"
)
_IT = (
    r"(?:it|they|everything|all|both|parcel|package|order|refund"
    rf"|(?:my|the|our|your) (?:[a-z-]{{2,16}} ){{0,2}}?{_THING})"
)
_JUST = r"(?: (?:just|finally|now|actually|already|all|since|thankfully|happily|literally)){0,2}"
_SETTLED = any_of(
    # "Found it!", "I have found the parcel", "my neighbour had it"
    rf"\b(?:found|located|got|tracked down|received) (?:it|them|{_IT})\b(?! (?:was|is|were|to be))",
    r"\b(?:neighbou?r|husband|wife|partner|son|daughter|mum|mom|dad|reception|concierge|flatmate"
    r"|housemate|caretaker|colleague)s?(?: across the road| next door| downstairs| upstairs)?"
    r"(?: had| has| took| had taken| was keeping| kept)"
    r" (?:it|them|the (?:parcel|package|box))\b",
    # "It has just arrived", "the parcel turned up", "everything came today"
    rf"\b{_IT}{_HAS}(?: have)?{_JUST} (?:arrived|turned up|shown up|showed up|come|came|appeared"
    r"|been (?:delivered|found|refunded|returned|sorted|resolved|fixed|paid))\b",
    # "all sorted now", "problem solved", "it is working now"
    r"\b(?:all|now|it['’]?s|is|been|got it|got this) (?:been |now |all )?(?:sorted|resolved|solved"
    r"|settled)(?: out)?\b",
    r"\b(?:problem|issue|mystery|matter|case) (?:is |now |all )*(?:solved|sorted|resolved|closed"
    r"|settled)\b",
    r"\b(?:it['’]?s|it is|they['’]?re|they are|that['’]?s|is) (?:all )?(?:working|fine|good|okay"
    r"|ok)(?: again)? (?:now|after all)\b",
    rf"\b{_IT}(?:['’]s| is| are)(?: all)?{_JUST} here\b(?! in)|\b{_IT}{_JUST} got here\b",
    r"\b(?:postman|post lady|postie|courier|driver|mailman)(?: has|['’]s)? (?:just )?(?:brought"
    r"|delivered|dropped off) (?:it|them)\b",
    # "No need to do anything", "false alarm"
    r"\bno need (?:to (?:reply|answer|respond|do anything|look|chase|send|worry|write|act|follow up"
    r"|investigate|refund)|for (?:a |any )?(?:reply|answer|refund|replacement|action))\b",
    r"\b(?:crisis averted|false alarm|panic over)\b",
    # "I have had the refund", "the money is in my account"
    r"\b(?:had|got|received|seen) (?:the|my|your|a) (?:full )?(?:refund|money|payment|replacement)"
    r"\b",
    r"\b(?:refund|money|payment) (?:has (?:just )?(?:arrived|come through|landed|gone in|come in)"
    r"|came through|is (?:back )?(?:in|on) my (?:account|card)|is in)\b",
)
# Take back what was written; of a longer mail, or one with a number, only to write it anew.
_TAKEN_BACK = any_of(
    r"\b(?:ignore|disregard|forget|scratch|scrap|delete) (?:(?:my|the|this) )"
    r"(?:\w+ ){0,2}(?:e-?mails?|messages?|mails?|notes?|questions?|complaints?)\b",
    r"\b(?:never ?mind|ignore (?:me|that)|scrap that|as you were)\b",
)
_LONGER = 20  # words
# What speaks against it, anywhere in the mail.
_OPEN = any_of(
    r"\?|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bexcept\b|\bunfortunately\b|\bstill\b",
    r"\b(?:not|never|no longer|cannot)\b(?! (?:to worry|a problem|a bother|mind))",
    r"n['’]t\b(?! worry)",
    r"\b(?:if|when|once|until|unless|in case|hope|hoping|would|could|should|want|wish)\b",
    r"\b(?:broken|cracked|smashed|chipped|damaged|wrong|missing|faulty|late|shattered|torn"
    r"|leaking|empty|pieces|bits|minus|without|half|only|part|dented|scratched|spilt|spilled|short"
    r"|impossible|another|instead|different|nobody|no one|says|claims|refuse|complain"
    r"|disappoint\w*|unacceptable|rubbish)\b",
    r"\bhas(?:n['’]t| not)\b",
)


def settled(text: str) -> str:
    """The phrase that tells of it, at most 40 characters; "" when there is none, or when anything
    speaks against it. Its writer's own words: no quoted mail."""
    lower = flat(text).replace("’", "'").lower()
    found = _SETTLED.search(lower)
    if found is None and len(lower.split()) <= _LONGER and not re.search(r"\d\d", lower):
        found = _TAKEN_BACK.search(lower)
    if found is None or _OPEN.search(lower):
        return ""
    return shown(found.group())
