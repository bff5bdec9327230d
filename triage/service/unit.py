"""The unit that keeps triage running, and the one that tries it. Pure: values in, text out."""

import re
import shlex
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from triage.config import SYSTEM_CONFIG, SYSTEM_STATE, Config
from triage.errors import UserError
from triage.order import Command
from triage.service.confinement import confinement, kept
from triage.service.syntax import printable, word

USER = "triage"

_WHOSE_SYSTEM = """\
# triage for this machine, as the user {user}. Made by: {command} service install --system
# What it does: journalctl -u {name}. Commands by hand are given as its user:
#   sudo -u {user} {command} status"""

_WHOSE_USER = """\
# triage for you alone, under your own service manager. Made by: {command} service install
# What it does: journalctl --user -u {name}"""

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

# What it says of each check is read from a file; that something is to be mended is no failure.
_TRIAL = """\
Type=oneshot
SuccessExitStatus=1 2
TimeoutStartSec=5min
StandardOutput=file:{output}"""

# It takes 1.2 GB while it makes a model anew, and a fifth of that otherwise. Much more would be a
# fault of its own, which then ends the service and not the machine.
_ROOM = """\
MemoryMax=3G
TasksMax=64"""

_RELOAD = "ExecReload=/bin/kill -HUP $MAINPID"

_CREDENTIALS = """\
# Passwords, each in a file of {whose}, mode 600. They are read when triage starts: after a change,
# restart it. Where a file is missing it does not start (243/CREDENTIALS)."""

_NO_CREDENTIALS = """\
# To read a password from a file that is opened for triage alone, write the password into the file
# named below ({whose}, mode 600), switch the line on, and have this in the configuration:
# password_credential = "shop-password"
#LoadCredential=shop-password:{folder}/shop-password"""

# systemd.exec(5): by this key one that systemd-creds(1) has encrypted for this machine.
_LOAD = "LoadCredential"
_LOAD_ENCRYPTED = "LoadCredentialEncrypted"

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


@dataclass(frozen=True, slots=True)
class Service:
    """What a unit is made of.

    `program` is the argument vector that starts triage, an absolute path first; `path` the
    configuration it is to read, and `config` what stands there by now. `allow` are the networks it
    may reach, () for all; only the system form can have some. `encrypted` are the credentials whose
    files, NAME.cred, are encrypted for this machine.
    """

    program: tuple[str, ...]
    path: Path
    config: Config
    system: bool
    allow: tuple[IPv4Network | IPv6Network, ...] = ()
    encrypted: frozenset[str] = frozenset()

    @property
    def instance(self) -> str:
        """What stands behind the names of its units, of one beside config.toml: "@shop" for
        shop.toml. UserError `name-unfit` (path) when systemd takes no such name."""
        if self.path.name == SYSTEM_CONFIG.name:
            return ""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", self.path.stem):
            raise UserError("name-unfit", path=str(self.path))
        return f"@{self.path.stem}"

    @property
    def name(self) -> str:
        """The name of the unit that watches, without its kind."""
        return f"{USER}{self.instance}"

    @property
    def credentials(self) -> list[str]:
        """The names of the credentials that are its passwords."""
        sources = [account.password for account in self.config.accounts]
        return sorted({source.credential for source in sources if source.credential})

    @property
    def command(self) -> tuple[str, ...]:
        """What starts triage, up to the name of a command."""
        return (*self.program, "--config", str(self.path))


def unit(service: Service) -> str:
    """The text of the unit that watches.

    UserError `path-unfit` (path) when systemd cannot be told of a path: with a control character,
    or, of the program, with a quotation mark or a backslash; `name-unfit` as in `Service.instance`.
    """
    parts = [whose(service), "", *_unit(service), "", "[Service]", "Type=notify"]
    parts += ["NotifyAccess=main", *process(service, "run"), _RELOAD, _LIFE, room()]
    parts += ["", *_passwords(service)]
    parts += ["", *confined(service)]
    target = "multi-user" if service.system else "default"
    return "\n".join([*parts, "", "[Install]", f"WantedBy={target}.target", ""])


def trial(service: Service, output: Path) -> str:
    """The text of a unit that lets triage try its set-up once, confined as it will be, and writes
    what it finds into a file. UserError as in `unit`."""
    parts = ["[Unit]", "Description=triage tries its set-up", "", "[Service]"]
    parts += [_TRIAL.format(output=str(output).replace("%", "%%"))]
    parts += [*process(service, "check", "--json"), *_passwords(service), *confined(service)]
    return "\n".join([*parts, ""])


def whose(service: Service) -> str:
    """The comment at the top of a unit. UserError as in `unit`."""
    text = _WHOSE_SYSTEM if service.system else _WHOSE_USER
    command = printable(shlex.join(service.command))
    return text.format(user=USER, name=service.name, command=command)


def room() -> str:
    """The memory and the processes it may take."""
    return _ROOM


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
    program, *arguments = (printable(word) for word in service.command)
    if re.search(r"[\\'\"]", program):
        raise UserError("path-unfit", path=program)
    words = [word(program), *(word(each.replace("$", "$$")) for each in arguments), *command]
    lines = [f"ExecStart={' '.join(words)}"]
    if service.system:
        lines += [f"User={USER}", f"Group={USER}"]
        state = service.config.state if kept(service.config.state) else SYSTEM_STATE
        folder = str(state.relative_to(SYSTEM_STATE.parent)).replace("%", "%%")
        lines += [f"StateDirectory={folder}", "StateDirectoryMode=0700"]
    return lines


def _passwords(service: Service) -> list[str]:
    """How passwords come in, and what the way is like."""
    sources = [account.password for account in service.config.accounts]
    whose = "root's" if service.system else "yours"
    folder = service.path.parent
    plain = str(folder).replace("%", "%%")
    names = service.credentials
    variables = sorted({source.env for source in sources if source.env})
    lines = [(_CREDENTIALS if names else _NO_CREDENTIALS).format(whose=whose, folder=plain)]
    if names and service.system:
        given = " ".join(shlex.quote(f"-p{_load(service, each)}") for each in names)
        command = shlex.join(service.command)
        lines += [_BY_HAND.format(user=USER, credentials=given, command=command)]
    lines += [_load(service, each).replace("%", "%%") for each in names]
    if variables:
        lines += [_VARIABLES.format(names=", ".join(variables), whose=whose, folder=plain)]
    orders = service.config.orders
    if isinstance(orders, Command) or any(source.command for source in sources):
        lines += [_COMMAND.format(manager="" if service.system else "--user ")]
    return lines


def confined(service: Service) -> list[str]:
    """What it may not do, and where it may go."""
    return confinement(service.config, service.allow, system=service.system)


def _load(service: Service, name: str) -> str:
    """The setting by which systemd hands a credential over."""
    if name in service.encrypted:
        return f"{_LOAD_ENCRYPTED}={name}:{service.path.parent}/{name}.cred"
    return f"{_LOAD}={name}:{service.path.parent}/{name}"
