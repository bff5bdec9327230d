"""The commands of IMAP that this program uses, with types, over IMAPClient.

Every method raises MailboxError or AccountError only. `Refused` (NO, BAD) leaves the connection
usable; after any other error it is dead, and is said to be so at every further command.
"""

import contextlib
import imaplib
import re
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from imapclient import IMAPClient  # type: ignore[import-untyped]  # the library has no types
from imapclient.datetime_util import parse_to_datetime  # type: ignore[import-untyped]  # the same
from imapclient.response_parser import parse_response  # type: ignore[import-untyped]  # the same

from triage.errors import MailboxError
from triage.mailbox.failure import MALFORMED, Refused, speaking
from triage.mailbox.folders import Listed
from triage.mailbox.listing import UID_MAX
from triage.mailbox.wire import Endpoint, Wire
from triage.place import Status


@dataclass(frozen=True, slots=True)
class Selected:
    """A mailbox as selected; `permanent` are its PERMANENTFLAGS in lower case."""

    status: Status
    permanent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one FETCH said of one UID. A field the server did not send is None. \\Recent, which is
    about the session and not about the message, is left out of `flags`."""

    size: int | None = None
    flags: frozenset[str] | None = None
    internal_date: datetime | None = None
    body: bytes | None = None
    labels: frozenset[str] | None = None  # Gmail's own, in modified UTF-7

    @property
    def deleted(self) -> bool:
        return any(flag.lower() == "\\deleted" for flag in self.flags or ())


class Library(IMAPClient):  # type: ignore[misc]  # its base has no types
    """IMAPClient on a wire of ours."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(wire.host, wire.port, ssl=False)
        self._imap.debug = 0  # 5 would log and keep every line, secrets among them

    def _create_IMAP4(self) -> Wire:  # noqa: N802  # the library's name
        return self._wire

    def _set_read_timeout(self) -> None:
        """The wire keeps its own time."""


class Client:
    """One connection to one server, not for use by two threads."""

    def __init__(self, endpoint: Endpoint, on_step: Callable[[], None]) -> None:
        self.host = endpoint.host
        self._on_step = on_step
        self.dead = False
        self.capabilities: frozenset[str] = frozenset()
        self.examined = ""  # the mailbox that is selected, where it is to be read only
        with speaking(self.host, "connect"):
            self.wire = Wire(endpoint)
            self._library = Library(self.wire)

    @contextlib.contextmanager
    def speaking(self, doing: str) -> Iterator[None]:
        """The boundary around one exchange with the server."""
        if self.dead:
            raise MailboxError("connection-lost", host=self.host, doing=doing)
        self._on_step()
        try:
            with speaking(self.host, doing):
                yield
        except Refused:
            raise
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        """Closes without LOGOUT: after a time-out nobody answers one (IMAPClient issue 278)."""
        self.dead = True
        self.wire.shutdown()

    def cut(self) -> None:
        """Ends the exchange under way from another thread, which finds the line dead."""
        with contextlib.suppress(OSError):  # dead already
            socket.socket.shutdown(self.wire.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """LOGOUT where it can be said, for two seconds at most."""
        if not self.dead:
            self.wire.patience = 2.0
            with contextlib.suppress(MailboxError), self.speaking("logout"):
                self._library.logout()
            self.abandon()

    def folders(self) -> list[Listed]:
        """All folders."""
        with self.speaking("list"):
            return _listed(self._library.list_folders())

    def special_folders(self) -> list[Listed]:
        """All folders with their special uses, RFC 6154: some keep them out of the plain LIST."""
        with self.speaking("list"):
            command = self.wire._simple_command  # imaplib has no public one
            kind, data = command("LIST", '""', '"*"', "RETURN (SPECIAL-USE)")
            _, data = self.wire._untagged_response(kind, data, "LIST")
            return _listed(self._library._proc_folder_list(data))

    def personal(self) -> tuple[str, str] | None:
        """What stands before the names of a user's own folders, and between their levels (RFC
        2342); None where the server does not say."""
        if "NAMESPACE" not in self.capabilities:
            return None
        with self.speaking("namespace"):
            found = self._library.namespace().personal
        return (str(found[0][0]), str(found[0][1] or "")) if found else None

    def create(self, mailbox: str) -> None:
        """CREATE."""
        with self.speaking("create"):
            self._library.create_folder(mailbox)

    def subscribe(self, mailbox: str) -> None:
        """SUBSCRIBE."""
        with self.speaking("subscribe"):
            self._library.subscribe_folder(mailbox)

    def select(self, mailbox: str, *, read_only: bool) -> Selected:
        """SELECT, or EXAMINE; and STATUS for what the answer lacks (Courier sends no UIDNEXT)."""
        with self.speaking("select"):
            self.examined = ""
            try:
                found = self._library.select_folder(mailbox, readonly=read_only)
            except imaplib.IMAP4.readonly:
                read_only = True
                found = self._library.select_folder(mailbox, readonly=True)
            if not {b"UIDNEXT", b"UIDVALIDITY"} <= found.keys():
                found |= self._library.folder_status(mailbox, ["UIDNEXT", "UIDVALIDITY"])
            # Mail may come before the OK, or with the STATUS: the library takes the first EXISTS.
            status = Status(
                mailbox,
                _number(found[b"UIDVALIDITY"]),
                _number(found[b"UIDNEXT"]),
                _number(self.wire.untagged_responses["EXISTS"][-1]),
                read_only,
            )
            permanent = found.get(b"PERMANENTFLAGS", ())
            self.examined = mailbox if read_only else ""
            return Selected(status, frozenset(flag.decode().lower() for flag in permanent))

    def search(self, criteria: str) -> list[int]:
        """UID SEARCH with criteria in ASCII, quoted where need be; ascending."""
        with self.speaking("search"):
            self.wire.untagged_responses.clear()
            _, lines = self.wire.uid("SEARCH", criteria)
            numbers = b" ".join(line for line in lines if line).split()
            return sorted(set(map(_number, numbers)))

    def newest(self, first: int) -> list[int]:
        """UIDs of the messages from sequence number `first` on, by FETCH: no index is asked."""
        with self.speaking("fetch"):
            self.wire.untagged_responses.clear()
            _, data = self.wire.fetch(f"{first}:*", "(UID)")
        return sorted(_parsed(data))

    def fetch(self, uids: Sequence[int], items: str) -> Mapping[int, Answer]:
        """UID FETCH of some hundred UIDs at most; what is not about one of them is dropped.

        An answer that cannot be parsed raises `Refused`, since it was read to its end and another
        command may go better.
        """
        with self.speaking("fetch"):
            self.wire.untagged_responses.clear()
            numbers = ",".join(map(str, uids))
            with self.wire.mails():
                _, data = self.wire.uid("FETCH", numbers, items)
        answers = _parsed(data)
        return {uid: answers[uid] for uid in uids if uid in answers}

    def fetch_again(self, uids: Sequence[int], items: str) -> Mapping[int, Answer]:
        """The same, and what is left out is asked for once more: Gmail leaves out what is there.
        Not oftener: Exchange lists what it never gives."""
        answers = dict(self.fetch(uids, items))
        if silent := [uid for uid in uids if uid not in answers]:
            answers |= self.fetch(silent, items)
        return answers

    def store(self, uid: int, flag: str, *, on: bool = True) -> None:
        """UID STORE +FLAGS.SILENT, or -FLAGS.SILENT."""
        change = self._library.add_flags if on else self._library.remove_flags
        with self.speaking("store"):
            change([uid], [flag], silent=True)

    def store_label(self, uid: int, label: str, *, on: bool = True) -> None:
        """UID STORE +X-GM-LABELS.SILENT, or -X-GM-LABELS.SILENT, of Gmail's extensions."""
        library = self._library
        change = library.add_gmail_labels if on else library.remove_gmail_labels
        with self.speaking("store"):
            change([uid], [label], silent=True)

    def expunge(self, uid: int) -> None:
        """UID EXPUNGE, RFC 4315."""
        with self.speaking("expunge"):
            self._library.uid_expunge([uid])

    def noop(self) -> None:
        """NOOP: the moment at which a server tells of what has vanished."""
        with self.speaking("noop"):
            self.wire.noop()

    def append(self, mailbox: str, raw: bytes, *flags: str) -> int | None:
        """APPEND with these flags; the UID where the server says it."""
        with self.speaking("append"):
            answer = self._library.append(mailbox, raw, flags)
            place = re.search(rb"\[APPENDUID \d+ (\d{1,10})\]", answer or b"", re.IGNORECASE)
            return int(place[1]) if place and int(place[1]) <= UID_MAX else None


def _listed(folders: Sequence[tuple[Sequence[object], bytes | None, object]]) -> list[Listed]:
    return [
        Listed(
            frozenset(_text(attribute).lower() for attribute in attributes),
            _text(separator) if separator else "",
            str(name),
        )
        for attributes, separator, name in folders
    ]


def _parsed(data: Sequence[object]) -> dict[int, Answer]:
    try:
        return _answers(data)
    except MALFORMED:
        raise Refused("FETCH", "unreadable", b"") from None


def _answers(data: Sequence[object]) -> dict[int, Answer]:
    """FETCH responses by UID; one without a UID (unsolicited) is about nobody we asked for.

    Several about the same UID are one answer: servers may send flags on their own.
    """
    merged: dict[int, dict[bytes, object]] = {}
    parsed = parse_response(data)
    for _, pairs in zip(parsed[::2], parsed[1::2], strict=True):
        named = zip(pairs[::2], pairs[1::2], strict=True)
        fields = {bytes(name).upper(): value for name, value in named}
        if b"UID" in fields:
            merged.setdefault(_number(fields[b"UID"]), {}).update(fields)
    return {uid: _answer(fields) for uid, fields in merged.items()}


def _number(value: object) -> int:
    """A number of RFC 3501 section 9, 32 bits without sign. ValueError or TypeError for others."""
    number = int(value)  # type: ignore[call-overload]  # whatever it is, that is what `int` is for
    if not 0 <= number <= UID_MAX:
        raise ValueError("beyond 32 bits")
    return int(number)


def _answer(fields: Mapping[bytes, object]) -> Answer:
    size, flags, moment = (fields.get(n) for n in (b"RFC822.SIZE", b"FLAGS", b"INTERNALDATE"))
    labels = fields.get(b"X-GM-LABELS")
    bodies = [value for name, value in fields.items() if name.startswith(b"BODY[")]
    return Answer(
        size if isinstance(size, int) else None,
        frozenset(map(_text, flags)) - {"\\Recent"} if isinstance(flags, tuple) else None,
        _moment(moment) if isinstance(moment, bytes) else None,
        next((body for body in bodies if isinstance(body, bytes)), None),
        frozenset(map(_text, labels)) if isinstance(labels, tuple) else None,
    )


def _moment(value: bytes) -> datetime | None:
    """An INTERNALDATE, aware; None where it is none (some servers send year 0)."""
    try:
        moment: datetime = parse_to_datetime(value, normalise=False)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
