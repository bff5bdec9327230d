"""The name server and the web server, asked over real sockets."""

import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import dns.message
import dns.resolver
import dns.rrset
import pytest
from servers.certificates import Authority

from triage.discovery import Network
from triage.discovery.network import LARGEST, Service
from triage.errors import MailboxError

RECORDS = (
    "mill.example. 60 IN MX 20 second.example.\nmill.example. 60 IN MX 10 first.example.",
    "_imaps._tcp.mill.example. 60 IN SRV 5 1 993 light.example.\n"
    "_imaps._tcp.mill.example. 60 IN SRV 5 9 993 heavy.example.\n"
    "_imaps._tcp.mill.example. 60 IN SRV 1 0 1993 best.example.",
    "_imap._tcp.mill.example. 60 IN SRV 0 0 0 .",
)


class NameServer(threading.Thread):
    """Answers with the records above, with nothing for other names, or not at all."""

    def __init__(self, *, silent: bool = False, garbage: bool = False) -> None:
        super().__init__(daemon=True)
        self._silent, self._garbage = silent, garbage
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def run(self) -> None:
        while True:
            raw, who = self._socket.recvfrom(4096)
            if raw == b"end":
                break
            if not self._silent:
                self._socket.sendto(b"\xff" * 40 if self._garbage else self._answer(raw), who)
        self._socket.close()

    def _answer(self, raw: bytes) -> bytes:
        query = dns.message.from_wire(raw)
        answer = dns.message.make_response(query)
        (question,) = query.question
        for lines in RECORDS:
            rows = [line.split(" ", 4) for line in lines.splitlines()]
            if rows[0][0] == str(question.name):
                kind = rows[0][3]
                found = dns.rrset.from_text(rows[0][0], 60, "IN", kind, *(row[4] for row in rows))
                if found.rdtype == question.rdtype:
                    answer.answer.append(found)
        return answer.to_wire()

    def stop(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.sendto(b"end", ("127.0.0.1", self.port))
        self.join()


def resolver(port: int) -> dns.resolver.Resolver:
    made = dns.resolver.Resolver(configure=False)
    made.nameservers, made.port = ["127.0.0.1"], port
    return made


@pytest.fixture
def names() -> Iterator[Network]:
    server = NameServer()
    server.start()
    yield Network(resolver(server.port))
    server.stop()


def test_exchangers_the_most_wanted_first(names: Network) -> None:
    assert names.exchangers("mill.example") == ["first.example", "second.example"]
    assert names.exchangers("other.example") == []


def test_services_the_most_wanted_first(names: Network) -> None:
    assert [each.target for each in names.services("imaps", "mill.example")] == [
        *("best.example", "heavy.example", "light.example"),
    ]
    assert names.services("imaps", "mill.example")[0] == Service(1, 0, 1993, "best.example")
    assert names.services("imap", "mill.example") == [Service(0, 0, 0, ".")]


@pytest.mark.parametrize("domain", ["a" * 64 + ".example", "a..b", "x" * 300])
def test_a_name_that_is_none_has_nothing(names: Network, domain: str) -> None:
    assert names.exchangers(domain) == []


@pytest.mark.parametrize(("silent", "garbage"), [(True, False), (False, True)])
def test_no_answer_is_said(monkeypatch: pytest.MonkeyPatch, *, silent: bool, garbage: bool) -> None:
    monkeypatch.setattr("triage.discovery.network.PATIENCE", 0.3)
    server = NameServer(silent=silent, garbage=garbage)
    server.start()
    with pytest.raises(MailboxError) as caught:
        Network(resolver(server.port)).exchangers("mill.example")
    assert caught.value.kind == "dns-silent"
    server.stop()


class Pages(http.server.BaseHTTPRequestHandler):
    """A web server's pages, by path."""

    def do_GET(self) -> None:
        if self.path == "/there":
            self._give(200, b"<found/>")
        elif self.path == "/large":
            self._give(200, b"x" * (LARGEST + 1))
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                if self.server.slow.wait(0.1):  # type: ignore[attr-defined]
                    break
        elif self.path == "/moved":
            self._give(302, b"", location="/there")
        elif self.path == "/plain":
            self._give(302, b"", location=f"http://{self.headers['Host']}/there")
        elif self.path == "/local":
            self._give(302, b"", location="file:///etc/hostname")
        else:
            self._give(404, b"<lost/>")

    def _give(self, status: int, body: bytes, **fields: str) -> None:
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Its address, and whom to trust."""
    authority = Authority(tmp_path_factory.mktemp("certificates"))
    shown = authority.certificate("web")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.slow = threading.Event()  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.chain, shown.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_port}", authority.ca_file
    server.slow.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/there", b"<found/>"),
        ("/moved", b"<found/>"),
        ("/missing", None),
        ("/large", None),
        ("/plain", None),
        ("/local", None),
    ],
)
def test_a_small_file_of_a_trusted_server(
    web: tuple[str, Path], path: str, found: bytes | None
) -> None:
    """Redirections are followed where they stay encrypted."""
    address, trusted = web
    context = ssl.create_default_context(cafile=trusted)
    assert Network(context=context).file(address + path) == found


def test_who_drips_is_left(web: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.discovery.network.LONG_PATIENCE", 0.5)
    address, trusted = web
    context = ssl.create_default_context(cafile=trusted)
    assert Network(context=context).file(f"{address}/slow") is None


def test_a_stranger_is_not_believed(web: tuple[str, Path]) -> None:
    """Nor is one asked that is not there."""
    address, _ = web
    assert Network().file(f"{address}/there") is None
    assert Network().file("https://127.0.0.1:1/there") is None
