"""Everything that can be wrong in a configuration, each named with its key's path."""

import tomllib
from datetime import time
from pathlib import Path

import pytest

from triage.account import PasswordFrom, Security
from triage.config import Config, Problem, parse
from triage.message import Address
from triage.order import Columns, Command, Export, Preset
from triage.reply import Person, Spelling, Tone, Voice
from triage.verdict import Thresholds

ACCOUNT = """
[accounts.main]
address = "Anna <anna@shop.example>"
host = "imap.shop.example"
password_env = "SECRET"
"""
FILE = Path("/etc/triage/config.toml")
STATE = Path("/var/lib/triage")


def reading(text: str) -> tuple[Config, tuple[Problem, ...]]:
    return parse(tomllib.loads(text), FILE, STATE)


def problems(text: str) -> set[tuple[str, str]]:
    return {(problem.key, problem.kind) for problem in reading(text)[1]}


def config(text: str) -> Config:
    found, wrong = reading(text)
    assert wrong == ()
    return found


def test_an_order_book() -> None:
    """A file, its columns' names, its dates; relative to the configuration's folder."""
    assert config(ACCOUNT).orders is None
    assert config(ACCOUNT + "[orders]\n[orders.columns]\nnumber = 'Name'").orders is None
    text = """
    [orders]
    file = "orders.csv"
    dates = "%d.%m.%y"
    [orders.columns]
    number = "Bestellnr."
    """
    assert config(ACCOUNT + text).orders == Export(
        FILE.parent / "orders.csv", Columns(number=("Bestellnr.",)), "%d.%m.%y"
    )


def test_an_order_book_of_a_known_kind() -> None:
    """A preset, and one thing in several columns; or a command in place of the file."""
    text = """
    [orders]
    file = "orders.csv"
    preset = "etsy"
    columns.name = ["First", "Last"]
    """
    assert config(ACCOUNT + text).orders == Export(
        FILE.parent / "orders.csv", Columns(name=("First", "Last")), preset=Preset.ETSY
    )
    text = "[orders]\ncommand = 'orders --json'\nfresh_days = 0"
    assert config(ACCOUNT + text).orders == Command(("orders", "--json"), 0)


@pytest.mark.parametrize(
    ("line", "key", "kind"),
    [
        ("fil = 'x.csv'", "fil", "unknown-key"),
        ("file = 'x.csv'\ncommand = 'orders'", "command", "second-order-book"),
        ("command = []", "command", "not-a-command"),
        ("preset = 'ebay'", "preset", "not-a-choice"),
        ("columns.name = []", "columns.name", "empty"),
        ("columns.name = ['First', 7]", "columns.name", "wrong-type"),
        ("file = ''", "file", "empty"),
        ("columns = 'number'", "columns", "wrong-type"),
        ("columns.nummer = 'x'", "columns.nummer", "unknown-key"),
        ("columns.email = ' '", "columns.email", "empty"),
        ("columns.email = false", "columns.email", "wrong-type"),
        ("dates = 'DD.MM.YYYY'", "dates", "not-a-date-format"),
        ("dates = '%d.%m.'", "dates", "not-a-date-format"),
        ("dates = '%Y-%m-%'", "dates", "not-a-date-format"),
        ("dates = '%d.%m.%Q'", "dates", "not-a-date-format"),
        ("dates = '%d %d %m %Y'", "dates", "not-a-date-format"),
        ("dates = ''", "dates", "empty"),
    ],
)
def test_a_wrong_order_book_is_named(line: str, key: str, kind: str) -> None:
    """The same for the order book's keys."""
    assert problems(f"{ACCOUNT}[orders]\n{line}") == {(f"orders.{key}", kind)}


def test_a_shop_has_a_voice() -> None:
    """Who speaks, in whose English, how stiffly; each has its words, and no others."""
    chosen = 'voice = "we"\nspelling = "american"\ntone = "formal"'
    voice = config(f"{ACCOUNT}[shop]\n{chosen}").shop.voice
    assert voice == Voice(Person.SEVERAL, Spelling.AMERICAN, Tone.FORMAL)
    assert config(ACCOUNT).shop.voice == Voice(Person.ONE, Spelling.BRITISH, Tone.FRIENDLY)
    assert problems(f'{ACCOUNT}[shop]\nvoice = "us"\nspelling = "French"\ntone = 1') == {
        ("shop.voice", "not-a-choice"),
        ("shop.spelling", "not-a-choice"),
        ("shop.tone", "wrong-type"),
    }


def test_ten_faults_are_named_at_once() -> None:
    """The operator mends the file once, not ten times."""
    text = """
    stat = "/tmp"
    [shop]
    name = 3
    answer_within = 0
    [shop.remedies]
    refund = "yes"
    [classifier]
    flag = 1.5
    [accounts.main]
    host = "imaps://imap.shop.example"
    port = 70000
    securty = "tls"
    mailboxes = ["INBOX", 5]
    look_back = "a week"
    password = "hunter2"
    """
    assert problems(text) == {
        ("stat", "unknown-key"),
        ("shop.name", "wrong-type"),
        ("shop.answer_within", "out-of-range"),
        ("shop.remedies.refund", "wrong-type"),
        ("classifier.flag", "not-a-probability"),
        ("accounts.main.address", "missing"),
        ("accounts.main.host", "not-a-host"),
        ("accounts.main.port", "out-of-range"),
        ("accounts.main.securty", "unknown-key"),
        ("accounts.main.mailboxes[2]", "wrong-type"),
        ("accounts.main.look_back", "not-a-duration"),
        ("accounts.main.password", "password-in-config"),
    }


@pytest.mark.parametrize(
    ("line", "key", "kind"),
    [
        ("port = 0", "port", "out-of-range"),
        ("port = 70000", "port", "out-of-range"),
        ("port = -1", "port", "out-of-range"),
        ("port = true", "port", "wrong-type"),
        ('port = "993"', "port", "wrong-type"),
        ("port = 993.0", "port", "wrong-type"),
        ("user = 1979-05-27", "user", "wrong-type"),
        ('user = "anna\\nLOGOUT"', "user", "control-character"),
        ('user = "anna\\u202e"', "user", "control-character"),
        ('user = " "', "user", "empty"),
        ('security = "ssl"', "security", "not-a-choice"),
        ('security = "none"', "security", "plain-text-abroad"),
        ("aliases = 'a@b.example'", "aliases", "wrong-type"),
        ("aliases = ['a@b.example', 'nobody']", "aliases[2]", "not-an-address"),
        ("aliases = ['a@b.example', 'a@b.example']", "aliases[2]", "twice"),
        ("aliases = ['anna@shop.example']", None, "address-twice"),
        ("mailboxes = []", "mailboxes", "empty"),
        ("mailboxes = ['']", "mailboxes[1]", "empty"),
        ("mailboxes = ['INBOX', 'inbox']", "mailboxes[2]", "twice"),
        ('mailboxes = ["a\\u0000b"]', "mailboxes[1]", "control-character"),
        ("mailboxes = ['Junk']\njunk = 'Junk'", "junk", "watched-too"),
        ("mailboxes = ['Drafts']\ndrafts = 'Drafts'", "drafts", "watched-too"),
        ("mailboxes = ['Sent']\nsent = 'Sent'", "sent", "watched-too"),
        ("mailboxes = ['Bin']\ntrash = 'Bin'", "trash", "watched-too"),
        ("junk = true", "junk", "wrong-type"),
        ("drafts = ''", "drafts", "empty"),
        ('keyword = "two words"', "keyword", "not-a-keyword"),
        ('keyword = "\\\\Flagged"', "keyword", "not-a-keyword"),
        ('keyword = "Grün"', "keyword", "not-a-keyword"),
        ('label = "\\\\Inbox"', "label", "not-a-label"),
        ('label = "trash"', "label", "not-a-label"),
        ('label = "[Gmail]/Spam"', "label", "not-a-label"),
        ("flag = 1", "flag", "wrong-type"),
        ('max_size = "25"', "max_size", "not-a-size"),
        ("max_size = 25", "max_size", "not-a-size"),
        ('max_size = "25 days"', "max_size", "not-a-size"),
        ('max_size = "1 kB"', "max_size", "out-of-range"),
        ('max_size = "2 GB"', "max_size", "out-of-range"),
        ('digest = "7"', "digest", "not-an-hour"),
        ('digest = "24:00"', "digest", "not-an-hour"),
        ("digest = true", "digest", "wrong-type"),
        ('look_back = "-1 days"', "look_back", "not-a-duration"),
        ('look_back = "1e9 days"', "look_back", "not-a-duration"),
        ('look_back = "999999999 weeks"', "look_back", "out-of-range"),
        ("look_back = 7", "look_back", "not-a-duration"),
        ('poll = "0 seconds"', "poll", "out-of-range"),
        ('append_settle = "2 hours"', "append_settle", "out-of-range"),
        ("ca_file = '~nobody-of-that-name/x'", "ca_file", "no-such-home"),
        ('password_file = "x"', "password_env", "second-password-source"),
    ],
)
def test_a_wrong_value_is_named(line: str, key: str | None, kind: str) -> None:
    """One wrong line makes one problem, at the path of its key."""
    where = f"accounts.main.{key}" if key else "accounts.main"
    assert problems(ACCOUNT + line) == {(where, kind)}


@pytest.mark.parametrize(
    "value",
    [
        "anna",
        "anna@",
        "@shop.example",
        "a b@shop.example",
        "anna@shop..example",
        "a@b.example, c@d.example",
        "Anna <anna@shop.example> <x@y.example>",
        "Anna anna@shop.example",
        "änna@shop.example",
        "Anna <>",
    ],
)
def test_what_is_no_address(value: str) -> None:
    """An address is one plain ASCII addr-spec, with or without a name."""
    text = ACCOUNT.replace("Anna <anna@shop.example>", value)
    assert problems(text) == {("accounts.main.address", "not-an-address")}


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("anna@shop.example", Address("", "anna@shop.example")),
        ("Anna <anna@shop.example>", Address("Anna", "anna@shop.example")),
        ('\\"Mill, Anna\\" <anna@shop.example>', Address("Mill, Anna", "anna@shop.example")),
        ("Töpferei Müller <a+b@xn--tpfer-fua.example>", None),
    ],
)
def test_what_is_an_address(value: str, address: Address | None) -> None:
    """Names may hold anything that is one line; quotation marks around them are not part of it."""
    found = config(ACCOUNT.replace("Anna <anna@shop.example>", value)).accounts[0].address
    assert found == (address or Address("Töpferei Müller", "a+b@xn--tpfer-fua.example"))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "imaps://h",
        "host:993",
        "a b",
        "-h",
        "h/",
        "h..x",
        "h\\n",
        "h\\nEVIL",
        "1.2.3.4/5",
        "[::1]",
    ],
)
def test_what_is_no_host(value: str) -> None:
    """A host is a bare name or address: no scheme, no port, no brackets, no second line."""
    found = problems(ACCOUNT.replace("imap.shop.example", value))
    if value == "h\\n":  # space around a value is dropped before it is looked at
        assert found == {("accounts.main.host", "control-character")}
    else:
        assert {key for key, _ in found} == {"accounts.main.host"}


@pytest.mark.parametrize(
    "value", ["imap.shop.example", "localhost", "127.0.0.1", "::1", "müller.example"]
)
def test_what_is_a_host(value: str) -> None:
    """Names, also with other letters, and both kinds of IP address."""
    assert config(ACCOUNT.replace("imap.shop.example", value)).accounts[0].host == value


@pytest.mark.parametrize("value", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_plain_text_is_for_this_machine_only(value: str) -> None:
    """Security "none" is taken for a loopback address."""
    text = ACCOUNT.replace("imap.shop.example", value) + 'security = "none"'
    account = config(text).accounts[0]
    assert (account.security, account.port) == (Security.NONE, 143)


@pytest.mark.parametrize(
    ("line", "password"),
    [
        ("password_command = \"pass show 'my mail'\"", PasswordFrom(("pass", "show", "my mail"))),
        ('password_command = ["pass", "a b"]', PasswordFrom(("pass", "a b"))),
        ('password_file = "secret"', PasswordFrom(file=Path("/etc/triage/secret"))),
        ('password_env = "_X1"', PasswordFrom(env="_X1")),
        ('password_credential = "shop.pw"', PasswordFrom(credential="shop.pw")),
    ],
)
def test_where_a_password_may_come_from(line: str, password: PasswordFrom) -> None:
    """Four sources, each exactly one record."""
    assert config(ACCOUNT.replace('password_env = "SECRET"', line)).accounts[0].password == password


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", ("password_command", "no-password-source")),
        ("password_command = []", ("password_command", "not-a-command")),
        ('password_command = ""', ("password_command", "not-a-command")),
        ('password_command = "a \'b"', ("password_command", "unbalanced-quotes")),
        ('password_command = ["a", 1]', ("password_command", "not-a-command")),
        ('password_command = ["a\\u0000b"]', ("password_command", "not-a-command")),
        ('password_env = "hunter 2!"', ("password_env", "not-a-variable")),
        ('password_credential = "../../etc/shadow"', ("password_credential", "not-a-credential")),
        ('password_credential = ".."', ("password_credential", "not-a-credential")),
        ('password = "hunter2"', ("password", "password-in-config")),
    ],
)
def test_where_a_password_may_not_come_from(line: str, problem: tuple[str, str]) -> None:
    """Never from the file itself; a name of a source is a name, not a path and not a secret."""
    text = ACCOUNT.replace('password_env = "SECRET"', line)
    assert problems(text) == {(f"accounts.main.{problem[0]}", problem[1])}


def test_no_problem_holds_the_value_found() -> None:
    """A password in the wrong place is not shown on the screen."""
    text = (
        ACCOUNT.replace('"SECRET"', '"hunter 2"') + 'password = "hunter 2"\npasswort = "hunter 2"'
    )
    text += '\nsecurity = "hunter 2"\npoll = "hunter 2"\nport = "hunter 2"'
    found = reading(text)[1]
    assert len(found) == 6
    assert "hunter" not in repr(found)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("pasword_env", "password_env"),
        ("mailbox", "mailboxes"),
        ("alias", "aliases"),
        ("zzz", None),
    ],
)
def test_an_unknown_key_brings_the_one_that_was_meant(key: str, meant: str | None) -> None:
    """Did you mean … ? Or nothing, where nothing is near."""
    (problem,) = reading(ACCOUNT + f"{key} = 1")[1]
    assert (problem.key, problem.kind) == (f"accounts.main.{key}", "unknown-key")
    assert problem.facts == {"meant": meant}


def test_a_strange_key_is_shown_as_toml_writes_it() -> None:
    """A key with a line break or an escape sequence in it cannot break the report."""
    (problem,) = reading('"a.b\\n\\u001b[31m" = 1' + ACCOUNT)[1]
    assert problem.key == '"a.b\\n\\x1b[31m"'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {("accounts", "no-accounts")}),
        ("[accounts]", {("accounts", "no-accounts")}),
        ("accounts = 3", {("accounts", "wrong-type"), ("accounts", "no-accounts")}),
        ("shop = []" + ACCOUNT, {("shop", "wrong-type")}),
        ("[[accounts]]\nhost='h'", {("accounts", "wrong-type"), ("accounts", "no-accounts")}),
    ],
)
def test_tables_that_are_missing_or_none(text: str, found: set[tuple[str, str]]) -> None:
    """A table where a value stands, and a value where a table stands."""
    assert problems(text) == found


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (
            'address = "anna@SHOP.example"\nhost = "other.example"',
            {("accounts.b", "address-twice")},
        ),
        (
            'address = "b@shop.example"\naliases = ["Anna@shop.example"]\nhost = "other.example"',
            {("accounts.b", "address-twice")},
        ),
        (
            'address = "b@shop.example"\nhost = "IMAP.shop.example"\nuser = "anna@shop.example"',
            {("accounts.b", "mailbox-twice")},
        ),
        (
            'address = "b@shop.example"\nhost = "imap.shop.example"\nuser = "anna@shop.example"\n'
            'mailboxes = ["Other"]',
            set(),
        ),
        ('address = "b@shop.example"\nhost = "imap.shop.example"', set()),
    ],
)
def test_what_two_accounts_may_not_share(other: str, found: set[tuple[str, str]]) -> None:
    """One address has one account, and one mailbox of one login has one watcher."""
    assert problems(f'{ACCOUNT}\n[accounts.b]\npassword_env = "B"\n{other}') == found


@pytest.mark.parametrize("name", ["a b", "a/b", "", "a\\nb"])
def test_what_cannot_name_an_account(name: str) -> None:
    """An account's name stands in log lines."""
    found = reading(ACCOUNT.replace("[accounts.main]", f'[accounts."{name}"]'))[1]
    assert [problem.kind for problem in found] == ["account-name"]


def test_defaults_follow_from_what_is_said() -> None:
    """Port by security, user by address, paths by the file's folder."""
    text = 'state = "here"\n[shop]\ntemplates = "~/letters"\n' + ACCOUNT + 'security = "starttls"'
    found = config(text)
    account = found.accounts[0]
    assert (account.port, account.user) == (143, "anna@shop.example")
    assert found.state == Path("/etc/triage/here")
    assert found.templates == Path.home() / "letters"
    assert config(ACCOUNT).state == STATE


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7 days", 604800),
        ("90 seconds", 90),
        ("2 h", 7200),
        ("1.5 min", 90),
        ("45s", 45),
        ("1 Week", 604800),
    ],
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    """Written as people write them."""
    assert config(ACCOUNT + f'look_back = "{text}"').accounts[0].look_back == seconds


def test_the_digests_hour() -> None:
    """As a text, or as TOML has it; none without one."""
    for hour in ('"07:30"', "07:30:00"):
        assert config(ACCOUNT + f"digest = {hour}").accounts[0].digest == time(7, 30)
    for none in ('digest = ""', "digest = false", ""):
        assert config(ACCOUNT + none).accounts[0].digest is None


def test_folder_names_keep_their_letters() -> None:
    """Folders are named as the mail program shows them; INBOX alone is the same in any case."""
    account = config(
        ACCOUNT + 'mailboxes = ["inbox", "Wünsche/Ärger", "苦情"]\njunk = false'
    ).accounts[0]
    assert account.mailboxes == ("INBOX", "Wünsche/Ärger", "苦情")
    assert account.listed == ()


@pytest.mark.parametrize(
    ("lines", "thresholds"),
    [
        ("", Thresholds(0.7, 0.3)),
        ("flag = 0.9", Thresholds(0.9, 0.3)),
        ("flag = 0.2", Thresholds(0.2, 0.2)),
        ("unsure = 0.8", Thresholds(0.8, 0.8)),
        ("flag = 0.6\nunsure = 0.1", Thresholds(0.6, 0.1)),
    ],
)
def test_the_operators_thresholds_go_before_the_models(lines: str, thresholds: Thresholds) -> None:
    """What is set counts; what is not gives way, so that unsure never lies above flag."""
    assert (
        config(f"[classifier]\n{lines}\n{ACCOUNT}").thresholds(Thresholds(0.7, 0.3)) == thresholds
    )


def test_crossed_thresholds_are_a_problem() -> None:
    """Both set by hand and crossed: that is not guessed at."""
    text = "[classifier]\nflag = 0.3\nunsure = 0.6" + ACCOUNT
    assert problems(text) == {("classifier.unsure", "above-flag")}
