"""In which order a server is looked for."""

from collections.abc import Sequence
from typing import Protocol

from triage.account import Security
from triage.config.imap import host as checked_host
from triage.config.table import BadValueError
from triage.discovery.autoconfig import addresses, parsed
from triage.discovery.network import Service
from triage.discovery.provider import Server, Source, by_domain, by_exchangers, recognised

# RFC 6186 section 3.2; encrypted from the first octet is wanted most (RFC 8314).
SERVICES = (("imaps", Security.TLS), ("imap", Security.STARTTLS))


class Asked(Protocol):
    """What is asked of others."""

    def exchangers(self, domain: str) -> Sequence[str]: ...

    def services(self, service: str, domain: str) -> Sequence[Service]: ...

    def file(self, address: str) -> bytes | None: ...


def discover(addr: str, network: Asked) -> Server | None:
    """The IMAP server of an address, None where nobody says it.

    Who takes the mail of a domain goes before what its owner has set for mail programs: that is
    often left behind when the mail moves. MailboxError `dns-silent` when no name server answers.
    """
    if server := by_domain(addr):
        return server
    domain = addr.rpartition("@")[2]
    if server := by_exchangers(network.exchangers(domain)):
        return server
    for service, security in SERVICES:
        for each in network.services(service, domain):
            if server := _of_service(each, security):
                return recognised(server)
    for address in addresses(domain):
        raw = network.file(address)
        if raw and (server := parsed(raw, addr)):
            return recognised(server)
    return None


def _of_service(service: Service, security: Security) -> Server | None:
    """None where it says that there is none (RFC 2782: a target of "."), or nothing of use."""
    try:
        host = checked_host(service.target)
    except BadValueError:
        return None
    found = Server(host, service.port, security, Source.SRV)
    return found if 0 < service.port < 65536 else None
