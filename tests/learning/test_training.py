"""`train`: the owner's labels are learned, unless they make the model worse."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starter import in_place

from triage.classifier import Entry, corpus, load, obtain, shelf
from triage.classifier.comparison import Change, Told
from triage.errors import UserError
from triage.learning import earlier, lesson
from triage.learning.labels import Label, LabelFile
from triage.learning.lesson import Lesson, gather
from triage.learning.train import Training, install, refusal, train

# Batches by name: what is drawn from them does not change when the corpus grows.
BATCHES = ("shop-n", "reviews-n", "posts-n", "ordinary")
STARTER = [entry for entry in corpus.merge(corpus.starter()) if entry.batch.startswith(BATCHES)]
STEP = len(STARTER) // 160
SMALL = STARTER[::STEP][:160]
REST = [replace(entry, batch="", voice="", signals=None) for entry in STARTER[1::STEP][:120]]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_starter(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A part of the corpus stands for the whole, so that a training takes a second."""
    in_place(monkeypatch, tmp_path_factory.mktemp("starter") / "corpus", SMALL)


def labelled(path: Path, entries: list[Entry]) -> Path:
    path.write_bytes(corpus.serialise(entries))
    return path


def learned(path: Path, entries: list[Entry], *, minutes: int = 0) -> Training:
    """Labels of a file, learned and put in place."""
    training = train(gather(path, [labelled(path / "mine.jsonl", entries)]), path)
    install(training, path, NOW + timedelta(minutes=minutes))
    return training


def test_labels_are_learned(tmp_path: Path) -> None:
    """Model and labels lie in the state folder for its owner alone, and are what is used then."""
    heard: list[tuple[int, int]] = []
    found = gather(tmp_path, [labelled(tmp_path / "mine.jsonl", REST)])
    training = train(found, tmp_path, None, lambda done, total: heard.append((done, total)))
    assert training.refused == ""
    assert (len(training.labels), training.new) == (len(REST), len(REST))
    assert training.entries == training.model.about.figures.n == len(SMALL) + len(REST)
    assert training.known
    assert training.told
    assert training.curve
    assert training.curve.labels[-1] == len(REST)
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]
    assert not (tmp_path / shelf.WORDS).exists()
    install(training, tmp_path, NOW)
    for path in (tmp_path / shelf.WORDS, tmp_path / shelf.LABELS):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    digest = corpus.digest((tmp_path / shelf.LABELS).read_bytes())
    assert load(tmp_path / shelf.WORDS).about.corpus == digest
    assert obtain(tmp_path).about.corpus == digest


def test_labels_add_up(tmp_path: Path) -> None:
    """What was learned stays learned, the same again is nothing new, the last word counts."""
    learned(tmp_path, REST[:30])
    training = learned(tmp_path, REST[20:40], minutes=1)
    assert (len(training.labels), training.new) == (40, 10)
    changed = replace(REST[0], complaint=not REST[0].complaint)
    training = learned(tmp_path, [changed], minutes=2)
    assert (len(training.labels), training.new) == (40, 1)
    assert changed in shelf.labels(tmp_path)
    assert REST[0] not in shelf.labels(tmp_path)


def test_without_labels_the_model_is_made_anew(tmp_path: Path) -> None:
    """`train` alone rebuilds from what there is, and has nothing to compare."""
    training = train(gather(tmp_path, []), tmp_path)
    assert (training.labels, training.new, training.known, training.told) == ((), 0, None, None)
    assert training.curve is None
    assert training.model.about.corpus == corpus.digest()


@pytest.mark.parametrize("count", [1, 5, 30])
def test_a_handful_of_labels_is_learned(tmp_path: Path, count: int) -> None:
    """Too few to measure on, and of one kind only, is no reason to refuse."""
    complaints = [entry for entry in REST if entry.complaint][:count]
    training = train(gather(tmp_path, [labelled(tmp_path / "mine.jsonl", complaints)]), tmp_path)
    assert (training.refused, training.told, training.curve) == ("", None, None)
    assert training.new == count


@pytest.mark.parametrize("kind", [True, False])
def test_a_label_needs_no_topic(tmp_path: Path, kind: bool) -> None:
    """It teaches what is a complaint; what it is about is learned of the others."""
    bare = [replace(entry, topic=None) for entry in REST if entry.complaint is kind]
    training = train(gather(tmp_path, [labelled(tmp_path / "mine.jsonl", bare)]), tmp_path)
    assert training.new == len(bare)
    install(training, tmp_path, NOW)
    assert {entry.topic for entry in shelf.labels(tmp_path)} == {None}
    assert sum(map(sum, (row.values() for row in training.model.about.figures.confusion.values())))
    assert obtain(tmp_path).about == training.model.about


def test_labels_that_say_the_opposite_are_refused(tmp_path: Path) -> None:
    """What measuring is for."""
    wrong = [replace(entry, complaint=not entry.complaint) for entry in REST]
    training = train(gather(tmp_path, [labelled(tmp_path / "mine.jsonl", wrong)]), tmp_path)
    assert training.refused


def shuffled(step: int) -> list[Entry]:
    """Right texts, words that belong to others."""
    truths = [entry.complaint for entry in REST]
    return [
        replace(entry, complaint=truths[(step * place + 3) % len(truths)])
        for place, entry in enumerate(REST)
    ]


@pytest.mark.parametrize("step", [7, 11, 13])
def test_shuffled_labels_are_refused(tmp_path: Path, step: int) -> None:
    path = labelled(tmp_path / "mine.jsonl", shuffled(step))
    assert train(gather(tmp_path, [path]), tmp_path).refused == "labels-contradict"


def test_what_a_model_got_wrong_may_be_said_by_hand(tmp_path: Path) -> None:
    """An owner shows his program its mistakes, and hardly anything else: that is no contradiction,
    though no model tells them apart. The same words in a file might be of other texts."""
    wrong = shuffled(7)
    with LabelFile(tmp_path) as file:
        for entry in wrong:
            file.add(Label(entry.subject, entry.body, entry.complaint, entry.topic))
    by_hand = train(gather(tmp_path, []), tmp_path)
    path = labelled(tmp_path / "mine.jsonl", wrong)
    by_file = train(gather(tmp_path / "other", [path]), tmp_path)
    assert by_hand.told == by_file.told
    assert by_hand.refused != "labels-contradict"
    assert by_file.refused == "labels-contradict"


def test_the_last_word_counts_and_conflicts_are_named(tmp_path: Path) -> None:
    """Of files the later one, above them `triage label`; two places for each text with two words.
    Rows without a word are left out, and counted."""
    one, two = REST[0], REST[1]
    first = labelled(tmp_path / "a.jsonl", [one, two, replace(one, topic=None)])
    second = tmp_path / "b.csv"
    second.write_text('text,complaint\n"Not labelled.",\n')
    third = labelled(tmp_path / "c.jsonl", [replace(one, complaint=not one.complaint)])
    with LabelFile(tmp_path) as file:
        file.add(Label(two.subject, two.body, complaint=not two.complaint, topic=None))
    found = gather(tmp_path, [first, second, third])
    assert {entry.key: entry.complaint for entry in found.labels} == {
        one.key: not one.complaint,
        two.key: not two.complaint,
    }
    assert [(each.former.line, Path(each.later.file).name) for each in found.conflicts] == [
        (3, "c.jsonl"),
        (2, "given.jsonl"),
    ]
    assert found.unlabelled == 1


def test_too_many_labels_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of `triage label` stay, and of the others the same ones in whatever order they come."""
    monkeypatch.setattr(lesson, "MOST", 10)
    with LabelFile(tmp_path) as file:
        for entry in REST[:4]:
            file.add(Label(entry.subject, entry.body, entry.complaint, entry.topic))
    found = gather(tmp_path, [labelled(tmp_path / "a.jsonl", REST)])
    again = gather(tmp_path, [labelled(tmp_path / "a.jsonl", REST[::-1])])
    assert len(found.labels) == 10
    assert found.labels == again.labels
    assert {entry.key for entry in REST[:4]} <= {entry.key for entry in found.labels}
    assert found.left_out == len(REST) - 6


def test_faulty_labels_change_nothing(tmp_path: Path) -> None:
    """One bad line and nothing is learned: the owner is told all of them first."""
    file = tmp_path / "mine.jsonl"
    file.write_bytes(b"[]\n" + corpus.serialise(REST[:3]) + b"{\n")
    with pytest.raises(UserError) as caught:
        gather(tmp_path / "state", [file, file])
    assert caught.value.kind == "corpus-faults"
    assert len(caught.value.facts["faults"]) == 4  # type: ignore[arg-type]
    assert not (tmp_path / "state").exists()


def change(before: float, after: float, error: float, denied: float = 0.0) -> Change:
    return Change(Told(before, 0.5, 0.1), Told(after, 0.5, 0.1), error, 0.05, denied)


@pytest.mark.parametrize(
    ("known", "told", "refused"),
    [
        (None, None, ""),
        (change(0.86, 0.85, 0.01), change(0.75, 0.70, 0.03), ""),
        (change(0.86, 0.87, 0.01), None, ""),
        (change(0.86, 0.80, 0.01), change(0.75, 0.78, 0.03), "known-texts-worse"),
        (change(0.86, 0.80, 0.01), None, "known-texts-worse"),
        (change(0.86, 0.80, 0.04), None, ""),
        (change(0.86, 0.82, 0.01), None, ""),
        (change(0.86, 0.86, 0.01), change(0.75, 0.68, 0.03), "labels-worse"),
        (change(0.86, 0.86, 0.01), change(0.40, 0.54, 0.03), "labels-contradict"),
        (change(0.86, 0.86, 0.01), change(0.40, 0.56, 0.03), ""),
        (change(0.86, 0.86, 0.01), change(0.57, 0.60, 0.03, 0.4), "labels-contradict"),
        (change(0.86, 0.86, 0.01), change(0.57, 0.60, 0.03, 0.2), ""),
        (change(0.86, 0.86, 0.01), change(0.57, 0.80, 0.03, 0.4), ""),
    ],
)
def test_when_a_model_is_refused(known: Change | None, told: Change | None, refused: str) -> None:
    """Clearly worse on either part, or labels told no better than by chance, or hardly so while
    they deny what is sure. A shop where broken things are the business is no contradiction."""
    assert refusal(known, told, told) == refused
    assert refusal(known, told) == refused.replace("labels-contradict", "")


def test_going_back(tmp_path: Path) -> None:
    """Model and labels as they were before, step by step to the starter's; and a restart makes
    nothing anew, though the labels given are still there."""
    with LabelFile(tmp_path) as file:
        for entry in REST[:6]:
            file.add(Label(entry.subject, entry.body, entry.complaint, entry.topic))
    first = train(gather(tmp_path, []), tmp_path)
    install(first, tmp_path, NOW)
    learned(tmp_path, REST[:20], minutes=1)
    there = earlier.kept(tmp_path, None)
    assert [(each.until, each.labels) for each in there] == [
        (NOW + timedelta(minutes=1), 6),
        (NOW, 0),
    ]
    assert there[0].figures == first.model.about.figures

    assert earlier.go_back(tmp_path, None) == there[0]
    before = (tmp_path / shelf.WORDS).read_bytes()
    assert obtain(tmp_path).about == first.model.about
    assert (tmp_path / shelf.WORDS).read_bytes() == before
    assert earlier.go_back(tmp_path, None).labels == 0
    assert obtain(tmp_path).about.corpus == corpus.digest()
    with pytest.raises(UserError) as caught:
        earlier.go_back(tmp_path, None)
    assert caught.value.kind == "no-earlier-model"
    assert train(gather(tmp_path, []), tmp_path).new == 6


def test_five_models_are_kept(tmp_path: Path) -> None:
    """The latest ones; what a power cut left half is none of them."""
    training = train(Lesson((), (), (), 0, 0), tmp_path)
    (tmp_path / earlier.FOLDER / "20200101T000000.000000Z.half").mkdir(parents=True)
    for minutes in range(7):
        install(training, tmp_path, NOW + timedelta(minutes=minutes))
    there = earlier.kept(tmp_path, None)
    assert [each.until.minute for each in there] == [6, 5, 4, 3, 2]


def test_an_earlier_model_that_is_damaged_replaces_nothing(tmp_path: Path) -> None:
    """It is shown without figures, and going back to it is refused."""
    training = learned(tmp_path, REST[:10])
    (there,) = earlier.kept(tmp_path, None)
    (there.path / shelf.WORDS).write_bytes(b"PK")
    assert earlier.kept(tmp_path, None)[0].figures is None
    with pytest.raises(UserError) as caught:
        earlier.go_back(tmp_path, None)
    assert caught.value.kind == "model-unreadable"
    assert load(tmp_path / shelf.WORDS).about == training.model.about
