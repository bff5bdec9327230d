"""What a sign of harm is, and the pieces that many of them are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """Phrases of one kind, in lower case, with a sentence that tells of harm and one that does
    not."""

    pattern: str
    example: str
    counter: str


CHILD = r"(?:baby|child|children|kids?|toddler|infant|newborn|daughter|son|boy|girl|little one)"
