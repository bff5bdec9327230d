"""Where mails to be labelled come from: files, and a mailbox, which is only looked at."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from triage.classifier import Fault
from triage.errors import MessageError
from triage.finding import guarded, matter
from triage.learning.labelled import read_labelled
from triage.learning.question import Unlabelled
from triage.message import Message, read
from triage.origin import House, origin
from triage.place import Fetched
from triage.protocols import Mailboxes
from triage.verdict import UNJUDGED


def in_files(paths: Iterable[Path]) -> Iterator[Unlabelled | Fault]:
    """The texts that have no label where they stand, and what could not be read. As
    `read_labelled`."""
    for path in paths:
        for found in read_labelled(path):
            if isinstance(found, Fault):
                yield found
            elif found.complaint is None:
                yield Unlabelled(found.sender, found.subject, found.text)


def in_mailbox(
    mailboxes: Mailboxes, mailbox: str, house: House, newest: int
) -> Iterator[Unlabelled]:
    """Of the newest mails those a classifier is asked about. The mailbox is opened read-only and
    read with PEEK: nothing in it changes. MailboxError, AccountError."""
    mailboxes.open(mailbox, read_only=True)
    for batch in mailboxes.fetch(mailboxes.uids(1)[-newest:]):
        for fetched in batch:
            if found := customers_mail(fetched, house):
                yield found[1]


def customers_mail(fetched: Fetched, house: House) -> tuple[Message, Unlabelled] | None:
    """A mail, and of it what a classifier reads. None for one that is gone, cannot be read, or is
    not judged."""
    if fetched.raw is None:
        return None
    raw = fetched.raw
    try:
        message = guarded(lambda: read(raw, size=fetched.size, truncated=fetched.truncated))
        who = guarded(lambda: origin(message, house))
    except MessageError:
        return None
    if who.kind in UNJUDGED:
        return None
    writer = who.writer or message.sender
    text = matter(message, who)
    return message, Unlabelled(str(writer or ""), message.subject, text, message.digest)
