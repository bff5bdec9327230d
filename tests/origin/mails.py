"""Messages made by hand, for tables of cases: only what a case is about is said."""

from dataclasses import dataclass, field

from triage.message import Address, Attachment, Body, Message
from triage.origin import House, origin
from triage.taxonomy import OriginKind

# A shop with its own domain, a Gmail address, and a Google Group.
HOUSE = House(
    (Address("Shop", "shop@shop.example"), Address("", "the.shop@gmail.com")),
    frozenset({"info@shop.example"}),
)
JANE = "jane@customer.example"


@dataclass(frozen=True)
class Case:
    """`writer` is the address an answer goes to. `why` is the source of the expectation."""

    name: str
    kind: OriginKind
    why: str
    sender: str = f"Jane Doe <{JANE}>"
    subject: str = "Where is my parcel?"
    text: str = "It has not come."
    writer: str | None = None
    answer_at: str | None = None
    fields: dict[str, object] = field(default_factory=dict)


def address(text: str) -> Address:
    """ "Jane Doe <jane@example.net>" as a value."""
    name, _, addr = text.rpartition("<")
    return Address(name.strip(), addr.strip("<> "))


def make(
    sender: str = "Jane Doe <jane@customer.example>",
    subject: str = "Where is my parcel?",
    text: str = "It has not come.",
    *,
    reply_to: str = "",
    in_reply_to: str = "",
    parts: tuple[str, ...] = (),
    new: str | None = None,
    quoted: str = "",
    signature: str = "",
    **headers: str,
) -> Message:
    """A message; header names are keywords with underscores (list_id="<x>")."""
    return Message(
        message_id="<1@customer.example>",
        date=None,
        received=None,
        sender=address(sender) if sender else None,
        reply_to=tuple(address(each) for each in reply_to.split(", ") if each),
        to=(Address("", "shop@shop.example"),),
        cc=(),
        subject=subject,
        in_reply_to=(in_reply_to,) if in_reply_to else (),
        references=(in_reply_to,) if in_reply_to else (),
        headers={name.replace("_", "-"): (value,) for name, value in headers.items()},
        content_type=headers.get("content_type", "text/plain").partition(";")[0],
        body=Body(text, text if new is None else new, quoted, signature),
        attachments=tuple(Attachment("", kind, 100) for kind in parts),
        size=len(text),
        truncated=False,
        digest="0" * 64,
    )


def check(case: Case) -> None:
    """The writer is told apart, the answer goes to whom it should, and the evidence is named."""
    found = origin(make(case.sender, case.subject, case.text, **case.fields), HOUSE)
    assert (found.kind, found.writer and found.writer.addr, found.answer_at) == (
        case.kind,
        case.writer,
        case.answer_at,
    ), found.evidence
    assert found.evidence
