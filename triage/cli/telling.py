"""What the daemon tells, one line each. No mail's text, no address: digests and UIDs."""

import traceback
from collections.abc import Callable

from triage.cli.sentences import sentence
from triage.cli.terminal import clean, count, say, stepped, watched
from triage.cli.wording import LETTER_WHYS
from triage.daemon.events import (
    AccountStopped,
    Connected,
    CycleEnded,
    CycleFailed,
    DigestFailed,
    DigestLaid,
    Hanging,
    LessonsHeard,
    ModelNotRead,
    ModelRenewed,
    ModelReplaced,
    Reloaded,
    ReloadFailed,
    Started,
    Stopping,
    TeachingFailed,
    TeachingRefused,
    Told,
)
from triage.errors import UserError
from triage.event import (
    CopiesRemoved,
    DraftDelayed,
    DraftDropped,
    DraftStored,
    DraftWithdrawn,
    Handled,
    MailboxMissing,
    NotFollowed,
    NotMarked,
    NotUnmarked,
    OrdersNotRead,
    Unmarked,
)
from triage.finding import Finding
from triage.place import Ref

# How much of a digest names a message in the log: 48 bits are enough to find it in the ledger.
DIGITS = 12


def line(account: str, told: Told) -> str | None:
    """The line for an event, None for one that is not worth a line each minute."""
    words = _words(told)
    if words is None:
        return None
    return clean(f"{account}: {words}" if account else words)


def trace(told: Told) -> str:
    """Where in the program the error of an event arose, for --debug; "" when it has none."""
    error = getattr(told, "error", None)
    if not isinstance(error, Exception):
        return ""
    return clean("".join(traceback.format_exception(error)).rstrip(), lines=True)


def _words(told: Told) -> str | None:  # noqa: PLR0911, PLR0912 - a table of all events
    match told:
        case OrdersNotRead(error):
            stays = (
                "no order is known"
                if "command" in error.facts
                else "the order book stays as it was"
            )
            return f"{stays}. {sentence(error)}"
        case Handled(ref, finding, given_up):
            return _handled(ref, finding, given_up=given_up)
        case NotMarked(ref, error):
            return f"{_place(ref)} not flagged. {sentence(error)}"
        case Unmarked(ref):
            return f"{_place(ref)} no complaint, as you say: flag and tag taken off"
        case NotUnmarked(ref, error):
            return f"{_place(ref)} keeps its flag. {sentence(error)}"
        case MailboxMissing(error=error):
            return sentence(error)
        case DraftStored(stored=stored, found=found):
            return f"letter {'found' if found else 'laid'} at {_place(stored.ref)}"
        case DraftDropped(why="never-confirmed"):
            return (
                "letter given up: the server took it again and again, and it was never found."
                " Look into Drafts yourself"
            )
        case DraftDropped(why=why):
            return f"letter not laid: {LETTER_WHYS.get(why, why)}"
        case DraftWithdrawn(why=why):
            return f"letter taken away again: {LETTER_WHYS.get(why, why)}"
        case NotFollowed(error):
            return f"Drafts or Sent not looked at. {sentence(error)}"
        case DraftDelayed(error=error):
            return f"letter delayed. {sentence(error)}"
        case CopiesRemoved(count=copies):
            return f"{count(copies, 'late extra')} of a letter removed"
        case Started(accounts):
            return f"watching {count(accounts, 'account')}"
        case Connected(host):
            return f"connected to {host}"
        case CycleEnded():
            return None
        case CycleFailed(error, seconds):
            again = f" Next try in {seconds:.0f} s." if seconds else ""
            return f"{sentence(error)}{again}"
        case AccountStopped(error, seconds):
            again = f" {_next(seconds)}" if seconds else ""
            return f"STOPPED. {sentence(error)}{again}"
        case Reloaded(accounts):
            return f"configuration read again, watching {count(accounts, 'account')}"
        case ReloadFailed(error):
            return f"the old configuration stays in force. {sentence(error)}"
        case ModelReplaced(error, made):
            how = (
                "making the model from the corpus and your labels: it takes a minute"
                if made
                else "using the model that came with it"
            )
            return f"{how}. {sentence(error)}" if error else how
        case ModelRenewed():
            return "a new model is in force"
        case ModelNotRead(error):
            return f"the former model stays in force. {sentence(error)}"
        case LessonsHeard(new, taken):
            return _lessons(new, taken)
        case TeachingRefused(mailboxes, error):
            make = f"Make {', '.join(mailboxes)} in your mail program"
            return f"the teaching folders are not all there. {make}. {sentence(error)}"
        case TeachingFailed(error):
            return f"nothing is learned from the teaching folders for now. {sentence(error)}"
        case DigestLaid(mailbox):
            return f"digest laid into {mailbox}"
        case DigestFailed(error):
            return f"the digest is not laid yet. {sentence(error)}"
        case Hanging(accounts):
            return f"hanging: {', '.join(accounts)}"
        case Stopping(unfinished):
            return f"stopped in the middle: {', '.join(unfinished)}" if unfinished else "stopped"


def replacing(error: UserError | None, made: bool) -> Callable[[int, int], None]:
    """Tells a command's user that another model serves, and its steps while he looks on."""
    if error or watched():
        say(f"triage is {line('', ModelReplaced(error, made))}", err=True)
    return stepped


def _lessons(new: int, taken: int) -> str:
    """ "2 mails labelled by their folder, 1 label taken back"."""
    told = [f"{count(new, 'mail')} labelled by their folder"] * (new > 0)
    told += [f"{count(taken, 'label')} taken back"] * (taken > 0)
    return f"{', '.join(told)}. triage train learns from it"


def _next(seconds: float) -> str:
    return (
        f"Next try in {seconds / 60:.0f} minutes, or at once after a reload (kill -HUP, systemctl"
        " reload) or a restart."
    )


def _handled(ref: Ref, finding: Finding, *, given_up: bool) -> str:
    message = f" {finding.message.digest[:DIGITS]}" if finding.message else ""
    # Their kinds alone: the sentences are a customer's.
    signals = ", ".join(signal.kind for signal in finding.signals)
    words = f"{_place(ref)}{message} {finding.outcome} ({finding.reason})"
    words = f"{words}: {signals}" if signals else words
    return f"{words}, given up" if given_up else words


def _place(ref: Ref) -> str:
    return f"{ref.mailbox} {ref.uid}"
