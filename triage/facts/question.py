"""How many questions a writer asks. Pure."""

import re

from triage.facts.phrase import flat

# A sentence of three words at least: "Really?" and "why??" ask for nothing that could be answered.
# No word is given back: 5,000 letters without a question mark took three seconds otherwise.
_QUESTION = re.compile(r"(?<!\w)\w++(?:[ ,;:'’()\"-]++\w++){2}[^.!?\n]{0,300}+\?(?=[\s?!)\"'”’]|$)")
# Asked of fate, or what every letter says: what happens next, and where it is.
_RHETORICAL = re.compile(
    r"\b(?:how (?:hard|difficult) (?:can|is)|who (?:does|would|in their right)"
    r"|is (?:this|that) a joke|are you (?:kidding|joking|serious)"
    r"|what (?:on earth|the (?:hell|heck|fuck|f\W))|why (?:on earth|do i bother)"
    r"|what kind of|what sort of|do you (?:really )?(?:think|expect|believe)"
    r"|what (?:happens|now|next|are you going|will you do|do you intend|can you do)|where(?:'s| is)"
    r"|am i supposed to|how (?:dare|am i|are you supposed))\b"
)
MOST = 9


def questions(text: str) -> int:
    """The number, up to `MOST`. The writer's own words; only the head of a long text is read."""
    found = (each[0] for each in _QUESTION.finditer(flat(text).lower()))
    return min(MOST, sum(not _RHETORICAL.search(sentence) for sentence in found))
