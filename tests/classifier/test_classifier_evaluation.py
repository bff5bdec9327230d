"""`evaluate`: figures of what was said of texts, and none where there is nothing to tell."""

import json
import math
from dataclasses import asdict

import numpy as np
import pytest

from triage.classifier.evaluation import (
    MOST_SOURCES,
    Answers,
    Evaluation,
    calibration_error,
    evaluate,
    precision_at,
)
from triage.taxonomy import Outcome, Topic
from triage.verdict import Opinion

FLAG, UNSURE = 0.5, 0.25
WANT_BOTH = {"auc", "average_precision", "precision", "f1", "precision_at_3_percent"}
OF_COMPLAINTS = {"recall", "unsure_complaints"}
OF_REST = {"flagged_rest", "unsure_rest"}
OF_TOPICS = {"topic_strict", "topic_acceptable", "confusion"}
OF_TOPICS_COMPLAINTS = {"topic_strict_complaints", "topic_acceptable_complaints"}


def add(
    answers: Answers,
    said: float,
    complaint: bool | None,
    topic: Topic | None = None,
    told: Topic = Topic.OTHER,
    also: tuple[Topic, ...] = (),
    source: str = "",
    learned: bool = False,
) -> None:
    """A text of which `said` was said, in a language that is known."""
    outcome = Outcome.FLAGGED if said >= FLAG else Outcome.UNSURE
    outcome = outcome if said >= UNSURE else Outcome.PASSED
    opinion = Opinion(said, {told: 1.0}, (), "en", known_language=True)
    answers.add(
        opinion,
        outcome,
        complaint=complaint,
        topic=topic,
        also=also,
        source=source,
        learned=learned,
    )


def evaluated(*rows: tuple[float, bool | None]) -> Evaluation:
    answers = Answers()
    for said, complaint in rows:
        add(answers, said, complaint)
    return evaluate(answers.columns())


def missing(found: Evaluation) -> set[str]:
    return {name for name, value in asdict(found).items() if value is None}


def test_the_figures_are_those_one_can_count() -> None:
    """Five complaints and five others, counted by hand; unsure is not flagged."""
    found = evaluated(
        *((said, True) for said in (0.9, 0.8, 0.6, 0.3, 0.1)),
        *((said, False) for said in (0.7, 0.4, 0.2, 0.2, 0.0)),
        (0.9, None),
    )
    assert (found.n, found.labelled, found.complaints) == (11, 10, 5)
    assert found.outcomes == {"flagged": 5, "unsure": 2, "passed": 4}
    assert found.precision == 3 / 4
    assert found.recall == 3 / 5
    assert found.f1 == pytest.approx(2 / 3)
    assert found.unsure_complaints == 1 / 5
    assert (found.flagged_rest, found.unsure_rest) == (1 / 5, 1 / 5)
    # Of 25 pairs those where the complaint is above: 5, 5, 4, 3, 1.
    assert found.auc == pytest.approx(18 / 25)
    # The precision at each complaint, from the top: 1/1, 2/2, 3/4, 4/6, 5/9.
    assert found.average_precision == pytest.approx((1 + 1 + 3 / 4 + 4 / 6 + 5 / 9) / 5)
    assert found.precision_at_3_percent == pytest.approx(0.018 / (0.018 + 0.194))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], WANT_BOTH | OF_COMPLAINTS | OF_REST | {"calibration_error"}),
        ([(0.9, None)], WANT_BOTH | OF_COMPLAINTS | OF_REST | {"calibration_error"}),
        ([(0.9, True), (0.3, True), (0.1, None)], WANT_BOTH | OF_REST),
        ([(0.9, False), (0.3, False)], WANT_BOTH | OF_COMPLAINTS),
        ([(0.3, True), (0.1, False)], {"precision", "precision_at_3_percent"}),
        ([(0.9, True), (0.1, False)], set()),
    ],
)
def test_what_cannot_be_told_is_left_out(
    rows: list[tuple[float, bool | None]], expected: set[str]
) -> None:
    """Neither 0 nor NaN: without labels, with one kind alone, with nothing flagged."""
    found = evaluated(*rows)
    assert missing(found) == expected | OF_TOPICS | OF_TOPICS_COMPLAINTS
    json.dumps(found.as_json(), allow_nan=False)


def test_where_nothing_is_flagged_nothing_is_found() -> None:
    """That is a recall of 0, and not an unknown one."""
    found = evaluated((0.3, True), (0.1, False))
    assert (found.recall, found.f1, found.flagged_rest) == (0.0, 0.0, 0.0)


def test_topics_are_right_or_acceptable() -> None:
    """Over all texts with a topic, and over those that are complaints; the confusion is counted."""
    answers = Answers()
    add(answers, 0.9, True, Topic.LATE, Topic.LATE)
    add(answers, 0.9, True, Topic.LATE, Topic.QUALITY, (Topic.QUALITY,))
    add(answers, 0.9, True, Topic.DAMAGED, Topic.QUALITY, (Topic.LATE,))
    add(answers, 0.1, False, Topic.PRAISE, Topic.PRAISE)
    add(answers, 0.1, None, Topic.OTHER, Topic.PRAISE)
    add(answers, 0.1, False, None, Topic.PRAISE)
    found = evaluate(answers.columns())
    assert found.topics == 5
    assert (found.topic_strict, found.topic_acceptable) == (2 / 5, 3 / 5)
    assert found.topic_strict_complaints == pytest.approx(1 / 3)
    assert found.topic_acceptable_complaints == pytest.approx(2 / 3)
    assert found.confusion == {
        "late": {"late": 1, "quality": 1},
        "damaged": {"quality": 1},
        "praise": {"praise": 1},
        "other": {"praise": 1},
    }


def test_topics_without_a_complaint() -> None:
    """Then only the figures of complaints are left out."""
    answers = Answers()
    add(answers, 0.1, None, Topic.PRAISE, Topic.PRAISE)
    found = evaluate(answers.columns())
    assert found.topic_strict == found.topic_acceptable == 1.0
    assert missing(found) & (OF_TOPICS | OF_TOPICS_COMPLAINTS) == OF_TOPICS_COMPLAINTS


def test_foreign_and_learned_texts_are_counted() -> None:
    """Of the one kind nothing is told, of the other too much is known."""
    answers = Answers()
    opinion = Opinion(0.0, {}, (), "de", known_language=False)
    outcome = Outcome.UNSURE
    answers.add(opinion, outcome, complaint=True, topic=None, also=(), source="", learned=False)
    add(answers, 0.9, True, learned=True)
    found = evaluate(answers.columns())
    assert (found.foreign, found.learned, found.unsure_complaints) == (1, 1, 0.5)


def test_sources_are_told_apart() -> None:
    """The largest first; what has none is in no part; there are only so many."""
    answers = Answers()
    add(answers, 0.9, True, source="till")
    add(answers, 0.1, False)
    for _ in range(2):
        add(answers, 0.1, False, source="mail")
    parts = answers.by_source()
    assert [(name, len(part.said)) for name, part in parts.items()] == [("mail", 2), ("till", 1)]
    assert evaluate(parts["till"]).recall == 1.0
    for number in range(MOST_SOURCES):
        add(answers, 0.1, False, source=f"row {number}")
    assert len(answers.by_source()) == MOST_SOURCES


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([], None),
        ([(0.0, False), (1.0, True)], 0.0),
        ([(1.0, False), (0.0, True)], 1.0),
        ([(0.55, True), (0.55, False)], 0.05),
        ([(0.55, True), (0.55, False), (0.95, False), (0.95, False)], (0.05 * 2 + 0.95 * 2) / 4),
        ([(0.59, True), (0.61, False)], (0.41 + 0.61) / 2),  # the edge of a bin lies between them
    ],
)
def test_the_error_of_calibration(rows: list[tuple[float, bool]], error: float | None) -> None:
    """The mean of the gaps of ten bins, each weighing as many texts as are in it."""
    truths = np.array([complaint for _, complaint in rows], bool)
    found = calibration_error(truths, np.array([said for said, _ in rows]))
    assert found == (None if error is None else pytest.approx(error))


@pytest.mark.parametrize(
    ("recall", "false_alarm", "precision"),
    [(1.0, 0.0, 1.0), (0.5, 0.5, 0.03), (0.8, 0.02, 0.024 / (0.024 + 0.0194)), (0.0, 0.1, 0.0)],
)
def test_precision_in_an_inbox(recall: float, false_alarm: float, precision: float) -> None:
    """By Bayes' rule; who flags both alike finds complaints as often as they are."""
    found = precision_at(0.03, recall, false_alarm)
    assert found is not None
    assert math.isclose(found, precision)
