"""What providers' servers are known to do in their own way, each thing with where that is known
from. Imitated from what others have written down: no server of theirs was asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from imitated.proxy import Command, Deviation, Knowing

GITHUB = "https://github.com/"


# --- Gmail ---


class Extensions(Deviation):
    """An own capability, and own items in FETCH: the real one sends them where they are asked for,
    this one always, labels full of syntax among them."""

    source = "https://developers.google.com/gmail/imap/imap-extensions"
    items = (
        rb"X-GM-THRID 1278455344230334865 X-GM-MSGID 1278455344230334865"
        rb' X-GM-LABELS ("\\Inbox" "\\Draft" "Kunden (f&APw-r \"alle\")" Umtausch) '
    )

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        def own(said: bytes) -> bytes:
            said = re.sub(rb"^(\* CAPABILITY .*)\r\n", rb"\1 X-GM-EXT-1\r\n", said)
            return re.sub(rb"^(\* \d+ FETCH \()", lambda m: m[1] + self.items, said)

        return [own(said) for said in answer]


class Labels(Deviation):
    """Labels are put on and taken off by STORE; one that is new is made. One of Gmail's own moves
    the mail, which is not imitated: it is only kept here, by user, mailbox and UID."""

    source = "https://developers.google.com/gmail/imap/imap-extensions"

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, bytes], set[bytes]] = {}

    def instead(self, command: Command) -> bytes | None:
        said = re.match(
            rb"UID (STORE (\d+) ([+-])X-GM-LABELS\.SILENT \((.*)\)"
            rb"|FETCH (\d+) \(UID X-GM-LABELS\))\r\n",
            command.line,
        )
        if said is None:
            return None
        uid = said[2] or said[5]
        kept = self.kept.setdefault((command.user, command.mailbox, uid), set())
        if said[3] == b"+":
            kept.add(said[4].strip(b'"'))
        elif said[3]:
            kept.discard(said[4].strip(b'"'))
        told = b" ".join(b'"' + label + b'"' for label in sorted(kept))
        fetched = b"* 1 FETCH (X-GM-LABELS (%s) UID %s)\r\n" % (told, uid)
        return (b"" if said[3] else fetched) + b"TAG OK Success\r\n"


class Localised(Deviation):
    """The folders lie under [Gmail] and are called as their owner speaks, in modified UTF-7; what
    they are for stands in every LIST."""

    source = GITHUB + "stalwartlabs/vandelay/issues/37"
    names = (
        (b"Drafts", b"[Gmail]/Entw&APw-rfe"),
        (b"Sent", b"[Gmail]/Gesendet"),
        (b"Trash", b"[Gmail]/Papierkorb"),
        (b"Junk", b"[Gmail]/Spam"),
    )

    def asked(self, line: bytes) -> bytes:
        head, rest, literal = line.partition(b"\r\n")
        for real, shown in self.names:
            head = head.replace(shown, real)
        return head + rest + literal

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        if command.name != "LIST":
            return answer
        listed = [
            b'* LIST (\\HasNoChildren) "/" "INBOX"\r\n',
            b'* LIST (\\HasChildren \\Noselect) "/" "[Gmail]"\r\n',
            b'* LIST (\\All \\HasNoChildren) "/" "[Gmail]/Alle Nachrichten"\r\n',
        ]
        for use, shown in self.names:
            listed.append(b'* LIST (\\HasNoChildren \\%s) "/" "%s"\r\n' % (use, shown))
        return [*listed, answer[-1]]


class Throttles(Deviation):
    """It slows down, and says so behind its OKs, which stay OKs."""

    source = GITHUB + "jstedfast/MailKit/issues/1396"

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        slow = re.sub(rb"^(\w+ OK [^\[].*)\r\n", rb"\1 [THROTTLED]\r\n", answer[-1])
        return [*answer[:-1], slow]


class Deduplicates(Knowing):
    """A mail with a Message-ID that is there already, in the bin too, is not stored again: the
    answer to the APPEND is an OK with the UID of the first."""

    source = GITHUB + "rgladwell/imap-upload/issues/22"
    also = GITHUB + "google/import-mailbox-to-gmail/issues/56"

    def instead(self, command: Command) -> bytes | None:
        if command.name != "APPEND":
            return None
        wanted = BytesHeaderParser().parsebytes(command.literal)["Message-ID"]
        owner = self.owner(command.user)
        try:
            for folder in ("Drafts", "Sent", "Trash", "INBOX"):
                selected = owner.client.select_folder(folder, readonly=True)
                if found := owner.client.search(["HEADER", "Message-ID", wanted]):
                    place = b"%d %d" % (selected[b"UIDVALIDITY"], found[0])
                    return b"TAG OK [APPENDUID " + place + b"] (Success)\r\n"
        finally:
            owner.close()
        return None


@dataclass
class Omits(Deviation):
    """Of a listing it now and then leaves out the newest: each time that `when` says so."""

    when: Callable[[Command], bool]
    source = GITHUB + "MailCore/mailcore2/issues/1256"
    left_out: list[bytes] = field(default_factory=list)

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        listing = re.compile(rb"\* SEARCH.* \d+\r\n|\* \d+ FETCH ")
        lines = [number for number, said in enumerate(answer) if listing.match(said)]
        if lines and self.when(command):
            said = answer.pop(lines[-1])
            self.left_out.append(said)
            if said.startswith(b"* SEARCH"):
                answer.insert(lines[-1], said.rsplit(b" ", 1)[0] + b"\r\n")
        return answer


def now_and_then(every: int = 7) -> Callable[[Command], bool]:
    """One listing in so many."""
    counted = [0]

    def when(command: Command) -> bool:
        counted[0] += 1
        return counted[0] % every == 0

    return when


def first(*words: bytes) -> Callable[[Command], bool]:
    """The first listing whose command has all these words."""
    done: list[Command] = []

    def when(command: Command) -> bool:
        if done or not all(word in command.line for word in words):
            return False
        done.append(command)
        return True

    return when


# Gmail: https://github.com/xhit/go-simple-mail/issues/47; Microsoft, whose word the header is:
# https://github.com/chatmail/core/pull/3077
def renamed_by(header: bytes) -> Callable[[bytes], bytes]:
    """What lies in Sent after a draft was sent: it bears another Message-ID, and the old one under
    another name."""

    def sent(raw: bytes) -> bytes:
        found = re.search(rb"(?im)^Message-ID: (.*)\r\n", raw)
        assert found
        ids = b"Message-ID: <sent.%d@provider.example>\r\n%s: %s\r\n" % (len(raw), header, found[1])
        return raw.replace(found[0], ids)

    return sent


# --- refusals of any of them ---


@dataclass
class Refuses(Deviation):
    """Commands by these names are refused, so `often` or always."""

    names: tuple[str, ...]
    reply: bytes
    source: str
    often: int = 1_000_000
    refused: int = 0

    def instead(self, command: Command) -> bytes | None:
        if command.name not in self.names or self.refused >= self.often:
            return None
        self.refused += 1
        return self.reply


# --- Exchange, Microsoft 365 ---


class NoKeywords(Deviation):
    """No flags but the system's own; keywords are an error wherever they stand."""

    source = GITHUB + "mscdex/node-imap/issues/602"
    also = GITHUB + "ikvk/imap_tools/issues/181"
    flags = rb"(\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)"

    def instead(self, command: Command) -> bytes | None:
        stored = command.name == "UID STORE" and b"(\\" not in command.line
        if stored or (command.name == "UID SEARCH" and b"KEYWORD" in command.line):
            return b"TAG BAD Command Argument Error. 11\r\n"
        return None

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        own = rb"^(\* FLAGS |\* OK \[PERMANENTFLAGS )\(.*?\)"
        return [re.sub(own, lambda m: m[1] + self.flags.replace(rb"\\", b"\\"), s) for s in answer]


class ListsLate(Deviation):
    """A new mail is counted, and listed by UID not before the mailbox is opened again."""

    source = GITHUB + "mjs/imapclient/issues/441"

    def __init__(self) -> None:
        self._shown: set[tuple[str, str, bytes]] = set()

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        if command.name != "UID SEARCH" or command.mailbox != "INBOX":
            return answer
        uids = [uid for said in answer[:-1] for uid in said.split()[2:]]
        new = [uid for uid in uids if (command.user, command.mailbox, uid) not in self._shown]
        self._shown |= {(command.user, command.mailbox, uid) for uid in new}
        listed = b" ".join([b"* SEARCH", *(uid for uid in uids if uid not in new)])
        return [listed + b"\r\n", answer[-1]]


@dataclass
class Sizes(Deviation):
    """RFC822.SIZE is not the size of what is given: `of` makes the one from the other."""

    of: Callable[[int], int]
    source: str

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        if b"RFC822.SIZE" not in command.line:
            return answer
        said = rb"RFC822\.SIZE (\d+)"
        return [re.sub(said, lambda m: b"RFC822.SIZE %d" % self.of(int(m[1])), s) for s in answer]


THREEFOLD = Sizes(lambda size: 3 * size, GITHUB + "stalwartlabs/vandelay/issues/12")
EXCHANGE_THROTTLES = GITHUB + "imapsync/imapsync/issues/198"


def throttled(*names: str, often: int = 1_000_000) -> Refuses:
    reply = b"TAG NO Request is throttled. Suggested Backoff Time: 299910 milliseconds\r\n"
    return Refuses(names, reply, EXCHANGE_THROTTLES, often)


# --- Yahoo ---


@dataclass
class HeaderSearch(Deviation):
    """SEARCH HEADER is refused, or answered without a find."""

    reply: bytes
    source: str

    def instead(self, command: Command) -> bytes | None:
        hit = command.name == "UID SEARCH" and b"HEADER" in command.line
        return self.reply if hit else None


YAHOO_REFUSES = HeaderSearch(
    b"TAG NO [SERVERBUG] UID SEARCH Server error - Please try again later\r\n",
    GITHUB + "mscdex/node-imap/issues/737",
)
YAHOO_FINDS_NOTHING = HeaderSearch(
    b"* SEARCH\r\nTAG OK UID SEARCH completed\r\n", GITHUB + "MailCore/mailcore2/issues/823"
)


class Inbox(Deviation):
    """The inbox is called Inbox."""

    source = "https://blog.freron.com/2017/slow-descent-into-madness-yahoo-imap/"

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        if command.name != "LIST":
            return answer
        return [re.sub(rb'"?INBOX"?\r\n$', b'"Inbox"\r\n', said) for said in answer]


# --- iCloud ---


class NoRfc822(Deviation):
    """A FETCH of RFC822 says nothing of it; BODY[] is given."""

    source = GITHUB + "zammad/zammad/issues/4589"

    def asked(self, line: bytes) -> bytes:
        return re.sub(rb"\bRFC822(?![.\w])", b"FLAGS", line)


# --- GMX, web.de ---


class Rewinds(Deviation):
    """UIDNEXT of the inbox goes back by some, under the same UIDVALIDITY, from one SELECT to the
    next; the mails keep their UIDs."""

    source = GITHUB + "chatmail/core/issues/2188"

    def __init__(self, by: int = 3) -> None:
        self.by, self.selected = by, 0

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        if command.name != "SELECT" or command.mailbox != "INBOX":
            return answer
        self.selected += 1

        def back(found: re.Match[bytes]) -> bytes:
            there = int(found[1])
            return b"[UIDNEXT %d]" % max(1, there - self.by * (self.selected % 2 == 0))

        return [re.sub(rb"\[UIDNEXT (\d+)\]", back, said) for said in answer]


# --- Proton Mail Bridge ---


class NoAppendUid(Deviation):
    """UIDPLUS is announced, and the answer to an APPEND has no APPENDUID."""

    source = GITHUB + "ProtonMail/proton-bridge/issues/170"

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        return [re.sub(rb" \[APPENDUID [\d ]+\]", b"", said) for said in answer]


def swallows(often: int) -> Refuses:
    """An APPEND is answered with OK, and nothing is stored."""
    source = GITHUB + "ProtonMail/proton-bridge/issues/2"
    return Refuses(("APPEND",), b"TAG OK APPEND completed\r\n", source, often)


class Rebuilds(Deviation):
    """A mail is taken apart and built again: with headers of its own, and all in another order."""

    source = GITHUB + "ProtonMail/proton-bridge/issues/321"

    def asked(self, line: bytes) -> bytes:
        if not line.upper().startswith(b"APPEND"):
            return line
        command, _, raw = line[:-2].partition(b"}\r\n")
        header, _, body = raw.partition(b"\r\n\r\n")
        fields = re.split(rb"\r\n(?=\S)", header)[::-1]
        internal = b"gluon-%d" % len(raw)
        built = b"\r\n".join([b"X-Pm-Gluon-Id: " + internal, *fields]) + b"\r\n\r\n" + body
        return b"%s{%d}\r\n%s\r\n" % (command.rpartition(b"{")[0], len(built), built)


NULL_SIZE = Sizes(lambda size: 0, GITHUB + "imapsync/imapsync/issues/163")


# --- all that each does on an ordinary day ---


@dataclass(frozen=True)
class Provider:
    """`always` makes what its server does on an ordinary day; `sends` what becomes of a draft that
    is sent."""

    name: str
    always: Callable[[], tuple[Deviation, ...]]
    sends: Callable[[bytes], bytes] = lambda raw: raw


GMAIL = Provider(
    "Gmail",
    lambda: (
        Labels(),
        Localised(),
        Extensions(),
        Throttles(),
        Deduplicates(),
        Omits(now_and_then()),
    ),
    renamed_by(b"X-Google-Original-Message-ID"),
)
EXCHANGE = Provider(
    "Exchange",
    lambda: (NoKeywords(), ListsLate(), THREEFOLD),
    renamed_by(b"X-Microsoft-Original-Message-ID"),
)
YAHOO = Provider("Yahoo", lambda: (YAHOO_REFUSES, Inbox()))
YAHOO_EMPTY = Provider("Yahoo, empty", lambda: (YAHOO_FINDS_NOTHING, Inbox()))
ICLOUD = Provider("iCloud", lambda: (NoRfc822(),))
GMX = Provider("GMX", lambda: (Rewinds(),))
PROTON = Provider("Proton Mail Bridge", lambda: (Rebuilds(), NoAppendUid(), NULL_SIZE, swallows(1)))
PROVIDERS = (GMAIL, EXCHANGE, YAHOO, YAHOO_EMPTY, ICLOUD, GMX, PROTON)
