"""Mail providers, and what one has to do there before a program may log in. Pure, but that the
table is read from the package."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from triage.account import Security

TABLE = "providers.toml"
LOCAL = "127.0.0.1"


class Passwords(StrEnum):
    """Which password a provider takes."""

    APP = "app"  # one made for triage alone
    OWN = "own"  # the mailbox's own
    NONE = "none"


class Source(StrEnum):
    """By what a server was found."""

    DOMAIN = "domain"  # the address is one of a provider's own
    EXCHANGER = "exchanger"  # mail for the domain is taken by a provider
    SRV = "srv"  # the domain's name server says it (RFC 6186)
    AUTOCONFIG = "autoconfig"  # its web server does, as mail programs ask it to


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as `providers.toml` tells of it; `user` is whether its login name is the whole
    address, `own_host` the server for domains of one's own, "" where that is the same."""

    name: str
    domains: tuple[str, ...]
    exchangers: tuple[str, ...]
    host: str
    own_host: str = ""
    port: int = 993
    security: Security = Security.TLS
    whole_address: bool = True
    password: Passwords = Passwords.OWN
    page: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """Where an address's mail lies, as far as it is known. `user` is "" for the address."""

    host: str
    port: int
    security: Security
    source: Source
    user: str = ""
    provider: Provider | None = None


@cache
def providers() -> tuple[Provider, ...]:
    """All there are."""
    text = files("triage.discovery").joinpath(TABLE).read_text("utf-8")
    return tuple(
        Provider(
            name=row["name"],
            domains=tuple(row["domains"]),
            exchangers=tuple(row["exchangers"]),
            host=row["host"],
            own_host=row.get("own_host", ""),
            port=row.get("port", 993),
            security=Security(row.get("security", Security.TLS)),
            whole_address=row.get("user", "address") == "address",
            password=Passwords(row["password"]),
            page=row.get("page", ""),
            steps=tuple(row.get("steps", ())),
        )
        for row in tomllib.loads(text)["provider"]
    )


def by_domain(addr: str) -> Server | None:
    """The server of an address that is a provider's own."""
    local, _, domain = addr.casefold().rpartition("@")
    for each in providers():
        if domain in each.domains:
            user = "" if each.whole_address else addr[: len(local)]
            return _server(each, each.host, Source.DOMAIN, user)
    return None


def by_exchangers(exchangers: Iterable[str]) -> Server | None:
    """The server of a domain whose mail these hosts take, the most wanted first."""
    for exchanger in exchangers:
        for each in providers():
            if any(_ends(exchanger, end) for end in each.exchangers):
                return _server(each, each.own_host or each.host, Source.EXCHANGER)
    return None


def known_host(host: str) -> Provider | None:
    """The provider whose IMAP server this is; one that runs on this machine may be anybody's."""
    name = host.casefold()
    named = (each for each in providers() if name in {each.host, each.own_host})
    return next((each for each in named if each.host != LOCAL), None)


def recognised(server: Server) -> Server:
    """With its provider, where that is known by the host."""
    return replace(server, provider=server.provider or known_host(server.host))


def _server(provider: Provider, host: str, source: Source, user: str = "") -> Server:
    return Server(host, provider.port, provider.security, source, user, provider)


def _ends(host: str, end: str) -> bool:
    """Whether a host is that one or lies below it."""
    return f".{host.casefold().rstrip('.')}".endswith(f".{end}")
