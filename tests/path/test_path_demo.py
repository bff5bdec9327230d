"""The demonstration as a newcomer sees it: a process, its words, and a mail program beside it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from servers.dovecot import Owner

from triage.cli.setting import now
from triage.demo import HOST, PASSWORD, USER, inbox

COMMAND = (sys.executable, "-m", "triage", "demo")
COUNT = len(inbox(now()))


class Shown:
    """`triage demo` while it runs: its lines as they appear."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            COMMAND,
            env={**os.environ, "TMPDIR": str(folder), "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._queue: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def end(self) -> None:
        self.process.kill()
        self._reader.join()
        self.process.communicate()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._queue.put(line.rstrip("\n"))

    def until(self, words: str, seconds: float = 30) -> str:
        """The next line with those words. Fails when none comes in time."""
        end = time.monotonic() + seconds
        while True:
            try:
                line = self._queue.get(timeout=max(0.01, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"no {words!r} in:\n" + "\n".join(self.lines)) from None
            self.lines.append(line)
            if words in line:
                return line


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    show = Shown(tmp_path)
    yield show
    show.end()


def test_it_ends_when_it_has_been_shown(tmp_path: Path) -> None:
    """Once: a table of all mails with outcome and reason, every letter laid, and nothing left."""
    done = subprocess.run(
        [*COMMAND, "--once"],
        env={**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    table, _, letters = done.stdout.partition("letters in Drafts:")
    rows = re.findall(r"^(?:flagged|unsure|repeat|passed|skipped) +\S", table, re.MULTILINE)
    assert len(rows) == COUNT
    assert len(re.findall("^== ", letters, re.MULTILINE)) == int(table.split()[-1])
    assert letters.count("\n    Anna\n    Little Mill Pottery\n") == int(table.split()[-1])
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_ends_it(tmp_path: Path) -> None:
    """`triage demo | head`: nothing stays behind."""
    with subprocess.Popen(
        COMMAND, env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == 141
    assert list(tmp_path.iterdir()) == []


def test_a_mail_that_is_put_in_by_hand(shown: Shown, tmp_path: Path) -> None:
    """What the last lines say is so: the mailbox is open to a mail program, a mail put into it is
    answered, `triage log` knows of it, and Ctrl-C ends all."""
    shown.until("letters in Drafts:")
    port = int(re.search(r"port (\d+)", shown.until("port "))[1])  # type: ignore[index]
    spare = Path(shown.until("curl").split()[-1])
    log = shown.until("--config")

    owner = Owner(HOST, port, USER, PASSWORD)
    laid = len(owner.mails("Drafts"))
    owner.deliver("INBOX", spare.read_bytes())
    row = shown.until("Hedda Lind")
    assert row.startswith("flagged")
    shown.until("Hello Hedda,")
    drafts = owner.mails("Drafts")
    assert len(drafts) == laid + 1
    assert b"In-Reply-To: <5C0E1F7A-2461@mailhaven.example>" in drafts[-1].raw
    assert all("\\Seen" not in seen.flags for seen in owner.mails("INBOX"))
    owner.close()

    said = subprocess.run(log.split(), capture_output=True, text=True, timeout=60, check=True)
    assert "hedda.lind@mailhaven.example" in said.stdout
    shown.process.send_signal(signal.SIGINT)
    shown.until("nothing of it is left")
    assert shown.process.wait(10) == 0
    assert list(tmp_path.iterdir()) == []
