"""From an address to a login that works: the server is found, the password asked for, and both are
tried."""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from triage.account import Account
from triage.cli.asking import Asker
from triage.cli.checks import failed_step
from triage.cli.newfile import write_new
from triage.cli.questions import (
    ADDRESS,
    CA_FILE,
    COMMAND,
    DRAFTS,
    FILE,
    HOST,
    PORT,
    SECURITY,
    SENT,
    USER,
    settings,
)
from triage.cli.sentences import sentence
from triage.cli.terminal import clean, say
from triage.config import parse, state_folder
from triage.config.imap import address as read_address
from triage.config.shape import PASSWORD_KEYS
from triage.config.writing import written
from triage.discovery import Network, Passwords, Provider, Server, Source, discover, known_host
from triage.errors import MailboxError, TriageError, UserError
from triage.mailbox import connect
from triage.reply import is_draft_id

# So often one step may fail: a provider locks an account on which somebody tries for long.
TRIES = 3
# What depends on the address.
_OF_THE_ADDRESS = (HOST, PORT, SECURITY, USER, CA_FILE, COMMAND, DRAFTS, SENT)
# The files that a typed password is put into.
_OURS = re.compile(r"password(-\d+)?")
# Errors that another password may mend, and those that no answer does.
_WRONG = frozenset(
    {"login-refused", "app-password-needed", "password-empty", "password-unusable"}
    | {"password-file-unreadable"}
    | {"password-command-failed", "password-command-missing", "password-command-slow"}
)
_NO_ANSWER_HELPS = frozenset({"basic-auth-disabled", "login-disabled", "login-unavailable"})
_FOUND = {
    Source.DOMAIN: "{domain} is {provider}'s",
    Source.EXCHANGER: "{provider} takes the mail of {domain}",
    Source.SRV: "so the name server of {domain} says",
    Source.AUTOCONFIG: "so the web server of {domain} says",
}


def sign_in(asker: Asker, config: Path, network: Network) -> Account:
    """Asks for all that a login needs, and logs in. `config` is the file that is to be written; a
    password that is typed is put beside it.

    UserError, AccountError and MailboxError when it cannot be done.
    """
    _address(asker, config.parent)
    provider = _server(asker, network)
    failed = Counter[str]()
    while True:
        _password(asker, config.parent, provider)
        try:
            account = account_of(asker, config)
            say(clean(f"Logging in to {account.host} as {account.user} ..."))
            with closing(connect(account, is_ours=is_draft_id)) as session:
                folders = session.folders
        except TriageError as error:
            step = failed_step(error.kind)
            failed[step] += 1
            if error.kind in _WRONG:
                _forget_password(asker, config.parent)
            if asker.alone or failed[step] == TRIES or error.kind in _NO_ANSWER_HELPS:
                raise
            say(_said(error))
            _again(asker, step, error, failed[step])
            continue
        if folders.sent or SENT.key in asker.answers or not asker.ask(SENT):
            break
    say(clean(f"It works. Letters will lie in {folders.drafts}."))
    if folders.sent:
        say(clean(f"What you have sent is read in {folders.sent}."))
    return account


def account_of(asker: Asker, config: Path) -> Account:
    """The account as it will stand in the configuration. UserError `config-faults`."""
    text = written(settings(asker.answers))
    read, problems = parse(tomllib.loads(text), config.absolute(), state_folder(os.environ, config))
    if problems:
        raise UserError("config-faults", path=config, problems=problems)
    return read.accounts[0]


def _address(asker: Asker, folder: Path) -> None:
    before = asker.answers.get(ADDRESS.key)
    if asker.ask(ADDRESS) != before is not None:
        _forget_password(asker, folder)
        for each in _OF_THE_ADDRESS:  # kept from a time when another was given
            asker.keep(each.key, None)


def _server(asker: Asker, network: Network) -> Provider | None:
    """Finds the server, or asks for it. Its provider; UserError `no-passwords-taken`."""
    addr = read_address(asker.answers[ADDRESS.key]).addr
    server = None if HOST.key in asker.answers else _found(asker, addr, network)
    if server is None:
        asker.ask(HOST)
    else:
        asker.keep(HOST.key, server.host)
        for key, answer in (
            (PORT.key, server.port),
            (SECURITY.key, str(server.security)),
            (USER.key, server.user),
        ):
            if key not in asker.answers:
                asker.keep(key, answer)
    provider = server.provider if server else known_host(str(asker.answers[HOST.key]))
    if provider and provider.password is Passwords.NONE:
        asker.keep(HOST.key, None)
        raise UserError("no-passwords-taken", provider=provider.name, address=addr)
    return provider


def _found(asker: Asker, addr: str, network: Network) -> Server | None:
    """The server of an address, as far as it can be found and is the right one."""
    say("Looking for your mail server ...")
    server: Server | None = None
    try:
        server = discover(addr, network)
    except MailboxError as error:
        say(sentence(error))
    if server and _confirmed(asker, server, addr):
        return server
    if not asker.alone:
        say("It is named in your provider's help pages, and in the settings of a mail program.")
    return None


def _confirmed(asker: Asker, server: Server, addr: str) -> bool:
    """What a provider's own address says is certain; what a name server or a web server says is
    shown first (RFC 6186 section 6)."""
    domain = addr.rpartition("@")[2]
    name = server.provider.name if server.provider else ""
    why = _FOUND[server.source].format(domain=domain, provider=name)
    say(clean(f"Your mail server is {server.host}: {why}."))
    if server.source is Source.DOMAIN:
        return True
    # Any name may stand in an unsigned SRV record, with a valid certificate behind it.
    own = f".{server.host}".casefold().endswith(f".{domain}".casefold())
    certain = own or server.source is not Source.SRV
    return asker.sure("Is that right", unasked=certain)


def _password(asker: Asker, folder: Path, provider: Provider | None) -> None:
    """Asks for the password, unless it is known where it comes from."""
    if any(key in asker.answers for key in PASSWORD_KEYS):
        return
    if not asker.alone:
        for line in advice(provider):
            say(line)
    secret = asker.secret("Password (it is not shown; nothing, to name a command that prints it)")
    if not secret:
        asker.ask(COMMAND)
        return
    if provider and provider.password is Passwords.APP:
        secret = "".join(secret.split())  # shown in groups, and typed so
    name = _free(folder)
    write_new(folder / name, f"{secret}\n".encode(), private=True)
    asker.keep(FILE.key, name)


def advice(provider: Provider | None) -> Iterator[str]:
    """What to do at the provider's before a program may log in."""
    if provider is None:
        yield "Many providers want an app password: one made for triage in their security settings."
        return
    made = " made for triage alone" if provider.password is Passwords.APP else ""
    page = f": {provider.page}" if provider.page else "."
    yield f"{provider.name} wants a password{made}{page}"
    for step in provider.steps:
        yield f"  - {step}"


def _free(folder: Path) -> str:
    names = ("password", *(f"password-{number}" for number in range(2, 100)))
    return next(name for name in names if not os.path.lexists(folder / name))


def _forget_password(asker: Asker, folder: Path) -> None:
    """One that was typed and does not work. A file of the owner's own is left alone."""
    if asker.alone:
        return
    name = str(asker.answers.get(FILE.key, ""))
    if _OURS.fullmatch(name):
        (folder / name).unlink(missing_ok=True)
    asker.keep(FILE.key, None)
    asker.keep(COMMAND.key, None)


def _said(error: TriageError) -> str:
    """What went wrong, for somebody who has no configuration yet."""
    if error.kind == "drafts-missing":
        there = ", ".join(cast("tuple[str, ...]", error.facts["there"]))
        return clean(f"No folder for drafts is found among these: {there}.")
    return sentence(error)


def _again(asker: Asker, step: str, error: TriageError, times: int) -> None:
    """Asks anew for what did not work so often; the password is asked for in any case."""
    match step:
        case "login" if times > 1:
            asker.ask(USER, str(error.facts.get("user", "")))
        case "connection" if error.kind == "certificate-unknown":
            file = Path(str(asker.ask(CA_FILE))).expanduser().absolute()
            asker.keep(CA_FILE.key, str(file))
        case "connection":
            asker.ask(HOST)
            asker.ask(SECURITY)
            asker.ask(PORT)
        case "folders":
            asker.ask(SENT if error.facts.get("role") == "sent" else DRAFTS)
