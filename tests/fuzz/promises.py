"""What triage promises of any octets that arrive, and whether it keeps it for these.

The whole way of a mail is gone without a server: read, whose it is, what it says, the verdict, the
letter. The judge costs nothing, and takes nearly all for complaints, so that letters are written.
"""

import email
import email.policy
import quopri
import re
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from pathlib import Path

from triage.errors import MessageError
from triage.finding import Desk, Finding, answer, consider
from triage.message import Address, Message, read
from triage.orders import OrderFile
from triage.origin import House
from triage.reply import Draft, Identity, Remedies, Shop, is_draft_id
from triage.reply.address import ascii_address
from triage.reply.letters import Letters
from triage.taxonomy import COMPLAINT_TOPICS, Topic
from triage.verdict import Clue, Opinion, Signal, Thresholds

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OWNER = Address("Mira", "hello@shop.example")
SECONDS = 1.0  # of the processor for one mail
REFUSALS = frozenset({"empty", "no-header", "nested-too-deep"})

_FIELDS = frozenset(
    {
        *("From", "To", "Subject", "In-Reply-To", "References", "Message-ID", "Date"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    }
)
_ADDR = re.compile(r"[!-~]+(?: [!-~]+)*@[A-Za-z0-9._:\[\]-]+")  # a quoted local part has blanks
# Control and bidi characters, and lone surrogates: none of them is in a name or an address.
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_TOPICS = (*sorted(COMPLAINT_TOPICS), Topic.ORDER_STATUS, Topic.PRAISE)


class Listener:
    """A classifier that understands one word: who is not "fine" complains, of what the sum of his
    letters says."""

    def judge(self, subject: str, text: str) -> Opinion:
        fine = "fine" in text.lower()
        topic = _TOPICS[zlib.crc32(text.encode()) % len(_TOPICS)]
        return Opinion(
            0.01 if fine else 0.99, {topic: 1.0}, (Clue("broken", 2.0),), "en", known_language=True
        )

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        return ()


DESK = Desk(
    Listener(),
    Thresholds(flag=0.8, unsure=0.4),
    House((OWNER, Address("", "the.shop@gmail.com")), frozenset({"info@shop.example"})),
    Letters.load(),
    Shop(name="Mira's", remedies=Remedies(send_again=True, refund=True), order_status=True),
    Identity((OWNER,)),
    OrderFile(None),
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that was not kept. `key` is the same for what is broken at the same place: a word
    for the promise, and for an exception its name and the deepest line of triage it went through.
    `told` is for people."""

    key: str
    told: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The way of one mail: `end` is its outcome and reason, or why it was refused, `seconds` what
    it took of the processor, `broken` the first promise that was not kept."""

    end: str
    seconds: float
    letter: bool = False
    broken: Broken | None = None


def gone(raw: bytes, *, whole: bool = True) -> Gone:
    """These octets on the whole way, or only as far as they are read. Some of them, as the sum of
    all says, come as the head of a larger mail."""
    truncated = zlib.crc32(raw) % 8 < 2
    began = time.process_time()
    try:
        message = read(raw, size=len(raw) * 3 if truncated else None, truncated=truncated)
        finding = answer(DESK, consider(DESK, message), NOW) if whole else None
    except MessageError as error:
        seconds = time.process_time() - began
        end = error.kind
        broken = None if end in REFUSALS else _raised(error.__cause__ or error)
        return Gone(end, seconds, broken=broken or _slow(seconds))
    except Exception as error:  # noqa: BLE001 - whatever breaks is what is looked for
        return Gone("raised", time.process_time() - began, broken=_raised(error))
    seconds = time.process_time() - began
    said = _said_of(message) or (_said_in(finding) if finding else "")
    broken = Broken(said.partition(":")[0], said) if said else _slow(seconds)
    if finding is None:
        return Gone("read", seconds, broken=broken)
    end = f"{finding.outcome}: {finding.undrafted or 'letter'}"
    return Gone(end, seconds, finding.draft is not None, broken)


def _slow(seconds: float) -> Broken | None:
    return Broken("slow", f"slow: {seconds:.2f} s") if seconds > SECONDS else None


def _raised(error: BaseException) -> Broken:
    name, place, line = type(error).__name__, "nowhere", 0
    trace = error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if "triage" in path.parts[:-1] and path.name != "finding.py":
            place, line = trace.tb_frame.f_code.co_qualname, trace.tb_lineno
        trace = trace.tb_next
    return Broken(f"{name} in {place}", f"{name} in {place}, line {line}: {error}")


def _said_of(message: Message) -> str:
    """What of the promises of `Message` and `Body` does not hold; "" when all do."""
    body = message.body
    if bool(body.new) != bool(body.text):
        return "body: new is empty and text is not"
    for text in (body.text, body.new, body.quoted, body.signature):
        if any(ord(char) < 32 and char not in "\n\t" for char in text):
            return "body: a control character"
        if _unwritable(text):
            return "body: a lone surrogate"
    people = [*message.to, *message.cc, *message.reply_to]
    people += [message.sender] if message.sender else []
    names = [message.subject, *(each.name for each in people), *(each.addr for each in people)]
    names += [each.filename for each in message.attachments]
    if any(_HIDDEN.search(name) for name in names):
        return f"names: a character that is not seen, in {names!a:.200}"
    if any(not each.addr for each in people):
        return "names: an empty address"
    for name, values in message.headers.items():
        if any(value != " ".join(value.split()) or _unwritable(value) for value in values):
            return f"headers: {name!r} is not one line"
    ids = (message.message_id or "", *message.in_reply_to, *message.references)
    if any(re.search(r"[\s\x00-\x1f\x7f]", each) or _unwritable(each) for each in ids):
        return "ids: an id with a blank or a control character"
    dates = [date for date in (message.date, message.received) if date]
    if any(date.utcoffset() != timedelta(0) for date in dates):
        return "dates: not in UTC"
    return "" if re.fullmatch(r"[0-9a-f]{64}", message.digest) else "digest: no digest"


def _unwritable(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _said_in(finding: Finding) -> str:
    """What is wrong with the way from the message on; "" when nothing is."""
    draft, verdict = finding.draft, finding.verdict
    if draft is None:
        return "" if finding.undrafted else "finding: no letter, and no reason"
    writer = verdict.origin.writer if verdict else None
    if writer is None:
        return "draft: to nobody"
    return _said_in_letter(draft, writer)


def _said_in_letter(draft: Draft, writer: Address) -> str:
    """What is wrong with a letter as it lies in Drafts."""
    head, _, body = draft.raw.partition(b"\r\n\r\n")
    if re.search(rb"[^ -~\r\n]|\r(?!\n)|(?<!\r)\n", head):
        return "header: a raw control character or octet"
    lines = re.split(rb"\r\n(?![ \t])", head)
    names = [line.partition(b":")[0].decode() for line in lines]
    if len(set(names)) != len(names) or not set(names) <= _FIELDS:
        return f"header: fields {names}"
    if any(len(line) > 998 for line in draft.raw.split(b"\r\n")):
        return "header: a line over 998 octets"
    if any(not line.strip() for line in head.split(b"\r\n")):
        return "header: an empty line of folding"
    parsed = email.message_from_bytes(draft.raw, policy=email.policy.compat32)
    unfolded = re.sub(r"\r\n(?=[ \t])", "", parsed["Subject"])
    subject = str(make_header(decode_header(unfolded)))
    if not subject.isprintable() or subject != draft.subject:
        return f"header: the subject {subject!a:.200} is not {draft.subject!a:.200}"
    if not is_draft_id(parsed["Message-ID"]) or parsed["Message-ID"] != draft.message_id:
        return "header: the id"
    if [each.addr for each in draft.to] != ([] if draft.missing else [draft.recipient.addr]):
        return "to: another than the recipient"
    if draft.recipient.addr != ascii_address(writer.addr):
        return "to: another than the writer"
    if not _ADDR.fullmatch(draft.recipient.addr) or not draft.recipient.name.isprintable():
        return "to: no address"
    field = email.message_from_bytes(draft.raw, policy=email.policy.default)["To"]
    written = [each.addr_spec for each in field.addresses] if field else []
    if [_bare(each) for each in written] != [_bare(each.addr) for each in draft.to]:
        return f"to: {written!a:.200} is read where {draft.recipient.addr!a} was meant"
    if re.search(rb"[^ -~\r\n]|\r(?!\n)|(?<!\r)\n", body):
        return "text: a raw control character or octet"
    text = quopri.decodestring(body).decode().replace("\r\n", "\n")
    if text.rstrip("\n") != draft.body.rstrip("\n"):
        return "text: not what was written"
    return "text: a control character" if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text) else ""


def _bare(addr: str) -> str:
    """An address without the quotation marks that its local part can do without."""
    local, _, domain = addr.rpartition("@")
    if local.startswith('"'):
        local = re.sub(r"\\(.)", r"\1", local[1:-1])
    return f"{local}@{domain}"
