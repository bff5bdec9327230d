"""The command itself: help, exit status, and the ways a program can be treated badly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from triage import __version__
from triage.cli import group
from triage.cli.ending import exit_status, gravest
from triage.cli.group import COMMANDS, triage
from triage.errors import (
    AccountError,
    MailboxError,
    MessageError,
    StateError,
    TriageError,
    UserError,
)

TRIAGE = [sys.executable, "-m", "triage"]
HEAVY = ["sklearn", "numpy", "imapclient", "jinja2", "mailparser", "lxml", "sqlite3", "tomllib"]
HEAVY += ["email", "socket", "ssl", "triage.config", "triage.mailbox", "triage.ledger"]


def run(*arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """A real process, without any configuration of whoever runs the tests."""
    environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    given = {"capture_output": True, "env": environ, "timeout": 60, "text": True} | options
    return subprocess.run([*TRIAGE, *arguments], check=False, **given)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Puts a command `run` in place that raises."""

    def install(error: BaseException) -> None:
        @click.command
        def command() -> None:
            raise error

        monkeypatch.setattr(group.importlib, "import_module", lambda _: _Module(command))

    return install


class _Module:
    def __init__(self, command: click.Command) -> None:
        self.command = command


def test_help_imports_nothing_heavy() -> None:
    """`triage --help` answers at once: no library but click, no room below."""
    code = (
        "import sys\n"
        "from triage.cli import main\n"
        "sys.argv = ['triage', '--help']\n"
        "try:\n    main()\n"
        "finally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: triage")
    assert set(done.stderr.split()) & set(HEAVY) == set()


@pytest.mark.parametrize("name", ["status", "log"])
def test_what_is_remembered_is_told_at_once(name: str) -> None:
    """A monitor's question loads neither letters nor model nor mailbox."""
    code = f"import sys\nimport triage.cli.{name}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"jinja2", "numpy", "sklearn", "imapclient"} == set()


def test_version() -> None:
    """The version, as the last word."""
    done = run("--version")
    assert (done.returncode, done.stdout.split()) == (0, ["triage", __version__])


def test_help_lists_every_command() -> None:
    """Each with the first line of its own help."""
    done = CliRunner().invoke(triage, ["--help"])
    for name, words in COMMANDS.items():
        assert f"{name} " in done.output
        command = triage.get_command(click.Context(triage), name)
        assert command is not None
        assert (command.help or "").splitlines()[0] == words


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(name: str) -> None:
    """What it does, its exit status, and how it is called."""
    done = CliRunner().invoke(triage, [name, "--help"])
    assert done.exit_code == 0
    head, _, examples = done.output.partition("Examples:\n")
    assert "Exit status:" in head
    assert f"  triage {name}" in examples


def test_a_misspelt_command_brings_the_right_one() -> None:
    """Did you mean … ?"""
    done = CliRunner().invoke(triage, ["stauts"])
    assert done.exit_code == 2
    assert "Did you mean 'status'?" in done.output
    assert CliRunner().invoke(triage, ["zzzzzz"]).exit_code == 2


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UserError("config-unreadable", path="/x", why="it is a riddle"), 2),
        (MessageError("empty"), 65),
        (MailboxError("host-unknown", host="h"), 75),
        (StateError("state-disk-full", path="/x"), 75),
        (AccountError("starttls-missing", host="h"), 77),
        (ZeroDivisionError("a customer's words"), 70),
        (RecursionError(), 70),
        (MemoryError(), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_how_each_error_ends_the_program(
    broken: Callable[[BaseException], None], error: BaseException, status: int
) -> None:
    """An exit status of its own, one sentence, no traceback, nothing of a stranger's text."""
    broken(error)
    done = CliRunner().invoke(triage, ["run"])
    assert done.exit_code == status
    assert "Traceback" not in done.output
    assert "customer" not in done.output
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == (0 if status == 130 else 1)
    if isinstance(error, TriageError):
        assert exit_status(error) == status


ACCOUNT = AccountError("starttls-missing", host="h")
OPERATOR = UserError("password-file-unreadable", path="/x", reason="gone")
OWN = MailboxError("program-error", error="ValueError")
LATER = MailboxError("host-unknown", host="h")


@pytest.mark.parametrize(
    ("errors", "status"),
    [
        ([], 0),
        ([LATER], 75),
        ([StateError("state-disk-full", path="/x"), OWN], 70),
        ([LATER, OPERATOR, OWN], 2),
        ([LATER, OPERATOR, ACCOUNT, OWN], 77),
    ],
)
def test_how_several_errors_end_the_program(errors: list[TriageError], status: int) -> None:
    """By the gravest: what waits for somebody before what may pass by itself."""
    assert gravest(errors) == status


def test_debug_shows_where(broken: Callable[[BaseException], None]) -> None:
    """The traceback, and after it the sentence all the same."""
    broken(ZeroDivisionError("\x1b[2Jx"))
    done = CliRunner().invoke(triage, ["--debug", "run"])
    assert done.exit_code == 70
    assert "Traceback" in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: triage met an error of its own")


def test_ten_faults_end_with_a_line_each(tmp_path: Path) -> None:
    """All of a file's faults in one go, on standard error, and exit status 2."""
    file = tmp_path / "config.toml"
    file.write_text(
        'stat = 1\nshop = 2\n[classifier]\nflag = 3\nunsure = "x"\n[accounts.a]\n'
        'hots = "h"\nport = 0\nuser = ""\npassword = "hunter2"\nmailboxes = [1]\n'
    )
    done = run("--config", str(file), "status")
    head, *lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert head == f"Error: {file} cannot be used:"
    assert len(lines) >= 10
    assert "  accounts.a.hots: there is no such key. Did you mean host?" in lines
    assert "hunter2" not in done.stderr


def test_no_configuration_is_said_with_where_it_was_looked_for() -> None:
    """What to do, and the places."""
    done = run("status")
    assert done.returncode == 2
    assert "/nonexistent/.config/triage/config.toml" in done.stderr
    assert "triage init" in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["explain", "/nonexistent.eml"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    """`triage … | head -1` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    done = run(*arguments, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode in (1, 141)


def test_output_that_cannot_be_written_is_said() -> None:
    """A full disk behind standard output: one sentence, and not an exit status of success."""
    with Path("/dev/full").open("w") as full:
        done = run("explain", "/nonexistent.eml", stdout=full, capture_output=False, stderr=-1)
    assert done.returncode == 2
    assert done.stderr == "Error: The output cannot be written: No space left on device.\n"


def test_closed_streams_are_no_error() -> None:
    """Started by something that closed all three."""
    command = " ".join(TRIAGE)
    done = subprocess.run(["sh", "-c", f"{command} --help <&- >&- 2>&-"], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_an_old_terminal_is_no_error(encoding: str) -> None:
    """What an encoding lacks is written in another way; no letter ends a command."""
    environ = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": encoding, "HOME": "/nonexistent"}
    done = run("explain", "/苦-ö.eml", env=environ, text=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"/")
    if encoding == "latin-1":
        assert done.stdout.startswith(b"/\\u82e6-\xf6.eml\n")


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    """130, as a shell expects it, and no traceback: here in the middle of a read."""
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from triage.cli import main; main()"
    )
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, "explain", str(fifo)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
    )
    with process:
        writer = _writer(fifo, process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    os.close(writer)
    assert (process.returncode, out, err) == (130, b"", b"")


def _writer(fifo: Path, process: "subprocess.Popen[bytes]") -> int:
    """The writing end of a pipe, once the program has begun to read it."""
    while process.poll() is None:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    raise AssertionError(process.communicate())
