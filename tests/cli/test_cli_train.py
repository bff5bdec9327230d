"""`triage train`: what is said of a training, and what the command does with it."""

import ast
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from raised import PACKAGE
from starter import in_place

from triage.classifier import Entry, corpus, obtain, shelf
from triage.classifier.comparison import Change, Told
from triage.cli import training
from triage.cli.group import triage
from triage.cli.training import OUTLOOKS
from triage.cli.wording import REFUSALS
from triage.learning.curve import Curve, Outlook
from triage.learning.labelled import Labelled
from triage.learning.labels import Label, LabelFile
from triage.learning.lesson import Conflict, Lesson, gather
from triage.learning.train import Training, install, train
from triage.taxonomy import Topic

STARTER = [
    entry
    for entry in corpus.merge(corpus.starter())
    if entry.batch.startswith(("shop-n", "reviews-n", "ordinary-g"))
]
SMALL = STARTER[:: len(STARTER) // 160][:160]
NONE = Lesson((), (), (), 0, 0)


@pytest.fixture(autouse=True)
def small_starter(
    home: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No configuration, words alone, and a part of the corpus for the whole."""
    monkeypatch.setattr("triage.cli.train.encoder", lambda _: None)
    in_place(monkeypatch, tmp_path_factory.mktemp("starter") / "corpus", SMALL)


@pytest.fixture
def trained(tmp_path: Path) -> Training:
    return train(gather(tmp_path / "state", []), tmp_path / "state")


def told(*arguments: str) -> Result:
    return CliRunner().invoke(triage, ["train", *arguments])


def labels(path: Path, number: int) -> str:
    rows = [
        {"text": entry.body, "complaint": int(entry.complaint)}
        for entry in STARTER[1 :: len(STARTER) // 160][:number]
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def label(line: int, topic: Topic | None, *, complaint: bool) -> Labelled:
    return Labelled("", "", "x", complaint, topic, frozenset(), "", "mine\x1b.csv", line, "")


def test_what_is_said_of_a_training(trained: Training) -> None:
    """What was learned, what it is worth before and now, and whether more labels would help."""
    change = Change(Told(0.8, 0.5, 0.125), Told(0.9, 0.75, 0.1), 0.0123, 0.05, 0.0)
    conflict = Conflict(label(1, Topic.LATE, complaint=True), label(2, None, complaint=False))
    full = replace(
        trained,
        entries=1210,
        labels=tuple(SMALL[:10]),
        new=10,
        known=change,
        told=change,
        curve=Curve((10, 20, 40), (0.7, 0.8, 0.9), 0.02),
    )
    lesson = Lesson(full.labels, (), (conflict,), 3, 1200)
    words = training.text(lesson, full, installed=True).splitlines()
    assert words[:4] == [
        "mine\ufffd.csv, line 1 says a complaint: late, mine\ufffd.csv, line 2 no complaint: the"
        " later one counts",
        "3 texts without a label left out",
        "1,200 labels left out: 10 are learned at most",
        "learned        1,210 texts, 10 of them yours, 10 new",
    ]
    assert words[7:] == [
        "known texts    told apart 0.900, before 0.800 (AUC, ± 0.012);",
        "               flagged 75% of the complaints, before 50%; of the rest 10%, before 12%",
        "new labels     told apart 0.900, before 0.800 (AUC, ± 0.012);",
        "               flagged 75% of the complaints, before 50%; of the rest 10%, before 12%",
        "your labels    told apart 0.700 with 10, 0.800 with 20, 0.900 with 40 (AUC, ± 0.020)",
        "40 more labels should help.",
        "The model is in place.",
    ]


@pytest.mark.parametrize(
    ("refused", "installed", "end"),
    [
        ("", False, "It would be put in place."),
        ("labels-worse", False, "NOT put in place: it tells your new labels apart worse than the"),
        ("labels-worse", True, "present model. Put in place all the same."),
    ],
)
def test_what_became_of_a_model(trained: Training, refused: str, installed: bool, end: str) -> None:
    """Whether it is in place, and why not."""
    words = training.text(NONE, replace(trained, refused=refused), installed=installed)
    assert end in words.splitlines()[-1]


def test_no_more_is_promised_of_labels_that_contradict(trained: Training) -> None:
    """Who is told to look his labels through is not told to give more of them."""
    words = training.text(NONE, replace(trained, refused="labels-contradict"), installed=False)
    assert "help" not in words
    assert "help" in training.text(NONE, trained, installed=True)


@pytest.mark.parametrize(
    ("complaints", "words"),
    [
        (True, "Label some mails that are no complaint, too."),
        (False, "Label some mails that are a complaint, too."),
        (None, "Too few new labels to measure on: ten complaints and ten others are needed."),
    ],
)
def test_labels_that_cannot_be_measured_on(
    trained: Training, complaints: bool | None, words: str
) -> None:
    """All of one kind, or a handful: said, and what to do."""
    some = tuple(entry for entry in SMALL if complaints in {None, entry.complaint})[:5]
    text = training.text(NONE, replace(trained, labels=some, new=5), installed=True)
    assert words in text


def test_each_code_has_its_words() -> None:
    """Every refusal `learning` gives, and no other; every outlook."""
    tree = ast.parse((PACKAGE / "learning" / "train.py").read_bytes())
    (function,) = (node for node in ast.walk(tree) if getattr(node, "name", "") == "refusal")
    codes = {
        node.value.value
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant)
    }
    assert codes - {""} == set(REFUSALS)
    assert set(OUTLOOKS) == set(Outlook)


def test_a_training_ends_with_a_model_in_the_state_folder(tmp_path: Path) -> None:
    """Labels are learned, in force, and a dry run before it leaves no trace."""
    file = labels(tmp_path / "labels.jsonl", 8)
    done = told("--from", file, "--dry-run")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "It would be put in place.")
    assert not (tmp_path / "state").exists()
    done = told("--from", file)
    assert done.exit_code == 0, done.output
    assert "8 of them yours, 8 new" in done.stdout
    assert len(shelf.labels(tmp_path / "state")) == 8
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    model = (tmp_path / "state" / shelf.WORDS).stat()
    done = told("--if-new")
    assert (done.exit_code, done.stdout) == (0, "Nothing new to learn.\n")
    assert told("--if-new", "--json", "--from", file).stdout == "null\n"
    assert (tmp_path / "state" / shelf.WORDS).stat().st_mtime_ns == model.st_mtime_ns
    assert told("--if-new", "--rollback").exit_code == 2
    with LabelFile(tmp_path / "state") as given:
        given.add(Label("", "The lid was cracked, too.", complaint=True, topic=None))
    assert told("--if-new").stdout.endswith("The model is in place.\n")
    assert len(shelf.labels(tmp_path / "state")) == 9


def test_a_refused_model_is_exit_status_one(tmp_path: Path) -> None:
    """To be noticed by a script, which can read why; and --force takes it all the same."""
    rows = [(entry.body, entry.complaint) for entry in STARTER[1 :: len(STARTER) // 160][:120]]
    with (tmp_path / "wrong.jsonl").open("w") as file:
        for text, complaint in rows:
            file.write(json.dumps({"text": text, "complaint": int(not complaint)}) + "\n")
    done = told("--from", str(tmp_path / "wrong.jsonl"), "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["refused"]
    assert not found["installed"]
    assert found["new"] == 120
    assert found["curve"]["labels"][-1] == 120
    assert shelf.labels(tmp_path / "state") == []
    done = told("--from", str(tmp_path / "wrong.jsonl"), "--force")
    assert done.exit_code == 0
    assert done.stdout.endswith("Put in place all the same.\n")
    assert len(shelf.labels(tmp_path / "state")) == 120


def test_going_back(tmp_path: Path, trained: Training) -> None:
    """The earlier models are shown, the last one is put in place, and then there is none."""
    state = tmp_path / "state"
    install(trained, state, datetime(2026, 11, 22, 12, tzinfo=UTC))
    done = told("--rollback", "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.startswith("until 2026-11-22 ")
    assert "0 labels of yours, told apart 0." in done.stdout
    (found,) = json.loads(told("--rollback", "--dry-run", "--json").stdout)
    assert (found["until"], found["labels"]) == ("2026-11-22T12:00:00+00:00", 0)
    done = told("--rollback")
    assert done.stdout.splitlines()[-1].startswith("It is in place again.")
    assert obtain(state).about.corpus == corpus.digest()
    done = told("--rollback")
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: There is no earlier model to go back to.\n",
    )
    assert told("--rollback", "--dry-run").stdout == "There is no earlier model.\n"
    assert told("--rollback", "--force").exit_code == 2


def test_a_faulty_label_file_is_named_line_by_line(tmp_path: Path) -> None:
    """Every fault of every file, exit status 2, and no model is put anywhere."""
    file = tmp_path / "labels.jsonl"
    file.write_text('{"body": "x", "complaint": 3, "topic": "late"}\n{\n')
    assert told("--from", str(tmp_path / "none")).exit_code == 2
    done = told("--from", str(file))
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "Error: The corpus cannot be used:",
        f"  {file}, line 1, complaint: must be 0 or 1",
        f"  {file}, line 2: is no JSON",
    ]
    assert not (tmp_path / "state" / shelf.WORDS).exists()


def test_a_folder_of_sorted_mails_is_learned(tmp_path: Path) -> None:
    """As mail programs keep them: two folders, no topics."""
    for folder, number in (("complaint", 3), ("ordinary", 4)):
        (tmp_path / "mails" / folder).mkdir(parents=True)
        for each in range(number):
            mail = f"From: a@a.example\nSubject: {folder} {each}\n\nSome words, {each} of them.\n"
            (tmp_path / "mails" / folder / f"{each}.eml").write_text(mail)
    done = told("--from", str(tmp_path / "mails"))
    assert done.exit_code == 0, done.output
    learned: list[Entry] = shelf.labels(tmp_path / "state")
    assert [entry.complaint for entry in learned] == [True] * 3 + [False] * 4
    assert {entry.topic for entry in learned} == {None}
