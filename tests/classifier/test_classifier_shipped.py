"""The models in models/: made of the corpus beside them, and worth what their card says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.metrics import roc_auc_score

from triage.classifier import Model, corpus, encoder, load, vectorfile
from triage.classifier.arrays import Floats
from triage.classifier.build import CARD, with_figures
from triage.classifier.modelfile import pack
from triage.classifier.shelf import STARTER_VECTORS
from triage.classifier.vectors import Vectors, remembered

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "yardstick"
KINDS = ("words", "semantic")

# What each kind of model must reach by cross-validation on left-out batches: AUC, F1, and the right
# topic of complaints.
LEAST = {"words": (0.82, 0.70, 0.55), "semantic": (0.87, 0.75, 0.57)}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shipped(kind: str) -> Model:
    return load(None, encoder(kind))


def test_it_is_made_of_the_shipped_corpus(shipped: Model) -> None:
    """`make model` was run after the last change to models/corpus."""
    assert shipped.about.corpus == corpus.digest()


def test_it_is_small(shipped: Model) -> None:
    """Everybody who installs the program carries it."""
    assert len(pack(shipped)) < 6_000_000


def test_it_tells_complaints_from_the_rest(shipped: Model, kind: str) -> None:
    """By cross-validation it is far from chance, and hedges on no more than a few."""
    figures = shipped.about.figures
    auc, f1, topic = LEAST[kind]
    assert figures.auc > auc
    assert figures.f1 > f1
    assert figures.topic_complaints > topic
    assert figures.unsure_complaints <= 0.08
    assert figures.unsure_ordinary <= 0.05
    assert figures.flagged_ordinary <= 0.2


def test_what_was_said_of_the_corpus_is_there() -> None:
    """Each entry has what an encoder that had not learned it says, so that figures are honest."""
    table = vectorfile.unpack((ROOT / "models" / STARTER_VECTORS).read_bytes())
    reader = encoder("semantic")
    assert table is not None
    assert reader is not None
    assert (table.encoder, table.width) == (reader.digest, reader.width)
    assert {vectorfile.mark(entry) for entry in corpus.starter()} <= set(table.rows)


@pytest.mark.skipif(not YARDSTICK.exists(), reason="the yardstick lies beside the repository")
def test_it_is_better_than_chance_on_strangers(shipped: Model, kind: str) -> None:
    """Real posts and reviews nobody here wrote, every fourth: no worse than it was."""
    lines = (YARDSTICK / "customers.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines[::4]]
    said = [opinion.complaint for opinion in shipped.judge_many(("", row["text"]) for row in rows)]
    least = {"words": 0.68, "semantic": 0.77}[kind]
    assert roc_auc_score([row["complaint"] for row in rows], said) > least


def test_their_card_tells_their_figures() -> None:
    """The table in models/CARD.md is that of the models beside it."""
    card = (ROOT / "models" / CARD).read_text("utf-8")
    words, semantic = (load(None, encoder(kind)).about.figures for kind in KINDS)
    assert with_figures(card, words, semantic) == card
    assert f"| entries, of them complaints | {words.n}, {words.complaints} |" in card


def test_it_tells_threats(shipped: Model, kind: str) -> None:
    """In sentences by another author, not learned, every fourth a near neighbour: most of
    what is there, and little of what is not. Plain phrases tell a chargeback, not the model."""
    lines = (Path(__file__).parent / "threats.tsv").read_text("utf-8").splitlines()
    texts = [line.split("\t") for line in lines]
    told = [{signal.kind for signal in shipped.signals("", text)} for _, text in texts]
    truth = [set(names.split(",")) - {"none", "chargeback"} for names, _ in texts]
    there = sum(len(each) for each in truth)
    found = sum(len(one & other) for one, other in zip(told, truth, strict=True))
    wrong = sum(len(one - other) for one, other in zip(told, truth, strict=True))
    least = {"words": 0.5, "semantic": 0.7}[kind]
    assert found / there > least
    assert found / (found + wrong) > 0.8


def test_a_complaint_is_read_once() -> None:
    """Its signals are told from what was read for its kind: most of a letter's time goes there."""
    reader = encoder("semantic")
    assert isinstance(reader, Vectors)
    counted: list[tuple[int, ...]] = []

    def run(ids: tuple[int, ...]) -> Floats:
        counted.append(ids)
        return reader.run(ids)

    judge = load(None, replace(reader, run=remembered(run)))
    letter = ("My mug", "It came in two pieces. I am so sad about it, it was for my mother.")
    assert judge.judge(*letter).complaint > 0.5
    read = list(counted)
    judge.signals(*letter)
    assert counted == read
    assert len(set(read)) == len(read) > 2
