"""Waiting for news: IDLE (RFC 2177), or silence where there is none.

IDLE is only a hint: whoever waits lists the mailbox afterwards in any case.
"""

import re
import socket
import time
from enum import Enum, auto

from triage.errors import MailboxError
from triage.mailbox.client import Client
from triage.mailbox.failure import Refused
from triage.mailbox.replies import code

CAP = 270.0  # seconds in one IDLE: servers drop it at 6-10 minutes, some fall silent after an hour
HURRY = 2.0  # seconds for the answer to DONE when we are wanted elsewhere
NEWS = re.compile(rb"\* \d+ (EXISTS|RECENT|EXPUNGE|FETCH)\b", re.IGNORECASE)


class Event(Enum):
    """What one line of a server means to one who waits."""

    GO_ON = auto()  # "+": the IDLE has begun
    NEWS = auto()
    NOISE = auto()
    DONE = auto()
    REFUSED = auto()


def event(line: bytes, tag: bytes, host: str) -> Event:
    """Pure. MailboxError `server-closed` for a BYE; `answer-malformed` for no line of IMAP."""
    if line.startswith(b"+"):
        return Event.GO_ON
    if line.startswith(tag + b" "):
        return Event.DONE if line[len(tag) + 1 :][:2].upper() == b"OK" else Event.REFUSED
    if not line.startswith(b"* "):
        raise MailboxError("answer-malformed", host=host, doing="idle", error="line")
    if line[2:5].upper() == b"BYE":
        raise MailboxError("server-closed", host=host, code=code(line[5:]))
    return Event.NEWS if NEWS.match(line) else Event.NOISE


def wait(client: Client, wake: socket.socket, seconds: float) -> bool:
    """At most `seconds`, or until news or an octet on `wake`; whether there may be news.

    `wake` does not block; what lies in it is taken out.
    """
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        pause = _idle if "IDLE" in client.capabilities else _rest
        try:
            with client.speaking("idle"):
                news, woken = pause(client, wake, min(left, CAP))
        except Refused:  # IDLE announced and not kept
            client.capabilities -= {"IDLE"}
            continue
        if news or woken:
            return news
    return False


def _idle(client: Client, wake: socket.socket, seconds: float) -> tuple[bool, bool]:
    """One IDLE: whether there is news, whether it was woken. Every line is read whole, wherever the
    segments of TCP divide it, and events before "+" and together with it count."""
    wire = client.wire
    tag = wire.start(b"IDLE")
    news = False
    while (now := event(wire.line(), tag, client.host)) is not Event.GO_ON:
        if now in (Event.REFUSED, Event.DONE):
            wire.end(tag)
            raise Refused("IDLE", "NO", b"")
        news |= now is Event.NEWS
    end = time.monotonic() + seconds
    # A server that never stops talking is left in time, too, and does not drown out who wakes us.
    while not news and (left := end - time.monotonic()) > 0 and wire.ready(wake, left):
        wire.renew()
        news = event(wire.line(), tag, client.host) is Event.NEWS
    woken = _taken(wake)
    wire.send(b"DONE\r\n")
    if woken:
        wire.hurry(HURRY)
    while (now := event(wire.line(), tag, client.host)) not in (Event.DONE, Event.REFUSED):
        news |= now is Event.NEWS
    wire.end(tag)
    return news, woken


def _rest(client: Client, wake: socket.socket, seconds: float) -> tuple[bool, bool]:
    """A pause without IDLE, after which there may always be news. The NOOP keeps the server from
    logging us out, and shows a connection that has ended."""
    client.wire.ready(wake, seconds)
    woken = _taken(wake)
    if not woken:
        client.noop()
    return not woken, woken


def _taken(wake: socket.socket) -> bool:
    try:
        return bool(wake.recv(4096))
    except BlockingIOError:
        return False
