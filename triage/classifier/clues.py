"""Which words spoke for and against: the score of a text, shared out among its words. Pure."""

from collections.abc import Mapping

from triage.classifier.words import Counts, Floats, Words, grams_of
from triage.verdict import Clue

FEW = 8
FAINT = 0.02  # log-odds; a clue below this says nothing


def clues(words: Words, counts: Counts, weights: Floats) -> tuple[Clue, ...]:
    """The strongest clues of a text, in log-odds: what each word added, its letters included, and
    what each pair of words added beyond them. All of them and the bias sum to the text's log-odds.
    """
    columns, values = words.encode(counts)
    added = dict(zip(columns.tolist(), (weights[columns] * values).tolist(), strict=True))
    share = {
        term: _added(added, words.words.terms, term, 0) for term in (*counts.words, *counts.pairs)
    }
    for word, times in counts.words.items():
        for gram in grams_of(word):
            whole = _added(added, words.grams.terms, gram, len(words.words.terms))
            share[word] += whole * times / counts.grams[gram]
    strongest = sorted(share.items(), key=lambda item: (-abs(item[1]), item[0]))[:FEW]
    return tuple(
        Clue(text.replace("_", ""), weight) for text, weight in strongest if abs(weight) >= FAINT
    )


def _added(added: Mapping[int, float], terms: Mapping[str, int], term: str, offset: int) -> float:
    column = terms.get(term)
    return 0.0 if column is None else added[column + offset]
