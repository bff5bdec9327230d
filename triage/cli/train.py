"""`triage train`: the starter corpus and the owner's labels become the owner's model."""

import json
from contextlib import nullcontext
from pathlib import Path

import click

from triage.classifier import Encoder, encoder
from triage.cli import training
from triage.cli.options import Options
from triage.cli.setting import configuration_if_any, now
from triage.cli.terminal import say, stepped
from triage.daemon.lock import locked
from triage.learning import earlier
from triage.learning.labels import folder
from triage.learning.lesson import gather
from triage.learning.train import install, train


@click.command
@click.option(
    "--from",
    "files",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Learn the labels of this file or folder, too; may be given again.",
)
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and change nothing.")
@click.option("--if-new", is_flag=True, help="Only where a label is new, changed or taken back.")
@click.option("--force", is_flag=True, help="Put the model in place even where it is worse.")
@click.option("--rollback", is_flag=True, help="Put the model before the present one in place.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    options: Options,
    files: tuple[Path, ...],
    *,
    dry_run: bool,
    if_new: bool,
    force: bool,
    rollback: bool,
    as_json: bool,
) -> None:
    """Build the model anew.

    It is made of the corpus triage brings with it, of what was learned before, and of your labels:
    those given in triage label, and those of files named with --from: folders of mails with
    sub-folders complaint and ordinary, Maildirs, mboxes, .jsonl and .csv with the columns text,
    complaint (1 or 0) and, as far as there are any, subject and topic. Where labels differ the last
    file counts, and triage label above all.

    It is measured on texts it has not learned, and put in place unless it is worse on those than
    the present one. A running triage takes it up within seconds. The last five models are kept with
    the labels they had learned: --rollback goes back one, and with --dry-run shows them all.

    Exit status: 0, or 1 when the new model was not put in place.

    \b
    Examples:
      triage train
      triage train --from old-mails.csv --from ~/Maildir --dry-run
      triage train --rollback
    """
    if rollback and (files or force or if_new):
        raise click.UsageError("--rollback learns nothing: leave --from, --force and --if-new out.")
    config = configuration_if_any(options)
    reader = encoder(config.encoder)
    with nullcontext() if dry_run else locked(folder(config.state)):
        if rollback:
            _go_back(config.state, reader, dry_run=dry_run, as_json=as_json)
            return
        lesson = gather(config.state, files)
        if if_new and not lesson.new:
            say(json.dumps(None) if as_json else "Nothing new to learn.")
            return
        done = train(lesson, config.state, reader, stepped)
        wanted = not dry_run and (force or not done.refused)
        if wanted:
            install(done, config.state, now())
    if as_json:
        say(json.dumps(training.row(lesson, done, installed=wanted)))
    else:
        say(training.text(lesson, done, installed=wanted))
    if config.model:
        say(f"Not used while the configuration names another model: {config.model}.", err=True)
    if done.refused and not wanted:
        raise click.exceptions.Exit(1)


def _go_back(state: Path, reader: Encoder | None, *, dry_run: bool, as_json: bool) -> None:
    there = earlier.kept(state, reader) if dry_run else [earlier.go_back(state, reader)]
    if as_json:
        say(json.dumps([training.earlier_row(each) for each in there]))
        return
    for each in there:
        say(training.earlier_line(each))
    if not dry_run:
        say(
            "It is in place again. What was said in triage label is kept, and learned by the next"
            " triage train; labels of files are forgotten with the model that had learned them."
        )
    elif not there:
        say("There is no earlier model.")
