"""Floor 1: from a verdict and facts to a letter."""

from triage.reply.address import address_key
from triage.reply.compose import compose
from triage.reply.courtesy import Breach, breaches
from triage.reply.draft import Draft, draft_id, is_draft_id
from triage.reply.grammar import Fault
from triage.reply.letters import Letters
from triage.reply.shop import Identity, Remedies, Shop
from triage.reply.situation import Situation, Stance, situation

__all__ = [
    "Breach",
    "Draft",
    "Fault",
    "Identity",
    "Letters",
    "Remedies",
    "Shop",
    "Situation",
    "Stance",
    "address_key",
    "breaches",
    "compose",
    "draft_id",
    "is_draft_id",
    "situation",
]
