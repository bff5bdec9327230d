"""Floor 1: from a verdict and facts to a letter."""

from triage.reply.draft import Draft, draft_id
from triage.reply.shop import Identity, Remedies, Shop

__all__ = ["Draft", "Identity", "Remedies", "Shop", "draft_id"]
