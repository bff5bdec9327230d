"""Floor 1: from a verdict and facts to a letter.

What needs Jinja2 is imported from its own module (`letters`, `grammar`, `compose`): the
configuration and the ledger, which know a shop and a draft, do without.
"""

from triage.reply.address import address_key
from triage.reply.courtesy import Breach, breaches
from triage.reply.draft import Draft, draft_id, is_draft_id
from triage.reply.notice import Notice
from triage.reply.plain import day_words
from triage.reply.shop import Identity, Remedies, Shop
from triage.reply.situation import Situation, situation
from triage.reply.term import DaysOff, Weekday
from triage.reply.thread import base_subject
from triage.reply.voice import Person, Spelling, Tone, Voice

__all__ = [
    "Breach",
    "DaysOff",
    "Draft",
    "Identity",
    "Notice",
    "Person",
    "Remedies",
    "Shop",
    "Situation",
    "Spelling",
    "Tone",
    "Voice",
    "Weekday",
    "address_key",
    "base_subject",
    "breaches",
    "day_words",
    "draft_id",
    "is_draft_id",
    "situation",
]
