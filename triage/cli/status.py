"""`triage status`: how the accounts are doing, from the ledger alone."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import click

from triage.cli import wording
from triage.cli.options import Options
from triage.cli.phrase import worded
from triage.cli.sentences import ERRORS
from triage.cli.setting import configuration, now
from triage.cli.teaching import lessons_told
from triage.cli.terminal import clean, count, say, stamp
from triage.ledger import Summary
from triage.report import LATELY, Health, Standing, standings
from triage.taxonomy import Outcome, SignalKind


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an account.")
@click.pass_obj
def command(options: Options, *, as_json: bool) -> None:
    """Say how the accounts are doing.

    Said are the last look at each, the complaints and letters of today, and how many mails of the
    last days are worth a look of your own (triage log shows them); before all, how many tell of
    harm or danger, and how many customers have complained again of the same matter. All is read
    from what triage remembers; no server is asked, and it does not matter whether triage runs. A
    monitor can go by the exit status.

    Exit status: 0 when all accounts are well; 1 when one has stopped, fails, or was not looked at
    for half an hour.

    \b
    Examples:
      triage status
      triage status --json
    """
    config = configuration(options)
    found = standings(config.state, config.accounts, now())
    for first in () if as_json else alarms(found):
        say(first)
    for each in found:
        say(json.dumps(row(each)) if as_json else text(each))
    for hint in () if as_json else (*hints(found), *lessons_told(config)):
        say(hint)
    if not all(each.well for each in found):
        raise click.exceptions.Exit(1)


def why(each: Standing) -> str:
    """What is wrong with an account, in words; "" when all is well."""
    found = each.found
    if each.health is Health.WELL:
        return ""
    if found is None:
        return "triage has never looked at it. Start it with: triage run"
    if each.health is Health.STOPPED:
        return f"stopped. {worded(ERRORS, found.error, found.facts)}"
    if each.health is Health.FAILING:
        error = worded(ERRORS, found.error, found.facts)
        return f"failed {count(found.failures, 'time')} in a row; it is tried again. {error}"
    if found.succeeded is None:
        return "no look at it has ended well yet"
    return f"not looked at since {stamp(found.succeeded)}. Is triage running?"


def alarms(found: Sequence[Standing]) -> Iterator[str]:
    """What comes before everything else: mails that tell of harm, and who had to write again."""
    days = f"in the last {LATELY} days"
    if mails := sum(each.found.harm for each in found if each.found):
        command = f"triage log --signal {SignalKind.HARM} --days {LATELY}"
        yield f"{wording.SIGNALS[SignalKind.HARM]}: {count(mails, 'mail')} {days}: {command}"
    if customers := sum(each.found.again for each in found if each.found):
        have = "has" if customers == 1 else "have"
        who = f"{count(customers, 'customer')} {have} written again about the same matter"
        yield f"{who} {days}: triage log --again --days {LATELY}"


def hints(found: Sequence[Standing]) -> Iterator[str]:
    """What there is to look at, and the command that shows it."""
    for outcome in (Outcome.UNSURE, Outcome.FAILED):
        if mails := sum(each.found.lately.get(outcome, 0) for each in found if each.found):
            command = f"triage log --outcome {outcome} --days {LATELY}"
            yield f"{mails} {outcome} in the last {LATELY} days: {command}"


def row(each: Standing) -> dict[str, object]:
    """One JSON object; times in ISO 8601, with the zone. `facts` are in `why`."""
    figures: dict[str, object] = asdict(each.found) if each.found else {}
    figures.pop("facts", None)
    for name in ("begin", "started", "succeeded", "retry_at", "settles", "sweep", "digest"):
        if isinstance(moment := figures.get(name), float):
            figures[name] = stamp(moment)
    return {"account": each.account, "well": each.well, "why": why(each), **figures}


def text(each: Standing) -> str:
    """A line on how the account is, and one each on what was done today and what is waiting."""
    found = each.found
    lines = [f"{clean(each.account)}: {why(each) or 'well'}"]
    if found and found.succeeded is not None:
        lines.append(f"  last look   {stamp(found.succeeded)}")
    if found:
        outcomes = ", ".join(f"{found.outcomes.get(name, 0)} {name}" for name in Outcome)
        lines.append(f"  today       {outcomes}; {count(found.drafts, 'letter')} laid into Drafts")
        lines += _on_their_way(found)
        if found.digest is not None:
            lines.append(f"  digest      {stamp(found.digest)}")
        for kind, mails in found.unreadable.items():
            lines.append(f"  set aside   {count(mails, 'mail')} ({clean(kind)})")
    return "\n".join(lines)


def _on_their_way(found: Summary) -> Iterator[str]:
    """The letters of which it is not settled that they lie in Drafts once."""
    if found.open_drafts:
        line = f"  waiting     {count(found.open_drafts, 'letter')} for the server to take"
        if found.unsettled and found.settles is not None:
            may = f"{found.unsettled} may lie there, the answer to it was lost"
            line += f"; {may}: looked for again after {stamp(found.settles)}"
        yield line
    if found.doubled and found.sweep is not None:
        were = "letter was" if found.doubled == 1 else "letters were"
        line = f"  watched     {found.doubled} {were} sent to Drafts more than once"
        yield f"{line}: a second copy is looked for at {stamp(found.sweep)}, and taken away"
