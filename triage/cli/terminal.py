"""The terminal: the one place that writes. What a mail brings along never reaches it raw."""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from shutil import get_terminal_size
from textwrap import wrap
from typing import TypeVar

import click

from triage.errors import UserError

T = TypeVar("T")

# Control characters (escape sequences among them), bidi and other invisible marks, lone surrogates.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}

# Lines are laid out for a terminal no narrower than this, in columns.
NARROWEST = 60


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


def columns() -> int:
    """How wide standard output is, at least `NARROWEST`; without end when it is no terminal."""
    return max(NARROWEST, get_terminal_size().columns) if _on_terminal() else sys.maxsize


def cut(text: str, room: int) -> str:
    """The beginning of a clean text that fits into so many columns."""
    if wide(text) <= room:
        return text
    kept = ""
    for char in text:
        room -= wide(char)
        if room < 1:
            break
        kept += char
    return kept + "…"


def wide(text: str) -> int:
    """How many columns a clean text takes. UAX #11: ideographs and most emoji take two; marks stand
    over the letter before them."""
    marks = sum(unicodedata.category(char) in {"Mn", "Me"} for char in text)
    doubles = sum(unicodedata.east_asian_width(char) in {"W", "F"} for char in text)
    return len(text) - marks + doubles


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


def fitted(text: object, width: int) -> str:
    """Clean text in exactly so many columns: cut, or filled with spaces."""
    shown = cut(clean(text), width)
    return shown + " " * (width - wide(shown))


def folded(words: str, room: int) -> list[str]:
    """Clean words as lines of so many characters, one at least."""
    return wrap(words, room) or [""]


def count(number: int, noun: str) -> str:
    """ "1 account", "2 accounts"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def watched() -> bool:
    """Whether somebody is at a terminal to see what is said."""
    return sys.stderr is not None and sys.stderr.isatty()


def stamp(moment: float) -> str:
    """A time, in seconds since the epoch: ISO 8601, in the owner's zone."""
    return datetime.fromtimestamp(moment).astimezone().isoformat(sep=" ", timespec="seconds")


def counted(items: Iterable[T], noun: str, *, scrolling: bool = True) -> Iterator[T]:
    """The items, with a count on standard error while that is a terminal. Where results scroll by
    on another they are the progress."""
    shown = watched() and not (scrolling and _on_terminal())
    number = 0
    for number, item in enumerate(items, start=1):
        if shown and number % 10 == 0:
            click.echo(f"\r{number} {noun}", err=True, nl=False)
        yield item
    if shown and number >= 10:
        click.echo(f"\r{number} {noun}", err=True)


@contextmanager
def counting(noun: str) -> Iterator[Callable[[int], None]]:
    """Hears how many there are, and shows it on standard error while that is a terminal."""
    shown = 0

    def heard(number: int) -> None:
        nonlocal shown
        if watched() and number % 10 == 0:
            click.echo(f"\r{number} {noun}", err=True, nl=False)
            shown = number

    try:
        yield heard
    finally:
        if shown:
            click.echo("", err=True)


def stepped(done: int, total: int) -> None:
    """A step of long work, on standard error while that is a terminal."""
    if watched():
        click.echo(f"\rstep {done} of {total}", err=True, nl=done == total)


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
