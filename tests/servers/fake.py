"""A scripted IMAP server: says what a test tells it to, however wrong.

What is not scripted is answered as a small, healthy server would. A script is octets, or a function
that is given the dialog. In octets "TAG" stands for the command's tag; where no line of them begins
with it, an OK is added. A list is used up one by one, its last element stays.
"""

import contextlib
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from servers.certificates import Certificate
from triage.account import Account, PasswordFrom, Security
from triage.message import Address

CAPABILITIES = b"IMAP4rev1 IDLE UIDPLUS SPECIAL-USE"
HEALTHY: dict[str, bytes] = {
    "LOGIN": b"",
    "NOOP": b"",
    "LIST": (
        b'* LIST (\\HasNoChildren) "/" INBOX\r\n'
        b'* LIST (\\Drafts) "/" Drafts\r\n* LIST (\\Sent) "/" Sent\r\n'
        b'* LIST (\\Trash) "/" Trash\r\n'
    ),
    "SELECT": (
        b"* FLAGS (\\Seen \\Flagged \\Deleted \\Draft)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n"
        b"* OK [UIDVALIDITY 7] .\r\n* OK [UIDNEXT 4] .\r\n"
        b"* OK [PERMANENTFLAGS (\\Seen \\Flagged \\Deleted \\Draft \\*)] .\r\n"
        b"TAG OK [READ-WRITE] .\r\n"
    ),
    "UID SEARCH": b"* SEARCH 1 2 3\r\n",
    "UID FETCH": b"",
    "UID STORE": b"",
    "UID EXPUNGE": b"",
    "FETCH": b"* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n* 3 FETCH (UID 3)\r\n",
    "LOGOUT": b"* BYE .\r\n",
}
HEALTHY["EXAMINE"] = HEALTHY["SELECT"].replace(b"READ-WRITE", b"READ-ONLY")


class Dialog:
    """One connection, as a script sees it: `line` is the command just read, `tag` its tag."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._file = sock.makefile("rb")
        self.tag, self.line = b"", b""

    def send(self, data: bytes) -> None:
        self.sock.sendall(re.sub(rb"(?m)^TAG\b", lambda _: self.tag, data))

    def readline(self) -> bytes:
        return self._file.readline()

    def receive(self, size: int) -> bytes:
        return self._file.read(size)

    def silence(self) -> None:
        """Says no more; until the client has gone."""
        while self._file.read(1):
            pass

    def reset(self) -> None:
        """Ends the connection as a crash would."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self._file.close()
        self.sock.close()

    def encrypt(self, context: ssl.SSLContext) -> None:
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self._file = self.sock.makefile("rb")


Script = bytes | Callable[[Dialog], None]


class Fake:
    """Listens on loopback, for any number of connections. `commands` are the lines it was sent."""

    def __init__(
        self,
        scripts: Mapping[str, Script | list[Script]] | None = None,
        *,
        greeting: bytes = b"* OK ready\r\n",
        capabilities: bytes = CAPABILITIES,
        certificate: Certificate | None = None,
        wrapped: bool = True,
    ) -> None:
        self._scripts = {name: list(_many(script)) for name, script in (scripts or {}).items()}
        self._greeting, self._capabilities = greeting, capabilities
        self._context, self._wrapped = None, wrapped
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate.chain, certificate.key)
        self.commands: list[bytes] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def account(self, folder: Path, **changes: object) -> Account:
        """An account on this server, whose password is "hush-hush"."""
        password = folder / "password"
        password.write_text("hush-hush\n")
        password.chmod(0o600)
        security = Security.NONE
        if self._context:
            security = Security.TLS if self._wrapped else Security.STARTTLS
        values: dict[str, object] = {
            "name": "fake",
            "addresses": (Address("", "owner@shop.example"),),
            "host": "localhost",
            "port": self.port,
            "security": security,
            "user": "owner",
            "password": PasswordFrom(file=password),
        }
        return Account(**{**values, **changes})  # type: ignore[arg-type]

    def said(self, command: str) -> list[bytes]:
        """The lines in which a command was sent, without their tags."""
        return [line for line in self.commands if line.upper().startswith(command.encode())]

    def close(self) -> None:
        self._listener.close()
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                self._open.append(sock)
                threading.Thread(target=self._converse, args=(sock,), daemon=True).start()

    def _converse(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):  # the client has gone, or the script closed
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            dialog = Dialog(sock)
            if self._context and self._wrapped:
                dialog.encrypt(self._context)
                self._open.append(dialog.sock)
            dialog.send(self._greeting)
            while line := dialog.readline():
                dialog.tag, _, dialog.line = line.rstrip(b"\r\n").partition(b" ")
                self.commands.append(dialog.line)
                self._answer(dialog)

    def _answer(self, dialog: Dialog) -> None:
        words = dialog.line.decode("latin-1").upper().split() or ["?"]
        name = " ".join(words[:2]) if words[0] == "UID" else words[0]
        scripts = self._scripts.get(name)
        if scripts:
            script: Script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        elif name == "CAPABILITY":
            script = b"* CAPABILITY " + self._capabilities + b"\r\n"
        elif name == "STARTTLS" and self._context:
            dialog.send(b"TAG OK .\r\n")
            dialog.encrypt(self._context)
            self._open.append(dialog.sock)
            return
        else:
            script = HEALTHY.get(name, b"TAG BAD no such command\r\n")
        if callable(script):
            script(dialog)
        else:
            said = b"TAG " if re.search(rb"(?m)^TAG ", script) else b""
            dialog.send(script + (b"" if said else b"TAG OK .\r\n"))


def take_literal(dialog: Dialog) -> bytes:
    """Asks for the literal the command line announces, and reads it and the line's end."""
    announced = re.search(rb"\{(\d+)\}$", dialog.line)
    assert announced, dialog.line
    dialog.send(b"+ go on\r\n")
    data = dialog.receive(int(announced[1]))
    dialog.readline()
    return data


def _many(script: Script | list[Script]) -> list[Script]:
    return script if isinstance(script, list) else [script]
