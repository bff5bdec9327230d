"""What Cyrus and Courier share, which cannot be installed beside Dovecot: each is run from a tree
that `.ci/unpack` has made.

Such a server runs in a folder of its own on loopback, plain and with TLS, as root or as an ordinary
user. Every user name exists, with the password "secret".
"""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from servers.certificates import Authority
from servers.dovecot import PASSWORD, Owner, free_port
from servers.ways import Ways
from triage.account import Account, PasswordFrom, Security
from triage.message import Address

PATIENCE = 20.0  # seconds for a server to answer, and to end


class NoServerError(Exception):
    """The server is not there, or cannot be run."""


class Instance:
    """One server. `start` waits until it answers; its processes are one session, killed whole."""

    name = ""
    root = ""  # the variable that names the unpacked tree
    programs: tuple[str, ...] = ()  # of the tree
    ways = Ways()
    renumbers: tuple[str, ...] = ()  # what `renumber` can do it with

    def __init__(self) -> None:
        tree = os.environ.get(self.root)
        if not tree:
            raise NoServerError(f"no ${self.root}: where is {self.name} unpacked?")
        self.tree = Path(tree).absolute()
        for program in self.programs:
            if not (self.tree / program).exists():
                raise NoServerError(f"no {program} in {self.tree}")
        self.base = Path(tempfile.mkdtemp(prefix=f"triage-{self.name}-"))
        self.base.chmod(0o755)  # as root, the server is nobody
        self.authority = Authority(self.base / "certificates")
        self.ca_file = self.authority.ca_file
        self.port, self.tls_port = free_port(), free_port()
        self.password_file = self.base / "password"
        self.password_file.touch(0o600)
        self.password_file.write_text(PASSWORD + "\n")
        self._processes: list[subprocess.Popen[bytes]] = []
        self._users: set[str] = set()
        self.program = self._copied()

    def start(self) -> Self:
        for command in self.commands():
            self._processes.append(self._begun(command))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and all(p.poll() is None for p in self._processes):
            if self._answers():
                return self
            time.sleep(0.01)
        self.kill()
        raise NoServerError(f"{self.name} does not start:\n{self.log()}")

    def stop(self) -> None:
        """As an administrator stops it."""
        self._signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while self._running() and time.monotonic() < end:
            time.sleep(0.01)
        self.kill()

    def kill(self) -> None:
        """As a power cut stops it: the kernel resets the connections."""
        while self._running():
            self._signal(signal.SIGKILL)
        for process in self._processes:
            process.wait(PATIENCE)
        self._processes.clear()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.base)

    def log(self) -> str:
        return (self.base / "stderr.log").read_text(errors="replace")

    def account(self, user: str, security: Security = Security.TLS) -> Account:
        """The account of a user as the configuration would give it."""
        self._known(user)
        return Account(
            name=user,
            addresses=(Address("The Owner", f"{user}@shop.example"),),
            host="localhost",
            port=self.tls_port if security is Security.TLS else self.port,
            security=security,
            user=user,
            password=PasswordFrom(file=self.password_file),
            ca_file=self.ca_file,
        )

    def owner(self, user: str) -> Owner:
        """Another client of the same user, which shares no code with the program and says the
        folders' names as people do."""
        self._known(user)
        return Owner("127.0.0.1", self.port, user, prefix=self.ways.prefix)

    def renumber(self, user: str, folder: str) -> None:
        """It is deleted and made again, with all that lay in it: another UIDVALIDITY."""
        owner = self.owner(user)
        owner.create("Elsewhere")
        owner.copy(folder, "Elsewhere")
        owner.delete(folder)
        owner.create(folder)
        owner.copy("Elsewhere", folder)
        owner.delete("Elsewhere")
        owner.close()

    # --- what each server has of its own ---

    def version(self) -> str:
        """As it says itself."""
        raise NotImplementedError

    def commands(self) -> list[list[str]]:
        """The programs that run while the server does."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """What they find there beside the libraries."""
        return {}

    def lay(self, user: str) -> None:
        """Makes a user."""
        raise NotImplementedError

    # --- for them ---

    def owned(self, *paths: Path) -> None:
        """Gives files and folders to the user the server runs as."""
        if os.getuid() == 0:
            for path in paths:
                shutil.chown(path, "nobody", "nogroup")

    def run(self, *command: str, said: str = "") -> str:
        """One of its programs, to its end; what it says."""
        done = subprocess.run(
            command,
            input=said.encode(),
            env=self._environment(),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            **self._as_user(),
        )
        if done.returncode:
            raise NoServerError(f"{command[0]}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode(errors="replace")

    def greeting(self) -> str:
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as there:
            return there.makefile("rb").readline().decode(errors="replace")

    @property
    def user(self) -> str:
        """Who the server runs as."""
        return "nobody" if os.getuid() == 0 else getpass.getuser()

    def _known(self, user: str) -> None:
        if user not in self._users:
            self.lay(user)
            self._users.add(user)

    def _copied(self) -> Path:
        """The folder of the programs, beside that of the libraries: `nobody` may be unable to reach
        the tree."""
        programs, libraries = self.base / "program", self.base / "lib"
        programs.mkdir()
        libraries.mkdir()
        for program in self.programs:
            shutil.copy(self.tree / program, programs)
        for path in self.tree.rglob("lib*.so.*"):
            if path.is_file() and path.parent.name != "sasl2":
                shutil.copy(path, libraries)
        return programs

    def _environment(self) -> dict[str, str]:
        own = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(self.base / "lib")}
        return {**own, **self.environment()}

    def _as_user(self) -> dict[str, object]:
        if os.getuid():
            return {}
        return {"user": "nobody", "group": "nogroup", "extra_groups": ()}

    def _begun(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.base / "stderr.log").open("ab") as errors:
            return subprocess.Popen(
                command,
                env=self._environment(),
                cwd=self.base,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
                **self._as_user(),  # type: ignore[call-overload]
            )

    def _answers(self) -> bool:
        try:
            for port in (self.port, self.tls_port):
                with socket.create_connection(("127.0.0.1", port), 5) as there:
                    if port == self.port and there.recv(4) != b"* OK":
                        return False
        except OSError:
            return False
        return True

    def _running(self) -> list[int]:
        """The processes of our sessions. Cyrus gives each of its own a group."""
        leaders = {process.pid for process in self._processes}
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended
                state, _, _, session, *_ = path.read_text().rpartition(")")[2].split()
                if int(session) in leaders and state != "Z":
                    found.append(int(path.parent.name))
        return found

    def _signal(self, number: signal.Signals) -> None:
        for pid in self._running():
            with suppress(ProcessLookupError):
                os.kill(pid, number)
