"""What a server's NO, BAD or BYE means, told from its response code and from known words. Pure.

Its own words are kept nowhere: to LOGIN they may repeat the password, whole, cut or in base64; to
APPEND, where a filter speaks, the letter.
"""

import re
from enum import Enum, auto

# RFC 3501 section 7.1, RFC 5530 section 3, and what Gmail sends. Any other might be anything.
CODES = """
    ALERT BADCHARSET PARSE TRYCREATE UNAVAILABLE AUTHENTICATIONFAILED AUTHORIZATIONFAILED EXPIRED
    PRIVACYREQUIRED CONTACTADMIN NOPERM INUSE EXPUNGEISSUED CORRUPTION SERVERBUG CLIENTBUG CANNOT
    LIMIT OVERQUOTA ALREADYEXISTS NONEXISTENT TOOBIG UNKNOWN-CTE THROTTLED WEBALERT
"""
# Codes that say: not now.
LATER = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN", "THROTTLED"})


class Meaning(Enum):
    """What known words say, for servers that send no code."""

    NO_PASSWORDS = auto()  # basic authentication is off
    APP_PASSWORD = auto()
    WRONG_LOGIN = auto()
    LATER = auto()
    BUSY = auto()  # for a while the account may do nothing, whatever it asks
    FULL = auto()


# In lower case. Exchange says no more than "LOGIN failed.".
WORDS = {
    Meaning.NO_PASSWORDS: (
        "basic authentication is disabled",
        "basicauthblocked",
        "basicauthdisabled",
    ),
    Meaning.APP_PASSWORD: (
        "application-specific password",
        "app password",
        "app-specific password",
    ),
    Meaning.WRONG_LOGIN: (
        "authentication failed",
        "authenticate failed",
        "invalid credentials",
        "incorrect password",
        "invalid login",
        "invalid user",
        "invalid password",
        "bad username or password",
        "wrong password",
        "logon failure",
        "login failed",
        "login incorrect",
        "login invalid",
        "password error",
        "bad credentials",
    ),
    Meaning.LATER: (
        "temporar",
        "try again",
        "try later",
        "too many",
        "unavailable",
        "timed out",
    ),
    Meaning.BUSY: (
        "throttled",
        "bandwidth limit",
        "rate limit",
        "authenticated but not connected",
    ),
    Meaning.FULL: (
        "quota",
        "mailbox is full",
        "mailbox full",
        "storage limit",
        "not enough space",
    ),
}


def code(reply: bytes) -> str:
    """The response code a reply begins with, upper case; "" when it is none that is known."""
    found = re.match(rb"\s*\[([A-Z-]+)", reply, re.IGNORECASE)
    name = found[1].decode().upper() if found else ""
    return name if name in CODES.split() else ""


def meanings(reply: bytes) -> frozenset[Meaning]:
    """What the known words in a reply say."""
    text = " ".join(reply.decode("utf-8", "replace").lower().split())
    return frozenset(
        meaning for meaning, words in WORDS.items() if any(word in text for word in words)
    )


def wait(reply: bytes) -> float | None:
    """How long the server asks to be left alone, in seconds; None when it says nothing of it."""
    found = re.search(rb"backoff time: (\d{1,9}) milliseconds", reply, re.IGNORECASE)
    return -(-int(found[1]) // 1000) * 1.0 if found else None
