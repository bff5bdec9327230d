"""The draft: a reply as it will lie in the Drafts folder."""

import re
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from triage.message import Address
from triage.reply.address import ascii_domain


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


# 120 bits of identity and 40 of check: both fill whole base32 digits, and of 10^12 ids of this
# shape made by other programs one passes the check.
_ID = re.compile(r"<([a-z2-7]{24})([a-z2-7]{8})@[^<>@\s]+>")


def _base32(data: bytes) -> str:
    return b32encode(data).decode("ascii").lower()


def _check(stem: str) -> str:
    return _base32(sha256(f"check {stem}".encode()).digest()[:5])


def draft_id(owner: str, digest: str, generation: int) -> str:
    """The Message-ID of a draft. Opaque: customers see it when the owner sends.

    `owner` is the account's main address. Raises ValueError when its domain is none.
    """
    identity = f"{owner.casefold()}\n{digest}\n{generation}".encode()
    stem = _base32(sha256(identity).digest()[:15])
    return f"<{stem}{_check(stem)}@{ascii_domain(owner.casefold().rpartition('@')[2])}>"


def is_draft_id(message_id: str) -> bool:
    """Whether a Message-ID has the form of `draft_id`, whoever the owner."""
    match = _ID.fullmatch(message_id.strip())
    return match is not None and _check(match[1]) == match[2]
