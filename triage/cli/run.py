"""`triage run`: watches the accounts until it is stopped."""

import click

from triage.cli import telling
from triage.cli.dailywords import worded
from triage.cli.options import Options
from triage.cli.setting import configuration, now
from triage.cli.terminal import say
from triage.daemon import Daemon
from triage.daemon.events import Told


@click.command
@click.pass_obj
def command(options: Options) -> None:
    """Watch the accounts until stopped.

    New mail is judged within seconds of its arrival. SIGTERM and Ctrl-C end the program within
    five seconds with nothing half done; SIGHUP reads the configuration again, or keeps the old one
    and says why. Under systemd it speaks the notify protocol (Type=notify, WatchdogSec=); triage
    service prints the unit. What it does goes to standard error, a line each, without a word of any
    mail.

    Exit status: 0 when it was stopped; 2 when it could not start; 75 when another triage works with
    its state.

    \b
    Examples:
      triage run
      triage --config /etc/triage/config.toml run
    """

    def tell(account: str, told: Told) -> None:
        if options.debug and (trace := telling.trace(told)):
            say(trace, err=True)
        if words := telling.line(account, told):
            say(words, err=True)

    Daemon(lambda: configuration(options), tell, clock=now, digest=worded).run()
