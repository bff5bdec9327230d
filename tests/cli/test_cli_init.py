"""`triage init`: from an address to a configuration, at a terminal and without one."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from email.utils import formatdate
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from servers.dovecot import Dovecot, Owner
from servers.instance import free_port
from terminal import Terminal

from triage.account import Account
from triage.cli.asking import Answer, Question, Sheet
from triage.cli.group import triage
from triage.cli.questions import QUESTIONS, settings
from triage.cli.signin import sign_in
from triage.config import load
from triage.discovery import Network
from triage.discovery.network import Service
from triage.errors import AccountError, MailboxError, TriageError, UserError

pytestmark = pytest.mark.usefixtures("home")

ADDR = "hello@shop.example"
SECRET = "secret"  # every user's at the private server
MAIL = (
    "From: Ann Fox <ann@customer.example>\r\nTo: {addr}\r\nSubject: Cup broken\r\n"
    "Message-ID: <m1@customer.example>\r\nDate: {date}\r\n\r\n"
    "Hello, my order 4471 came today and the cup is broken. Please send a new one. Ann\r\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    running = Dovecot().start()
    yield running
    running.stop()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Where the file will lie."""
    return tmp_path / ".config" / "triage" / "config.toml"


class Told:
    """Somebody who answers each question with the next answer there is for it, and else with the
    usual one. What is asked is kept."""

    alone = False

    def __init__(self, **given: list[Answer]) -> None:
        self.answers: dict[str, Answer] = {}
        self.given = given
        self.asked: list[str] = []

    def ask(self, question: Question, usual: Answer | None = None) -> Answer:
        self.asked.append(question.key)
        known = self.answers.get(question.key, question.usual if usual is None else usual)
        left = self.given.get(question.key)
        answer = left.pop(0) if left else known
        assert answer is not None, question.key
        question.read(answer)
        self.keep(question.key, answer)
        return answer

    def keep(self, key: str, answer: Answer | None) -> None:
        if answer is None:
            self.answers.pop(key, None)
        else:
            self.answers[key] = answer

    def secret(self, words: str) -> str:
        self.asked.append("secret")
        return str(self.given["secret"].pop(0))

    def sure(self, words: str, *, unasked: bool) -> bool:
        self.asked.append("sure")
        return unasked


class Nobody(Network):
    """No name server and no web server answers."""

    def exchangers(self, domain: str) -> list[str]:
        raise MailboxError("dns-silent", name=domain)


def somebody(server: Dovecot, **given: list[Answer]) -> Told:
    """Who knows where the server is."""
    known: dict[str, list[Answer]] = {
        "address": [ADDR],
        "host": ["localhost"],
        "secret": [SECRET],
    }
    told = Told(**{**known, **given})
    told.answers = {"host": "localhost", "port": server.tls_port, "ca_file": str(server.ca_file)}
    return told


def refused(told: Told, config: Path) -> TriageError:
    with pytest.raises(TriageError) as caught:
        sign_in(told, config, Nobody())
    return caught.value


def test_the_right_password_at_once(server: Dovecot, config: Path) -> None:
    told = somebody(server)
    account = sign_in(told, config, Nobody())
    assert (account.host, account.port) == ("localhost", server.tls_port)
    assert told.asked == ["address", "host", "secret"]
    file = config.with_name("password")
    assert file.read_text() == f"{SECRET}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SECRET not in str(told.answers)


def test_a_wrong_password_is_asked_for_again(server: Dovecot, config: Path) -> None:
    """The second time for the login name, too; the wrong ones are gone."""
    told = somebody(server, secret=["one", "two", SECRET])
    sign_in(told, config, Nobody())
    assert told.asked == ["address", "host", "secret", "secret", "user", "secret"]
    assert [each.name for each in config.parent.iterdir()] == ["password"]
    assert config.with_name("password").read_text() == f"{SECRET}\n"


def test_three_wrong_passwords_end_it(server: Dovecot, config: Path) -> None:
    """Providers lock accounts."""
    error = refused(somebody(server, secret=["one", "two", "three"]), config)
    assert (error.kind, type(error)) == ("login-refused", AccountError)
    assert not list(config.parent.iterdir())


def test_a_server_that_cannot_be_reached(server: Dovecot, config: Path) -> None:
    """Its name, the encryption and the port are asked for again; three times, and no more."""
    told = somebody(server, port=[server.tls_port])
    told.answers["port"] = free_port()
    sign_in(told, config, Nobody())
    assert told.asked == ["address", "host", "secret", "host", "security", "port"]
    never = somebody(server)
    never.answers["port"] = free_port()
    assert refused(never, config).kind == "connection-refused"
    assert never.asked.count("port") == 2


def test_what_was_kept_may_be_of_no_use(server: Dovecot, config: Path, tmp_path: Path) -> None:
    """A password file that has gone, and one of the owner's own, which stays; a server that would
    be spoken to in the clear."""
    own = tmp_path / "own"
    own.write_text("wrong\n")
    own.chmod(0o600)
    for kept in ("password", str(own)):
        told = somebody(server)
        told.answers["password_file"] = kept
        sign_in(told, config, Nobody())
        assert told.asked == ["address", "host", "secret"]
    assert own.read_text() == "wrong\n"
    plain = somebody(server, host=["imap.shop.example", "localhost"], security=["tls"])
    plain.answers["security"] = "none"
    sign_in(plain, config, Nobody())
    assert plain.asked == ["address", "host", "secret", "host", "security", "port"]


def test_a_certificate_that_nobody_knows(server: Dovecot, config: Path) -> None:
    told = somebody(server, ca_file=[str(server.ca_file)])
    del told.answers["ca_file"]
    assert sign_in(told, config, Nobody()).ca_file == server.ca_file
    assert told.asked[-1] == "ca_file"


def test_folders_that_are_not_found(config: Path) -> None:
    """Which they are is asked, with the names there are."""
    plain = Dovecot()
    text = plain.config.read_text()
    for role in ("Drafts", "Sent"):
        text = text.replace(f"mailbox {role} {{", f"mailbox Old{role} {{").replace(
            f"special_use = \\{role}", ""
        )
    plain.config.write_text(text)
    plain.start()
    try:
        told = somebody(plain, drafts=["OldDrafts"], sent=["Old", "OldSent"])
        account = sign_in(told, config, Nobody())
        assert (account.drafts, account.sent) == ("OldDrafts", "OldSent")
        assert told.asked == ["address", "host", "secret", "drafts", "sent", "sent"]
        without = somebody(plain, drafts=["OldDrafts"])
        assert sign_in(without, config, Nobody()).sent == ""
    finally:
        plain.stop()


def test_another_address_forgets_what_was_for_the_first(server: Dovecot, config: Path) -> None:
    """Server and password of the former are not offered for it."""
    told = somebody(server)
    sign_in(told, config, Nobody())
    told.given |= {"address": ["other@gmail.com"], "secret": []}
    with pytest.raises(IndexError):  # asked for a password
        sign_in(told, config, Nobody())
    assert told.answers == {
        "address": "other@gmail.com",
        "host": "imap.gmail.com",
        "port": 993,
        "security": "tls",
        "user": "",
    }
    assert not config.with_name("password").exists()


def test_who_takes_no_passwords_is_told_at_once(config: Path) -> None:
    told = Told(address=["mill@outlook.com"])
    error = refused(told, config)
    assert (error.kind, error.facts["provider"]) == ("no-passwords-taken", "Microsoft")
    assert told.asked == ["address"]


class Srv(Nobody):
    """A name server that names one IMAP server."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def exchangers(self, domain: str) -> list[str]:
        return []

    def services(self, service: str, domain: str) -> list[Service]:
        return [Service(0, 0, 993, self.target)]

    def file(self, address: str) -> None:
        return None


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        ("imap.shop.example", ["address", "sure", "secret"]),
        ("imap.shop.example.evil.example", ["address", "sure", "host", "secret"]),
        ("evilshop.example", ["address", "sure", "host", "secret"]),
    ],
)
def test_a_foreign_server_is_not_believed_unasked(
    config: Path, monkeypatch: pytest.MonkeyPatch, target: str, asked: list[str]
) -> None:
    """No password goes to a server that an unsigned answer names, unless its owner says so."""
    heard = []

    def never(account: Account, **_: object) -> None:
        heard.append(account.host)
        raise AccountError("basic-auth-disabled", host="h", user="u")

    monkeypatch.setattr("triage.cli.signin.connect", never)
    told = Told(address=[ADDR], secret=[SECRET], host=["own.example"])
    with pytest.raises(AccountError):
        sign_in(told, config, Srv(target))
    assert told.asked == asked
    assert heard == [target if asked[2] == "secret" else "own.example"]


def test_groups_of_an_app_password(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gmail shows four groups of four letters; they are one word."""

    def never(*_: object, **__: object) -> None:
        raise AccountError("basic-auth-disabled", host="h", user="u")

    monkeypatch.setattr("triage.cli.signin.connect", never)
    told = Told(address=["mill@gmail.com"], secret=["abcd efgh ijkl mnop"])
    assert refused(told, config).kind == "basic-auth-disabled"
    assert config.with_name("password").read_text() == "abcdefghijklmnop\n"


def test_a_command_instead_of_a_password(server: Dovecot, config: Path) -> None:
    told = somebody(server, secret=[""], password_command=[f"echo {SECRET}"])
    assert sign_in(told, config, Nobody()).password.command == ("echo", SECRET)
    assert not config.parent.exists()


# --- at a terminal ---


def kept(config: Path, server: Dovecot) -> None:
    """What somebody answered before he was interrupted."""
    config.parent.mkdir(parents=True)
    config.with_name("init.toml").write_text(
        f'address = "{ADDR}"\nhost = "localhost"\nport = {server.tls_port}\n'
        f'ca_file = "{server.ca_file}"\n'
        'refund = "perhaps"\nanswer_within = 99\nnothing = 1\n'
    )


@pytest.fixture
def owner(server: Dovecot) -> Iterator[Owner]:
    with closing(Owner("127.0.0.1", server.port, ADDR)) as there:
        yield there


def test_from_the_first_question_to_the_last(server: Dovecot, config: Path, owner: Owner) -> None:
    """Interrupted in the midst and gone on with; the end shows the past, and changes nothing."""
    owner.deliver("INBOX", MAIL.format(addr=ADDR, date=formatdate()).encode())
    kept(config, server)
    first = Terminal("init")
    first.until("Your shop's address [hello@shop.example]")
    first.press(b"\n")
    first.until("IMAP server [localhost]")
    first.press(b"\n")
    first.until("Password")
    first.press(f"{SECRET}\n".encode())
    first.until("The shop's name")
    first.press(b"Little Mill\n")
    first.until("The one name")
    first.press(b"\x03")
    first.until("Your answers are kept; to go on: triage init")
    assert first.end() == 130
    assert not config.exists()
    then = Terminal("init")
    for question, keys in (
        ("Your shop's address", b"\n"),
        ("IMAP server", b"\n"),
        ("The shop's name, as letters bear it [Little Mill]", b"\n"),
        ("The one name", b"Anna\n"),
        ("working days do you answer", b"soon\n"),
        ("It must be a whole number", b""),
        ("working days do you answer", b"3\n"),
        ("Whose English", b"american\n"),
        ("send a thing again", b"y\n"),
        ("the money back", b"\n"),
        ("an exchange", b"\n"),
        ("Make two folders", b"n\n"),
        ("tell what waits", b"none\n"),
    ):
        shown = then.until(question)
        assert SECRET not in shown
        then.press(keys)
    then.until("1 letter would have been laid")
    then.until("To start it: triage run")
    then.until("service install")
    assert then.end() == 0
    read = load(config, os.environ)
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert sorted(each.name for each in config.parent.iterdir()) == ["config.toml", "password"]
    (account,) = read.accounts
    assert (account.address.name, account.teaching, account.digest) == ("Little Mill", "", None)
    assert (read.shop.owner, read.shop.answer_within) == ("Anna", 3)
    assert (read.shop.remedies.send_again, read.shop.remedies.refund) == (True, False)
    assert [len(owner.mails(folder)) for folder in ("INBOX", "Drafts")] == [1, 0]
    assert not any(flag for each in owner.mails("INBOX") for flag in each.flags - {"\\Recent"})


# --- without one ---


def init(*arguments: str) -> Result:
    return CliRunner().invoke(triage, ["init", *arguments])


def answers(tmp_path: Path, text: str) -> str:
    file = tmp_path / "answers.toml"
    file.write_text(text)
    return str(file)


def test_answers_from_a_file(server: Dovecot, config: Path, tmp_path: Path) -> None:
    """All that is not said has its usual value."""
    text = (
        f'address = "second@shop.example"\nhost = "localhost"\nport = {server.tls_port}\n'
        f'ca_file = "{server.ca_file}"\npassword_file = "{server.password_file}"\n'
        'shop = "Mill"\nrefund = true\n'
    )
    done = init("--answers", answers(tmp_path, text), "--no-replay")
    assert done.exit_code == 0, done.output
    read = load(config, os.environ)
    assert read.accounts[0].teaching == "Triage"
    assert str(read.accounts[0].digest) == "07:30:00"
    assert read.shop.remedies.refund
    again = init("--answers", answers(tmp_path, text))
    assert again.exit_code == 2
    assert "There is a configuration already" in again.output


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ('host = "h.example"', 2, "has no answer for address"),
        ('address = "hello@gmail.com"', 2, "has no answer for password_file"),
        ('address = "hello@outlook.com"', 2, "takes no passwords"),
        ('adress = "x"\nanswer_within = "soon"', 2, "adress: there is no such key"),
        ("digest = 07:30:00", 2, "digest: must be an hour"),
        ("address = ", 2, "this is no TOML"),
        (
            'address = "a@gmail.com"\npassword_file = "/p"\npassword_env = "P"',
            *(2, "password_env: must not be given beside password_file"),
        ),
        (
            'address = "a@b.example"\nhost = "127.0.0.1"\nport = 1\npassword_env = "HOME"',
            *(75, "Nothing answers"),
        ),
    ],
)
def test_what_a_file_lacks(
    config: Path, tmp_path: Path, text: str, status: int, words: str
) -> None:
    done = init("--answers", answers(tmp_path, text))
    assert words in done.output
    assert done.exit_code == status
    assert not config.exists()


def test_nobody_to_ask() -> None:
    """In a pipe it does not wait."""
    done = init()
    assert done.exit_code == 2
    assert "there is no terminal" in done.output


def test_what_says_nothing_is_left_out() -> None:
    found = settings({"address": "a@b.c", "user": "", "teaching": False, "digest": "none"})
    assert found == {("accounts.shop", "address"): "a@b.c"}
    for shop, address in (("", "a@b.c"), ("A <b>", "a@b.c"), ("Mill", "Mill <a@b.c>")):
        named = settings({"address": "a@b.c", "shop": shop})
        assert named["accounts.shop", "address"] == address


def test_a_sheet_names_all_that_is_wrong(tmp_path: Path) -> None:
    file = answers(tmp_path, 'refund = "yes"\nspelling = "scots"\n')
    with pytest.raises(UserError) as caught:
        Sheet(Path(file), QUESTIONS)
    problems = caught.value.facts["problems"]
    assert isinstance(problems, list)
    assert {each.key for each in problems} == {"refund", "spelling"}
