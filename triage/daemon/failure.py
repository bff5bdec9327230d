"""What ends a cycle, told as an error of ours, and noted in the ledger."""

from contextlib import suppress

from triage.errors import AccountError, MailboxError, StateError, TriageError, UserError
from triage.ledger import Ledger


def ours(error: Exception) -> TriageError:
    """The error itself, or, for a fault of the program, `program-error` with it as its cause: the
    cycle ends, and is tried again after a back-off."""
    if isinstance(error, TriageError):
        return error
    broken = MailboxError("program-error", error=type(error).__name__)
    broken.__cause__ = error
    return broken


def stops(error: TriageError) -> bool:
    """Whether the account waits for somebody to act; any other error passes by itself."""
    return isinstance(error, AccountError | UserError)


def asked(error: TriageError) -> float:
    """For how many seconds the server wants to be left alone; 0.0 where it has not said."""
    wait = error.facts.get("wait")
    return float(wait) if isinstance(wait, int | float) else 0.0


def note(ledger: Ledger, error: TriageError, retry_at: float) -> None:
    """The error in the ledger. Where the ledger itself is what failed there is nothing to note."""
    with suppress(StateError, UserError):
        (ledger.stops if stops(error) else ledger.backs_off)(error, retry_at)
