"""What the daemon tells whoever listens. The command line words it; nothing here holds mail."""

from collections.abc import Callable
from dataclasses import dataclass

from triage.errors import Refusal, TriageError, UserError
from triage.event import Event


@dataclass(frozen=True, slots=True)
class Started:
    """The daemon runs, with so many accounts."""

    accounts: int


@dataclass(frozen=True, slots=True)
class Connected:
    """An account has logged in."""

    host: str


@dataclass(frozen=True, slots=True)
class CycleEnded:
    """A whole cycle of an account has ended well."""


@dataclass(frozen=True, slots=True)
class CycleFailed:
    """A cycle failed; it is tried again after `seconds`."""

    error: TriageError
    seconds: float


@dataclass(frozen=True, slots=True)
class AccountStopped:
    """An account is left alone, but for a try after `seconds`, until its owner acts."""

    error: TriageError
    seconds: float


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The configuration was read again and is in force."""

    accounts: int


@dataclass(frozen=True, slots=True)
class ReloadFailed:
    """The configuration was read again and is not usable: the old one stays in force."""

    error: TriageError


@dataclass(frozen=True, slots=True)
class ModelReplaced:
    """The owner's file does not serve: a model is `made` of the corpus and his labels, which takes
    a minute, or the one that ships serves. `error` is what is wrong with the file that was there,
    None when nothing is."""

    error: UserError | None
    made: bool


@dataclass(frozen=True, slots=True)
class ModelRenewed:
    """A model that was made meanwhile is in force."""


@dataclass(frozen=True, slots=True)
class ModelNotRead:
    """The model's file has changed and cannot be used: the former model stays in force."""

    error: UserError


@dataclass(frozen=True, slots=True)
class LessonsHeard:
    """The teaching folders say something new of `new` mails, and nothing more of `taken` others."""

    new: int
    taken: int


@dataclass(frozen=True, slots=True)
class TeachingRefused:
    """The server would not make these teaching folders."""

    mailboxes: tuple[str, ...]
    error: Refusal


@dataclass(frozen=True, slots=True)
class TeachingFailed:
    """The teaching folders could not be read; that is tried again. Told once."""

    error: TriageError


@dataclass(frozen=True, slots=True)
class DigestLaid:
    """The day's digest lies in this mailbox."""

    mailbox: str


@dataclass(frozen=True, slots=True)
class DigestFailed:
    """The day's digest could not be laid; that is tried again. Told once."""

    error: TriageError


@dataclass(frozen=True, slots=True)
class Hanging:
    """These accounts are past their deadline: systemd is not told any more that all is well."""

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopping:
    """The daemon ends; accounts still busy after the grace period are named."""

    unfinished: tuple[str, ...]


Told = (
    Event
    | Started
    | Connected
    | CycleEnded
    | CycleFailed
    | AccountStopped
    | Reloaded
    | ReloadFailed
    | ModelReplaced
    | ModelRenewed
    | ModelNotRead
    | LessonsHeard
    | TeachingRefused
    | TeachingFailed
    | DigestLaid
    | DigestFailed
    | Hanging
    | Stopping
)

# Called with the account's name ("" for the daemon itself) from any thread.
Listener = Callable[[str, Told], None]
