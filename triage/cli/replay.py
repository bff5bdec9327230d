"""`triage replay`: the past run through once more, beside what its owner really did."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from triage.account import Account
from triage.cli import wording
from triage.cli.ending import gravest
from triage.cli.newfile import write_new
from triage.cli.options import Options
from triage.cli.past import past
from triage.cli.sentences import sentence
from triage.cli.setting import accounts_of, configuration, now
from triage.cli.terminal import clean, columns, count, counting, cut, fitted, say, stamp
from triage.daemon.desk import Outfit
from triage.daemon.replay import replay
from triage.errors import TriageError
from triage.reply import Shop, day_words
from triage.report.page import page
from triage.report.replay import TYPED, Figures, Replayed, figures, in_question
from triage.taxonomy import Outcome

# Columns of the table: the day, who, what about, and in the end what became of it.
DAY, WHO, LETTER = 10, 24, 16
SHOWN = 200  # mails of a kind


@click.command
@past
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a mail, one a line.")
@click.pass_obj
def command(
    options: Options, *, days: int, account: str | None, html: Path | None, as_json: bool
) -> None:
    """Run through past mail once more, and change nothing.

    Every mail of the last days is read again, judged, and answered as at the time it came; beside
    that stands what you really answered, from Sent. So you see what triage would have done before
    it does anything, or with a new letter or model. All mailboxes are opened read-only, nothing is
    kept on this machine, and it may run beside triage itself. The order book is left out: it says
    how orders are today.

    Exit status: 0; when accounts could not be read, that of the gravest reason, as `triage once`.

    \b
    Examples:
      triage replay
      triage replay --days 365 --html past.html
      triage replay --days 30 --json
    """
    config = configuration(options)
    wanted = accounts_of(config, account)
    outfit = Outfit.of(config, keep=False)
    failed: list[TriageError] = []
    pages: list[str] = []
    for each in wanted:
        try:
            with counting("mails") as progress:
                mails = replay(each, outfit, days, now(), progress)
        except TriageError as error:
            failed.append(error)
            say(clean(f"{each.name}: {sentence(error)}"), err=True)
            continue
        told = figures(mails, config.shop.answer_within, config.shop.open, now().tzinfo)
        if as_json:
            for mail in mails:
                say(json.dumps(row(mail)))
            say(json.dumps(summary(each, told)))
        else:
            for line in text(each, mails, told, config.shop, columns()):
                say(line)
        pages.append(as_page(each, mails, told, config.shop))
    if html and pages:
        write_new(html, "\n".join(pages).encode(), private=True)
        say(f"The page is {html}.", err=True)
    if failed:
        raise click.exceptions.Exit(gravest(failed))


def row(mail: Replayed) -> dict[str, object]:
    """One JSON object; its keys are stable."""
    return {
        **asdict(mail),
        "arrived": stamp(mail.arrived),
        "outcome": str(mail.outcome),
        "topic": str(mail.topic) if mail.topic else None,
        "answer": (
            {
                "when": stamp(mail.answer.when),
                "text": mail.answer.text,
                "shared_words": mail.answer.shared,
            }
            if mail.answer
            else None
        ),
    }


def summary(account: Account, told: Figures) -> dict[str, object]:
    """The last JSON object of an account."""
    agreed = told.agreement
    return {
        "account": account.name,
        "mails": told.mails,
        "outcomes": {str(outcome): number for outcome, number in told.outcomes.items()},
        "letters": told.letters,
        "flagged_answered": agreed.get((True, True), 0),
        "flagged_unanswered": agreed.get((True, False), 0),
        "others_answered": agreed.get((False, True), 0),
        "others_unanswered": agreed.get((False, False), 0),
        "hours_median": told.median,
        "hours_p90": told.most,
        "within_term": told.within,
        "letter_words": told.letter_words,
        "shared_words": told.shared_words,
        "minutes_of_typing": told.minutes,
    }


def text(
    account: Account, mails: Sequence[Replayed], told: Figures, shop: Shop, width: int
) -> Iterator[str]:
    """As its owner reads it: figures first, then the mails he wants to see."""
    yield clean(f"{account.name}: {_span(told)}")
    for line in _lines(told, shop):
        yield f"  {line}"
    groups = list(_groups(mails))
    for heading, some in groups:
        yield ""
        yield f"{heading}:"
        for mail in some[:SHOWN]:
            yield _line(mail, min(width, 120))
        if len(some) > SHOWN:
            yield f"  and {count(len(some) - SHOWN, 'mail')} more"
    if not groups and told.mails:
        yield "  no complaint among them"


def as_page(account: Account, mails: Sequence[Replayed], told: Figures, shop: Shop) -> str:
    """A page for a browser."""
    return page(
        "replay",
        {"day": _day, "about": _about, "found": _found, "answered": _answered},
        account=account.name,
        span=_span(told),
        headline=[
            (told.mails, "mails read"),
            (_flagged(told), "complaints"),
            (told.outcomes.get(Outcome.UNSURE, 0), "unsure"),
            (told.letters, "letters"),
            (told.agreement.get((True, False), 0), "complaints never answered"),
        ],
        lines=list(_lines(told, shop)),
        groups=[(heading, some[:SHOWN]) for heading, some in _groups(mails)],
    )


def _span(told: Figures) -> str:
    if told.first is None or told.last is None:
        return "no mail in that time"
    first, last = (date.fromisoformat(stamp(each)[:10]) for each in (told.first, told.last))
    until = f" to {day_words(last)}" if last != first else ""
    return f"{count(told.mails, 'mail')}, {day_words(first)}{until}"


def _lines(told: Figures, shop: Shop) -> Iterator[str]:
    if not told.mails:
        return
    agreed = told.agreement
    yield f"{wording.tally(told.outcomes)}; {count(told.letters, 'letter')} would have been laid"
    if not _flagged(told):
        return
    answered, never = agreed.get((True, True), 0), agreed.get((True, False), 0)
    yield f"complaints: you answered {answered}, and {never} never, as far as Sent tells"
    if told.median is not None:
        took = f"the answers took {_hours(told.median)} in the middle"
        took += f", one in ten over {_hours(told.most)}" if told.most is not None else ""
        if told.within is not None:
            days = count(shop.answer_within, "working day")
            took += f"; {told.within:.0%} came within {days}"
        yield took
    yield (
        f"of people's other mail you answered {agreed.get((False, True), 0)} of"
        f" {agreed.get((False, True), 0) + agreed.get((False, False), 0)}: an answer is no proof"
        " of a complaint"
    )
    if told.letter_words:
        share = told.shared_words / told.letter_words
        yield (
            f"{share:.0%} of the letters' words stand in your own answers, in runs of three or"
            f" more: {told.minutes:.0f} minutes of typing at {TYPED} words a minute"
        )


def _flagged(told: Figures) -> int:
    return told.outcomes.get(Outcome.FLAGGED, 0) + told.outcomes.get(Outcome.REPEAT, 0)


def _hours(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"


def _groups(mails: Sequence[Replayed]) -> Iterator[tuple[str, list[Replayed]]]:
    told = in_question(mails)
    for heading, some in (
        ("Complaints that were never answered", [m for m in told if m.flagged and not m.answer]),
        ("Complaints that you answered", [m for m in told if m.flagged and m.answer]),
        ("Unsure, with no letter", [m for m in told if not m.flagged]),
    ):
        if some:
            yield heading, some


def _line(mail: Replayed, width: int) -> str:
    became = _answered(mail) if mail.answer else _found(mail)
    room = max(width - DAY - WHO - LETTER - 8, 12)
    return cut(
        f"  {fitted(_day(mail), DAY)}  {fitted(mail.writer, WHO)}"
        f"  {fitted(mail.subject, room)}  {clean(mail.template or became)}".rstrip(),
        width,
    )


def _day(mail: Replayed) -> str:
    return stamp(mail.arrived)[:10]


def _about(mail: Replayed) -> str:
    return wording.TOPICS.get(mail.topic, str(mail.topic)) if mail.topic else ""


def _found(mail: Replayed) -> str:
    return wording.REASONS.get(mail.reason, mail.reason)


def _answered(mail: Replayed) -> str:
    if mail.answer is None:
        return "Sent holds no answer to it."
    hours = max(mail.answer.when - mail.arrived, 0.0) / 3600
    return f"You answered after {_hours(hours)}."
