"""What the ledger remembers, as values. Times are seconds since the epoch."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from triage.place import Ref, Stored
from triage.reply import Draft, address_key


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox has been listed.

    UIDs from `base` on are all new mail; below it only those whose INTERNALDATE is not before
    `since`. Every UID below `listed` has been listed once.
    """

    base: int
    since: float
    listed: int


@dataclass(frozen=True, slots=True)
class Known:
    """What lay at a UID when it was read: the digest and the Message-ID of the message."""

    uid: int
    digest: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One message, judged.

    `echo` is a digest of sender and text: the same letter sent again has the same. `arrived` is
    when it reached the server. `undrafted` says why no reply was drafted, "" when one was.
    `provisional`: seen in a folder that is only listed (Junk); judged again when it turns up in a
    watched one. `writer` is an address; `signals` are names with blanks between. These and
    `subject` are None in what was judged before they were remembered.

    Of a complaint alone, else None: `complainant` is the address it is answered at, as
    `address_key` gives it, `order_key` the number of the one order it is about, as `number_key`
    gives it, and `again` the owner's day (ISO 8601) on which the same customer first complained of
    the same matter, None where he never had.
    """

    digest: str
    message_id: str | None
    echo: str
    arrived: float
    judged: float
    outcome: str
    reason: str
    origin: str = ""
    topic: str | None = None
    complaint: float | None = None
    language: str | None = None
    undrafted: str = ""
    provisional: bool = False
    writer: str | None = None
    subject: str | None = None
    signals: str | None = None
    complainant: str | None = None
    order_key: str | None = None
    again: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What a complaint bears so that its owner sees it: \\Flagged, an IMAP keyword, a label of
    Gmail's; "" for none."""

    flag: bool = False
    keyword: str = ""
    label: str = ""

    def __bool__(self) -> bool:
        return self.flag or bool(self.keyword or self.label)

    def beside(self, flags: Iterable[str]) -> Self:
        """Those that a message with these flags did not bear."""
        there = {flag.lower() for flag in flags}
        keyword = "" if self.keyword.lower() in there else self.keyword
        return replace(self, flag=self.flag and "\\flagged" not in there, keyword=keyword)


@dataclass(frozen=True, slots=True)
class Done:
    """A place that is done with: the message that lies there, None when it has vanished.

    `judged` is None when the message was known before; `draft` is the letter it gets; `marks` are
    what it was given and did not bear. `superseded` are the Message-IDs of the drafts that are
    to go, and `why`: "replaced" by this letter, "settled" or "answered". `thread` are the earlier
    mails that a customer's mail names; `settled` says that it tells of a good end.
    """

    ref: Ref
    digest: str | None
    judged: Judged | None = None
    draft: Draft | None = None
    marks: Marks = Marks()
    superseded: tuple[str, ...] = ()
    why: str = ""
    thread: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Taught:
    """A mail in a teaching folder, as it was read there.

    `digest` is None where nothing is learned from it: it cannot be read, or is the owner's own.
    `taught` is when it was first seen there. `tries` counts the looks that broke off at it, 0 once
    it is read. `kept` is False where its label is not wanted any more: too old, or of somebody who
    is forgotten.
    """

    ref: Ref
    digest: str | None
    taught: float
    tries: int = 0
    kept: bool = True


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that is not on the server yet, as far as is known.

    `unsettled` is when an APPEND was sent whose answer is not known, None when there is none;
    `attempts` counts the APPENDs, `swallowed` those that were answered OK and left nothing.
    `withdraw` says why it is not wanted any more, None while it is.
    """

    message_id: str
    in_reply_to: str | None
    raw: bytes
    attempts: int
    swallowed: int
    unsettled: float | None
    withdraw: str | None = None


@dataclass(frozen=True, slots=True)
class SweptDraft:
    """A draft of which another copy may have arrived, and where the first lies; `withdrawn` when
    that was taken away, or was never to be laid."""

    message_id: str
    in_reply_to: str | None
    raw: bytes
    stored: Stored
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class LaidDraft:
    """A draft that lies on the server since then, as far as is known; the message of `digest` is
    what it answers.

    `fate` is what was seen last: "" untouched, "edited", or "gone"; `fated` is since when.
    `changed` is the share of its words that are not in the owner's own answer to the same message,
    None where there is none. `withdraw` says why it is to go while it is untouched, "" when it is
    not to; `replaced` that another draft is stored in its place, or none is to be.
    """

    message_id: str
    in_reply_to: str | None
    raw: bytes
    stored: Stored
    digest: str
    since: float
    fate: str = ""
    fated: float | None = None
    changed: float | None = None
    withdraw: str = ""
    replaced: bool = True


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft, by its Message-ID, that was not sent yet, and the message it answers; `threaded`
    when that is of the thread in question."""

    letter: str
    judged: Judged
    fate: str
    withdraw: str
    threaded: bool


@dataclass(frozen=True, slots=True)
class Later:
    """A later mail that names an earlier one, and whether it tells of a good end."""

    judged: Judged
    settled: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that may have been answered, and its letter, if it got one."""

    digest: str
    arrived: float
    letter: str | None
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What its owner says is no complaint: where it lies, and the marks that were set on it."""

    uid: int
    digest: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Watched:
    """A complaint in a mailbox: where, and whether it bears a flag of ours."""

    uid: int
    digest: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by his address, as `address_key` gives it."""

    key: str

    def is_his(self, addr: str) -> bool:
        """Whether an address is the same one."""
        return address_key(addr) == self.key

    def is_named(self, text: str) -> bool:
        """Whether the address stands in a text, for itself and not within a longer one."""
        whole = rf"(?<![\w.+-]){re.escape(self.key)}(?![\w-]|\.\w)"
        return re.search(whole, text, re.IGNORECASE) is not None
