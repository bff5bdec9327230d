"""The voice of our letters: who speaks, in whose English, how stiffly. Pure.

Our templates are written in one voice: by one person, in British English, without contractions.
Another voice is made of them by closed lists, before they are parsed. Only their text changes: no
tag, no name, no comment, and never what is filled in or what an owner has written. Each line keeps
its number.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, zip_longest

from triage.reply.american import american
from triage.reply.phrase import Phrases, parted_as


class Person(StrEnum):
    """Who speaks in the letters. They are signed by one name all the same."""

    ONE = "I"
    SEVERAL = "we"


class Spelling(StrEnum):
    """Whose words and dates."""

    BRITISH = "british"
    AMERICAN = "american"


class Tone(StrEnum):
    """`FRIENDLY` greets with Hello and writes "I'm"; `FORMAL` with Dear, and by title and family
    name where they are certain."""

    FRIENDLY = "friendly"
    FORMAL = "formal"


@dataclass(frozen=True, slots=True)
class Voice:
    """How the letters speak."""

    person: Person = Person.ONE
    spelling: Spelling = Spelling.BRITISH
    tone: Tone = Tone.FRIENDLY

    @property
    def american(self) -> bool:
        return self.spelling is Spelling.AMERICAN

    @property
    def formal(self) -> bool:
        return self.tone is Tone.FORMAL


_TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_EXTENDS = re.compile(r"\{%[-+]?\s*extends\b")
_PLACE = "\x00"  # where a tag stands
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w+)")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_ENDED = re.compile(r"[.?!][\"')”’]*\s*\Z")

_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_SORRY = re.compile(r"\b(?:sorry|apolog|regret)", re.IGNORECASE)
_GOES_ON = r"(?=\s+(?!(?:and|or|but|nor)\b)\w)"  # not "why that is and what comes of it"
# Not "where it is now", "just as it is", "who you are".
_STATED = "".join(
    rf"(?<!\b{word}\s)" for word in ("where", "what", "who", "how", "as", "which", "than")
)
_DONE = (
    r"(?=\s+(?:(?:also|already|always|now|just|since)\s+)?(?:\w+(?:ed|en|wn)|asked|begun|bought|done"
    r"|found|gone|got|had|heard|kept|left|lost|made|paid|put|read|said|sent|thought|told)\b)"
)
_CONTRACTIONS = tuple(
    (re.compile(rf"\b{pattern}", re.IGNORECASE), short)
    for pattern, short in (
        (rf"(w)ill\s+not{_GOES_ON}", r"\1on't"),
        (rf"(c)an\s?not{_GOES_ON}", r"\1an't"),
        (
            rf"(is|are|was|were|do|does|did|has|have|had|would|could|should)\s+not{_GOES_ON}",
            r"\1n't",
        ),
        (rf"(I)\s+am{_GOES_ON}", r"\1'm"),
        (rf"{_STATED}(it|that|there)\s+is{_GOES_ON}", r"\1's"),
        (rf"{_STATED}(you)\s+are{_GOES_ON}", r"\1're"),
        (rf"(I|you|they)\s+will(?!\s+not\b){_GOES_ON}", r"\1'll"),
        (rf"(I|you)\s+would(?!\s+not\b){_GOES_ON}", r"\1'd"),
        (rf"(I|you)\s+have{_DONE}", r"\1've"),
    )
)
# "am" and "was" turn with the "I" before or behind them; nobody else has an "am", but the clock.
_WAS = re.compile(r"\bI(\s+(?:\w+ly\s+|also\s+|just\s+|still\s+|never\s+)?)was\b")
_SEVERAL = Phrases(
    {
        "was i": "were I",
        "wasn't i": "weren't I",
        "i wasn't": "I weren't",
        "i'm": "I're",
        "me": "us",
        "mine": "ours",
        "my": "our",
        "myself": "ourselves",
    }
)
_AM = re.compile(r"(?<!\d)(?<!\d\s)\bam\b")
_I = re.compile(r"(?<![\w'-])I(?![\w-])")


def spoken(template: str, voice: Voice) -> str:
    """One of our templates in a voice, as a template."""
    texts, tags = _TAG.split(template)[::2], _TAG.findall(template)
    whole = _PLACE.join(texts)  # a sentence goes on behind a tag
    whole = american(whole) if voice.american else whole
    whole = whole if voice.formal else _SENTENCE.sub(_contracted, whole)
    texts = whole.split(_PLACE)
    if voice.person is Person.SEVERAL:
        texts = _several(texts, tags)
    return "".join(chain.from_iterable(zip_longest(texts, tags, fillvalue="")))


def _contracted(sentence: re.Match[str]) -> str:
    """A sentence as an owner writes it; not an apology, which "I'm sorry" makes a small one."""
    text = sentence[0]
    if _SORRY.search(text):
        return text
    for pattern, short in _CONTRACTIONS:
        text = pattern.sub(partial(_shortened, short), text)
    return text


def _shortened(short: str, found: re.Match[str]) -> str:
    return parted_as(found[0], found.expand(short))


def _several(texts: list[str], tags: list[str]) -> list[str]:
    """The texts around the tags as two or more say them."""
    begins = _Beginnings(extends=any(map(_EXTENDS.match, tags)))
    said = []
    for text, tag in zip_longest(texts, tags, fillvalue=""):
        said.append(_by_several(text, begins=begins.now))
        begins.pass_text(text)
        begins.pass_tag(tag)
    return said


def _by_several(text: str, *, begins: bool) -> str:
    """`begins` says whether a sentence begins where the text does."""
    text = _AM.sub("are", _SEVERAL.sub(_WAS.sub(r"I\1were", text)))

    def we(found: re.Match[str]) -> str:
        before = text[: found.start()].rstrip("\"'(“‘")
        return "We" if _begins(before, begins=begins) else "we"

    return _I.sub(we, text)


def _begins(before: str, *, begins: bool) -> bool:
    """Whether a sentence begins behind a text; `begins`: whether one did where the text does."""
    said = before.rstrip()
    if _EMPTY_LINE.search(before[len(said) :]):
        return True
    return _ENDED.search(said) is not None if said else begins


class _Beginnings:
    """Whether a sentence begins at a place of a template. Behind a condition one does where it does
    behind each of its branches; what is printed is none, but for `super()`, which is whole ones."""

    def __init__(self, *, extends: bool) -> None:
        self.now = True
        self._extends = extends
        self._blocks = 0
        # Of each condition around: the same before it, and behind its branches so far.
        self._conditions: list[tuple[bool, list[bool]]] = []

    def pass_text(self, text: str) -> None:
        self.now = _begins(text, begins=self.now)

    def pass_tag(self, tag: str) -> None:
        if tag.startswith("{{"):
            self.now = "super()" in tag
        keyword = found[1] if (found := _KEYWORD.match(tag)) else ""
        if keyword == "block":
            # In a letter on a base a block stands for itself.
            self.now = self.now or (self._extends and self._blocks == 0)
            self._blocks += 1
        elif keyword == "endblock":
            self._blocks -= 1
        elif keyword == "if":
            self._conditions.append((self.now, [self.now]))
        elif keyword in {"elif", "else", "endif"}:
            before, behind = self._conditions[-1]
            behind.append(self.now)
            self.now = before
            if keyword == "else":
                del behind[0]  # one of the branches is taken
            elif keyword == "endif":
                self.now = all(behind)
                self._conditions.pop()
