"""What a run of the tests could not show, said loudly at its end."""

import os
from pathlib import Path

import pytest

YARDSTICK = Path(__file__).parents[2] / "shared" / "yardstick"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was not there to be tested with."""
    if not YARDSTICK.is_dir():
        terminalreporter.write_sep(
            "!",
            "NOT TESTED on real mail: ../shared/yardstick is not beside this checkout",
            red=True,
        )
    if os.environ.get("TRIAGE_NO_DOVECOT"):
        terminalreporter.write_sep("!", "NOT TESTED on a real IMAP server: no Dovecot", red=True)
