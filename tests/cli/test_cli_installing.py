"""`triage service install`, `status` and `uninstall`, of a user, with a systemctl that remembers
what it was told and runs the trial. The real one is asked in tests/systemd."""

import json
import os
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from configuration import Write

from triage.account import Account, PasswordFrom
from triage.cli import serviced
from triage.cli.group import triage
from triage.service import manager

SYSTEMCTL = f"""#!{sys.executable}
import pathlib, shlex, subprocess, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
with (here / "told").open("a") as file:
    print(*words, file=file)
words = words[2:]  # --user --no-ask-password
refusal = here / f"refuses-{{words[0]}}"
if refusal.exists():
    sys.exit(refusal.read_text())
if words[0] == "show":
    wanted = words[1].removeprefix("--property=").split(",")
    for line in (here / "properties").read_text().splitlines():
        if line.partition("=")[0] in wanted:
            print(line)
if words[0] == "start":
    unit = (here / "run/systemd/user" / words[1]).read_text().splitlines()
    said = dict(line.split("=", 1) for line in unit if "=" in line and line[0] != "#")
    output = said["StandardOutput"].removeprefix("file:")
    with open(output, "w") as file:
        subprocess.run(shlex.split(said["ExecStart"]), stdout=file)
"""
RUNNING = """\
ActiveState=active
SubState=running
ActiveEnterTimestamp=Sat 2024-11-23 22:13:20 UTC
UnitFileState=enabled
NRestarts=2
Result=success
ExecMainStatus=0
MemoryCurrent=187000000
StatusText=1 account, last cycle 1 s ago, 0 drafts today
NextElapseUSecRealtime=Sun 2024-11-24 03:46:40 UTC
"""
FAILED = """\
ActiveState=failed
ActiveEnterTimestamp=Sat 2024-11-23 22:13:20 UTC
UnitFileState=disabled
NRestarts=20
Result=exit-code
ExecMainStatus=77
MemoryCurrent=[not set]
"""


@dataclass
class Machine:
    """A machine whose systemctl is ours."""

    folder: Path

    @property
    def units(self) -> Path:
        return self.folder / ".config" / "systemd" / "user"

    def told(self) -> list[str]:
        """What systemctl was told, the latest last, but for questions."""
        lines = (self.folder / "told").read_text().splitlines()
        words = [line.removeprefix("--user --no-ask-password ") for line in lines]
        return [line for line in words if not line.startswith("show ")]

    def has(self, properties: str) -> None:
        (self.folder / "properties").write_text(properties)

    def refuses(self, word: str, why: str) -> None:
        (self.folder / f"refuses-{word}").write_text(why)


@pytest.fixture
def machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine(tmp_path_factory.mktemp("machine"))
    for name, text in (("systemctl", SYSTEMCTL), ("loginctl", "#!/bin/sh\nexit 0\n")):
        (found.folder / name).write_text(text)
        (found.folder / name).chmod(0o755)
    (found.folder / "run" / "systemd").mkdir(parents=True)
    (found.folder / "told").touch()
    found.has(RUNNING)
    monkeypatch.setenv("PATH", f"{found.folder}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(found.folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(found.folder / "run"))
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME", "STATE_DIRECTORY", "SUDO_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(manager, "_BOOTED", found.folder)
    monkeypatch.setattr(serviced, "program", lambda: (sys.executable, "-m", "triage"))
    return found


@pytest.fixture
def config(config_of: Write, imap_account: Account) -> Path:
    return config_of(imap_account)


def given(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(triage, ["--config", str(config), "service", *arguments])


def test_it_is_tried_and_then_installed(machine: Machine, config: Path) -> None:
    """systemd runs check as the service will be run; then the unit is there, and started."""
    done = given(config, "install")
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert re.search(r"^ok +\S+: login ", done.stdout, re.MULTILINE)
    assert f"written    {machine.units}/triage.service\nstarted    triage.service\n" in done.stdout
    text = (machine.units / "triage.service").read_text()
    assert f" --config {config} run\n" in text
    assert [*machine.units.iterdir()] == [machine.units / "triage.service"]
    assert machine.told() == [
        *("daemon-reload", "start triage-trial.service"),
        *("reset-failed triage-trial.service", "daemon-reload"),
        *("daemon-reload", "enable triage.service", "restart triage.service"),
    ]
    assert [*(machine.folder / "run").rglob("*trial*")] == []


def test_what_cannot_do_its_work_is_not_installed(
    machine: Machine, config_of: Write, imap_account: Account, tmp_path: Path
) -> None:
    """A password that is wrong is said before anything is installed."""
    wrong = tmp_path / "wrong"
    wrong.write_text("no such thing\n")
    wrong.chmod(0o600)
    config = config_of(replace(imap_account, password=PasswordFrom(file=wrong)))
    done = given(config, "install")
    assert done.exit_code == 1
    assert "\nfail     " in done.stdout
    assert "\nNothing was installed. Mend what failed, and give the command again.\n" in done.stdout
    assert not machine.units.exists()
    assert not [line for line in machine.told() if line.startswith(("enable", "restart"))]


def test_without_a_trial(machine: Machine, config_of: Write, imap_account: Account) -> None:
    """Where the server cannot be reached yet."""
    done = given(config_of(replace(imap_account, port=1)), "install", "--no-trial")
    assert (done.exit_code, done.stderr) == (0, "")
    assert machine.told() == ["daemon-reload", "enable triage.service", "restart triage.service"]


def test_a_trial_that_systemd_cannot_run(machine: Machine, config: Path) -> None:
    """It is said where the reason stands; nothing is left behind."""
    machine.refuses("start", "Job failed. See systemctl status.")
    machine.has("Result=exit-code\nExecMainStatus=243\n")
    done = given(config, "install")
    assert done.exit_code == 2
    assert "(exit-code, status 243)" in done.stderr
    assert "Run: journalctl --user -u triage-trial\n" in done.stderr
    assert not machine.units.exists()
    assert [*(machine.folder / "run").rglob("*trial*")] == []


def test_one_that_does_not_start(machine: Machine, config: Path) -> None:
    machine.refuses("restart", "Job for triage.service failed.")
    machine.has("Result=protocol\nExecMainStatus=70\n")
    done = given(config, "install", "--no-trial")
    assert done.exit_code == 1
    assert done.stderr == (
        "triage.service does not start (protocol, status 70). It says why in: journalctl --user -u"
        " triage\n"
    )


def test_what_systemd_refuses(machine: Machine, config: Path) -> None:
    """Its own first line is shown, with the command that failed."""
    machine.refuses("enable", "Failed to enable unit: Access denied\nmore")
    done = given(config, "install", "--no-trial")
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: systemctl --user enable triage.service failed: Failed to enable unit: Access"
        " denied.\n"
    )


def test_learning_by_night_stays(machine: Machine, config: Path) -> None:
    """Once asked for, a later install keeps it; only the timer is started."""
    assert given(config, "install", "--no-trial", "--learning").exit_code == 0
    names = {"triage.service", "triage-train.service", "triage-train.timer"}
    assert {path.name for path in machine.units.iterdir()} == names
    assert machine.told()[1:] == [
        *("enable triage.service triage-train.timer", "restart triage.service"),
        "restart triage-train.timer",
    ]
    (machine.units / "triage-train.service").write_text("# triage for you alone, of old\n")
    assert given(config, "install", "--no-trial").exit_code == 0
    assert " train --if-new\n" in (machine.units / "triage-train.service").read_text()


def test_what_others_have_made_is_left_alone(machine: Machine, config: Path) -> None:
    machine.units.mkdir(parents=True)
    unit = machine.units / "triage.service"
    unit.write_text("[Service]\nExecStart=/usr/bin/triage run\n")
    for command in ("install", "uninstall", "status"):
        done = given(config, command)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{unit} was not made by triage service" in done.stderr
    assert unit.read_text().startswith("[Service]")
    assert machine.told() == []


def test_the_service_of_another_configuration_stays(
    machine: Machine, config: Path, tmp_path: Path
) -> None:
    """Two of the same name lie in two folders: the second is refused."""
    assert given(config, "install", "--no-trial").exit_code == 0
    other = tmp_path / "other" / "config.toml"
    other.parent.mkdir()
    other.write_text(config.read_text())
    done = given(other, "install")
    assert done.exit_code == 2
    assert f"serves another configuration than {other}" in done.stderr
    assert f" --config {config} run" in (machine.units / "triage.service").read_text()


def test_uninstalled(machine: Machine, config: Path) -> None:
    """All its units go, configuration and state stay; a second time there is nothing to do."""
    given(config, "install", "--no-trial", "--learning")
    done = given(config, "uninstall")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"To begin again: triage --config {config} service install\n" in done.stdout
    assert [*machine.units.iterdir()] == []
    stop = "disable --now triage.service triage-train.service triage-train.timer"
    assert machine.told()[-2:] == [stop, "daemon-reload"]
    assert config.exists()
    done = given(config, "uninstall")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"Error: There is no triage.service in {machine.units}.\n"


def test_how_it_is(machine: Machine, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    given(config, "install", "--no-trial", "--learning")
    done = given(config, "status")
    assert (done.exit_code, done.stderr) == (0, "")
    first, *more = done.stdout.splitlines()
    assert first.startswith("triage.service: runs since 2024-11-2")
    assert more[:3] == [
        "  says        1 account, last cycle 1 s ago, 0 drafts today",
        "  restarted   2 times",
        "  memory      187 MB",
    ]
    assert more[3].startswith("  learns      2024-11-2")
    assert more[4:] == [f"  unit        {machine.units}/triage.service"]
    found = json.loads(given(config, "status", "--json").stdout)
    assert (found["runs"], found["restarts"], found["current"]) == (True, 2, True)


def test_one_that_has_failed(machine: Machine, config: Path) -> None:
    """Exit status 1, and how it ended."""
    given(config, "install", "--no-trial")
    machine.has(FAILED)
    done = given(config, "status")
    assert done.exit_code == 1
    first, *more = done.stdout.splitlines()
    assert first == "triage.service: failed (exit-code, status 77)"
    assert "  at boot     it is not started. To have it so: triage --config" in "\n".join(more)
    found = json.loads(given(config, "status", "--json").stdout)
    assert (found["runs"], found["memory"], found["since"]) == (False, None, None)


def test_one_that_is_not_installed(machine: Machine, config: Path) -> None:
    done = given(config, "status")
    assert done.exit_code == 1
    install = f"triage --config {config} service install"
    assert done.stdout == f"triage.service is not installed. To install it: {install}\n"
    assert json.loads(given(config, "status", "--json").stdout)["installed"] is False


def test_a_unit_of_yesterday(machine: Machine, config: Path) -> None:
    """A password that comes another way needs another unit: status says so."""
    given(config, "install", "--no-trial")
    lines = config.read_text().splitlines()
    lines = ['password_credential = "x"' if "password_file" in line else line for line in lines]
    config.write_text("\n".join(lines))
    done = given(config, "status")
    assert done.exit_code == 0
    assert done.stdout.endswith(f"To renew it: triage --config {config} service install\n")


def test_where_systemd_does_not_run(
    machine: Machine, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(machine.folder / "none"))
    done = given(config, "status")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "You have no service manager of your own here." in done.stderr
    monkeypatch.setattr(manager, "_BOOTED", machine.folder / "none")
    done = given(config, "install")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "This machine is not run by systemd." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "user", "words"),
    [
        (["--system"], 1000, "Run: sudo "),
        (["--user"], 0, "This would be root's own service."),
        (["--encrypt"], 1000, "Leave --encrypt out"),
        (["--allow", "192.0.2.7"], 1000, "Leave --allow out"),
    ],
)
def test_who_may_install(
    machine: Machine,
    config: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    user: int,
    words: str,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setenv("SUDO_USER", "anna")
    done = given(config, "install", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert machine.told() == []


def test_without_a_configuration(machine: Machine, tmp_path: Path) -> None:
    done = given(tmp_path / "none.toml", "install")
    assert done.exit_code == 2
    assert "triage init" in done.stderr


def test_without_linger(machine: Machine, config: Path) -> None:
    """Where it may not be switched on, the line that does is said."""
    (machine.folder / "loginctl").write_text("#!/bin/sh\nexit 1\n")
    done = given(config, "install", "--no-trial")
    assert done.exit_code == 0
    assert "sudo loginctl enable-linger " in done.stdout


def test_a_program_that_is_missing(
    machine: Machine, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.folder / "loginctl").unlink()
    monkeypatch.setenv("PATH", str(machine.folder))
    done = given(config, "install", "--no-trial")
    assert "The program loginctl cannot be run: No such file or directory." in done.stderr
