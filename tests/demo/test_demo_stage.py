"""The stage of the demonstration: what is there while it is open, and that nothing is left of it.

What its server promises is in tests/mailbox/test_mailbox_contract.py.
"""

import socket
import stat
import sys
import threading
from datetime import UTC, datetime

import pytest
from servers.dovecot import Owner

from triage.config import load
from triage.demo import HOST, PASSWORD, USER, stage
from triage.demo.inbox import Delivered
from triage.errors import UserError

NOW = datetime.now(UTC)
MAIL = b"From: a@customer.example\r\nSubject: a\r\n\r\nHello\r\n"


def test_its_mailbox_and_configuration() -> None:
    """The configuration can be used as it is, and leads to a mailbox with the mails in it."""
    with stage([Delivered(MAIL, NOW)], b"spare", "number,email\n1,a@b\n") as scene:
        config = load(scene.config, {})
        assert config.orders is not None
        assert config.orders.path.read_text() == "number,email\n1,a@b\n"
        (account,) = config.accounts
        assert (account.host, account.port, account.user) == (HOST, scene.port, USER)
        assert account.password.file is not None
        assert account.password.file.read_text().strip() == PASSWORD
        assert stat.S_IMODE(account.password.file.stat().st_mode) == 0o600
        assert scene.spare.read_bytes() == b"spare"
        owner = Owner(HOST, scene.port, USER, PASSWORD)
        assert [seen.raw for seen in owner.mails("INBOX")] == [MAIL]
        assert [owner.mails(folder) for folder in ("Drafts", "Sent", "Trash")] == [[], [], []]
        owner.close()


def test_nothing_of_it_is_left() -> None:
    """Neither folder nor port nor thread, though a mail program is still connected."""
    with stage([], b"", "") as scene:
        owner = Owner(HOST, scene.port, USER, PASSWORD)
        owner.client.select_folder("INBOX")
        owner.client.idle()
    assert not scene.config.parent.exists()
    assert not [each for each in threading.enumerate() if each.name == "demo server"]
    with socket.socket() as other:
        assert other.connect_ex((HOST, scene.port)) != 0
    owner.client.shutdown()


def test_a_port_that_is_taken() -> None:
    """Two at a time go well; a port that was asked for and is taken is the caller's to change."""
    with stage([], b"", "") as first, stage([], b"", "") as second:
        assert second.port != first.port  # PORT itself may be another test's, for a while
        with pytest.raises(UserError) as raised, stage([], b"", "", first.port):
            pass
        assert raised.value.kind == "demo-port-taken"


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pymap is not installed that is said, and not by a traceback."""
    monkeypatch.setitem(sys.modules, "pymap", None)
    with pytest.raises(UserError) as raised, stage([], b"", ""):
        pass
    assert raised.value.kind == "demo-not-installed"
