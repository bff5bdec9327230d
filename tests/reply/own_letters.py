"""An owner's folder of letters, laid out and loaded."""

from pathlib import Path

import pytest

from triage.errors import UserError
from triage.reply.letters import Letters


def load(tmp_path, **files):
    """The letters with an owner's folder of these files, "_" for "-" and without endings."""
    folder = tmp_path / "en"
    folder.mkdir()
    for name, text in files.items():
        path = folder / f"{name.replace('_', '-')}.txt.j2"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Letters.load(tmp_path)


def faults(tmp_path, **files):
    with pytest.raises(UserError) as caught:
        load(tmp_path, **files)
    assert caught.value.kind == "templates-faulty"
    return [(Path(f.file).name, f.line, f.kind, f.about) for f in caught.value.facts["faults"]]
