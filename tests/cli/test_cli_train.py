"""`triage train`: what is said of a training, and what a faulty file does."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from raised import PACKAGE

from triage.classifier import Figures
from triage.cli import train
from triage.cli.group import triage
from triage.cli.wording import REFUSALS
from triage.learning import Change, Training

FIGURES = Figures(
    n=1200,
    complaints=400,
    auc=0.9,
    average_precision=0.9,
    precision=0.75,
    recall=0.68,
    f1=0.7,
    flagged_ordinary=0.1,
    unsure_ordinary=0.21,
    unsure_complaints=0.2,
    topic=0.65,
    topic_complaints=0.46,
    confusion={},
)
TRAINING = Training(1210, 10, 1, Change(0.9, 0.91, 0.01), None, FIGURES, "")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))


def test_what_is_said_of_a_training() -> None:
    """What was learned, what it is worth, and that it is in place."""
    assert train.text(TRAINING) == (
        "learned       1210 texts, 10 of them yours, 1 new\n"
        "flagged       68% of the complaints; 75% of what is flagged is one\n"
        "unsure        20% of the complaints, 21% of the rest\n"
        "topic right   65%; of complaints 46%\n"
        "known texts   told apart 0.910, before 0.900 (AUC, ± 0.010)\n"
        "The model is in place."
    )


def test_each_refusal_has_its_words() -> None:
    """Every code `learning` gives, and no other."""
    tree = ast.parse((PACKAGE / "learning" / "train.py").read_bytes())
    (function,) = (node for node in ast.walk(tree) if getattr(node, "name", "") == "refusal")
    codes = {
        node.value.value
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant)
    }
    assert codes - {""} == set(REFUSALS)


def test_a_refused_model_is_exit_status_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said, and to be noticed by a script."""
    refused = replace(TRAINING, refused="labels-contradict")
    monkeypatch.setattr(train, "train", lambda *_: refused)
    done = CliRunner().invoke(triage, ["train"])
    assert done.exit_code == 1
    assert done.stdout.endswith(
        "NOT put in place: your labels contradict each other. Look them through.\n"
    )


def test_a_faulty_label_file_is_named_line_by_line(tmp_path: Path) -> None:
    """Every fault of every file, exit status 2, and nothing is put anywhere."""
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"body": "x", "complaint": 3, "topic": "late"}\n{\n')
    done = CliRunner().invoke(triage, ["train", str(labels), str(tmp_path / "none")])
    assert done.exit_code == 2
    done = CliRunner().invoke(triage, ["train", str(labels)])
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "Error: The corpus cannot be used:",
        f"  {labels}, line 1, complaint: must be 0 or 1",
        f"  {labels}, line 2: is no JSON",
    ]
    assert not (tmp_path / "state").exists()


def test_a_training_ends_with_a_model_in_the_state_folder(tmp_path: Path) -> None:
    """A word of the owner's is learned, and `explain` works with the result."""
    labels = tmp_path / "labels.jsonl"
    label = {"body": "The teapot you sent leaks.", "complaint": 1, "topic": "damaged"}
    labels.write_text(json.dumps(label) + "\n")
    done = CliRunner().invoke(triage, ["train", str(labels)])
    assert done.exit_code == 0, done.output
    assert "1 of them yours, 1 new" in done.stdout
    assert any(path.suffix == ".npz" for path in (tmp_path / "state").iterdir())
    done = CliRunner().invoke(triage, ["explain", "-"], input="Subject: hello\n\nHow are you?\n")
    assert done.exit_code == 0
