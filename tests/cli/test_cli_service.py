"""`triage service show`: which configuration it is made for, and when no unit is made."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import serviced
from triage.cli.group import triage
from triage.cli.program import program
from triage.cli.serviced import closed

CONFIG = """
[accounts.shop]
address = "hello@shop.example"
host = "imap.shop.example"
password_credential = "shop-password"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and a program that everybody may start, wherever the tests lie."""
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(serviced, "closed", lambda files: None)
    return tmp_path


def printed(*arguments: str) -> Result:
    return CliRunner().invoke(triage, arguments)


def written(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, CONFIG]))
    return path


def test_nothing_but_the_unit_is_printed(home: Path) -> None:
    """What is on standard output is the file to install, and it reads the file found now."""
    path = written(home / ".config" / "triage" / "config.toml")
    done = printed("service", "show")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("# triage.service\n# triage for you alone")
    assert done.stdout.endswith("\nWantedBy=default.target\n\n")
    assert f" --config {path} run\n" in done.stdout
    assert f"LoadCredential=shop-password:{path.parent}/shop-password\n" in done.stdout
    assert printed("service", "show", "--user").stdout == done.stdout


def test_what_learns_by_night(home: Path) -> None:
    """Its units stand below the other, each with the name of its file."""
    path = written(home / ".config" / "triage" / "config.toml")
    done = printed("service", "show", "--learning")
    for name in ("triage.service", "triage-train.service", "triage-train.timer"):
        assert f"# {name}\n" in done.stdout
    assert f" --config {path} train --if-new\n" in done.stdout
    assert done.stdout.endswith("\nWantedBy=timers.target\n\n")


def test_a_second_configuration_beside_the_first(home: Path) -> None:
    """It is a service of its own name, with a state of its own."""
    path = written(home / ".config" / "triage" / "market.toml")
    done = printed("--config", str(path), "service", "show", "--learning")
    assert done.stdout.startswith("# triage@market.service\n")
    assert "\n# triage-train@market.timer\n" in done.stdout


def test_before_there_is_a_configuration(home: Path) -> None:
    """The unit names the place where it will be looked for."""
    assert f" --config {home}/.config/triage/config.toml run\n" in printed("service", "show").stdout


def test_the_configuration_that_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the command line, or by an environment that the service does not have."""
    path = written(home / "config.toml")
    monkeypatch.chdir(home)
    for done in (
        printed("--config", "config.toml", "service", "show"),
        CliRunner().invoke(triage, ["service", "show"], env={"TRIAGE_CONFIG": "config.toml"}),
    ):
        assert f" --config {path} run\n" in done.stdout, done.stderr


def test_the_machines_own(home: Path) -> None:
    """It reads what is named, else /etc/triage/config.toml, never the one of who asks."""
    path = written(home / "config.toml", 'state = "/srv/triage"')
    done = printed("--config", str(path), "service", "show", "--system", "--allow", "192.0.2.9/24")
    assert done.exit_code == 0, done.stderr
    assert f" --config {path} run\n" in done.stdout
    assert "ReadWritePaths=-/srv/triage\n" in done.stdout
    assert "IPAddressAllow=localhost 192.0.2.0/24\n" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--allow", "192.0.2.7"], "Leave --allow out"),
        (["--system", "--allow", "imap.shop.example"], "imap.shop.example is no IP address"),
        (["--system", "--allow", "192.0.2.7/40"], "is no IP address"),
        (["--system", "--allow", ""], "is no IP address"),
    ],
)
def test_addresses_that_cannot_be_filtered(arguments: list[str], words: str) -> None:
    """One sentence, exit status 2, and nothing on standard output."""
    done = printed("service", "show", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_configuration_that_cannot_be_used(home: Path) -> None:
    """No unit is made from it."""
    path = written(home / "config.toml", "nonsense = 1")
    done = printed("--config", str(path), "service", "show")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nonsense: there is no such key" in done.stderr


@pytest.mark.parametrize(
    ("form", "environ"),
    [("--system", {}), ("--user", {"XDG_STATE_HOME": "/elsewhere"})],
)
def test_two_states_are_refused(home: Path, form: str, environ: dict[str, str]) -> None:
    """Service and commands by hand must find the same state: where it hangs on the environment
    it is to be written down."""
    path = written(home / "config.toml")
    arguments = ["--config", str(path), "service", "show", form]
    done = CliRunner().invoke(triage, arguments, env=environ)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"Set state in {path}." in done.stderr
    written(path, 'state = "/srv/triage"')
    assert CliRunner().invoke(triage, arguments, env=environ).exit_code == 0


@pytest.mark.parametrize("there", [["hosts"], ["lock/"], ["words.npz", "hosts"]])
def test_a_folder_of_others_is_not_taken(home: Path, there: list[str]) -> None:
    """Its owner and mode would be changed, and the service could write there: it is refused."""
    state = home / "etc"
    state.mkdir()
    for name in there:
        (state / name).mkdir() if name.endswith("/") else (state / name).touch()
    path = written(home / "config.toml", f'state = "{state}"')
    done = printed("--config", str(path), "service", "show", "--system")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: The service's state folder would be {state}, ")
    assert printed("--config", str(path), "service", "show", "--user").exit_code == 0


@pytest.mark.parametrize("state", ["/", "/etc", "/dev/null", "/usr/bin"])
def test_a_folder_of_the_system_is_not_taken(home: Path, state: str) -> None:
    """Nor what is no folder."""
    path = written(home / "config.toml", f'state = "{state}"')
    assert printed("--config", str(path), "service", "show", "--system").exit_code == 2


@pytest.mark.parametrize("there", [None, [], ["lock"], ["ledger.sqlite3", "lock", "words.npz"]])
def test_a_folder_of_its_own_is_taken(home: Path, there: list[str] | None) -> None:
    """Not there yet, empty, or with what triage has left there."""
    state = home / "state"
    if there is not None:
        state.mkdir()
        for name in there:
            (state / name).touch()
    path = written(home / "config.toml", f'state = "{state}"')
    done = printed("--config", str(path), "service", "show", "--system")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"\nReadWritePaths=-{state}\n" in done.stdout


def test_a_program_nobody_else_may_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's user is not its owner: it is said how to install it for all."""
    monkeypatch.setattr(serviced, "closed", lambda files: Path("/home/anna"))
    done = printed("service", "show", "--system")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "may not enter /home/anna" in done.stderr
    assert printed("service", "show", "--user").exit_code == 0


def test_which_folder_is_closed(tmp_path: Path) -> None:
    """One on the way to a file, and on the way to what a link leads to."""
    shut, link = tmp_path / "shut", tmp_path / "open" / "link"
    for folder in (shut, link.parent):
        folder.mkdir()
    link.symlink_to(shut / "triage")
    above = closed([str(shut)])  # who runs the tests may have closed the folder they are in
    for mode, found in ((0o755, None), (0o750, shut), (0o711, None)):
        shut.chmod(mode)
        assert closed([str(shut / "triage")]) == (found or above)
        assert closed(["/usr/bin/env", str(link)]) == (above or found)


@pytest.mark.parametrize("name", ["triage", "./triage", "bin/../triage"])
def test_the_program_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """By an absolute path without turns, and by the link it was called by."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "triage").symlink_to("/usr/bin/env")
    monkeypatch.setattr(sys, "argv", [name, "service"])
    assert program() == (f"{tmp_path}/triage",)
    monkeypatch.setattr(sys, "argv", ["/x/triage/__main__.py", "service"])
    assert program() == (sys.executable, "-m", "triage")
