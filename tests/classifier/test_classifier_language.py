"""Language: English is judged, other languages are told apart from it, doubt is English."""

import json
from pathlib import Path

import pytest
from growth import linear

from triage.classifier import corpus
from triage.classifier.language import UNKNOWN, language
from triage.classifier.model import KNOWN_LANGUAGES

YARDSTICK = Path(__file__).parents[3] / "shared" / "yardstick"
FOREIGN = [
    line.split("\t")
    for line in (Path(__file__).parent / "foreign.tsv").read_text("utf-8").splitlines()
]
# Danish whose short words are English ones too ("I", "to"): known to be judged.
MISTAKEN = {"I har trukket beløbet to gange, hvorfor?"}


# English of few words, some of them another language's.
LOST = [
    "@citylinkbuses lost ",
    "DMARC aggregate repo",
    "postcode is LS6 3BN,",
    "team green bubble ti",
]


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_foreign_mail_is_foreign(code: str, text: str) -> None:
    """Customers' mails in sixteen languages and eight scripts are not taken for English."""
    assert (language(text) in KNOWN_LANGUAGES) == (text in MISTAKEN)


def test_most_foreign_mails_are_called_by_their_own_name() -> None:
    """The code is right for all but a few (Norwegian and Danish share most of their words)."""
    assert sum(language(text) == code for code, text in FOREIGN) >= 0.95 * len(FOREIGN)


def test_hardly_an_entry_of_the_corpus_is_foreign() -> None:
    """The starter corpus is English throughout: four texts of 26,966 are lost to this check, short
    posts and a robot's report, and they are known."""
    texts = [f"{entry.subject}\n{entry.body}".strip() for entry in corpus.starter()]
    lost = [text for text in texts if language(text) not in KNOWN_LANGUAGES]
    assert sorted(text[:20] for text in lost) == LOST


@pytest.mark.skipif(not YARDSTICK.exists(), reason="the yardstick lies beside the repository")
def test_real_short_posts_are_not_foreign() -> None:
    """Of 1,100 real tweets and reviews only the two that are not in English are called foreign."""
    rows = (YARDSTICK / "customers.jsonl").read_text("utf-8").splitlines()
    told = [language(json.loads(row)["text"]) for row in rows]
    assert sorted(code for code in told if code not in KNOWN_LANGUAGES) == ["hi", "pt"]


@pytest.mark.parametrize(
    "text", ["", "???", "😡😡😡", "ES-20391", "4711", "ok", "Refund", "Ω", "lid"]
)
def test_too_short_to_tell_is_judged(text: str) -> None:
    """Next to nothing is not foreign."""
    assert language(text) in KNOWN_LANGUAGES


def test_nothing_at_all_is_unknown() -> None:
    """Without a word there is no language."""
    assert language("4711 !!! 😡") == UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "The cup is broken and I want my money back.\n\nMit freundlichen Grüßen\nAnke",
        "Hola! I ordered two cups three weeks ago and nothing has come. Gracias, Lucía",
        "my croissant tin is dented, c'est la vie, but can you send another one",
        "Bestellung 4711: where is it? I have been waiting for three weeks",
        "I bought the 日本 print and it never came 😢",
    ],
)
def test_english_with_foreign_words_is_english(text: str) -> None:
    """A foreign greeting, signature or product name does not make a mail foreign."""
    assert language(text) == "en"


def test_a_huge_text_is_told_at_once() -> None:
    """Time grows with its length at most."""
    assert linear(language, "\ufdfa wo ist mein Paket ", 2_000_000)
