"""The program at a pseudo-terminal."""

import os
import pty
import select
import subprocess
import sys
import termios
import time

# A session whose terminal it is; Ctrl-C is heard even where the tests' own processes ignore it.
ALONE = ("setsid", "--ctty", "env", "--default-signal=INT")


class Terminal:
    """The program on a terminal of its own, where passwords are asked and Ctrl-C comes from."""

    def __init__(self, *arguments: str) -> None:
        self.near, far = pty.openpty()
        environ = {**os.environ, "COLUMNS": "80", "LINES": "24"}
        self.program = subprocess.Popen(
            [*ALONE, sys.executable, "-m", "triage", *arguments],
            stdin=far,
            stdout=far,
            stderr=far,
            env=environ,
        )
        self.before = termios.tcgetattr(far)
        self.far = far
        self.shown = ""

    def until(self, words: str) -> str:
        """What is shown up to these words, from where it was read before."""
        deadline = time.monotonic() + 60
        while words not in self.shown:
            ready, _, _ = select.select([self.near], [], [], 1)
            if ready:
                self.shown += os.read(self.near, 4096).decode()
            assert time.monotonic() < deadline, self.shown
        seen, _, self.shown = self.shown.partition(words)
        return seen

    def press(self, keys: bytes) -> None:
        os.write(self.near, keys)

    def end(self) -> int:
        status = self.program.wait(30)
        self.after = termios.tcgetattr(self.far)
        os.close(self.near)
        os.close(self.far)
        return status
