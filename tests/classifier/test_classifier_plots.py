"""`draw`: pictures where there are labels for them."""

from pathlib import Path

import pytest

from triage.classifier.evaluation import Answers, Columns
from triage.classifier.plots import draw
from triage.errors import UserError
from triage.taxonomy import Outcome, Topic
from triage.verdict import Opinion, Thresholds

THRESHOLDS = Thresholds(0.5, 0.25)
CURVE, RELIABILITY, CONFUSION = "precision-recall.png", "reliability.png", "confusion.png"


def columns(*rows: tuple[float, bool | None, Topic | None, Topic]) -> Columns:
    answers = Answers()
    for said, complaint, topic, told in rows:
        opinion = Opinion(said, {told: 1.0}, (), "en", known_language=True)
        answers.add(
            opinion,
            Outcome.PASSED,
            complaint=complaint,
            topic=topic,
            also=(),
            source="",
            learned=False,
        )
    return answers.columns()


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        ([], []),
        ([(0.5, None, None, Topic.LATE)], []),
        ([(0.5, None, Topic.LATE, Topic.LATE)], [CONFUSION]),
        ([(1.0, True, None, Topic.LATE)], [RELIABILITY]),
        ([(0.1, False, Topic.LATE, Topic.OTHER)], [RELIABILITY, CONFUSION]),
        ([(0.0, True, None, Topic.LATE), (0.1, False, None, Topic.LATE)], [CURVE, RELIABILITY]),
        (
            [(0.9, True, topic, Topic.LATE) for topic in Topic]
            + [(0.3, False, Topic.OTHER, topic) for topic in Topic],
            [CURVE, RELIABILITY, CONFUSION],
        ),
    ],
)
def test_what_can_be_drawn_is_drawn(
    tmp_path: Path, rows: list[tuple[float, bool | None, Topic | None, Topic]], drawn: list[str]
) -> None:
    """A PNG each, in a folder that need not be there; nothing of what has no labels."""
    folder = tmp_path / "new" / "pictures"
    paths = draw(columns(*rows), THRESHOLDS, folder)
    assert [path.name for path in paths] == drawn
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    """As for every file of triage's."""
    (tmp_path / "file").touch()
    with pytest.raises(UserError) as caught:
        draw(columns((0.5, True, None, Topic.LATE)), THRESHOLDS, tmp_path / "file")
    assert caught.value.kind == "file-unwritable"
    assert caught.value.facts["path"] == str(tmp_path / "file" / RELIABILITY)
