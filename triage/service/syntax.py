"""What a unit can be told of, by systemd.syntax(7)."""

import re

from triage.errors import UserError


def word(text: str) -> str:
    """A word of a line of words: quoted where it needs it, no specifier."""
    text = text.replace("%", "%%")
    if re.fullmatch(r"[A-Za-z0-9_@%+=:,./-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def printable(text: str) -> str:
    """The text, if it has no control character. UserError `path-unfit` (path)."""
    if not text.isprintable():
        raise UserError("path-unfit", path=text)
    return text
