"""What spoke for and against: the score of a text, shared out among its words and its sentences."""

from collections.abc import Iterable, Iterator, Mapping

from triage.classifier.arrays import Floats
from triage.classifier.sentences import shown
from triage.classifier.vectors import Sentence
from triage.classifier.words import Counts, Features, Words, grams_of
from triage.verdict import Clue

FEW = 8
FAINT = 0.02  # log-odds; a clue below this says nothing


def clues(words: Words, counts: Counts, features: Features, weights: Floats) -> tuple[Clue, ...]:
    """The strongest words of a text, in log-odds: what each word added, its letters included, and
    what each pair of words added beyond them. All of them, what an encoder said and the bias sum
    to the text's log-odds.
    """
    columns, values = features
    added = dict(zip(columns.tolist(), (weights[columns] * values).tolist(), strict=True))
    share = {
        term: _added(added, words.words.terms, term, 0) for term in (*counts.words, *counts.pairs)
    }
    for word, times in counts.words.items():
        for gram in grams_of(word):
            whole = _added(added, words.grams.terms, gram, len(words.words.terms))
            share[word] += whole * times / counts.grams[gram]
    return strongest(Clue(text.replace("_", ""), weight) for text, weight in share.items())


def sentence_clues(
    sentences: Iterable[Sentence], nothing: Floats, weights: Floats
) -> Iterator[Clue]:
    """What the encoder says of each sentence alone, in log-odds above those of `nothing`, what it
    says of no text at all. To read a text without each of its sentences took ten times as long."""
    for sentence in sentences:
        yield Clue(shown(sentence.text), float(weights @ (sentence.numbers - nothing)))


def strongest(found: Iterable[Clue]) -> tuple[Clue, ...]:
    """A handful of clues, the strongest first."""
    ordered = sorted(found, key=lambda clue: (-abs(clue.weight), clue.text))
    return tuple(clue for clue in ordered[:FEW] if abs(clue.weight) >= FAINT)


def _added(added: Mapping[int, float], terms: Mapping[str, int], term: str, offset: int) -> float:
    column = terms.get(term)
    return 0.0 if column is None else added[column + offset]
