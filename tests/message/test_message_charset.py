"""Charsets as they come."""

import pytest
from mails import mail

from triage.message import read
from triage.message.charset import clean, decode, one_line, words_decoded


@pytest.mark.parametrize(
    ("label", "octets", "text"),
    [
        ("iso-8859-1", b"\x93quoted\x94 \x80", "“quoted” €"),
        ("us-ascii", b"caf\xe9", "café"),
        (None, "café".encode(), "café"),
        (None, b"caf\xe9", "café"),
        ("iso-8859-1", "café €".encode(), "café €"),
        ("utf-8", b"caf\xe9", "café"),
        ("utf-8", b"\xef\xbb\xbfhello", "hello"),
        ("x-unknown", "café".encode(), "café"),
        ('"utf-8"', "café".encode(), "café"),
        ("UTF8", "café".encode(), "café"),
        ("ks_c_5601-1987", "안녕".encode("cp949"), "안녕"),
        ("gb2312", "您好镕".encode("gbk"), "您好镕"),
        ("iso-2022-jp", "注文".encode("iso2022_jp"), "注文"),
        ("x-sjis", "注文①".encode("cp932"), "注文①"),
        ("windows-1251", "заказ".encode("cp1251"), "заказ"),
        ("koi8-r", "заказ".encode("koi8_r"), "заказ"),
        ("iso-8859-15", b"\xa4", "€"),
        ("utf-16", "text".encode("utf-16"), "text"),
        ("utf-7", b"caf+AOk-", "café"),
        ("hex", b"6162", "6162"),
        ("punycode", b"abc-", "abc-"),
        ("big5", b"\xff\xff ok", "�� ok"),
        ("cp1252", b"\x81a", "a"),
        (None, b"a\x00b\x07c", "abc"),
    ],
)  # fmt: skip
def test_decoded(label: str | None, octets: bytes, text: str) -> None:
    """Whatever the label says or does not say, the text is what the writer saw."""
    assert clean(decode(octets, label)) == text


def test_every_label_and_byte_is_text() -> None:
    """No codec of Python's fails or lets a lone surrogate through, whatever the bytes."""
    import encodings.aliases

    octets = bytes(range(256)) * 2
    for label in {*encodings.aliases.aliases, *encodings.aliases.aliases.values()}:
        clean(decode(octets, label)).encode("utf-8")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?utf-8?Q?a_b?= =?utf-8?Q?c?=", "a bc"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("=?utf-8?b?Y2Fmw6k?=", "café"),
        ("=?iso-8859-1?q?caf=E9?= and =?utf-8?q?=C3=A9?=", "café and é"),
        ("=?utf-8*en?q?x?=", "x"),
        ("=?utf-8?q?two words?=", "two words"),
        ("Re:=?utf-8?q?x?=", "Re:x"),
        ('"=?utf-8?q?x?=" y', '"x" y'),
        ("=?nonsense?q?caf=E9?=", "café"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?unfinished", "=?utf-8?q?unfinished"),
        ("=?ks_c_5601-1987?B?vsiz5w==?=", "안녕"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    """RFC 2047, also where programs break it; what is no encoded word stays as it is."""
    assert words_decoded(value) == text


def test_one_line() -> None:
    """No line break, control or bidi character survives in a value for one line."""
    assert one_line("a\r\nBcc: b\x00\x1b[2J \u202ec\u2066\tlast\u2028x") == "a Bcc: b[2J c last x"


def test_body_has_no_control_characters() -> None:
    """A body holds line breaks and tabs, and no other control character."""
    assert read(mail("a\x00b\x0cc\td\x85")).body.text == "ab\nc\td"


@pytest.mark.parametrize("charset", ["iso-8859-2", "utf-8"])
def test_charset_named_in_the_page(charset: str) -> None:
    """HTML whose part names no charset says it itself."""
    page = f'<html><head><meta charset="{charset}"></head><body>źle</body></html>'
    assert read(mail(page, "Content-Type: text/html", charset=charset)).body.text == "źle"
