"""Mails made to take long or to fill the memory, for the whole way: each is made when it is wanted.

`python tests/fuzz/bombs.py [NAME ...]` measures them, each in a process of its own.
"""

import base64
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

HEAD = (
    b"From: Ann Miller <ann@example.com>\nTo: Shop <hello@shop.example>\nSubject: My order 10442\n"
    b"Date: Tue, 5 Mar 2024 10:15:00 +0100\nMessage-ID: <one@example.com>\n"
)
QUOTED = b"Content-Transfer-Encoding: quoted-printable"
MEGABYTE = 1_000_000


def text(body: bytes, *fields: bytes) -> bytes:
    return HEAD + b"".join(field + b"\n" for field in fields) + b"\n" + body


def html(body: bytes) -> bytes:
    return text(body, b"Content-Type: text/html; charset=utf-8")


def headed(name: bytes, value: bytes) -> bytes:
    """A customer's mail with one field of its own in place of that of the same name."""
    others = re.sub(rb"(?m)^" + name + rb":.*\n", b"", HEAD)
    return others + name + b": " + value + b"\n\nMy lamp is broken.\n"


def parts(part: bytes, number: int) -> bytes:
    return text(
        (b"--b\n" + part) * number + b"--b--\n", b"Content-Type: multipart/mixed; boundary=b"
    )


def repeated(piece: str, octets: int = MEGABYTE) -> bytes:
    raw = piece.encode()
    return raw * (octets // len(raw))


def _nested(levels: int) -> bytes:
    return text(
        b"".join(
            b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1)
            for n in range(levels)
        ),
        b"Content-Type: multipart/mixed; boundary=b0",
    )


def _zip_of_zips() -> bytes:
    """Ten megabytes of zeros in a zip, ten of these in another, six times."""
    held = b"\0" * 10_000_000
    for _ in range(6):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", held)
        held = made.getvalue()
    zipped = base64.encodebytes(held)
    part = b'Content-Type: application/zip; name="a.zip"\nContent-Transfer-Encoding: base64\n\n'
    return parts(part + zipped, 1)


def _continued(number: int) -> bytes:
    return b"".join(b"; name*%d*=utf-8''%%41%%42" % n for n in range(number))


BOMBS: dict[str, Callable[[], bytes]] = {
    "25 MB of text": lambda: text(b"My lamp is broken, I want a refund.\n" * 700_000),
    "25 MB of one word": lambda: text(b"a" * 25 * MEGABYTE),
    "10 MB of <div>": lambda: html(b"<div>" * 2_000_000),
    "250 kB of <!--": lambda: html(b"<!--" * 62_500),
    "1 MB of < in a page": lambda: html(b"<pre>" + b"<" * MEGABYTE),
    "3,000 nested multiparts": lambda: _nested(3000),
    "20 nested multiparts, each of 400 parts": lambda: (
        _nested(20) + b"".join(b"--b%d\n\nx\n" % (n % 20) for n in range(8000))
    ),
    "subject of 1 MB": lambda: headed(b"Subject", b"order 1234 " * 90_000),
    "100,000 recipients": lambda: headed(
        b"To", b",\n ".join(b"A B <a%d@b.example>" % n for n in range(100_000))
    ),
    "recipients in 900 fields": lambda: text(b"x", *[b"To: " + b"a@b.cc, " * 120] * 900),
    "1 MB of from:": lambda: text(b"from:" * 200_000),
    "1 MB of lines from:": lambda: text(b"from:\n" * 170_000),
    "1 MB of long lines from:": lambda: text((b"from:" + b"a" * 290 + b"\n") * 3400),
    "1 MB of short marks": lambda: text(b">\n" * 500_000),
    "1 MB of lines with marks": lambda: text(b"> broken\n" * 111_000),
    "1 MB of marks in one line": lambda: text(b">" * MEGABYTE),
    "1 MB without blanks": lambda: text(b"broken" * 170_000),
    "zip of zips": _zip_of_zips,
    "10,000 parts": lambda: parts(b"Content-Type: text/plain\n\nbroken\n", 10_000),
    "header folded 100,000 times": lambda: text(b"x", b"X: a" + b"\n a" * 100_000),
    "subject folded 100,000 times": lambda: headed(b"Subject", b"a" + b"\n a" * 100_000),
    "1 MB of encoded words": lambda: text(b"x", *[b"X: " + b"=?utf-8?q?=41?= " * 4000] * 15),
    "subject of encoded words": lambda: headed(b"Subject", b"=?utf-8?b?QQ==?= " * 60_000),
    "encoded words in other charsets": lambda: headed(
        b"Subject", b"=?utf-7?q?+AOQ?= =?hz?q?=7E=7B?= =?utf-16?b?2A==?= " * 1200
    ),
    "soft breaks": lambda: text(b"=\n" * 12_000_000, QUOTED),
    "quoted-printable of nothing but signs": lambda: text(b"=" * 25 * MEGABYTE, QUOTED),
    "quoted-printable blanks": lambda: text((b" " * 1000 + b"\n") * 25_000, QUOTED),
    "base64 of what is no base64": lambda: text(
        b"!" * 25 * MEGABYTE + b"A", b"Content-Transfer-Encoding: base64"
    ),
    "base64 that breaks off": lambda: parts(
        b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
        + b"!" * 24_000_000 + b"A\n", 1,
    ),
    "UTF-7": lambda: text(b"+AOQ-" * 200_000, b"Content-Type: text/plain; charset=utf-7"),
    "UTF-7 broken": lambda: text(b"+\xff" * 500_000, b"Content-Type: text/plain; charset=utf-7"),
    "UTF-16 of surrogates": lambda: text(
        b"\x00\xd8" * 500_000, b"Content-Type: text/plain; charset=utf-16"
    ),
    "holes of a charset": lambda: text(
        b"\xa5" * MEGABYTE, b"Content-Type: text/plain; charset=iso-8859-3"
    ),
    "unknown charset": lambda: text(b"\xff" * MEGABYTE, b"Content-Type: text/plain; charset=x-no"),
    "charset of 60 kB": lambda: text(
        b"\xff", b"Content-Type: text/plain; charset=" + b"x" * 60_000
    ),
    "RFC 2231 continuations": lambda: text(b"x", b"Content-Type: text/plain" + _continued(2500)),
    "RFC 2231 continuations of parts": lambda: parts(
        b"Content-Type: image/png" + _continued(1800) + b"\n\nx\n", 500
    ),
    "RFC 2231 punycode": lambda: parts(
        b"Content-Type: image/png\nContent-Disposition: attachment; filename*=punycode''"
        + b"a" * 25_000 + b"-" + b"b" * 25_000 + b"\n\nx\n", 480,
    ),
    "RFC 2231 idna": lambda: parts(
        b"Content-Type: image/png\nContent-Disposition: attachment; filename*=idna''"
        + b"xn--a." * 8_000 + b"\n\nx\n", 480,
    ),
    "RFC 2231 charset in punycode": lambda: parts(
        b"Content-Type: text/plain; charset*=punycode''" + b"a" * 25_000 + b"-" + b"b" * 25_000
        + b"\n\nx\n", 480,
    ),
    "quotation marks in 480 fields": lambda: parts(
        b'Content-Type: image/png; name="' + b'\\"' * 24_000 + b'"\n\nx\n', 480
    ),
    "parameters in 480 fields": lambda: parts(
        b"Content-Type: image/png" + b'; a="b;"' * 60 + b'; name="' + b";" * 49_000
        + b'"\n\nx\n', 480,
    ),
    "blanks in 480 fields": lambda: parts(
        b"Content-Type: image/png; name" + b" " * 49_000 + b"= a\n\nx\n", 480
    ),
}  # fmt: skip

# What may stand in an address, over and over, in each of the fields that are read for addresses.
ADDRESSES = (
    "(", ")", "()", '"', '""', "\\", '"\\', "<", ">", "<>", "[", "]", "@", "a@", "@a,", "<@a,",
    ",", ";", ":", "a:", "a:;", "a b ", ". ", "a.", "a(", "<a@b.c>", '"a" <a@b.c>, ', "a <",
    "=?utf-8?q?a?= <a@b.c>, ", "\t", "é", "a@[", "a@b(", "(\\",
)  # fmt: skip
DATES = ("1 ", ":", "a,", "+", "-", "1:", "Mon, ", "(", "(a)", " ", "2024", "Jan ", "\xb2")


def _of_addresses(piece: str) -> bytes:
    value = b": x" + repeated(piece, 60_000) + b"\n"
    names = (b"From", b"To", b"Cc", b"Reply-To")
    return b"".join(name + value for name in names) + b"\nMy lamp is broken.\n"


def _of_dates(piece: str) -> bytes:
    value = repeated(piece, 60_000) + b"\n"
    return (b"Received: x;" + value) * 14 + b"Date: " + value + HEAD + b"\nx\n"


BOMBS |= {f"addresses of {piece!r}": partial(_of_addresses, piece) for piece in ADDRESSES}
BOMBS |= {f"dates of {piece!r}": partial(_of_dates, piece) for piece in DATES}

# What the patterns of triage.facts, origin, reply and message look for, over and over.
PIECES = (
    "order ", "order 1234 ", "order 1234 and 1234, ", "1234, ", "#1234 ", "order-",
    "order number ", "order placed on ", "order numbers 1 ", "order not 1 but ",
    "confirmation number 1a2b ", "A1 ", "1A-", "AB 1 ", "1Z", "1234567890 ", "AB123456785GB ",
    "tracking ", "tracking number 1", "tracking 1234567890123456 ", "DHL ", "royal mail 12 ",
    "111-1111111-1111111 ", "-1-1-1", '"', '""', '"a" - ', '"" - Aa Aa Aa ', "“", "”", "“”", "„",
    "«", "«»", '"a\n', "“ Aa", 'status "a', "tracking “", "marked ", "- ", "-- \n", "--\n",
    "-- original ", "-" * 60 + " ", "from:", "from:\n", "from: a\nto: b\n", "from: a\n\n\n\n",
    "> from:\n", "on 1 may 2020 10:10\n", "dear Ann ", "hi hi hi\n", "Kind regards,\n",
    "regards ", "Thanks, Ann. ", "my name is ", "I'm A", "Ann ", "Mrs ", "Ann Mrs. ", "Aa-Aa-",
    "A. ", "(Mrs) ", "x ", "ANN ", "von ", "Ann Ann\n", "yesterday ", "on the 9th ",
    "1 May 2024 ", "Monday ", "a week on Monday ", "in 2 days ", "12/11/2026 ", "2026-11-12 ",
    "next Monday and ", "on 1/2 ", "5 ", "1.1.", "the 1st of ", "ordered on Monday ",
    "I want a refund ", "please ", "can you please ", "not ", "no need to ", "and ", "if it ",
    "send another or ", "a b c? ", "a, b, ", "why ", "? ", "a-", "'s ", "a'", "birthday ",
    "my daughter's birthday is on ", "need it by ", "gift for my ", "Christmas ", "broken ",
    "the left leg is ", "the leg of the ", "split ", "cut his hand ", "caught fire ",
    "you idiots ", "you are a ", "stick it up ", "i know where ", "open a dispute with paypal ",
    "Name: ", "Email: a@b.cc\n", "Message:\n", "name\n", "Name a\n", "email a@b.cc\n", "a@",
    "a@b.", "begin 644 a\n", "\nend", "[ ", "<", "<a", "&", "\t", " ", " \n", "\n", ".\n", "é",
    "İ", "ß", "sent from my iphone ", "get outlook ", "wrote:\n", "a@b.cc wrote:\n",
    "forwarded message\n", "unsubscribe ", "automatic reply ", "550 5.1.1 ", "> ", ">>>",
    "> a\n>> b\n", "\u0301", "🙂",
)  # fmt: skip
_PLACES: dict[str, Callable[[bytes], bytes]] = {
    "body": lambda held: text(b"My lamp is broken.\n\n" + held),
    "quoted": lambda held: text(
        b"My lamp is broken.\n\nOn 1 May 2024 10:10, a@b.cc wrote:\n\n> x\n> " + held
    ),
    "end": lambda held: text(held + b"\n\nKind regards,\nAnn\n-- \nAnn Miller\n"),
    "form": lambda held: (
        b"From: forms@shop.example\nReply-To: Jo <jo@gmail.com>\nSubject: Contact form\n\n"
        b"Name: Jo\nEmail: jo@gmail.com\nMessage: " + held
    ),
    "html": lambda held: html(b"<p>My lamp is broken.<pre>" + held),
}
_FIELDS: dict[str, Callable[[bytes], bytes]] = {
    "subject": lambda held: headed(b"Subject", held),
    "name": lambda held: headed(b"From", b'"' + held.replace(b'"', b"") + b'" <ann@example.com>'),
    "list": lambda held: text(b"x", b"List-Id: <" + held + b">", b"Content-Type: " + held),
}


def woven() -> dict[str, Callable[[], bytes]]:
    """Each piece in each place where a stranger's words are read: name, and what makes the mail."""
    found: dict[str, Callable[[], bytes]] = {}
    for piece in PIECES:
        for place, make in _PLACES.items():
            found[f"{place} of {piece!r}"] = partial(_woven, make, piece, MEGABYTE)
        for field, make in _FIELDS.items():
            found[f"{field} of {piece!r}"] = partial(_woven, make, piece.replace("\n", " "), 60_000)
    return found


def _woven(make: Callable[[bytes], bytes], piece: str, octets: int) -> bytes:
    return make(repeated(piece, octets))


def measured(name: str) -> str:
    """One bomb, in this process: seconds, megabytes at most, what became of it."""
    from fuzz.promises import gone

    gone(text(b"My lamp is broken, I want a refund."))  # what is compiled at the first mail
    raw = (BOMBS | woven())[name]()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak from here on
    went = gone(raw)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1000
    broken = f"  {went.broken.told}" if went.broken else ""
    return (
        f"{went.seconds:6.2f} s {peak:5.0f} MB  {len(raw):9,} octets  {name:40} {went.end}{broken}"
    )


def main() -> None:
    names = sys.argv[1:] or list(BOMBS)
    for name in names:
        code = f"from fuzz import bombs; print(bombs.measured({name!r}))"
        tests = str(Path(__file__).resolve().parents[1])
        subprocess.run([sys.executable, "-c", code], cwd=tests, check=True)


if __name__ == "__main__":
    main()
