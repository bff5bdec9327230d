"""`triage run` as a process: what it says, and how it ends."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from configuration import Write
from servers.dovecot import Owner
from test_cli_once import MAIL

from triage.account import Account

PATIENCE = 30.0


class Running:
    """A `triage run`, its log read as it comes."""

    def __init__(self, config: Path) -> None:
        environ = {"PATH": os.environ["PATH"], "HOME": str(config.parent)}
        command = [sys.executable, "-m", "triage", "--config", str(config), "run"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environ)
        self.lines: list[str] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stderr or ():
            with self._more:
                self.lines.append(line.rstrip("\n"))
                self._more.notify_all()

    def says(self, words: str) -> str:
        """The first line with these words, once it has come."""

        def found() -> str | None:
            return next((line for line in self.lines if words in line), None)

        with self._more:
            line = self._more.wait_for(found, PATIENCE)
        assert line, f"{words!r} is not in {self.lines}"
        return line

    def end(self) -> int:
        """The exit status after SIGTERM, within the five seconds that are promised."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(5.0)
        self._reader.join()
        return status

    def remove(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def running(imap_account: Account, config_of: Write) -> Iterator[Running]:
    started = Running(config_of(imap_account))
    yield started
    started.remove()


def test_a_daemon_says_what_it_does(running: Running, owner: Owner, imap_account: Account) -> None:
    """From its start to its end, a line each; a mail that comes meanwhile is told by its UID."""
    running.says("watching 1 account")
    running.says(f"{imap_account.name}: connected to localhost")
    owner.deliver("INBOX", MAIL)
    running.says(f"{imap_account.name}: INBOX 1 ")
    running.says("letter laid at Drafts 1")
    assert running.end() == 0
    assert running.lines[-1] == "stopped"
    assert "lamp" not in "".join(running.lines)


def test_a_second_one_is_told_who_runs(running: Running, tmp_path: Path) -> None:
    """The process, and what to do; exit status 75: a service tries again."""
    running.says("watching")
    second = Running(tmp_path / "config.toml")
    try:
        assert second.process.wait(PATIENCE) == 75
        assert f"(process {running.process.pid})" in second.says("Error: Another triage")
    finally:
        second.remove()
    assert running.end() == 0


def test_a_faulty_file_is_not_taken_at_a_reload(running: Running, tmp_path: Path) -> None:
    """SIGHUP: one line with every fault, and the old configuration stays in force."""
    running.says("connected")
    file = tmp_path / "config.toml"
    good = file.read_text()
    file.write_text("stat = 1\n" + good)
    running.process.send_signal(signal.SIGHUP)
    line = running.says("the old configuration stays in force")
    assert "stat: there is no such key. Did you mean state?" in line
    file.write_text(good)
    running.process.send_signal(signal.SIGHUP)
    running.says("configuration read again")
    assert running.end() == 0
