"""`triage service`: leaves triage to systemd, and takes it back."""

import json
import os
import shlex
import sys
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import click

from triage.cli.installing import install, uninstall
from triage.cli.options import Options
from triage.cli.program import program
from triage.cli.serviced import service_of
from triage.cli.servicestate import row, seen, told
from triage.cli.terminal import clean, say
from triage.errors import UserError
from triage.service.files import texts
from triage.service.manager import Manager


def _form(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--user/--system",
        "of_user",
        default=True,
        help="For you, under your own service manager, or for the machine, as the user triage."
        " [default: --user]",
    )(function)


_allow = click.option(
    "--allow",
    metavar="ADDRESS",
    multiple=True,
    help="With --system: an IP address or network it may reach. Beside those named it then reaches"
    " only this machine.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Have systemd keep triage running.

    A service is made for one configuration: of you alone (--user, the default) the one that would
    be read now, of the machine (--system) --config or /etc/triage/config.toml. It is called triage;
    one for shop.toml, beside config.toml, is called triage@shop.

    Exit status: 0; 1 when the service cannot do its work, or does not run; 2 when something is
    yours to mend.

    \b
    Examples:
      triage service install
      triage service status
      sudo triage service install --system --allow 192.0.2.7
      triage service uninstall
    """


@command.command("install")
@_form
@_allow
@click.option(
    "--learning",
    is_flag=True,
    help="Learn each night what is new in your labels, too."
    " Once asked for it stays, until triage service uninstall.",
)
@click.option(
    "--encrypt",
    is_flag=True,
    help="With --system: encrypt the files of password_credential for this machine"
    " (systemd-creds).",
)
@click.option("--no-trial", is_flag=True, help="Do not try first whether it can do its work.")
@click.pass_obj
def install_(
    options: Options,
    *,
    of_user: bool,
    allow: tuple[str, ...],
    learning: bool,
    encrypt: bool,
    no_trial: bool,
) -> None:
    """Install the service, and start it.

    First systemd runs triage check as the service will be run: by the same user, confined in the
    same way, with the same passwords. What that finds is shown, and nothing is installed where
    something fails. Given again, it puts what has changed since into force: do so when the program
    moves, or the configuration names other files or passwords.

    With --system the user triage is made, and given to read what lies in /etc/triage: the
    configuration, and the password files it names.

    Exit status: 0; 1 when the set-up fails, or the service does not start; 2 when something is
    yours to mend.

    \b
    Examples:
      triage service install --learning
      sudo triage service install --system
      sudo triage --config /etc/triage/market.toml service install --system --encrypt
    """
    networks = _networks(allow, of_user=of_user)
    manager = _manager(of_user=of_user)
    if encrypt and of_user:
        raise UserError("encrypted-of-user")
    _as_root(of_user=of_user)
    ok = install(
        options,
        manager,
        networks=networks,
        nightly=learning,
        encrypt=encrypt,
        trial=not no_trial,
    )
    if not ok:
        raise click.exceptions.Exit(1)


@command.command("uninstall")
@_form
@click.pass_obj
def uninstall_(options: Options, *, of_user: bool) -> None:
    """Stop the service, and take it away.

    Configuration, passwords and what triage remembers stay; where they lie is said.

    Exit status: 0, or 2 when something is yours to mend.

    \b
    Examples:
      triage service uninstall
      sudo triage service uninstall --system
    """
    manager = _manager(of_user=of_user)
    _as_root(of_user=of_user)
    uninstall(options, manager)


@command.command("status")
@_form
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def status(options: Options, *, of_user: bool, as_json: bool) -> None:
    """Say whether the service runs, and since when.

    How the accounts are doing, says triage status.

    Exit status: 0 when it runs; 1 when it does not; 2 when something is yours to mend.

    \b
    Examples:
      triage service status
      triage service status --system --json
    """
    found = seen(options, _manager(of_user=of_user))
    if as_json:
        say(json.dumps(row(found)))
    else:
        for line in told(found):
            say(clean(line))
    if not found.runs:
        raise click.exceptions.Exit(1)


@command.command("show")
@_form
@_allow
@click.option("--learning", is_flag=True, help="The units that learn by night, too.")
@click.pass_obj
def show(options: Options, *, of_user: bool, allow: tuple[str, ...], learning: bool) -> None:
    """Print the units, and change nothing.

    Before each stands the name of its file.

    Exit status: 0, or 2 when no unit can be made.

    \b
    Examples:
      triage service show
      triage service show --system --allow 192.0.2.7 --allow 2001:db8::/32
    """
    networks = _networks(allow, of_user=of_user)
    service = service_of(options, system=not of_user, allow=networks)
    for name, text in texts(service, nightly=learning).items():
        say(f"# {name}\n{text}")


def _manager(*, of_user: bool) -> Manager:
    manager = Manager(os.environ, system=not of_user)
    manager.require()
    return manager


def _as_root(*, of_user: bool) -> None:
    if of_user and os.environ.get("SUDO_USER") and os.geteuid() == 0:
        raise UserError("service-of-root")
    if not of_user and os.geteuid() != 0:
        raise UserError("root-needed", line=shlex.join(["sudo", *program(), *sys.argv[1:]]))


def _networks(allow: tuple[str, ...], *, of_user: bool) -> tuple[IPv4Network | IPv6Network, ...]:
    if allow and of_user:
        raise UserError("filter-of-user")
    return tuple(map(_network, allow))


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise UserError("address-invalid", address=text) from None
