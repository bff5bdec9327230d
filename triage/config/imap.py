"""What a value about an account and its IMAP server must look like. Pure."""

import re
from ipaddress import ip_address

from triage.config.table import BadValueError
from triage.config.values import line, name
from triage.message import Address

_ADDR = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<addr>[^<>]*)>")
_HOST = re.compile(r"[^\W_](?:[\w.-]{0,251}[^\W_])?")
# What Gmail calls its own folders by: a mail that bears such a label lies there.
GMAILS_OWN = frozenset(
    {"inbox", "spam", "trash", "bin", "sent", "drafts", "starred", "important", "chats"}
    | {"all mail", "[gmail]", "[google mail]"}
)
# RFC 3501 section 9, `flag-keyword`: an atom.
_KEYWORD = re.compile(r"[!#-$&'+-\[^-z|}~]+")


def address(value: object) -> Address:
    """`anna@shop.example` or `Anna <anna@shop.example>`; ASCII, as a draft's From must be."""
    text = name(value)
    named = _NAMED.fullmatch(text)
    addr = named["addr"].strip() if named else text
    domain = addr.rpartition("@")[2]
    if not _ADDR.fullmatch(addr) or not all(domain.split(".")):
        raise BadValueError("not-an-address")
    return Address(named["name"].strip().strip('"').strip() if named else "", addr)


def host(value: object) -> str:
    """The name or the IP address of a server, without scheme and port."""
    text = name(value)
    try:
        ip_address(text)
    except ValueError:
        if not _HOST.fullmatch(text) or ".." in text:
            raise BadValueError("not-a-host") from None
    return text


def mailbox(value: object) -> str:
    """The name of an IMAP folder as a mail program shows it; INBOX in its one spelling."""
    text = name(value)
    return "INBOX" if text.upper() == "INBOX" else text


def folder_or_none(value: object) -> str:
    """The name of a folder; false or "" for none."""
    return "" if value is False or value == "" else mailbox(value)


def keyword(value: object) -> str:
    """An IMAP keyword, or "" for none."""
    text = line(value)
    if text and not _KEYWORD.fullmatch(text):
        raise BadValueError("not-a-keyword")
    return text


def label(value: object) -> str:
    """A label of Gmail's that says nothing else, or "" for none: one of its own would move the
    mail."""
    text = line(value)
    if text.startswith("\\") or text.casefold().partition("/")[0] in GMAILS_OWN:
        raise BadValueError("not-a-label")
    return text


def list_id(value: object) -> str:
    """The identifier of a mailing list (RFC 2919), without its angle brackets, case folded."""
    text = name(value)
    found = _NAMED.fullmatch(text)
    return (found["addr"].strip() if found else text).casefold()
