"""Figures for people, and for programs."""

from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import TYPE_CHECKING

from triage.cli import wording
from triage.cli.terminal import fitted
from triage.taxonomy import Topic
from triage.verdict import Thresholds

if TYPE_CHECKING:  # it brings scikit-learn, which takes a second
    from triage.classifier.evaluation import Evaluation

# The table of sources: how wide a name is, and what is told of each.
_NAME = 16
_TOLD = ("  texts", "flagged", "unsure", " AUC", "precision", "recall", "  F1", "topic")


def row(
    whole: "Evaluation", parts: Mapping[str, "Evaluation"], thresholds: Thresholds, faults: int
) -> dict[str, object]:
    """One JSON object; its keys are stable, and null is what could not be told."""
    return {
        **whole.as_json(),
        "threshold": thresholds.flag,
        "threshold_unsure": thresholds.unsure,
        "faults": faults,
        "by_source": {name: part.as_json() for name, part in parts.items()},
    }


def text(whole: "Evaluation", parts: Mapping[str, "Evaluation"], thresholds: Thresholds) -> str:
    """The figures as a person reads them: one a line, then sources, then topics."""
    lines = [f"{name:<26}{value:>7}  {words}".rstrip() for name, value, words in _figures(whole)]
    lines += ["", f"Flagged is from {thresholds.flag:.0%} on, unsure from {thresholds.unsure:.0%}."]
    if missing := _missing(whole):
        lines.append(missing)
    if parts:
        lines += ["", *_sources(parts)]
    if whole.confusion:
        lines += ["", *_confusion(whole.confusion)]
    return "\n".join(lines)


def _figures(whole: "Evaluation") -> Iterator[tuple[str, str, str]]:
    """Name, value, and what it says; without what could not be told."""
    rest, unlabelled = whole.labelled - whole.complaints, whole.n - whole.labelled
    kinds = (("complaints", whole.complaints), ("others", rest), ("without a label", unlabelled))
    yield "texts", f"{whole.n}", ", ".join(f"{kind}: {number}" for kind, number in kinds if number)
    for outcome, number in whole.outcomes.items():
        yield f"  {outcome}", f"{number}", f"{number / whole.n:.1%}"
    if whole.foreign:
        yield "  in another language", f"{whole.foreign}", "unsure, with probability 0"
    if whole.learned:
        yield "  learned", f"{whole.learned}", "the model was made from them: this flatters it"
    figures = (
        ("AUC", whole.auc, "so often a complaint is rated above another"),
        ("average precision", whole.average_precision, ""),
        ("precision", whole.precision, "of what is flagged are complaints"),
        ("  in an inbox", whole.precision_at_3_percent, "of it, were 3% of all mails complaints"),
        ("recall", whole.recall, "of the complaints are flagged"),
        ("  unsure", whole.unsure_complaints, "of the complaints"),
        ("F1", whole.f1, ""),
        ("others flagged", whole.flagged_rest, "of what is no complaint"),
        ("  unsure", whole.unsure_rest, "of what is no complaint"),
        ("calibration error", whole.calibration_error, "is a probability off by, on average"),
        ("topic right", whole.topic_strict, f"of {whole.topics} texts"),
        ("  or acceptable", whole.topic_acceptable, ""),
        ("topic of complaints right", whole.topic_strict_complaints, ""),
        ("  or acceptable", whole.topic_acceptable_complaints, ""),
    )
    for name, value, words in figures:
        if value is not None:
            yield name, f"{value:.3f}", words


def _missing(whole: "Evaluation") -> str:
    """Why figures are left out."""
    if not whole.n:
        return "There is no text."
    if not whole.labelled:
        return "No text is labelled as a complaint or as none: there is nothing to compare with."
    if whole.complaints in {0, whole.labelled}:
        kind = "a complaint" if whole.complaints else "none"
        return (
            f"Every labelled text is {kind}: AUC, average precision, precision and F1 need"
            " complaints and others."
        )
    return ""


def _sources(parts: Mapping[str, "Evaluation"]) -> Iterator[str]:
    """A table, a source a line."""
    yield " " * _NAME + "".join(f"  {name}" for name in _TOLD)
    for name, part in parts.items():
        values = (
            *(part.outcomes.get(outcome, 0) / part.n for outcome in ("flagged", "unsure")),
            *(part.auc, part.precision, part.recall, part.f1, part.topic_strict),
        )
        cells = [f"{part.n}", *("-" if value is None else f"{value:.2f}" for value in values)]
        shown = (f"{cell:>{len(head) + 2}}" for head, cell in zip(_TOLD, cells, strict=True))
        yield fitted(name, _NAME) + "".join(shown)


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """A table: the true topic names the row, what was told the column."""
    told = {topic for row in confusion.values() for topic in row}
    topics = [topic for topic in Topic if topic in told or topic in confusion]
    letters = dict(zip(topics, ascii_lowercase, strict=False))
    largest = max(number for row in confusion.values() for number in row.values())
    width = max(4, len(str(largest)) + 1)
    head = "".join(f"{letters[topic]:>{width}}" for topic in topics)
    yield f"{head}   told; a line is what is true"
    for topic in topics:
        row = confusion.get(topic, {})
        cells = "".join(f"{row.get(other, 0) or '.':>{width}}" for other in topics)
        yield f"{cells}   {letters[topic]} {wording.TOPICS[topic]}"
