"""What ends a cycle, told as an error of ours."""

from triage.errors import MailboxError, TriageError


def ours(error: Exception) -> TriageError:
    """The error itself, or, for a fault of the program, `program-error` with it as its cause: the
    cycle ends, and is tried again after a back-off."""
    if isinstance(error, TriageError):
        return error
    broken = MailboxError("program-error", error=type(error).__name__)
    broken.__cause__ = error
    return broken
