"""Nothing leaves the machine but to the IMAP server, no secret is said, and no file is others'."""

import base64
import json
import os
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from path.letters import CUP, THANKS, letter
from path.program import configure
from servers.certificates import Authority
from servers.dovecot import PASSWORD, Dovecot
from servers.fake import Dialog, Fake

from triage.classifier import corpus
from triage.cli.group import triage
from triage.ledger import Ledger

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WRONG = "wrong hunter2-Zq7"
# What an order command sees of us: its environment, its arguments, its open files.
SPY = """#!/bin/sh
{ env; tr '\\0' '\\n' < /proc/$$/cmdline; ls -l /proc/$$/fd; } >> "%s"
printf '{"orders": []}'
"""


def audited(
    folder: Path, *arguments: str, walls: str = "", starter: str = "", umask: int = 0o022
) -> subprocess.CompletedProcess[str]:
    """The command, and in the folder's file `said` each way out it took."""
    (folder / "said").unlink(missing_ok=True)
    return subprocess.run(
        [sys.executable, HERE / "audited.py", folder / "said", walls, starter, *arguments],
        env={**os.environ, "HOME": str(folder), "IN_THE_WINDOW": PASSWORD},
        cwd=folder,
        umask=umask,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def said(folder: Path) -> list[list[str]]:
    return [json.loads(line) for line in (folder / "said").read_text().splitlines()]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A part of the corpus, so that a training takes a second."""
    folder = tmp_path_factory.mktemp("corpus")
    entries = [each for each in corpus.starter() if each.batch.startswith(("shop-n", "ordinary-g"))]
    (folder / "shop-n.jsonl").write_bytes(corpus.serialise(entries[:: len(entries) // 160]))
    return str(folder)


@pytest.fixture
def labelled(tmp_path: Path) -> str:
    rows = [("my mug is broken", 1), ("it never came", 1), ("thank you", 0), ("opening hours?", 0)]
    file = tmp_path / "labelled.jsonl"
    lines = [json.dumps({"text": text, "complaint": label}) for text, label in rows]
    file.write_text("\n".join(lines) + "\n")
    return str(file)


@dataclass(frozen=True)
class Life:
    """What the program did at a shop: in its folder, what it printed, and the ways out it took."""

    folder: Path
    port: int
    printed: str
    ways: list[list[str]]


@pytest.fixture(scope="module")
def life(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The whole path, with --debug, every log at its highest level and no umask: two mails in the
    inbox, a program for orders, the password in the environment."""
    folder = tmp_path_factory.mktemp("audited-life")
    config = configure(folder, dovecot, "audited-life")
    spy = folder / "spy"
    spy.write_text(SPY % (folder / "seen"))
    spy.chmod(0o700)
    text = re.sub(r"password_file = .*", 'password_env = "IN_THE_WINDOW"', config.read_text())
    text = text.replace(f"{folder}/state", f"{folder}/new/deep/state")
    config.write_text(f'{text}\n[orders]\ncommand = ["{spy}"]\n')
    owner = dovecot.owner("audited-life")
    owner.deliver("INBOX", letter(CUP))
    owner.deliver("INBOX", letter(THANKS))
    owner.close()
    printed, ways = "", []
    preview = ["templates", "preview", "damaged", "--draft", "new/draft.eml"]
    for command in (["check"], ["once"], ["log", "--json"], preview):
        line = ["--debug", "--config", str(config), *command]
        done = audited(folder, *line, walls="loud", umask=0)
        assert done.returncode == 0, done.stdout + done.stderr
        printed += done.stdout + done.stderr
        ways += said(folder)
    assert "1 letter laid" in printed
    return Life(folder, dovecot.tls_port, printed, ways)


def all_written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# --- the network ---


def test_nobody_but_the_imap_server_is_contacted(life: Life) -> None:
    """Its host is looked up and connected to; the owner's own program is run; nothing else is."""
    assert {way[0] for way in life.ways} == {
        *("socket.getaddrinfo", "socket.connect", "subprocess.Popen"),
    }
    looked_up = {tuple(way[1:]) for way in life.ways if way[0] == "socket.getaddrinfo"}
    assert looked_up == {("localhost", str(life.port))}
    to = {way[1] for way in life.ways if way[0] == "socket.connect"}
    assert to <= {f"('127.0.0.1', {life.port})", f"('::1', {life.port}, 0, 0)"}
    run = {way[1] for way in life.ways if way[0] == "subprocess.Popen"}
    assert run == {str(life.folder / "spy")}


@pytest.mark.parametrize(
    "command",
    [
        ["explain", "cup.eml"],
        ["train", "--force", "--from", "labelled.jsonl"],
        ["import triage.classifier as c; c.encoder('semantic').read('Where is my parcel?')"],
    ],
    ids=["explain", "train", "encoder"],
)
def test_what_needs_no_server_makes_no_socket(
    tmp_path: Path, starter: str, labelled: str, command: list[str]
) -> None:
    """Not even in native code, as that of the sentence encoder: the process would end. And models
    and labels are their owner's alone, whatever the umask."""
    (tmp_path / "cup.eml").write_bytes(letter(CUP))
    (tmp_path / "config.toml").write_text(
        'state = "state"\n[classifier]\nencoder = "words"\n[accounts.shop]\nhost = "localhost"\n'
        'address = "hello@shop.example"\npassword_env = "IN_THE_WINDOW"\n'
    )
    options = [] if command[0].startswith("import ") else ["--config", "config.toml"]
    small = starter if command[0] == "train" else ""
    done = audited(tmp_path, *options, *command, walls="sealed", starter=small, umask=0)
    assert done.returncode == 0, done.stdout + done.stderr
    assert said(tmp_path) == []
    made = list(tmp_path.glob("state/**/*"))
    assert bool(made) == (command[0] == "train")
    assert open_to_others([*tmp_path.glob("state"), *made]) == []


def test_a_call_home_would_be_seen(tmp_path: Path) -> None:
    """By the auditor, and by the seal, past which native code does not get either."""
    audited(tmp_path, "--version", walls="leaking")
    assert ["socket.connect", "('127.0.0.2', 9)"] in said(tmp_path)
    assert audited(tmp_path, "--version", walls="sealed").returncode == 0
    native = "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)"
    for walls, arguments in (("sealed,leaking", "--version"), ("sealed", native)):
        assert audited(tmp_path, arguments, walls=walls).returncode == -signal.SIGSYS


# --- secrets ---


def test_the_right_password_is_nowhere(life: Life) -> None:
    """Not in what is printed with --debug and every log at its highest level, in no file, and not
    with the program that is asked for orders."""
    seen = (life.folder / "seen").read_text()
    assert "PATH=" in seen
    assert "IN_THE_WINDOW" not in seen
    everything = life.printed.encode() + all_written(life.folder)
    for shown in forms(PASSWORD):
        assert shown not in everything


@pytest.mark.parametrize("how", ["LOGIN", "AUTHENTICATE"])
def test_a_wrong_password_is_nowhere(dovecot: Dovecot, tmp_path: Path, how: str) -> None:
    """Nor where the server says it back: in its greeting, its refusal, its code and its goodbye."""

    def repeat(dialog: Dialog) -> None:
        if how == "AUTHENTICATE":
            dialog.send(b"+ \r\n")
            dialog.readline()
        dialog.send(b"* OK you said %s\r\nTAG NO [%s] wrong: %s\r\n" % ((WRONG.encode(),) * 3))

    authority = Authority(tmp_path / "authority")
    capabilities = b"IMAP4rev1" + (b" LOGINDISABLED AUTH=PLAIN" if how == "AUTHENTICATE" else b"")
    fake = Fake(
        {how: repeat, "LOGOUT": b"* BYE " + WRONG.encode() + b"\r\n"},
        greeting=b"* OK hello " + WRONG.encode() + b"\r\n",
        capabilities=capabilities,
        certificate=authority.certificate("server"),
    )
    config = configure(tmp_path, dovecot, "wrong")
    given = tmp_path / "given"
    given.touch(0o600)
    given.write_text(WRONG + "\n")
    text = config.read_text().replace(str(dovecot.password_file), str(given))
    text = text.replace(str(dovecot.ca_file), str(authority.ca_file))
    config.write_text(text.replace(str(dovecot.tls_port), str(fake.port)))
    printed = ""
    try:
        for command in (["once"], ["status", "--json"]):
            done = audited(tmp_path, "--debug", "--config", str(config), *command, walls="loud")
            assert done.returncode != 0
            printed += done.stdout + done.stderr
    finally:
        fake.close()
    given.unlink()
    assert fake.said(how)
    assert "localhost" in printed
    everything = printed.encode() + all_written(tmp_path)
    for shown in forms(WRONG):
        assert shown not in everything


def forms(password: str) -> list[bytes]:
    """As it is, in parts, and as AUTHENTICATE PLAIN carries it, at each of three offsets."""
    plain = password.encode()
    whole = [plain[start : start + (len(plain) - start) // 3 * 3] for start in range(3)]
    coded = [base64.b64encode(part) for part in whole if len(part) > 5]
    return [plain, *(part for part in plain.split() if len(part) > 5), *coded]


# --- what a server says ---

# A folder's name: two more commands, a title for the window, red, and letters that run backwards.
EVIL = "x\r\nT1 DELETE Sent\r\nT2 LOGOUT\x1b]0;evil\x07\x1b[31m\x9b31m\u202e"
# In the modified UTF-7 of RFC 3501, and as it is, in a literal.
NAMES = {
    "coded": b'"x&AA0ACg-T1 DELETE Sent&AA0ACg-T2 LOGOUT&ABs-]0;evil&AAcAGw-[31m&AJs-31m&IC4-"',
    "literal": b"{%d}\r\n%s" % (len(EVIL.encode()), EVIL.encode()),
}


@pytest.mark.parametrize("drafts", [b"", b"\\Drafts"], ids=["listed", "used"])
@pytest.mark.parametrize("form", NAMES)
def test_a_folders_name_is_only_a_name(tmp_path: Path, form: str, drafts: bytes) -> None:
    """It becomes no command, whether it is used or only listed, and no escape sequence of it
    reaches a terminal, in check, once, status or log, at once or from what is remembered."""
    name = b'* LIST (%s) "/" %s\r\n* LIST () "/" INBOX\r\n' % (drafts, NAMES[form])
    cup = letter(CUP)
    about = b"* 1 FETCH (UID 1 RFC822.SIZE %d FLAGS () INTERNALDATE %s)\r\n"
    about %= (len(cup), datetime.now(UTC).strftime('"%d-%b-%Y %H:%M:%S +0000"').encode())
    body = b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\n" % (len(cup), cup)
    fetch = lambda dialog: dialog.send(  # noqa: E731 - a script
        (body if b"BODY.PEEK[]" in dialog.line else about) + b"TAG OK .\r\n"
    )
    fake = Fake({"LIST": name, "UID SEARCH": b"* SEARCH 1\r\n", "UID FETCH": fetch})
    account = fake.account(tmp_path)
    config = tmp_path / "config.toml"
    config.write_text(
        f'state = "state"\nclassifier.encoder = "words"\n[accounts.shop]\nuser = "o"\n'
        f'address = "hello@shop.example"\nhost = "localhost"\nport = {fake.port}\n'
        f'security = "none"\npassword_file = "{account.password.file}"\n'
    )
    try:
        runs = [
            CliRunner().invoke(triage, ["--debug", "--config", str(config), *command])
            for command in (["check"], ["once"], ["status"], ["log"])
        ]
    finally:
        fake.close()
    printed = "".join(run.output for run in runs)
    assert ("evil" in printed) == (not drafts or "APPEND" in str(fake.commands))
    shown = {char for char in printed if unicodedata.category(char) in {"Cc", "Cf"}}
    assert shown <= {"\n"}
    used = [line for line in fake.commands if b"&AA0ACg-T1 DELETE" in line]
    assert bool(used) == bool(drafts)
    first = {line.split()[0].upper() for line in fake.commands if line}
    assert not first & {b"DELETE", b"T1", b"T2", b"X"}
    assert all(line.isascii() and line.decode().isprintable() for line in commands_of(fake))


def commands_of(fake: Fake) -> list[bytes]:
    """Without the lines of mails that were laid."""
    known = (b"LOGIN", b"LIST", b"CAPABILITY", b"SELECT", b"EXAMINE", b"UID", b"APPEND")
    return [line for line in fake.commands if line.upper().startswith(known)]


# --- files ---


def open_to_others(made: Iterable[Path]) -> list[str]:
    return [f"{path} {oct(mode)}" for path in made if (mode := path.stat().st_mode) & 0o077]


def test_what_is_written_is_its_owners_alone(life: Life) -> None:
    """Whatever the umask: the state folder, ledger, -wal and -shm, lock, a draft in a file; and the
    folders made above the state are changed by nobody else."""
    ledger = Ledger.open(life.folder / "new/deep/state", "hello@shop.example")
    try:
        ledger.started(0.0)
        made = list(life.folder.glob("new/**/*"))
        names = {path.name for path in made}
        assert names >= {"lock", "draft.eml", *(f"ledger.sqlite3{end}" for end in ("", "-wal"))}
        assert "ledger.sqlite3-shm" in names
        above = {life.folder / "new", life.folder / "new/deep"}
        assert open_to_others(set(made) - above) == []
        assert not [path for path in above if path.stat().st_mode & 0o022]
    finally:
        ledger.close()


# --- what is promised ---


def test_each_test_that_is_named_exists() -> None:
    """SECURITY.md names tests; each is there, and no other way of naming one is used."""
    text = (ROOT / "SECURITY.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 40
    assert text.count("::") == len(named)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file()
        or not re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.MULTILINE)
    ]
    assert missing == []
