"""kill -9 between any two outside steps, against a real Dovecot: one draft each in the end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from path.letters import CUP, JAR, TOWEL
from servers.dovecot import Dovecot

COMPLAINTS = sorted(text.message_id for text in (CUP, JAR, TOWEL))


@pytest.mark.timeout(300)
def test_killed_anywhere_resumed_to_one_draft_each(dovecot: Dovecot, tmp_path: Path) -> None:
    """A real process dies by SIGKILL behind every command and every commit in turn."""
    script = Path(__file__).parent / "kill_everywhere.py"
    done = subprocess.run(
        [
            sys.executable,
            str(script),
            str(dovecot.port),
            str(dovecot.ca_file),
            str(dovecot.password_file),
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    steps = {row["moment"] for row in rows}
    assert len(rows) > 60
    assert {"after ledger.appending", "after mailbox.append", "after ledger.finish"} <= steps
    for row in rows:
        assert row["killed"], row
        assert row["drafts"] == dict.fromkeys(COMPLAINTS, 1), row
        assert row["most"] == 1, row
        assert row["flagged"] == COMPLAINTS, row
        assert row["seen"] == [], row
        assert row["unfinished"] == 0, row
