"""Pictures of how well texts are told apart. Needs matplotlib, which the extra `plots` brings."""

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.calibration import CalibrationDisplay  # type: ignore[import-untyped] # untyped
from sklearn.metrics import (  # type: ignore[import-untyped] # untyped
    ConfusionMatrixDisplay,
    PrecisionRecallDisplay,
)

from triage.classifier.evaluation import BINS, TOPICS, Columns, confusion
from triage.errors import UserError
from triage.verdict import Thresholds

# At its first run it tells that it looks for fonts.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

DOTS = 120  # an inch


def draw(columns: Columns, thresholds: Thresholds, folder: Path) -> list[Path]:
    """Puts precision-recall.png, reliability.png and confusion.png into the folder, each where
    there are the labels for it. UserError `file-unwritable` (path, reason)."""
    drawn = []
    for name, figure in _figures(columns, thresholds):
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            figure.savefig(path, dpi=DOTS)
        except OSError as error:
            raise UserError("file-unwritable", path=str(path), reason=error.strerror) from error
        drawn.append(path)
    return drawn


def _figures(columns: Columns, thresholds: Thresholds) -> Iterator[tuple[str, Figure]]:
    known = columns.where(columns.complaint >= 0)
    if len(np.unique(known.complaint)) == 2:
        yield "precision-recall.png", _precision_recall(known, thresholds)
    if len(known.said):
        yield "reliability.png", _reliability(known)
    about = columns.where(columns.topic >= 0)
    if len(about.topic):
        yield "confusion.png", _confusion(about)


def _precision_recall(known: Columns, thresholds: Thresholds) -> Figure:
    """The curve, what guessing would give, and where the thresholds lie."""
    figure = Figure(figsize=(6.4, 5.6), layout="constrained")
    axes = figure.subplots()
    truths = known.complaint == 1
    PrecisionRecallDisplay.from_predictions(
        truths,
        known.said,
        ax=axes,
        name="triage",
        plot_chance_level=True,
        drop_intermediate=True,
    )
    for name, cut, mark in (("flagged", thresholds.flag, "o"), ("unsure", thresholds.unsure, "s")):
        found = known.said >= cut
        if found.any():
            precision, recall = truths[found].mean(), found[truths].mean()
            axes.plot(recall, precision, mark, markersize=9, label=f"{name} from {cut:.2f} on")
    axes.set(
        title=f"Complaints among {len(truths):,} texts ({truths.mean():.0%})",
        xlabel="recall: of the complaints so many are found",
        ylabel="precision: of what is found so many are complaints",
    )
    axes.legend(loc="lower left")
    axes.grid(alpha=0.3)
    return figure


def _reliability(known: Columns) -> Figure:
    """What was said against what was true, and below how often it was said."""
    figure = Figure(figsize=(6.4, 6.8), layout="constrained")
    curve, sizes = figure.subplots(2, height_ratios=(3, 1), sharex=True)
    CalibrationDisplay.from_predictions(
        known.complaint == 1, known.said, n_bins=BINS, ax=curve, name="triage"
    )
    curve.set(
        title="Is a probability what it says?",
        xlabel="",
        ylabel="so many of them are complaints",
        xlim=(-0.02, 1.02),
        ylim=(-0.02, 1.02),
    )
    curve.legend(loc="upper left")
    curve.grid(alpha=0.3)
    sizes.hist(known.said, bins=BINS, range=(0, 1), edgecolor="white")
    sizes.set(xlabel="probability of a complaint that was said", ylabel="texts")
    return figure


def _confusion(about: Columns) -> Figure:
    """How often each topic was told, written in; the shade is the share of the true topic."""
    places = np.union1d(about.topic, about.told)
    counts = confusion(about)[np.ix_(places, places)]
    sizes = counts.sum(axis=1)
    side = 2.6 + 0.55 * len(places)
    figure = Figure(figsize=(side + 0.8, side), layout="constrained")
    axes = figure.subplots()
    names = [str(TOPICS[place]) for place in places]
    shares = counts / np.maximum(sizes, 1)[:, None]
    display = ConfusionMatrixDisplay(shares, display_labels=names)
    shades = {"vmin": 0, "vmax": 1}
    display.plot(ax=axes, cmap="Blues", xticks_rotation="vertical", colorbar=False, im_kw=shades)
    for place, text in np.ndenumerate(display.text_):
        text.set_text(f"{counts[place]:,}" if counts[place] else "")
        text.set_color("white" if shares[place] > 0.5 else "black")
    axes.set(
        title=f"Topics of {sizes.sum():,} texts", xlabel="topic that was told", ylabel="true topic"
    )
    return figure
