"""How a service is confined. Pure: a configuration in, settings out.

The system form is confined by all that systemd 252 knows and triage works under. A user's manager
has no rights of its own: what mounts, or drops rights, is passed over there by 252, wants a user
namespace since 254, and ends the service (218, 226) where that is forbidden. So the user form has
what seccomp and limits do, which is the same everywhere.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from triage.config import SYSTEM_STATE, Config
from triage.order import Command, Export
from triage.service.syntax import word

_FILTER = """\
# Nothing but these addresses is reached. localhost is a server, or a name resolver such as
# 127.0.0.53, on this machine; a resolver elsewhere (see /etc/resolv.conf) must be listed.
IPAddressDeny=any
IPAddressAllow=localhost {networks}"""

# Nothing here needs a right. A system call that is refused gets EPERM and ends nothing: a password
# command that wants one can say so.
_CONFINED = """\
LockPersonality=yes
MemoryDenyWriteExecute=yes
NoNewPrivileges=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
UMask=0077
# A core would hold the password and customers' mail.
LimitCORE=0"""

# Not ProcSubset=pid: onnxruntime asks /proc/cpuinfo what the processor can do, and complains in the
# journal where it cannot see it.
_CONFINED_SYSTEM = """\
CapabilityBoundingSet=
DevicePolicy=closed
KeyringMode=private
PrivateDevices=yes
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes"""

# Of a configuration that is not the usual one, beside the usual state folder.
_BESIDE = re.compile(rf"{SYSTEM_STATE.name}-[A-Za-z0-9_.-]+")

# What ProtectHome hides and PrivateTmp empties.
_HOMES = ("/home", "/root", "/run/user")
_TEMPORARY = ("/tmp", "/var/tmp")  # noqa: S108 - nothing is put there


def confinement(
    config: Config, allow: Iterable[IPv4Network | IPv6Network], *, system: bool
) -> list[str]:
    """The settings by which a service of this configuration may do no more than it must. `allow`
    are the networks it may reach, none for all."""
    networks = " ".join(map(str, allow))
    filtered = ["", _FILTER.format(networks=networks)] if networks else []
    return [_CONFINED, *(_system(config) if system else ()), *filtered]


def _system(config: Config) -> list[str]:
    """The rest of the confinement, open where the configuration leads out of it."""
    named = [config.state, *_read(config)]
    lines = [
        _CONFINED_SYSTEM,
        f"ProtectHome={'read-only' if _within(named, _HOMES) else 'yes'}",
        f"PrivateTmp={'no' if _within(named, _TEMPORARY) else 'yes'}",
    ]
    if not kept(config.state):
        # "-": where it is missing the program says so, in better words than systemd
        lines.append(f"ReadWritePaths={word(f'-{config.state}')}")
    return lines


def _read(config: Config) -> Iterable[Path]:
    """The files the configuration names to be read."""
    passwords = [account.password for account in config.accounts]
    files = [config.path, config.templates, config.model, *(each.file for each in passwords)]
    files += [account.ca_file for account in config.accounts]
    words = [Path(word) for each in passwords for word in each.command]
    match config.orders:
        case Export(path=path):
            files.append(path)
        case Command(words=asked):
            words += map(Path, asked)
    return [path for path in (*files, *words) if path and path.is_absolute()]


def kept(state: Path) -> bool:
    """Whether a state folder is one that systemd makes: the usual one, or one beside it."""
    beside = state.parent == SYSTEM_STATE.parent and _BESIDE.fullmatch(state.name)
    return bool(beside) or state.is_relative_to(SYSTEM_STATE)


def _within(paths: Iterable[Path], folders: Iterable[str]) -> bool:
    return any(path.is_relative_to(folder) for path in paths for folder in folders)
