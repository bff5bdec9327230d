"""The model file: what is written is read back, and nothing in a file is ever run."""

import json
import os
import pickle
import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from triage.classifier import Model, load
from triage.classifier.archive import MOST, MOST_TOLD
from triage.classifier.modelfile import pack, unpack, write
from triage.errors import UserError


class Bomb:
    """Unpickling this leaves a folder behind."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.trace),)


def members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(model: Model, /, **changes: bytes | None) -> bytes:
    """The model's file with members replaced (by their name without ending) or left out."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(pack(model)).items():
            changed = changes.get(name.partition(".")[0], content)
            if changed is not None:
                archive.writestr(name, changed)
    return packed.getvalue()


def npy(array: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]") -> bytes:
    file = BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def about(model: Model, /, **changes: object) -> bytes:
    return json.dumps({**json.loads(members(pack(model))["about.json"]), **changes}).encode()


def reason(raw: bytes) -> object:
    with pytest.raises(UserError) as caught:
        unpack(raw, "here")
    assert caught.value.kind == "model-unreadable"
    assert caught.value.facts["path"] == "here"
    return caught.value.facts["reason"]


def test_what_is_written_is_read_back(tmp_path: Path, model: Model) -> None:
    """A model survives the file in every weight, and only its owner may read it."""
    path = tmp_path / "state" / "words.npz"
    write(path, model)
    again = load(path)
    assert pack(again) == pack(model)
    assert again.judge("lid", "no lid came") == model.judge("lid", "no lid came")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["words.npz"]


def test_a_pickle_is_never_loaded(tmp_path: Path, model: Model) -> None:
    """A pickle as the file, or inside any array of it, is refused and not run."""
    trace = tmp_path / "trace"
    loaded = pickle.dumps(Bomb(trace))
    assert reason(loaded) == "damaged"
    array = npy(np.array([Bomb(trace)], dtype=object))
    for name in ("kind", "topic", "words_idf", "grams_idf"):
        assert reason(rebuilt(model, **{name: array})) == "damaged"
        assert reason(rebuilt(model, **{name: loaded})) == "damaged"
    assert not trace.exists()
    pickle.loads(loaded)
    assert trace.exists()  # the bomb was a real one


def header(shape: tuple[int, ...], descr: str = "<f4") -> bytes:
    file = BytesIO()
    np.lib.format.write_array_header_1_0(
        file, {"descr": descr, "fortran_order": False, "shape": shape}
    )
    return file.getvalue()


def test_wrong_arrays_are_refused(model: Model) -> None:
    """Other shapes, types, orders, lengths and values than belong there are damage."""
    rows, size = model.kind.shape
    wrong = [
        npy(np.zeros((rows, size - 1), np.float32)),
        npy(np.zeros(rows * size, np.float32)),
        npy(np.zeros((rows, size), np.float64)),
        npy(np.zeros((rows, size), ">f4")),
        npy(np.full((rows, size), np.nan, np.float32)),
        npy(np.full((rows, size), np.inf, np.float32)),
        header((rows, 1 << 50)),  # four petabytes, it says
        header((rows, size)) + b"\0" * 8,
        header((rows, -1)),
        header((rows, size), "|O"),
        b"",
        b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 60_000,
        b"\x93NUMPY\x02\x00" + header((rows, size))[8:],
    ]
    for content in wrong:
        assert reason(rebuilt(model, kind=content)) == "damaged"


def test_wrong_facts_are_refused(model: Model) -> None:
    """JSON that is none, lacks something or contradicts the arrays is damage."""
    wrong: list[bytes | None] = [
        None,
        b"{",
        b"[]",
        b"7",
        b"[" * 100_000,
        about(model, words=None),
        about(model, words=["a", "a"]),
        about(model, words=[]),
        about(model, topics=["lost"]),
        about(model, kinds=["customer", "ordinary"]),
        about(model, kinds=["complaint"]),
        about(model, scale=[1.0]),
        about(model, scale=[1.0, float("nan")]),
        about(model, thresholds={"flag": 0.1, "unsure": 0.5}),
        about(model, thresholds={"flag": "1", "unsure": "0"}),
        about(model, figures={}),
        about(model, figures=[1]),
        about(model, libraries=3),
        about(model, features="new"),
        about(model, features=float("inf")),
    ]
    for content in wrong:
        assert reason(rebuilt(model, about=content)) == "damaged"


def test_another_format_is_named(model: Model) -> None:
    """A file of another version is told from a damaged one."""
    assert reason(rebuilt(model, about=about(model, format=99))) == "other-format"


def test_every_flipped_byte_and_every_cut_is_noticed(model: Model) -> None:
    """Never another exception than UserError, and never another model."""
    raw = pack(model)
    for place in range(0, len(raw), max(1, len(raw) // 400)):
        broken = bytearray(raw)
        broken[place] ^= 0xFF
        try:
            assert pack(unpack(bytes(broken), "here")) == raw  # a byte zip does not look at
        except UserError as error:
            assert error.kind == "model-unreadable"
        assert reason(raw[:place]) == "damaged"


def test_a_zip_bomb_is_not_unpacked(model: Model) -> None:
    """A member that would fill the memory is refused by its announced size."""
    bomb = rebuilt(model, kind=b"\0" * (MOST + 1))
    assert len(bomb) < 10_000_000
    assert reason(bomb) == "too-big"


def test_missing_and_strange_files_are_named(tmp_path: Path) -> None:
    """Nothing there, and a folder in its place, are each told as what they are."""
    with pytest.raises(UserError) as caught:
        load(tmp_path / "none.npz")
    assert caught.value.kind == "model-missing"
    with pytest.raises(UserError) as caught:
        load(tmp_path)
    assert caught.value.kind == "model-unreadable"


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, model: Model) -> None:
    """Where the folder cannot be made the error names the file, and what lay there stays."""
    blocked = tmp_path / "file"
    blocked.write_text("old")
    with pytest.raises(UserError) as caught:
        write(blocked / "words.npz", model)
    assert caught.value.kind == "file-unwritable"
    assert blocked.read_text() == "old"


def test_a_bomb_of_json_is_not_read(model: Model) -> None:
    """What is small packed, bearable unpacked, and a gigabyte once Python has read it."""
    bomb = rebuilt(model, about=b"[" + b"[]," * (MOST_TOLD // 3) + b"[]]")
    assert len(bomb) < 5_000_000
    assert reason(bomb) == "too-big"


def test_a_file_that_asks_for_all_memory(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """LZMA takes as much as the file says it needs; where that is refused the file is damaged."""

    def refused(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(zipfile.ZipFile, "read", refused)
    assert reason(pack(model)) == "damaged"
