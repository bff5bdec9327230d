"""`triage log`: what became of each mail, from the ledger alone."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime

import click

from triage.cli import wording
from triage.cli.options import Options
from triage.cli.phrase import worded
from triage.cli.sentences import ERRORS
from triage.cli.setting import accounts_of, configuration, now
from triage.cli.terminal import clean, columns, count, cut, folded, say, stamp
from triage.reply import day_words
from triage.report import LetterState, Line, Wanted, log
from triage.taxonomy import Outcome, SignalKind

DAY = 86400.0  # seconds
# What strangers wrote is cut off at the end of a line.
THEIRS = {"from", "subject"}
# How many columns stand before the words of a line.
INDENT = 13


@click.command
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="Only the mails that were found to be that.",
)
@click.option(
    "--signal",
    type=click.Choice([kind.value for kind in SignalKind]),
    help="Only the mails that bear it.",
)
@click.option("--from", "sender", default="", metavar="ADDRESS", help="Only mails from there.")
@click.option(
    "--id", "message_id", default="", metavar="ID", help="Only the mail of this Message-ID."
)
@click.option("--order", default="", metavar="NUMBER", help="Only complaints about this order.")
@click.option("--again", is_flag=True, help="Only complaints of who has complained of it before.")
@click.option("--account", metavar="NAME", help="Only the mails of this account.")
@click.option(
    "--days",
    type=click.IntRange(1, 36500),
    show_default="30, or all where --from, --id or --order ask for some",
    help="How far to look back.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Not the mails after that day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a mail, one a line.")
@click.pass_obj
def command(
    options: Options,
    *,
    outcome: str | None,
    signal: str | None,
    sender: str,
    message_id: str,
    order: str,
    again: bool,
    account: str | None,
    days: int | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Say what became of each mail, the newest last.

    Said are when triage judged it, what it was found to be and why, who wrote it and about what,
    where it lies, and what became of its letter. All is read from what triage remembers; no server
    is asked, and it does not matter whether triage runs.

    Exit status: 0.

    \b
    Examples:
      triage log --outcome unsure
      triage log --from ada@customer.example
      triage log --order 4471 --json
      triage log --signal harm
      triage log --again --days 7
      triage log --days 7 --json
    """
    config = configuration(options)
    accounts = accounts_of(config, account)
    some = bool(sender or message_id or order)
    begin = 0.0 if days is None and some else now().timestamp() - (days or 30) * DAY
    wanted = Wanted(
        until.astimezone().timestamp() + DAY if until else None,
        Outcome(outcome) if outcome else None,
        SignalKind(signal) if signal else None,
        again,
        sender,
        message_id,
        order,
    )
    told = log(config.state, accounts, begin, wanted)
    line = None
    with closing(told) as lines:
        for line in lines:
            say(json.dumps(row(line)) if as_json else text(line, columns()))
    if line is None:
        past = "" if begin == 0.0 else f" in the last {count(days or 30, 'day')}"
        say(f"There is no such mail{past}.", err=True)


def row(line: Line) -> dict[str, object]:
    """One JSON object; its keys are stable. Times in ISO 8601, with the zone; what is not known is
    null."""
    return {
        "account": line.account,
        "when": stamp(line.moment),
        "arrived": stamp(line.arrived) if line.arrived is not None else None,
        "places": [{"mailbox": place.mailbox, "uid": place.uid} for place in line.places],
        "message_id": line.message_id,
        "sender": line.sender,
        "subject": line.subject,
        "outcome": str(line.outcome),
        "reason": line.reason,
        "why": _why(line),
        "origin": line.origin,
        "language": line.language,
        "complaint": line.complaint,
        "topic": line.topic,
        "signals": None if line.signals is None else [str(kind) for kind in line.signals],
        "again": line.again.isoformat() if line.again else None,
        "letter": str(line.letter),
        "laid": {"mailbox": line.laid.mailbox, "uid": line.laid.uid} if line.laid else None,
        "unwritten": line.unwritten,
        "letter_why": line.letter_why or None,
        "letter_since": stamp(line.fated) if line.fated is not None else None,
        "changed": line.changed,
        "answered": stamp(line.answered) if line.answered is not None else None,
        "how": line.how or None,
        "dealt_with": stamp(line.dealt) if line.dealt is not None else None,
        "said": line.said,
        "order": line.order,
    }


def text(line: Line, width: int) -> str:
    """A mail as its owner reads it, for a terminal so many columns wide: what a stranger wrote is
    cut off there, what we say goes on in the next line."""
    lines = [cut(clean(f"{stamp(line.moment)[:16]}  {line.account}, {_places(line)}"), width)]
    room = width - INDENT
    for label, value in _matters(line):
        words = clean(value)
        first, *more = [cut(words, room)] if label in THEIRS else folded(words, room)
        lines.append(f"  {label:<{INDENT - 2}}{first}")
        lines += [" " * INDENT + each for each in more]
    return "\n".join([*lines, ""])


def _matters(line: Line) -> Iterator[tuple[str, str]]:
    yield wording.OUTCOMES[line.outcome], _why(line)
    if line.again:
        yield "again", f"complained of the same matter before, first on {day_words(line.again)}"
    if line.signals:
        yield "signals", wording.signalled(line.signals)
    if line.arrived is not None and line.moment - line.arrived > DAY:
        yield "arrived", stamp(line.arrived)[:16]
    if line.sender:
        yield "from", line.sender
    if line.subject is not None:
        yield "subject", line.subject or "none"
    if line.order:
        yield "order", line.order
    if line.outcome is not Outcome.FAILED:
        yield "letter", _letter(line)
    if line.answered is not None and line.letter is not LetterState.SENT:
        yield "answered", f"{stamp(line.answered)[:16]}{wording.ANSWERS.get(line.how, '')}"
    if line.dealt is not None:
        yield "dealt with", f"{stamp(line.dealt)[:16]}: you took the flag off"
    if line.said is not None:
        yield "you said", "complaint" if line.said else "no complaint"


def _places(line: Line) -> str:
    """The first place, which is the only one but for copies and mails that were moved."""
    if not line.places:
        return "its place is not known any more"
    first, *more = line.places
    others = f", and {count(len(more), 'place')} more" if more else ""
    return f"{first.mailbox}, UID {first.uid}{others}"


def _why(line: Line) -> str:
    if line.outcome is Outcome.FAILED:
        again = "It is not tried again." if line.given_up else "It is tried again."
        return f"{worded(ERRORS, line.reason, line.facts)} {again}"
    return wording.REASONS.get(line.reason, line.reason)


def _letter(line: Line) -> str:
    if line.letter is LetterState.NONE:
        return wording.UNDRAFTED.get(line.unwritten, "none").format(where="the marketplace")
    known = asdict(line.laid) if line.laid else {}
    words = worded(wording.LETTERS, line.letter, known)
    if line.letter_why and line.letter is not LetterState.GIVEN_UP:
        words = f"{words}: {wording.LETTER_WHYS.get(line.letter_why, line.letter_why)}"
    if line.letter is LetterState.SENT:
        share = f"{line.changed:.0%} of its words changed" if line.changed else "as it was"
        words = f"{words}, {share}"
    return f"{words} ({stamp(line.fated)[:16]})" if line.fated is not None else words
