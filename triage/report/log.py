"""What became of each mail, told from the ledgers of the accounts."""

import heapq
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from triage.account import Account
from triage.ledger import Entry, LaidLetter, SetAside, history
from triage.order import number_key
from triage.place import Ref
from triage.taxonomy import Outcome, SignalKind


class LetterState(StrEnum):
    """What became of a letter."""

    LAID = "laid"  # and waits in Drafts, untouched
    EDITED = "edited"  # the owner has changed it there
    GONE = "gone"  # open in a mail program that took it away, or deleted
    SENT = "sent"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"  # nobody needed it any more, and nobody had touched it
    WAITING = "waiting"  # for the server to take it
    NOT_NEEDED = "not-needed"  # before it was laid
    GIVEN_UP = "given-up"  # the server took it, and it was never found
    NONE = "none"  # there was none to be


@dataclass(frozen=True, slots=True)
class Line:
    """One mail. `moment` is when it was judged, or tried last when it failed: then `facts` are
    those of the error that is its `reason`, and `given_up` says that it is not tried again.

    `places` are where it was seen, as far as they still hold; `laid` is where its letter was
    stored, and `unwritten` a code for why there is none. `letter_why` is a code for why a letter
    was not laid, or was taken away again; `fated` since when it is as it is, and `changed` the
    share of its words that its owner changed before he sent it. `answered` is when he first
    answered the mail, and `how` (letter, own, flag), `dealt` when he took our flag off it, `said`
    whether he calls it a complaint; `order` is the key of the one order it is about. `signals` are
    the names of harm, of an angry tone and of threats. `again` is the day on which the same
    customer first complained of the same matter, None where he had not before. What is not known
    is None.
    """

    account: str
    moment: float
    outcome: Outcome
    reason: str
    places: tuple[Ref, ...]
    letter: LetterState = LetterState.NONE
    laid: Ref | None = None
    unwritten: str = ""
    given_up: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    arrived: float | None = None
    message_id: str | None = None
    sender: str | None = None
    subject: str | None = None
    origin: str | None = None
    language: str | None = None
    complaint: float | None = None
    topic: str | None = None
    signals: tuple[SignalKind, ...] | None = None
    again: date | None = None
    letter_why: str = ""
    fated: float | None = None
    changed: float | None = None
    answered: float | None = None
    how: str = ""
    dealt: float | None = None
    said: bool | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mails: those before `end`, of one outcome, with one signal, of who complains again,
    from an address or a part of it, with one Message-ID, about one order. What is None, or "",
    asks for nothing."""

    end: float | None = None
    outcome: Outcome | None = None
    signal: SignalKind | None = None
    again: bool = False
    sender: str = ""
    message_id: str = ""
    order: str = ""

    def takes(self, line: Line) -> bool:
        """Whether it is one of them."""
        return (
            (self.end is None or line.moment < self.end)
            and (self.signal is None or self.signal in (line.signals or ()))
            and (line.again is not None or not self.again)
            and self.sender.casefold() in (line.sender or "").casefold()
            and self.message_id.strip("<>") in {"", (line.message_id or "").strip("<>")}
            and (not self.order or number_key(self.order) == line.order)
        )


def log(
    state: Path,
    accounts: Sequence[Account],
    begin: float,
    wanted: Wanted,
) -> Generator[Line, None, None]:
    """The mails of these accounts since `begin`, in seconds since the epoch, that are wanted; the
    newest last, read one by one. Closing it closes their ledgers."""
    with ExitStack() as opened:
        stories = []
        for account in accounts:
            told = history(state, account.address.key, begin, wanted.outcome)
            opened.enter_context(closing(told))
            stories.append(map(partial(line, account.name), told))
        merged = heapq.merge(*stories, key=lambda line: line.moment)
        yield from filter(wanted.takes, merged)


def line(account: str, told: Entry | SetAside) -> Line:
    """What the ledger remembers of a mail, as it is told. Pure."""
    if isinstance(told, SetAside):
        return Line(
            account=account,
            moment=told.moment,
            outcome=Outcome.FAILED,
            reason=told.kind,
            places=(told.ref,),
            unwritten="failed",
            given_up=told.retry_at is None,
            facts=told.facts,
        )
    judged = told.judged
    return Line(
        account=account,
        moment=judged.judged,
        outcome=Outcome(judged.outcome),
        reason=judged.reason,
        places=told.places,
        letter=_state(told.letter),
        laid=told.letter.ref if told.letter else None,
        unwritten=judged.undrafted,
        arrived=judged.arrived,
        message_id=judged.message_id,
        sender=judged.writer,
        subject=judged.subject,
        origin=judged.origin or None,
        language=judged.language,
        complaint=judged.complaint,
        topic=judged.topic,
        signals=None if judged.signals is None else tuple(map(SignalKind, judged.signals.split())),
        again=date.fromisoformat(judged.again) if judged.again else None,
        letter_why=_letter_why(told.letter),
        fated=told.letter.fated if told.letter else None,
        changed=told.letter.changed if told.letter else None,
        answered=told.answered,
        how=told.how,
        dealt=told.dealt,
        said=told.said,
        order=judged.order_key,
    )


_FATES = {
    "": LetterState.LAID,
    "edited": LetterState.EDITED,
    "gone": LetterState.GONE,
    "sent": LetterState.SENT,
    "discarded": LetterState.DISCARDED,
}


def _letter_why(letter: LaidLetter | None) -> str:
    if letter is None:
        return ""
    return letter.dropped or (letter.fate if letter.fate not in _FATES else "")


def _state(letter: LaidLetter | None) -> LetterState:
    if letter is None:
        return LetterState.NONE
    if letter.state == "stored":
        return _FATES.get(letter.fate, LetterState.WITHDRAWN)
    if letter.state == "dropped":
        given_up = letter.dropped == "never-confirmed"
        return LetterState.GIVEN_UP if given_up else LetterState.NOT_NEEDED
    return LetterState.WAITING
