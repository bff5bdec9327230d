"""What is found out about one message, from its bytes to its letter. Pure: no server, no ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from triage.errors import MessageError, TriageError
from triage.facts import Facts, bare_numbers, chargeback, facts, own_words
from triage.facts.merged import merged
from triage.message import Address, Message, read
from triage.order import Match, Mention
from triage.origin import House, Origin, form_text, origin
from triage.protocols import Judge, Orders
from triage.reply import Draft, Identity, Shop
from triage.reply.compose import compose
from triage.reply.earlier import Earlier
from triage.reply.letters import Letters
from triage.taxonomy import OriginKind, Outcome, SignalKind, Topic
from triage.verdict import PEOPLE, UNJUDGED, Signal, Thresholds, Verdict, unjudged, weigh

T = TypeVar("T")
_SIGNALS = tuple(SignalKind)

# From which probability of the topic on a neutral "when will it come", or praise, is answered,
# where the shop asks for that. High, because nobody has complained.
SURE = 0.8
# The topics that tell what went wrong.
WHAT_HAPPENED = frozenset(
    {
        *(Topic.NOT_DELIVERED, Topic.LATE, Topic.DAMAGED, Topic.WRONG_ITEM, Topic.MISSING_ITEM),
        *(Topic.QUALITY, Topic.BILLING),
    }
)
LAST_LINES = 3  # of a mail, in which its writer's name may stand


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
    order in the book: the letter tells of it only where it is the recipient's own. `earlier` is
    what the same customer has complained of in the same matter before. `signals` are for the owner
    beside what is or could be a customer's complaint, the gravest first.
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
    earlier: Earlier | None = None

    @property
    def writer(self) -> Address | None:
        """Whom an answer would go to, else the sender; None when the mail names nobody."""
        named = self.verdict.origin.writer if self.verdict else None
        return named or (self.message.sender if self.message else None)


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


def answer_all(desk: Desk, finding: Finding, former: Sequence[Message], now: datetime) -> Finding:
    """The finding with a letter that answers earlier mails of its writer too, the newest first. One
    that does not complain itself gets the letter that they asked for. Raises MessageError."""
    return guarded(lambda: _answer_all(desk, finding, former, now))


def arrival(message: Message, internal_date: datetime | None, now: datetime) -> datetime:
    """When the mail reached the owner's server. Received outlives a move to another mailbox, which
    INTERNALDATE does not; where the server's clock was wrong the writer's may be right, but for
    what it says of days to come."""
    written = min(message.date, now) if message.date else None
    stamps = [stamp for stamp in (message.received or internal_date, written) if stamp]
    return max(stamps, default=now)


def only_listed(finding: Finding) -> Finding:
    """In a folder that is only listed (Junk) a complaint is shown to the owner, nothing more."""
    finding = replace(finding, undrafted="only-listed")
    if finding.outcome is Outcome.FLAGGED:
        return replace(finding, outcome=Outcome.UNSURE, reason="complaint-in-junk")
    return finding


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


def undrafted(finding: Finding, shop: Shop) -> str:
    """Why this message gets no letter, as a code; "" when it gets one."""
    verdict = finding.verdict
    if verdict is None or finding.outcome in {Outcome.UNSURE, Outcome.SKIPPED, Outcome.REPEAT}:
        return finding.outcome
    if not verdict.flagged and not _answered_all_the_same(verdict, shop):
        return finding.outcome
    if verdict.origin.answer_at:
        return "answer-at-marketplace"
    if verdict.origin.writer is None:
        return "nobody-to-answer"
    return ""


def _answered_all_the_same(verdict: Verdict, shop: Shop) -> bool:
    """Whether nobody complains, and the shop wants a letter to such a mail."""
    opinion = verdict.opinion
    asked = {Topic.ORDER_STATUS: shop.order_status, Topic.PRAISE: shop.praise}
    return (
        opinion is not None
        and verdict.origin.kind in PEOPLE
        and any(wanted and opinion.topics.get(t, 0.0) >= SURE for t, wanted in asked.items())
    )


def _consider(desk: Desk, message: Message) -> Finding:
    who = origin(message, desk.house)
    known = facts(message, who)
    if who.kind in UNJUDGED:
        verdict = unjudged(who)
    else:
        opinion = desk.judge.judge(message.subject, matter(message, who))
        harmed = known.harm is not None
        verdict = weigh(opinion, who, desk.thresholds, harm=harmed, claims=known.claims)
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
        Mention(
            known.order_numbers,
            writer.addr if writer else "",
            stamp.date() if stamp else None,
            [each.number for each in known.tracking],
            _names(message, verdict.origin),
            known.stated.ordered,
            bare_numbers(f"{message.subject}\n{matter(message, verdict.origin)}"),
        )
    )


def _names(message: Message, who: Origin) -> Sequence[str]:
    """Where the writer's name may stand: beside the address, and at the end of what he wrote."""
    lines = [line for line in matter(message, who).splitlines() if line.strip()]
    signed = [*lines[-LAST_LINES:], *message.body.signature.splitlines()[:LAST_LINES]]
    return [who.writer.name if who.writer else "", *(line.strip() for line in signed)]


def _answer(desk: Desk, finding: Finding, now: datetime) -> Finding:
    message, verdict, known = finding.message, finding.verdict, finding.facts
    if message is None or verdict is None or verdict.opinion is None or known is None:
        return replace(finding, undrafted=finding.outcome)
    sold = (*desk.shop.catalogue, *desk.orders.catalogue)
    try:
        draft = compose(
            desk.letters,
            message,
            verdict.origin,
            verdict.opinion,
            known,
            replace(desk.shop, catalogue=sold),
            desk.identity,
            now=now,
            flagged=verdict.flagged,
            match=finding.match,
            earlier=finding.earlier,
        )
    except MessageError as error:  # a complaint all the same: the owner answers by hand
        return replace(finding, undrafted=error.kind)
    return replace(finding, draft=draft, undrafted="")


def _answer_all(desk: Desk, finding: Finding, former: Sequence[Message], now: datetime) -> Finding:
    olds = [_consider(desk, message) for message in former]
    asking = [each for each in (finding, *olds) if not undrafted(each, desk.shop)]
    told = next((each for each in asking if _tells_what(each)), next(iter(asking), finding))
    if not asking or told.verdict is None or finding.verdict is None or finding.message is None:
        return finding
    known, match, own = finding.facts, finding.match, finding.message
    for old in olds:
        known = merged(known, old.facts) if known and old.facts else known
        match = match or old.match
    both = replace(
        finding,
        message=replace(own, attachments=sum((m.attachments for m in former), own.attachments)),
        verdict=replace(told.verdict, origin=finding.verdict.origin),
        facts=known,
        match=match,
    )
    answered = _answer(desk, both, now)
    return replace(finding, draft=answered.draft, undrafted=answered.undrafted)


def _tells_what(finding: Finding) -> bool:
    """Whether it tells what went wrong, and not only what is wanted now, or that nobody answers."""
    opinion = finding.verdict.opinion if finding.verdict else None
    return opinion is not None and opinion.topic in WHAT_HAPPENED


def guarded(decide: Callable[[], T]) -> T:
    """One bad mail is one bad mail: an error of our own in it ends here, and is recorded."""
    try:
        return decide()
    except TriageError:
        raise
    except Exception as error:
        raise MessageError("message-broke-triage", error=type(error).__name__) from error
