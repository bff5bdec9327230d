"""A notice of the shop: the owner's own words, in letters for a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from triage.reply.courtesy import Breach, phrase_breaches
from triage.reply.courtesy.marks import days_of_the_year
from triage.reply.term import SENT_WITHIN
from triage.taxonomy import Topic


@dataclass(frozen=True, slots=True)
class Notice:
    """One or two sentences on one line. Letters on `topics` bear them, on all where it is empty.
    `until` is the last day on which a customer may get to read them, `since` the first."""

    text: str
    until: date
    since: date = date.min
    topics: frozenset[Topic] = frozenset()

    def stands(self, topic: Topic, today: date) -> bool:
        """Whether a letter written on `today` bears it. Its last days are left out: the draft may
        be sent when it would be over."""
        told = self.since <= today <= self.until - timedelta(SENT_WITHIN)
        return told and (not self.topics or topic in self.topics)

    @property
    def days(self) -> tuple[str, ...]:
        """The days of the year it names: they are the owner's facts."""
        return days_of_the_year(self.text)

    def breaches(self) -> Iterator[Breach]:
        """What a letter should not say. "Until Monday" is no day of the year."""
        return phrase_breaches(self.text, self.days)
