"""`triage report`: which complaints come again, how fast they are answered, what became of the
letters; from the ledger alone."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import click

from triage.account import Account
from triage.cli.newfile import write_new
from triage.cli.options import Options
from triage.cli.past import past
from triage.cli.review import text
from triage.cli.reviewpage import as_page
from triage.cli.reviewrow import row
from triage.cli.sentences import sentence
from triage.cli.setting import accounts_of, configuration, now
from triage.cli.terminal import columns, counted, say
from triage.config import Config
from triage.learning import earlier
from triage.learning.forgetting import echo
from triage.learning.labels import given, taught
from triage.ledger.beginning import beginning
from triage.order import Command, Mention, Order
from triage.orders import OrderCommand, OrderFile
from triage.report.review import BEFORE, DAY, Frame, Review, Said, review
from triage.report.told import told


@click.command
@past
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    options: Options, *, days: int, account: str | None, html: Path | None, as_json: bool
) -> None:
    """Say which complaints come again, and what became of the letters.

    Said are the complaints of each week by topic, by product and by carrier (with an order book),
    what comes more often of late than it did in the year before, the time to the first answer, who
    still waits, which letters were used, and how right the verdicts were. All is read from what
    triage remembers; no server is asked.

    Addresses stand in the list of those who wait, in the terminal alone, and customers' words
    nowhere: the page and the JSON may be shown to others.

    Exit status: 0.

    \b
    Examples:
      triage report
      triage report --days 30 --account shop
      triage report --html autumn.html
      triage report --json
    """
    config = configuration(options)
    accounts = accounts_of(config, account)
    moment = now()
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    begin = (midnight - timedelta(days=days - 1)).timestamp()
    frame = _frame(config, accounts, begin, moment.timestamp())
    if frame is None:
        say("triage has not looked at any mail yet. Start it with: triage run", err=True)
        return
    find, common = _book(config)
    start = min(begin, frame.now - BEFORE * DAY)
    with closing(told(config.state, accounts, start)) as rows:
        found = review(
            counted(rows, "mails", scrolling=False), frame, _said(config.state), find, common
        )
    changed = _models(config.state, found)
    if as_json:
        say(json.dumps(row(found, changed)))
    else:
        for line in text(found, config.shop, changed, frame.now, columns()):
            say(line)
    if html:
        write_new(html, as_page(found, config.shop, changed, frame.now).encode(), private=True)
        say(f"The page is {html}.", err=True)


def _frame(
    config: Config, accounts: Sequence[Account], begin: float, moment: float
) -> Frame | None:
    """None when nothing was ever looked at."""
    began = [beginning(config.state, each.address.key) for each in accounts]
    known = [each for each in began if each is not None]
    if not known:
        return None
    return Frame(begin, moment, min(known), max(known), config.shop)


def _book(config: Config) -> tuple[Callable[[str], Order | None] | None, frozenset[str]]:
    """How an order is found by its key, None without a book or where it cannot be read, which is
    said; and the products that several have bought."""
    if config.orders is None:
        return None, frozenset()
    given = config.orders
    book = OrderCommand(given) if isinstance(given, Command) else OrderFile(given)
    if error := book.renew():
        say(f"{sentence(error)}", err=True)
        return None, frozenset()

    def find(key: str) -> Order | None:
        match = book.find(Mention(numbers=(key,)))
        return match.order if match else None

    return find, frozenset(ware.name for ware in book.catalogue if ware.common)


def _said(state: Path) -> Mapping[str, Said]:
    """The owner's labels by the digest of the mail, where it lies in a teaching folder, else by
    what it leaves in the ledger of writer and words."""
    said = {}
    for label in given(state):
        if label.sender:
            addr = label.sender.rpartition("<")[2].rstrip(">")
            key = echo(addr, label.subject, label.text)
            said[key] = Said(bool(label.complaint), label.topic)
    for label in taught(state):
        said[label.id] = Said(bool(label.complaint), label.topic)
    return said


def _models(state: Path, found: Review) -> list[date]:
    """The days of the report on which another model was put in force, as far as the former ones are
    kept."""
    days = {each.until.astimezone().date() for each in earlier.kept(state, None)}
    return sorted(day for day in days if found.first <= day <= found.last)
