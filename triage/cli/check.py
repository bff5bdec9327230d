"""`triage check`: tries the set-up, and says what to mend."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

import click

from triage.cli.checks import Check, State, ground, reach
from triage.cli.options import Options
from triage.cli.sentences import sentence
from triage.cli.setting import configuration, now
from triage.cli.terminal import clean, colour, count, say
from triage.config import Config, state_folder
from triage.errors import UserError
from triage.mailbox import connect
from triage.reply import is_draft_id

COLOURS = {State.OK: "green", State.WARN: "yellow", State.FAIL: "red", State.SKIPPED: "white"}


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a check, one a line.")
@click.pass_obj
def command(options: Options, *, as_json: bool) -> None:
    """Try the set-up, and say what to mend.

    Tried are the configuration and who may read it, the state folder, the model, the letters, the
    order book, the clock, and for each account its password, the way to its server, the login and
    the folders. No mail is read and nothing is changed.

    Exit status: 0; 1 when something failed; 2 when the configuration did.

    \b
    Examples:
      triage check
      triage --config other.toml check --json
    """
    checks = []
    for check in _checks(options):
        checks.append(check)
        if as_json:
            say(json.dumps(asdict(check)))
        else:
            show(check)
    failed = {check.subject for check in checks if check.state is State.FAIL}
    if failed:
        raise click.exceptions.Exit(2 if "configuration" in failed else 1)


def _checks(options: Options) -> Iterator[Check]:
    """All checks. Where the configuration cannot be used, what stands without it."""
    try:
        config = configuration(options)
    except UserError as error:
        yield Check("configuration", State.FAIL, sentence(error))
        config = Config(None, state_folder(os.environ))
    else:
        yield Check(
            "configuration", State.OK, f"{config.path}, {count(len(config.accounts), 'account')}"
        )
    yield from ground(config, now())
    for account in config.accounts:
        yield from reach(account, partial(connect, is_ours=is_draft_id))


def show(check: Check) -> None:
    """One check: its state, what it is, what was found; further lines below the first."""
    label = f"{check.account}: {check.subject}" if check.account else check.subject
    first, *more = clean(check.found, lines=True).split("\n")
    say(f"{colour(f'{check.state:<9}', COLOURS[check.state])}{label:<22}{first}".rstrip())
    for line in more:
        say(f"{'':<9}{line}")
