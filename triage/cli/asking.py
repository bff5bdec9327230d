"""Questions and their answers: asked at the terminal, where they are kept until all is done, or
taken from a file."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import click

from triage.cli.faults import PROBLEMS
from triage.cli.newfile import write_new
from triage.cli.phrase import worded
from triage.config.file import content
from triage.config.table import BadValueError, Reading, Table
from triage.config.writing import assignment
from triage.errors import UserError

Answer = str | int | bool | list[str]
_KINDS = (str, int, list)  # a bool is an int


@dataclass(frozen=True, slots=True)
class Question:
    """`key` names the answer in a file, `words` ask for it, `read` is the configuration's reader of
    its value, and `place` the table and the key of the configuration where it goes. `usual` is
    what is taken where nothing is said; None: it has to be said."""

    key: str
    words: str
    read: Callable[[object], object]
    place: tuple[str, str]
    usual: Answer | None = None


class Asker(Protocol):
    """Who is asked."""

    answers: dict[str, Answer]

    @property
    def alone(self) -> bool:
        """Whether nobody is there to be asked a second time."""

    def ask(self, question: Question, usual: Answer | None = None) -> Answer:
        """The answer, kept under its key; `usual` goes before the question's own."""

    def keep(self, key: str, answer: Answer | None) -> None:
        """Keeps what was found without asking; None forgets it."""

    def secret(self, words: str) -> str:
        """What is typed and not shown, nor kept; "" where nothing is."""

    def sure(self, words: str, *, unasked: bool) -> bool:
        """Whether what was found is right; `unasked` where nobody can say so."""


class Interview:
    """Somebody at the terminal. Each answer is written down at once: who is interrupted goes on
    where he was."""

    alone = False

    def __init__(self, file: Path, questions: Iterable[Question]) -> None:
        """UserError `no-terminal`, `config-unreadable`, `config-syntax`. What was kept in `file`
        and answers none of the questions is left out."""
        if not (sys.stdin and sys.stdin.isatty()):
            raise UserError("no-terminal")
        self._file = file
        self.answers: dict[str, Answer] = {}
        if os.access(file, os.F_OK):
            kept = content(file)
            self.answers = {
                each.key: answer
                for each in questions
                if isinstance(answer := kept.get(each.key), _KINDS) and _answers(each, answer)
            }

    def ask(self, question: Question, usual: Answer | None = None) -> Answer:
        usual = question.usual if usual is None else usual
        known = self.answers.get(question.key, usual)
        if isinstance(known, bool):
            answer: Answer = click.confirm(question.words, default=known)
        else:
            shown = shlex.join(known) if isinstance(known, list) else known

            def taken(text: str) -> str:
                _taken(question, text)
                return text

            typed = click.prompt(
                question.words,
                default=None if shown is None else str(shown),
                value_proc=taken,
                show_default=bool(shown),
            )
            answer = _taken(question, typed)
        self.keep(question.key, answer)
        return answer

    def keep(self, key: str, answer: Answer | None) -> None:
        if answer is None:
            self.answers.pop(key, None)
        else:
            self.answers[key] = answer
        new = self._file.with_name(f"{self._file.name}.new")
        new.unlink(missing_ok=True)
        lines = "\n".join(assignment(*each) for each in self.answers.items())
        write_new(new, f"{lines}\n".encode(), private=True)
        new.replace(self._file)

    def secret(self, words: str) -> str:
        text: str = click.prompt(words, default="", hide_input=True, show_default=False)
        return text.strip()

    def sure(self, words: str, *, unasked: bool) -> bool:
        return click.confirm(words, default=True)

    def done(self) -> None:
        """All is answered: what was kept is of no more use."""
        self._file.unlink(missing_ok=True)


def _answers(question: Question, answer: object) -> bool:
    try:
        question.read(answer)
    except BadValueError:
        return False
    return True


def _taken(question: Question, text: str) -> Answer:
    """What was typed, as the configuration would hold it. UsageError in the words it has for it."""
    words = text.strip()
    answer: Answer = words
    if isinstance(question.usual, int):
        if not (words.isascii() and words.isdecimal() and len(words) < 10):
            raise click.UsageError("It must be a whole number.")
        answer = int(words)
    try:
        question.read(answer)
    except BadValueError as error:
        raise click.UsageError(f"It {worded(PROBLEMS, error.kind, error.facts)}.") from None
    return answer


class Sheet:
    """The answers in a file, for where nobody is at a terminal."""

    alone = True

    def __init__(self, file: Path, questions: Iterable[Question]) -> None:
        """UserError `config-unreadable`, `config-syntax`, and `config-faults` with all that is
        wrong in the file."""
        self._file = file
        reading, given = Reading(), content(file)
        table = Table(given, reading)
        for question in questions:
            table.take(question.key, question.read, None)
        table.close()
        if reading.problems:
            raise UserError("config-faults", path=file, problems=reading.problems)
        self.answers: dict[str, Answer] = {
            key: value for key, value in given.items() if isinstance(value, _KINDS)
        }

    def ask(self, question: Question, usual: Answer | None = None) -> Answer:
        usual = question.usual if usual is None else usual
        answer = self.answers.get(question.key, usual)
        if answer is None:
            raise UserError("answer-missing", path=self._file, key=question.key)
        self.keep(question.key, answer)
        return answer

    def keep(self, key: str, answer: Answer | None) -> None:
        if answer is None:
            self.answers.pop(key, None)
        else:
            self.answers[key] = answer

    def secret(self, words: str) -> str:
        raise UserError("answer-missing", path=self._file, key="password_file")

    def sure(self, words: str, *, unasked: bool) -> bool:
        return unasked
