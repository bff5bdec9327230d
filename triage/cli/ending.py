"""How the program ends: the exit status of an error, and of several."""

from collections.abc import Iterable

from triage.errors import AccountError, MessageError, TriageError, UserError

# What several accounts can end with, the gravest first: an owner must act, the operator must mend
# something, triage is at fault, and what may pass by itself.
GRAVEST = (77, 2, 70, 75)


def exit_status(error: TriageError) -> int:
    """How the program ends when this error ends it. From 65 on as in sysexits.h."""
    match error:
        case UserError():
            return 2
        case MessageError():
            return 65
        case AccountError():
            return 77
        case TriageError(kind="program-error"):
            return 70
        case _:
            return 75


def gravest(errors: Iterable[TriageError]) -> int:
    """How it ends when accounts failed with these errors; 0 when there are none."""
    return min(map(exit_status, errors), key=GRAVEST.index, default=0)
