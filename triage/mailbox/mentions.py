"""Which mails on a server are from somebody or to him: searched for, and only looked at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from triage.errors import MessageError
from triage.mailbox.client import Client
from triage.mailbox.failure import Refused
from triage.mailbox.folders import usable
from triage.mailbox.listing import chunks
from triage.message import Message, read

FIELDS = "(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM TO REPLY-TO SUBJECT DATE)])"
SEARCHABLE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{3,300}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mail that names somebody in From, To or Reply-To; `his`: in From or Reply-To. `moment` is
    when it came, None where the server does not say."""

    mailbox: str
    uid: int
    moment: datetime | None
    subject: str
    his: bool


def mentions(client: Client, addr: str, is_his: Callable[[str], bool]) -> Iterator[Mention | str]:
    """The mails of every folder, and the name of each folder that cannot be searched. A SEARCH is
    believed: of a server that finds too little nothing more is known. MailboxError."""
    for listed in usable(client.folders()):
        try:
            yield from _in_folder(client, listed.name, addr, is_his)
        except Refused as refusal:
            if refusal.busy:
                raise
            yield listed.name


def _in_folder(
    client: Client, mailbox: str, addr: str, is_his: Callable[[str], bool]
) -> Iterator[Mention | str]:
    client.select(mailbox, read_only=True)
    if not SEARCHABLE.fullmatch(addr):
        yield mailbox
        return
    wanted = f'OR OR FROM "{addr}" TO "{addr}" HEADER Reply-To "{addr}"'
    for chunk in chunks(client.search(wanted)):
        for uid, answer in client.fetch_again(chunk, FIELDS).items():
            message = _head(answer.body or b"")
            if message is None:
                continue
            writers = (message.sender, *message.reply_to)
            his = any(each and is_his(each.addr) for each in writers)
            if his or any(is_his(each.addr) for each in message.to):
                yield Mention(mailbox, uid, answer.internal_date, message.subject, his)


def _head(raw: bytes) -> Message | None:
    try:
        return read(raw)
    except MessageError:
        return None
