"""Whether a writer tells of harm: an injury, an illness, an allergy, or danger to somebody.

Such a mail comes first, and its letter offers nothing. What is missed gets an offer of money and is
asked for a photo; what is told wrongly gets a colder letter and a look of its owner's. So many
phrases are taken, and only those uses left out that are common otherwise: praise, jokes, questions
before buying, and mishaps that are nobody's fault.
"""

from triage.facts.danger import DANGERS
from triage.facts.injury import INJURIES
from triage.facts.phrase import any_of, flat, shown

_NEAR = 80  # characters before and behind a phrase in which words turn its sense

SIGNS = (*INJURIES, *DANGERS)
_PHRASES = any_of(*(sign.pattern for sign in SIGNS))

# What stands before a phrase and turns its sense.
_TURNED = any_of(
    # "no rash", "does not irritate my skin"
    r"(?:\b(?:not|never|without|no|nor|cannot)|n't)(?: (?:an?|any|the|more|my|at|all|really|even"
    r"|ever|very|so|too|that|be|been|being|get|got|give|gave|given|cause[ds]?|have|had|has|me|us|to"
    r"|it|or|is|was|were)){0,3} $",
    # "is it dangerous", "if it burns my skin"; but "what if it had burnt his hand"
    r"(?:^|[^\w\s]\s{0,3}|\b(?:and|or|so|but) )(?:is|are|was|would|will|does|do|can)"
    r" (?:it|this|that|they|these|there)(?: \w+)? $",
    r"(?<!what )(?<!even )\b(?:if|whether|unless|in case) (?:(?!had\b|were\b|was\b)[\w']+ ){0,3}$",
    # "it healed the burn on my hand", "a cream for burns on my arm"
    r"\b(?:heal(?:s|ed)|sooth(?:es|ed)|help(?:s|ed)(?: with)?|cure[sd]?|calm(?:s|ed)|relief for"
    r"|clear(?:s|ed)(?: up)?|(?:cream|balm|good|great) for|work(?:s|ed) on) (?:[\w'-]+ ){0,4}$",
    r"\b(?:colou?rs?|dye|ink|print|indigo)(?: \w+){0,2} $",  # "the colours were bleeding"
    r"\b(?:so tight|too tight|laughing|tears)\b[^.!?]{0,30}$",  # "so tight that I cannot breathe"
)
# What stands behind it: a mishap that explains a wish, or that is the writer's own.
_EXCUSED = any_of(
    r"^[^.!?]{0,40}?\bso (?:my|a|our) (?:\w+ )?(?:will|can)\b",
    r"^[^.!?]{0,40}?\b(?:and|so)(?: i)? (?:can(?:'t|not)|am unable|won't be able)\b"
    r"(?! (?:use|touch|move|feel|see))",
    r"^[^.!?]{0,40}?\b(?:skiing|playing|running|football|gardening|at work|at the gym|on holiday"
    r"|on the ice|moving house|trampoline|last year|years ago|months ago)\b",
    r"^[^!?]{0,60}?\b(?:own (?:\w+ )?(?:fault|clumsiness|doing|stairs)"
    r"|not (?:at yours|blaming|your fault))",
)


def harm(text: str) -> str | None:
    """The first phrase that tells of it, in lower case, at most 40 characters; None when there is
    none. Its writer's own words: no quoted mail. The time it takes is bounded by the head of a
    text, of which alone it reads, and by phrases that all have an end."""
    lower = flat(text).replace("’", "'").lower()
    for found in _PHRASES.finditer(lower):
        before = lower[max(0, found.start() - _NEAR) : found.start()]
        behind = lower[found.end() : found.end() + _NEAR]
        if not (_TURNED.search(before) or _EXCUSED.search(behind)):
            return shown(found.group())
    return None
