"""Finding the file, and reading bytes that are no configuration."""

from pathlib import Path

import pytest

from triage.config import find, load
from triage.config.file import state_folder, usual_places
from triage.errors import UserError

GOOD = b"""
[accounts.main]
address = "anna@shop.example"
host = "imap.shop.example"
password_env = "SECRET"
"""


def test_where_the_file_is_looked_for(tmp_path: Path) -> None:
    """--config, then $TRIAGE_CONFIG, then the user's folder, then /etc."""
    environ = {"XDG_CONFIG_HOME": str(tmp_path), "TRIAGE_CONFIG": "/named.toml"}
    own = tmp_path / "triage" / "config.toml"
    own.parent.mkdir()
    own.touch()
    assert find(Path("/given.toml"), environ) == Path("/given.toml")
    assert find(None, environ) == Path("/named.toml")
    assert find(None, {"XDG_CONFIG_HOME": str(tmp_path)}) == own
    assert usual_places({"HOME": "/home/anna"}) == (
        Path("/home/anna/.config/triage/config.toml"),
        Path("/etc/triage/config.toml"),
    )


def test_a_closed_folder_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service may be given somebody else's $HOME: what it cannot see is not there."""

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", refuse)
    assert find(None, {"HOME": str(tmp_path)}) in (None, Path("/etc/triage/config.toml"))


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"STATE_DIRECTORY": "/var/lib/triage:/var/lib/other"}, "/var/lib/triage"),
        ({"XDG_STATE_HOME": "/x", "HOME": "/home/anna"}, "/x/triage"),
        ({"HOME": "/home/anna"}, "/home/anna/.local/state/triage"),
    ],
)
def test_where_the_state_is_kept(environ: dict[str, str], folder: str) -> None:
    """systemd's folder first, then the XDG one."""
    assert state_folder(environ) == Path(folder)


@pytest.mark.parametrize(
    ("path", "environ", "folder"),
    [
        ("/etc/triage/config.toml", {"HOME": "/h"}, "/var/lib/triage"),
        ("/etc/triage/config.toml", {"XDG_STATE_HOME": "/x"}, "/var/lib/triage"),
        ("/etc/triage/config.toml", {"STATE_DIRECTORY": "/var/lib/other"}, "/var/lib/other"),
        ("/etc/triage/two/config.toml", {"HOME": "/h"}, "/var/lib/triage"),
        ("/etc/triage/two/shop.toml", {"HOME": "/h"}, "/var/lib/triage-shop"),
        ("/etc/triage/shop.toml", {"STATE_DIRECTORY": "/var/lib/other"}, "/var/lib/other"),
        ("/h/.config/triage/shop.toml", {"HOME": "/h"}, "/h/.local/state/triage-shop"),
        ("/h/.config/triage/shop.toml", {"HOME": "/h", "XDG_STATE_HOME": "/x"}, "/x/triage-shop"),
        (
            "/c/triage/shop.toml",
            {"HOME": "/h", "XDG_CONFIG_HOME": "/c"},
            "/h/.local/state/triage-shop",
        ),
        ("/h/shop.toml", {"HOME": "/h"}, "/h/.local/state/triage"),
        ("/etc/triages/config.toml", {"HOME": "/h"}, "/h/.local/state/triage"),
        ("/home/anna/.config/triage/config.toml", {"HOME": "/h"}, "/h/.local/state/triage"),
    ],
)
def test_a_command_by_hand_finds_the_state_of_the_service(
    path: str, environ: dict[str, str], folder: str
) -> None:
    """A configuration in /etc/triage is the machine's: its state does not hang on who asks."""
    assert state_folder(environ, Path(path)) == Path(folder)


@pytest.mark.parametrize("bytes_", [GOOD, b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n")])
def test_a_file_of_any_editor_is_read(tmp_path: Path, bytes_: bytes) -> None:
    """With a byte order mark, and with Windows line ends."""
    file = tmp_path / "config.toml"
    file.write_bytes(bytes_)
    config = load(file, {"HOME": "/home/anna"})
    assert config.path == file
    assert config.accounts[0].host == "imap.shop.example"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"[shop\nname = 3", 1, 6),
        (b'[shop]\nname = "a', 2, 1),
        (b"[shop]\nname = \n", 2, 8),
        (b"a = 1\na = 2\n", 2, 6),
        (b'a = "\x1b"', 1, 6),
        (b'a = 1\nb = "\xff"', 2, 1),
        (b"a = " + b"9" * 5000, 1, 1),
        (b"a = " + b"[" * 100_000, 1, 1),
        (b"\0", 1, 1),
    ],
)
def test_what_is_no_toml_is_named_by_its_place(
    tmp_path: Path, content: bytes, line: int, column: int
) -> None:
    """The line, and the column where the parser knows it."""
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(UserError) as caught:
        load(file, {"HOME": "/home/anna"})
    assert caught.value.kind == "config-syntax"
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (line, column)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Missing, a folder, endless."""
    for path in (tmp_path / "missing.toml", tmp_path, Path("/dev/zero")):
        with pytest.raises(UserError) as caught:
            load(path, {"HOME": "/home/anna"})
        assert caught.value.kind == "config-unreadable"
        assert caught.value.facts["path"] == path
        assert caught.value.facts["why"]


def test_faults_come_with_the_file_they_are_in(tmp_path: Path) -> None:
    """The error carries the path and the complete list."""
    file = tmp_path / "config.toml"
    file.write_bytes(b"stat = 1\nshop = 2")
    with pytest.raises(UserError) as caught:
        load(file, {"HOME": "/home/anna"})
    assert caught.value.kind == "config-faults"
    assert [problem.key for problem in caught.value.facts["problems"]] == [
        "shop",
        "accounts",
        "stat",
    ]
