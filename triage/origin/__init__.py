"""Who is writing: the kind of a mail's author, and whom an answer goes to. Pure."""

from triage.origin.daily import daily_id
from triage.origin.decision import origin
from triage.origin.form import form_text
from triage.origin.types import House, Origin
from triage.origin.undelivered import undelivered

__all__ = ["House", "Origin", "daily_id", "form_text", "origin", "undelivered"]
