"""The digest as a mail of the owner to himself. Pure."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as Named
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from triage.message import Address


@dataclass(frozen=True, slots=True)
class Content:
    """What the digest says, worded."""

    subject: str
    text: str
    html: str


def mail(content: Content, owner: Address, message_id: str, now: datetime) -> bytes:
    """The mail, 7-bit ASCII with CRLF line ends. `Auto-Submitted` (RFC 3834) keeps others'
    robots from answering it."""
    whole = EmailMessage(policy=SMTP)
    local, _, domain = owner.addr.rpartition("@")
    whole["From"] = Named("triage", local, domain)
    whole["To"] = Named(owner.name, local, domain)
    whole["Subject"] = content.subject
    whole["Date"] = format_datetime(now)
    whole["Message-ID"] = message_id
    whole["Auto-Submitted"] = "auto-generated"
    whole.set_content(content.text, cte="quoted-printable")
    whole.add_alternative(content.html, subtype="html", cte="quoted-printable")
    return whole.as_bytes()
