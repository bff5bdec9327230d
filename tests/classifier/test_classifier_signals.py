"""Signals beside a complaint: told by words, and by an encoder that tells them."""

from dataclasses import replace

import numpy as np
import pytest

from triage.classifier import Entry, Model, corpus, signalfile
from triage.classifier.arrays import Floats
from triage.classifier.fit_signals import fit_signals
from triage.classifier.sentences import LONG
from triage.classifier.signals import KINDS, NUMBERS_SHARE, PLACES, Signals, Told
from triage.classifier.vectors import Reading, Sentence
from triage.classifier.words import Block, Words, count
from triage.errors import UserError
from triage.taxonomy import SignalKind
from triage.verdict import Signal

NO_FIGURES = {kind: (Told(0, 0.0, 0.0), Told(0, 0.0, 0.0)) for kind in KINDS}


@pytest.fixture
def plain() -> Signals:
    """Knows two words: "livid" is angry, "court" a lawyer; an encoder alone may tell, too."""
    vocabulary = {"livid": 0, "court": 1}
    words = Words(Block(vocabulary, np.ones(2, np.float32)), Block({}, np.zeros(0, np.float32)))
    rows = np.zeros((len(KINDS), 3), np.float32)
    rows[KINDS.index(SignalKind.ANGRY), 0] = rows[KINDS.index(SignalKind.LAWYER), 1] = 1
    marks = np.full(len(KINDS), 0.5, np.float32)
    return Signals(words, rows, alone=marks, beside=2 * marks, figures=NO_FIGURES)


def tell(signals: Signals, text: str, reading: Reading | None = None) -> tuple[Signal, ...]:
    return signals.tell(text, count("", text), reading)


def numbers(**scores: float) -> Floats:
    """What an encoder says: two numbers of other matters, then the signals."""
    return np.array([9, 9, *(scores.get(kind, 0.0) for kind in SignalKind)], np.float32)


def test_the_sentence_that_gives_it(plain: Signals) -> None:
    """One signal of a kind, in the order of the kinds, each with the sentence that sounds most like
    it."""
    text = "Where is it now? I will go to court about it. I am so livid!"
    assert tell(plain, text) == (
        Signal(SignalKind.ANGRY, "I am so livid!"),
        Signal(SignalKind.LAWYER, "I will go to court about it."),
    )
    assert tell(plain, "Where is it now? I will ask my mother.") == ()


def test_a_text_of_one_sentence(plain: Signals) -> None:
    """Is shown itself, on one line, and a long one not to its end."""
    assert tell(plain, "\nlivid,\n  truly") == (Signal(SignalKind.ANGRY, "livid, truly"),)
    (told,) = tell(plain, "livid " * 99)
    assert told.text.startswith("livid livid")
    assert len(told.text) <= LONG + 1


def test_an_encoder_that_tells_signals(plain: Signals) -> None:
    """Its last numbers are added to what the words say; both have a mark of their own."""
    unsaid = Reading(numbers(angry=0.8 / NUMBERS_SHARE), ())
    assert tell(plain, "a cup", unsaid) == ()
    assert tell(plain, "a cup", Reading(numbers(review=1.2 / NUMBERS_SHARE), ())) == (
        Signal(SignalKind.REVIEW, "a cup"),
    )
    both = Reading(
        numbers(angry=0.5),
        (
            Sentence("What a day that was.", numbers(angry=3 / NUMBERS_SHARE)),
            Sentence("livid", numbers()),
        ),
    )
    assert tell(plain, "What a day that was. livid", both) == (
        Signal(SignalKind.ANGRY, "What a day that was."),
    )


def test_nothing_at_all(plain: Signals) -> None:
    """Empty and odd texts have none, and break nothing."""
    for text in ("", " \n\n ", "\ud800", "?" * 10_000):
        assert tell(plain, text) == ()


def test_a_model_tells_them(plain: Signals, model: Model) -> None:
    """Beside the verdict and without a part in it; a model without them tells none."""
    text = "I am livid. Nothing came, I want my money back from you."
    telling = replace(model, teller=plain)
    assert model.signals("", text) == ()
    assert telling.signals("", text) == (Signal(SignalKind.ANGRY, "I am livid."),)
    assert telling.judge("", text) == model.judge("", text)


def test_what_tells_them_is_learned(small: list[Entry]) -> None:
    """Of complaints in which readers looked for them; what an encoder says counts, too."""
    looked = [entry for entry in small if entry.signals is not None]
    assert 0 < len(looked) < len(small)
    asked = np.array([SignalKind.REPEATED in (entry.signals or ()) for entry in small])
    said = np.zeros((len(small), len(SignalKind)), np.float32)
    said[:, PLACES[KINDS.index(SignalKind.REPEATED)]] = np.where(asked, 20, -20)
    learned = fit_signals(with_each_kind(small), said)
    alone, beside = learned.figures[SignalKind.REPEATED]
    assert alone.n == beside.n == asked.sum()
    assert 0 < alone.recall <= 1
    assert (beside.precision, beside.recall) == (1, 1)


def with_each_kind(entries: list[Entry]) -> list[Entry]:
    """The small corpus has no threat of some kinds: a few calm complaints are given one each."""
    rare = [kind for kind in KINDS if kind is not SignalKind.REPEATED]
    calm = [place for place, entry in enumerate(entries) if entry.signals == frozenset()]
    changed = list(entries)
    for turn, place in enumerate(calm[:80]):
        kind = rare[turn % len(rare)]
        changed[place] = replace(entries[place], signals=frozenset({kind}))
    return changed


def test_the_file(plain: Signals) -> None:
    """What is read back is what was written, to the byte; anything else is named."""
    raw = signalfile.pack(plain)
    again = signalfile.unpack(raw, "signals.npz")
    assert signalfile.pack(again) == raw
    assert tell(again, "I am livid") == tell(plain, "I am livid") != ()
    for wrong in (b"", b"PK", raw[: len(raw) // 2], raw.replace(b"about", b"abuut")):
        with pytest.raises(UserError) as caught:
            signalfile.unpack(wrong, "signals.npz")
        assert caught.value.kind == "model-unreadable"
        assert caught.value.facts == {"path": "signals.npz", "reason": "damaged"}


def test_only_complaints_have_been_looked_at() -> None:
    """In the corpus a signal stands beside a complaint."""
    for entry in corpus.starter():
        assert entry.complaint or entry.signals is None
