"""`triage init`: from an address to a configuration that works."""

import os
import shlex
from dataclasses import replace
from pathlib import Path

import click

from triage.cli.asking import Asker, Interview, Sheet
from triage.cli.newfile import write_new
from triage.cli.options import Options
from triage.cli.questions import QUESTIONS, SHOP, SPELLING, settings
from triage.cli.replay import command as replay
from triage.cli.signin import sign_in
from triage.cli.terminal import clean, say
from triage.config import SYSTEM_CONFIG, usual_places
from triage.config.writing import written
from triage.discovery import Network
from triage.errors import UserError
from triage.reply import Spelling

# Of so many days the mails are read again in the end.
DAYS = 30


@click.command
@click.option(
    "--answers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Ask nothing: the answers are in this TOML file.",
)
@click.option("--no-replay", is_flag=True, help="Do not read past mail in the end.")
@click.pass_context
def command(ctx: click.Context, *, answers: Path | None, no_replay: bool) -> None:
    """Write the configuration, by asking for what it needs.

    Asked are your address, a password for triage, the shop's name and what it offers. The mail
    server is found by the address, the login is tried at once, and what does not work is asked for
    again. The file that is written holds every key there is, with what it means. In the end the
    mails of the last 30 days are read, and nothing is changed by that: you see what triage would
    have done. When you stop before the end, your answers are kept: give the command again.

    With --answers nothing is asked. The file has a line for each answer; what is not in it has its
    usual value. Needed are address = "hello@shop.example" and one of password_file,
    password_command, password_env and password_credential. The others: shop, owner, host, port,
    security, user, ca_file, drafts, sent, answer_within, spelling, send_again, refund, exchange,
    teaching, digest.

    Exit status: 0; 2 when an answer or a file is yours to mend; 77 when the provider refuses the
    login; 75 when trying again later may help; 130 when interrupted.

    \b
    Examples:
      triage init
      triage --config other.toml init --answers answers.toml
    """
    options: Options = ctx.obj
    path = _target(options)
    asker: Asker
    if answers:
        asker = Sheet(answers, QUESTIONS)
        _configure(asker, path)
    else:
        asker = Interview(path.with_name("init.toml"), QUESTIONS)
        say(clean(f"This writes {path}. Enter takes what stands in brackets, Ctrl-C stops."))
        if asker.answers:
            say("What you answered the last time stands in brackets.")
        try:
            _configure(asker, path)
        except BaseException as error:
            if asker.answers:
                again = _command(options, "init")
                say(clean(f"\nYour answers are kept; to go on: {again}"), err=True)
            if isinstance(error, click.Abort):  # Ctrl-C or Ctrl-D at a question
                raise click.exceptions.Exit(130) from None
            raise
        asker.done()
    say(clean(f"\nWritten: {path}"))
    try:
        if not no_replay:
            say(f"\nWhat triage would have done in the last {DAYS} days (nothing is changed):\n")
            ctx.obj = replace(options, config=path)
            ctx.invoke(replay, days=DAYS, account=None, html=None, as_json=False)
    finally:
        say(clean(f"\nTo start it: {_command(options, 'run')}"))
        machines = path.is_relative_to(SYSTEM_CONFIG.parent)
        install = f"service install{' --system' if machines else ''}"
        say(clean(f"To leave it running: {_command(options, install)}"))


def _configure(asker: Asker, path: Path) -> None:
    """Asks, tries, and writes."""
    sign_in(asker, path, Network())
    for question in SHOP:
        asker.ask(question, _likely_spelling() if question is SPELLING else None)
    write_new(path, written(settings(asker.answers)).encode(), private=True)


def _target(options: Options) -> Path:
    """Where the file will lie. UserError `config-there`."""
    named = options.config or os.environ.get("TRIAGE_CONFIG")
    path = Path(named).expanduser() if named else usual_places(os.environ)[0]
    if os.path.lexists(path):
        raise UserError("config-there", path=path)
    return path


def _command(options: Options, words: str) -> str:
    named = f"--config {shlex.quote(str(options.config))} " if options.config else ""
    return f"triage {named}{words}"


def _likely_spelling() -> str:
    spoken = next((os.environ[key] for key in ("LC_ALL", "LANG") if os.environ.get(key)), "")
    return str(Spelling.AMERICAN if spoken.startswith("en_US") else Spelling.BRITISH)
