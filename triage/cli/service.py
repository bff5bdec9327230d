"""`triage service`: prints the systemd unit that keeps triage running."""

import os
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from stat import S_IXOTH

import click

from triage.cli.options import Options
from triage.cli.program import program
from triage.cli.setting import read
from triage.cli.terminal import say
from triage.config import SYSTEM_CONFIG, SYSTEM_STATE, Config, find, state_folder, usual_places
from triage.daemon.lock import FILE as LOCK
from triage.daemon.nightly import learning, timer
from triage.daemon.unit import USER, Service, unit
from triage.errors import UserError
from triage.ledger.file import FILE as LEDGER


class Printed(StrEnum):
    """What is printed in the place of the unit that watches."""

    LEARNING = "learning"
    TIMER = "timer"


@click.command
@click.option(
    "--user/--system",
    "of_user",
    default=True,
    help="For you, under your own service manager, or for the machine, as the user triage."
    " [default: --user]",
)
@click.option(
    "--allow",
    metavar="ADDRESS",
    multiple=True,
    help="With --system: an IP address or network it may reach. Beside those named it then reaches"
    " only this machine.",
)
@click.option(
    "--learning",
    "printed",
    flag_value=Printed.LEARNING,
    type=Printed,
    help="The unit that learns once what is new in your labels.",
)
@click.option(
    "--timer",
    "printed",
    flag_value=Printed.TIMER,
    type=Printed,
    help="The timer that starts the one of --learning each night.",
)
@click.pass_obj
def command(
    options: Options, *, of_user: bool, allow: tuple[str, ...], printed: Printed | None
) -> None:
    """Print a unit for systemd, to leave triage running.

    The comments at its top say how to install it. It starts the triage that printed it, with the
    configuration that would be read now; with --system that is --config, else
    /etc/triage/config.toml. Print it again when the program moves, or when the state folder or the
    source of a password changes.

    Exit status: 0, or 2 when no unit can be made.

    \b
    Examples:
      triage service > ~/.config/systemd/user/triage.service
      sudo triage service --system | sudo tee /etc/systemd/system/triage.service
      triage service --system --allow 192.0.2.7 --allow 2001:db8::/32
      triage service --learning > ~/.config/systemd/user/triage-train.service
      triage service --timer > ~/.config/systemd/user/triage-train.timer
    """
    if printed and allow:
        raise click.UsageError("--allow belongs to the unit that watches: learning reaches nobody.")
    networks = tuple(map(_network, allow))
    if of_user:
        if networks:
            raise UserError("filter-of-user")
        path = find(options.config, os.environ) or usual_places(os.environ)[0]
        by_hand: Mapping[str, str] = os.environ
        by_systemd = {"HOME": str(Path.home())}
    else:
        path = options.config or SYSTEM_CONFIG
        by_hand = {"HOME": str(SYSTEM_STATE)}
        by_systemd = {"STATE_DIRECTORY": str(SYSTEM_STATE)}
        files = (program()[0], f"{sys.prefix}/pyvenv.cfg", f"{sys.base_prefix}/bin", __file__)
        if folder := closed(files):
            raise UserError("program-closed", user=USER, folder=str(folder), program=program()[0])
    config = _config(options, path.absolute(), by_systemd)
    if not of_user and taken(config.state):
        raise UserError("state-not-own", path=str(config.state), usual=str(SYSTEM_STATE))
    other = _config(options, path.absolute(), by_hand)
    if config.state != other.state:
        raise UserError(
            "state-divided", path=str(path), service=str(config.state), by_hand=str(other.state)
        )
    service = Service(program(), path.absolute(), config, not of_user, networks)
    match printed:
        case Printed.LEARNING:
            say(learning(service))
        case Printed.TIMER:
            say(timer())
        case None:
            say(unit(service))


def closed(files: Iterable[str]) -> Path | None:
    """The first folder on the way to these files that not everybody may enter."""
    ways = (way for file in files for way in (Path(file), Path(file).resolve()))
    folders = (folder for way in ways for folder in way.parents)
    return next((folder for folder in folders if not folder.stat().st_mode & S_IXOTH), None)


def taken(state: Path) -> bool:
    """Whether a folder that is to become the service's own holds other things than its state. One
    that cannot be looked into counts as such."""
    if state.is_relative_to(SYSTEM_STATE):
        return False
    try:
        there = any(state.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return there and not any((state / name).is_file() for name in (LEDGER, LOCK))


def _config(options: Options, path: Path, environ: Mapping[str, str]) -> Config:
    """What the file holds; nothing when it is not written yet."""
    try:
        return read(options, path, environ)
    except UserError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Config(path, state_folder(environ, path))
        raise


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise UserError("address-invalid", address=text) from None
