"""Which model is used: the one that fits, else one made anew."""

import pickle
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest
from starter import in_place

from triage.classifier import Entry, Model, corpus, fit, load, obtain, shelf
from triage.classifier.modelfile import pack, write
from triage.errors import UserError
from triage.taxonomy import Topic

MINE = Entry("", "the glaze on my salt pig has crazed", True, Topic.QUALITY)


@pytest.fixture
def starter(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, small: list[Entry]
) -> list[Entry]:
    """The small corpus in place of the shipped one, and nothing shipped that fits it."""
    in_place(monkeypatch, tmp_path_factory.mktemp("starter") / "corpus", small)
    return small


@pytest.fixture
def model(starter: list[Entry], model: Model) -> Model:
    """The model of that corpus, which says so."""
    return replace(model, about=replace(model.about, corpus=corpus.digest()))


def test_the_shipped_model_is_read_not_made() -> None:
    """Without a state folder, and with an empty one, judging needs no scikit-learn at all."""
    program = (
        "import sys, pathlib, triage.classifier as c; "
        "c.obtain(None).judge('lid', 'no lid'); c.obtain(pathlib.Path('/nonexistent')); "
        "print(sorted({'sklearn', 'scipy'} & set(sys.modules)))"
    )
    ended = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_a_model_of_another_corpus_is_made_anew(
    tmp_path: Path, starter: list[Entry], model: Model
) -> None:
    """The corpus is the truth: what does not fit it is replaced, and kept for the next time."""
    made = obtain(tmp_path)
    assert pack(made) == pack(model)
    before = (tmp_path / shelf.WORDS).stat().st_mtime_ns
    assert pack(obtain(tmp_path)) == pack(model)
    assert (tmp_path / shelf.WORDS).stat().st_mtime_ns == before


def test_without_a_state_folder_nothing_is_written(starter: list[Entry], model: Model) -> None:
    """A model can be had without a place to keep it."""
    assert pack(obtain(None)) == pack(model)


def test_the_owners_labels_belong_to_the_corpus(
    tmp_path: Path, starter: list[Entry], model: Model
) -> None:
    """A lost or damaged model is rebuilt from the starter corpus and the learned labels."""
    (tmp_path / shelf.LABELS).write_bytes(corpus.serialise([MINE]))
    write(tmp_path / shelf.WORDS, model)  # of the starter corpus alone
    made = obtain(tmp_path)
    assert made.about.corpus == corpus.digest(corpus.serialise([MINE])) != corpus.digest()
    (tmp_path / shelf.WORDS).unlink()
    assert pack(obtain(tmp_path)) == pack(made)
    assert pack(load(tmp_path / shelf.WORDS)) == pack(made)


class Opened:
    """A pickle that leaves a trace where it is loaded."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self._trace,))


@pytest.mark.parametrize("damage", ["byte", "half", "pickle"])
def test_a_damaged_file_is_named_set_aside_and_made_again(
    tmp_path: Path, starter: list[Entry], model: Model, damage: str
) -> None:
    """One flipped byte, half a file, or a pickle, which is never loaded."""
    file, trace = tmp_path / shelf.WORDS, tmp_path / "trace"
    write(file, model)
    raw = bytearray(file.read_bytes())
    if damage == "byte":
        raw[len(raw) // 2] ^= 1
    wrong = {"byte": bytes(raw), "half": bytes(raw[:5000]), "pickle": pickle.dumps(Opened(trace))}
    file.write_bytes(wrong[damage])
    heard: list[UserError | None] = []
    steps: list[int] = []

    def replacing(error: UserError | None, made: bool) -> shelf.Progress:
        assert made
        heard.append(error)
        return lambda done, total: steps.append(done)

    assert pack(obtain(tmp_path, None, replacing)) == pack(load(file)) == pack(model)
    aside = file.with_name(f"{shelf.WORDS}.damaged")
    assert aside.read_bytes() == wrong[damage]
    assert [(each.kind, each.facts) for each in heard if each] == [
        ("model-damaged", {"path": str(file), "aside": str(aside)})
    ]
    assert steps
    assert not trace.exists()
    assert pack(obtain(tmp_path, None, replacing)) == pack(model)
    assert len(heard) == 1


def test_a_damaged_file_that_has_to_stay_is_named(
    tmp_path: Path, starter: list[Entry], model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be written to: the model is made all the same, each time."""

    def refused(*_: object) -> None:
        raise PermissionError

    file = tmp_path / shelf.WORDS
    file.write_bytes(b"half a fi")
    monkeypatch.setattr(Path, "replace", refused)
    heard: list[UserError | None] = []
    obtained = obtain(tmp_path, None, lambda error, made: heard.append(error))
    assert pack(obtained) == pack(model)
    assert [each and each.kind for each in heard] == ["model-unreadable"]


def test_without_keeping_nothing_is_changed(
    tmp_path: Path, starter: list[Entry], model: Model
) -> None:
    """A rehearsal names a damaged file where it lies, and makes a model for itself."""
    file = tmp_path / shelf.WORDS
    file.write_bytes(b"half a fi")
    heard: list[UserError | None] = []
    obtained = obtain(tmp_path, None, lambda error, made: heard.append(error), keep=False)
    assert pack(obtained) == pack(model)
    assert [each and each.kind for each in heard] == ["model-unreadable"]
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"half a fi"]


def test_a_damaged_file_that_is_not_needed_is_named(tmp_path: Path) -> None:
    """Of an owner without labels: the model that ships serves as well, nothing is made."""
    file = tmp_path / shelf.WORDS
    file.write_bytes(b"half a fi")
    heard: list[tuple[str, bool]] = []

    def replacing(error: UserError | None, made: bool) -> None:
        assert error
        heard.append((error.kind, made))

    for _ in range(2):
        assert pack(obtain(tmp_path, None, replacing)) == pack(load())
    assert heard == [("model-damaged", False)]
    assert [each.name for each in tmp_path.iterdir()] == [f"{shelf.WORDS}.damaged"]


def test_a_file_of_another_corpus_is_not_damaged(
    tmp_path: Path, starter: list[Entry], model: Model
) -> None:
    """As after an upgrade: it is made again, and nothing is set aside."""
    write(tmp_path / shelf.WORDS, model)
    (tmp_path / shelf.LABELS).write_bytes(corpus.serialise([MINE]))
    heard: list[UserError | None] = []
    obtain(tmp_path, None, lambda error, made: heard.append(error))
    assert heard == [None]
    assert sorted(path.name for path in tmp_path.iterdir()) == [shelf.LABELS, shelf.WORDS]


def test_other_rules_for_features_make_a_new_model(
    tmp_path: Path, starter: list[Entry], model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model made by an older way of reading texts is not used with a newer one."""
    write(tmp_path / shelf.WORDS, model)
    monkeypatch.setattr(shelf, "FEATURES", 99)
    monkeypatch.setattr(fit, "FEATURES", 99)
    assert obtain(tmp_path).about.features == 99


def test_damaged_labels_are_not_an_empty_list(tmp_path: Path, starter: list[Entry]) -> None:
    """The owner's work is never silently dropped."""
    (tmp_path / shelf.LABELS).write_bytes(b"{")
    with pytest.raises(UserError) as caught:
        obtain(tmp_path)
    assert caught.value.kind == "corpus-faults"
