"""What all tests share: the private Dovecot, and a loud word on what could not be tested."""

import itertools
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.courier import Courier
from servers.cyrus import Cyrus
from servers.dovecot import Dovecot, NoDovecotError, Owner
from servers.instance import Instance, NoServerError

from triage.account import Account

USERS = itertools.count(1)
YARDSTICK = Path(__file__).parents[2] / "shared" / "yardstick"

# The programs that tests start write as they do at an owner's, where nobody has set this.
os.environ.pop("PYTHONUNBUFFERED", None)
# Under nohup they would inherit that a closing terminal is nothing to them.
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line at the end for each thing that was not there to be tested with."""
    if not YARDSTICK.is_dir():
        terminalreporter.write_sep(
            "!",
            "NOT TESTED on real mail: ../shared/yardstick is not beside this checkout",
            red=True,
        )
    if os.environ.get("TRIAGE_NO_DOVECOT") == "1":
        terminalreporter.write_sep("!", "NOT TESTED on a real IMAP server: no Dovecot", red=True)
    if shutil.which("systemd-analyze") is None:
        terminalreporter.write_sep(
            "!", "NOT TESTED by systemd itself: the unit, no systemd-analyze here", red=True
        )


def running_dovecot(extra: str = "") -> Dovecot:
    """A Dovecot. Without one the test fails, and does not pass by; TRIAGE_NO_DOVECOT=1 says that
    whoever runs the tests knows there is none."""
    if os.environ.get("TRIAGE_NO_DOVECOT") == "1":
        pytest.skip("no Dovecot here (TRIAGE_NO_DOVECOT=1)")
    try:
        server = Dovecot(extra)
    except NoDovecotError as error:
        pytest.fail(f"{error}; install dovecot-imapd, or set TRIAGE_NO_DOVECOT=1")
    try:
        return server.start()
    except NoDovecotError as error:
        server.remove()
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot for all tests: each uses a user of its own."""
    server = running_dovecot()
    yield server
    server.remove()


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    """A Dovecot for one test, to be stopped, killed and started again."""
    server = running_dovecot()
    yield server
    server.remove()


def running(kind: type[Instance]) -> Iterator[Instance]:
    """Who asks for one of these has it, or fails."""
    try:
        server = kind()
    except NoServerError as error:
        pytest.fail(str(error))
    try:
        yield server.start()
    except NoServerError as error:
        pytest.fail(str(error))
    finally:
        server.remove()


@pytest.fixture(scope="session")
def cyrus() -> Iterator[Instance]:
    """A Cyrus for all tests of `make interop`."""
    yield from running(Cyrus)


@pytest.fixture(scope="session")
def courier() -> Iterator[Instance]:
    """A Courier for all tests of `make interop`."""
    yield from running(Courier)


@pytest.fixture
def imap_account(dovecot: Dovecot) -> Account:
    """The account of a user nobody has used, over TLS."""
    return dovecot.account(f"user{next(USERS)}")


@pytest.fixture
def owner(dovecot: Dovecot, imap_account: Account) -> Iterator[Owner]:
    """The same user's own mail program."""
    client = dovecot.owner(imap_account.user)
    yield client
    client.close()
