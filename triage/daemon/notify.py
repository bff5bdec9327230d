"""What systemd is told, over the socket of sd_notify(3). Without systemd: nothing."""

import os
import socket
from collections.abc import Mapping


class Notifier:
    """Sends READY, STATUS, WATCHDOG, RELOADING, STOPPING and what sd_notify(3) has besides. A lost
    datagram is no error."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        usec = environment.get("WATCHDOG_USEC", "")
        pid = environment.get("WATCHDOG_PID", "")
        mine = not pid or pid == str(os.getpid())
        # How often to send WATCHDOG=1, in seconds: half the limit, as sd_watchdog_enabled(3) says.
        self.interval = int(usec) / 2e6 if usec.isdecimal() and int(usec) and mine else None

    def send(self, **state: str | int) -> None:
        """`send(READY=1, STATUS="...")`."""
        if not self._address:
            return
        address = self._address
        if address.startswith("@"):  # a name in the abstract namespace, unix(7)
            address = "\0" + address[1:]
        text = "\n".join(f"{name}={value}" for name, value in state.items())
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
                sender.settimeout(1.0)
                sender.connect(address)  # else poll(2) knows nothing of a queue that is full
                sender.send(text.encode())
        except OSError:
            return
