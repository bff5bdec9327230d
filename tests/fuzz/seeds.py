"""What the fuzzer begins with: mails, and the words of which mails are made."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
YARDSTICK = ROOT.parent / "shared" / "yardstick" / "ugly"
OURS = (ROOT / "triage" / "demo" / "mails", ROOT / "tests" / "reading" / "mails")

_HEAD = (
    "From: Ann Miller <ann@example.com>\nTo: Shop <hello@shop.example>\nSubject: My order 10442\n"
    "Date: Tue, 5 Mar 2024 10:15:00 +0100\nMessage-ID: <one@example.com>\n"
)
_MADE = {
    "multipart": _HEAD + "Content-Type: multipart/mixed; boundary=B0\n\n--B0\n"
    "Content-Type: multipart/alternative; boundary=B1\n\n--B1\nContent-Type: text/plain\n\n"
    "Hello.\nOn 1 May 2024 10:10, a@b wrote:\n> x\n-- \nAnn\n--B1\nContent-Type: text/html\n\n"
    "<p>Hello<blockquote>x</blockquote>\n--B1--\n--B0\n"
    "Content-Type: image/gif; name*0=\"a\"; name*1=\"b.gif\"; filename*=utf-8''%e2%82%ac\n"
    "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nR0lGODlh\n--B0--\n",
    "words": "From: =?utf-8?q?J=C3=BCrgen?= <j@x.example>\n"
    "Reply-To: \"a b\"@[127.0.0.1], x <y@ü.de>\n"
    "To: Group: a@b.cc, <hello@shop.example>;\nSubject: =?iso-8859-1?b?5A==?= =?utf-7?q?+AOQ-?=\n"
    "In-Reply-To: <a@b>\nReferences: <a@b> <c@d>\nReceived: from a by b; 1 Jan 2024 10:10 +0000\n"
    "Content-Type: text/plain; charset=utf-16; format=flowed; delsp=yes\n"
    "Content-Transfer-Encoding: quoted-printable\n\nbro=\nken =E2=82=AC \n> quoted\n",
    "form": "From: forms@shop.example\nReply-To: Jo <jo@gmail.com>\nTo: hello@shop.example\n"
    "Subject: Contact form\n\nName: Jo Doe\nEmail: jo@gmail.com\nOrder: 1234\n"
    "Message: My lamp is broken, I want a refund by 3 May.\n\nThanks,\nJo\n",
    "letter": _HEAD + "\nDear Sam,\n\norder number WC-10233-UK came on Monday 4 March, and the "
    "left leg of the table is split. Royal Mail AB123456785GB says \"delivered\". I wrote on the "
    "9th; it was for my daughter's birthday on Saturday. My son cut his hand. I want a refund, or "
    "send me another, please, else I will open a dispute with PayPal. Where is it?\n\n"
    "Kind regards,\nMrs A. Miller\n\n---- Forwarded message ----\nFrom: x\nSubject: y\n\nz\n",
    "bounce": "Return-Path: <>\nFrom: mailer-daemon@x.example\nSubject: Undelivered Mail\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\n550 5.1.1 "
    "user unknown\n--r\nContent-Type: message/delivery-status\n\nFinal-Recipient: a\n--r--\n",
}  # fmt: skip

# Words of RFC 5322, 2045 to 2047, 2183, 2231, 3676 and HTML, and of the letters customers write.
WORDS = (
    *("From: ", "To: ", "Cc: ", "Reply-To: ", "Subject: ", "Date: ", "Message-ID: <", "Sender: "),
    *("In-Reply-To: <", "References: <", "Received: from ", "Return-Path: <>", "MIME-Version: 1.0"),
    *("Content-Type: text/plain", "Content-Type: text/html", "Content-Type: multipart/mixed; "),
    *("multipart/alternative", "multipart/related", "multipart/digest", "multipart/report"),
    *("multipart/signed", "message/rfc822", "message/delivery-status", "text/enriched"),
    *("boundary=", "boundary=B0", "\n--B0\n", "\n--B0--\n", "; charset=", "; format=flowed"),
    *("; delsp=yes", "; name=", "; filename=", "*0*=", "*1=", "*=utf-8''%ff", "*0=", "''"),
    *("Content-Transfer-Encoding: base64", "quoted-printable", "8bit", "x-uuencode"),
    *("Content-Disposition: attachment", "inline", "begin 644 a\n", "\nend\n", "=\n", "=3D", "=0A"),
    *("=?utf-8?b?", "=?utf-8?q?", "=?iso-2022-jp?b?", "=?utf-7?q?", "?=", "?= =?", "=?x*en?q?"),
    *("utf-7", "utf-16", "utf-32", "hz", "iso-2022-kr", "gb2312", "big5", "idna", "punycode"),
    *("undefined", "unicode_escape", "raw_unicode_escape", "zlib", "cp1252", "us-ascii", "x-"),
    *("<a@b.cc>", "\"a b\"@c.de", "@[127.0.0.1]", "a@xn--a.b", "Group: ", ";", ",", "(", ")", "\\"),
    *("\r\n", "\n ", "\n\t", "\n\n", "\r", "\x00", "\x0b", "\x1b", "\x7f", "\xff", "\t"),
    *("\u200b", "\u202e", "\u2028", "\x85", "\xa0", "\ud7ff", "\ufeff", "ß", "İ", "ſ", "\u0301"),
    *("<div>", "</div>", "<blockquote>", "<table><tr><td>", "<pre>", "<ol start=9>", "<li>"),
    *("<br>", "<!--", "-->", "<![CDATA[", "<style>", "<script>", "<title>"),
    *("&nbsp;", " style=\"display:none\"", " class=\"gmail_signature\"", " id=\"appendonsend\""),
    *("&#0;", "&#xd800;", "<meta charset=utf-16>", "<html>", "font-size:0", "white-space:pre"),
    *("> ", ">>", "-- \n", "On 1 May 2024 10:10, a@b wrote:\n", "-----Original Message-----\n"),
    *("---------- Forwarded message ----------\n", "From: a\nSent: b\nTo: c\nSubject: d\n"),
    *("Sent from my iPhone", "Begin forwarded message:", "__________", "Auto-Submitted: "),
    *("List-Id: <", "List-Unsubscribe: <", "Precedence: bulk", "X-Original-From: ", "auto-replied"),
    *("Name: ", "Email: ", "Message: ", "Order number: ", "order 10442", "#10442", "broken"),
    *("1Z999AA10123456784", "AB123456785GB", "tracking number ", "12/11/2026", "on the 9th"),
    *("I want a refund", "my daughter's birthday", "Kind regards,\nAnn", "my name is ", "Mrs "),
    *("\"delivered\"", "“", "”", "«", "„", "I will open a dispute", "yesterday", "by Friday"),
    *("Mon, 01 Jan 0001 00:00:00 +9999", "31 Feb 2024", "99:99", "-0000", "(EST)", "1 Jan 99999"),
)  # fmt: skip


def folders() -> list[Path]:
    """Where mails lie that the fuzzer may begin with, as far as they are here."""
    return [folder for folder in (YARDSTICK, *OURS) if folder.is_dir()]


def made() -> Iterator[tuple[str, bytes]]:
    """Mails that hold much in little: name and octets."""
    for name, text in _MADE.items():
        yield name, text.encode()


def dictionary() -> str:
    """The words as libFuzzer reads them: https://llvm.org/docs/LibFuzzer.html#dictionaries."""
    return "".join(f'"{_quoted(word)}"\n' for word in WORDS)


def _quoted(word: str) -> str:
    plain = set(range(32, 127)) - set(b'"\\')
    octets = word.encode("latin-1") if word == "\xff" else word.encode()
    return "".join(chr(each) if each in plain else f"\\x{each:02x}" for each in octets)
