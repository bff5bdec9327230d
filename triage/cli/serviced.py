"""Which service is meant: the program, its configuration, and what may stand in the way."""

import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from stat import S_IXOTH

from triage.cli.options import Options
from triage.cli.program import program
from triage.cli.setting import read
from triage.config import SYSTEM_CONFIG, SYSTEM_STATE, Config, find, state_folder, usual_places
from triage.daemon.lock import FILE as LOCK
from triage.errors import UserError
from triage.ledger.file import FILE as LEDGER
from triage.service.confinement import kept
from triage.service.unit import USER, Service


def path_of(options: Options, *, system: bool) -> Path:
    """The configuration of the service that is meant."""
    if system:
        return (options.config or SYSTEM_CONFIG).absolute()
    return (find(options.config, os.environ) or usual_places(os.environ)[0]).absolute()


def service_of(
    options: Options,
    *,
    system: bool,
    allow: tuple[IPv4Network | IPv6Network, ...] = (),
    there: bool = False,
) -> Service:
    """The service, of an empty configuration where it is not written yet and need not be `there`.

    UserError as in `read`, and `program-closed`, `state-not-own`, `state-divided` where such a
    service could not do its work.
    """
    path = path_of(options, system=system)
    if system:
        name = "" if path.name == SYSTEM_CONFIG.name else f"-{path.stem}"
        made = SYSTEM_STATE.with_name(SYSTEM_STATE.name + name)
        by_hand: Mapping[str, str] = {"HOME": str(SYSTEM_STATE)}
        by_systemd = {"STATE_DIRECTORY": str(made)}
        files = (program()[0], f"{sys.prefix}/pyvenv.cfg", f"{sys.base_prefix}/bin", __file__)
        if folder := closed(files):
            raise UserError("program-closed", user=USER, folder=str(folder), program=program()[0])
    else:
        by_hand = os.environ
        by_systemd = {"HOME": str(Path.home())}
    config = _config(options, path, by_systemd, there=there)
    if system and taken(config.state):
        raise UserError("state-not-own", path=str(config.state), usual=str(SYSTEM_STATE))
    other = _config(options, path, by_hand, there=there)
    if config.state != other.state:
        raise UserError(
            "state-divided", path=str(path), service=str(config.state), by_hand=str(other.state)
        )
    service = Service(program(), path, config, system, allow)
    sealed = {name for name in service.credentials if _sealed(path.parent, name)}
    return replace(service, encrypted=frozenset(sealed))


def _sealed(folder: Path, name: str) -> bool:
    """Whether a credential is there encrypted, and not in a plain file written since."""
    return os.access(folder / f"{name}.cred", os.F_OK) and not os.access(folder / name, os.F_OK)


def line(service: Service, word: str) -> str:
    """The command that does a thing with a service, as `triage service WORD` for it."""
    usual = (SYSTEM_CONFIG,) if service.system else usual_places(os.environ)
    named = () if service.path in usual else ("--config", str(service.path))
    before, after = (("sudo",), ("--system",)) if service.system else ((), ())
    return shlex.join([*before, "triage", *named, "service", word, *after])


def closed(files: Iterable[str]) -> Path | None:
    """The first folder on the way to these files that not everybody may enter."""
    ways = (way for file in files for way in (Path(file), Path(file).resolve()))
    folders = (folder for way in ways for folder in way.parents)
    return next((folder for folder in folders if not folder.stat().st_mode & S_IXOTH), None)


def taken(state: Path) -> bool:
    """Whether a folder that is to become the service's own holds other things than its state. One
    that cannot be looked into counts as such."""
    if kept(state):
        return False
    try:
        there = any(state.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return there and not any((state / name).is_file() for name in (LEDGER, LOCK))


def _config(options: Options, path: Path, environ: Mapping[str, str], *, there: bool) -> Config:
    """What the file holds; nothing when it is not written yet, and need not be there."""
    try:
        return read(options, path, environ)
    except UserError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            if there:
                raise UserError("no-config", looked=[path]) from error
            return Config(path, state_folder(environ, path))
        raise
