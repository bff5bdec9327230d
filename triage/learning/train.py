"""The starter corpus and the owner's labels become a model, measured before it is used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from triage.classifier import Encoder, Entry, Model, corpus, shelf
from triage.classifier.archive import replace
from triage.classifier.modelfile import write
from triage.learning import earlier
from triage.learning.curve import Curve, parts
from triage.learning.lesson import Lesson

if TYPE_CHECKING:  # it brings scikit-learn, which takes a second
    from triage.classifier.arrays import Doubles
    from triage.classifier.comparison import Change

Progress = Callable[[int, int], None]

# A candidate is refused when it is clearly worse than what learned all but the new labels: on the
# new labels, by so many standard errors of the difference; on known texts, of which a little may be
# given up for the owner's own, by one of a model that guesses, too. And when even what learned
# their like does not tell the new labels apart better than one that guesses, or hardly better while
# they deny much of what it is sure of: by chance alone shuffled labels are told apart by more than
# one standard error in one case of six. With the starter of
# 9,246 entries and labels of a shop that is not in it, words alone: 200 right ones are told apart
# at .944 (before .941, ± .005), known texts at .841 (.839); 200 shuffled ones at .536 (guessing is
# .5 ± .045), known texts at .837; 50 shuffled ones at .520 (.5 ± .092), known texts at .839.
MARGIN = 2.0
HARDLY = 3.0  # standard errors of a guess
DENIED = 0.25


@dataclass(frozen=True, slots=True)
class Training:
    """What training came to, and the model.

    `entries` were learned, of them `labels` the owner's; `new` of all were not learned before.
    `known` and `told` compare the candidate with one that learned all but what is new, on the texts
    known before and on the new ones; None when there are too few. `curve` is None when there are
    too few labels. `refused` is "" for a model that may be put in place, else a code:
    `known-texts-worse`, `labels-worse`, or `labels-contradict` (even what learned their like cannot
    tell them apart).
    """

    entries: int
    labels: tuple[Entry, ...]
    new: int
    known: "Change | None"
    told: "Change | None"
    curve: Curve | None
    refused: str
    model: Model


def train(
    lesson: Lesson,
    state: Path,
    encoder: Encoder | None = None,
    on_progress: Progress | None = None,
) -> Training:
    """The model of the starter corpus and the lesson; the owner overrules the corpus. Nothing is
    changed, but what an encoder says of new texts is kept. UserError `corpus-too-small`."""
    from triage.classifier import fit  # noqa: PLC0415 # scikit-learn is slow to import
    from triage.classifier.comparison import compare  # noqa: PLC0415 # the same
    from triage.classifier.table import Table  # noqa: PLC0415 # the same

    starter = corpus.starter()
    entries = corpus.merge(starter, lesson.labels)
    present = set(corpus.merge(starter, lesson.learned))
    old = [entry in present for entry in entries]
    halves = parts(lesson.labels) or ()
    tries = [old] * (not all(old))
    tries += [[bool(each.batch) or each.key in half for each in entries] for half in halves]
    report = on_progress or (lambda done, total: None)

    def step(turn: int, done: int, _: int) -> None:
        report(fit.STEPS * turn + done, fit.STEPS * (1 + len(tries)))

    table = Table.of(entries, encoder, shelf.vectors(entries, encoder, state))
    digest = corpus.digest(corpus.serialise(lesson.labels))
    model, held = fit.fit(table, partial(step, 0), digest=digest)
    less = [
        fit.hold_out(table, learned, partial(step, turn)) for turn, learned in enumerate(tries, 1)
    ]

    def against(before: "Doubles", part: Sequence[bool]) -> "Change | None":
        # By the kind alone: labels say nothing of what their topics make likely all the same.
        return compare(entries, part, before, held.kind, model.thresholds.flag)

    known = told = bulk = curve = None
    if not all(old):
        before = less.pop(0)
        new = [not each for each in old]
        known, told = against(before, old), against(before, new)
        files = [entry.key not in lesson.by_hand for entry in entries]
        bulk = against(before, [each and by for each, by in zip(new, files, strict=True)])
    if halves:
        own = [not each.batch for each in entries]
        changes = [change for before in less if (change := against(before, own))]
        curve = Curve.of([len(half) for half in halves], len(lesson.labels), changes)
    return Training(
        entries=len(entries),
        labels=lesson.labels,
        new=old.count(False),
        known=known,
        told=told,
        curve=curve,
        refused=refusal(known, told, bulk),
        model=model,
    )


def install(training: Training, state: Path, now: datetime) -> None:
    """Puts labels and model into the state folder; what was in force is kept with the earlier ones.
    UserError `file-unwritable`."""
    encoder = training.model.encoder
    earlier.keep(state, encoder, now)
    replace(state / shelf.LABELS, corpus.serialise(training.labels))
    write(state / shelf.name_of(encoder), training.model)


def refusal(known: "Change | None", told: "Change | None", bulk: "Change | None" = None) -> str:
    """Why the candidate must not replace the present model, "" when it may. `bulk` are those of
    `told` that came by the file: they may be mapped wrongly. What the owner says mail by mail is
    mostly what a model got wrong, and so no fair sample of what it can tell apart."""
    if bulk:
        errors = (bulk.after.auc - 0.5) / bulk.chance
        if errors < 1 or (errors < HARDLY and bulk.denied > DENIED):
            return "labels-contradict"
    if told and told.gain < -MARGIN * told.error:
        return "labels-worse"
    if known and known.gain < -max(MARGIN * known.error, known.chance):
        return "known-texts-worse"
    return ""
