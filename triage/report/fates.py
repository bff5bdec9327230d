"""What became of the letters that were laid, by template. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triage.ledger import LaidLetter

# A letter of which no larger share of the words was changed was sent as it was.
AS_IS = 0.05


class Fate(StrEnum):
    """What became of a letter, as a report counts it."""

    AS_IS = "as-is"  # sent
    EDITED = "edited"  # and sent
    DISCARDED = "discarded"
    ANSWERED = "answered"  # taken away: the owner answered in words of his own
    SETTLED = "settled"  # taken away: the customer wrote that all is well
    CORRECTED = "corrected"  # taken away: the owner called the mail no complaint
    REPLACED = "replaced"  # taken away for a letter that answers a later mail, too
    BEGUN = "begun"  # it waits, and the owner has been at it, or has it open
    WAITING = "waiting"  # untouched


SENT = (Fate.AS_IS, Fate.EDITED)
TAKEN = (Fate.ANSWERED, Fate.SETTLED, Fate.CORRECTED, Fate.REPLACED)
OPEN = (Fate.BEGUN, Fate.WAITING)


def fate(letter: LaidLetter) -> Fate | None:
    """None for a letter that was never laid."""
    if letter.state != "stored":
        return None
    match letter.fate:
        case "sent":
            as_is = letter.changed is not None and letter.changed <= AS_IS
            return Fate.AS_IS if as_is else Fate.EDITED
        case "edited" | "gone":
            return Fate.BEGUN
        case "":
            return Fate.WAITING
    return Fate(letter.fate)


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters by what became of them, in all and of each template, the most used first;
    `unused` are the templates of which so many in a row were not used (`triage.report.unused`)."""

    all: Mapping[Fate, int]
    by_template: Mapping[str, Mapping[Fate, int]]
    unused: Mapping[str, int]


class Laid:
    """Hears of letters one by one."""

    def __init__(self) -> None:
        self._found: defaultdict[str, Counter[Fate]] = defaultdict(Counter)

    def add(self, template: str, became: Fate) -> None:
        self._found[template][became] += 1

    def told(self, unused: Mapping[str, int]) -> Letters:
        order = sorted(self._found, key=lambda each: (-self._found[each].total(), each))
        found = {template: self._found[template] for template in order}
        return Letters(sum(found.values(), Counter()), found, unused)
