"""One account: a login on an IMAP server and how it is watched. Values only."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path

from triage.message import Address


class Security(StrEnum):
    """How the connection is protected. `NONE` is refused except to a loopback address."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PasswordFrom:
    """Where the password comes from: exactly one of these is set.

    `command` is an argument vector run without a shell, its first output line is the password;
    `file` holds it in its first line; `env` names an environment variable; `credential` a systemd
    credential in $CREDENTIALS_DIRECTORY.
    """

    command: tuple[str, ...] = ()
    file: Path | None = None
    env: str = ""
    credential: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """`addresses` are the owner's own, the main one first. Durations in seconds, sizes in octets.

    `drafts`, `sent`, `trash` are "" when they are to be found; `mailboxes` are watched, `listed`
    (Junk) only read, nothing in them is marked or drafted. `append_settle` is how long an APPEND
    whose answer never came is left alone before the draft is looked for again. `teaching` is the
    folder in which the teaching folders lie, "" for none; `teaching_topics`: one for each topic,
    too; what was learned from them is kept for `labels_keep`, None: for good. `digest` is the hour
    (the owner's) of the mail that tells of the day, None for none.
    """

    name: str
    addresses: tuple[Address, ...]
    host: str
    port: int
    security: Security
    user: str
    password: PasswordFrom
    ca_file: Path | None = None
    mailboxes: tuple[str, ...] = ("INBOX",)
    listed: tuple[str, ...] = ()
    drafts: str = ""
    sent: str = ""
    trash: str = ""
    keyword: str = "Complaint"
    label: str = "Complaint"
    flag: bool = True
    own_lists: frozenset[str] = frozenset()
    max_size: int = 25_000_000
    look_back: float = 7 * 86400.0
    poll: float = 60.0
    append_settle: float = 120.0
    teaching: str = ""
    teaching_topics: bool = False
    labels_keep: float | None = None
    digest: time | None = None

    @property
    def address(self) -> Address:
        return self.addresses[0]
