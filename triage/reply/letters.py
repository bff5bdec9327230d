"""The letters: templates checked and compiled once, rendered for a situation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from jinja2 import DictLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from triage.errors import UserError
from triage.reply.cases import BRIEF, LETTERS, Stance, case_of
from triage.reply.courtesy import Breach, Severity, form_breaches, phrase_breaches
from triage.reply.grammar import Fault, chain, faults
from triage.reply.names import names
from triage.reply.samples import samples
from triage.reply.situation import Situation
from triage.reply.source import BASE, Source, owners, sources
from triage.reply.voice import Voice

# What the parser and Python's compiler raise on nesting or numbers beyond all measure.
_BEYOND = (RecursionError, MemoryError, ValueError, SyntaxError, OverflowError)
_TAG = r"\{%(?:(?!%\})[^\n])*%\}|\{#(?:(?!#\})[^\n])*#\}"
_TAGS_ALONE = re.compile(rf"(?m)^[ \t]*((?:(?:{_TAG})[ \t]*)+)$")
_MARK = "\x1f"  # a blank to Jinja, so `-%}` takes it away too
_TOO_DEEP = "nested too deep, or a number too long"


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's text. It holds a `[[…]]` for each of `missing`: what only the owner knows."""

    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters of one language, found without fault. `advice` is on their tone."""

    templates: Mapping[str, Template]
    advice: tuple[Fault, ...] = ()

    @classmethod
    def load(
        cls, own: Path | None = None, language: str = "en", *, voice: Voice | None = None
    ) -> Self:
        """Reads `LANGUAGE/LETTER.txt.j2` of this package, and over it, file by file, those of the
        owner's folder. Where there are such, every template is checked, and each letter in which
        one has a part is rendered for every sample; of ours alone the tests have done it. Ours
        speak in `voice`; None is as they are written.

        Raises UserError("templates-faulty", faults=tuple[Fault, ...]) with all that is wrong.
        """
        found, wrong = sources(own, language, voice)
        changed = owners(found)
        trees, grave = _checked(found) if changed else ({}, [])
        _refuse([*wrong, *grave])
        environment = _environment(found)
        templates = {}
        advice: list[Fault] = []
        for letter in LETTERS:
            source = found[f"{letter}.txt.j2"]
            try:
                templates[letter] = environment.get_template(f"{letter}.txt.j2")
                if not changed or changed.isdisjoint(chain(f"{letter}.txt.j2", trees)):
                    continue
                for breach in _discourtesies(letter, templates[letter]):
                    refused = breach.rule.severity is Severity.REFUSE
                    (wrong if refused else advice).append(_located(breach, (source, found[BASE])))
            except TemplateSyntaxError as error:
                wrong.append(Fault(source.file, error.lineno, "syntax", error.message or ""))
            except (TemplateError, *_BEYOND) as error:
                wrong.append(Fault(source.file, 0, "cannot-render", type(error).__name__))
        _refuse(wrong)
        return cls(templates, tuple(sorted(set(advice))))

    def render(self, situation: Situation) -> Wording:
        """The letter for a situation, one line a paragraph."""
        return _rendered(self.templates[case_of(situation).letter], situation)


def _refuse(wrong: list[Fault]) -> None:
    if wrong:
        raise UserError("templates-faulty", faults=tuple(sorted(set(wrong))))


def _environment(found: Mapping[str, Source]) -> ImmutableSandboxedEnvironment:
    """A second wall behind the grammar. From here on templates come from memory, never a file."""
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({name: _marked(source.text) for name, source in found.items()}),
        undefined=StrictUndefined,
        autoescape=False,  # plain text, no HTML
        # `{{ super() }}` alone on its line brings a line end of its own: no new paragraph.
        finalize=lambda value: value.strip() if isinstance(value, str) else value,
        cache_size=-1,
    )
    environment.globals.clear()
    return environment


def _checked(
    found: Mapping[str, Source],
) -> tuple[dict[str, nodes.Template | None], list[Fault]]:
    """The templates as trees, None where one is none, and all that is wrong with them."""
    trees: dict[str, nodes.Template | None] = {}
    wrong: list[Fault] = []
    for name, source in found.items():
        tree = _parsed(source)
        trees[name] = None if isinstance(tree, Fault) else tree
        wrong += [tree] if isinstance(tree, Fault) else []
    known = names(next(samples(LETTERS[0])))
    for name, source in found.items():
        try:
            wrong += [replace(f, file=source.file) for f in faults(name, trees, known)]
        except RecursionError:
            wrong.append(Fault(source.file, 0, "syntax", _TOO_DEEP))
    return trees, wrong


@lru_cache(128)  # each of ours has two names
def _parsed(source: Source) -> nodes.Template | Fault:
    try:
        return _environment({}).parse(_marked(source.text))
    except TemplateSyntaxError as error:
        return Fault(source.file, error.lineno, "syntax", error.message or "")
    except _BEYOND:
        return Fault(source.file, 0, "syntax", _TOO_DEEP)


def _rendered(template: Template, situation: Situation) -> Wording:
    missing: list[str] = []

    def ask(what: str) -> str:
        missing.append(what)
        return f"[[{what}]]"

    text = _paragraphs(template.render(names(situation), ask=ask))
    return Wording(text, tuple(dict.fromkeys(missing)))


def _marked(source: str) -> str:
    """A template in which each line of tags alone ends in a mark, so that no line stays of it.

    Not `trim_blocks`, which also swallows the line end behind a tag that ends a line of text. The
    lines keep their numbers.
    """
    lines = re.sub(r"\r\n?", "\n", source).replace(_MARK, "")
    return _TAGS_ALONE.sub(rf"\1{_MARK}", lines)


def _paragraphs(text: str) -> str:
    """One line a paragraph. In a template an empty line ends a paragraph; the lines of one are
    joined, but for a backslash at the end, which keeps the break. Non-breaking blanks stay."""
    paragraphs = []
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", text.replace(_MARK + "\n", "").strip()):
        kept = [re.sub(r"[ \t\n]+", " ", line).strip(" ") for line in paragraph.split("\\\n")]
        if any(kept):
            paragraphs.append("\n".join(kept))
    return "\n\n".join(paragraphs)


def _discourtesies(letter: str, template: Template) -> set[Breach]:
    """The breaches of one letter over all samples. Most samples share most of their paragraphs."""
    letters = [(_rendered(template, situation).text, situation) for situation in samples(letter)]
    found = {breach for text, situation in letters for breach in _spoken(text, situation)}
    # Of a letter as a whole one example is enough: how many words it has, of what sample.
    whole = {b.code: b for text in sorted({text for text, _ in letters}) for b in _formed(text)}
    return {
        replace(breach, line=0)
        for breach in (*found, *whole.values())
        if not (letter == BRIEF and breach.code == "too-short")
    }


def _spoken(text: str, situation: Situation) -> Iterator[Breach]:
    told, days = case_of(situation).stance is Stance.ANSWER, situation.days
    for part in text.split("\n\n"):
        named = tuple(day for day in days if day in part)
        yield from _said(part, named, looked_into=told)


@lru_cache(4096)  # the paragraphs of all letters
def _said(part: str, days: tuple[str, ...], *, looked_into: bool) -> tuple[Breach, ...]:
    return tuple(phrase_breaches(part, days, looked_into=looked_into))


@lru_cache(4096)
def _formed(text: str) -> tuple[Breach, ...]:
    return tuple(form_breaches(text))


def _located(breach: Breach, where: tuple[Source, ...]) -> Fault:
    """A breach with the first file, from the letter upward, and the line that has its words."""
    words = r"\s+".join(map(re.escape, breach.text.rstrip("…").split()))
    for source in where if words else ():
        if match := re.search(words, source.text):
            line = source.text.count("\n", 0, match.start()) + 1
            return Fault(source.file, line, breach.code, breach.text)
    return Fault(where[0].file, 0, breach.code, breach.text)
