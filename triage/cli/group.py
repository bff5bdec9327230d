"""The `triage` command: its options, its commands by name, and the boundary around them."""

import difflib
import importlib
import io
import os
import sys
import traceback
from pathlib import Path

import click

from triage import __version__
from triage.cli.ending import exit_status
from triage.cli.options import Options
from triage.cli.sentences import own_fault, sentence
from triage.cli.terminal import clean, say
from triage.errors import TriageError

# Each command's module is imported when it is called for: `triage --help` answers at once.
COMMANDS = {
    "demo": "See triage at work on a shop's inbox of its own.",
    "init": "Write the configuration, by asking for what it needs.",
    "run": "Watch the accounts until stopped.",
    "once": "Look at every account once.",
    "explain": "Say what triage makes of a mail in a file, and why.",
    "courtesy": "Say what a letter should not say, and what to write instead.",
    "templates": "See the letters, and make them your own.",
    "check": "Try the set-up, and say what to mend.",
    "replay": "Run through past mail once more, and change nothing.",
    "status": "Say how the accounts are doing.",
    "log": "Say what became of each mail, the newest last.",
    "report": "Say which complaints come again, and what became of the letters.",
    "label": "Say which mails are complaints, for triage train to learn.",
    "train": "Build the model anew.",
    "forget": "Erase what this machine remembers of a person.",
    "evaluate": "Say how well triage tells labelled texts apart.",
    "service": "Have systemd keep triage running.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            command = importlib.import_module(f"triage.cli.{cmd_name}").command
            return command if isinstance(command, click.Command) else None
        if meant := difflib.get_close_matches(cmd_name, COMMANDS, n=1):
            ctx.fail(f"No such command {cmd_name!r}. Did you mean {meant[0]!r}?")
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """The boundary: whatever goes wrong becomes one sentence and an exit status."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            status = 130
        except BrokenPipeError:  # `triage explain … | head`: as a program ended by SIGPIPE
            status = 141
        except TriageError as error:
            _complain(ctx, error, sentence(error))
            status = exit_status(error)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - the boundary: nothing shows a traceback unasked
            _complain(ctx, error, own_fault(error))
            status = 70
        raise click.exceptions.Exit(status)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, readable=False),  # whose it is, is said by `ownership`
    metavar="FILE",
    help="The configuration file. [default: $TRIAGE_CONFIG, ~/.config/triage/config.toml,"
    " /etc/triage/config.toml]",
)
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
@click.version_option(__version__, prog_name="triage", message="%(prog)s %(version)s")
@click.pass_context
def triage(ctx: click.Context, config: Path | None, *, debug: bool) -> None:
    """Find customers' complaints in a shop's inbox, and lay replies in its Drafts folder.

    Nothing is ever sent: you read, change and send the replies from your own mail program. No mail
    leaves this machine.

    Exit status: 0; 1 when something of what was asked failed; 2 when the call, the configuration or
    a file is yours to mend; 70 for an error of triage's own; 75 when trying again later may help;
    77 when an account's owner must act; 130 when interrupted.

    \b
    Examples:
      triage explain mail.eml
      triage check
      triage run
    """
    ctx.obj = Options(config, debug=debug)


def main() -> None:
    """The program `triage`."""
    os.umask(os.umask(0o022) | 0o022)  # what is made, the folders above the state too, is one's own
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None when whoever started us closed it
            stream.reconfigure(errors="backslashreplace")  # a letter it lacks ends no command
    try:
        triage(prog_name="triage")
    finally:
        _let_go()


def _complain(ctx: click.Context, error: Exception, words: str) -> None:
    if ctx.params.get("debug"):
        say(clean("".join(traceback.format_exception(error)).rstrip(), lines=True), err=True)
    say(f"Error: {words}", err=True)


def _let_go() -> None:
    """What a stream will not take goes nowhere; else Python complains at its exit, status 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
