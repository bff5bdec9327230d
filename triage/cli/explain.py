"""`triage explain`: what triage makes of a mail in a file, and why."""

import json

import click

from triage.cli.findings import row, text
from triage.cli.options import Options
from triage.cli.setting import configuration_if_any, now
from triage.cli.telling import replacing
from triage.cli.terminal import counted, say
from triage.config import Config
from triage.daemon.desk import Outfit
from triage.finding import Desk, Finding, explain, failed
from triage.learning.mailfile import MailFile, mails
from triage.message import Address
from triage.origin import House
from triage.reply import Identity
from triage.taxonomy import Outcome

# Stands for the shop's own address where no configuration names one.
NOBODY = Address("", "shop@localhost.invalid")


@click.command
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a mail, one a line.")
@click.pass_obj
def command(options: Options, files: tuple[str, ...], *, as_json: bool) -> None:
    """Say what triage makes of a mail in a file, and why.

    FILE is a mail (.eml), an mbox, a Maildir, or - for standard input. Shown are who writes, how
    likely it is a complaint, what about, what speaks for it, an angry tone and threats, and the
    letter triage would lay into Drafts. Nothing is marked, stored or remembered, and no server is
    asked. Without a configuration the letter is that of a shop that has said nothing about itself.

    Exit status: 0, or 1 when a mail could not be read.

    \b
    Examples:
      triage explain mail.eml
      triage explain --json ~/Maildir > findings.jsonl
      triage explain - < mail.eml
    """
    whole = desk(configuration_if_any(options))
    failures = 0
    for mail in counted(mails(files), "mails"):
        finding = _explained(whole, mail)
        failures += finding.outcome is Outcome.FAILED
        if as_json:
            say(json.dumps(row({"file": mail.name}, finding), default=str))
        else:
            say(text(mail.name, finding))
    if error := whole.orders.renew():  # of a command, what went wrong with these mails
        raise error
    if failures:
        raise click.exceptions.Exit(1)


def _explained(whole: Desk, mail: MailFile) -> Finding:
    if isinstance(mail.content, bytes):
        return explain(whole, mail.content, now())
    return failed(mail.content)


def desk(config: Config) -> Desk:
    """The desk of all accounts together: a file does not say which of them it came to."""
    outfit = Outfit.of(config, replacing)
    if error := outfit.orders.renew():
        raise error
    addresses = tuple(address for account in config.accounts for address in account.addresses)
    own_lists = frozenset(name for account in config.accounts for name in account.own_lists)
    return Desk(
        judge=outfit.judge,
        thresholds=outfit.thresholds,
        house=House(addresses, own_lists),
        letters=outfit.letters,
        shop=config.shop,
        identity=Identity(addresses or (NOBODY,)),
        orders=outfit.orders,
    )
