"""The owner's file of labels: what was given is there, whatever happens next."""

import resource
import stat
from pathlib import Path

import pytest

from triage.errors import UserError
from triage.learning.labels import FILE, FOLDER, Label, LabelFile, given
from triage.taxonomy import Topic

ONE = Label("Cup", "It came in pieces.", complaint=True, topic=Topic.DAMAGED)
TWO = Label("Hours", "Are you open on Sunday?\n\u2028\ud800 \x00", complaint=False, topic=None)


def texts(state: Path) -> list[str]:
    return [label.subject for label in given(state)]


def test_labels_are_kept_in_order(tmp_path: Path) -> None:
    """Subject, text, complaint and topic, each on the disk before the next; for the owner alone."""
    state = tmp_path / "state"
    assert given(state) == []
    with LabelFile(state) as file:
        file.add(ONE)
        assert texts(state) == ["Cup"]
        file.add(TWO)
    one, two = given(state)
    assert (one.subject, one.text, one.complaint, one.topic) == (
        *("Cup", "It came in pieces.", True),
        Topic.DAMAGED,
    )
    assert (two.complaint, two.topic) == (False, None)
    assert two.text.startswith("Are you open on Sunday?\n")
    assert stat.S_IMODE((state / FOLDER / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_the_last_label_is_taken_back(tmp_path: Path) -> None:
    """One after the other, as far as this sitting goes; an earlier one's labels stay."""
    with LabelFile(tmp_path) as file:
        file.add(ONE)
    with LabelFile(tmp_path) as file:
        file.add(TWO)
        file.add(ONE)
        file.undo()
        assert texts(tmp_path) == ["Cup", "Hours"]
        file.undo()
        file.add(TWO)
    assert texts(tmp_path) == ["Cup", "Hours"]


@pytest.mark.parametrize("tail", [b'{"subject": "ha', b"\0" * 40])
def test_what_a_power_cut_left_half_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    """The labels before it stay, the next one stands in a line of its own."""
    with LabelFile(tmp_path) as file:
        file.add(ONE)
    with (tmp_path / FOLDER / FILE).open("ab") as torn:
        torn.write(tail)
    with LabelFile(tmp_path) as file:
        file.add(TWO)
    assert texts(tmp_path) == ["Cup", "Hours"]


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """The label that found no room is refused whole, and taken when there is room again."""
    with LabelFile(tmp_path) as file:
        file.add(ONE)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        room = (tmp_path / FOLDER / FILE).stat().st_size + 10
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            with pytest.raises(UserError) as caught:
                file.add(TWO)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert caught.value.kind == "file-unwritable"
        assert "Sunday" not in str(caught.value)
        assert texts(tmp_path) == ["Cup"]
        file.add(TWO)
    assert texts(tmp_path) == ["Cup", "Hours"]


def test_a_spoilt_line_is_named(tmp_path: Path) -> None:
    """A file that was mended by hand and went wrong is not taken for an empty one."""
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).write_text("{\n")
    with pytest.raises(UserError) as caught:
        given(tmp_path)
    assert caught.value.kind == "corpus-faults"


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    """One sentence, not a traceback."""
    (tmp_path / "state").write_text("")
    with pytest.raises(UserError) as caught:
        LabelFile(tmp_path / "state")
    assert caught.value.kind == "file-unwritable"
