"""A bad network: a TCP proxy on loopback that loses, holds back and cuts as a rule says."""

import contextlib
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from enum import Enum, auto


class Act(Enum):
    """What becomes of some octets."""

    PASS = auto()
    HOLE = auto()  # swallowed, with all that follows either way; nobody is told
    RESET = auto()  # swallowed, and both ends are reset
    LAST = auto()  # passed, and then both ends are reset
    FIN = auto()  # swallowed, and both ends are closed in order
    DRIP = auto()  # passed octet by octet
    DELAY = auto()  # passed after `DELAYED` seconds
    HOLD = auto()  # kept back with what follows in this direction until `release`


DELAYED = 1.0  # seconds, more than an impatient client waits

Rule = Callable[[str, bytes], Act | bytes]


def pass_all(direction: str, data: bytes) -> Act:
    return Act.PASS


class Chaos:
    """`rule(direction, data)` is asked about every piece; the direction is "up" (to the server) or
    "down". Octets instead of an `Act` go back to where the piece came from, which is swallowed: an
    answer to a command. What is held goes up at `release` even if the client has long hung up: a
    late APPEND."""

    def __init__(self, port: int) -> None:
        self.rule: Rule = pass_all
        self.connections = 0
        self._upstream = port
        self._released = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def release(self) -> None:
        """Lets held octets go and waits until the server has taken them and closed."""
        self._released.set()
        for thread in self._threads:
            thread.join(10)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # else its thread would wait for ever
        self._listener.close()
        self._released.set()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                thread = threading.Thread(target=self._carry, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _carry(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._upstream), 10)
        except OSError:
            client.close()  # nobody there: the client sees the end of it
            return
        self._sockets += [client, server]
        with client, server, contextlib.suppress(OSError):
            for sock in (client, server):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._pump(client, server)

    def _pump(self, client: socket.socket, server: socket.socket) -> None:
        hole, held = False, b""
        ways = {client: ("up", server), server: ("down", client)}
        while True:
            for sock in select.select(list(ways), [], [])[0]:
                direction, other = ways[sock]
                data = sock.recv(65536)
                if not data:
                    if held:
                        self._deliver_late(server, held)
                    return
                act = self.rule(direction, data) if not held else Act.HOLD
                if hole or act is Act.HOLE:
                    hole = True
                elif isinstance(act, bytes):
                    sock.sendall(act)
                elif act is Act.HOLD and direction == "up":
                    held += data
                elif act is Act.FIN:
                    return
                elif act in (Act.RESET, Act.LAST):
                    if act is Act.LAST:
                        other.sendall(data)
                    for end in (client, server):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                else:
                    if act is Act.DELAY:
                        time.sleep(DELAYED)
                    pieces = [bytes((octet,)) for octet in data] if act is Act.DRIP else [data]
                    for piece in pieces:
                        other.sendall(piece)

    def _deliver_late(self, server: socket.socket, held: bytes) -> None:
        """The client has gone; what it said is still on its way."""
        self._released.wait(60)
        server.sendall(held)
        server.shutdown(socket.SHUT_WR)
        server.settimeout(10)
        while server.recv(65536):
            pass
