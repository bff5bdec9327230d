"""What is quoted of a customer: his strongest sentence, and nothing that leads anywhere."""

import pytest
from cycle.world import Listener

from triage.report.strongest import LONG, harmless, strongest


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "Good morning to you all.\n\nThe cup came broken on Monday.\n\nThank you, Ada",
            "The cup came broken on Monday.",
        ),
        (
            "All of it broken.\n\nI would like to hear from you soon.",
            "I would like to hear from you soon.",
        ),
        ("It broke", "It broke"),
        (
            "- the cup is broken, as I said\n- the plate is whole, thank you",
            "the cup is broken, as I said",
        ),
        ("", ""),
    ],
)
def test_the_strongest_sentence(text: str, quoted: str) -> None:
    """Of those that say anything; of a list's point without its dash."""
    assert strongest(Listener(), text) == quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see https://x.example/a?b now", "see [link] now"),
        ("see x.example/a now", "see [link] now"),
        ("see WWW.X.EXAMPLE now", "see [link] now"),
        ("see pay.x.example now", "see [link] now"),
        ("javascript://x", "[link]"),
        ("it was broken.Please answer", "it was broken.Please answer"),
        ("at 7 a.m. in St. Ives, e.g. for £4.50", "at 7 a.m. in St. Ives, e.g. for £4.50"),
        ("write to ada@x.example", "write to ada@x.example"),
        ("a\u202eb\r\nSubject: c\x1b[31m", "ab Subject: c[31m"),
    ],
)
def test_nothing_leads_anywhere(words: str, shown: str) -> None:
    """Links go, and what turns a line round; sums, hours and addresses stay."""
    assert harmless(words) == shown


@pytest.mark.parametrize("piece", ["x", ".", "a.", "www", "://", "a.b", "<b>", "\u0301"])
def test_a_megabyte_is_cut(piece: str) -> None:
    assert len(strongest(Listener(), piece * 500_000)) <= LONG + 1
