"""How a service is: what systemd knows of it, and whether its unit is the one of today."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from triage.cli.options import Options
from triage.cli.serviced import line, path_of, service_of
from triage.cli.terminal import count, stamp
from triage.config import Config
from triage.errors import UserError
from triage.service.files import allowed, texts, there
from triage.service.manager import Manager
from triage.service.unit import USER, Service

_ASKED = (
    *("ActiveState", "SubState", "ActiveEnterTimestamp", "UnitFileState", "NRestarts"),
    *("Result", "ExecMainStatus", "MemoryCurrent", "StatusText"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A service as it is. `install` is the command that installs it; `since` is in seconds since
    the epoch, None where it does not run; `memory` in octets, None where systemd does not count it;
    `current` is None where it cannot be told; `learns` is when it learns next, None where it does
    not by night."""

    unit: str
    path: str
    install: str
    installed: bool
    state: str = "inactive"
    result: str = ""
    status: str = ""
    since: float | None = None
    enabled: bool = False
    restarts: int = 0
    memory: int | None = None
    says: str = ""
    current: bool | None = None
    learns: float | None = None

    @property
    def runs(self) -> bool:
        """Whether it does its work: one that starts over and over does not."""
        return self.state == "active"


def seen(options: Options, manager: Manager) -> Seen:
    """The service that is meant. UserError as in `there`."""
    path = path_of(options, system=manager.system)
    service = Service((USER,), path, Config(path, path.parent), manager.system)
    name = f"{service.name}.service"
    files = there(manager.units, texts(service, nightly=True))
    if name not in files:
        return Seen(name, str(manager.units / name), line(service, "install"), installed=False)
    found = manager.properties(name, *_ASKED)
    train = f"{USER}-train{service.instance}.timer"
    next_ = manager.properties(train, "NextElapseUSecRealtime") if train in files else {}
    return Seen(
        name,
        str(manager.units / name),
        line(service, "install"),
        installed=True,
        state=found["ActiveState"],
        result=found["Result"],
        status=found["ExecMainStatus"],
        since=_time(found["ActiveEnterTimestamp"]) if found["ActiveState"] == "active" else None,
        enabled=found["UnitFileState"] == "enabled",
        restarts=int(_number(found["NRestarts"]) or 0),
        memory=None if (memory := _number(found["MemoryCurrent"])) is None else int(memory),
        says=found["StatusText"],
        current=_current(options, manager, files),
        learns=_time(next_.get("NextElapseUSecRealtime", "")),
    )


def row(found: Seen) -> dict[str, object]:
    """One JSON object; times in ISO 8601, with the zone."""
    times = {"since": found.since, "learns": found.learns}
    stamps = {name: None if time is None else stamp(time) for name, time in times.items()}
    return {**asdict(found), **stamps, "runs": found.runs}


def told(found: Seen) -> Iterator[str]:
    """The same in words, a line each."""
    if not found.installed:
        yield f"{found.unit} is not installed. To install it: {found.install}"
        return
    since = f" since {stamp(found.since)}" if found.since is not None else ""
    why = "" if found.runs or not found.result else f" ({found.result}, status {found.status})"
    yield f"{found.unit}: {'runs' if found.runs else found.state}{since}{why}"
    if found.says:
        yield f"  says        {found.says}"
    if not found.enabled:
        yield f"  at boot     it is not started. To have it so: {found.install}"
    if found.restarts:
        yield f"  restarted   {count(found.restarts, 'time')}"
    if found.memory is not None:
        yield f"  memory      {found.memory // 1_000_000} MB"
    if found.learns is not None:
        yield f"  learns      {stamp(found.learns)}"
    yield f"  unit        {found.path}"
    if found.current is False:
        yield f"  It would be made otherwise today. To renew it: {found.install}"


def _current(options: Options, manager: Manager, files: dict[str, str]) -> bool | None:
    """Whether the units are as they would be made today; None where the configuration cannot be
    read."""
    allow = next((found for text in files.values() if (found := allowed(text))), ())
    try:
        service = service_of(options, system=manager.system, allow=allow, there=True)
        made = texts(service, nightly=True)
    except UserError:
        return None
    return all(made[name] == text for name, text in files.items())


def _number(text: str) -> float | None:
    """A number that systemd has said; of what is not set or without limit None."""
    return float(text) if text.isdecimal() and int(text) < 2**63 else None


def _time(text: str) -> float | None:
    """A time that systemd has said, in seconds since the epoch; None where it has none."""
    try:
        return (
            datetime.strptime(text.partition(" ")[2], "%Y-%m-%d %H:%M:%S %Z")
            .replace(tzinfo=UTC)
            .timestamp()
        )
    except ValueError:
        return None
