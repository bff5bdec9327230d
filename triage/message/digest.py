"""The identity of a mail: what no server, folder or transport changes in it. Pure."""

import hashlib
from collections.abc import Iterable

MAX_TEXT = 2000  # characters; they stand in the head of a mail that was cut off, too


def digest(
    *, message_id: str | None, date: str, senders: Iterable[str], subject: str, text: str
) -> str:
    """SHA-256, 64 hex digits, over Message-ID, the Date field as written, the From addr-specs,
    the decoded Subject and the beginning of the first text part.

    White space counts as one space and none at the ends, so that line breaks and another transfer
    encoding make no difference. The length before each field keeps them apart.
    """
    sha = hashlib.sha256()
    from_ = ",".join(sender.casefold() for sender in senders)
    for value in (message_id or "", date, from_, subject, " ".join(text.split())[:MAX_TEXT]):
        octets = " ".join(value.split()).encode("utf-8", "replace")
        sha.update(b"%d:" % len(octets))
        sha.update(octets)
    return sha.hexdigest()
