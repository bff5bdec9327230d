"""Floor 1: from a verdict and facts to a letter.

What needs Jinja2 is imported from its own module (`letters`, `grammar`, `compose`): the
configuration and the ledger, which know a shop and a draft, do without.
"""

from triage.reply.address import address_key
from triage.reply.courtesy import Breach, breaches
from triage.reply.draft import Draft, draft_id, is_draft_id
from triage.reply.shop import Identity, Remedies, Shop
from triage.reply.situation import HARM, Situation, Stance, situation

__all__ = [
    "HARM",
    "Breach",
    "Draft",
    "Identity",
    "Remedies",
    "Shop",
    "Situation",
    "Stance",
    "address_key",
    "breaches",
    "draft_id",
    "is_draft_id",
    "situation",
]
