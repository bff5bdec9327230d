"""The bytes of a reply, read back by parsers that are not ours."""

import email
import email.policy
import re
from datetime import UTC, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

import mailparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reply_cases import patient

from triage.message import Address
from triage.reply.mime import mail, quoted_printable
from triage.reply.plain import lines, one_line

NOW = datetime(2025, 3, 3, 16, 0, tzinfo=timezone(timedelta(hours=1)))
SHOP = Address("Larkspur Soap", "shop@larkspur.example")
MARIA = Address("Maria Rossi", "maria@example.com")


def raw(**changes):
    given = {
        "from_": SHOP,
        "to": MARIA,
        "subject": "Re: my order",
        "in_reply_to": "<b@example.com>",
        "references": ("<a@example.com>", "<b@example.com>"),
        "message_id": "<own@larkspur.example>",
        "date": NOW,
        "body": "Hello,\n\nall is well.",
    }
    return mail(**given | changes)


def head(data):
    return data.partition(b"\r\n\r\n")[0].decode("ascii")


def unfolded(value):
    return re.sub(r"\r\n(?=[ \t])", "", value)


def decoded(value):
    return str(make_header(decode_header(unfolded(value))))


def address(value):
    # Not by `email.policy.default`, which puts a blank between the encoded-words of a phrase.
    name, addr = parseaddr(unfolded(value))
    return Address(decoded(name), addr)


def test_headers_are_these_and_no_others():
    """No X- header and no User-Agent: customers see what the owner's program sends on."""
    names = [line.partition(":")[0] for line in head(raw()).split("\r\n") if line[0] != " "]
    assert names == [
        *("From", "To", "Subject", "In-Reply-To", "References", "Message-ID", "Date"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    ]


def test_without_recipient_there_is_no_to_at_all():
    """RFC 5322 knows no empty To; a client shows an absent one as an empty line to fill."""
    assert "\r\nTo:" not in head(raw(to=None))


def test_date_bears_the_owners_zone():
    """The Date is the moment given, in its zone."""
    date = email.message_from_bytes(raw())["Date"]
    assert date == "Mon, 03 Mar 2025 16:00:00 +0100"
    assert parsedate_to_datetime(date) == NOW


@pytest.mark.parametrize(
    "subject",
    [
        "Re: my order",
        "Re: Wo ist meine Bestellung? Größe übermäßig",
        "Re: 🧼🧼🧼 where " * 12,
        "Re: =?utf-8?q?not_what_it_seems?=",
        "Re: " + "x" * 400,
        "Re: " + "long words and " * 30,
        "Re: 我的订单在哪里" * 20,
        "Re: trailing = and _ and ? signs",
    ],
)
def test_subject_comes_back_as_it_was(subject):
    """Three parsers read the same subject, whatever its length and script."""
    subject = one_line(subject, 500)
    data = raw(subject=subject)
    assert decoded(email.message_from_bytes(data)["Subject"]) == subject
    assert email.message_from_bytes(data, policy=email.policy.default)["Subject"] == subject
    assert unfolded(mailparser.parse_from_bytes(data).subject) == subject
    assert all(len(line) <= 78 for line in head(data).split("\r\n"))


@pytest.mark.parametrize(
    "name",
    ["Maria Rossi", "Rossi, Maria", 'M. "Mimi" Rossi', "Zoë Ångström", "王小明", "a@b.example",
     "back\\slash", "=?utf-8?q?x?=", "M " * 40, "", "Anna (shop); :"],
)  # fmt: skip
def test_names_come_back_as_they_were(name):
    """A display name is quoted or encoded as its characters ask for."""
    name = one_line(name, 100)
    data = raw(to=Address(name, "maria@example.com"))
    maria = Address(name, "maria@example.com")
    assert address(email.message_from_bytes(data)["To"]) == maria
    assert mailparser.parse_from_bytes(data).to == [(maria.name, maria.addr)]
    assert all(len(line) <= 78 for line in head(data).split("\r\n"))


@pytest.mark.parametrize(
    ("addr", "written"),
    [
        ("maria@example.com", "maria@example.com"),
        ("m.rossi+soap@bücher.example", "m.rossi+soap@xn--bcher-kva.example"),
        ("x@faß.example", "x@xn--fa-hia.example"),  # RFC 5891; RFC 3490 would send to fass
        ("x@ΠΑΡΆΔΕΙΓΜΑ.example", "x@xn--hxajbheg2az3al.example"),
        ("a..b@docomo.example", "a..b@docomo.example"),
        ('"maria rossi"@example.com', '"maria rossi"@example.com'),
        ("x@[192.0.2.1]", "x@[192.0.2.1]"),
    ],
)
def test_addresses_are_written_in_ascii(addr, written):
    """A domain outside ASCII goes out as its A-labels, everything else as it is."""
    data = raw(to=Address("", addr))
    assert f"\r\nTo: {written}\r\n" in head(data)


@pytest.mark.parametrize(
    "addr",
    ["", "maria", "@example.com", "maria@", "maria@exa mple.com", "mariä@example.com",
     "a@b@example.com", "m@example.com>\r\nBcc: x@y.example", "m@-.example", "m@.example",
     "m@example.com, x@y.example", "m@exa\u202emple.com", "=?utf-8?q?x?=@example.com",
     "m\x00@example.com", "m@" + "a" * 64 + ".example", "m@" + "a." * 130 + "example",
     '"a"b"@example.com', "m" * 200 + "@example.com", "m@example.com\n", "m@a。example"],
)  # fmt: skip
def test_unusable_addresses_are_refused(addr):
    """What is no one address in ASCII is not written into a header."""
    with pytest.raises(ValueError, match=r"^(local part|label|domain)$"):
        raw(to=Address("", addr))


def test_long_ids_stay_whole():
    """An id of 300 characters is one token on one line, not an encoded-word."""
    ids = (*(f"<{c * 300}@mail.example>" for c in "abc"), "<=?x?=@y>")
    data = raw(references=ids, in_reply_to=ids[0])
    parsed = email.message_from_bytes(data)
    assert tuple(parsed["References"].split()) == ids
    assert parsed["In-Reply-To"] == ids[0]
    assert all(f"\r\n {i}\r\n" in head(data) + "\r\n" for i in ids[1:3])


def test_a_paragraph_is_one_line():
    """Soft breaks only: the client sees the paragraph whole, however long."""
    paragraph = "A sentence that goes on, with a dash — and more. " * 40
    data = raw(body=paragraph.strip() + "\n\nThe end.")
    body = email.message_from_bytes(data).get_payload(decode=True).decode()
    assert body == paragraph.strip() + "\r\n\r\nThe end.\r\n"
    assert max(map(len, data.split(b"\r\n"))) == 76  # RFC 2045 section 6.7 (5)


def test_from_is_hidden_from_mbox_files():
    """Neither at the start of a line nor behind a soft break stands "From "."""
    text = "From here\n" + "x" * 73 + "  From there\n" + "é" * 12 + " From me"
    assert not re.search(r"(?m)^From ", quoted_printable(text))


def test_characters_are_not_broken():
    """Each line of the encoded text decodes by itself: no character stands across a soft break."""
    for line in quoted_printable("é🧼 weiß " * 60).split("=\r\n"):
        email.quoprimime.body_decode(line).encode("latin-1").decode()


HOSTILE = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from('\r\n\t\x00\u202e\u2028\u200f=?_"\\<>@,;: \ud800🧼ßé'),
        st.sampled_from(["\r\nBcc: x@y.example\r\n", "=?utf-8?q?", "?=", "From ", "word "]),
    ),
    max_size=200,  # so that headers fold, and encoded-words follow each other
).map("".join)


@patient
@given(subject=HOSTILE, name=HOSTILE, body=HOSTILE)
@example(subject="a\r\nBcc: x@y.example", name='"\r\nCc: x@y.example', body="\r\n.\r\nFrom x")
@example(subject="=?utf-8?q?=0D=0ABcc:_x?=", name="=?utf-8?q?=0D=0ABcc:_x?=", body="=0D=0A")
def test_whatever_customers_write_the_mail_is_sound(subject, name, body):
    """7-bit lines, the headers we wrote and no more, and every text comes back as it went in."""
    subject, name = one_line("Re: " + subject, 500), one_line(name, 100)
    body = "\n".join(lines(body)) or "."
    data = raw(subject=subject, to=Address(name, "maria@example.com"), body=body)
    assert data.isascii()
    assert b"\r" not in data.replace(b"\r\n", b"") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    parsed = email.message_from_bytes(data)
    assert len(parsed.keys()) == 10
    assert not parsed.defects
    assert decoded(parsed["Subject"]) == subject
    assert parsed.get_payload(decode=True).decode() == body.replace("\n", "\r\n") + "\r\n"
    assert address(parsed["To"]) == Address(name, "maria@example.com")


def test_dates_of_every_zone():
    """UTC is written as an offset, not as a local time of unknown zone."""
    assert b"\r\nDate: Mon, 03 Mar 2025 15:00:00 +0000\r\n" in raw(date=NOW.astimezone(UTC))
