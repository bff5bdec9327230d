"""The systemd unit: what is in it for whom, that systemd reads it back as it was meant, and that
systemd's own tools find nothing wrong with it."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from triage.account import Account, PasswordFrom, Security
from triage.config import Config
from triage.errors import UserError
from triage.message import Address
from triage.order import Command, Export
from triage.service.nightly import learning, timer
from triage.service.unit import Service, trial, unit

PROGRAM = ("/usr/local/bin/triage",)
CONFIG = Path("/etc/triage/config.toml")
STATE = Path("/var/lib/triage")
FORMS = pytest.mark.parametrize("system", [True, False], ids=["system", "user"])

# systemd.exec(5), what a user's manager cannot do by itself: mounts, rights, other users.
PRIVILEGED = ("Private", "Protect", "ProcSubset", "ReadWrite", "Capability", "Device", "IPAddress")
PRIVILEGED += ("User", "Group", "StateDirectory", "RemoveIPC", "KeyringMode")


def account(password: PasswordFrom, ca_file: Path | None = None) -> Account:
    address = (Address("", "a@shop.example"),)
    return Account("shop", address, "h", 993, Security.TLS, "a", password, ca_file)


def made(system: bool, *passwords: PasswordFrom, state: Path = STATE, **more: object) -> Service:
    accounts = tuple(map(account, passwords))
    config = Config(CONFIG, state, accounts, **more)  # type: ignore[arg-type]
    return Service(PROGRAM, CONFIG, config, system)


def settings(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a unit that are read, as (SECTION.KEY, value)."""
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            yield f"{section}.{key}", value


def setting(service: Service, key: str) -> list[str]:
    """All values of a key in the section Service, in their order."""
    return [value for name, value in settings(unit(service)) if name == f"Service.{key}"]


@FORMS
def test_how_it_lives(system: bool) -> None:
    """Readiness, watchdog, reload and stop are systemd's to see; a mistake of the operator's is not
    tried again, all else is."""
    found = dict(settings(unit(made(system))))
    assert found["Service.Type"] == "notify"
    assert found["Service.NotifyAccess"] == "main"
    assert found["Service.ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert found["Service.Restart"] == "on-failure"
    assert found["Service.RestartPreventExitStatus"] == "2"
    assert found["Service.WatchdogSec"] == "5min"
    assert found["Service.TimeoutStopSec"] == "10s"
    assert found["Service.MemoryMax"] == "3G"
    assert found["Install.WantedBy"] == ("multi-user.target" if system else "default.target")
    assert ("Unit.After" in found) == system


@FORMS
def test_it_sees_its_processor(system: bool) -> None:
    """The sentence encoder asks /proc/cpuinfo what it may use."""
    assert not setting(made(system), "ProcSubset")


def test_whose_it_is() -> None:
    """The machine's runs as one user that stays, and its state in the folder commands look in."""
    found = dict(settings(unit(made(True))))
    assert (found["Service.User"], found["Service.Group"]) == ("triage", "triage")
    assert (found["Service.StateDirectory"], found["Service.StateDirectoryMode"]) == (
        "triage",
        "0700",
    )
    assert "Service.DynamicUser" not in found


def test_a_user_has_nothing_that_needs_rights() -> None:
    """What a user's manager passes over, or fails at, is not in the user form."""
    keys = {key.partition(".")[2] for key, _ in settings(unit(made(False)))}
    assert {key for key in keys if key.startswith(PRIVILEGED)} == set()
    assert {"NoNewPrivileges", "SystemCallFilter", "MemoryDenyWriteExecute"} <= keys


@pytest.mark.parametrize(
    ("program", "path"),
    [
        ("/usr/bin/triage", "/etc/triage/config.toml"),
        ("/home/anna/my programs/triage", "/home/anna/my shop/config.toml"),
        ("/opt/100%/triage", "/etc/50%n/config.toml"),
        ("/opt/$HOME/triage", "/etc/${HOME}$/config.toml"),
        ("/opt/;#/triage", "/etc/;/config.toml"),
        ("/opt/é/triage", '/etc/"quoted"/config.toml'),
        ("/opt/triage", "/etc/it's/config.toml"),
        ("/opt/triage", "/etc/back\\slash\\x41/config.toml"),
    ],
)
def test_the_command_line_is_read_back_as_it_was(program: str, path: str) -> None:
    """By the rules of systemd.service(5): words in quotes, no specifier, no variable."""
    service = Service((program, "-m"), Path(path), Config(None, STATE), True)
    (line,) = setting(service, "ExecStart")
    first, *rest = [word.replace("%%", "%") for word in shlex.split(line)]
    assert (first, rest[0]) == (program, "-m")
    assert [word.replace("$$", "$") for word in rest[1:]] == ["--config", path, "run"]
    lone = line.replace("%%", "").replace("$$", "").replace(program.replace("%", "%%"), "")
    assert "%" not in lone
    assert "$" not in lone


@pytest.mark.parametrize(
    ("program", "path"),
    [
        ("/opt/it's/triage", "/c.toml"),
        ('/opt/"/triage', "/c.toml"),
        ("/opt/back\\slash/triage", "/c.toml"),
        ("/opt/a\nExecStart=/bin/evil/triage", "/c.toml"),
        ("/opt/triage", "/a\nUser=root\n.toml"),
        ("/opt/triage", "/\udcff.toml"),
    ],
)
@FORMS
def test_what_systemd_cannot_be_told_is_refused(program: str, path: str, system: bool) -> None:
    """No line of a unit is made by a path, and none that systemd would not start."""
    with pytest.raises(UserError) as caught:
        unit(Service((program,), Path(path), Config(None, STATE), system))
    assert caught.value.kind == "path-unfit"


@FORMS
def test_credentials(system: bool) -> None:
    """Each account's by its name, from a file beside the configuration; each once."""
    passwords = [PasswordFrom(credential=name) for name in ("two", "one", "two")]
    service = made(system, *passwords)
    assert setting(service, "LoadCredential") == ["one:/etc/triage/one", "two:/etc/triage/two"]
    assert ("systemd-run" in unit(service)) == system


@FORMS
def test_without_credentials_it_is_said_how(system: bool) -> None:
    """A comment, and no setting."""
    service = made(system, PasswordFrom(file=Path("/etc/triage/password")))
    assert setting(service, "LoadCredential") == []
    assert "#LoadCredential=shop-password:/etc/triage/shop-password" in unit(service)
    assert "command of a password" not in unit(service)


def test_a_folder_with_a_specifier() -> None:
    """The rest of a line is taken as it is, but for the percent sign."""
    config = Config(None, STATE, (account(PasswordFrom(credential="one")),))
    service = Service(PROGRAM, Path("/srv/a 50%n/c.toml"), config, False)
    assert setting(service, "LoadCredential") == ["one:/srv/a 50%%n/one"]


@FORMS
def test_passwords_in_variables_and_from_commands(system: bool) -> None:
    """A variable comes from a file; of a command it is said what it cannot do."""
    service = made(system, PasswordFrom(env="MINE"), PasswordFrom(command=("pass", "show", "x")))
    assert setting(service, "EnvironmentFile") == ["/etc/triage/environment"]
    assert "NAME=password for each of MINE" in unit(service)
    asked = made(system, orders=Command(("/usr/local/bin/orders",)))
    for each in (service, asked):
        assert f'"systemctl {"" if system else "--user "}edit triage"' in unit(each)
    assert "edit triage" not in unit(made(system))


@pytest.mark.parametrize(
    ("service", "homes", "temporary", "writable"),
    [
        (made(True), "yes", "yes", []),
        (made(True, state=STATE / "deep"), "yes", "yes", []),
        (made(True, state=Path("/srv/a b")), "yes", "yes", ['"-/srv/a b"']),
        (made(True, state=Path("/home/anna/s")), "read-only", "yes", ["-/home/anna/s"]),
        (made(True, templates=Path("/home/anna/letters")), "read-only", "yes", []),
        (made(True, templates=Path("/homes/letters")), "yes", "yes", []),
        (made(True, model=Path("/run/user/0/m.npz")), "read-only", "yes", []),
        (made(True, model=Path("/var/tmp/m.npz")), "yes", "no", []),
        (made(True, PasswordFrom(file=Path("/home/anna/password"))), "read-only", "yes", []),
        (made(True, orders=Export(Path("/home/anna/orders.csv"))), "read-only", "yes", []),
        (made(True, orders=Command(("/home/anna/bin/orders",))), "read-only", "yes", []),
        (made(True, PasswordFrom(command=("cat", "/home/p"))), "read-only", "yes", []),
        (made(True, PasswordFrom(command=("cat", "home/p"))), "yes", "yes", []),
    ],
)
def test_what_the_configuration_names_stays_in_reach(
    service: Service, homes: str, temporary: str, writable: list[str]
) -> None:
    """The confinement opens where a file of the configuration would be hidden by it, no further."""
    assert setting(service, "ProtectHome") == [homes]
    assert setting(service, "PrivateTmp") == [temporary]
    assert setting(service, "ReadWritePaths") == writable
    assert setting(service, "ProtectSystem") == ["strict"]


def test_certificates_stay_in_reach_too() -> None:
    """An account's ca_file."""
    mine = account(PasswordFrom(env="MINE"), ca_file=Path("/home/anna/ca.pem"))
    service = Service(PROGRAM, CONFIG, Config(CONFIG, STATE, (mine,)), True)
    assert setting(service, "ProtectHome") == ["read-only"]


def test_addresses() -> None:
    """Only where some are given; this machine is always among them, for its name resolver."""
    allow = (ip_network("192.0.2.7"), ip_network("2001:db8::/32"))
    service = Service(PROGRAM, CONFIG, Config(CONFIG, STATE), True, allow)
    assert setting(service, "IPAddressDeny") == ["any"]
    assert setting(service, "IPAddressAllow") == ["localhost 192.0.2.7/32 2001:db8::/32"]
    assert setting(made(True), "IPAddressDeny") == []


@FORMS
def test_whose_it_is_stands_at_the_top(system: bool) -> None:
    """Before the first section; every line of it a comment."""
    head = unit(made(system)).partition("\n[Unit]")[0].strip().splitlines()
    assert all(line.startswith("#") for line in head)
    words = "\n".join(head)
    form = " --system" if system else ""
    assert f"Made by: {PROGRAM[0]} --config {CONFIG} service install{form}\n" in words
    assert ("journalctl -u triage" if system else "journalctl --user -u triage") in words
    assert (f"sudo -u triage {PROGRAM[0]}" in words) is system


def of_shop(path: str, state: str) -> Service:
    return Service(PROGRAM, Path(path), Config(Path(path), Path(state)), True)


def test_several_services() -> None:
    """Each configuration is a service of its own name, with a state folder of its own."""
    service = of_shop("/etc/triage/market.toml", "/var/lib/triage-market")
    assert (service.name, made(True).name) == ("triage@market", "triage")
    assert setting(service, "StateDirectory") == ["triage-market"]
    assert setting(service, "ReadWritePaths") == []
    assert "journalctl -u triage@market" in unit(service)


@pytest.mark.parametrize("name", ["a b", "ä", "%i", "a@b", "", "-a"])
def test_a_name_that_systemd_does_not_take(name: str) -> None:
    """It is refused, and no line of a unit is made by it."""
    with pytest.raises(UserError) as caught:
        unit(of_shop(f"/etc/triage/{name}.toml", "/var/lib/triage-x"))
    assert caught.value.kind == "name-unfit"


def test_encrypted_credentials() -> None:
    """Each by the setting for its kind, by hand too."""
    plain = made(True, PasswordFrom(credential="one"), PasswordFrom(credential="two"))
    service = replace(plain, encrypted=frozenset({"two"}))
    assert setting(service, "LoadCredential") == ["one:/etc/triage/one"]
    assert setting(service, "LoadCredentialEncrypted") == ["two:/etc/triage/two.cred"]
    assert " -pLoadCredentialEncrypted=two:/etc/triage/two.cred " in unit(service)


@FORMS
def test_the_trial_is_confined_as_the_service(system: bool) -> None:
    """Nothing that keeps the service from a file, a program or an address is missing in it."""
    service = made(system, PasswordFrom(credential="one"), PasswordFrom(env="MINE"))
    allow = (ip_network("192.0.2.7"),) if system else ()
    service = replace(service, allow=allow)
    of_trial = set(settings(trial(service, Path("/run/50%/found"))))
    only = {name.partition(".")[2] for name, _ in set(settings(unit(service))) - of_trial}
    life = {"Type", "NotifyAccess", "ExecStart", "ExecReload", "Restart", "RestartSec"}
    life |= {"RestartPreventExitStatus", "TimeoutStartSec", "TimeoutStopSec", "WatchdogSec"}
    life |= {"MemoryMax", "TasksMax"}
    assert {name for name in only if name not in life} <= {
        *("Description", "Wants", "After", "StartLimitIntervalSec", "StartLimitBurst", "WantedBy")
    }
    assert ("Service.StandardOutput", "file:/run/50%%/found") in of_trial


@FORMS
def test_systemd_reads_it(system: bool, tmp_path: Path) -> None:
    """`systemd-analyze verify` finds nothing to say, whatever is in it."""
    passwords = [PasswordFrom(credential="one"), PasswordFrom(command=("pass",))]
    config = Config(CONFIG, Path("/srv/a b"), tuple(map(account, passwords)))
    allow = (ip_network("192.0.2.0/24"),) if system else ()
    path = Path("/etc/50%n $it's/config.toml")
    file = written(Service((sys.executable, "-m", "triage"), path, config, system, allow), tmp_path)
    done = analyze("verify", "--man=no", str(file), system=system)
    assert (done.returncode, done.stderr) == (0, "")


@FORMS
def test_learning_by_night(system: bool, tmp_path: Path) -> None:
    """What the timer starts is read by systemd, reaches nobody, and has no password; nobody waits
    for it."""
    config = Config(CONFIG, Path("/srv/a b"), (account(PasswordFrom(credential="one")),))
    path = Path("/etc/50%n $it's/config.toml")
    service = Service((sys.executable, "-m", "triage"), path, config, system)
    for name, text in (("service", learning(service)), ("timer", timer())):
        (tmp_path / f"triage-train.{name}").write_text(text + "\n")
    for name in ("service", "timer"):
        file = tmp_path / f"triage-train.{name}"
        done = analyze("verify", "--man=no", str(file), system=system)
        assert (done.returncode, done.stderr) == (0, "")
    said = dict(settings(learning(service)))
    assert said["Service.ExecStart"].endswith(" train --if-new")
    assert (said["Service.Type"], said["Service.Nice"]) == ("oneshot", "19")
    assert "Service.LoadCredential" not in said
    assert ("Service.PrivateNetwork" in said) is system
    assert ("Service.User" in said) is system
    assert not any(
        key.removeprefix("Service.").startswith(PRIVILEGED) for key in said if not system
    )


def test_systemd_finds_the_machines_well_confined(tmp_path: Path) -> None:
    """`systemd-analyze security` gives it 2.0 or less, of 10."""
    file = written(made(True), tmp_path)
    done = analyze("security", "--offline=true", "--threshold=20", "--no-pager", str(file))
    assert done.returncode == 0, done.stdout
    assert "Overall exposure" in done.stdout


def written(service: Service, folder: Path) -> Path:
    file = folder / "triage.service"
    file.write_text(unit(service) + "\n")
    return file


def analyze(*arguments: str, system: bool = True) -> "subprocess.CompletedProcess[str]":
    """systemd's own word. It only reads; where it is missing, the last lines say so loudly."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze here")
    manager = "--system" if system else "--user"
    with TemporaryDirectory() as runtime:
        environ = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": runtime, "LANG": "C.UTF-8"}
        return subprocess.run(
            [program, manager, *arguments], check=False, capture_output=True, text=True, env=environ
        )
