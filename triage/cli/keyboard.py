"""Single keys of a terminal, without Enter."""

import codecs
import os
import re
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import click

CTRL_C = "\x03"
# What an arrow or a function key sends, which is no key of ours (ECMA-48 section 5.4; xterm's SS3).
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O?.)?")


def at_terminal() -> bool:
    """Whether standard input and output are one."""
    return all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))


def require_terminal() -> None:
    """UsageError where standard input or output is none."""
    if not at_terminal():
        raise click.UsageError("It asks questions, and wants a terminal to ask them on.")


@contextmanager
def keyboard() -> Iterator[Iterator[str]]:
    """The keys as they are pressed, none echoed, until the terminal goes away. Ctrl-C is a key
    like the others, which raises KeyboardInterrupt in its turn: nothing is cut short by it."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    bare = termios.tcgetattr(terminal)
    bare[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    termios.tcsetattr(terminal, termios.TCSADRAIN, bare)
    try:
        yield _keys(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _keys(terminal: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        try:
            raw = os.read(terminal, 1024)
        except OSError:  # hung up
            return
        if not raw:
            return
        for key in _SEQUENCE.sub("", decoder.decode(raw)):
            if key == CTRL_C:
                raise KeyboardInterrupt
            yield key
