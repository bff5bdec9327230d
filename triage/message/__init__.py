"""Floor 0: a mail's bytes become a `Message`."""

from triage.message.reading import read
from triage.message.types import Address, Attachment, Body, Message

__all__ = ["Address", "Attachment", "Body", "Message", "read"]
