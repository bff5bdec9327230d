"""What is asked of systemd, by its own programs: the service manager of a machine, or of a user."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from triage.errors import UserError

SYSTEM_UNITS = Path("/etc/systemd/system")
# sd_booted(3): it is there where systemd is the init of this machine.
_BOOTED = Path("/run/systemd/system")
_SECONDS = 900.0  # longer than a start may take, TimeoutStartSec


class Manager:
    """The service manager that units are given to.

    `units` is the folder of the units that stay, `passing` of those that last until the next boot.
    """

    def __init__(self, environ: Mapping[str, str], *, system: bool) -> None:
        self.system = system
        plain = {"SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0", "LC_ALL": "C", "TZ": "UTC"}
        self._environ = {**environ, **plain}
        if system:
            self.units, self.passing = SYSTEM_UNITS, _BOOTED
        else:
            home = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME") or Path.home()) / (
                ".config"
            )
            self.units = Path(home) / "systemd" / "user"
            # What pam_systemd would set; sudo and su leave it out.
            run = environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.geteuid()}"
            self._environ["XDG_RUNTIME_DIR"] = run
            self.passing = Path(run) / "systemd" / "user"

    def require(self) -> None:
        """UserError `no-systemd` where it does not run, `no-user-manager` where the user has
        none."""
        if not _BOOTED.is_dir():
            raise UserError("no-systemd")
        if not self.system and not self.passing.parent.is_dir():
            raise UserError("no-user-manager")

    def tell(self, *words: str) -> None:
        """`systemctl WORDS`. UserError `systemd-refused` (line, why) when it fails."""
        done = self._systemctl(*words)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            why = lines[0].strip() if lines else f"exit status {done.returncode}"
            raise UserError("systemd-refused", line=self.line(*words), why=why)

    def forget(self, unit: str) -> None:
        """Lets go of a unit whose file is gone. That it cannot be is nobody's concern."""
        self._systemctl("reset-failed", unit)
        self._systemctl("daemon-reload")

    def properties(self, unit: str, *names: str) -> dict[str, str]:
        """The properties of a unit, "" those it has not. Times are in UTC."""
        done = self._systemctl("show", f"--property={','.join(names)}", unit)
        pairs = (line.partition("=") for line in done.stdout.splitlines())
        found = {name: value for name, _, value in pairs}
        return {name: found.get(name, "") for name in names}

    def line(self, *words: str) -> str:
        """The command line of `tell`, to be shown."""
        return " ".join(["systemctl", *([] if self.system else ["--user"]), *words])

    def _systemctl(self, *words: str) -> "subprocess.CompletedProcess[str]":
        manager = "--system" if self.system else "--user"
        return run("systemctl", manager, "--no-ask-password", *words, environ=self._environ)


def run(*command: str, environ: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """One of systemd's programs, or of the system's, found by $PATH, without a shell. UserError
    `no-program` (name) when it is not there, `program-slow` (name) when it does not end."""
    try:
        return subprocess.run(  # noqa: S603 - words of our own, and no shell
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            env=environ,
        )
    except subprocess.TimeoutExpired:
        raise UserError("program-slow", name=command[0]) from None
    except OSError as error:
        raise UserError("no-program", name=command[0], why=error.strerror) from error
