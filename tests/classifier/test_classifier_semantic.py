"""A model with an encoder beside the words: what it learns, keeps, says and refuses."""

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from starter import in_place

from triage.classifier import Entry, Model, load, obtain, shelf, vectorfile
from triage.classifier.arrays import Floats
from triage.classifier.corpus import Kind
from triage.classifier.fit import fit, split
from triage.classifier.heads import TOPICS_SHARE, WORDS_SHARE
from triage.classifier.modelfile import pack, unpack, write
from triage.classifier.sentences import sentences
from triage.classifier.table import Table
from triage.classifier.vectors import (
    KIND_SCORES,
    SIGNAL_SCORES,
    TOPIC_SCORES,
    Reading,
    Sentence,
)
from triage.errors import UserError
from triage.taxonomy import Topic


@dataclass(frozen=True, slots=True)
class Oracle:
    """Says of a text whether it holds one of a few words: an encoder that can be seen through."""

    digest: str = "oracle"
    width: int = 2
    trained: bool = False

    def read(self, text: str) -> Reading:
        read = tuple(Sentence(each, self._said(each)) for each in sentences(text))
        return Reading(self._said(text), read)

    def _said(self, text: str) -> Floats:
        low = text.lower()
        told = sum(word in low for word in ("broke", "never", "refund", "wrong", "late"))
        return np.array([told, len(low) > 200], np.float32)


@pytest.fixture(scope="module")
def semantic(small: list[Entry]) -> Model:
    rows = shelf.vectors(small, Oracle(), None)
    return fit(Table.of(small, Oracle(), rows))[0]


def test_it_is_read_back_with_its_encoder(semantic: Model, tmp_path: Path) -> None:
    """A file says which encoder it needs, and judges the same with it."""
    path = tmp_path / "own.npz"
    write(path, semantic)
    read = load(path, Oracle())
    assert read.judge("mug", "it broke") == semantic.judge("mug", "it broke")
    assert pack(unpack(pack(semantic), "x")) == pack(semantic)


@pytest.mark.parametrize("encoder", [None, Oracle(digest="another")])
def test_another_encoder_is_refused(
    semantic: Model, tmp_path: Path, encoder: Oracle | None
) -> None:
    """Numbers of one encoder mean nothing to a model made with another."""
    write(tmp_path / "own.npz", semantic)
    with pytest.raises(UserError) as caught:
        load(tmp_path / "own.npz", encoder)
    assert caught.value.facts["reason"] == "other-encoder"
    with pytest.raises(ValueError, match="encoder"):
        replace(semantic, encoder=encoder).judge("", "it broke")


def test_a_sentence_is_a_clue_of_what_the_encoder_said(semantic: Model) -> None:
    """A flagged text names the sentence without which the encoder would have said less, of the
    kind and of the topic."""
    text = "Hello Mary. The lid broke and it was late. I hope you are well."
    opinion = semantic.judge("", text)
    sentence = next(c for c in opinion.clues if c.text == "The lid broke and it was late.")
    complaint = semantic.kinds.index(Kind.COMPLAINT)
    column, about = (each[:, semantic.words.width] for each in (semantic.kind, semantic.topic))
    steps = [
        semantic.scale[0] * 2 * float(column[complaint] - each)
        + semantic.scale[1] * 2 * float(one - other)
        for each in column
        for one in about
        for other in about
    ]
    assert any(math.isclose(sentence.weight, step, rel_tol=1e-4) for step in steps)
    assert not [c for c in opinion.clues if c.text.startswith("Hello")]


def test_a_wrapped_sentence_is_whole(semantic: Model) -> None:
    """Mail programs wrap lines at 72 characters; a short line is one by itself, as in a form."""
    text = (
        "When we unpacked the parcel this morning with all of the family around\n"
        "us it was clear that the lid broke and it was late\n\n"
        "Order 4711 it was late\nName of the buyer"
    )
    found = {clue.text.rstrip("…")[:48] for clue in semantic.judge("", text).clues}
    assert {text[:48], "Order 4711 it was late"} <= found


def test_what_was_read_is_kept(small: list[Entry], tmp_path: Path) -> None:
    """Texts are read once; the file of vectors is of one encoder, and holds no word."""
    entries = small[:10]
    calls: list[tuple[int, int]] = []
    first = shelf.vectors(entries, Oracle(), tmp_path, lambda *step: calls.append(step))
    assert len(calls) == 10
    again = shelf.vectors(entries, Oracle(), tmp_path, lambda *step: calls.append(step))
    assert len(calls) == 10
    assert np.array_equal(first, again)
    shelf.vectors(entries, Oracle(digest="another"), tmp_path, lambda *step: calls.append(step))
    assert len(calls) == 20
    kept = (tmp_path / shelf.VECTORS).read_bytes()
    assert not [entry for entry in entries if entry.body.encode() in kept]


@pytest.mark.parametrize("damage", [b"", b"PK", b"\x80\x04N."])
def test_damaged_vectors_are_read_anew(small: list[Entry], tmp_path: Path, damage: bytes) -> None:
    """The file is a cache: whatever stands in its place, the texts are read again."""
    (tmp_path / shelf.VECTORS).write_bytes(damage)
    assert shelf.vectors(small[:3], Oracle(), tmp_path).shape == (3, 2)
    kept = vectorfile.unpack((tmp_path / shelf.VECTORS).read_bytes())
    assert kept is not None
    assert len(kept.rows) == 3


def test_without_an_encoder_there_are_no_columns(small: list[Entry]) -> None:
    """A model of words alone is made by the same way."""
    assert shelf.vectors(small, None, None).shape == (len(small), 0)


def test_each_encoder_has_its_own_file(
    small: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going from words to sentences and back rebuilds nothing that is there."""
    in_place(monkeypatch, tmp_path / "corpus", small)
    one, other = obtain(tmp_path), obtain(tmp_path, Oracle())
    assert (one.about.encoder, other.about.encoder) == ("", "oracle")
    assert {shelf.WORDS, shelf.SEMANTIC} <= {path.name for path in tmp_path.iterdir()}
    assert obtain(tmp_path, Oracle()).about == other.about


def test_no_batch_is_on_both_sides() -> None:
    """Authors have habits: a text is told by what has learned nothing of its batch."""
    entries = [
        Entry("", f"text {batch} {number}", number % 2 == 0, Topic.OTHER, "", batch)
        for batch in "abcdefghij"
        for number in range(20)
    ]
    own = [Entry("", f"own {number}", number % 2 == 0, Topic.OTHER) for number in range(30)]
    seen = 0
    for learned, left in split([*entries, *own]):
        batches = [{[*entries, *own][i].batch for i in part} - {""} for part in (learned, left)]
        assert not batches[0] & batches[1]
        seen += len(left)
    assert seen == len(entries) + len(own)


def test_scores_of_a_trained_encoder_stand_beside_those_of_words(small: list[Entry]) -> None:
    """Nothing is learned of them: each goes to its own kind or topic. Of a corpus that lacks some
    topics, too."""
    width = SIGNAL_SCORES.stop
    entries = [entry for entry in small if entry.topic is not Topic.PRAISE]
    said = np.random.default_rng(0).normal(size=(len(entries), width)).astype(np.float32)
    words = fit(Table.of(entries))[0]
    model = fit(Table.of(entries, Oracle(width=width, trained=True), said))[0]
    columns, ends = words.words.width, slice(words.words.width, words.words.width + width)
    for names, of_words, weights, order, scores, shares in (
        (model.kinds, words.kind, model.kind, tuple(Kind), KIND_SCORES, (WORDS_SHARE, 1)),
        (model.topics, words.topic, model.topic, tuple(Topic), TOPIC_SCORES, [TOPICS_SHARE] * 2),
    ):
        assert np.allclose(weights[:, :columns], shares[0] * of_words[:, :columns], atol=1e-5)
        own = np.zeros((len(names), width))
        for row, name in enumerate(names):
            own[row, scores.start + order.index(name)] = shares[1]
        assert np.allclose(weights[:, ends], own, atol=1e-6)
    assert Topic.PRAISE not in model.topics
