"""The draft: a reply as it will lie in the Drafts folder."""

from dataclasses import dataclass

from triage.message import Address


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply, complete.

    `message_id` is computed from the owner's address, the digest of the message answered and the
    generation, so that it can be recognised without the ledger. `to` is empty when `missing` holds
    questions only the owner can answer; `recipient` is whom the letter is for all the same. `raw`
    is the whole mail, 7-bit ASCII with CRLF line ends, as it goes into the APPEND.
    """

    message_id: str
    generation: int
    digest: str
    template: str
    from_: Address
    to: tuple[Address, ...]
    recipient: Address
    subject: str
    in_reply_to: str | None
    references: tuple[str, ...]
    body: str
    missing: tuple[str, ...]
    raw: bytes


def draft_id(owner: str, digest: str, generation: int) -> str:
    """The Message-ID of a draft. Opaque: customers see it when the owner sends."""
    raise NotImplementedError
