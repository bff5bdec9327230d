"""Marks on complaints: a flag, a keyword where the server keeps one, a label on Gmail.

The flag is what every mail program shows, and the server must take it; the others are decoration,
and once refused they are not tried again on this connection.
"""

from imapclient.imap_utf7 import encode  # type: ignore[import-untyped]  # no types

from triage.account import Account
from triage.mailbox.client import Client, Selected
from triage.mailbox.failure import Refused
from triage.record import Marks

FLAG = "\\Flagged"


class Marker:
    """Sets one account's marks, and takes them off, in the mailbox that is selected."""

    def __init__(self, account: Account, client: Client) -> None:
        self._account, self._client = account, client
        self._no_keyword = self._no_label = False

    def keeps_keyword(self, selected: Selected) -> bool:
        """Whether this mailbox keeps the account's keyword."""
        kept = {"\\*", self._account.keyword.lower()} & selected.permanent
        return bool(kept) and not self._no_keyword

    @property
    def has_labels(self) -> bool:
        return "X-GM-EXT-1" in self._client.capabilities

    def put(self, selected: Selected, uid: int) -> Marks:
        """What is set now; a label only where it was not there before. `Refused` over the flag."""
        if selected.status.read_only:
            return Marks()
        if self._account.flag:
            self._store(uid, FLAG, on=True)
        return Marks(self._account.flag, self._keyword(selected, uid), self._label(uid))

    def take(self, selected: Selected, uid: int, marks: Marks) -> None:
        """Takes these off. `Refused` when the server will not have it."""
        if selected.status.read_only:
            return
        for flag in (FLAG if marks.flag else "", marks.keyword):
            if flag:
                self._store(uid, flag, on=False)
        if marks.label and self.has_labels:
            self._client.store_label(uid, marks.label, on=False)

    def _keyword(self, selected: Selected, uid: int) -> str:
        keyword = self._account.keyword
        if not keyword or not self.keeps_keyword(selected):
            return ""
        try:
            self._store(uid, keyword, on=True)
        except Refused:
            self._no_keyword = True
            return ""
        return keyword

    def _label(self, uid: int) -> str:
        label = self._account.label
        if not label or self._no_label or not self.has_labels:
            return ""
        try:
            answer = self._client.fetch([uid], "(UID X-GM-LABELS)").get(uid)
            if answer is None or answer.labels is None:
                return ""
            if encode(label).decode().casefold() in {each.casefold() for each in answer.labels}:
                return ""
            self._client.store_label(uid, label)
        except Refused:
            self._no_label = True
            return ""
        return label

    def _store(self, uid: int, flag: str, *, on: bool) -> None:
        """A NO over a message that has vanished is no error; any other raises `Refused`."""
        try:
            self._client.store(uid, flag, on=on)
        except Refused:
            if uid in self._client.search(f"UID {uid}"):
                raise
