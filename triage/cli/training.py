"""What `triage train` says of a training, in words and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from triage.cli.terminal import clean, count
from triage.cli.wording import REFUSALS, TOPICS
from triage.learning.curve import Outlook, outlook
from triage.learning.earlier import Earlier
from triage.learning.labelled import Labelled
from triage.learning.lesson import Conflict, Lesson
from triage.learning.train import Training

if TYPE_CHECKING:  # it brings scikit-learn, which takes a second
    from triage.classifier.comparison import Change

# So many conflicts are shown.
SHOWN = 10

# What as many labels again would do.
OUTLOOKS = {
    Outlook.HELP: "{more} should help.",
    Outlook.HARDLY: "More labels will hardly help.",
    Outlook.UNCLEAR: "Whether more labels would help cannot be told from these.",
    Outlook.TOO_FEW: "Too few labels to tell whether more would help: twenty complaints and twenty"
    " others are needed.",
}


def text(lesson: Lesson, training: Training, *, installed: bool) -> str:
    """What was learned and what it is worth, measured on texts that were not learned."""
    return "\n".join([*_learned(lesson, training), *_worth(training), _end(training, installed)])


def _learned(lesson: Lesson, training: Training) -> Iterator[str]:
    for conflict in lesson.conflicts[:SHOWN]:
        yield _differ(conflict)
    if len(lesson.conflicts) > SHOWN:
        yield f"and {len(lesson.conflicts) - SHOWN:,} more texts with two labels"
    if lesson.unlabelled:
        yield f"{count(lesson.unlabelled, 'text')} without a label left out"
    if lesson.left_out:
        yield f"{lesson.left_out:,} labels left out: {len(training.labels):,} are learned at most"
    yield (
        f"learned        {training.entries:,} texts, {len(training.labels):,} of them yours,"
        f" {training.new:,} new"
    )


def _differ(conflict: Conflict) -> str:
    former, later = conflict.former, conflict.later
    return (
        f"{_place(former)} says {_said(former)}, {_place(later)} {_said(later)}:"
        " the later one counts"
    )


def _place(label: Labelled) -> str:
    return f"{clean(label.file)}, line {label.line}" if label.line else clean(label.file)


def _said(label: Labelled) -> str:
    if not label.complaint:
        return "no complaint"
    return f"a complaint: {TOPICS[label.topic]}" if label.topic else "a complaint"


def _worth(training: Training) -> Iterator[str]:
    figures = training.model.about.figures
    yield (
        f"flagged        {figures.recall:.0%} of the complaints; {figures.precision:.0%} of what is"
        " flagged is one"
    )
    yield (
        f"unsure         {figures.unsure_complaints:.0%} of the complaints,"
        f" {figures.unsure_rest:.0%} of the rest"
    )
    yield f"topic right    {figures.topic:.0%}; of complaints {figures.topic_complaints:.0%}"
    changes = (("known texts", training.known), ("new labels", training.told))
    for subject, change in changes:
        if change:
            yield from _change(subject, change)
    if training.new and not training.told:
        yield _unmeasured(training)
    if training.refused != "labels-contradict":  # more of the same would contradict, too
        yield _outlook(training)


def _change(subject: str, change: "Change") -> Iterator[str]:
    before, after = change.before, change.after
    yield (
        f"{subject:<15}told apart {after.auc:.3f}, before {before.auc:.3f} (AUC,"
        f" ± {change.error:.3f});"
    )
    yield (
        f"{'':<15}flagged {after.flagged_complaints:.0%} of the complaints, before"
        f" {before.flagged_complaints:.0%}; of the rest {after.flagged_rest:.0%}, before"
        f" {before.flagged_rest:.0%}"
    )


def _unmeasured(training: Training) -> str:
    kinds = {entry.complaint for entry in training.labels}
    if len(kinds) == 1:
        kind, other = ("a complaint", "no") if True in kinds else ("no complaint", "a")
        return (
            f"Every label of yours says {kind}: what they are worth cannot be measured. Label some"
            f" mails that are {other} complaint, too."
        )
    return "Too few new labels to measure on: ten complaints and ten others are needed."


def _outlook(training: Training) -> str:
    curve = training.curve
    words = OUTLOOKS[outlook(curve)]
    if curve is None:
        return words
    shown = ", ".join(
        f"{auc:.3f} with {number:,}" for number, auc in zip(curve.labels, curve.auc, strict=True)
    )
    more = count(curve.labels[-1], "more label")
    return (
        f"your labels    told apart {shown} (AUC, ± {curve.error:.3f})\n{words.format(more=more)}"
    )


def _end(training: Training, installed: bool) -> str:
    refused = REFUSALS.get(training.refused, "")
    if installed:
        return f"{refused} Put in place all the same." if refused else "The model is in place."
    return f"NOT put in place: {refused}" if refused else "It would be put in place."


def row(lesson: Lesson, training: Training, *, installed: bool) -> dict[str, object]:
    """One JSON object; its keys are stable."""
    return {
        "entries": training.entries,
        "labels": len(training.labels),
        "new": training.new,
        "unlabelled": lesson.unlabelled,
        "left_out": lesson.left_out,
        "conflicts": [
            {"former": _place(each.former), "later": _place(each.later)}
            for each in lesson.conflicts
        ],
        "known": asdict(training.known) if training.known else None,
        "told": asdict(training.told) if training.told else None,
        "curve": asdict(training.curve) if training.curve else None,
        "outlook": outlook(training.curve),
        "figures": training.model.about.figures.as_json(),
        "refused": training.refused,
        "installed": installed,
    }


def earlier_line(earlier: Earlier) -> str:
    """ "until 2026-11-22 12:30   200 labels of yours, told apart 0.912 (AUC)"."""
    until = earlier.until.astimezone().isoformat(sep=" ", timespec="minutes")
    worth = f", told apart {earlier.figures.auc:.3f} (AUC)" if earlier.figures else ""
    return f"until {until}   {count(earlier.labels, 'label')} of yours{worth}"


def earlier_row(earlier: Earlier) -> dict[str, object]:
    """One JSON object; its keys are stable."""
    return {
        "until": earlier.until.isoformat(),
        "labels": earlier.labels,
        "figures": earlier.figures.as_json() if earlier.figures else None,
    }
