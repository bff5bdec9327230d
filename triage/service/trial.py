"""The trial of a set-up: triage's own check, run by systemd as the service will be run."""

from pathlib import Path
from tempfile import TemporaryDirectory

from triage.errors import UserError
from triage.service.files import lay, take
from triage.service.manager import Manager
from triage.service.unit import USER, Service, trial

_LARGEST = 1_000_000  # characters that are read of what it says


def tried(service: Service, manager: Manager) -> list[str]:
    """The lines that `triage check --json` printed, one a check. UserError `trial-failed` (why,
    log) when it did not come so far, and as in `Manager.tell`."""
    name = f"{USER}-trial{service.instance}.service"
    path = manager.passing / name
    with TemporaryDirectory(prefix=f"{USER}-trial-", dir=manager.passing.parent.parent) as folder:
        output = Path(folder) / "found"
        lay(path, trial(service, output))
        try:
            manager.tell("daemon-reload")
            refused = _started(manager, name)
            lines = _read(output)
            if not lines:
                found = manager.properties(name, "Result", "ExecMainStatus")
                raise UserError(
                    "trial-failed",
                    why=f"{found['Result']}, status {found['ExecMainStatus']}",
                    log=journal(manager, name),
                ) from refused
            return lines
        finally:
            take(path)
            manager.forget(name)


def journal(manager: Manager, name: str) -> str:
    """The command that shows what a unit has said."""
    if manager.system:
        return f"sudo journalctl -u {name.removesuffix('.service')}"
    return f"journalctl --user -u {name.removesuffix('.service')}"


def _started(manager: Manager, name: str) -> UserError | None:
    try:
        manager.tell("start", name)
    except UserError as error:
        return error
    return None


def _read(output: Path) -> list[str]:
    try:
        with output.open(errors="replace") as file:
            return file.read(_LARGEST).splitlines()
    except OSError:
        return []
