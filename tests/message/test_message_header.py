"""Header fields: who, when, which thread."""

from datetime import UTC, datetime

import pytest
from mails import HEAD, mail

from triage.errors import MessageError
from triage.message import Address, Message, read


def header(*fields: str, charset: str = "utf-8") -> Message:
    """A mail with these fields and no others."""
    return read(mail("", *fields, head="", charset=charset))


@pytest.mark.parametrize(
    ("value", "name", "addr"),
    [
        ("Ann Miller <ann@example.com>", "Ann Miller", "ann@example.com"),
        ("ann@example.com", "", "ann@example.com"),
        ("ann@example.com (Ann)", "Ann", "ann@example.com"),
        ('"Miller, Ann" <ann@example.com>, b@example.com', "Miller, Ann", "ann@example.com"),
        ("=?utf-8?q?J=C3=BCrgen?= <j@example.com>", "Jürgen", "j@example.com"),
        ('"=?utf-8?q?J=C3=BCrgen?=" <j@example.com>', "Jürgen", "j@example.com"),
        ("=?x-none?q?Ann?= <ann@example.com>", "Ann", "ann@example.com"),
        ("Jürgen <j@example.com>", "Jürgen", "j@example.com"),
        ("=?utf-8?b?A?= =?utf-8?b?QW5u?= <ann@example.com>", "Ann", "ann@example.com"),
        ("friends: Ann <ann@example.com>, Bob <bob@example.com>;", "Ann", "ann@example.com"),
        ("Ann\n Miller\n <ann@example.com>", "Ann Miller", "ann@example.com"),
        ("Ann \u202emoc.elpmaxe\u202c <ann@example.com>", "Ann moc.elpmaxe", "ann@example.com"),
        ("=?utf-8?q?Ann=0D=0ABcc:_x?= <ann@example.com>", "Ann Bcc: x", "ann@example.com"),
        ("Ann.Miller+shop@EXAMPLE.com", "", "Ann.Miller+shop@EXAMPLE.com"),
        ("ann@example.com <ann@example.com>", "", "ann@example.com"),
        ("Ann Miller ann@example.com", "", "ann@example.com"),
        ("Ann <ann@example.com", "", "ann@example.com"),
        ("Ann: the customer <ann@example.com>", "Ann: the customer", "ann@example.com"),
    ],
)
def test_sender(value: str, name: str, addr: str) -> None:
    """The first address of From, its name decoded and on one line."""
    assert header(f"From: {value}").sender == Address(name, addr)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "<>",
        "Ann Miller",
        "undisclosed-recipients:;",
        "Mail System <>",
        "@",
        "<@>",
        "<an\u202en@example.com>",
    ],
)
def test_no_sender(value: str) -> None:
    """Without an address there is no sender."""
    assert header(f"From: {value}", "Subject: x").sender is None


def test_raw_octets_in_a_name() -> None:
    """Octets nobody declared are read as UTF-8, else as cp1252."""
    raw = header("From: Jürgen <j@example.com>", charset="latin-1")
    assert raw.sender == Address("Jürgen", "j@example.com")


def test_recipients() -> None:
    """To, Cc and Reply-To with all their addresses, groups opened."""
    message = header(
        "From: f@example.com", "To: a@example.com, G: b@example.com, c@example.com;",
        "Cc: =?utf-8?q?=C3=84nn?= <d@example.com>", "Reply-To: e@example.com",
    )  # fmt: skip
    assert [to.addr for to in message.to] == ["a@example.com", "b@example.com", "c@example.com"]
    assert message.cc == (Address("Änn", "d@example.com"),)
    assert message.reply_to == (Address("", "e@example.com"),)


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        (["Subject: First", "Subject: Second"], "First"),
        (["Subject: A long\n\tsubject"], "A long subject"),
        (["Subject: =?utf-8?q?caf=C3=A9?=\n =?utf-8?q?_noir?="], "café noir"),
        (["Subject: Größe"], "Größe"),
        (["Subject: a\u202eb\x07c"], "abc"),
        (["SUBJECT : spaced"], "spaced"),
        (["X: y"], ""),
    ],
)
def test_subject(fields: list[str], subject: str) -> None:
    """One line, decoded; the first field counts."""
    assert header(*fields).subject == subject


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@x> <b@x>\n <c@x>", ("<a@x>", "<b@x>", "<c@x>")),
        ("<a@x><b@x>", ("<a@x>", "<b@x>")),
        ("<a@x>, <a@x>", ("<a@x>",)),
        ("Your mail of Tuesday <a@x>", ("<a@x>",)),
        ("<broken @x> b@x <c@x", ()),
        ("<" + "l" * 300 + "@x>", ("<" + "l" * 300 + "@x>",)),
        ("=?utf-8?q?=3Ca=40x=3E?=", ("<a@x>",)),
    ],
)
def test_thread_ids(value: str, ids: tuple[str, ...]) -> None:
    """Ids in angle brackets, whole; what is broken is skipped."""
    message = header(f"References: {value}", f"In-Reply-To: {value}")
    assert message.references == message.in_reply_to == ids


def test_many_references() -> None:
    """Of an endless thread the first ids and the last are kept."""
    ids = [f"<{number}@x>" for number in range(1000)]
    kept = header("References: " + "\n ".join(ids)).references
    assert list(kept) == ids[:50] + ids[-50:]


@pytest.mark.parametrize(
    ("value", "message_id"),
    [("<a@x>", "<a@x>"), ("a@x", None), ("", None), ("<a@x> <b@x>", "<a@x>")],
)  # fmt: skip
def test_message_id(value: str, message_id: str | None) -> None:
    """The first id in brackets, None for what cannot be answered to."""
    assert header(f"Message-ID: {value}", "X: y").message_id == message_id


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("Tue, 5 Mar 2024 10:15:00 +0100", datetime(2024, 3, 5, 9, 15, tzinfo=UTC)),
        ("5 Mar 2024 10:15 GMT (a (nested) comment)", datetime(2024, 3, 5, 10, 15, tzinfo=UTC)),
        ("Tue, 5 Mar 1979 10:15:00 +0100", None),
        ("Tue, 5 Mar 2101 10:15:00 +0100", None),
        ("Tue, 5 Mar 99999 10:15:00 +0100", None),
        ("Tue, 32 Mar 2024 10:15:00 +0100", None),
        ("yesterday", None),
    ],
)
def test_date(value: str, date: datetime | None) -> None:
    """Aware, in UTC; None when unreadable or absurd."""
    assert header(f"Date: {value}").date == date
    assert header(f"Received: by x; {value}").received == date


def test_received_is_the_topmost_readable() -> None:
    """The first Received field with a date is the last server's."""
    message = header(
        "Received: no date", "Received: by b; Tue, 5 Mar 2024 11:00:00 +0000",
        "Received: by a; Tue, 5 Mar 2024 10:00:00 +0000",
    )  # fmt: skip
    assert message.received == datetime(2024, 3, 5, 11, tzinfo=UTC)


def test_headers_hold_every_value() -> None:
    """All values of a field in order, decoded, each at most 64 kB."""
    message = header("X-A: =?utf-8?q?=C3=A9?=", "x-a: two", "X-Long: " + "y" * 100_000)
    assert message.headers["x-a"] == ("é", "two")
    assert message.header("X-A") == "é"
    assert 65_000 < len(message.header("X-Long")) <= 65_536


def test_size_and_truncation_are_the_callers() -> None:
    """Of a head that was fetched alone, the size is the whole mail's."""
    message = read(mail("x"), size=99_000_000, truncated=True)
    assert (message.size, message.truncated) == (99_000_000, True)
    assert read(mail("x")).size == len(mail("x"))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"only text\n", "no-header"),
        (b"\nonly text\n", "no-header"),
        (HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b0\n\n" + b"".join(
            b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (depth, depth + 1)
            for depth in range(3000)), "nested-too-deep"),
    ],
)  # fmt: skip
def test_no_message(raw: bytes, kind: str) -> None:
    """What is no mail, or a bomb, is refused with its reason."""
    with pytest.raises(MessageError) as refused:
        read(raw)
    assert refused.value.kind == kind


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """No library writes a customer's words to the log."""
    caplog.set_level("DEBUG")
    read(mail("", "Subject: =?utf-8?b?A?=", "From: <<x>", "Date: never"))
    assert not caplog.records


def test_an_id_that_cannot_be_written_is_none() -> None:
    """A lone surrogate, by way of UTF-7, would break every file and query it came to."""
    found = read(b"From: a@b\r\nMessage-ID: =?utf-7?Q?<a+2AA-@x>?=\r\n\r\nx\r\n")
    assert found.message_id is None
