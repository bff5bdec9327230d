"""The fuzzer's judge sees what goes wrong, its seeds keep the promises, and finds become small."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from fuzz import promises, seeds
from fuzz.promises import Broken, gone
from fuzz.shrink import shrunk

import triage.finding
from triage.message import Address, Message, read
from triage.reply import Draft
from triage.reply.compose import compose

RAW = dict(seeds.made())["letter"]


def test_what_it_begins_with_keeps_every_promise() -> None:
    """The repository's own mails, and those made for it, go the whole way; most get a letter."""
    mails = [raw for _, raw in seeds.made()]
    mails += [path.read_bytes() for folder in seeds.OURS for path in sorted(folder.iterdir())]
    went = [gone(raw) for raw in mails]
    kept = [each for each in went if each.broken is None or each.broken.key == "slow"]
    assert len(kept) == len(went) > 180
    assert sum(each.letter for each in went) > 100


def test_only_reading() -> None:
    """Where that is wanted the way ends with the message."""
    assert gone(RAW, whole=False).end == "read"


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"no header"])
def test_refusals_are_promised(raw: bytes) -> None:
    """What is no mail is refused with a reason."""
    went = gone(raw)
    assert went.broken is None
    assert went.end in promises.REFUSALS


def test_an_error_is_seen_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it comes out of reading, or is caught on the way and only recorded."""

    def breaks(*_: object, **__: object) -> Message:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(triage.finding, "facts", breaks)
        assert _key(RAW).startswith("ZeroDivisionError in ")
    monkeypatch.setattr(promises, "read", breaks)
    assert _key(RAW).startswith("ZeroDivisionError in ")


def test_a_slow_mail_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of the processor are counted."""
    monkeypatch.setattr(promises, "SECONDS", -1.0)
    assert _key(RAW) == "slow"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"subject": "a\x1bb"}, "names"),
        ({"sender": Address("A\u202en", "ann@example.com")}, "names"),
        ({"reply_to": (Address("Ann", ""),)}, "names"),
        ({"headers": {"x": ("two\nlines",)}}, "headers"),
        ({"message_id": "<a b>"}, "ids"),
        ({"date": datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=9)))}, "dates"),
        ({"digest": ""}, "digest"),
    ],
)
def test_a_message_that_breaks_a_promise_is_seen(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], key: str
) -> None:
    """Each promise of `Message`, broken once."""

    def other(raw: bytes, *, size: int | None, truncated: bool) -> Message:
        return replace(read(raw, size=size, truncated=truncated), **change)  # type: ignore[arg-type]

    monkeypatch.setattr(promises, "read", other)
    assert _key(RAW) == key


@pytest.mark.parametrize(
    ("this", "that", "key"),
    [
        (rb"\r\nTo: [^\r]*", b"", "to"),
        (rb"\r\nTo: [^\r]*", b"\r\nTo: thief@evil.example", "to"),
        (rb"\r\nTo: ", b"\r\nTo: thief@evil.example, ", "to"),
        (rb"\r\nTo: ", b"\r\nBcc: thief@evil.example\r\nTo: ", "header"),
        (rb"\r\nTo: ", b"\r\nTo: a@b.cc\r\nTo: ", "header"),
        (rb"\r\nSubject: ", b"\r\nSubject: \x1b", "header"),
        (rb"\r\nSubject: ", b"\r\nSubject: \n", "header"),
        (rb"\r\nSubject: ", b"\r\nSubject: =?utf-8?q?=0A?=", "header"),
        (rb"\r\nSubject: ", b"\r\nSubject: " + b"a" * 1000, "header"),
        (rb"\r\nMessage-ID: <", b"\r\nMessage-ID: <a", "header"),
        (rb"\r\n\r\n", b"\r\n\r\n\x07", "text"),
        (rb"\r\n\r\n", b"\r\n\r\n=1B", "text"),
        (rb"\r\n\r\n", b"\r\n\r\nmore", "text"),
    ],
)
def test_a_letter_that_breaks_a_promise_is_seen(
    monkeypatch: pytest.MonkeyPatch, this: bytes, that: bytes, key: str
) -> None:
    """Each promise of a letter's octets, broken once."""

    def other(*given: object, **more: object) -> Draft:
        draft = compose(*given, **more)  # type: ignore[arg-type]
        broken = re.sub(this, that.replace(b"\\", rb"\\"), draft.raw, count=1)
        assert broken != draft.raw
        return replace(draft, raw=broken)

    monkeypatch.setattr(triage.finding, "compose", other)
    assert _key(RAW) == key


def test_a_find_is_made_small() -> None:
    """What it does not need is left out, and what is left is plain."""
    raw = b"From: a@b\n" * 50 + b"X: \x01\xff\n" + b"Subject: long\n" * 50
    assert shrunk(raw, lambda cut: b"\x01" in cut and b":" in cut) in {b":\x01", b": \x01"}


def _key(raw: bytes) -> str:
    return (gone(raw).broken or Broken("", "")).key
