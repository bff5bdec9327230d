"""Templates whose letters the owner does not use. Pure."""

from collections import Counter
from collections.abc import Iterable

from triage.ledger import LaidLetter

# So many letters of one template, one after the other, and it is worth a word.
ROW = 10
# The owner put it aside, or wrote another answer. One that still lies there, is open in a composer
# or went because the customer wrote again says nothing of the template.
UNUSED = frozenset({"discarded", "answered"})


def unused(letters: Iterable[LaidLetter]) -> dict[str, int]:
    """The templates of which the last `ROW` letters or more were not used, the most first, with how
    many; `letters` in the order in which they were laid."""
    row: Counter[str] = Counter()
    for letter in letters:
        if letter.fate == "sent":
            row[letter.template] = 0
        elif letter.fate in UNUSED:
            row[letter.template] += 1
    return {template: times for template, times in row.most_common() if times >= ROW}
