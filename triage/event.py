"""What the story tells whoever listens, as it happens. Nothing here holds a mail but `Handled`."""

from dataclasses import dataclass

from triage.errors import AccountError, Refusal, TriageError, UserError
from triage.finding import Finding
from triage.place import Ref, Stored


@dataclass(frozen=True, slots=True)
class OrdersNotRead:
    """The order book's file cannot be read: the book stays as it was."""

    error: UserError


@dataclass(frozen=True, slots=True)
class Handled:
    """A message was judged. `given_up` says of a failed one that it is not tried again."""

    ref: Ref
    finding: Finding
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class NotMarked:
    """The server would not have the flag on a complaint."""

    ref: Ref
    error: Refusal


@dataclass(frozen=True, slots=True)
class Unmarked:
    """Our marks were taken off a message: its owner says that it is no complaint."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class NotUnmarked:
    """The server would not have them taken off."""

    ref: Ref
    error: Refusal


@dataclass(frozen=True, slots=True)
class MailboxMissing:
    """A mailbox beside the first one cannot be opened: the others are looked at all the same."""

    mailbox: str
    error: AccountError


@dataclass(frozen=True, slots=True)
class DraftStored:
    """A draft lies on the server; `found` there, when an earlier APPEND had laid it."""

    message_id: str
    stored: Stored
    found: bool = False


@dataclass(frozen=True, slots=True)
class DraftDropped:
    """A draft is not to be stored any more: `why` is a code."""

    message_id: str
    why: str


@dataclass(frozen=True, slots=True)
class DraftWithdrawn:
    """A draft that nobody had touched was taken away again: `why` is a code."""

    message_id: str
    why: str


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """The server would not let Drafts or Sent be looked at: what became of the drafts is looked up
    next time."""

    error: Refusal


@dataclass(frozen=True, slots=True)
class DraftDelayed:
    """A draft could not be stored now and is tried again later."""

    message_id: str
    error: TriageError


@dataclass(frozen=True, slots=True)
class CopiesRemoved:
    """Late second copies of a draft were removed."""

    message_id: str
    count: int


Event = (
    OrdersNotRead
    | Handled
    | NotMarked
    | Unmarked
    | NotUnmarked
    | MailboxMissing
    | DraftStored
    | DraftDropped
    | DraftWithdrawn
    | NotFollowed
    | DraftDelayed
    | CopiesRemoved
)
