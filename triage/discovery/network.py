"""The two questions that are asked of others: of the name server, and of a web server."""

import ssl
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException

import dns.exception
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.IN.SRV import SRV

from triage.errors import MailboxError

# Seconds, for an answer of the name server, and for a file of the web server.
PATIENCE, LONG_PATIENCE = 5.0, 8.0
# Octets; such a file has two or three thousand.
LARGEST = 65536


@dataclass(frozen=True, slots=True)
class Service:
    """An SRV record (RFC 2782)."""

    priority: int
    weight: int
    port: int
    target: str


class Network:
    """The name server of this machine, and web servers whose certificate it trusts."""

    def __init__(
        self,
        resolver: dns.resolver.Resolver | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._resolver, self._context = resolver, context

    def exchangers(self, domain: str) -> Sequence[str]:
        """The hosts that take a domain's mail, the most wanted first. MailboxError `dns-silent`
        when no name server answers."""
        found = [each for each in self._records(domain, "MX") if isinstance(each, MX)]
        found.sort(key=lambda each: each.preference)
        return [each.exchange.to_text(omit_final_dot=True) for each in found]

    def services(self, service: str, domain: str) -> Sequence[Service]:
        """A domain's servers for a service ("imaps"), the most wanted first. MailboxError
        `dns-silent`."""
        found = [
            Service(each.priority, each.weight, each.port, each.target.to_text(omit_final_dot=True))
            for each in self._records(f"_{service}._tcp.{domain}", "SRV")
            if isinstance(each, SRV)
        ]
        return sorted(found, key=lambda each: (each.priority, -each.weight))

    def file(self, address: str) -> bytes | None:
        """A small file of a web server, None where it cannot be had."""
        opener = self._opener()
        end = time.monotonic() + LONG_PATIENCE
        try:
            with opener.open(address, timeout=PATIENCE) as answer:
                raw = b""
                while part := answer.read1(4096):
                    raw += part
                    if len(raw) > LARGEST or time.monotonic() > end:
                        return None
                return raw
        except (OSError, HTTPException, ValueError):
            return None

    def _opener(self) -> urllib.request.OpenerDirector:
        """Speaks HTTPS alone: a redirection to anything else ends there."""
        opener = urllib.request.OpenerDirector()
        context = self._context or ssl.create_default_context()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPRedirectHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.UnknownHandler(),
        ):
            opener.add_handler(handler)
        return opener

    def _records(self, name: str, kind: str) -> Sequence[object]:
        try:
            self._resolver = self._resolver or dns.resolver.Resolver()
            return list(self._resolver.resolve(name, kind, lifetime=PATIENCE, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.resolver.LifetimeTimeout, dns.resolver.NoResolverConfiguration) as error:
            raise MailboxError("dns-silent", name=name) from error
        except (dns.exception.DNSException, OSError, ValueError):
            return []
