"""What never ends: an IDLE that never falls silent, a LIST without end, a password as long as a
disk."""

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from servers.fake import Dialog, Fake

from triage.account import Account, PasswordFrom, Security
from triage.errors import AccountError, MailboxError
from triage.mailbox import Session, Timeouts, wire
from triage.mailbox.password import LONGEST, password
from triage.mailbox.wire import TALK
from triage.message import Address

Fakes = Callable[..., Fake]
Dial = Callable[..., Session]


def talking(dialog: Dialog) -> None:
    """An IDLE full of lines that are no news, until it is ended."""
    done = threading.Event()

    def talk() -> None:
        while not done.is_set():
            dialog.sock.sendall(b"* OK still here\r\n" * 500)

    dialog.send(b"+ go on\r\n")
    talker = threading.Thread(target=talk, daemon=True)
    talker.start()
    dialog.readline()
    done.set()
    talker.join()
    dialog.send(b"TAG OK .\r\n")


@pytest.mark.parametrize("ended_by", ["time", "interrupt"])
def test_a_server_that_never_falls_silent(fakes: Fakes, dial: Dial, ended_by: str) -> None:
    """The wait ends in its time, or by who ends it: the account is neither held for ever, nor
    counted as hanging, which would end the others."""
    session = dial(fakes({"IDLE": talking}), timeouts=Timeouts(connect=5, read=5, answer=20))
    session.open("INBOX")
    start = time.monotonic()
    if ended_by == "interrupt":
        threading.Timer(0.3, session.interrupt).start()
    try:
        assert not session.wait("INBOX", 0.3 if ended_by == "time" else 60.0, lambda status: False)
    except MailboxError as error:  # whoever is wanted elsewhere waits two seconds for the DONE
        assert (ended_by, error.kind) == ("interrupt", "timed-out")
    assert time.monotonic() - start < 15


def test_a_list_without_end(fakes: Fakes, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines become objects many times as large: fewer octets of them are taken than of mails."""
    assert TALK < 20_000_000
    monkeypatch.setattr(wire, "TALK", 200_000)

    def flood(dialog: Dialog) -> None:
        while True:
            dialog.send(b'* LIST () "/" {1}\r\na\r\n' * 3000)

    with pytest.raises(MailboxError) as raised:
        dial(fakes({"LIST": flood}), timeouts=Timeouts())
    assert raised.value.kind == "answer-too-large"
    assert raised.value.facts["octets"] == 200_000


def test_a_mail_may_be_larger_than_talk(
    fakes: Fakes, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what holds no mail is held short, before a FETCH and after it."""
    monkeypatch.setattr(wire, "TALK", 20_000)
    large = b"* 1 FETCH (UID 1 RFC822.SIZE 50000 BODY[] {50000}\r\n" + b"x" * 50_000 + b")\r\n"
    session = dial(fakes({"UID FETCH": large, "UID SEARCH": b"* SEARCH 1\r\n" * 3000}))
    session.open("INBOX")
    ((found,),) = session.fetch([1])
    assert found.raw == b"x" * 50_000
    with pytest.raises(MailboxError) as raised:
        session.uids(1)
    assert raised.value.kind == "answer-too-large"


@pytest.mark.parametrize("kind", ["command", "file", "credential"])
def test_a_password_without_end(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that never stops, or a file that is none, fills no memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disk"
        path.touch(0o600)
        path.write_bytes(b"x" * (LONGEST + 1))
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", folder)
        source: dict[str, object] = {
            "command": {"command": ("yes", "hush")},
            "file": {"file": path},
            "credential": {"credential": "disk"},
        }[kind]
        account = Account(
            *("shop", (Address("", "a@shop.example"),), "h", 993, Security.TLS, "a"),
            PasswordFrom(**source),  # type: ignore[arg-type]
        )
        start = time.monotonic()
        with pytest.raises(AccountError) as raised:
            password(account)
    assert raised.value.kind == "password-unusable"
    assert "hush" not in str(raised.value)
    assert time.monotonic() - start < 10
