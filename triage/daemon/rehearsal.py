"""A connection that only looks: for `once --dry-run`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from triage.place import Fetched, Found, Head, Laid, Letter, Ref, Status, Stored
from triage.protocols import Mailboxes
from triage.record import Marks


class Rehearsal:
    """Reads like the connection behind it, opens every mailbox read-only, and changes nothing."""

    def __init__(self, mailboxes: Mailboxes) -> None:
        self._mailboxes = mailboxes

    def open(self, mailbox: str, *, read_only: bool = False) -> Status:
        return self._mailboxes.open(mailbox, read_only=True)

    def uids(self, first: int, last: int | None = None, *, since: date | None = None) -> list[int]:
        return self._mailboxes.uids(first, last, since=since)

    @property
    def sent(self) -> str:
        return self._mailboxes.sent

    @property
    def removes(self) -> bool:
        return self._mailboxes.removes

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        return self._mailboxes.heads(uids)

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        return self._mailboxes.flags(uids)

    def fetch(self, uids: Sequence[int]) -> Iterator[Sequence[Fetched]]:
        return self._mailboxes.fetch(uids)

    def mark(self, ref: Ref) -> Marks:
        """Nothing is marked."""
        return Marks()

    def unmark(self, ref: Ref, marks: Marks) -> None:
        """Nor is a mark taken off."""

    def answered(self, letter: Letter) -> str | None:
        return self._mailboxes.answered(letter)

    def lying(self, letters: Sequence[Laid]) -> dict[str, Found]:
        return self._mailboxes.lying(letters)

    def find(self, letter: Letter) -> Stored | None:
        return self._mailboxes.find(letter)

    def append(self, letter: Letter) -> Stored:
        """As if it had been stored, nowhere."""
        return Stored(Ref("", 0, 0), sha256(letter.raw).hexdigest())

    def copies(self, letter: Letter) -> list[Stored]:
        return []

    def left(self, letter: Letter) -> bool:
        return self._mailboxes.left(letter)

    def remove(self, copies: Iterable[Stored]) -> int:
        return 0
