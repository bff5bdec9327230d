"""What is found out about one message, from its bytes to its letter. Pure: no server, no ledger."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, TypedDict, TypeVar

from triage.errors import MessageError, TriageError, UserError
from triage.facts import Facts, chargeback, facts, own_words
from triage.message import Address, Message, read
from triage.order import Match
from triage.origin import House, Origin, form_text, origin
from triage.reply import Draft, Identity, Shop
from triage.reply.compose import compose
from triage.reply.letters import Letters
from triage.taxonomy import OriginKind, Outcome, SignalKind, Topic
from triage.verdict import PEOPLE, UNJUDGED, Opinion, Signal, Thresholds, Verdict, unjudged, weigh

T = TypeVar("T")
_SIGNALS = tuple(SignalKind)

# From which probability of the topic on a neutral "when will it come" is answered, where the shop
# asks for that. High, because nobody has complained.
ORDER_STATUS = 0.8
# So much of an address and of a Subject is remembered, in characters: no address that can be
# written to is longer (RFC 5321 section 4.5.3.1.3).
REMEMBERED = 254


class Judge(Protocol):
    """The classifier."""

    def judge(self, subject: str, text: str) -> Opinion: ...

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        """The signals of a text, those that plain phrases tell left out."""


class Orders(Protocol):
    """The order book."""

    def renew(self) -> UserError | None:
        """Looks whether there is a newer one. Returns, once, why that cannot be read: then the
        former stays."""

    def find(self, numbers: Iterable[str], address: str, written: date | None) -> Match | None:
        """The one order a mail is about: of the order numbers it states, else of the address an
        answer goes to ("": nobody). `written` is the day of the mail."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that deciding needs and that does not change from message to message."""

    judge: Judge
    thresholds: Thresholds
    house: House
    letters: Letters
    shop: Shop
    identity: Identity
    orders: Orders


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one message, as far as it came.

    `draft` is the letter, or None for the reason `undrafted` ("" when there is a letter). When the
    message could not be handled `error` says why, and what is not known is None. `match` is the
    order in the book: the letter tells of it only where it is the recipient's own. `signals` are
    for the owner beside what is or could be a customer's complaint, the gravest first.
    """

    outcome: Outcome
    reason: str
    message: Message | None = None
    verdict: Verdict | None = None
    facts: Facts | None = None
    match: Match | None = None
    draft: Draft | None = None
    undrafted: str = ""
    error: MessageError | None = None
    signals: tuple[Signal, ...] = ()

    @property
    def writer(self) -> Address | None:
        """Whom an answer would go to, else the sender; None when the mail names nobody."""
        return _writer(self.message, self.verdict) if self.message else None


def failed(error: MessageError) -> Finding:
    """The finding on a message that could not be handled."""
    return Finding(Outcome.FAILED, error.kind, error=error, undrafted="failed")


def consider(desk: Desk, message: Message) -> Finding:
    """Who writes, and whether it is a complaint. Raises MessageError, whatever breaks."""
    return guarded(lambda: _consider(desk, message))


def answer(desk: Desk, finding: Finding, now: datetime, *, answered: bool = False) -> Finding:
    """The finding with its letter. `now` is aware, in the owner's zone; `answered` says that the
    owner's mail program has sent an answer. Raises MessageError."""
    why = undrafted(finding, desk.shop) or ("answered" if answered else "")
    if why:
        return replace(finding, undrafted=why)
    return guarded(lambda: _answer(desk, finding, now))


def arrival(message: Message, internal_date: datetime | None, now: datetime) -> datetime:
    """When the mail reached the owner's server. Received outlives a move to another mailbox, which
    INTERNALDATE does not; where the server's clock was wrong the writer's may be right."""
    stamps = [stamp for stamp in (message.received or internal_date, message.date) if stamp]
    return max(stamps, default=now)


def only_listed(finding: Finding) -> Finding:
    """In a folder that is only listed (Junk) a complaint is shown to the owner, nothing more."""
    finding = replace(finding, undrafted="only-listed")
    if finding.outcome is Outcome.FLAGGED:
        return replace(finding, outcome=Outcome.UNSURE, reason="complaint-in-junk")
    return finding


class Recorded(TypedDict):
    """What of a finding is remembered. `writer` is the address of whom an answer would go to, else
    of the sender; None when the mail names nobody. `subject` is one line. `signals` are names, with
    blanks between."""

    outcome: str
    reason: str
    origin: str
    topic: str | None
    complaint: float | None
    language: str | None
    undrafted: str
    writer: str | None
    subject: str | None
    signals: str


def recorded(finding: Finding) -> Recorded:
    """The codes and figures of a finding, and what its owner knows the mail by: not its text."""
    message, verdict = finding.message, finding.verdict
    writer = finding.writer
    opinion = verdict.opinion if verdict else None
    return Recorded(
        outcome=finding.outcome,
        reason=finding.reason,
        origin=verdict.origin.kind if verdict else "",
        topic=opinion.topic if opinion else None,
        complaint=opinion.complaint if opinion else None,
        language=opinion.language if opinion else None,
        undrafted=finding.undrafted,
        writer=writer.addr[:REMEMBERED] if writer else None,
        subject=message.subject[:REMEMBERED] if message else None,
        signals=" ".join(signal.kind for signal in finding.signals),
    )


def explain(desk: Desk, raw: bytes, now: datetime) -> Finding:
    """The whole way of one mail without a mailbox: nothing is marked, stored or remembered."""
    try:
        return answer(desk, consider(desk, guarded(lambda: read(raw))), now)
    except MessageError as error:
        return failed(error)


def matter(message: Message, who: Origin) -> str:
    """What is judged of a mail beside its subject: what its writer wrote this time."""
    form = form_text(message.body) if who.kind is OriginKind.FORM else None
    return form or message.body.new


def echo(message: Message, verdict: Verdict | None) -> str:
    """A digest of who writes what: the same letter sent again has the same (64 hex digits)."""
    writer = _writer(message, verdict)
    parts = [
        writer.key if writer else "",
        message.subject.casefold(),
        " ".join(message.body.new.split()),
        *(f"{attachment.filename} {attachment.size}" for attachment in message.attachments),
    ]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _writer(message: Message, verdict: Verdict | None) -> Address | None:
    return (verdict.origin.writer if verdict else None) or message.sender


def undrafted(finding: Finding, shop: Shop) -> str:
    """Why this message gets no letter, as a code; "" when it gets one."""
    verdict = finding.verdict
    if verdict is None or finding.outcome in {Outcome.UNSURE, Outcome.SKIPPED, Outcome.REPEAT}:
        return finding.outcome
    if not verdict.flagged and not (shop.order_status and _asks_for_order(verdict)):
        return finding.outcome
    if verdict.origin.answer_at:
        return "answer-at-marketplace"
    if verdict.origin.writer is None:
        return "nobody-to-answer"
    return ""


def _asks_for_order(verdict: Verdict) -> bool:
    opinion = verdict.opinion
    return (
        opinion is not None
        and verdict.origin.kind in PEOPLE
        and opinion.topics.get(Topic.ORDER_STATUS, 0.0) >= ORDER_STATUS
    )


def _consider(desk: Desk, message: Message) -> Finding:
    who = origin(message, desk.house)
    known = facts(message, who)
    if who.kind in UNJUDGED:
        verdict = unjudged(who)
    else:
        opinion = desk.judge.judge(message.subject, matter(message, who))
        verdict = weigh(opinion, who, desk.thresholds, harm=known.harm is not None)
    return Finding(
        verdict.outcome,
        verdict.reason,
        message,
        verdict,
        known,
        _ordered(desk.orders, message, verdict, known),
        undrafted="not-yet",
        signals=_signals(desk.judge, message, verdict, known),
    )


def _signals(judge: Judge, message: Message, verdict: Verdict, known: Facts) -> tuple[Signal, ...]:
    """Harm, an angry tone and threats: where nobody complains the same words are jokes and news."""
    opinion = verdict.opinion
    if verdict.outcome not in {Outcome.FLAGGED, Outcome.UNSURE} or opinion is None:
        return ()
    if verdict.origin.kind not in PEOPLE or not opinion.known_language:
        return ()
    told = {
        SignalKind.HARM: known.harm,
        SignalKind.CHARGEBACK: chargeback(own_words(message, verdict.origin)),
    }
    plain = (Signal(kind, phrase) for kind, phrase in told.items() if phrase)
    learned = judge.signals(message.subject, matter(message, verdict.origin))
    return tuple(sorted((*learned, *plain), key=lambda each: _SIGNALS.index(each.kind)))


def _ordered(orders: Orders, message: Message, verdict: Verdict, known: Facts) -> Match | None:
    """The order a customer writes about."""
    if verdict.origin.kind not in PEOPLE:
        return None
    writer = verdict.origin.writer
    stamp = message.received or message.date
    return orders.find(
        known.order_numbers, writer.addr if writer else "", stamp.date() if stamp else None
    )


def _answer(desk: Desk, finding: Finding, now: datetime) -> Finding:
    message, verdict, known = finding.message, finding.verdict, finding.facts
    if message is None or verdict is None or verdict.opinion is None or known is None:
        return replace(finding, undrafted=finding.outcome)
    try:
        draft = compose(
            desk.letters,
            message,
            verdict.origin,
            verdict.opinion,
            known,
            desk.shop,
            desk.identity,
            now=now,
            flagged=verdict.flagged,
            match=finding.match,
        )
    except MessageError as error:  # a complaint all the same: the owner answers by hand
        return replace(finding, undrafted=error.kind)
    return replace(finding, draft=draft, undrafted="")


def guarded(decide: Callable[[], T]) -> T:
    """One bad mail is one bad mail: an error of our own in it ends here, and is recorded."""
    try:
        return decide()
    except TriageError:
        raise
    except Exception as error:
        raise MessageError("message-broke-triage", error=type(error).__name__) from error
