"""`triage once`: looks at every account once."""

import json
from collections import Counter
from collections.abc import Mapping

import click

from triage.cli import telling, wording
from triage.cli.dailywords import worded
from triage.cli.ending import gravest
from triage.cli.findings import row, text
from triage.cli.options import Options
from triage.cli.setting import configuration, now
from triage.cli.terminal import count, say, watched
from triage.daemon import rehearse_once, run_once
from triage.daemon.events import AccountStopped, CycleFailed, Told
from triage.errors import TriageError
from triage.event import DraftStored, Handled
from triage.taxonomy import Outcome, SignalKind


@click.command
@click.option(
    "--dry-run", is_flag=True, help="Change nothing: not on the server, not in the state."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a mail, one a line.")
@click.pass_obj
def command(options: Options, *, dry_run: bool, as_json: bool) -> None:
    """Look at every account once.

    What is done goes to standard error, a line each, with a count in the end unless --json is
    given. With --json every mail that was handled goes to standard output; so does, with --dry-run,
    what triage makes of each, with its letter. Where nobody is at a terminal (cron), an account
    that has failed is tried less and less often, at least every quarter of an hour.

    Exit status: 0; when accounts could not be looked at, that of the gravest reason: 77 when an
    owner must act, 2 when a file is yours to mend, 70 for an error of triage's own, 75 when trying
    again later may help.

    \b
    Examples:
      triage once --dry-run
      triage once --json
    """
    failed: list[TriageError] = []
    outcomes: Counter[Outcome] = Counter()
    letters = harmed = 0

    def tell(account: str, told: Told) -> None:
        nonlocal letters, harmed
        if isinstance(told, Handled):
            outcomes[told.finding.outcome] += 1
            harmed += any(each.kind is SignalKind.HARM for each in told.finding.signals)
        elif isinstance(told, DraftStored):
            letters += not told.found
        elif isinstance(told, AccountStopped | CycleFailed):
            failed.append(told.error)
        if options.debug and (trace := telling.trace(told)):
            say(trace, err=True)
        if isinstance(told, Handled) and as_json:
            place = {"account": account, "mailbox": told.ref.mailbox, "uid": told.ref.uid}
            say(json.dumps(row(place, told.finding), default=str))
        elif isinstance(told, Handled) and dry_run:
            say(text(f"{account}, {told.ref.mailbox}, UID {told.ref.uid}", told.finding))
        elif isinstance(told, DraftStored) and dry_run:
            return  # nothing was
        elif words := telling.line(account, told):
            say(words, err=True)

    if dry_run:
        rehearse_once(configuration(options), tell, now)
    else:
        run_once(configuration(options), tell, now, patient=not watched(), digest=worded)
    if harmed and not as_json:
        say(
            f"{wording.SIGNALS[SignalKind.HARM]}: {count(harmed, 'mail')}, to be read first",
            err=True,
        )
    if not as_json and (outcomes or letters or not failed):
        say(summed(outcomes, letters, "would be laid" if dry_run else "laid"), err=True)
    if failed:
        raise click.exceptions.Exit(gravest(failed))


def summed(outcomes: Mapping[Outcome, int], letters: int, laid: str) -> str:
    """ "24 mails: 9 flagged, 15 passed; 9 letters laid", "nothing new" where there was neither."""
    parts = []
    if outcomes:
        parts.append(wording.tally(outcomes))
    if outcomes or letters:
        parts.append(f"{count(letters, 'letter')} {laid}")
    return "; ".join(parts) or "nothing new"
