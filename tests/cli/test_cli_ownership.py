"""Another user's state or configuration: refused, with the line to use."""

import errno
import grp
import os
import pwd
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from triage.cli import ownership
from triage.cli.group import triage
from triage.cli.ownership import whose

NOBODY = 65534  # a user there is everywhere and who owns nothing
CONFIG = """
state = "state"
[accounts.shop]
address = "hello@shop.example"
host = "127.0.0.1"
port = 1
security = "none"
password_env = "NOWHERE"
"""
COMMANDS = [["run"], ["once"], ["once", "--dry-run"], ["status"], ["train"], ["check"]]
COMMANDS += [["log"], ["explain", "mail.eml"]]


def invoked(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """The command, as if typed: the line names the program and what was given to it."""
    monkeypatch.setattr(sys, "argv", ["/usr/bin/triage", *arguments])
    return CliRunner().invoke(triage, arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "state").mkdir(mode=0o700)
    return tmp_path


@pytest.fixture
def of_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The state is another user's: given away where root runs the tests; else it is root that seems
    to look at ours. The other's name."""
    if os.geteuid() == 0:
        os.chown(folder / "state", NOBODY, NOBODY)
        return pwd.getpwuid(NOBODY).pw_name
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return pwd.getpwuid((folder / "state").stat().st_uid).pw_name


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_command_is_refused(
    folder: Path, of_another: str, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """One sentence with the line to use, exit status 2, and no file is left in the state."""
    config = str(folder / "config.toml")
    done = invoked(monkeypatch, "--config", config, *command)
    assert done.exit_code == 2
    line = f"sudo -u {of_another} /usr/bin/triage --config {config} {' '.join(command)}"
    assert f"belongs to the user {of_another}, " in done.output
    assert f"Run: {line}\n" in done.output
    assert list((folder / "state").iterdir()) == []


def test_the_unit_can_be_printed_by_anybody(
    folder: Path, of_another: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads the configuration and leaves the state alone."""
    done = invoked(monkeypatch, "--config", str(folder / "config.toml"), "service", "show")
    assert done.exit_code == 0


def test_the_line_names_the_configuration_that_was_found(
    folder: Path, of_another: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other user would find another one, or none."""
    monkeypatch.setenv("TRIAGE_CONFIG", str(folder / "config.toml"))
    done = invoked(monkeypatch, "status")
    assert f"/usr/bin/triage --config {folder}/config.toml status\n" in done.stderr


def test_a_state_without_a_configuration(
    folder: Path, of_another: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root with somebody's $HOME: what is found there is somebody's too."""
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    (folder / "state").rename(folder / "triage")
    done = invoked(monkeypatch, "train")
    assert f"The state folder {folder}/triage belongs to the user {of_another}, " in done.stderr
    assert done.stderr.endswith(f" Run: sudo -u {of_another} /usr/bin/triage train\n")


def test_a_configuration_that_is_opened_to_a_user(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root's file, readable to the group of the service's user: that is whom to be, and not root;
    the same where the file is named on the command line."""
    config = folder / "config.toml"
    config.chmod(0o640)
    access = os.access

    def closed(path: Path, mode: int) -> bool:
        return access(path, mode) and (mode == os.F_OK or path != config)

    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    monkeypatch.setattr(os, "access", closed)
    monkeypatch.setattr(grp, "getgrgid", lambda gid: SimpleNamespace(gr_name="daemon"))
    monkeypatch.setattr(Path, "open", refused)
    line = f"sudo -u daemon /usr/bin/triage --config {config} status"
    assert f"Run: {line}\n" in invoked(monkeypatch, "--config", str(config), "status").stderr
    monkeypatch.setenv("TRIAGE_CONFIG", str(config))
    assert f"Run: {line}\n" in invoked(monkeypatch, "status").stderr


def refused(*_: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize("there", [True, False])
def test_ones_own_state_is_ones_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    """No word of it, whether the folder is there yet or not."""
    if not there:
        (folder / "state").rmdir()
    done = invoked(monkeypatch, "--config", str(folder / "config.toml"), "status")
    assert (done.exit_code, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("us", "let_in", "refused"),
    [
        (None, True, False),  # the owner
        (None, False, False),
        (0, True, True),
        (4711, True, False),
        (4711, False, True),
    ],
)
def test_who_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, us: int | None, let_in: bool, refused: bool
) -> None:
    """The owner always; root never, when it is not its own; others where they are let in."""
    if os.geteuid() == 0:
        os.chown(tmp_path, NOBODY, NOBODY)
    owner = tmp_path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner if us is None else us)
    monkeypatch.setattr(os, "access", lambda path, mode: let_in or mode == os.F_OK)
    assert whose(tmp_path) == (owner if refused else None)


def test_what_is_hidden_is_the_hiders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a closed folder nothing can be seen: it is its owner's. Behind one that may be looked
    into there is nothing, and it is nobody's."""
    hidden = tmp_path / "closed" / "state"
    hidden.mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.F_OK and path != hidden)
    assert whose(hidden) == hidden.parent.stat().st_uid
    monkeypatch.setattr(os, "access", lambda path, mode: path != hidden)
    assert whose(hidden) is None


@pytest.mark.parametrize("command", [["status"], ["run"], ["service", "show"]], ids=" ".join)
@pytest.mark.parametrize(
    ("state", "config", "named"),
    [(None, 0, "root"), (NOBODY, 0, pwd.getpwuid(NOBODY).pw_name), (None, None, "")],
    ids=["no state yet", "service", "our own"],
)
def test_a_configuration_that_is_closed(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    state: int | None,
    config: int | None,
    named: str,
) -> None:
    """Named is the user of the state, who must be able to read it (in /etc/triage it is root's, for
    the service's user to read); else its owner; nobody when it is our own."""
    path = folder / "config.toml"
    opened = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(ownership, "whose", lambda at: config if at == path else state)
    done = invoked(monkeypatch, "--config", str(path), *command)
    assert done.exit_code == 2
    line = f"sudo -u {named} /usr/bin/triage --config {path} {' '.join(command)}"
    assert done.stderr == (
        f"Error: You may not read the configuration {path}. Run: {line}\n"
        if named
        else f"Error: The configuration {path} cannot be read: Permission denied.\n"
    )


def test_a_user_without_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sudo takes the number too."""
    monkeypatch.setattr(ownership, "whose", lambda path: 987654321)
    done = invoked(monkeypatch, "--config", str(folder / "config.toml"), "status")
    assert "Run: sudo -u '#987654321' /usr/bin/triage" in done.stderr


@pytest.mark.parametrize("name", ["state", "config.toml"])
def test_what_everybody_may_change_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The configuration names programs that are run, and the state holds letters that are laid."""
    path = folder / name
    path.chmod(path.stat().st_mode | 0o002)
    done = invoked(monkeypatch, "--config", str(folder / "config.toml"), "once")
    assert done.exit_code == 2
    assert f"{path} can be changed by everybody" in done.stderr
    assert done.stderr.endswith(f"Run: chmod o-w {path}\n")
    assert list((folder / "state").iterdir()) == []
