"""The terminal: the one place that writes. What a mail brings along never reaches it raw."""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from triage.errors import UserError

T = TypeVar("T")

# Control characters (escape sequences among them), bidi and other invisible marks, lone surrogates.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clean(text: object, *, lines: bool = False) -> str:
    """Text from outside, safe for a terminal: what does not print is shown as U+FFFD.

    Line ends stay with `lines`; else they become spaces, as tabs always do.
    """
    return "".join(_clean(char, lines) for char in str(text))


def _clean(char: str, lines: bool) -> str:
    if char == "\n" and lines:
        return char
    if char in "\t\n\r":
        return " "
    return "\ufffd" if unicodedata.category(char) in _UNPRINTABLE else char


def say(line: str = "", *, err: bool = False) -> None:
    """Writes a line. A reader that has gone away ends the program quietly, in `group`."""
    try:
        click.echo(line, err=err)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError("output-refused", why=error.strerror) from error


def colour(text: str, name: str) -> str:
    """Text in a colour, where the terminal has some and $NO_COLOR (no-color.org) is not set."""
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=name)


def count(number: int, noun: str) -> str:
    """ "1 account", "2 accounts"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def counted(items: Iterable[T], noun: str) -> Iterator[T]:
    """The items, with a count on standard error while that is a terminal and standard output is
    none: where results scroll by they are the progress."""
    shown = sys.stderr is not None and sys.stderr.isatty() and not _on_terminal()
    number = 0
    for number, item in enumerate(items, start=1):
        if shown and number % 10 == 0:
            click.echo(f"\r{number} {noun}", err=True, nl=False)
        yield item
    if shown and number >= 10:
        click.echo(f"\r{number} {noun}", err=True)


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
