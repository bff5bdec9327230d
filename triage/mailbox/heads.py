"""Who answers whom: the threading headers of the mails in a folder, searched for and listed.

A SEARCH is believed when it finds, never when it does not: some servers refuse SEARCH HEADER, Yahoo
answers it falsely empty. So the newest headers are listed as well, and remembered: a UID never
changes its mail (RFC 3501 section 2.3.1.1).
"""

import re
from collections.abc import Callable
from email import policy
from email.parser import BytesHeaderParser

from triage.errors import MailboxError
from triage.mailbox.client import Client
from triage.mailbox.failure import Refused
from triage.mailbox.listing import chunks
from triage.place import Head, Status

NEWEST = 300  # how many mails of a folder are listed: a draft is looked for soon after it was laid
FIELDS = "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID IN-REPLY-TO REFERENCES)])"
SEARCHABLE = re.compile(r"[\x21-\x7e]{1,900}")


def head(raw: bytes) -> Head:
    """The threading headers of a header block. Pure; never raises over what a sender wrote."""
    fields = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)

    def ids(name: str) -> frozenset[str]:
        values = " ".join(str(value) for value in fields.get_all(name, []))
        return frozenset(re.findall(r"<[^<>\s]+>", values))

    answers = ids("In-Reply-To")
    return Head(ids("Message-ID"), answers, answers | ids("References"))


class Heads:
    """The heads of one connection's folders. The mailbox asked about must be selected."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[tuple[str, int], dict[int, Head]] = {}

    def bearing(self, status: Status, message_id: str) -> list[int]:
        """UIDs of the mails that bear a Message-ID, ascending."""
        return self._matching(status, message_id, ("Message-ID",), lambda h: message_id in h.own)

    def answering(
        self, status: Status, message_id: str, counts: Callable[[Head], bool]
    ) -> list[int]:
        """UIDs of the mails whose thread names a Message-ID, of those that count."""
        return self._matching(
            status,
            message_id,
            ("In-Reply-To", "References"),
            lambda h: message_id in h.thread and counts(h),
        )

    def threads(self, status: Status, counts: Callable[[Head], bool]) -> frozenset[str]:
        """All that the newest mails' threads name, of those that count."""
        if status.exists == 0:
            return frozenset()
        heads = self.of(status, self._newest(status)).values()
        return frozenset().union(*(each.thread for each in heads if counts(each)))

    def of(self, status: Status, uids: list[int]) -> dict[int, Head]:
        """Heads by UID; of the UIDs that have vanished none."""
        known = self._known.setdefault((status.mailbox, status.uidvalidity), {})
        for chunk in chunks([uid for uid in uids if uid not in known]):
            for uid, answer in self._client.fetch_again(chunk, FIELDS).items():
                if answer.body is not None:
                    known[uid] = head(answer.body)
        return {uid: known[uid] for uid in uids if uid in known}

    def _matching(
        self,
        status: Status,
        message_id: str,
        fields: tuple[str, ...],
        wanted: Callable[[Head], bool],
    ) -> list[int]:
        if status.exists == 0:
            return []
        searched = self.of(status, self._searched(message_id, fields))
        if found := [uid for uid, head in searched.items() if wanted(head)]:
            return found
        newest = self.of(status, self._newest(status))
        return [uid for uid, head in newest.items() if wanted(head)]

    def _searched(self, message_id: str, fields: tuple[str, ...]) -> list[int]:
        """By SEARCH HEADER. It matches parts of ids too, and is not believed when it is empty."""
        if not SEARCHABLE.fullmatch(message_id):
            return []
        quoted = re.sub(r'(["\\])', r"\\\1", message_id)
        found: set[int] = set()
        for field in fields:
            try:
                found.update(self._client.search(f'HEADER {field} "{quoted}"'))
            except Refused:
                continue
        return sorted(found)[-NEWEST:]

    def _newest(self, status: Status) -> list[int]:
        """By listing. A listing shorter than the mailbox is asked for again, then it is an unknown,
        never an absence."""
        expected = min(NEWEST, status.exists)
        newest = self._client.newest(status.exists - expected + 1)
        if len(newest) < expected:
            newest = self._client.newest(status.exists - expected + 1)
        if len(newest) < expected:
            raise MailboxError(
                "listing-incomplete", mailbox=status.mailbox, listed=len(newest), there=expected
            )
        return newest[-NEWEST:]
