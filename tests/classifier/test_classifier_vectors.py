"""The sentence encoder: pinned, the same every time, and harmless on hostile input."""

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import numpy as np
import pytest

from triage.classifier import vectors
from triage.classifier.corpus import Kind
from triage.classifier.masking import MUCH
from triage.classifier.odds import log_odds
from triage.classifier.vectors import (
    ENCODER,
    PINNED,
    SENTENCE_SHARE,
    WINDOW,
    WINDOWS,
    Vectors,
    encoder,
    plain,
)
from triage.errors import UserError

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def shipped() -> Vectors:
    return Vectors.open()


@pytest.mark.parametrize("name", sorted(PINNED))
def test_the_shipped_files_are_those_that_were_measured(name: str) -> None:
    """Weights and vocabulary have the digests the code names."""
    assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == PINNED[name]


def test_it_says_twenty_two_numbers_the_same_each_time(shipped: Vectors) -> None:
    """Three for the kinds, fourteen for the topics, five for the signals; case and spacing say
    nothing."""
    said = shipped.read("My mug arrived broken.").numbers
    assert said.shape == (shipped.width,) == (22,)
    assert said.dtype == np.float32
    assert np.array_equal(said, shipped.read("my MUG  arrived\nbroken.").numbers)
    assert tuple(Kind)[said[:3].argmax()] is Kind.COMPLAINT
    asked = shipped.read("Do you have the mug in blue?").numbers
    assert tuple(Kind)[asked[:3].argmax()] is Kind.CUSTOMER


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "\0",
        "\ud800",
        "[SEP] [CLS] [PAD]",
        "x" * 100_000,
        "☃" * 5_000,
        "a\u202eb" * 3_000,
    ],
)
def test_no_text_breaks_it(shipped: Vectors, text: str) -> None:
    """Whatever a mail holds, seventeen finite numbers come of it."""
    assert np.isfinite(shipped.read(text).numbers).all()


def test_a_long_text_is_read_in_windows(shipped: Vectors) -> None:
    """What a long text says is the mean over its windows, and its end is not read for ever."""
    words = ["parcel"] * WINDOW
    one, other = " ".join(words), " ".join(["lovely"] * WINDOW)
    both = np.mean([shipped.read(each).numbers for each in (one, other)], axis=0)
    assert np.allclose(shipped.read(f"{one} {other}").numbers, both, atol=1e-5)
    read = " ".join(words * WINDOWS)
    longer = read + " lovely" * MUCH
    assert np.array_equal(shipped.read(read).numbers, shipped.read(longer).numbers)


def test_the_trouble_of_a_long_letter_is_heard(shipped: Vectors) -> None:
    """One sentence in the midst of friendly ones has a share in what is said of the whole."""
    kind = "What a lovely shop you have. My sister adores her bowl. "
    trouble = "The handle of my mug came off on the first day."
    letter = shipped.read(f"{kind}{trouble} We hope to visit you in May.")
    read = list(letter.sentences)
    assert [each.text for each in read] == [
        "What a lovely shop you have.",
        "My sister adores her bowl.",
        trouble,
        "We hope to visit you in May.",
    ]
    alone = np.array([each.numbers for each in read])
    assert log_odds(alone[:, :3], tuple(Kind)).argmax() == 2
    assert np.array_equal(alone[2], shipped.read(trouble).numbers)
    whole = (letter.numbers - SENTENCE_SHARE * alone[2]) / (1 - SENTENCE_SHARE)
    odds = log_odds(np.array([whole[:3], letter.numbers[:3]]), tuple(Kind))
    assert odds[1] > odds[0]


def test_an_encoder_that_tells_no_kinds_has_none_to_share() -> None:
    """One of one's own: a text is what its windows say."""
    own = Vectors.of((MODELS / ENCODER).read_bytes(), "own")
    ours = Vectors.of((MODELS / ENCODER).read_bytes(), "ours", ours=True)
    text = "What a lovely shop. The handle of my mug came off."
    assert not np.array_equal(own.read(text).numbers, ours.read(text).numbers)
    assert len(list(own.read(text).sentences)) == len(list(ours.read(text).sentences)) == 2


def test_addresses_and_emoji_are_words() -> None:
    """The vocabulary has neither: an address is told as one, an emoji by its name."""
    said = plain("@shop see www.shop.example/x 😡").split()
    assert said == ["handle", "see", "url", "pouting", "face"]


def test_a_choice_names_an_encoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Words need none; without a choice it is what is installed; a named one must be there."""
    assert encoder("words") is None
    chosen = encoder()
    assert chosen is not None
    assert chosen.digest == PINNED[ENCODER]
    monkeypatch.setattr(vectors, "find_spec", lambda name: None)
    assert encoder() is None
    for choice in ("semantic", tmp_path / "own.onnx"):
        (tmp_path / "own.onnx").write_bytes(b"")
        with pytest.raises(UserError) as caught:
            encoder(choice)
        assert caught.value.kind == "semantic-missing"


def own_files(folder: Path) -> Iterator[tuple[Path, str]]:
    yield folder / "none.onnx", "encoder-unreadable"
    yield folder, "encoder-unreadable"
    for name, content in (
        ("empty", b""),
        ("junk", b"not a graph"),
        ("half", (MODELS / ENCODER).read_bytes()[:100_000]),
        ("pickle", b"\x80\x04cos\nsystem\n(S'false'\ntR."),
    ):
        (folder / name).write_bytes(content)
        yield folder / name, "encoder-unusable"


def test_an_own_file_that_is_no_encoder_is_named(tmp_path: Path) -> None:
    """Missing, empty, damaged or foreign: one kind of error, with the file's name."""
    for file, kind in own_files(tmp_path):
        with pytest.raises(UserError) as caught:
            encoder(file)
        assert (caught.value.kind, caught.value.facts["path"]) == (kind, str(file))


def test_an_own_file_is_used(tmp_path: Path) -> None:
    """Any file that reads word pieces will do; its digest tells it from the shipped one."""
    own = tmp_path / "own.onnx"
    own.write_bytes((MODELS / ENCODER).read_bytes())
    chosen = encoder(own)
    assert chosen is not None
    assert chosen.digest == PINNED[ENCODER]


def test_a_shipped_file_that_was_changed_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A weight that is not the one that was measured is refused, by name."""
    monkeypatch.setitem(PINNED, ENCODER, "0" * 64)
    with pytest.raises(UserError) as caught:
        Vectors.open()
    assert caught.value.kind == "encoder-foreign"
    assert str(caught.value.facts["path"]).endswith(ENCODER)


def test_it_leaves_no_trace(tmp_path: Path) -> None:
    """Nothing is written into the home folder, where onnxruntime once kept a number of its user, to
    be sent to its maker with what it was used for."""
    program = "from triage.classifier import encoder; encoder().read('hello')"
    home = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        home.pop(name, None)
    run([sys.executable, "-c", program], env=home, check=True)
    assert not list(tmp_path.iterdir())


def test_no_client_of_a_model_store_is_touched() -> None:
    """What tokenizers asks pip for is never imported, nor anything of torch."""
    program = (
        "import sys; from triage.classifier import encoder; encoder().read('hello'); "
        "print(sorted({'huggingface_hub', 'torch', 'requests', 'httpx'} & set(sys.modules)))"
    )
    ended = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


# Protobuf of an ONNX graph whose one weight is to be taken from another file.
def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return bytes([number << 3, value])
    length = len(value)
    size = bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])
    return bytes([number << 3 | 2]) + size + value


def _value(name: bytes, kind: int, *dims: int) -> bytes:
    shape = b"".join(_field(1, _field(1, dim)) for dim in dims)
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _elsewhere(location: bytes, key: bytes = b"\x0a\x08location") -> bytes:
    entries = [key + _field(2, location), _field(1, b"length") + _field(2, b"4")]
    tensor = _field(1, 1) + _field(1, 4) + _field(2, 3) + _field(8, b"w")
    tensor += b"".join(_field(13, entry) for entry in entries) + _field(14, 1)
    node = _field(1, b"w") + _field(2, b"out") + _field(4, b"Identity")
    graph = _field(1, node) + _field(2, b"g") + _field(5, tensor)
    graph += _field(11, _value(b"input_ids", 7, 1, 4)) + _field(12, _value(b"out", 3, 1, 4))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _field(2, 13))


def test_an_own_file_reads_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph that names another file for its numbers, however its key is written, is refused:
    onnxruntime reads any below the working directory, and that of a service is /."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").write_bytes(b"root")
    for key in (b"\x0a\x08location", b"\x8a\x80\x00\x88\x00location"):
        raw = _elsewhere(b"other", key)
        (tmp_path / "own.onnx").write_bytes(raw)
        with pytest.raises(UserError) as caught:
            encoder(tmp_path / "own.onnx")
        assert caught.value.kind == "encoder-unusable"
    monkeypatch.setattr(vectors, "_ELSEWHERE", re.compile(rb"never"))
    read = vectors._session(_elsewhere(b"other"), "own.onnx")
    assert read((1, 2)).tolist() == [114, 111, 111, 116]  # without the refusal it was read
