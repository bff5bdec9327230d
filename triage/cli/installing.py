"""How triage is left to systemd, and taken back: the story of each, top to bottom."""

import json
import os
import pwd
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network

from triage.cli.check import show
from triage.cli.checks import Check, State
from triage.cli.options import Options
from triage.cli.serviced import line, path_of, service_of
from triage.cli.terminal import clean, say
from triage.config import Config
from triage.errors import UserError
from triage.service import host
from triage.service.files import lay, serves, take, texts, there
from triage.service.manager import Manager, run
from triage.service.trial import journal, tried
from triage.service.unit import USER, Service


def install(
    options: Options,
    manager: Manager,
    *,
    networks: tuple[IPv4Network | IPv6Network, ...],
    nightly: bool,
    encrypt: bool,
    trial: bool,
) -> bool:
    """Whether the service has been installed, and runs."""
    service = service_of(options, system=manager.system, allow=networks, there=True)
    before = _before(service, manager)
    if manager.system:
        if host.made_user(os.environ):
            say(f"made       the user {USER}")
        for path in host.opened(service.config):
            say(f"opened     {clean(path)}, to the user {USER}")
        if encrypt:
            service = _encrypted(service)
    if trial and not _tried(service, manager):
        say("Nothing was installed. Mend what failed, and give the command again.")
        return False
    if encrypt:
        for name in sorted(service.encrypted):
            take(service.path.parent / name)
    nightly = nightly or any(name.endswith(".timer") for name in before)
    wanted = texts(service, nightly=nightly)
    for name, text in wanted.items():
        lay(manager.units / name, text)
        say(f"written    {clean(manager.units / name)}")
    manager.tell("daemon-reload")
    names = [name for name in wanted if not name.startswith(f"{USER}-") or name.endswith(".timer")]
    manager.tell("enable", *names)
    if not _started(manager, names):
        return False
    if not manager.system:
        _linger()
    return True


def uninstall(options: Options, manager: Manager) -> None:
    """Stops the service, and takes its units away."""
    path = path_of(options, system=manager.system)
    service = Service((USER,), path, Config(path, path.parent), manager.system)
    names = list(there(manager.units, texts(service, nightly=True)))
    if not names:
        raise UserError("not-installed", name=f"{service.name}.service", folder=str(manager.units))
    manager.tell("disable", "--now", *names)
    for name in names:
        take(manager.units / name)
        say(f"removed    {clean(manager.units / name)}")
    manager.tell("daemon-reload")
    say(f"What stays: the configuration {clean(path)}, the passwords it names, and what triage")
    say(f"remembers. To begin again: {clean(line(service, 'install'))}")


def _before(service: Service, manager: Manager) -> Mapping[str, str]:
    """Its units that are installed already. UserError `unit-taken` (path, config) when they serve
    another configuration, and as in `there`."""
    found = there(manager.units, texts(service, nightly=True))
    name = f"{service.name}.service"
    if name in found and not serves(found[name], service):
        raise UserError("unit-taken", path=str(manager.units / name), config=str(service.path))
    return found


def _encrypted(service: Service) -> Service:
    """The service with its credentials encrypted. UserError `nothing-to-encrypt`."""
    if not service.credentials:
        raise UserError("nothing-to-encrypt", path=str(service.path))
    for name in service.credentials:
        source = service.path.parent / name
        if source.exists():
            say(f"encrypted  {clean(host.encrypted(source, name, os.environ))}")
    return replace(service, encrypted=frozenset(service.credentials))


def _tried(service: Service, manager: Manager) -> bool:
    """Whether triage can do its work as the service will be run; what was found is shown."""
    say("trying what the service will be able to do ...")
    sound = True
    for text in tried(service, manager):
        try:
            found = json.loads(text)
            check = Check(found["subject"], State(found["state"]), found["found"], found["account"])
        except (ValueError, KeyError, TypeError):
            continue
        show(check)
        sound = sound and check.state is not State.FAIL
    return sound


def _started(manager: Manager, names: list[str]) -> bool:
    """Whether the units run now. Where one ran before, it runs anew."""
    for name in names:
        try:
            manager.tell("restart", name)
        except UserError:
            found = manager.properties(name, "Result", "ExecMainStatus")
            say(
                f"{name} does not start ({found['Result']}, status {found['ExecMainStatus']}). It"
                f" says why in: {journal(manager, name)}",
                err=True,
            )
            return False
        say(f"started    {name}")
    return True


def _linger() -> None:
    """Has the user's service manager run also while nobody is logged in; or says how."""
    user = pwd.getpwuid(os.geteuid()).pw_name
    done = run("loginctl", "--no-ask-password", "enable-linger", user, environ=os.environ)
    if done.returncode:
        say("It ends when you log out, and starts when you log in. To have it run always:")
        say(f"  sudo loginctl enable-linger {user}")
