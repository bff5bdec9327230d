"""`triage evaluate`: how well the classifier tells labelled texts apart."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.classifier import Fault
from triage.cli import evaluation
from triage.cli.faults import line_fault
from triage.cli.options import Options
from triage.cli.sentences import SHOWN
from triage.cli.setting import configuration_if_any
from triage.cli.telling import replacing
from triage.cli.terminal import count, counted, say
from triage.daemon.desk import model_of
from triage.errors import UserError
from triage.learning import read_labelled
from triage.learning.evaluate import Judged, judged, learned

if TYPE_CHECKING:  # it brings scikit-learn, which takes a second
    from triage.classifier.evaluation import Answers

Keep = Callable[[Judged], None]


@click.command
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.jsonl",
    help="Write what is said of each text, one JSON object a line.",
)
@click.option(
    "--plots",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Draw precision against recall, reliability, and the confusion of topics, as PNG files.",
)
@click.pass_obj
def command(
    options: Options, file: Path, *, as_json: bool, predictions: Path | None, plots: Path | None
) -> None:
    """Say how well triage tells labelled texts apart.

    FILE is a table whose name ends in .jsonl or .csv, with the columns text (or body) and, as far
    as there are any, id, subject, complaint (1 or 0), topic, also (further topics that would be
    right) and source; a folder of mails, with sub-folders complaint and ordinary (or 1 and 0) as
    labels; a Maildir; or an mbox. Each text is judged as a customer's. Figures for which there are
    no labels are left out.

    Exit status: 0; 1 when some texts could not be read, or there are none; 2 when none could.

    \b
    Examples:
      triage evaluate labelled.csv
      triage evaluate --json --predictions said.jsonl labelled.jsonl
      triage evaluate --plots pictures ~/labelled-mails
    """
    from triage.classifier.evaluation import Answers, evaluate  # noqa: PLC0415 # scikit-learn, late

    for name, path in (("--predictions", predictions), ("--plots", plots)):
        if path and path.resolve().is_relative_to(file.resolve()):
            raise click.BadParameter("it lies where the texts are read from.", param_hint=name)
    if plots and find_spec("matplotlib") is None:
        raise UserError("plots-not-installed")
    config = configuration_if_any(options)
    model = model_of(config, replacing)
    thresholds = config.thresholds(model.thresholds)
    answers = Answers()
    texts = judged(read_labelled(file), model, thresholds, learned(config.state))
    with _written(predictions) as keep:
        faults = _collected(counted(texts, "texts", scrolling=False), answers, keep)
    whole = evaluate(answers.columns())
    if faults and not whole.n:
        raise UserError("corpus-faults", faults=tuple(faults))
    parts = {name: evaluate(columns) for name, columns in answers.by_source().items()}
    if as_json:
        say(json.dumps(evaluation.row(whole, parts, thresholds, len(faults))))
    else:
        say(evaluation.text(whole, parts, thresholds))
    for line in _left_out(faults):
        say(line, err=True)
    if plots:
        from triage.classifier.plots import draw  # noqa: PLC0415 # matplotlib is an extra

        draw(answers.columns(), thresholds, plots)
    if faults or not whole.n:
        raise click.exceptions.Exit(1)


def _collected(texts: Iterable[Judged | Fault], answers: "Answers", keep: Keep) -> list[Fault]:
    """Counts each text, and returns the faults."""
    faults = []
    for each in texts:
        if isinstance(each, Fault):
            faults.append(each)
            continue
        keep(each)
        answers.add(
            each.opinion,
            each.outcome,
            complaint=each.labelled.complaint,
            topic=each.labelled.topic,
            also=each.labelled.also,
            source=each.labelled.source,
            learned=each.learned,
        )
    return faults


@contextmanager
def _written(path: Path | None) -> Iterator[Keep]:
    """Writes what is said of each text into the file, if there is one."""
    if path is None:
        yield lambda _: None
        return
    try:
        with path.open("w", encoding="ascii") as file:

            def keep(each: Judged) -> None:
                file.write(json.dumps(prediction(each)) + "\n")

            yield keep
    except OSError as error:
        raise UserError("file-unwritable", path=str(path), reason=error.strerror) from error


def prediction(each: Judged) -> dict[str, object]:
    """One JSON object; its keys are stable."""
    opinion = each.opinion
    return {
        "id": each.labelled.id,
        "complaint": opinion.complaint,
        "outcome": str(each.outcome),
        "topic": str(opinion.topic) if opinion.topics else None,
        "topics": {str(topic): share for topic, share in opinion.topics.items()},
    }


def _left_out(faults: list[Fault]) -> Iterator[str]:
    if faults:
        yield f"{count(len(faults), 'fault')}, and left out what has one:"
        yield from map(line_fault, faults[:SHOWN])
    if len(faults) > SHOWN:
        yield f"  and {len(faults) - SHOWN:,} more"
