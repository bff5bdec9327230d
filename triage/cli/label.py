"""`triage label`: the owner says of single mails whether they are complaints."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from triage.classifier import Fault, shelf
from triage.cli.faults import line_fault
from triage.cli.keyboard import keyboard, require_terminal
from triage.cli.labelling import converse
from triage.cli.options import Options
from triage.cli.setting import accounts_of, configuration, configuration_if_any, now
from triage.cli.telling import replacing
from triage.cli.terminal import clean, count, counted, say
from triage.cli.wording import TOPICS
from triage.config import Config
from triage.daemon.desk import model_of
from triage.daemon.lock import locked
from triage.learning.labelled import Labelled
from triage.learning.labels import LabelFile, folder, given, taught
from triage.learning.pile import in_files, in_mailbox
from triage.learning.question import Question, Unlabelled, questions
from triage.ledger import correct
from triage.mailbox import connect
from triage.origin import House
from triage.reply import is_draft_id

# Where a label is from that no teaching folder has given.
HERE = "triage label"
WHAT = "A complaint: the writer was let down, or wants money back, a return, a cancellation."


@click.command
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--account", metavar="NAME", help="Only the mails of this account.")
@click.option(
    "--newest",
    type=click.IntRange(1, 10_000),
    default=200,
    show_default=True,
    help="How many mails of each mailbox to look at.",
)
@click.option("--list", "listed", is_flag=True, help="Show the labels given, and ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --list: one JSON object a label.")
@click.pass_obj
def command(
    options: Options,
    files: tuple[Path, ...],
    *,
    account: str | None,
    newest: int,
    listed: bool,
    as_json: bool,
) -> None:
    """Say which mails are complaints, for triage train to learn.

    The mails of your mailboxes are shown, those first that triage is least sure of. One key says
    whether it is a complaint, and of a complaint another one what it is about. FILE, in place of
    the mailboxes, is a folder of mails, a Maildir, an mbox, or a .jsonl or .csv with the columns
    subject and text. What has a label already, or is in another language than English, is left out.
    In the mailboxes nothing is changed; from what you call no complaint a running triage takes its
    own flag and tag, and its letter, while nobody has touched that.

    Each label is kept, with what was written, in labels/given.jsonl in the state folder, as you
    press the key. Nothing is lost by Ctrl-C. --list shows those of the teaching folders, too.

    Exit status: 0; 75 when another triage label is open.

    \b
    Examples:
      triage label
      triage label ~/Maildir old-mails.csv
      triage label --list --json > mine.jsonl
    """
    if as_json and not listed:
        raise click.UsageError("--json belongs to --list.")
    config = configuration_if_any(options) if files or listed else configuration(options)
    if listed:
        for label in (*given(config.state), *taught(config.state)):
            say(json.dumps(_row(label)) if as_json else _line(label))
        return
    require_terminal()
    with locked(folder(config.state)), LabelFile(config.state) as file:
        asked = _questions(config, _files(files) if files else _mailboxes(config, account, newest))
        if not asked:
            say("There is no mail to label that has no label yet.")
            return
        say(WHAT)
        before = len(given(config.state))
        try:
            with keyboard() as keys:
                converse(asked, file, keys)
        finally:
            labels = given(config.state)
            said = {each.id: each.complaint for each in labels[before:]}
            for each in config.accounts:
                correct(config.state, each.address.key, said, now().timestamp())
            say(f"You have given {count(len(labels), 'label')}. triage train learns them.")


def _questions(config: Config, mails: Iterator[Unlabelled]) -> Sequence[Question]:
    known = {entry.key for entry in shelf.labels(config.state)}
    said = (*given(config.state), *taught(config.state))
    known |= {Unlabelled("", each.subject, each.text).key for each in said}
    model = model_of(config, replacing)
    flag = config.thresholds(model.thresholds).flag
    return questions(counted(mails, "mails"), model, flag, known)


def _files(files: Sequence[Path]) -> Iterator[Unlabelled]:
    """The mails of files; what cannot be read is said, a line each."""
    for found in in_files(files):
        if isinstance(found, Fault):
            say(line_fault(found).strip(), err=True)
        else:
            yield found


def _mailboxes(config: Config, name: str | None, newest: int) -> Iterator[Unlabelled]:
    for account in accounts_of(config, name):
        house = House(account.addresses, account.own_lists)
        with connect(account, is_ours=is_draft_id) as session:
            for mailbox in account.mailboxes:
                yield from in_mailbox(session, mailbox, house, newest)


def _line(label: Labelled) -> str:
    about = f"complaint: {TOPICS[label.topic]}" if label.topic else "complaint"
    said = about if label.complaint else "no complaint"
    if label.topic and not label.complaint:
        said = TOPICS[label.topic]
    return f"{said:<38}{clean(label.source) or HERE:<26}  {clean(label.subject)}"


def _row(label: Labelled) -> dict[str, object]:
    complaint = int(bool(label.complaint))
    row = {"subject": label.subject, "text": label.text, "complaint": complaint}
    return {**row, "topic": label.topic, "source": label.source or HERE}
