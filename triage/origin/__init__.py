"""Who is writing: the kind of a mail's author, and whom an answer goes to. Pure."""

from triage.origin.decision import origin
from triage.origin.form import form_text
from triage.origin.types import House, Origin

__all__ = ["House", "Origin", "form_text", "origin"]
