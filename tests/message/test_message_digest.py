"""The identity of a mail."""

import base64
import quopri

import pytest
from mails import HEAD, mail, multipart, page, part, plain, whole

from triage.message import read

TEXT = "Die Lampe ist zerbrochen, Größe 12.\nBitte antworten Sie.\n" * 80
BIG = part(
    base64.encodebytes(b"x" * 300_000).decode(), "Content-Type: image/png",
    "Content-Transfer-Encoding: base64",
)  # fmt: skip
SAME = mail(TEXT, "Content-Type: text/plain; charset=utf-8")


def encoded(encoding: str, octets: bytes, charset: str = "utf-8") -> bytes:
    return mail("", f"Content-Type: text/plain; charset={charset}",
                f"Content-Transfer-Encoding: {encoding}") + octets  # fmt: skip


@pytest.mark.parametrize(
    ("case", "raw"),
    [
        ("CRLF", SAME.replace(b"\n", b"\r\n")),
        ("base64", encoded("base64", base64.encodebytes(TEXT.encode()))),
        ("quoted-printable", encoded("quoted-printable", quopri.encodestring(TEXT.encode()))),
        ("another charset", encoded("8bit", TEXT.encode("latin-1"), "iso-8859-1")),
        ("more fields", b"Received: by x; Tue, 5 Mar 2024 10:00:00 +0000\nX-Spam: no\n" + SAME),
        ("folded otherwise", SAME.replace(b"Subject: My order", b"Subject: My\n\torder")),
        ("encoded subject", SAME.replace(b"My order", b"=?utf-8?q?My_order?=")),
        ("date spaced otherwise", SAME.replace(b"Date: Tue, 5", b"Date:  Tue,  5")),
        ("another recipient", SAME.replace(b"shop@example.org", b"info@example.org")),
        ("another name", SAME.replace(b"Ann Miller", b"Ann")),
    ],
)
def test_same_mail(case: str, raw: bytes) -> None:
    """What servers and folders change leaves the digest alone."""
    assert read(raw).digest == read(SAME).digest, case


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"one@example.com", b"two@example.com"),
        (b"5 Mar 2024", b"6 Mar 2024"),
        (b"ann@example.com", b"bob@example.com"),
        (b"My order", b"My orders"),
        (b"zerbrochen", b"verbogen"),
        (b"Message-ID: <one@example.com>\n", b""),
    ],
)
def test_another_mail(old: bytes, new: bytes) -> None:
    """Each of the fields counts."""
    assert read(SAME.replace(old, new, 1)).digest != read(SAME).digest


def test_fields_cannot_be_confused() -> None:
    """Words moved from one field to the next make another mail."""
    one = HEAD.replace("Subject: My order", "Subject: ab")
    two = HEAD.replace("Subject: My order", "Subject: a")
    assert read(mail("c", head=one)).digest != read(mail("bc", head=two)).digest


@pytest.mark.parametrize("size", [12_000, 65_536, 200_000])
@pytest.mark.parametrize(
    "top",
    [
        multipart("mixed", plain(TEXT), BIG),
        multipart("mixed", multipart("alternative", plain("See below."), page(TEXT), boundary="B1"),
                  BIG),
        multipart("mixed", page(f"<p>{TEXT}</p>"), BIG),
        multipart("mixed", multipart("alternative", plain(""), page(TEXT * 60), boundary="B1"),
                  BIG),
    ],
)  # fmt: skip
def test_cut_off_mail(size: int, top: str) -> None:
    """The head of a mail has the digest of the whole."""
    raw = whole(top)
    head = read(raw[:size], size=len(raw), truncated=True)
    assert head.digest == read(raw).digest
    assert len(raw) > size


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("size", range(9000, 9012))
def test_cut_off_in_the_text(size: int, kind: str) -> None:
    """The same where the text itself is cut off, even in the middle of a character."""
    raw = whole(part("Größe: " + "ö€" * 20_000, f"Content-Type: text/{kind}; charset=utf-8"))
    assert read(raw[:size], size=len(raw), truncated=True).digest == read(raw).digest
