"""triage as its owner runs it, with an auditor: started as a program of its own.

    python audited.py SAID WALLS STARTER ARGUMENT...

Each connection, name look-up and program is written to the file SAID, a JSON list a line. With
WALLS, a comma between: `sealed` ends the process at the first socket of the internet, whoever makes
it, native code included (seccomp, SIGSYS); `loud` sets every log to its highest level; `leaking`
calls out once, so that a test can see that it would be seen. STARTER is a folder with a small
corpus in place of the one that ships, "" for that one. An argument that begins with "import " is
run in place of the command.
"""

import ctypes
import json
import logging
import os
import platform
import struct
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

# The architecture as seccomp names it, and its number of socket(2).
CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
UNIX = 1  # the one family of sockets that stays on this machine
OUTWARD = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.bind": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
    "subprocess.Popen": 0,
    "os.system": 0,
    "os.exec": 0,
    "os.posix_spawn": 0,
}


def watch(said: str) -> None:
    """From now on each way out is written down."""
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def hear(event: str, facts: tuple[object, ...]) -> None:
        if event in OUTWARD:
            told = [event, *map(str, facts[OUTWARD[event] : OUTWARD[event] + 2])]
            os.write(file, json.dumps(told).encode() + b"\n")

    sys.addaudithook(hear)


def seal() -> None:
    """No socket but those of this machine, for this process and all it starts."""
    architecture, call = CALLS[platform.machine()]
    rules = [
        (0x20, 0, 0, 4),  # the architecture
        (0x15, 0, 4, architecture),
        (0x20, 0, 0, 0),  # the system call
        (0x15, 0, 3, call),
        (0x20, 0, 0, 16),  # its first argument
        (0x15, 1, 0, UNIX),
        (0x06, 0, 0, 0x80000000),  # the end of the process
        (0x06, 0, 0, 0x7FFF0000),  # go on
    ]
    code = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    held = ctypes.create_string_buffer(code, len(code))
    filters = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    for number, *facts in ((38, 1, None, 0, 0), (22, 2, filters, 0, 0)):  # PR_SET_*
        if libc.prctl(number, *facts) != 0:
            sys.exit(f"prctl {number}: {os.strerror(ctypes.get_errno())}")


def main() -> None:
    said, walls, starter, *arguments = sys.argv[1:]
    watch(said)
    if "sealed" in walls:
        seal()
    if "loud" in walls:
        logging.basicConfig(level=logging.NOTSET)
        for name in ("imapclient.imapclient", "imapclient.imaplib", "mailparser"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    # Only now: what is imported might call home, too.
    from triage.classifier import corpus
    from triage.cli import main as triage

    if starter:
        corpus.batches = lambda: sorted(Path(starter).iterdir())
    if "leaking" in walls:
        with suppress(OSError):
            urllib.request.urlopen("http://127.0.0.2:9/", timeout=1)
    if arguments[0].startswith("import "):
        exec(arguments[0])
    else:
        sys.argv = ["triage", *arguments]
        triage()


if __name__ == "__main__":
    main()
