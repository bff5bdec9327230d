"""The octets to and from the server: a socket with limits, beneath imaplib's grammar.

imaplib reads whatever a server announces: a literal of 4 GB, lines without end. It also buffers in
a file object that cannot be asked whether a line is already there, which is what makes IDLE lose
events (IMAPClient issue 565). So the transport is ours and the grammar stays imaplib's.
"""

import contextlib
import imaplib
import ipaddress
import select
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass

from triage.errors import AccountError, MailboxError
from triage.mailbox.failure import Refused
from triage.mailbox.replies import code

LINE = 8_000_000  # octets: a SEARCH answer of 700,000 UIDs; imaplib's own limit breaks at 125,000
# Octets of an answer without mails. As short lines they become Python objects ten times as large:
# 66 MB of LIST, which a mail may have, took 540 MB and two minutes.
TALK = 12_000_000
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, between any two octets of an answer, and for one whole answer."""

    connect: float = 10.0
    read: float = 60.0
    answer: float = 480.0  # a message of 25 MB at 52 kB/s


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect and how. `context` None means without TLS, `starttls` that it begins later;
    `limit` is the most octets one command's answer may have."""

    host: str
    port: int
    context: ssl.SSLContext | None
    starttls: bool
    timeouts: Timeouts
    limit: int


class Wire(imaplib.IMAP4):
    """One connection."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint, self.timeouts = endpoint, endpoint.timeouts
        self.patience = self.timeouts.answer
        self._buffer = bytearray()
        self._limit = min(TALK, endpoint.limit)
        self._budget, self._deadline = self._limit, time.monotonic() + self.timeouts.connect
        super().__init__(endpoint.host, endpoint.port)

    # --- what imaplib asks of its transport ---

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), self.timeouts.connect)
        try:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._protect(self.sock.getpeername()[0])
        except BaseException:
            self.sock.close()
            raise
        self._deadline = time.monotonic() + self.timeouts.connect  # the greeting is due as well

    def _protect(self, address: str) -> None:
        """Before anything is said. What counts is the address in use, not the name it had."""
        context = self.endpoint.context
        if context is None:
            if not is_loopback(address):
                raise AccountError("plain-refused", host=self.host, address=address)
        elif not self.endpoint.starttls:
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        if size > self._budget + len(self._buffer):
            raise MailboxError("answer-too-large", host=self.host, octets=size)
        while len(self._buffer) < size:
            self._receive()
        return self._take(size)

    def readline(self) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LINE:
                raise MailboxError("answer-too-large", host=self.host, octets=searched)
            self._receive()
        return self._take(end + 1)

    def send(self, data: bytes) -> None:  # type: ignore[override]  # bytes is all imaplib sends
        self.renew()
        self.sock.settimeout(min(self.timeouts.read, self.patience))
        self.sock.sendall(data)

    def shutdown(self) -> None:
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the other end was quicker
        finally:
            self.sock.close()

    # --- what imaplib does wrong ---

    def _command_complete(self, name: str, tag: bytes) -> tuple[str, list[bytes]]:
        """NO and BAD as values: imaplib raises the one and returns the other."""
        leaving = name == "LOGOUT"
        kind, data = self._get_tagged_response(tag, expect_bye=leaving)
        if not leaving:
            self._check_bye()
        if kind in ("NO", "BAD"):
            raise Refused(name, kind, data[-1] or b"")
        return kind, data

    def _check_bye(self) -> None:
        if bye := self.untagged_responses.get("BYE"):
            words = bye[-1]
            reply = words if isinstance(words, bytes) else words[0]
            raise MailboxError("server-closed", host=self.host, code=code(reply))

    def login(  # type: ignore[override]  # typeshed says "OK" where imaplib passes on any kind
        self, user: str, password: str
    ) -> tuple[str, list[bytes]]:
        """imaplib sends a user name unquoted."""
        quote = self._quote
        kind, data = self._simple_command("LOGIN", quote(user), quote(password))
        self.state = "AUTH"
        return kind, data

    def starttls(  # type: ignore[override]  # a context that verifies is no option here
        self, ssl_context: ssl.SSLContext
    ) -> None:
        """What a stranger may have said before encryption counts for nothing (CVE-2011-0411)."""
        self._simple_command("STARTTLS")
        if self._buffer:
            raise MailboxError("tls-failed", host=self.host, reason="data-before-handshake")
        self.sock.settimeout(self.timeouts.read)
        self.sock = ssl_context.wrap_socket(self.sock, server_hostname=self.host)
        self.untagged_responses.clear()
        self._tls_established = True
        self.refresh_capabilities()

    def refresh_capabilities(self) -> frozenset[str]:
        """Asked anew: before and after STARTTLS and LOGIN servers say different things."""
        self._get_capabilities()
        return frozenset(self.capabilities)

    # --- what IDLE needs ---

    def start(self, command: bytes) -> bytes:
        """Sends a command whose answer the caller reads by `line`; its tag, for `end`."""
        tag: bytes = self._new_tag()
        self.send(tag + b" " + command + b"\r\n")
        return tag

    def end(self, tag: bytes) -> None:
        self.tagged_commands.pop(tag)

    def line(self) -> bytes:
        return self.readline().rstrip(b"\r\n")

    def ready(self, wake: socket.socket, seconds: float) -> bool:
        """Whether something has come (or the end of it) before `seconds` or an octet on `wake`."""
        pending = isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0
        there = b"\n" in self._buffer or pending
        poll = select.poll()  # select() fails on descriptors over 1,024
        poll.register(self.sock, select.POLLIN)
        poll.register(wake, select.POLLIN)
        wait = 0.0 if there else max(0.0, seconds)
        events = [descriptor for descriptor, _ in poll.poll(wait * 1000)]
        return (there or self.sock.fileno() in events) and wake.fileno() not in events

    def renew(self) -> None:
        """The budget and the deadline of an answer start again: in IDLE silence is no fault."""
        self._budget, self._deadline = self._limit, time.monotonic() + self.patience

    @contextlib.contextmanager
    def mails(self) -> Iterator[None]:
        """Within, answers may be as large as mails are."""
        self._limit = self.endpoint.limit
        try:
            yield
        finally:
            self._limit = min(TALK, self.endpoint.limit)

    def hurry(self, seconds: float) -> None:
        """The answer under way must be there within so many seconds."""
        self._deadline = min(self._deadline, time.monotonic() + seconds)

    def _receive(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(min(self.timeouts.read, left))
        data = self.sock.recv(CHUNK)
        if not data:
            raise self.abort("EOF")
        self._budget -= len(data)
        if self._budget < 0:
            raise MailboxError("answer-too-large", host=self.host, octets=self._limit)
        self._buffer += data

    def _take(self, size: int) -> bytes:
        data = bytes(memoryview(self._buffer)[:size])
        del self._buffer[:size]
        return data


def is_loopback(address: str) -> bool:
    """Whether this machine itself is at an address, IPv4-mapped ones included."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        return ip.ipv4_mapped.is_loopback
    return ip.is_loopback
