"""What `triage init` asks, and where in the configuration each answer goes."""

from collections.abc import Mapping
from pathlib import Path

from triage.account import Security
from triage.cli.asking import Answer, Question
from triage.config import imap, values
from triage.config.table import BadValueError
from triage.config.writing import ACCOUNT
from triage.reply import Spelling

HERE = f"accounts.{ACCOUNT}"
# Below this folder the teaching folders lie.
TEACHING = "Triage"
# The answer for no digest.
NEVER = "none"


def _folder_or_none(value: object) -> object:
    return "" if value == "" else imap.mailbox(value)


def _user_or_none(value: object) -> object:
    return "" if value == "" else values.name(value)


def _hour_or_none(value: object) -> object:
    if not isinstance(value, str):
        raise BadValueError("not-an-hour")
    return values.hour_or_none("" if value == NEVER else value)


def _path_or_none(value: object) -> object:
    return "" if value == "" else values.path(Path())(value)


ADDRESS = Question("address", "Your shop's address", imap.address, (HERE, "address"))
HOST = Question("host", "Name of your provider's IMAP server", imap.host, (HERE, "host"))
PORT = Question("port", "Its port", values.whole(1, 65535), (HERE, "port"), 993)
SECURITY = Question(
    "security",
    "Encrypted from the start (tls), or after a plain beginning (starttls)",
    values.choice(Security),
    (HERE, "security"),
    str(Security.TLS),
)
USER = Question("user", "Login name", _user_or_none, (HERE, "user"), "")
CA_FILE = Question(
    "ca_file", "File with the server's own certificate", _path_or_none, (HERE, "ca_file"), ""
)
COMMAND = Question(
    "password_command",
    "Command that prints the password",
    values.command,
    (HERE, "password_command"),
)
# Not asked: a password that is typed goes into a file.
FILE = Question("password_file", "", values.path(Path()), (HERE, "password_file"))
VARIABLE = Question("password_env", "", values.variable, (HERE, "password_env"))
CREDENTIAL = Question("password_credential", "", values.credential, (HERE, "password_credential"))
DRAFTS = Question("drafts", "Which of them holds drafts", imap.mailbox, (HERE, "drafts"))
SENT = Question(
    "sent", "Which folder holds what you have sent", _folder_or_none, (HERE, "sent"), ""
)
NAME = Question("shop", "The shop's name, as letters bear it", values.line, ("shop", "name"), "")
OWNER = Question("owner", "The one name at the end of a letter", values.line, ("shop", "owner"), "")
WITHIN = Question(
    "answer_within",
    "Within how many working days do you answer",
    values.whole(1, 30),
    ("shop", "answer_within"),
    2,
)
SPELLING = Question(
    "spelling",
    "Whose English do you write, british or american",
    values.choice(Spelling),
    ("shop", "spelling"),
    str(Spelling.BRITISH),
)
# A letter offers only what is true here.
OFFERS = tuple(
    Question(key, f"Do you offer {words}", values.switch, ("shop.remedies", key), usual=False)
    for key, words in (
        ("send_again", "to send a thing again, where it came broken or never"),
        ("refund", "the money back"),
        ("exchange", "an exchange"),
    )
)
TEACH = Question(
    "teaching",
    f'Make two folders, "{TEACHING}/Complaint" and "{TEACHING}/Not a complaint", into which you'
    " copy mails that triage is to learn from",
    values.switch,
    (HERE, "teaching"),
    usual=True,
)
DIGEST = Question(
    "digest",
    "When should a mail in your inbox tell what waits (an hour such as 07:30, or none)",
    _hour_or_none,
    (HERE, "digest"),
    "07:30",
)
SHOP = (NAME, OWNER, WITHIN, SPELLING, *OFFERS, TEACH, DIGEST)
QUESTIONS = (
    *(ADDRESS, HOST, PORT, SECURITY, USER, CA_FILE),
    *(FILE, COMMAND, VARIABLE, CREDENTIAL, DRAFTS, SENT),
    *SHOP,
)


def settings(answers: Mapping[str, Answer]) -> dict[tuple[str, str], object]:
    """The answers as the configuration's values, by table and key; what says nothing is left
    out. Pure."""
    found: dict[tuple[str, str], object] = {}
    for each in QUESTIONS:
        answer = answers.get(each.key)
        if answer is not None and answer != "":
            found[each.place] = answer
    found[ADDRESS.place] = _named(str(answers[ADDRESS.key]), str(answers.get(NAME.key, "")))
    if answers.get(TEACH.key):
        found[TEACH.place] = TEACHING
    else:
        found.pop(TEACH.place, None)
    if answers.get(DIGEST.key) == NEVER:
        del found[DIGEST.place]
    return found


def _named(address: str, shop: str) -> str:
    """The address with the shop's name, as a letter's From bears it."""
    return (
        address if "<" in address or not shop or {"<", ">"} & set(shop) else f"{shop} <{address}>"
    )
