"""Masking: what a model must not hold does not reach it."""

import re

import pytest
from growth import linear

from triage.classifier import corpus
from triage.classifier.masking import mask


def squeezed(text: str) -> str:
    return " ".join(mask(text).split())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to jo.bloggs+shop@mail.example.org today", "write to _mail_ today"),
        ("see https://example.com/track?id=4711 please", "see _url_ please"),
        ("www.postal.example/x/y is down", "_url_ is down"),
        ("the cup on claypots.co.uk/cups", "the cup on _url_"),
        ("@claypots where is it", "_handle_ where is it"),
        ("order ES-20391 and #1043", "order _code_ and _code_"),
        ("tracking JD000223410987", "tracking _code_"),
        ("call 020 7946 0958 or +44 (0)20 7946-0958", "call _code_ or _code_"),
        ("payment of £64.50 was taken", "payment of £ _amount_ was taken"),
        ("I paid 12,50 € and 30 euros", "I paid _amount_ € and _amount_ euros"),
        ("ordered 3 weeks ago on the 2nd", "ordered _number_ weeks ago on the _number_ nd"),
        ("Dear Wendy Okafor,\nthe lid", "Dear _name_ ,\nthe lid"),
        ("Hi Zbigniewska!", "Hi _name_ !"),
        ("Dear Sir or Madam,", "Dear Sir or Madam,"),
        ("Hello team,", "Hello team,"),
        ("no lid.\nKind regards,\nPetra Nowotny", "no lid. Kind regards, _name_"),
        ("no lid. Thanks, Travis", "no lid. Thanks, _name_"),
        ("it broke.\n\nMr. R. H. Pemberton", "it broke. _name_"),
        ("it broke.\nNOT HAPPY", "it broke. NOT HAPPY"),
        ("Hello WHERE IS IT", "Hello WHERE IS IT"),
        ("my name is Ólöf and", "my name is _name_ and"),
        ("Hi, this is Brandy down here", "Hi, this is Brandy down here"),
        ("It's Brandy from Tulsa", "It's _name_ from Tulsa"),
        ("sorry.\nOn 6 June Stefan wrote:\n> hello", "sorry. > hello"),
        ("ordered two cups, nothing came", "ordered two cups, nothing came"),
        ("snake_case_word", "snake case word"),
        ("𝐛𝐫𝐨𝐤𝐞𝐧 ﬁne", "broken fine"),  # styled letters and ligatures are letters
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    """Addresses, numbers and marked names are replaced, everything else stays."""
    assert squeezed(text) == " ".join(masked.split())


def test_no_digit_and_no_address_survives_in_the_corpus() -> None:
    """After masking there is no digit, no at-sign before a letter and no foreign underscore."""
    for entry in corpus.starter():
        text = mask(f"{entry.subject}\n{entry.body}")
        assert not re.search(r"\d|\w@\w", text)
        assert not re.search(
            "_", re.sub(r"_(?:url|mail|handle|name|amount|code|number)_", "", text)
        )


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "A ", "1,", "a.", "1 ", "a-", "@", "a@a.", " ", "\n", "\nA", "Dear A ", "best ",
     "Thanks,\n", "www.", "On a ", "£1", "(1)", "\ufdfa", "'", "_", "my name is A ",
     "\nA" + " " * 500],
)  # fmt: skip
def test_hostile_repetition_costs_little(piece: str) -> None:
    """No pattern runs away, whatever is repeated for a megabyte."""
    assert linear(lambda text: mask(text + "x"), piece, 1_000_000)
