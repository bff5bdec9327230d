"""Which model is used: the one that fits, else one made anew."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from triage.classifier import Entry, Model, corpus, fit, load, obtain, shelf
from triage.classifier.modelfile import pack, write
from triage.errors import UserError
from triage.taxonomy import Topic

MINE = Entry("", "the glaze on my salt pig has crazed", True, Topic.QUALITY)


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch, small: list[Entry], model: Model) -> list[Entry]:
    """The small corpus in place of the shipped one, and nothing shipped that fits it."""
    monkeypatch.setattr(corpus, "starter", lambda: small)
    return small


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
    assert made.about.corpus == corpus.digest(corpus.merge(starter, [MINE]))
    (tmp_path / shelf.WORDS).write_bytes(b"half a fi")
    assert pack(obtain(tmp_path)) == pack(made)
    assert pack(load(tmp_path / shelf.WORDS)) == pack(made)


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
