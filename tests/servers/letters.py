"""Mails and drafts for tests, made of as little as will do."""

from triage.message import Address
from triage.reply import Draft

OWNER = Address("The Owner", "owner@shop.example")
CUSTOMER = Address("Anna", "anna@customer.example")


def mail(name: str, *, answers: str = "", text: str = "Where is my parcel?", by: str = "") -> bytes:
    """A mail with the Message-ID <name@customer.example>, in answer to another id."""
    thread = f"In-Reply-To: {answers}\r\nReferences: <root@else.example> {answers}\r\n"
    plain = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
    return (
        f"From: {by or CUSTOMER.addr}\r\nTo: {OWNER.addr}\r\nSubject: {name}\r\n"
        f"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{name}@customer.example>\r\n"
        f"{thread if answers else ''}{plain}\r\n{text}\r\n"
    ).encode()


def draft(name: str, *, answers: str = "<asked@customer.example>") -> Draft:
    """A draft of ours with the Message-ID <name@ours.example>."""
    raw = (
        f"From: {OWNER.addr}\r\nTo: {CUSTOMER.addr}\r\nSubject: Re: {name}\r\n"
        f"Date: Mon, 02 Mar 2026 11:00:00 +0000\r\nMessage-ID: <{name}@ours.example>\r\n"
        f"In-Reply-To: {answers}\r\nReferences: {answers}\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=us-ascii\r\n\r\nI am sorry.\r\n"
    ).encode()
    return Draft(
        message_id=f"<{name}@ours.example>",
        generation=0,
        digest="0" * 64,
        template="other",
        from_=OWNER,
        to=(CUSTOMER,),
        recipient=CUSTOMER,
        subject=f"Re: {name}",
        in_reply_to=answers,
        references=(answers,),
        body="I am sorry.",
        missing=(),
        raw=raw,
    )


def is_ours(message_id: str) -> bool:
    """Whether a Message-ID is one of `draft`'s."""
    return message_id.endswith("@ours.example>")
