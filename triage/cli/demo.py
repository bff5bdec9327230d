"""`triage demo`: the program at work on a mailbox of its own."""

import os
import shlex
import signal

import click

from triage.cli import telling
from triage.cli.board import Board
from triage.cli.options import Options
from triage.cli.program import program
from triage.cli.setting import now
from triage.cli.terminal import say
from triage.config import load
from triage.daemon import Daemon, run_once
from triage.daemon.events import AccountStopped, CycleEnded, CycleFailed, Told
from triage.daemon.notify import Notifier
from triage.demo import HOST, PASSWORD, USER, Stage, inbox, orders, spare, stage
from triage.event import DraftStored, Handled

OPEN = """
The mailbox stays open until you press Ctrl-C, and what comes into it is answered within a second.

Look at the letters in a mail program (in neomutt m, and then y, opens one):
  neomutt -e 'set {neomutt}'
or any other: IMAP server {host}, port {port}, no encryption, user {user}, password {password}
Put in one more complaint (the same one twice is one):
  curl imap://{host}:{port}/INBOX -u {user}:{password} -T {spare}
Ask triage what became of each mail:
  {triage} --config {config} log
"""
NEOMUTT = (
    "ssl_force_tls=no imap_pass={password} folder=imap://{user}@{host}:{port}/"
    " spool_file=+INBOX postponed=+Drafts"
)


@click.command
@click.option("--once", is_flag=True, help="End when the letters have been shown.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Where the mailbox listens, on this machine only. [default: 1430, or any that is free]",
)
@click.pass_obj
def command(options: Options, *, once: bool, port: int | None) -> None:
    """See triage at work on a shop's inbox of its own.

    An IMAP server with the inbox of a pottery is started, which only this machine can reach. What
    triage makes of each mail is shown in a table, then the letters it has laid in Drafts. The
    mailbox stays open, for your mail program too, until Ctrl-C; then nothing of it is left. No real
    mail, configuration or state of yours is touched.

    Exit status: 0; 1 when the mailbox could not be looked at.

    \b
    Examples:
      triage demo
      triage demo --once
    """
    moment = now()
    mails = inbox(moment)
    with stage(mails, spare(moment), orders(moment.date()), port) as scene:
        say(f"The inbox of a pottery, {len(mails)} mails, at port {scene.port} of this machine:")
        say()
        _show(options, scene, once=once)
    if not once:
        say("\nThe mailbox is closed, and nothing of it is left.")


def _show(options: Options, scene: Stage, *, once: bool) -> None:
    board = Board()
    failed = []
    unheard = []

    def tell(account: str, told: Told) -> None:
        try:
            show(account, told)
        except BrokenPipeError as error:  # `triage demo | head`
            unheard.append(error)
            os.kill(os.getpid(), signal.SIGTERM)

    def show(account: str, told: Told) -> None:
        if options.debug and (trace := telling.trace(told)):
            say(trace, err=True)
        match told:
            case Handled(finding=finding):
                board.handled(finding)
            case DraftStored(message_id=message_id):
                board.stored(message_id)
            case CycleEnded():
                if board.ended() and not once:
                    say(_how_to_open(scene))
            case AccountStopped() | CycleFailed():
                failed.append(account)
                say(telling.line(account, told) or "", err=True)

    config = load(scene.config, os.environ)
    if not once:
        Daemon(lambda: config, tell, clock=now, notifier=Notifier({})).run()
        if unheard:
            raise unheard[0]
        return
    run_once(config, show, now)
    if failed:
        raise click.exceptions.Exit(1)


def _how_to_open(scene: Stage) -> str:
    mailbox = {"host": HOST, "port": scene.port, "user": USER, "password": PASSWORD}
    return OPEN.format(
        neomutt=NEOMUTT.format(**mailbox),
        triage=shlex.join(program()),
        config=scene.config,
        spare=scene.spare,
        **mailbox,
    ).rstrip()
