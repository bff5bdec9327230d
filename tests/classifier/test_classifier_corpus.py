"""The corpus: every line is an entry or a named fault."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from starter import in_place

from triage.classifier import Entry, Fault, corpus
from triage.errors import UserError
from triage.taxonomy import SignalKind, Topic

GOOD = {"subject": "lid", "body": "no lid", "complaint": 1, "topic": "missing-item"}


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in GOOD.items() if key != name}).encode()


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b"{", [("not-json", "")]),
        (b"\xff\xfe", [("not-json", "")]),
        (b"[" * 100_000, [("not-json", "")]),
        (b"[1]", [("not-an-object", "")]),
        (without("body"), [("missing", "body")]),
        (without("complaint"), [("missing", "complaint")]),
        (line(body=7), [("not-text", "body")]),
        (line(subject=None), [("not-text", "subject")]),
        (line(complaint="yes"), [("not-0-or-1", "complaint")]),
        (line(complaint=[1]), [("not-0-or-1", "complaint")]),
        (line(complaint=2), [("not-0-or-1", "complaint")]),
        (line(topic="lost"), [("unknown-topic", "topic")]),
        (line(topic=["late"]), [("not-text", "topic")]),
        (line(signals="angry"), [("not-a-list", "signals")]),
        (line(signals=["angry", "sad"]), [("unknown-signal", "signals")]),
        (line(signals=[{}]), [("unknown-signal", "signals")]),
        (line(subject=" ", body="\n"), [("empty", "body")]),
        (b"{}", [("missing", "body"), ("missing", "complaint")]),
    ],
)
def test_faults(raw: bytes, faults: list[tuple[str, str]]) -> None:
    """Each kind of bad line is named, with its number and its field."""
    entries, found = corpus.parse(line() + b"\n\n" + raw + b"\n", "mine.jsonl")
    assert len(entries) == 1
    assert found == [Fault("mine.jsonl", 3, kind, field) for kind, field in faults]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"complaint": 0}, "complaint"),
        ({"topic": "late"}, "topic"),
        ({"complaint": 0, "topic": "late"}, "complaint"),
        ({"complaint": 0, "body": " NO  lid\n"}, "complaint"),
    ],
)
def test_one_file_has_one_word_on_a_text(changes: dict[str, object], field: str) -> None:
    """A line that contradicts an earlier one of the same text is named, with both lines."""
    raw = b"\n".join([line(body="other"), line(), line(), line(**changes), line(**changes)])
    entries, faults = corpus.parse(raw, "mine.jsonl")
    assert [entry.body for entry in entries] == ["other", "no lid", "no lid"]
    assert faults == [
        Fault("mine.jsonl", number, "contradicts", field, other=2) for number in (4, 5)
    ]


def test_good_lines() -> None:
    """A byte order mark, Windows line ends, true for 1 and a missing subject are all understood."""
    raw = b"\xef\xbb\xbf" + line(complaint=True, voice="calm") + b"\r\n" + without("subject")
    assert corpus.parse(raw, "x")[0] == [
        Entry("lid", "no lid", True, Topic.MISSING_ITEM, "calm"),
        Entry("", "no lid", True, Topic.MISSING_ITEM),
    ]


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    """The owner mends a file once, not fault by fault."""
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_bytes(b"{\n" + line(topic="lost") + b"\n" + line())
    two.write_bytes(line() + b"\n[]")
    with pytest.raises(UserError) as caught:
        corpus.read([one, two])
    assert caught.value.kind == "corpus-faults"
    assert caught.value.facts["faults"] == (
        Fault(str(one), 1, "not-json"),
        Fault(str(one), 2, "unknown-topic", "topic"),
        Fault(str(two), 2, "not-an-object"),
    )


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file is the operator's mistake, with its name."""
    with pytest.raises(UserError) as caught:
        corpus.read([tmp_path / "none.jsonl"])
    assert (caught.value.kind, caught.value.facts["file"]) == (
        "corpus-unreadable",
        str(tmp_path / "none.jsonl"),
    )


def test_the_last_word_on_a_text_counts() -> None:
    """Merging keeps one entry a text, whatever its case and spacing, and the later label."""
    first = Entry("", "No  lid", False, Topic.OTHER)
    second = Entry("", "no lid\n", True, Topic.MISSING_ITEM)
    assert corpus.merge([first], [second]) == [second]
    assert corpus.merge([second, first]) == [first]


def test_the_digest_is_of_every_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is learned and of which batch it is, and the labels beside it, change it."""
    a, b = (
        Entry("", "a", True, Topic.LATE, batch="x"),
        Entry("", "b", False, Topic.OTHER, batch="y"),
    )
    found = {corpus.digest(), corpus.digest(b"x")}
    relabelled = Entry("", "a", True, Topic.DAMAGED, batch="x")
    other = replace(b, batch="x")
    for number, entries in enumerate([(a, b), (relabelled, b), (a,), (a, other)]):
        in_place(monkeypatch, tmp_path / str(number), entries)
        found.add(corpus.digest())
        assert set(corpus.starter()) == set(entries)
    assert len(found) == 6


def test_what_is_written_is_read_back() -> None:
    """JSONL keeps every character, line breaks and lone surrogates too."""
    entry = Entry("a\u2028b", 'x\n"y"\\ 😡 \ud800', True, Topic.LATE, "calm")
    assert corpus.parse(corpus.serialise([entry]), "x") == ([entry], [])
    looked = replace(entry, signals=frozenset({SignalKind.ANGRY, SignalKind.REPEATED}))
    assert corpus.parse(corpus.serialise([looked]), "x") == ([looked], [])


def test_the_starter_corpus_is_sound() -> None:
    """The shipped corpus has no fault and both kinds."""
    starter = corpus.starter()
    complaints = sum(entry.complaint for entry in starter)
    assert complaints >= 460
    assert len(starter) - complaints >= 340
