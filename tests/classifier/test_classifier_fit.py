"""Replacing a model: reproducible, without a customer in it, and its judgement explained."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from triage.classifier import Entry, Model, corpus
from triage.classifier.corpus import Kind
from triage.classifier.counted import Counted
from triage.classifier.fit import STEPS, fit
from triage.classifier.folds import split
from triage.classifier.modelfile import pack, unpack
from triage.classifier.table import Table
from triage.classifier.words import count, grams_of
from triage.errors import UserError
from triage.taxonomy import COMPLAINT_TOPICS, Topic

SECRETS = ("Zbigniewska", "Quetzalpetl", "Oxmardyke", "Wrzeszczynski")


def test_the_same_corpus_gives_the_same_bytes(small: list[Entry], model: Model) -> None:
    """Training is reproducible to the bit."""
    assert pack(fit(Table.of(small))[0]) == pack(model)


def test_no_customer_is_left_in_the_vocabulary(small: list[Entry]) -> None:
    """Names, addresses and numbers of ten letters by the same people leave no trace."""
    letters = [
        Entry(
            f"Order QX-88123{number}",
            f"Dear {SECRETS[0]},\n\nmy parcel JD77{number}0099123 has not come to"
            f" {SECRETS[2].lower()}{number}@pobox.example for £{number}73.50, ring 0770 900{number}"
            f" 461. My name is {SECRETS[1]}.\n\nKind regards,\n{SECRETS[3]}",
            True,
            Topic.NOT_DELIVERED,
        )
        for number in range(100, 110)
    ]
    rare = Entry("", "the postman Hrodebert took it", True, Topic.NOT_DELIVERED)  # not marked
    words = fit(Table.of([*small, *letters, rare]))[0].words
    held = " ".join([*words.words.terms, *words.grams.terms])
    assert "has not" in held
    assert not re.search(r"[\d@]", held)
    for secret in ("zbig", "quetz", "oxmar", "wrzes", "hrode", "qx", "jd"):
        assert secret not in held


def test_figures_count_everybody(small: list[Entry], model: Model) -> None:
    """The figures are of all entries, and better than chance."""
    figures = model.about.figures
    assert figures.n == len(small)
    assert figures.complaints == sum(entry.complaint for entry in small)
    assert sum(sum(row.values()) for row in figures.confusion.values()) == len(small)
    assert figures.auc > 0.7
    assert figures.topic > 0.4


@pytest.mark.parametrize("ridge", [0.05, 50.0])
def test_probabilities_are_calibrated(
    small: list[Entry], ridge: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However timid or bold the raw head, on unseen texts the model is neither."""
    monkeypatch.setattr("triage.classifier.heads.KINDS_RIDGE", ridge)
    unknown = ("reviews-n2", "shop-n1", "shop-n2")
    model = fit(Table.of([entry for entry in small if entry.batch not in unknown]))[0]
    unseen = [entry for entry in corpus.starter() if entry.batch in unknown]
    judged = [model.judge(entry.subject, entry.body) for entry in unseen]
    said = np.clip([opinion.complaint for opinion in judged], 1e-9, 1 - 1e-9)
    log_odds = np.log(said) - np.log1p(-said)
    truths = np.array([entry.complaint for entry in unseen])
    weights = np.where(truths, 0.5 / truths.sum(), 0.5 / (~truths).sum())

    def loss(sureness: float) -> float:
        right = 1 / (1 + np.exp(np.where(truths, -sureness, sureness) * log_odds))
        return float(-(weights * np.log(right)).sum())

    assert loss(1) < loss(0.5)
    assert loss(1) < loss(2)


def test_shuffled_labels_are_worth_nothing(small: list[Entry]) -> None:
    """Cross-validation is honest: labels that mean nothing cannot be foretold."""
    wrong = [
        replace(entry, complaint=bool(mark))
        for entry, mark in zip(
            small, np.random.default_rng(0).integers(0, 2, len(small)), strict=True
        )
    ]
    assert abs(fit(Table.of(wrong))[0].about.figures.auc - 0.5) < 0.12


def test_progress_is_told(small: list[Entry]) -> None:
    """The callback hears of each step, and the last call says that all is done."""
    heard: list[tuple[int, int]] = []
    fit(Table.of(small), lambda done, total: heard.append((done, total)))
    assert heard == sorted(heard)
    assert heard[0] == (0, STEPS)
    assert heard[-1] == (STEPS, STEPS)


def test_the_encoder_is_the_textbook_one(small: list[Entry], model: Model) -> None:
    """A block's values are scikit-learn's own sublinear TF-IDF, to seven digits."""
    documents = [count(entry.subject, entry.body).grams for entry in small]
    block = model.words.grams
    table = np.zeros((len(small), len(block.terms)))
    for row, document in enumerate(documents):
        for term, times in document.items():
            if term in block.terms:
                table[row, block.terms[term]] = times
    expected = TfidfTransformer(sublinear_tf=True).fit_transform(table).toarray()
    for row, document in enumerate(documents):
        columns, values = block.encode(document)
        assert np.allclose(expected[row, columns], values, atol=1e-6)
        assert math.isclose(float(np.abs(expected[row]).sum()), float(values.sum()), rel_tol=1e-5)


def test_grams() -> None:
    """Three to five letters, with the ends of the word; none of a placeholder."""
    assert list(grams_of("lid")) == [" li", "lid", "id ", " lid", "lid ", " lid "]
    assert list(grams_of("a")) == [" a "]
    assert list(grams_of("_mail_")) == []


def test_a_text_without_known_words_has_the_bias_only(model: Model) -> None:
    """Empty and unknown texts are judged by what is common, without warnings or clues."""
    for text in ("", "\u2603", "Ж"):
        opinion = model.judge("", text)
        assert opinion.clues == ()
        assert math.isclose(sum(opinion.topics.values()), 1)
    assert Counted().table()[0].encode({"a": 1})[0].size == 0


def test_clues_are_the_score(model: Model) -> None:
    """All clues together with the bias are the log-odds of a complaint against the likeliest other
    kind, and of the likeliest topic of one against the likeliest other."""
    opinion = model.judge("", "lid lid broken")
    columns, values = model.words.encode(count("", "lid lid broken"))
    assert opinion.clues
    told = sum(clue.weight for clue in opinion.clues)
    bias = log_odds = 0.0
    parts = (
        (model.kind, model.kinds, {Kind.COMPLAINT}),
        (model.topic, model.topics, COMPLAINT_TOPICS - {Topic.OTHER}),
    )
    for slope, (weights, names, meant) in zip(model.scale, parts, strict=False):
        scores = weights[:, columns] @ values + weights[:, -1]
        inside = np.array([name in meant for name in names])
        best = int(np.where(inside, scores, -np.inf).argmax())
        rival = int(np.where(inside, -np.inf, scores).argmax())
        bias += slope * float(weights[best, -1] - weights[rival, -1])
        log_odds += slope * float(scores[best] - scores[rival])
    assert math.isclose(told + bias, log_odds, abs_tol=0.05)


def test_three_kinds_are_told(small: list[Entry], model: Model) -> None:
    """A model of complaints, customers and ordinary mail: the odds are against both others."""
    assert model.kinds == (Kind.COMPLAINT, Kind.CUSTOMER, Kind.ORDINARY)
    text = count("", "the lid is broken")
    columns, values = model.words.encode(text)
    shares = np.exp(model.kind[:, columns] @ values + model.kind[:, -1])
    by_kind = math.log(shares[0] / (shares[1] + shares[2]))
    about = np.exp(model.topic[:, columns] @ values + model.topic[:, -1])
    meant = np.array([topic in COMPLAINT_TOPICS - {Topic.OTHER} for topic in model.topics])
    by_topic = math.log(about[meant].sum() / about[~meant].sum())
    odds = float(np.dot(model.scale, (by_kind, by_topic, 1.0)))
    said = model.judge("", "the lid is broken").complaint
    assert math.isclose(math.log(said / (1 - said)), odds, rel_tol=1e-4)


def test_two_kinds_are_enough(small: list[Entry]) -> None:
    """A corpus without ordinary mail gives a model that tells complaints from what it knows."""
    customers = [entry for entry in small if entry.kind is not Kind.ORDINARY]
    model = fit(Table.of(customers))[0]
    assert model.kinds == (Kind.COMPLAINT, Kind.CUSTOMER)
    assert model.about.figures.auc > 0.7
    assert unpack(pack(model), "x").judge("", "it broke") == model.judge("", "it broke")


def test_what_was_written_to_mislead_counts_less(small: list[Entry]) -> None:
    """Such an entry moves the model less than a plain one, and no figure counts it."""
    odd = [
        Entry("", f"thimble nutmeg {word}", True, Topic.QUALITY, "", batch)
        for batch in ("tricky-x", "plain-x")
        for word in ("one", "two", "three", "four", "five", "six")
    ]
    tricky, plain = (fit(Table.of([*small, *part]))[0] for part in (odd[:6], odd[6:]))
    said = [model.judge("", "thimble nutmeg").complaint for model in (tricky, plain)]
    assert said[0] < said[1]
    assert tricky.about.figures.n == len(small)
    assert plain.about.figures.n == len(small) + 6


def test_clues_are_readable(model: Model) -> None:
    """Clues are words of the text or pairs of them, strongest first, a handful."""
    opinion = model.judge("Where is it", "I ordered 3 weeks ago, nothing came. wo@shop.example")
    strengths = [abs(clue.weight) for clue in opinion.clues]
    assert strengths == sorted(strengths, reverse=True)
    assert 3 <= len(strengths) <= 8
    said = "where is it i ordered number weeks ago nothing came mail"
    assert all(word in said.split() for clue in opinion.clues for word in clue.text.split())


def test_a_foreign_mail_is_not_judged(model: Model) -> None:
    """No probability, no topic, no clue: the language is the answer."""
    opinion = model.judge(
        "Wo bleibt mein Paket?", "Ich habe am 3. Mai bestellt und nichts bekommen"
    )
    assert (opinion.complaint, opinion.topics, opinion.clues) == (0.0, {}, ())
    assert (opinion.language, opinion.known_language) == ("de", False)


def test_many_are_judged_as_one(model: Model) -> None:
    """A batch says what single calls say."""
    mails = [("lid", "no lid in the box"), ("", "thank you, lovely")]
    assert model.judge_many(mails) == [model.judge(*mail) for mail in mails]


@pytest.mark.parametrize("keep", ["complaints", "others", "two-topics", "nothing"])
def test_too_small_a_corpus_is_refused(small: list[Entry], keep: str) -> None:
    """One class, too few topics or no entry at all: said, not stumbled over."""
    kept = {
        "complaints": [entry for entry in small if entry.complaint],
        "others": [entry for entry in small if not entry.complaint],
        "two-topics": [e for e in small if e.topic in (Topic.OTHER, Topic.NOT_DELIVERED)],
        "nothing": [],
    }[keep]
    with pytest.raises(UserError) as caught:
        fit(Table.of(kept))
    assert caught.value.kind == "corpus-too-small"


def test_no_batch_is_on_both_sides_and_labels_are_dealt_by_kind() -> None:
    """What an author wrote in one go is left out whole; of the owner's labels each fold leaves out
    its share of complaints and of the rest, whatever kinds the batches lack."""
    batches = [
        Entry("", f"{batch} {number}", batch % 2 == 0, Topic.OTHER, batch=f"b{batch}")
        for batch in range(10)
        for number in range(30)
    ]
    own = [Entry("", f"own {number}", number < 25, Topic.OTHER) for number in range(100)]
    entries = [*batches, *own]
    left_out = []
    for learned, left in split(entries):
        left_out += [int(index) for index in left]
        assert {entries[i].batch for i in learned} & {entries[i].batch for i in left} <= {""}
        labels = [entries[i].complaint for i in left if not entries[i].batch]
        assert (len(labels), sum(labels)) == (20, 5)
    assert sorted(left_out) == list(range(len(entries)))
