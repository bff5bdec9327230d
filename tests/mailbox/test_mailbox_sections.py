"""The text of mails too large to be fetched whole."""

import base64
from dataclasses import replace

import pytest
from servers.dovecot import Owner
from servers.letters import is_ours

from triage.account import Account
from triage.mailbox import connect
from triage.mailbox.sections import ASKED, with_text
from triage.message import read

HEAD = (
    b"From: a@customer.example\r\nTo: o@shop.example\r\nSubject: Broken\r\nMIME-Version: 1.0\r\n"
    b"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <large@customer.example>\r\n"
)
OCTETS = base64.encodebytes(bytes(range(256)) * 1000).replace(b"\n", b"\r\n")  # 346 kB
PICTURE = (
    b"Content-Type: image/jpeg; name=cup.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + OCTETS
)
WORDS = "The cup came broken, and nobody answers. Très fâchée! "
TEXT = (
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(WORDS.encode() * 3)
)
LONG = b"Content-Type: text/plain\r\n\r\n" + b"It came broken. " * 6000
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>The cup came <b>broken</b>.</p>"
EMPTY = b"Content-Type: text/plain\r\n\r\n\r\n"
ATTACHED = b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nlog of the shop"
BARE = b"\r\nNo header above these words: they came broken."


def parts(kind: str, *children: bytes) -> bytes:
    """A multipart, header and body; its boundary is one of its own."""
    boundary = f"={kind}-{len(children)}-{sum(map(len, children))}".encode()
    body = b"".join(b"--" + boundary + b"\r\n" + child + b"\r\n" for child in children)
    fields = b'Content-Type: multipart/%s; boundary="%s"\r\n' % (kind.encode(), boundary)
    return fields + b"\r\n" + body + b"--" + boundary + b"--\r\n"


LARGE = {
    "picture, text": parts("mixed", PICTURE, TEXT),
    "picture, long text": parts("mixed", PICTURE, LONG),
    "picture, text without header": parts("mixed", PICTURE, BARE),
    "picture, alternatives": parts("mixed", PICTURE, parts("alternative", TEXT, HTML)),
    "three pictures, page": parts("mixed", PICTURE, PICTURE, PICTURE, HTML),
    "nothing, picture, text": parts("mixed", EMPTY, PICTURE, TEXT),
    "picture, log, text": parts("mixed", PICTURE, ATTACHED, TEXT),
    "within": parts("mixed", parts("related", PICTURE, HTML), ATTACHED),
    "behind what is within": parts("mixed", parts("related", PICTURE, PICTURE), TEXT),
    "deep": parts("mixed", parts("related", parts("mixed", PICTURE, EMPTY), PICTURE), TEXT),
    "behind a letter in the letter": parts(
        "mixed",
        b"Content-Type: message/rfc822\r\n\r\n" + HEAD + parts("mixed", PICTURE, HTML),
        TEXT,
    ),
    "no text at all": parts("mixed", PICTURE, PICTURE),
    "one picture": PICTURE,
    "text, picture": parts("mixed", TEXT, PICTURE),
}


@pytest.fixture
def large(imap_account: Account) -> Account:
    """An account that takes only the head of what is over 300 kB."""
    return replace(imap_account, max_size=300_000)


@pytest.mark.parametrize("name", list(LARGE))
def test_the_text_is_read_wherever_it_stands(large: Account, owner: Owner, name: str) -> None:
    """The same words and the same digest as of the whole mail, of which little was fetched."""
    raw = HEAD + LARGE[name]
    uid = owner.deliver("INBOX", raw)
    with connect(large, is_ours=is_ours) as session:
        session.open("INBOX")
        ((found,),) = session.fetch([uid])
    assert found.truncated
    assert found.raw is not None
    assert len(found.raw) < 600_000
    cut, whole = read(found.raw, size=found.size, truncated=True), read(raw)
    assert cut.digest == whole.digest
    assert bool(cut.body.text) is bool(whole.body.text)
    if name != "picture, long text":
        assert cut.body.text == whole.body.text
    assert owner.mails("INBOX")[0].flags <= {"\\Recent"}


# --- the pure part ---


class Parts:
    """Answers everything asked for with the same part."""

    def __init__(self, answer: tuple[bytes, bytes] | None) -> None:
        self.answer = answer
        self.numbers: list[str] = []

    def __call__(self, number: str) -> tuple[bytes, bytes] | None:
        self.numbers.append(number)
        return self.answer


IMAGE = b"Content-Type: image/png\r\n\r\n"
CLOSED = HEAD + parts("mixed", parts("related", IMAGE))
DEEP, FLAT = (
    raw[: raw.index(IMAGE) + len(IMAGE)] for raw in (CLOSED, HEAD + parts("mixed", IMAGE))
)


@pytest.mark.parametrize(
    ("head", "answer", "numbers"),
    [
        (HEAD + parts("mixed", TEXT), (IMAGE, b"x"), []),
        (HEAD + TEXT, (IMAGE, b"x"), []),
        (DEEP, None, ["1.2", "2"]),
        (DEEP, (b"", b"words"), ["1.2"]),
        (CLOSED, (IMAGE, b"x"), ["1.2"]),
        (FLAT, (IMAGE, b"x"), [str(n) for n in range(2, 2 + ASKED)]),
        (HEAD + b"Content-Type: multipart/mixed\r\n\r\n--x\r\n" + IMAGE, (IMAGE, b"x"), ["2"]),
        (HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n", (IMAGE, b"x"), []),
        (b"hello", (IMAGE, b"x"), []),
        (b"", (IMAGE, b"x"), []),
        (b"\r\n\r\n" + HEAD, (IMAGE, b"x"), []),
    ],
    ids=[
        "text in the head",
        "no multipart",
        "no more parts",
        "a part without header",
        "no part can follow",
        "pictures without end",
        "boundary undeclared",
        "cut before its parts",
        "no mail",
        "empty",
        "header only",
    ],
)
def test_what_is_asked_for(
    head: bytes, answer: tuple[bytes, bytes] | None, numbers: list[str]
) -> None:
    """The parts behind the head, inmost first, as few as will do and never more than the limit;
    what the head holds is kept."""
    ask = Parts(answer)
    assert with_text(head, ask).startswith(head)
    assert ask.numbers == numbers
