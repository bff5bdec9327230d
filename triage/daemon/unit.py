"""The systemd unit that keeps triage running. Pure: values in, text out.

The system form is confined by all that systemd 252 knows and triage works under. A user's manager
has no rights of its own: what mounts, or drops rights, is passed over there by 252, wants a user
namespace since 254, and ends the service (218, 226) where that is forbidden. So the user form has
what seccomp and limits do, which is the same everywhere.
"""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from triage.config import SYSTEM_STATE, Config
from triage.errors import UserError
from triage.order import Command, Export

USER = "triage"

_INSTALL_SYSTEM = """\
# triage for this machine, as the user triage. Printed by: triage service --system
#
#   sudo useradd --system --user-group --home-dir {state} --shell /usr/sbin/nologin {user}
#   sudo chown root:{user} {path} && sudo chmod 640 {path}
#   sudo triage service --system | sudo tee /etc/systemd/system/triage.service
#   sudo systemctl daemon-reload
#   sudo systemctl enable --now triage
#
# What it does: journalctl -u triage. Commands by hand are given as its user:
#   sudo -u {user} {command} status"""

_STATE_FOLDER = """\
# Before the first start its state folder must be there:
#   sudo install -d -o {user} -g {user} -m 700 {state}"""

_INSTALL_USER = """\
# triage for you alone, under your own service manager. Printed by: triage service
#
#   mkdir -p ~/.config/systemd/user
#   triage service > ~/.config/systemd/user/triage.service
#   systemctl --user daemon-reload
#   systemctl --user enable --now triage
#   sudo loginctl enable-linger $USER
#
# Without the last line it ends when you log out, and starts only when you log in.
# What it does: journalctl --user -u triage"""

# A start or a reload may make the model anew: 18 s measured on two busy cores, minutes on a small
# board. The watchdog hears from the program every 5 s otherwise; a stop takes 5 s at most.
_LIFE = """\
Restart=on-failure
RestartSec=30s
# Status 2: something is yours to mend, and trying again would not.
RestartPreventExitStatus=2
TimeoutStartSec=10min
TimeoutStopSec=10s
WatchdogSec=5min"""

_RELOAD = "ExecReload=/bin/kill -HUP $MAINPID"

_CREDENTIALS = """\
# Passwords, each in a file of {whose}, mode 600. They are read when triage starts: after a change,
# restart it. Where a file is missing it does not start (243/CREDENTIALS)."""

_NO_CREDENTIALS = """\
# To read a password from a file that is opened for triage alone, write the password into the file
# named below ({whose}, mode 600), switch the line on, and have this in the configuration:
# password_credential = "shop-password"
#LoadCredential=shop-password:{folder}/shop-password"""

_BY_HAND = """\
# By hand, a command that logs in wants them too:
#   sudo systemd-run --pty --uid={user} {credentials} {command} check"""

_VARIABLES = """\
# A line NAME=password for each of {names}, in a file of {whose}, mode 600.
EnvironmentFile={folder}/environment"""

_COMMAND = """\
# The command of a password, or of the orders, is confined as triage is. sudo and its like do not
# work there, nor do programs that make code while they run (JavaScript: for these set
# MemoryDenyWriteExecute=no by "systemctl {manager}edit triage"). One that has to be unlocked
# (pass, secret-tool) fails until you have."""

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

# What ProtectHome hides and PrivateTmp empties.
_HOMES = ("/home", "/root", "/run/user")
_TEMPORARY = ("/tmp", "/var/tmp")  # noqa: S108 - nothing is put there


@dataclass(frozen=True, slots=True)
class Service:
    """What a unit is made of.

    `program` is the argument vector that starts triage, an absolute path first; `path` the
    configuration it is to read, and `config` what stands there by now. `allow` are the networks it
    may reach, () for all; only the system form can have some.
    """

    program: tuple[str, ...]
    path: Path
    config: Config
    system: bool
    allow: tuple[IPv4Network | IPv6Network, ...] = ()

    @property
    def command(self) -> tuple[str, ...]:
        """What starts triage, up to the name of a command."""
        return (*self.program, "--config", str(self.path))


def unit(service: Service) -> str:
    """The text of the unit; its first comments say how to install it.

    UserError `path-unfit` (path) when systemd cannot be told of a path: with a control character,
    or, of the program, with a quotation mark or a backslash.
    """
    parts = [_install(service), "", *_unit(service), "", "[Service]", "Type=notify"]
    parts += ["NotifyAccess=main", *process(service, "run"), _RELOAD, _LIFE]
    parts += ["", *_passwords(service)]
    parts += ["", *confined(service)]
    if service.allow:
        parts += ["", _FILTER.format(networks=" ".join(map(str, service.allow)))]
    target = "multi-user" if service.system else "default"
    return "\n".join([*parts, "", "[Install]", f"WantedBy={target}.target"])


def _install(service: Service) -> str:
    if not service.system:
        return _INSTALL_USER
    path, state = shlex.quote(str(service.path)), service.config.state
    command = shlex.join(service.command)
    text = _INSTALL_SYSTEM.format(user=USER, state=SYSTEM_STATE, path=path, command=command)
    if not state.is_relative_to(SYSTEM_STATE):
        text += "\n" + _STATE_FOLDER.format(user=USER, state=shlex.quote(str(state)))
    return text


def _unit(service: Service) -> list[str]:
    network = ["Wants=network-online.target", "After=network-online.target"]
    return [
        "[Unit]",
        "Description=triage: finds complaints in the shop's inbox, and drafts replies",
        *(network if service.system else ()),
        "StartLimitIntervalSec=1h",
        "StartLimitBurst=20",
    ]


def process(service: Service, *command: str) -> list[str]:
    """The command line that gives a command to triage, and whose process it is. UserError as in
    `unit`.

    systemd.service(5): `$` is doubled in arguments, never in the program's own path.
    """
    program, *arguments = (_printable(word) for word in service.command)
    if re.search(r"[\\'\"]", program):
        raise UserError("path-unfit", path=program)
    words = [_word(program), *(_word(each.replace("$", "$$")) for each in arguments), *command]
    lines = [f"ExecStart={' '.join(words)}"]
    if service.system:
        lines += [f"User={USER}", f"Group={USER}"]
        lines += [f"StateDirectory={SYSTEM_STATE.name}", "StateDirectoryMode=0700"]
    return lines


def _passwords(service: Service) -> list[str]:
    """How passwords come in, and what the way is like."""
    sources = [account.password for account in service.config.accounts]
    whose = "root's" if service.system else "yours"
    folder = service.path.parent
    plain = str(folder).replace("%", "%%")
    names = sorted({source.credential for source in sources if source.credential})
    variables = sorted({source.env for source in sources if source.env})
    lines = [(_CREDENTIALS if names else _NO_CREDENTIALS).format(whose=whose, folder=plain)]
    if names and service.system:
        given = " ".join(shlex.quote(f"-pLoadCredential={each}:{folder}/{each}") for each in names)
        command = shlex.join(service.command)
        lines += [_BY_HAND.format(user=USER, credentials=given, command=command)]
    lines += [f"LoadCredential={name}:{plain}/{name}" for name in names]
    if variables:
        lines += [_VARIABLES.format(names=", ".join(variables), whose=whose, folder=plain)]
    orders = service.config.orders
    if isinstance(orders, Command) or any(source.command for source in sources):
        lines += [_COMMAND.format(manager="" if service.system else "--user ")]
    return lines


def confined(service: Service) -> list[str]:
    """What it may not do."""
    return [_CONFINED, *(_system(service.config) if service.system else ())]


def _system(config: Config) -> list[str]:
    """The rest of the confinement, open where the configuration leads out of it."""
    named = [config.state, *_read(config)]
    lines = [
        _CONFINED_SYSTEM,
        f"ProtectHome={'read-only' if _within(named, _HOMES) else 'yes'}",
        f"PrivateTmp={'no' if _within(named, _TEMPORARY) else 'yes'}",
    ]
    if not config.state.is_relative_to(SYSTEM_STATE):
        # "-": where it is missing the program says so, in better words than systemd
        lines.append(f"ReadWritePaths={_word(f'-{config.state}')}")
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


def _within(paths: Iterable[Path], folders: Iterable[str]) -> bool:
    return any(path.is_relative_to(folder) for path in paths for folder in folders)


def _word(text: str) -> str:
    """A word of a line of words, systemd.syntax(7): quoted where it needs it, no specifier."""
    text = text.replace("%", "%%")
    if re.fullmatch(r"[A-Za-z0-9_@%+=:,./-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _printable(text: str) -> str:
    if not text.isprintable():
        raise UserError("path-unfit", path=text)
    return text
