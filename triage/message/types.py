"""The values that stand for a mail once its bytes have been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322 section 3.4.

    `name` is the decoded display name (one line, no control or bidi characters, "" when there is
    none); `addr` the addr-spec as written, without angle brackets, never empty.
    """

    name: str
    addr: str

    def __str__(self) -> str:
        """As a reader shows it."""
        return f"{self.name} <{self.addr}>" if self.name else self.addr

    @property
    def key(self) -> str:
        """The addr-spec for comparing: case folded."""
        return self.addr.casefold()

    @property
    def domain(self) -> str:
        return self.key.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the body: decoded file name ("" when none), type, size in octets."""

    filename: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Body:
    """The text a person reads, in pieces that join to the whole.

    `text` is everything; `new` what the writer wrote this time, for the classifier (never empty
    when `text` is not: when cutting leaves nothing it is the whole text); `quoted` the history
    below or between; `signature` what follows the sign-off mark. Lines end in "\\n"; no control
    characters but "\\n" and "\\t".
    """

    text: str
    new: str
    quoted: str
    signature: str


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, read.

    `message_id`, `in_reply_to`, `references` keep their angle brackets; the ids of a thread stand
    oldest first. `message_id` is None when the header is missing or unusable. `sender` is the first
    From address, None when there is none. `date` is the Date header, `received` the topmost
    Received header's date; both aware, in UTC, None when missing or unreadable. `headers` maps
    lower-case names to all values of that field, decoded, in order, each at most 64 kB. `subject`
    is one line. `truncated` means that only the head of the mail was fetched. `digest` (64 hex
    digits) is the identity of the message: the same mail has the same digest in another folder,
    under another UID, and whether or not it was truncated.
    """

    message_id: str | None
    date: datetime | None
    received: datetime | None
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: Mapping[str, tuple[str, ...]]
    content_type: str
    body: Body
    attachments: tuple[Attachment, ...]
    size: int
    truncated: bool
    digest: str

    def header(self, name: str) -> str:
        """The first value of a header field, "" when it is absent."""
        values = self.headers.get(name.lower(), ())
        return values[0] if values else ""
