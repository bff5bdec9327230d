"""The settings for mail programs that a domain's web server gives out, as Thunderbird asks for
them (config-v1.1.xml). Pure."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from triage.account import Security
from triage.config.imap import host as checked_host
from triage.config.table import BadValueError
from triage.discovery.provider import Server, Source

_SECURITY = {"SSL": Security.TLS, "STARTTLS": Security.STARTTLS}
_PORTS = range(1, 65536)


def addresses(domain: str) -> tuple[str, ...]:
    """Where they lie, the likelier first. Encrypted alone: who listens must not name the server."""
    return (
        f"https://autoconfig.{domain}/mail/config-v1.1.xml",
        f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    )


def parsed(raw: bytes, addr: str) -> Server | None:
    """The first encrypted IMAP server in such a file, None where there is none: whatever it holds,
    it raises nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        top = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    found = list(_servers(top, addr))
    return min(found, key=lambda each: each.security is not Security.TLS, default=None)


def _servers(top: "etree._Element", addr: str) -> Iterator[Server]:
    local, _, domain = addr.rpartition("@")
    for server in top.iterfind(".//incomingServer[@type='imap']"):

        def said(key: str, server: "etree._Element" = server) -> str:
            text = (server.findtext(key) or "").strip()
            text = text.replace("%EMAILADDRESS%", addr).replace("%EMAILLOCALPART%", local)
            return text.replace("%EMAILDOMAIN%", domain)

        security, port = _SECURITY.get(said("socketType").upper()), said("port")
        if security is None or not (port.isascii() and port.isdigit() and len(port) < 6):
            continue
        try:
            name = checked_host(said("hostname"))
        except BadValueError:
            continue
        if int(port) in _PORTS:
            user = said("username")
            user = "" if user.casefold() == addr.casefold() or not user.isprintable() else user
            yield Server(name, int(port), security, Source.AUTOCONFIG, user)
