"""Reading ease: sentences, words, syllables."""

import pytest

from triage.reply.courtesy.ease import ease, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("cup", 1), ("broke", 1), ("little", 2), ("table", 2), ("parcel", 2), ("arrived", 2)),
        *(("wanted", 2), ("looked", 1), ("boxes", 2), ("names", 1), ("rhythm", 1), ("café", 2)),
        *(("reimbursement", 4), ("regrettably", 4), ("the", 1), ("we", 1), ("pieces", 2)),
    ],
)
def test_syllables(word, count):
    """As said aloud, but for the odd word that no rule knows."""
    assert syllables(word) == count


def test_sentences():
    """A title, a number and a price end none; a line does."""
    text = "Hello Mr. Fox,\nIt cost £9.50, e.g. at No. 5. Did it? Yes."
    assert sentences(text) == ["Hello Mr. Fox,", "It cost £9.50, e.g. at No. 5", "Did it", "Yes"]


def test_words_are_read_and_numbers_seen_at_a_glance():
    """No address, link or number counts."""
    assert words("I'm sending RM441720935GB to ada@fox.example, see shop.example/a 12") == [
        *("I'm", "sending", "to", "see"),
    ]


def test_ease():
    """Flesch's own scale: a plain letter lies high, a law low, and no text is no trouble."""
    assert ease("") == 100
    assert ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert ease("Remuneration is contingent upon verification of the merchandise.") < 0
