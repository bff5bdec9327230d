"""Mails and drafts for tests, made of as little as will do."""

from triage.message import Address
from triage.place import Status
from triage.reply import Draft

OWNER = Address("The Owner", "owner@shop.example")
CUSTOMER = Address("Anna", "anna@customer.example")


def mail(
    name: str,
    *,
    answers: str | tuple[str, ...] = (),
    text: str = "Where is my parcel?",
    by: str = "",
) -> bytes:
    """A mail with the Message-ID <name@customer.example>, in answer to the last of a thread."""
    thread = _thread(answers)
    plain = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
    return (
        f"From: {by or CUSTOMER.addr}\r\nTo: {OWNER.addr}\r\nSubject: {name}\r\n"
        f"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{name}@customer.example>\r\n"
        f"{thread}{plain}\r\n{text}\r\n"
    ).encode()


def draft(name: str, *, answers: str | tuple[str, ...] = "<asked@customer.example>") -> Draft:
    """Our draft with the Message-ID <name@ours.example>, in answer to the last of a thread."""
    thread = (answers,) if isinstance(answers, str) else answers
    raw = (
        f"From: {OWNER.addr}\r\nTo: {CUSTOMER.addr}\r\nSubject: Re: {name}\r\n"
        f"Date: Mon, 02 Mar 2026 11:00:00 +0000\r\nMessage-ID: <{name}@ours.example>\r\n"
        f"{_thread(answers)}MIME-Version: 1.0\r\n"
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
        in_reply_to=thread[-1] if thread else None,
        references=thread,
        body="I am sorry.",
        missing=(),
        raw=raw,
    )


def still(status: Status) -> bool:
    """Says that a mailbox has not moved since it was last looked at."""
    return False


def is_ours(message_id: str) -> bool:
    """Whether a Message-ID is one of `draft`'s."""
    return message_id.endswith("@ours.example>")


def _thread(answers: str | tuple[str, ...]) -> str:
    thread = (answers,) if isinstance(answers, str) else answers
    if not thread:
        return ""
    return f"In-Reply-To: {thread[-1]}\r\nReferences: {' '.join(thread)}\r\n"
