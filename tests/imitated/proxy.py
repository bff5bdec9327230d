"""A proxy that understands IMAP, before a real server: what a provider does in its own way is done
to the commands and answers that pass; all else is the real server's. It knows no IDLE."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from servers.dovecot import Dovecot, Owner

from triage.account import Account, Security

LITERAL = re.compile(rb"\{(\d+)(\+?)\}\r\n$")


@dataclass(frozen=True)
class Command:
    """What the client said, without its tag, with its literals and its line end. `user` has logged
    in, and `mailbox` is selected, by the real server's name; "" for nobody and none."""

    line: bytes
    user: str
    mailbox: str

    @property
    def name(self) -> str:
        words = self.line.decode("latin-1").upper().split()
        return " ".join(words[: 2 if words[0] == "UID" else 1])

    @property
    def argument(self) -> str:
        """The first, without quotation marks: the name of a mailbox or a user."""
        found = re.match(rb'\S+ (?:"((?:[^"\\]|\\.)*)"|(\S+))', self.line)
        return (found[1] or found[2] or b"").decode() if found else ""

    @property
    def literal(self) -> bytes:
        """The mail of an APPEND."""
        return self.line.partition(b"}\r\n")[2][:-2]


class Deviation:
    """One thing that a provider does in its own way. `source` is where it is known from."""

    source = ""

    def instead(self, command: Command) -> bytes | None:
        """The answer, where the real server is not to be asked. TAG stands for the tag."""
        return None

    def asked(self, line: bytes) -> bytes:
        """The command as the real server is to hear it."""
        return line

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        """What the client is to hear: the untagged responses, then the tagged one."""
        return answer


class Imitated:
    """A private Dovecot that behaves as a provider's server does. Whatever else it is asked for the
    Dovecot answers: its `owner` is a client that has nothing between."""

    def __init__(self, dovecot: Dovecot, *deviations: Deviation) -> None:
        self.dovecot = dovecot
        self.deviations = list(deviations)
        self.heard: list[bytes] = []  # the commands of all connections, as they were said
        for deviation in deviations:
            if isinstance(deviation, Knowing):
                deviation.owner = dovecot.owner
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    def account(self, user: str, security: Security = Security.NONE, **changes: Any) -> Account:
        return replace(self.dovecot.account(user, Security.NONE, **changes), port=self.port)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # else its thread would wait for ever
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.dovecot, name)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._carry, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _carry(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError, EOFError):
            server = socket.create_connection(("127.0.0.1", self.dovecot.port), 10)
            with server, client.makefile("rb") as above, server.makefile("rb") as below:
                for sock in (client, server):
                    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                client.sendall(below.readline())
                self._converse(client, server, above, below)

    def _converse(
        self, client: socket.socket, server: socket.socket, above: BinaryIO, below: BinaryIO
    ) -> None:
        user = mailbox = ""
        while True:
            said = whole(above, lambda: client.sendall(b"+ go on\r\n"))
            tag, _, line = said.partition(b" ")
            command = Command(line, user, mailbox)
            self.heard.append(line)
            refused = [d.instead(command) for d in self.deviations]
            if reply := next(filter(None, refused), None):
                client.sendall(re.sub(rb"(?m)^TAG\b", lambda _, t=tag: t, reply))
                continue
            for deviation in self.deviations:
                line = deviation.asked(line)
            # Without waiting for its leave: the client has been given ours.
            server.sendall(tag + b" " + re.sub(rb"\{(\d+)\}\r\n", rb"{\1+}\r\n", line, count=1))
            answer = [whole(below)]
            while not answer[-1].startswith(tag + b" "):
                answer.append(whole(below))
            if answer[-1].startswith(tag + b" OK"):
                if command.name == "LOGIN":
                    user = command.argument
                elif command.name in {"SELECT", "EXAMINE"}:
                    mailbox = Command(line, user, "").argument
            for deviation in self.deviations:
                answer = deviation.answered(replace(command, mailbox=mailbox), answer)
            client.sendall(b"".join(answer))


class Knowing(Deviation):
    """One that has to look into the mailboxes; `owner` connects as a user."""

    owner: Callable[[str], Owner]


def whole(file: BinaryIO, leave: Callable[[], None] = lambda: None) -> bytes:
    """One command or response with the literals in it; `leave` gives leave to send one. EOFError
    when the other end has gone, with or without a word."""
    said = b""
    while True:
        line = file.readline()
        said += line
        if not line.endswith(b"\n"):
            raise EOFError
        announced = LITERAL.search(line)
        if announced is None:
            return said
        if not announced[2]:
            leave()
        data = file.read(int(announced[1]))
        said += data
        if len(data) < int(announced[1]):
            raise EOFError
