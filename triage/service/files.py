"""The files of a service: which there are, what they hold, and how they get to their places."""

import os
import re
import shlex
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import NamedTemporaryFile

from triage.errors import UserError
from triage.service.nightly import learning, timer
from triage.service.unit import USER, Service, unit

# How a unit begins that was made here.
_OURS = f"# {USER} for "
_TIMER = "[Unit]\nDescription=triage learns by night\n"


def texts(service: Service, *, nightly: bool) -> dict[str, str]:
    """The units of a service, by their names; `nightly` with those that learn by night. UserError
    as in `unit`."""
    found = {f"{service.name}.service": unit(service)}
    if nightly:
        found[f"{USER}-train{service.instance}.service"] = learning(service)
        found[f"{USER}-train{service.instance}.timer"] = timer()
    return found


def there(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Those of these units that lie in a folder, and what they hold. UserError `unit-unreadable`
    (path, why), `unit-of-another` (path) for one that was not made here."""
    found = {}
    for name in names:
        path = folder / name
        try:
            text = path.read_text(errors="replace")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UserError("unit-unreadable", path=str(path), why=error.strerror) from error
        if not text.startswith((_OURS, _TIMER)):
            raise UserError("unit-of-another", path=str(path))
        found[name] = text
    return found


def serves(text: str, service: Service) -> bool:
    """Whether a unit that is there is for the same configuration."""
    line = re.search(r"^ExecStart=.*$", unit(service), re.MULTILINE)
    options = line.group().partition(" --config ")[2] if line else ""
    return f" --config {options}\n" in text


def allowed(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks that a unit lets triage reach; () for all."""
    found = re.search(r"^IPAddressAllow=localhost (.*)$", text, re.MULTILINE)
    try:
        return tuple(ip_network(word) for word in shlex.split(found.group(1))) if found else ()
    except ValueError:
        return ()


def lay(path: Path, text: str) -> None:
    """Writes a unit to its place in one step. UserError `file-unwritten` (path, why)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            try:
                file.write(text)
                os.fchmod(file.fileno(), 0o644)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise UserError("file-unwritten", path=str(path), why=error.strerror) from error


def take(path: Path) -> None:
    """Removes a file. UserError `file-unwritten` (path, why)."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError("file-unwritten", path=str(path), why=error.strerror) from error
