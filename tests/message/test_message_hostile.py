"""Whatever arrives: a Message or a MessageError, in the end and in 500 MB."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from mails import HEAD, multipart, page, part, plain, whole

from triage.errors import MessageError
from triage.message import Message, read

YARDSTICK = Path(__file__).resolve().parents[3] / "shared" / "yardstick"
FILES = sorted(path for path in YARDSTICK.glob("*/**/*") if path.is_file())

HTML = HEAD.encode() + b"Content-Type: text/html\n\n"
MIXED = HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n"
TEXT = HEAD.encode() + b"\n"
FLOWED = HEAD.encode() + b"Content-Type: text/plain; format=flowed\n\n"
DEEP = b"".join(
    b"--b%s\nContent-Type: multipart/mixed; boundary=b%d\n\n"
    % (b"" if n == 0 else b"%d" % n, n + 1)
    for n in range(18)
)

HOSTILE = {
    "empty lines": lambda: TEXT + b"\n" * 25_000_000,
    "short lines": lambda: TEXT + b"a\n" * 12_000_000,
    "one line": lambda: TEXT + b"a" * 25_000_000,
    "one line of spaces": lambda: TEXT + b" " * 1_000_000 + b"x",
    "quote marks": lambda: TEXT + b">" * 1_000_000,
    "attributions": lambda: TEXT + b"On 1 May 2020 10:10 a@b wrote:\n" * 30_000,
    "attribution of 1 MB": lambda: TEXT + b"On 1 May 2020 10:10 " * 50_000 + b"a@b wrote:\n> x",
    "wrapped attributions": lambda: TEXT + b"On 1 May 2020 10:10\na@b\n" * 40_000 + b"wrote:",
    "header lines": lambda: TEXT + b"From: a\n" * 120_000,
    "phone signatures": lambda: TEXT + b"Sent from my iPhone " * 50_000,
    "dashes": lambda: TEXT + b"-- \n" * 250_000,
    "rule of 1 MB": lambda: TEXT + b"_" * 1_000_000 + b"x\nFrom: a\nTo: b\nDate: c\n",
    "flowing lines": lambda: FLOWED + b"a \n" * 8_000_000,
    "uuencoded": lambda: TEXT + b"begin 644 x\n" * 80_000 + b"end\n",
    "small parts": lambda: MIXED + b"--b\n\nx\n" * 3_500_000,
    "parts of nothing but parameters": lambda: (
        MIXED + (b"--b\nContent-Type: text/plain" + b';a="' * 2000 + b"\n\nx\n") * 1000
    ),
    "file names in punycode": lambda: (
        MIXED
        + (
            b"--b\nContent-Disposition: attachment; filename*=punycode''"
            + b"a" * 32_000
            + b"-"
            + b"b" * 32_000
            + b"\n\nx\n"
        )
        * 499
    ),
    "almost boundaries": lambda: MIXED + b"--bx\n" * 5_000_000,
    "deep nesting over long text": lambda: MIXED + DEEP + b"text\n" * 4_000_000,
    "header fields": lambda: HEAD.encode() + b"a:\n" * 8_000_000,
    "folds": lambda: HEAD.encode() + b"X: a\n" + b" \n" * 12_000_000,
    "encoded words": lambda: HEAD.encode() + b"X: " + b"=?utf-8?q?a?= " * 1_000_000 + b"\n\n",
    "broken words": lambda: HEAD.encode() + b"X: " + b"=?a?q?" * 1_000_000 + b"\n\n",
    "addresses": lambda: TEXT.replace(b"Subject", b"Cc: " + b"a <a@b.cc>, " * 5000 + b"\nSubject"),
    "comments": lambda: TEXT.replace(b"Subject", b"Cc: " + b"(" * 60_000 + b"\nSubject"),
    "Received": lambda: (b"Received: " + b"from (; " * 8000 + b"\n") * 300 + TEXT,
    "open elements": lambda: HTML + b"<div>" * 5_000_000,
    "stray ends": lambda: HTML + b"<div>" * 990 + b"</p>" * 6_000_000,
    "stray ends deep down": lambda: HTML + (b"<b>" * 300 + b"</i>" * 5000) * 1000,
    "stray ends below 20,000": lambda: HTML + b"<div>" * 20_000 + b"</p>" * 90_000,
    "table": lambda: HTML + b"<table>" + b"<tr><td>a</td><td>b</td></tr>" * 800_000,
    "attributes": lambda: HTML + b"<p " + b"".join(b"a%d=1 " % n for n in range(300_000)) + b">x",
    "style": lambda: HTML + b'<p style="' + b"a:b;" * 6_000_000 + b'">x',
    "less-thans": lambda: HTML + b"<" * 24_000_000,
    "comment marks": lambda: HTML + b"<!--" * 6_000_000,
    "blockquotes": lambda: HTML + b"<blockquote>x" * 2_000_000,
}


def told(raw: bytes) -> Message | str:
    """The message, or the reason why there is none. Anything else is a failure."""
    try:
        return read(raw)
    except MessageError as error:
        assert error.kind in {"empty", "no-header", "nested-too-deep"}
        return error.kind


@pytest.mark.timeout(60)  # a mail that runs away takes minutes
def test_yardstick() -> None:
    """Every mail of the yardstick is read, or refused with a reason."""
    if not FILES:
        pytest.skip("the yardstick is not here")
    messages = 0
    for path in FILES:
        messages += isinstance(told(path.read_bytes()), Message)
    assert messages > 0.98 * len(FILES)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_it_comes_to_an_end(case: str) -> None:
    """What was made to be slow is read in seconds, not minutes."""
    told(HOSTILE[case]())


def test_a_boundary_that_cannot_be_written() -> None:
    """Half a character in a boundary, which RFC 2231 and UTF-7 make possible, harms nobody."""
    half = b"Content-Type: multipart/mixed; boundary*=utf-7''%2B2AA-\n\n"
    assert read(HEAD.encode() + half + b"--b\n\nhello\n").body.text == "--b\n\nhello"


def test_numbers_are_bounded() -> None:
    """Fields and parts beyond any real mail's are left out, and the rest is read."""
    fields = read(HEAD.encode() + b"X: y\n" * 5000 + b"\nhello")
    assert (len(fields.headers["x"]), fields.body.text) == (994, "hello")
    words = read(TEXT + b"word\n" * 9000 + b"word " * 100_000)
    assert (len(words.body.text), words.body.text[-9:]) == (249_999, "word word")
    assert len(read(TEXT + b"a\n" * 20_000).body.text) == 2 * 10_000 - 1
    many = b"".join(b"Ann <a%d@b.example>, " % n for n in range(5000))
    copies = read(b"Cc: " + many + b"\n" + TEXT).cc
    assert 700 < len(copies) < 1000
    assert all(each.addr.endswith("@b.example") for each in copies)
    parts = read(MIXED + b"--b\n\nhello\n" + b"--b\nContent-Type: image/png\n\nx\n" * 5000)
    assert (len(parts.attachments), parts.body.text) == (499, "hello")


MEMORY = """
import base64, re, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from triage.message import read
picture = eval(sys.argv[2])
raw = (b"From: a@example.com\\nContent-Type: multipart/mixed; boundary=b\\n\\n--b\\n\\nhello\\n"
       b"--b\\nContent-Type: image/png\\nContent-Transfer-Encoding: base64\\n\\n"
       + picture + b"--b--\\n")
del picture
message = read(raw)
assert message.body.text == "hello" and message.attachments[0].size == int(sys.argv[3])
# Not ru_maxrss: that starts from the size of the process which started this one.
print(len(raw), re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize(
    ("picture", "octets"),
    [
        ("base64.encodebytes(bytes(range(256)) * 72_000)", 256 * 72_000),
        ("b'!' * 24_000_000 + b'QUJDR\\n'", 3),
    ],
    ids=["base64", "not one letter of base64, and then cut off"],
)
def test_memory_is_bounded(picture: str, octets: int) -> None:
    """A mail of 25 MB is read in less than 500 MB, all of Python included."""
    repository = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY, str(repository), picture, str(octets)],
        capture_output=True,
        text=True,
        check=True,
    )
    size, kilobytes = map(int, ran.stdout.split())
    assert size > 24_000_000
    assert kilobytes < 500_000


ALL = whole(
    multipart(
        "mixed",
        multipart("alternative", plain("Hello.\nOn 1 May 2024 10:10, a@b wrote:\n> x\n-- \nAnn"),
                  page("<p>Hello<blockquote>x</blockquote>"), boundary="B1"),
        part("R0lGODlh", 'Content-Type: image/gif; name*0="a"; name*1="b.gif"',
             "Content-Transfer-Encoding: base64"),
    )
)  # fmt: skip
PIECES = [
    b"\n", b"\r\n", b"\r", b"\n\n", b" ", b"\t", b"\x00", b"\xff", b"\xe2\x80\xae", b":", b";",
    b"=", b"=?", b"?=", b"=?utf-8?b?", b"<", b">", b"--", b"--B0", b"--B0--\n", b'"', b"\\", b"(",
    b"@", b"Content-Type: multipart/mixed; boundary=B0\n", b"Content-Type: text/html\n",
    b"charset=utf-7", b"; charset*=undefined'en'x", b"; name*0*=idna''x; name*1=y; name*=z",
    b"Content-Transfer-Encoding: base64\n", b"filename*=x''%ff", b"From: ", b"Date: ",
    b"Received: ;", b"<div hidden>", b"</", b"&#0;", b"&#xd800;", b" wrote:\n> ",
    b"\nFrom: a\nTo: b\nDate: c\n",
]  # fmt: skip


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_random_octets(raw: bytes) -> None:
    """Noise is read or refused."""
    result = told(raw)
    event("message" if isinstance(result, Message) else result)


@given(st.lists(st.tuples(st.integers(0, len(ALL)), st.integers(0, 12), st.sampled_from(PIECES)),
                min_size=1, max_size=8))  # fmt: skip
@settings(max_examples=600, deadline=None)
def test_damaged_mail(wounds: list[tuple[int, int, bytes]]) -> None:
    """A mail with pieces cut out and others put in is read or refused, and if read, clean."""
    raw = ALL
    for at, cut, piece in wounds:
        raw = raw[:at] + piece + raw[at + cut :]
    result = told(raw)
    event("message" if isinstance(result, Message) else result)
    if isinstance(result, Message):
        assert_clean(result)


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=300, deadline=None)
def test_heap_of_pieces(pieces: list[bytes]) -> None:
    """Pieces of mails in any order are read or refused."""
    result = told(b"From: a@b\n" + b"".join(pieces))
    event("message" if isinstance(result, Message) else result)
    if isinstance(result, Message):
        assert_clean(result)


NAMES = ["From", "To", "Subject", "Date", "Received", "References", "Content-Type",
         "Content-Disposition"]  # fmt: skip
TOKENS = [
    "=?utf-8?b?A?=", "=?utf-8?q?a?=", "=?x?q?", "?=", "<", ">", "@", "a@b.c", '"', "\\", " ", "\n ",
    "(", ")", ",", ";", ":", "é", "\u202e", ".", "[", "]", "*0*=", "*=", "''", "filename",
    "boundary", "1 Jan 2020 10:10", "+9999", "multipart/mixed", "charset=", "idna", "\x7f",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(TOKENS), max_size=20)),
                min_size=1, max_size=6))  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_heap_of_tokens(fields: list[tuple[str, list[str]]]) -> None:
    """A header of tokens in any order is read, or refused."""
    raw = "".join(f"{name}: {''.join(tokens)}\n" for name, tokens in fields) + "\nbody\n"
    result = told(raw.encode())
    event("message" if isinstance(result, Message) else result)
    if isinstance(result, Message):
        assert_clean(result)


def assert_clean(message: Message) -> None:
    """What `Message` and `Body` promise of their text."""
    body = message.body
    assert bool(body.new) == bool(body.text)
    for text in (body.text, body.new, body.quoted, body.signature):
        assert all(char in "\n\t" or ord(char) >= 32 for char in text)
        text.encode("utf-8")
    names = [message.sender.name if message.sender else "", message.subject]
    names += [address.name for address in (*message.to, *message.cc, *message.reply_to)]
    assert all(name.isprintable() for name in names)
    assert all(value == " ".join(value.split()) for of in message.headers.values() for value in of)


def test_cut_off_anywhere() -> None:
    """A mail cut off at any octet is read or refused."""
    for end in range(len(ALL)):
        told(ALL[:end])
    assert isinstance(told(ALL), Message)
