"""`train`: the owner's labels are learned, unless they make the model clearly worse."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from triage.classifier import Entry, corpus, load, obtain, shelf
from triage.errors import UserError
from triage.learning import Change, train
from triage.learning.train import refusal

STARTER = corpus.merge(corpus.starter())
STEP = len(STARTER) // 160
SMALL, REST = STARTER[::STEP][:160], STARTER[1::STEP][:120]


@pytest.fixture(autouse=True)
def small_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the corpus stands for the whole, so that a training takes a second."""
    monkeypatch.setattr(corpus, "starter", lambda: SMALL)


def labelled(path: Path, entries: list[Entry]) -> Path:
    path.write_bytes(corpus.serialise(entries))
    return path


def test_labels_are_learned(tmp_path: Path) -> None:
    """Model and labels lie in the state folder for its owner alone, and are what is used then."""
    heard: list[tuple[int, int]] = []
    file = labelled(tmp_path / "mine.jsonl", REST)
    state = tmp_path / "state"
    training = train([file], state, lambda done, total: heard.append((done, total)))
    assert training.refused == ""
    assert (training.labels, training.new) == (len(REST), len(REST))
    assert training.entries == training.figures.n == len(SMALL) + len(REST)
    assert training.known
    assert training.told
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]
    for path in (state / shelf.WORDS, state / shelf.LABELS):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    digest = corpus.digest(corpus.merge(SMALL, REST))
    assert load(state / shelf.WORDS).about.corpus == digest
    assert obtain(state).about.corpus == digest


def test_labels_add_up(tmp_path: Path) -> None:
    """What was learned stays learned, the same again is nothing new, the last word counts."""
    train([labelled(tmp_path / "one.jsonl", REST[:30])], tmp_path)
    training = train([labelled(tmp_path / "two.jsonl", REST[20:40])], tmp_path)
    assert (training.labels, training.new) == (40, 10)
    changed = replace(REST[0], complaint=not REST[0].complaint)
    training = train([labelled(tmp_path / "three.jsonl", [changed])], tmp_path)
    assert (training.labels, training.new) == (40, 1)
    assert changed in shelf.labels(tmp_path)
    assert REST[0] not in shelf.labels(tmp_path)


def test_without_labels_the_model_is_made_anew(tmp_path: Path) -> None:
    """`train` alone rebuilds from what there is, and has nothing to compare."""
    training = train([], tmp_path)
    assert (training.labels, training.new, training.known, training.told) == (0, 0, None, None)
    assert load(tmp_path / shelf.WORDS).about.corpus == corpus.digest(SMALL)


@pytest.mark.parametrize("count", [1, 5])
def test_a_handful_of_labels_is_learned(tmp_path: Path, count: int) -> None:
    """Too few to measure on, and of one kind only, is no reason to refuse."""
    complaints = [entry for entry in REST if entry.complaint][:count]
    training = train([labelled(tmp_path / "mine.jsonl", complaints)], tmp_path)
    assert (training.refused, training.told, training.new) == ("", None, count)


def test_labels_that_say_the_opposite_are_refused(tmp_path: Path) -> None:
    """A model that learned nonsense is not put in place: nothing on disk is changed."""
    train([], tmp_path)
    before = (tmp_path / shelf.WORDS).read_bytes()
    wrong = [replace(entry, complaint=not entry.complaint) for entry in REST]
    training = train([labelled(tmp_path / "mine.jsonl", wrong)], tmp_path)
    assert training.refused
    assert (tmp_path / shelf.WORDS).read_bytes() == before
    assert shelf.labels(tmp_path) == []


def test_faulty_labels_change_nothing(tmp_path: Path) -> None:
    """One bad line and nothing is learned: the owner is told all of them first."""
    file = tmp_path / "mine.jsonl"
    file.write_bytes(corpus.serialise(REST[:3]) + b"{\n")
    with pytest.raises(UserError) as caught:
        train([file], tmp_path / "state")
    assert caught.value.kind == "corpus-faults"
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("known", "told", "refused"),
    [
        (None, None, ""),
        (Change(0.86, 0.85, 0.02), Change(0.75, 0.70, 0.06), ""),
        (Change(0.86, 0.87, 0.02), None, ""),
        (Change(0.86, 0.83, 0.02), Change(0.75, 0.78, 0.06), "known-texts-worse"),
        (Change(0.86, 0.83, 0.02), None, "known-texts-worse"),
        (Change(0.86, 0.86, 0.02), Change(0.75, 0.68, 0.06), "labels-worse"),
        (Change(0.86, 0.86, 0.02), Change(0.40, 0.54, 0.06), "labels-contradict"),
        (Change(0.86, 0.86, 0.02), Change(0.40, 0.57, 0.06), ""),
    ],
)
def test_when_a_model_is_refused(known: Change | None, told: Change | None, refused: str) -> None:
    """Clearly worse on either part, or labels told no better than by chance."""
    assert refusal(known, told) == refused
