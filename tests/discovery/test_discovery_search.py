"""Where an address's mail lies: in which order it is asked, and what is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from triage.account import Security
from triage.config.imap import host
from triage.discovery import Passwords, Server, Source, discover, known_host
from triage.discovery.autoconfig import addresses, parsed
from triage.discovery.network import Service
from triage.discovery.provider import LOCAL, providers

ADDR = "Hello@mill.example"


@dataclass
class Told:
    """What the others say, and what they were asked."""

    taken_by: Sequence[str] = ()
    said: Mapping[str, Sequence[Service]] = field(default_factory=dict)
    given: Mapping[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def exchangers(self, domain: str) -> Sequence[str]:
        self.asked.append(domain)
        return self.taken_by

    def services(self, service: str, domain: str) -> Sequence[Service]:
        self.asked.append(f"{service} {domain}")
        return self.said.get(service, ())

    def file(self, address: str) -> bytes | None:
        self.asked.append(address)
        return self.given.get(address)


def config(*servers: str) -> bytes:
    return (
        f"<clientConfig><emailProvider>{''.join(servers)}</emailProvider></clientConfig>".encode()
    )


def incoming(**said: str) -> str:
    known = {"hostname": "in.mill.example", "port": "993", "socketType": "SSL", **said}
    kind = known.pop("type", "imap")
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in known.items())
    return f'<incomingServer type="{kind}">{inside}</incomingServer>'


def test_a_providers_own_address_asks_nobody() -> None:
    told = Told()
    found = discover("mill@Fastmail.com", told)
    assert found
    assert (found.host, found.source, told.asked) == ("imap.fastmail.com", Source.DOMAIN, [])
    short = discover("Little.Mill@icloud.com", told)
    assert short
    assert short.user == "Little.Mill"


@pytest.mark.parametrize(
    ("exchanger", "server"),
    [
        ("aspmx.l.google.com", "imap.gmail.com"),
        ("SMTP.Google.com.", "imap.gmail.com"),
        ("mill-example.mail.protection.outlook.com", "outlook.office365.com"),
        ("in1-smtp.messagingengine.com", "imap.fastmail.com"),
        ("mx.zoho.eu", "imappro.zoho.eu"),  # a domain of one's own has another server there
        ("mail.protonmail.ch", LOCAL),
    ],
)
def test_who_takes_the_mail_goes_before_what_the_domain_says(exchanger: str, server: str) -> None:
    """What is set for mail programs is often left behind when the mail moves."""
    stale = Told([exchanger], {"imaps": [Service(0, 0, 993, "old.mill.example")]})
    found = discover(ADDR, stale)
    assert found
    assert (found.host, found.source) == (server, Source.EXCHANGER)
    assert stale.asked == ["mill.example"]


def test_a_name_is_not_taken_for_one_that_ends_alike() -> None:
    assert discover(ADDR, Told(["notgoogle.com", "google.com.evil.example"])) is None


def test_the_name_server_says_it() -> None:
    """RFC 6186; encrypted from the start goes first, "." means that there is none."""
    plain = Service(0, 0, 143, "imap.mill.example")
    none = Service(0, 0, 0, ".")
    found = discover(ADDR, Told(said={"imaps": [none], "imap": [plain]}))
    assert found == Server("imap.mill.example", 143, Security.STARTTLS, Source.SRV)
    known = discover(ADDR, Told(said={"imaps": [Service(0, 0, 993, "imap.gmail.com")]}))
    assert known
    assert known.provider
    assert known.provider.name == "Gmail"
    for worthless in (Service(0, 0, 993, "a b"), Service(0, 0, 0, "x.example")):
        assert discover(ADDR, Told(said={"imaps": [worthless]})) is None


def test_the_web_server_says_it() -> None:
    """Asked last, and never told the address."""
    first, second = addresses("mill.example")
    told = Told(given={first: b"<html>no</html>", second: config(incoming())})
    found = discover(ADDR, told)
    assert found == Server("in.mill.example", 993, Security.TLS, Source.AUTOCONFIG)
    assert told.asked == ["mill.example", "imaps mill.example", "imap mill.example", first, second]
    assert not any("Hello" in each for each in told.asked)


def test_names_in_a_file_are_filled_in() -> None:
    said = incoming(hostname="imap.%EMAILDOMAIN%", username="%EMAILLOCALPART%")
    assert parsed(config(said), ADDR) == Server(
        "imap.mill.example", 993, Security.TLS, Source.AUTOCONFIG, "Hello"
    )
    same = parsed(config(incoming(username="%EMAILADDRESS%")), ADDR)
    assert same
    assert same.user == ""


def test_the_encrypted_server_is_taken() -> None:
    later = incoming(socketType="STARTTLS", port="143")
    found = parsed(config(incoming(type="pop3"), later, incoming(hostname="b.example")), ADDR)
    assert found
    assert (found.host, found.security) == ("b.example", Security.TLS)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><clientConfig>&z;</clientConfig>' % b"".join(
    b'<!ENTITY %c "%s">' % (char, b"&%c;" % (char - 1) * 10) for char in range(ord("b"), ord("z"))
)
OUTSIDE = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><clientConfig>'
    b'<incomingServer type="imap"><hostname>&e;</hostname><port>993</port>'
    b"<socketType>SSL</socketType></incomingServer></clientConfig>"
)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"<",
        b"<clientConfig>",
        "<a>\ud800</a>".encode("utf-16", "surrogatepass"),
        b"<a>" * 100_000,
        BOMB,
        OUTSIDE,
        config(incoming(socketType="plain")),
        config(incoming(hostname="in.mill.example\nx")),
        config(incoming(hostname="")),
        config(incoming(port="99999999999999999999")),
        config(incoming(port="0")),
        config(incoming(port="70000")),
        config(incoming(port="²")),
        config('<incomingServer type="imap"/>'),
    ],
)
def test_a_file_of_no_use_is_none(raw: bytes) -> None:
    """Malformed or hostile: nothing is read from outside, nothing grows, nothing is raised."""
    assert parsed(raw, ADDR) is None


def test_the_table_of_providers() -> None:
    """Each has a server that the configuration takes, and no two claim the same."""
    domains = [domain for each in providers() for domain in each.domains]
    exchangers = [end for each in providers() for end in each.exchangers]
    assert len(set(domains)) == len(domains)
    assert len(set(exchangers)) == len(exchangers)
    for each in providers():
        assert host(each.host) == each.host
        assert each.domains or each.exchangers, each.name
        assert (each.security is Security.TLS) == (each.port == 993)
        assert each.page.startswith("https://") or not each.page
        assert each.page or each.password is not Passwords.APP, each.name
        assert all(step.endswith(".") for step in each.steps)


def test_a_server_is_recognised_by_its_name() -> None:
    found = known_host("IMAP.gmail.com")
    assert found
    assert found.name == "Gmail"
    assert known_host("imap.mill.example") is None
    assert known_host(LOCAL) is None  # anybody's
