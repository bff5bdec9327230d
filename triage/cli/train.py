"""`triage train`: the starter corpus and the owner's labels become the owner's model."""

import sys
from pathlib import Path

import click

from triage.classifier import encoder
from triage.cli.options import Options
from triage.cli.setting import configuration_if_any
from triage.cli.terminal import count, say
from triage.cli.wording import REFUSALS
from triage.learning import Training, train


@click.command
@click.argument("labels", metavar="[LABELS]...", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def command(options: Options, labels: tuple[Path, ...]) -> None:
    """Build the model anew.

    LABELS are files of your own words on mails, one JSON object a line, with body, complaint (0 or
    1) and topic, and with a subject where there is one. A file that says two things of the same
    text is not taken; where files differ, the later one counts. They are learned beside the corpus
    triage brings with it, and remembered in the state folder. A model that is clearly worse on
    texts it has not seen is not put in place. A running triage takes the new one when it is
    reloaded.

    Exit status: 0, or 1 when the new model was not put in place.

    \b
    Examples:
      triage train
      triage train labels.jsonl
    """
    config = configuration_if_any(options)
    training = train(labels, config.state, encoder(config.encoder), _progress)
    say(text(training))
    if config.model:
        say(f"Not used while the configuration names another model: {config.model}.", err=True)
    if training.refused:
        raise click.exceptions.Exit(1)


def text(training: Training) -> str:
    """What was learned and what it is worth, measured on texts that were not learned."""
    figures = training.figures
    lines = [
        f"learned       {count(training.entries, 'text')}, {training.labels} of them yours,"
        f" {training.new} new",
        f"flagged       {figures.recall:.0%} of the complaints; {figures.precision:.0%} of what is"
        " flagged is one",
        f"unsure        {figures.unsure_complaints:.0%} of the complaints,"
        f" {figures.unsure_ordinary:.0%} of the rest",
        f"topic right   {figures.topic:.0%}; of complaints {figures.topic_complaints:.0%}",
    ]
    changes = (("known texts", training.known), ("your labels", training.told))
    lines += [
        f"{subject}   told apart {change.after:.3f}, before {change.before:.3f}"
        f" (AUC, ± {change.error:.3f})"
        for subject, change in changes
        if change
    ]
    lines.append(REFUSALS[training.refused] if training.refused else "The model is in place.")
    return "\n".join(lines)


def _progress(done: int, total: int) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\rstep {done} of {total}", err=True, nl=done == total)
