"""What goes wrong at an owner's: one clear sentence each, no traceback, and the state unharmed."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from path.letters import CUP, JAR, TOWEL, letter
from path.program import configure, triage
from servers.certificates import Authority
from servers.dovecot import Dovecot, free_port
from servers.fake import Fake

from triage.ledger import Ledger

PUT_OFF = 75  # sysexits: EX_TEMPFAIL

TEN_FAULTS = """
sate = "/tmp/x"

[shop]
nmae = "Saltmarsh"
answer_within = "two"

[accounts.shop]
address = "nobody"
port = 70000
security = "tsl"
password = "secret"
look_back = "a while"
mailboxs = ["INBOX"]
max_size = 25
"""


def says(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command failed with these words on standard error, and without a traceback."""
    sys.stdout.write(done.stderr)
    said = " ".join(done.stderr.split())
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    missing = [word for word in words if word not in said]
    assert not missing, f"{missing} not in: {said}"


def test_config_with_ten_faults(tmp_path: Path) -> None:
    """All of them at once, each with its key, the near misses with what was meant."""
    path = tmp_path / "config.toml"
    path.write_text(TEN_FAULTS)
    done = triage(path, "once")
    assert done.returncode == 2
    says(
        done, "sate", "state", "shop.nmae", "shop.answer_within", "accounts.shop.address",
        "accounts.shop.port", "accounts.shop.security", "accounts.shop.password",
        "password_command", "accounts.shop.look_back", "accounts.shop.mailboxs", "mailboxes",
        "accounts.shop.max_size",
    )  # fmt: skip


def test_wrong_password(dovecot: Dovecot, tmp_path: Path) -> None:
    """The account and the server are named, the password is not."""
    path = configure(tmp_path, dovecot, "badpassword")
    wrong = tmp_path / "wrong"
    wrong.touch(0o600)
    wrong.write_text("hunter2\n")
    path.write_text(path.read_text().replace(str(dovecot.password_file), str(wrong)))
    done = triage(path, "once")
    says(done, "shop", "localhost", "password")
    assert "hunter2" not in done.stdout + done.stderr


def test_missing_drafts(dovecot: Dovecot, tmp_path: Path) -> None:
    """A folder that was named and is not there: the name, and what can be done."""
    path = configure(tmp_path, dovecot, "nodrafts", 'drafts = "Brouillons"')
    says(triage(path, "once"), "shop", "Brouillons", "Drafts")


def test_server_down(dovecot: Dovecot, tmp_path: Path) -> None:
    """Nobody listens: the host is named, and that it is tried again."""
    path = configure(tmp_path, dovecot, "down")
    path.write_text(path.read_text().replace(str(dovecot.tls_port), str(free_port())))
    says(triage(path, "once"), "shop", "localhost", "Nothing answers")


def test_damaged_ledger(dovecot: Dovecot, tmp_path: Path) -> None:
    """The file is named, left as it is, and what to do with it is said."""
    path = configure(tmp_path, dovecot, "damaged")
    assert triage(path, "once").returncode == 0
    ledger = tmp_path / "state/ledger.sqlite3"
    ledger.write_bytes(b"no ledger at all" * 1000)
    says(triage(path, "once"), str(ledger), "damaged")
    assert ledger.read_bytes() == b"no ledger at all" * 1000


def test_template_with_a_syntax_error(dovecot: Dovecot, tmp_path: Path) -> None:
    """File and line are named before anything is read or drafted."""
    path = configure(tmp_path, dovecot, "template")
    (tmp_path / "letters/en").mkdir(parents=True)
    (tmp_path / "letters/en/damaged.txt.j2").write_text("Hello\n{% if %}\n")
    text = path.read_text().replace("[shop]", f'[shop]\ntemplates = "{tmp_path}/letters"')
    path.write_text(text)
    done = triage(path, "once")
    assert done.returncode == 2
    says(done, "damaged.txt.j2", "2")


def test_full_disk(dovecot: Dovecot, tmp_path: Path) -> None:
    """The state cannot grow: said, nothing lost, and one draft each once there is room again."""
    path = configure(tmp_path, dovecot, "full")
    assert triage(path, "once").returncode == 0
    owner = dovecot.owner("full")
    for text in (CUP, JAR, TOWEL):
        owner.deliver("INBOX", letter(text))
    room = (tmp_path / "state/ledger.sqlite3").stat().st_size

    def no_room() -> None:  # no file of the process may grow beyond this
        resource.setrlimit(resource.RLIMIT_FSIZE, (room // 4, room // 4))

    done = subprocess.run(
        [sys.executable, "-m", "triage", "--config", str(path), "once"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=no_room,
    )
    says(done, "state")
    assert not owner.mails("Drafts")
    deadline = time.monotonic() + 60
    while (again := triage(path, "once")).returncode == PUT_OFF and time.monotonic() < deadline:
        time.sleep(0.5)  # as a timer would, where there was room enough to note the failure
    assert again.returncode == 0
    assert len(owner.mails("Drafts")) == 3
    owner.close()
    ledger = Ledger.open(tmp_path / "state", "hello@shop.example")
    assert ledger.all("PRAGMA integrity_check")[0][0] == "ok"
    ledger.close()


@pytest.mark.parametrize(
    ("name", "word"),
    [("expired", "expired"), ("elsewhere", "another name"), ("stranger", "signed by nobody")],
)
def test_bad_certificates(dovecot: Dovecot, tmp_path: Path, name: str, word: str) -> None:
    """Nothing is said to such a server; what is wrong with its certificate is."""
    certificate = {
        "expired": lambda: dovecot.authority.certificate("expired", days=0),
        "elsewhere": lambda: dovecot.authority.certificate("elsewhere", host="mail.else.example"),
        "stranger": lambda: Authority(tmp_path / "other").certificate("stranger"),
    }[name]()
    fake = Fake(certificate=certificate, wrapped=True)
    path = configure(tmp_path, dovecot, "certificate")
    path.write_text(path.read_text().replace(str(dovecot.tls_port), str(fake.port)))
    try:
        says(triage(path, "once"), "shop", "localhost", "certificate", word)
    finally:
        fake.close()
