"""`triage evaluate`, as its owner and as a program call it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.classifier import corpus, vectors
from triage.cli import evaluate
from triage.cli.group import triage
from triage.taxonomy import Topic
from triage.verdict import Opinion, Thresholds

YARDSTICK = Path(__file__).parents[3] / "shared" / "yardstick"
NEVER_CAME = "I ordered a lamp three weeks ago and it has not come. I want my money back."
MUGS = "Do you also have these mugs in blue?"
ROWS = [
    {"id": "a", "text": NEVER_CAME, "complaint": 1, "topic": "not-delivered", "source": "shop"},
    {"id": "b", "text": "The cup came broken and nobody answers me.", "complaint": 1},
    {"id": "c", "text": MUGS, "complaint": 0, "topic": "product-question", "also": ["other"]},
    {
        "id": "d",
        "text": "Wo bleibt mein Paket? Ich habe es vor drei Wochen bestellt.",
        "complaint": 1,
    },
]
SAID = {ROWS[0]["text"]: (0.9, Topic.NOT_DELIVERED), ROWS[1]["text"]: (0.6, Topic.DAMAGED)}
SAID |= {MUGS: (0.1, Topic.PRODUCT_QUESTION)}
KEYS = {"n", "auc", "average_precision", "precision", "recall", "f1", "threshold"}
KEYS |= {"topic_strict", "topic_acceptable", "threshold_unsure", "faults", "by_source"}

Evaluate = Callable[..., Result]


class Told:
    """A classifier that says of a text what it was told to, and knows no German."""

    thresholds = Thresholds(0.5, 0.25)

    def judge(self, subject: str, text: str) -> Opinion:
        if text == ROWS[3]["text"]:
            return Opinion(0.0, {}, (), "de", known_language=False)
        said, topic = SAID.get(text, (0.4, Topic.OTHER))
        return Opinion(said, {topic: 0.75, Topic.SERVICE: 0.25}, (), "en", known_language=True)


class Breaking(Told):
    """The same, but for one text."""

    def judge(self, subject: str, text: str) -> Opinion:
        if text == MUGS:
            raise ZeroDivisionError
        return super().judge(subject, text)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder for all, so that a model that has to be made is made once."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def run_as_shipped(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """Runs the command as somebody without any configuration, and without a network."""
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("STATE_DIRECTORY", str(state))
    monkeypatch.setattr("socket.socket.connect", None)
    return lambda *arguments: CliRunner().invoke(triage, ["evaluate", *map(str, arguments)])


@pytest.fixture
def run(run_as_shipped: Evaluate, monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """The same with a classifier whose answers are known."""
    monkeypatch.setattr(evaluate, "model_of", lambda *_: Told())
    return run_as_shipped


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return lay(tmp_path / "rows.jsonl", *ROWS)


def lay(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_program_gets_one_object(run: Evaluate, rows: Path) -> None:
    """The figures, the thresholds they were taken at, and those of each source."""
    done = run("--json", rows)
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found) > KEYS
    assert (found["n"], found["complaints"], found["faults"], found["foreign"]) == (4, 3, 0, 1)
    assert (found["recall"], found["precision"]) == (pytest.approx(2 / 3), 1.0)
    assert (found["threshold_unsure"], found["threshold"]) == (0.25, 0.5)
    assert (found["by_source"]["shop"]["n"], found["by_source"]["shop"]["auc"]) == (1, None)


def test_a_person_gets_figures_and_tables(run: Evaluate, rows: Path) -> None:
    """A line each, a table of sources, and one of topics; all of it within 80 columns."""
    done = run(rows)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "texts                           4  complaints: 3, others: 1"
    assert "recall                      0.667  of the complaints are flagged" in lines
    assert "  in another language           1  unsure, with probability 0" in lines
    assert any(line.startswith("shop    ") for line in lines)
    assert lines[-3] == "   a   b   told; a line is what is true"
    assert lines[-2:] == [
        "   1   .   a not delivered",
        "   .   1   b a question about a product",
    ]
    assert max(map(len, lines)) <= 80


def test_texts_that_were_learned_are_told(run: Evaluate, tmp_path: Path) -> None:
    """Figures on them say little: a person is told how many there are."""
    entries = corpus.starter()[:2]
    texts = [{"subject": e.subject, "text": e.body.upper(), "complaint": 1} for e in entries]
    file = lay(tmp_path / "rows.jsonl", *texts, *ROWS)
    assert json.loads(run("--json", file).stdout)["learned"] == 2
    line = "  learned                       2  the model was made from them: this flatters it"
    assert line in run(file).stdout.splitlines()


def test_each_prediction_is_written(run: Evaluate, rows: Path, tmp_path: Path) -> None:
    """By the row's own name, in their order; a text in another language has no topic."""
    out = tmp_path / "said.jsonl"
    assert run(rows, "--predictions", out).exit_code == 0
    first, *_, last = [json.loads(line) for line in out.read_text().splitlines()]
    assert set(first) == {"id", "complaint", "outcome", "topic", "topics"}
    assert (first["id"], first["outcome"], first["topic"]) == ("a", "flagged", "not-delivered")
    assert first["complaint"] == 0.9
    assert first["topics"] == {"not-delivered": 0.75, "service": 0.25}
    assert last == {"id": "d", "complaint": 0.0, "outcome": "unsure", "topic": None, "topics": {}}


def test_pictures_are_drawn(run: Evaluate, rows: Path, tmp_path: Path) -> None:
    """Beside what is printed, which they do not change."""
    done = run("--json", rows, "--plots", tmp_path / "pictures")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == json.loads(run("--json", rows).stdout)
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == {
        "precision-recall.png",
        "reliability.png",
        "confusion.png",
    }


def test_without_matplotlib_one_sentence_says_so(
    run: Evaluate, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, and not when a hundred thousand texts have been judged."""
    monkeypatch.setattr(evaluate, "find_spec", lambda _: None)
    monkeypatch.setattr(evaluate, "model_of", None)
    done = run(rows, "--plots", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: Pictures need matplotlib, which is not installed. In a")
    assert "'.[plots]'" in done.stderr


@pytest.mark.parametrize("place", ["rows.jsonl", "."])
def test_the_texts_are_not_written_over(
    run: Evaluate, rows: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Nor are predictions put among them, to be read the next time."""
    monkeypatch.chdir(rows.parent)
    before = rows.read_text()
    done = run(place, "--predictions", rows.name if place != "." else "said.jsonl")
    assert done.exit_code == 2
    assert "--predictions: it lies where the texts are read from" in done.stderr
    assert rows.read_text() == before
    assert not Path("said.jsonl").exists()


def test_predictions_that_cannot_be_written_are_said(
    run: Evaluate, rows: Path, tmp_path: Path
) -> None:
    """One sentence; a full disk, too."""
    out = tmp_path / "none" / "said.jsonl"
    done = run(rows, "--predictions", out)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"Error: {out} cannot be written: No such file or directory.\n"
    assert "/dev/full cannot be written" in run(rows, "--predictions", "/dev/full").stderr


def test_a_fault_is_left_out_and_named(run: Evaluate, tmp_path: Path) -> None:
    """The rest is evaluated, and the exit status tells a script."""
    file = lay(tmp_path / "rows.jsonl", *ROWS, {"text": "x", "complaint": 2}, *[[]] * 12)
    done = run("--json", file)
    assert done.exit_code == 1
    assert (json.loads(done.stdout)["n"], json.loads(done.stdout)["faults"]) == (4, 13)
    lines = done.stderr.splitlines()
    assert lines[0] == "13 faults, and left out what has one:"
    assert lines[1] == f"  {file}, line 5, complaint: must be 0 or 1"
    assert len(lines) == 12
    assert lines[-1] == "  and 3 more"


@pytest.mark.parametrize(
    ("lines", "status", "said"),
    [
        (["{", "[]"], 2, "The corpus cannot be used:"),
        ([], 1, "There is no text."),
        ([json.dumps({"text": MUGS})], 0, "No text is labelled as a complaint or as none"),
        ([json.dumps({"text": MUGS, "complaint": 0})], 0, "Every labelled text is none:"),
        ([json.dumps({"text": MUGS, "complaint": 1})], 0, "Every labelled text is a complaint:"),
    ],
)
def test_what_cannot_be_told_is_said(
    run: Evaluate, tmp_path: Path, lines: list[str], status: int, said: str
) -> None:
    """Why figures are missing, in a sentence."""
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(lines))
    done = run(file)
    assert done.exit_code == status
    assert said in done.output
    assert "nan" not in done.output
    assert "AUC  " not in done.output


def test_a_file_that_is_not_there(run: Evaluate, tmp_path: Path) -> None:
    """Is named."""
    done = run(tmp_path / "none.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"The corpus {tmp_path / 'none.csv'} cannot be read: No such file" in done.stderr


def test_a_text_that_breaks_the_classifier_is_one_fault(
    run: Evaluate, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are judged."""

    monkeypatch.setattr(evaluate, "model_of", lambda *_: Breaking())
    done = run("--json", rows)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["n"] == 3
    assert f"{rows}, line 3: triage met an error of its own" in done.stderr


def test_nothing_of_a_text_reaches_the_terminal(run: Evaluate, tmp_path: Path) -> None:
    """Neither the words of customers nor what a terminal would obey, in names of sources too."""
    evil = "\x1b]0;owned\x07\x9b2J\u202e"
    row = {"id": evil, "text": f"secretword {evil}", "complaint": 1, "source": evil}
    file = lay(tmp_path / "rows.jsonl", row, {"text": "x", "topic": evil})
    for arguments in ([file], ["--json", file]):
        done = run(*arguments)
        assert not set(done.output) & {"\x1b", "\x07", "\x9b", "\u202e"}
        assert "secretword" not in done.output


@pytest.mark.skipif(not YARDSTICK.exists(), reason="the yardstick lies beside the repository")
def test_the_yardstick_is_evaluated(
    run_as_shipped: Evaluate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its customers without topics, and its ordinary mail without labels: by words alone, as where
    nothing reads an encoder."""
    monkeypatch.setattr(vectors, "find_spec", lambda name: None)
    found = json.loads(run_as_shipped("--json", YARDSTICK / "customers.jsonl").stdout)
    assert (found["n"], found["faults"], found["topic_strict"]) == (1100, 0, None)
    assert found["auc"] > 0.56
    assert set(found["by_source"]) == {"tweet-to-brand", "product-review"}
    done = run_as_shipped("--json", YARDSTICK / "ordinary")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["n"], found["labelled"], found["auc"]) == (0, 412, 0, None)
    assert set(found["outcomes"]) == {"flagged", "unsure", "passed"}
    assert "spam" in found["by_source"]
