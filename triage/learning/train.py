"""`triage train`: the starter corpus and the owner's labels become the owner's model."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.classifier import Encoder, Entry, Figures, corpus, shelf
from triage.classifier.archive import replace
from triage.classifier.modelfile import write

Progress = Callable[[int, int], None]

# New labels of each kind that are needed to measure on them. A candidate is then refused when it is
# clearly worse than what learned all but the new labels, both by AUC on texts neither had learned.
# Measured with letters and ordinary mail as starter and 20 to 400 of the messages as labels. Right
# labels: known texts +.002 to +.004, labels told at .77 to .84. Shuffled: known texts -.01 (50),
# -.02 (200), -.04 (400), labels told at .43 to .54. Inverted: -.01, -.05, -.12, and .12 to .39.
# One standard error as the margin refuses all of the wrong ones there and none of the right ones.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Change:
    """An AUC of the present model's like and of the candidate's, on texts neither learned.

    `error` is the standard error of an AUC by chance on as many texts (Mann and Whitney 1947).
    """

    before: float
    after: float
    error: float

    @property
    def worse(self) -> bool:
        return self.after < self.before - self.error

    @property
    def by_chance(self) -> bool:
        return self.after < 0.5 + self.error


@dataclass(frozen=True, slots=True)
class Training:
    """What training came to.

    `entries` were learned, of them `labels` the owner's; `new` of all were not learned before.
    `known` and `told` compare on the texts known before and on the new ones; None when there are
    too few. `refused` is "" when the model was put in place, else a code: `known-texts-worse`,
    `labels-worse`, or `labels-contradict` (even what learned their like cannot tell them apart).
    """

    entries: int
    labels: int
    new: int
    known: Change | None
    told: Change | None
    figures: Figures
    refused: str


def train(
    files: Sequence[Path],
    state: Path,
    encoder: Encoder | None = None,
    on_progress: Progress | None = None,
) -> Training:
    """Learns the owner's label files beside the starter corpus and what was learned before, and
    puts labels and model into the state folder, unless the model is clearly worse.

    Where files contradict each other the later one has the last word, and the owner overrules the
    starter corpus; a file that contradicts itself has a fault. UserError `corpus-faults`,
    `corpus-unreadable`, `corpus-too-small`, `file-unwritable`; then nothing was changed.
    """
    from triage.classifier import fit  # noqa: PLC0415 # scikit-learn is slow to import

    starter, learned, given = corpus.starter(), shelf.labels(state), corpus.read(files)
    labels = corpus.merge(learned, given)
    entries = corpus.merge(starter, labels)
    present = set(corpus.merge(starter, learned))
    new = [entry not in present for entry in entries]
    steps = fit.STEPS * (2 if any(new) else 1)
    report = on_progress or (lambda done, total: None)

    encoded = fit.Encoded.of(encoder, shelf.vectors(entries, encoder, state))
    model, held = fit.fit(entries, lambda done, _: report(done, steps), encoded)
    known = told = None
    if any(new):
        old = [not each for each in new]
        before = fit.hold_out(
            entries, old, lambda done, _: report(fit.STEPS + done, steps), encoded
        )
        known, told = (
            Change(fit.auc(entries, before, part), fit.auc(entries, held.complaint, part), error)
            if (error := _error(entries, part))
            else None
            for part in (old, new)
        )
    report(steps, steps)
    refused = refusal(known, told)
    if not refused:
        replace(state / shelf.LABELS, corpus.serialise(labels))
        write(state / shelf.name_of(encoder), model)
    return Training(len(entries), len(labels), sum(new), known, told, model.about.figures, refused)


def refusal(known: Change | None, told: Change | None) -> str:
    """Why the candidate must not replace the present model, "" when it may."""
    if told and told.by_chance:
        return "labels-contradict"
    if told and told.worse:
        return "labels-worse"
    if known and known.worse:
        return "known-texts-worse"
    return ""


def _error(entries: Sequence[Entry], part: Sequence[bool]) -> float | None:
    """The standard error of an AUC by chance on the marked entries, None with too few of a kind."""
    truths = [entry.complaint for entry, use in zip(entries, part, strict=True) if use]
    ones, zeros = sum(truths), len(truths) - sum(truths)
    if min(ones, zeros) < ENOUGH:
        return None
    return math.sqrt((ones + zeros + 1) / (12 * ones * zeros))
