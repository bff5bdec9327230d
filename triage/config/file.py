"""Finding the configuration file and reading it from disk."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from triage.config.shape import Config, parse
from triage.errors import UserError

# The service for a whole machine: where its configuration lies, and what it remembers.
SYSTEM_CONFIG = Path("/etc/triage/config.toml")
SYSTEM_STATE = Path("/var/lib/triage")

_MAX_OCTETS = 1_000_000  # a configuration is some kilobytes; /dev/zero is not one
_POSITION = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def find(given: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Where the configuration is: `given`, else $TRIAGE_CONFIG, else the first of the usual places
    that exists, else None."""
    if given:
        return given
    if named := environ.get("TRIAGE_CONFIG"):
        return Path(named).expanduser()
    # os.access says False where a folder above is closed to us: a service whose $HOME is root's
    return next((path for path in usual_places(environ) if os.access(path, os.F_OK)), None)


def usual_places(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Where a configuration lies unless it is said otherwise, the first that exists counts."""
    own = Path(environ.get("XDG_CONFIG_HOME") or _home(environ) / ".config")
    return (own / "triage" / "config.toml", SYSTEM_CONFIG)


def state_folder(environ: Mapping[str, str], path: Path | None = None) -> Path:
    """The default state folder of a configuration file. systemd may name several, separated by
    colons; a file beside SYSTEM_CONFIG leads to the service's state without systemd too.

    A file of another name beside a usual one (shop.toml) has a state of its own (triage-shop).
    """
    if given := environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0])
    own, _ = usual_places(environ)
    machines = path is not None and path.is_relative_to(SYSTEM_CONFIG.parent)
    beside = path if path and (machines or path.parent == own.parent) else SYSTEM_CONFIG
    name = "" if beside.name == SYSTEM_CONFIG.name else f"-{beside.stem}"
    if machines:
        return SYSTEM_STATE.with_name(SYSTEM_STATE.name + name)
    data = environ.get("XDG_STATE_HOME")
    folder = Path(data) if data else _home(environ) / ".local" / "state"
    return folder / f"triage{name}"


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration in a file.

    UserError: config-unreadable, config-syntax, or config-faults with the complete list of the
    file's problems.
    """
    path = path.absolute()
    config, problems = parse(content(path), path, state_folder(environ, path))
    if problems:
        raise UserError("config-faults", path=path, problems=problems)
    return config


def content(path: Path) -> Mapping[str, object]:
    """What a TOML file holds. UserError: config-unreadable, config-syntax."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_OCTETS + 1)
    except OSError as error:
        raise UserError("config-unreadable", path=path, why=error.strerror) from error
    if len(raw) > _MAX_OCTETS:
        raise UserError("config-unreadable", path=path, why="it is larger than a megabyte")
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))  # Notepad begins files with a BOM
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError("config-syntax", path=path, line=line, column=1, what="Not UTF-8") from None
    except RecursionError:
        raise UserError(
            "config-syntax", path=path, line=1, column=1, what="Nested too deeply"
        ) from None
    except ValueError as error:  # TOMLDecodeError, and the integer of 5,000 digits
        found = _POSITION.fullmatch(str(error))
        what, line_text, column_text = found.groups() if found else (str(error), None, None)
        last = raw.count(b"\n") + 1
        raise UserError(
            "config-syntax",
            path=path,
            line=int(line_text or last),
            column=int(column_text or 1),
            what=what,
        ) from None


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or Path.home())
