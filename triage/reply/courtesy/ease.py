"""How easily a letter is read: sentences, words, syllables, and Flesch's formula.

Own code: the formula is one line, and the libraries that know it bring word lists of megabytes to
count syllables a little better than the vowels do.
"""

import re

# A mark that ends a sentence, or a line end. Not the one in "Mr Fox", "No. 5", "e.g." or "£9.50".
_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)"
                  r"(?<![.?!:;])[.?!:;]++[\"')\]]*+(?=\s|$)|\n+")  # fmt: skip
# Words are letters; numbers, addresses and links are read at a glance.
_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:'[^\W\d_]+)*(?![\w@/]|\.\w)")
_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")
_SILENT = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e$|[^aeiouytd]ed$|[^aeiouyscxzg]es$")


def sentences(text: str) -> list[str]:
    """The sentences of a text, a line end ending one."""
    return [part for piece in _END.split(text) if (part := piece.strip())]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e. At least one."""
    low = word.lower()
    return max(1, len(_VOWELS.findall(low)) - (_SILENT.search(low) is not None))


def ease(text: str) -> float:
    """Flesch's reading ease (1948): 100 is very easy, 60 plain English, below 30 a law. 100 where
    there is no word."""
    spoken = words(text)
    if not spoken:
        return 100.0
    long = len(spoken) / max(1, len(sentences(text)))
    return 206.835 - 1.015 * long - 84.6 * sum(map(syllables, spoken)) / len(spoken)
