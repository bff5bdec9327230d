"""The program as its owner runs it: a configuration file, a process, and a socket for systemd."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from servers.dovecot import Dovecot

CONFIG = """
state = "{state}"

[shop]
name = "Saltmarsh Soaps"
owner = "Mira"

[classifier]
encoder = "words"

[accounts.shop]
address = "Mira <hello@shop.example>"
host = "localhost"
port = {port}
user = "{user}"
password_file = "{password_file}"
ca_file = "{ca_file}"
{more}
"""


def configure(folder: Path, dovecot: Dovecot, user: str, more: str = "") -> Path:
    """Writes the configuration of one account on a private Dovecot, over TLS."""
    path = folder / "config.toml"
    path.write_text(
        CONFIG.format(
            state=folder / "state",
            port=dovecot.tls_port,
            user=user,
            password_file=dovecot.password_file,
            ca_file=dovecot.ca_file,
            more=more,
        )
    )
    path.chmod(0o600)
    return path


def triage(config: Path, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "triage", "--config", str(config), *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


class Running:
    """`triage run` with a NOTIFY_SOCKET: ready when it says so, ended by a signal."""

    def __init__(self, config: Path, *, log: int | None = None, **environment: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        name = config.parent / "notify"
        name.unlink(missing_ok=True)
        self._socket.bind(str(name))
        self.heard: list[str] = []
        self.log = config.parent / "log"
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "triage", "--config", str(config), "run"],
                env={**os.environ, "NOTIFY_SOCKET": str(name), **environment},
                stdin=subprocess.DEVNULL,
                stdout=log or file,
                stderr=log or file,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self._socket.close()

    def catches(self, number: signal.Signals) -> bool:
        """Whether the process has a handler of its own for a signal."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
        return bool(int(caught.split()[1], 16) >> (number - 1) & 1)

    def cpu(self) -> float:
        """Seconds of processor time the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def hears(self, words: str, timeout: float = 30) -> str:
        """The next notice to systemd with those words. Fails when none comes in time."""
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                lines = self._socket.recv(4096).decode().split("\n")
            except TimeoutError:
                break
            self.heard += lines
            for line in lines:
                if words in line:
                    return line
        raise AssertionError(f"no {words}: {self.heard}\n{self.log.read_text()}")

    def ends(self, number: int, timeout: float = 10) -> tuple[int, float]:
        """Sends a signal; the exit status, and how many seconds the end took."""
        begin = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(timeout), time.monotonic() - begin


def until(condition: Callable[[], bool], what: str, timeout: float = 60) -> None:
    """Waits for something outside to become true; fails when it does not in time."""
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, f"not in time: {what}"
        time.sleep(0.05)
