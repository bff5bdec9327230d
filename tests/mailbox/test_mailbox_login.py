"""Connecting: passwords, encryption, certificates, and what a refusal means."""

import logging
import socket
import ssl
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from servers.certificates import Authority
from servers.dovecot import Dovecot, free_port
from servers.fake import Dialog, Fake
from servers.letters import draft, is_ours

from triage.account import Account, PasswordFrom, Security
from triage.errors import AccountError, MailboxError, TriageError
from triage.mailbox import Session, Timeouts, connect, replies
from triage.mailbox.login import mechanism, refused
from triage.mailbox.password import password
from triage.mailbox.wire import is_loopback
from triage.message import Address

Fakes = Callable[..., Fake]
Dial = Callable[..., Session]


def kept(**source: object) -> Account:
    """An account whose password comes from there."""
    return Account(
        "shop",
        (Address("", "a@shop.example"),),
        "h",
        993,
        Security.TLS,
        "a",
        PasswordFrom(**source),  # type: ignore[arg-type]
    )


# --- passwords ---


def test_passwords_of_every_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line of each, without its end; spaces and umlauts are part of it."""
    secret = "päss wörd "
    path = tmp_path / "secret"
    path.write_bytes(f"{secret}\r\nuser: someone\n".encode())
    path.chmod(0o640)
    monkeypatch.setenv("SECRET", secret)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    for source in (
        {"file": path},
        {"env": "SECRET"},
        {"credential": "secret"},
        {"command": ("cat", str(path))},
    ):
        assert password(kept(**source)) == secret


def test_the_command_is_run_without_a_shell(tmp_path: Path) -> None:
    """Its arguments are arguments, whatever stands in them."""
    assert password(kept(command=("printf", "%s", "$HOME; exit `id`"))) == "$HOME; exit `id`"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ({"command": ("/no/such/program",)}, "password-command-missing"),
        ({"command": ("sh", "-c", "echo hush; exit 3")}, "password-command-failed"),
        ({"command": ("true",)}, "password-empty"),
        ({"command": ("printf", "\\n\\nhush")}, "password-empty"),
        ({"command": ("printf", "hu\\001sh")}, "password-unusable"),
        ({"command": ("printf", "hush\\377")}, "password-unusable"),
        ({"file": Path("/no/such/file")}, "password-file-unreadable"),
        ({"env": "NO_SUCH_VARIABLE"}, "password-empty"),
        ({"credential": "missing"}, "password-credential-missing"),
        ({"credential": "../secret"}, "password-credential-missing"),
    ],
)
def test_a_password_that_cannot_be_had(
    source: dict[str, object], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner is told of the source, never of what was in it."""
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(AccountError) as raised:
        password(kept(**source))
    assert raised.value.kind == kind
    assert raised.value.facts["account"] == "shop"
    chain = [raised.value, raised.value.__cause__, raised.value.__context__]
    hidden = kind == "password-unusable" and raised.value.__suppress_context__
    assert "hush" not in str(chain[: 1 if hidden else 3])


def test_a_slow_command_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password manager that asks somebody who is not there."""
    monkeypatch.setattr("triage.mailbox.password.COMMAND_SECONDS", 0.2)
    start = time.monotonic()
    with pytest.raises(AccountError) as raised:
        password(kept(command=("sleep", "20")))
    assert raised.value.kind == "password-command-slow"
    assert time.monotonic() - start < 15


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o620, 0o602])
def test_a_password_file_open_to_all(tmp_path: Path, mode: int) -> None:
    """What everybody can read, or others can change, is no secret."""
    path = tmp_path / "secret"
    path.write_text("hush\n")
    path.chmod(mode)
    with pytest.raises(AccountError) as raised:
        password(kept(file=path))
    assert raised.value.kind == "password-file-open"
    assert raised.value.facts["mode"] == f"{mode:o}"


# --- encryption ---


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("wrapped", [True, False], ids=["tls", "starttls"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("good", None),
        ("expired", "certificate-expired"),
        ("elsewhere", "certificate-wrong-name"),
        ("self-signed", "certificate-unknown"),
        ("stranger", "certificate-unknown"),
    ],
)
def test_certificates(
    fakes: Fakes,
    dial: Dial,
    authority: Authority,
    tmp_path: Path,
    wrapped: bool,
    name: str,
    kind: str | None,
) -> None:
    """Chain, date and name are verified before the password is said; each failure by its name."""
    certificate = {
        "good": lambda: authority.certificate("good"),
        "expired": lambda: authority.certificate("expired", days=0),
        "elsewhere": lambda: authority.certificate("elsewhere", host="mail.else.example"),
        "self-signed": lambda: authority.self_signed("self-signed"),
        "stranger": lambda: Authority(tmp_path / "other").certificate("stranger"),
    }[name]()
    fake = fakes(certificate=certificate, wrapped=wrapped, capabilities=b"IMAP4rev1 STARTTLS")
    if kind is None:
        assert dial(fake, ca_file=authority.ca_file).folders.drafts == "Drafts"
        return
    with pytest.raises(AccountError) as raised:
        dial(fake, ca_file=authority.ca_file)
    assert raised.value.kind == kind
    assert not fake.said("LOGIN")


def test_the_system_knows_nothing_of_a_private_ca(
    fakes: Fakes, dial: Dial, authority: Authority
) -> None:
    """Without the CA file its certificates are refused."""
    with pytest.raises(AccountError) as raised:
        dial(fakes(certificate=authority.certificate("server")))
    assert raised.value.kind == "certificate-unknown"


@pytest.mark.parametrize("content", [None, "no certificate\n"])
def test_a_ca_file_that_is_none(dial: Dial, fakes: Fakes, tmp_path: Path, content: str) -> None:
    """It is named, and nobody is connected to."""
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    fake = fakes()
    with pytest.raises(AccountError) as raised:
        dial(fake, security=Security.TLS, ca_file=path)
    assert raised.value.kind == "ca-file-unreadable"
    assert fake.connections == 0


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")  # it is what is tried
def test_old_encryption_is_not_spoken(dial: Dial, fakes: Fakes, authority: Authority) -> None:
    """A server that knows nothing newer than TLS 1.1 is told nothing."""
    fake = fakes(certificate=authority.certificate("old"))
    fake._context.minimum_version = ssl.TLSVersion.TLSv1
    fake._context.maximum_version = ssl.TLSVersion.TLSv1_1
    fake._context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(MailboxError) as raised:
        dial(fake, ca_file=authority.ca_file)
    assert raised.value.kind == "tls-failed"
    assert not fake.said("LOGIN")


def test_tls_with_a_server_that_speaks_plain(dial: Dial, fakes: Fakes) -> None:
    """A wrong port is told from a wrong certificate."""
    with pytest.raises(MailboxError) as raised:
        dial(fakes(), security=Security.TLS)
    assert raised.value.kind == "tls-failed"


def test_starttls_stripped(dial: Dial, fakes: Fakes) -> None:
    """A server (or somebody before it) that does not offer STARTTLS gets no password."""
    fake = fakes()
    with pytest.raises(AccountError) as raised:
        dial(fake, security=Security.STARTTLS)
    assert raised.value.kind == "starttls-missing"
    assert not fake.said("LOGIN")


def test_starttls_with_words_slipped_in(dial: Dial, fakes: Fakes, authority: Authority) -> None:
    """What was said before encryption is not believed after it."""
    fake = fakes(
        {"STARTTLS": b"TAG OK go on\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"},
        capabilities=b"IMAP4rev1 STARTTLS",
        certificate=authority.certificate("server"),
        wrapped=False,
    )
    with pytest.raises(MailboxError) as raised:
        dial(fake, ca_file=authority.ca_file)
    assert raised.value.kind == "tls-failed"
    assert not fake.said("LOGIN")


def test_plain_text_leaves_this_machine_never(monkeypatch: pytest.MonkeyPatch) -> None:
    """What decides is the address connected to, not the name it goes by; nothing is said."""
    address = _own_address()
    with socket.create_server((address, 0)) as listener:
        listener.settimeout(5)
        monkeypatch.setenv("SECRET", "hush-hush")
        account = replace(
            kept(env="SECRET"),
            host=address,
            port=listener.getsockname()[1],
            security=Security.NONE,
        )
        with pytest.raises(AccountError) as raised:
            connect(account, is_ours=is_ours, timeouts=Timeouts(2, 1, 2))
        there, _ = listener.accept()
        with there:
            assert there.recv(100) == b""
    assert raised.value.kind == "plain-refused"
    assert raised.value.facts["address"] == address


def _own_address() -> str:
    """An address of this machine that is no loopback; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has only its loopback")
        address: str = probe.getsockname()[0]
        return address


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.0.2.1", False),
        ("192.0.2.1", False),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),  # an address to judge, not one to bind
    ],
)
def test_loopback(address: str, loopback: bool) -> None:
    """Which addresses are this machine itself."""
    assert is_loopback(address) is loopback


# --- the login ---


@pytest.mark.parametrize(
    ("code", "reply", "kind"),
    [
        ("AUTHENTICATIONFAILED", "[AUTHENTICATIONFAILED] Authentication failed.", "login-refused"),
        ("AUTHENTICATIONFAILED", "[AUTHENTICATIONFAILED] Invalid credentials", "login-refused"),
        ("", "LOGIN failed.", "login-refused"),
        ("", "Login incorrect", "login-refused"),
        ("", "AUTHENTICATE failed.", "login-refused"),
        ("UNAVAILABLE", "[UNAVAILABLE] Temporary authentication failure.", "login-unavailable"),
        ("", "Authentication failed: temporary server error, try again later", "login-unavailable"),
        ("LIMIT", "[LIMIT] Too many simultaneous connections", "login-unavailable"),
        ("INUSE", "[INUSE] mailbox locked", "login-unavailable"),
        ("", "[HUSH-HUSH] Login failed", "login-refused"),
        ("", "login  FAILED\t.", "login-refused"),
        ("INUSE", "[INUSE] Login failed", "login-unavailable"),
        ("", "Internal error", "login-unavailable"),
        ("", "", "login-unavailable"),
        ("", "Basic authentication is disabled.", "basic-auth-disabled"),
        ("", "AuthFailed:LogonDenied-BasicAuthBlocked", "basic-auth-disabled"),
        ("ALERT", "[ALERT] Application-specific password required", "app-password-needed"),
        ("", "LOGIN failed. Request is throttled.", "login-unavailable"),
    ],
)
def test_what_a_refused_login_means(code: str, reply: str, kind: str) -> None:
    """Only what is certain stops the account: a blip must not lock a healthy one out."""
    said = reply.encode()
    assert replies.code(said) == code
    error = refused(replies.code(said), replies.meanings(said), kept(env="X"))
    assert error.kind == kind
    assert isinstance(error, MailboxError if kind == "login-unavailable" else AccountError)


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        ("Request is throttled. Suggested Backoff Time: 299910 milliseconds", 300.0),
        ("Request is throttled. Suggested Backoff Time: 1 milliseconds", 1.0),
        ("Request is throttled. Suggested Backoff Time: 99999999999999 milliseconds", None),
        ("Request is throttled.", None),
        ("", None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(reply: str, seconds: float | None) -> None:
    """In whole seconds, and never less than it says."""
    assert replies.wait(reply.encode()) == seconds


def test_a_wrong_password_on_dovecot(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The account stops; the password is in no fact."""
    monkeypatch.setenv("WRONG", "hush-hush")
    account = dovecot.account("wrong", password=PasswordFrom(env="WRONG"))
    with pytest.raises(AccountError) as raised:
        connect(account, is_ours=is_ours)
    assert raised.value.kind == "login-refused"
    assert raised.value.facts["user"] == "wrong"
    assert "hush-hush" not in str(raised.value)


# "quiet  as-a mouse", as a server may have understood it.
ECHOES = (b"quiet  as-a mouse", b"quiet as-a mouse", b"as-a", b"cXVpZXQgIGFzLWEgbW91c2U=", b"AS-A")


@pytest.mark.parametrize("mechanism", ["LOGIN", "AUTHENTICATE"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"TAG NO [AUTHENTICATIONFAILED] wrong password '%s'\r\n", "login-refused"),
        (b"TAG NO [AUTHENTICATIONFAILED %s] no\r\n", "login-refused"),
        (b"TAG NO Application-specific password required, not %s\r\n", "app-password-needed"),
        (b"TAG NO Basic authentication is disabled: %s\r\n", "basic-auth-disabled"),
        (b"TAG NO [%s]\r\n", "login-unavailable"),
        (b"TAG BAD %s is no astring\r\n", "login-unavailable"),
        (b"* BYE [%s] %s?\r\n", None),
        (b"* BYE {18}\r\n%s\r\n", None),
        (b"TAG %s\r\n", "connection-lost"),
        (b"%s\r\n", "connection-lost"),
        (b"+ %s\r\n* BYE %s\r\n", None),
    ],
)
def test_a_server_that_repeats_the_password(
    fakes: Fakes, dial: Dial, tmp_path: Path, mechanism: str, answer: bytes, kind: str | None
) -> None:
    """Whole, with blanks collapsed, cut, in base64 or as a code: of its words none are kept."""
    path = tmp_path / "mouse"
    path.write_bytes(ECHOES[0] + b"\n")
    path.chmod(0o600)
    capabilities = b"IMAP4rev1" + (b"" if mechanism == "LOGIN" else b" LOGINDISABLED AUTH=PLAIN")
    for echo in ECHOES:

        def repeat(dialog: Dialog, echo: bytes = echo) -> None:
            if mechanism == "AUTHENTICATE":
                dialog.send(b"+ \r\n")
                dialog.readline()
            dialog.send(answer.replace(b"%s", echo))
            dialog.close()

        fake = fakes({mechanism: repeat}, capabilities=capabilities)
        with pytest.raises(TriageError) as raised:
            dial(fake, password=PasswordFrom(file=path))
        assert kind in (None, raised.value.kind)
        shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
        for part in ("mouse", "as-a", "AS-A", "cXVp", "quiet"):
            assert part not in shown.replace(str(path), "")


@pytest.mark.parametrize("how", ["close", "reset", "bye"])
def test_an_end_during_login_is_no_wrong_password(fakes: Fakes, dial: Dial, how: str) -> None:
    """An EOF in LOGIN looks like a refusal to the library."""

    def end(dialog: object) -> None:
        if how == "bye":
            dialog.send(b"* BYE Too many connections\r\n")  # type: ignore[attr-defined]
        getattr(dialog, "reset" if how == "reset" else "close")()

    with pytest.raises(MailboxError) as raised:
        dial(fakes({"LOGIN": end}))
    assert raised.value.kind == ("server-closed" if how == "bye" else "connection-lost")


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (b"* BYE Too many connections from your address\r\n", "server-closed"),
        (b"220 smtp.example ESMTP\r\n", "connection-lost"),
        (b"", "timed-out"),
        (b"* OK " + b"x" * 9_000_000, "answer-too-large"),
    ],
    ids=["bye", "smtp", "silence", "endless"],
)
def test_greetings(fakes: Fakes, dial: Dial, greeting: bytes, kind: str) -> None:
    """A server that will not, a server of another kind, none at all."""
    start = time.monotonic()
    with pytest.raises(MailboxError) as raised:
        dial(fakes(greeting=greeting), max_size=1_000_000)
    assert raised.value.kind == kind
    assert time.monotonic() - start < 15


def test_nobody_there(dial: Dial, fakes: Fakes) -> None:
    """A server that is down, and a host that does not exist, are tried again."""
    for changes, kind in (
        ({"port": free_port()}, "connection-refused"),
        ({"host": "no-such-host.invalid"}, "host-unknown"),
    ):
        with pytest.raises(MailboxError) as raised:
            dial(fakes(), **changes)
        assert raised.value.kind == kind


@pytest.mark.parametrize(
    ("capabilities", "words", "expected"),
    [
        ({"AUTH=PLAIN"}, "user word", "LOGIN"),
        ({"AUTH=PLAIN"}, "user wörd", "PLAIN"),
        ({"AUTH=PLAIN", "LOGINDISABLED"}, "user word", "PLAIN"),
        ({"LOGINDISABLED"}, "user word", None),
        (set(), "user wörd", None),
    ],
)
def test_mechanism(capabilities: set[str], words: str, expected: str | None) -> None:
    """LOGIN where it will do; PLAIN carries UTF-8; else the owner is told."""
    assert mechanism(frozenset(capabilities), words) == expected


def test_names_and_passwords_are_quoted(fakes: Fakes, dial: Dial, tmp_path: Path) -> None:
    """Spaces, quotes and backslashes arrive."""
    path = tmp_path / "odd"
    path.write_text('a "b\\c\n')
    path.chmod(0o600)
    fake = fakes()
    dial(fake, user='the "owner"', password=PasswordFrom(file=path))
    assert fake.said("LOGIN") == [rb'LOGIN "the \"owner\"" "a \"b\\c"']


def test_plain_answers_once(fakes: Fakes, dial: Dial) -> None:
    """A server that asks again and again is not told the password again and again."""
    asked = []

    def ask(dialog: object) -> None:
        for _ in range(5):
            dialog.send(b"+ \r\n")  # type: ignore[attr-defined]
            asked.append(dialog.readline())  # type: ignore[attr-defined]

    fake = fakes({"AUTHENTICATE": ask}, capabilities=b"IMAP4rev1 LOGINDISABLED AUTH=PLAIN")
    with pytest.raises(MailboxError):
        dial(fake)
    assert [line for line in asked if line] == [b"AG93bmVyAGh1c2gtaHVzaA==\r\n"]


def test_plain_on_dovecot(own_user_with_umlaut: Account) -> None:
    """A password that is not ASCII goes through AUTHENTICATE."""
    with pytest.raises(AccountError) as raised:
        connect(own_user_with_umlaut, is_ours=is_ours)
    assert raised.value.kind == "login-refused"


@pytest.fixture
def own_user_with_umlaut(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.setenv("UMLAUT", "sécret")
    return dovecot.account("umlaut", password=PasswordFrom(env="UMLAUT"))


@pytest.mark.parametrize("level", [logging.NOTSET, logging.DEBUG])
def test_no_secret_reaches_a_log(
    dovecot: Dovecot, caplog: pytest.LogCaptureFixture, level: int
) -> None:
    """Not even with everything set to DEBUG: nothing at all is logged; and where the library's own
    loggers are set to DEBUG by name, neither the password nor a customer's words."""
    caplog.set_level(logging.NOTSET)
    for name in ("imapclient.imapclient", "imapclient.imaplib"):
        caplog.set_level(level, logger=name)
    session = connect(dovecot.account("quiet"), is_ours=is_ours)
    try:
        session.open("INBOX")
        session.append(draft("one"))
    finally:
        session.close()
    messages = [record.getMessage() for record in caplog.records]
    assert bool(messages) is (level == logging.DEBUG)
    assert "secret" not in str(messages)
    assert "sorry" not in str(messages)
    assert "one@ours.example" not in str(messages)


def test_nothing_of_the_password_shows_in_an_account() -> None:
    """A repr names the source only."""
    assert "hush" not in repr(kept(env="HUSH".title()))


@pytest.mark.parametrize("security", list(Security))
def test_session_tells_what_it_found(dovecot: Dovecot, security: Security) -> None:
    """For `triage check`, over each kind of connection."""
    session = connect(dovecot.account("look", security), is_ours=is_ours)
    try:
        assert session.has_idle
        assert session.removes
        assert "SPECIAL-USE" in session.capabilities
        assert not session.keeps_keywords
        session.open("INBOX")
        assert session.keeps_keywords
        folders = session.folders
        assert (folders.drafts, folders.sent, folders.trash) == ("Drafts", "Sent", "Trash")
    finally:
        session.close()


def test_closing_twice_and_after_the_end(own_dovecot: Dovecot) -> None:
    """`close` never raises, and a dead session says so at every step."""
    session = connect(own_dovecot.account("gone"), is_ours=is_ours)
    session.open("INBOX")
    own_dovecot.kill()
    for _ in range(2):
        with pytest.raises(TriageError) as raised:
            session.uids(1)
        assert raised.value.kind == "connection-lost"
    session.close()
    session.close()
    session.interrupt()
