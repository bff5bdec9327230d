"""The servers that the contract of `Mailboxes` is kept on, each with another client at it."""

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import pytest

from servers.chaos import Act, Chaos
from servers.courier import Courier
from servers.cyrus import Cyrus
from servers.dovecot import Dovecot, Owner
from servers.instance import Instance
from servers.letters import is_ours
from servers.memory import MemoryMailboxes, MemoryServer
from servers.ways import Ways
from triage.account import Account, PasswordFrom, Security
from triage.demo.server import serving
from triage.errors import AppendRefused, AppendUnknown, MailboxError, Refusal
from triage.mailbox import connect
from triage.message import Address
from triage.protocols import Mailboxes

USERS = itertools.count(1)
# The servers of every test run; then those that `make interop` has unpacked.
SERVERS = ["memory", "plain", "tls", "demo"]
PLAIN = ["memory", "plain", "demo"]
for kind in (Cyrus, Courier):
    if kind.root in os.environ:
        SERVERS += [kind.name, f"{kind.name}-tls"]
        PLAIN += [kind.name]
REAL = [name for name in SERVERS if name not in {"memory", "demo"}]


@dataclass
class Post:
    """A server with another client at it: `create`, `delete`, `deliver`, `expunge`, `move` and
    `mails` are that client's.

    From `refuse(step)` on the server answers that step with NO, from `cut(step)` on the connection
    ends there, until another step, or "" for none, is named.
    """

    account: Account
    connect: Callable[[Account], Mailboxes]
    refuse: Callable[[str], None]
    cut: Callable[[str], None]
    create: Callable[[str], None]
    delete: Callable[[str], None]
    deliver: Callable[..., int]
    expunge: Callable[[str, int], None]
    move: Callable[[str, int, str], object]
    mails: Callable[[str], list[tuple[bytes, frozenset[str]]]]
    ways: Ways


USUAL, DEMO = Ways(), Ways(keywords=False)

# The command that does the work of a method.
COMMANDS = {
    "uids": b"UID SEARCH",
    "fetch": b"UID FETCH",
    "mark": b"UID STORE",
    "find": b"EXAMINE",
    "answered": b"EXAMINE",
    "append": b"APPEND",
    "copies": b"EXAMINE",
    "left": b"EXAMINE",
}


def post_at(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Post]:
    """One of `SERVERS`."""
    if name == "memory":
        tell(request, name)
        yield from in_memory()
    elif name == "demo":
        tell(request, name, f"pymap {metadata.version('pymap')}", DEMO)
        yield from on_demo(folder)
    else:
        security = Security.TLS if name.endswith("tls") else Security.NONE
        yield from on_private(server_at(name, request), security)


def server_at(name: str, request: pytest.FixtureRequest) -> Dovecot | Instance:
    """One of `REAL`."""
    tell(request, name)  # also where there is none
    kind = name.removesuffix("-tls")
    server: Dovecot | Instance = request.getfixturevalue(
        "dovecot" if kind in {"plain", "tls"} else kind
    )
    tell(request, name, server.version(), server.ways)
    return server


def tell(request: pytest.FixtureRequest, name: str, version: str = "", ways: Ways = USUAL) -> None:
    """In the report of a test, on which server it was."""
    said = {"server": name, "version": version, "ways": "; ".join(ways.told())}
    request.node.user_properties.extend(said.items())


def on_private(server: Dovecot | Instance, security: Security) -> Iterator[Post]:
    account = server.account(f"contract{next(USERS)}", security)
    yield from over_imap(account, server.owner(account.user), server.ways)


def on_demo(folder: Path) -> Iterator[Post]:
    """pymap: no SPECIAL-USE, no NAMESPACE, no keywords, UIDs that begin at 101."""
    (folder / "password").write_text("secret")
    (folder / "password").chmod(0o600)
    mailboxes = dict.fromkeys(("INBOX", "Drafts", "Sent", "Trash", "Junk"), ())
    with serving(mailboxes, user="owner", password="secret", host="127.0.0.1", port=0) as port:
        account = Account(
            name="demo",
            addresses=(Address("", "owner@shop.example"),),
            host="127.0.0.1",
            port=port,
            security=Security.NONE,
            user="owner",
            password=PasswordFrom(file=folder / "password"),
        )
        yield from over_imap(account, Owner("127.0.0.1", port, "owner", "secret"), DEMO)


def over_imap(account: Account, owner: Owner, ways: Ways) -> Iterator[Post]:
    """Without encryption the network between can answer, and end, commands."""
    chaos = Chaos(account.port)
    if account.security is Security.NONE:
        account = replace(account, port=chaos.port)
    sessions = []

    def disturb(step: str, act: Callable[[bytes], Act | bytes]) -> None:
        command = COMMANDS.get(step)

        def rule(direction: str, data: bytes) -> Act | bytes:
            tag, _, line = data.partition(b" ")
            hit = command and direction == "up" and line.startswith(command)
            return act(tag) if hit else Act.PASS

        chaos.rule = rule

    def opened(account: Account) -> Mailboxes:
        sessions.append(connect(account, is_ours=is_ours))
        return sessions[-1]

    def mails(folder: str) -> list[tuple[bytes, frozenset[str]]]:
        return [(seen.raw, seen.flags - {"\\Recent"}) for seen in owner.mails(folder)]

    yield Post(
        account,
        opened,
        lambda step: disturb(step, lambda tag: tag + b" NO not this one\r\n"),
        lambda step: disturb(step, lambda _: Act.RESET),
        owner.create,
        owner.delete,
        owner.deliver,
        owner.expunge,
        owner.move,
        mails,
        ways,
    )
    for session in sessions:
        session.close()
    owner.close()
    chaos.close()


def in_memory() -> Iterator[Post]:
    server = MemoryServer()
    owner = Address("", "owner@shop.example")
    account = Account(
        "memory", (owner,), "localhost", 993, Security.TLS, "owner", PasswordFrom(env="NONE")
    )

    def mails(folder: str) -> list[tuple[bytes, frozenset[str]]]:
        return [(seen.raw, seen.flags) for seen in server.mails(folder)]

    def disturb(step: str, error: MailboxError) -> None:
        def fault(moment: str, at: str) -> None:
            if (moment, at) == ("before", "flag" if step == "mark" else step):
                raise error

        server.fault = fault

    def refuse(step: str) -> None:
        kind = AppendRefused if step == "append" else Refusal
        disturb(step, kind("server-refused"))

    def cut(step: str) -> None:
        kind = AppendUnknown if step == "append" else MailboxError
        disturb(step, kind("connection-lost"))

    yield Post(
        account,
        lambda account: MemoryMailboxes(server, account, is_ours=is_ours),
        refuse,
        cut,
        server.create,
        server.delete,
        server.deliver,
        server.expunge,
        server.move,
        mails,
        USUAL,
    )
