"""Mails in files of every kind."""

import io
import os
import sys
from pathlib import Path

import pytest

from triage.learning import mailfile
from triage.learning.mailfile import MailFile, mails

ONE = b"Subject: one\n\nFrom here on it is broken.\n"
TWO = b"Subject: two\r\n\r\nSecond.\r\n"
MBOX = (
    b"From ann@example.org Mon Nov  3 10:00:00 2025\n"
    + ONE
    + b"\nFrom - Tue, 04 Nov 2025 10:00:00 +0000\r\n"
    + TWO
)


def found(*names: str | Path) -> list[tuple[str, bytes | str]]:
    return [
        (mail.name, mail.content if isinstance(mail.content, bytes) else mail.content.kind)
        for mail in mails(map(str, names))
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


def test_a_mail_is_its_bytes(file: Path) -> None:
    """An .eml file is one mail, byte for byte."""
    file.write_bytes(TWO)
    assert found(file) == [(str(file), TWO)]


def test_an_mbox_is_its_mails(file: Path) -> None:
    """Separators are no part of a mail, and neither is the empty line before them."""
    file.write_bytes(MBOX)
    assert found(file) == [(f"{file}#1", ONE), (f"{file}#2", TWO)]


def test_a_sentence_is_no_separator(file: Path) -> None:
    """ "From " begins a mail only after an empty line, with a time and a year."""
    body = (
        b"Subject: s\n\nHello.\n\nFrom what I see nothing came.\nFrom a Mon Nov  3 10:00:00 2025\n"
    )
    file.write_bytes(b"From x Mon Nov  3 10:00:00 2025\n" + body)
    assert found(file) == [(f"{file}#1", body)]


@pytest.mark.parametrize("length", [65_536, 1 << 20, 100_000])
def test_a_long_line_is_one_line(file: Path, length: int) -> None:
    """Lines are read in pieces: the end of one is no empty line, and its middle no separator."""
    start = b"From x Mon Nov  3 10:00:00 2025\n"
    body = b"Subject: s\n\n" + b"a" * length + b"\n" + start + b"a" * length + start
    file.write_bytes(start + body + b"\n" + start + ONE)
    assert found(file) == [(f"{file}#1", body), (f"{file}#2", ONE)]


def test_an_mbox_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first mail is there before the second is read: a huge mbox takes no memory."""
    stream = io.BytesIO(MBOX)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    first = next(iter(mails(["-"])))
    assert first == MailFile("-#1", ONE)
    assert stream.tell() < len(MBOX)


def test_standard_input_is_a_mail_or_an_mbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pipe brings is looked at like a file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ONE)))
    assert found("-") == [("-", ONE)]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MBOX)))
    assert [name for name, _ in found("-")] == ["-#1", "-#2"]
    monkeypatch.setattr(sys, "stdin", None)
    assert found("-") == [("-", "file-unreadable")]


def test_a_maildir_is_its_files(tmp_path: Path) -> None:
    """cur and new are read, tmp is not; each mail is named by its file."""
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.mail").write_bytes(folder.encode())
        (tmp_path / folder / ".hidden").touch()
    assert found(tmp_path) == [
        (str(tmp_path / "cur" / "1.mail"), b"cur"),
        (str(tmp_path / "new" / "1.mail"), b"new"),
    ]


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path, file: Path) -> None:
    """Each has its reason, in its place."""
    file.write_bytes(ONE)
    assert found(tmp_path / "missing", tmp_path, file) == [
        (str(tmp_path / "missing"), "file-unreadable"),
        (str(tmp_path), "no-maildir"),
        (str(file), ONE),
    ]


def test_an_endless_file_is_refused(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Beyond the limit a mail is not read, alone or in an mbox, where the next one is."""
    monkeypatch.setattr(mailfile, "LARGEST", 100_000)
    large = b"Subject: large\n\n" + b"text\n" * 30_000
    file.write_bytes(large)
    assert found(file) == [(str(file), "file-too-large")]
    start = b"From x Mon Nov  3 10:00:00 2025\n"
    file.write_bytes(start + large + b"\n" + start + ONE)
    assert found(file) == [(f"{file}#1", "file-too-large"), (f"{file}#2", ONE)]
    assert found("/dev/zero") == [("/dev/zero", "file-too-large")]


def test_an_empty_file_is_an_empty_mail(file: Path) -> None:
    """The reader of mails says what is wrong with it."""
    file.touch()
    assert found(file) == [(str(file), b"")]


def test_a_pipe_in_a_maildir_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody writes into it: whoever opened it would wait for ever."""
    (tmp_path / "cur").mkdir()
    os.mkfifo(tmp_path / "cur" / "1.mail")
    (tmp_path / "cur" / "2.mail").symlink_to("/dev/zero")
    assert found(tmp_path) == []
