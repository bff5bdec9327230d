"""Which parts of a mail a reader sees, and their text. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from triage.message import html
from triage.message.charset import clean
from triage.message.lines import MAX_LINES, MAX_SHOWN, Line
from triage.message.parts import Part

MAX_TEXT = 500_000  # octets of one mail that are read as text

# A plain part as short as this may only say that the mail is elsewhere.
STUB = 400  # characters

_PLAIN = frozenset({"text/plain", "text/enriched", "text/richtext", "text/markdown"})
_SHOWN = _PLAIN | {"text/html"}
# Of these the first part is the mail, what follows belongs to it: RFC 2387, 1847, 6522.
_FIRST_ONLY = frozenset({"multipart/related", "multipart/signed", "multipart/report"})

# Content encoded by uuencode within the text (POSIX): upper-case lines between begin and end.
_UUENCODED = re.compile(r"^begin [0-7]{3,4} [^\n]{1,255}\n(?:[ -`]{0,80}\n)+end$", re.M)
_HTML_PAGE = re.compile(r"\s{0,200}<(?:!doctype html|html|head|body)[\s>]", re.I)


def is_shown(part: Part) -> bool:
    """Whether a leaf is text to read. A name makes no attachment of it, nor does a disposition
    that RFC 2183 does not know: rather a text too many than a complaint unread."""
    return part.mime.content_type in _SHOWN and part.mime.disposition != "attachment"


def leaves(part: Part) -> Iterator[Part]:
    """The leaves of the tree in order."""
    if not part.children:
        yield part
    for child in part.children:
        yield from leaves(child)


def texts(root: Part) -> tuple[list[Line], str]:
    """The text a reader sees, at most `MAX_SHOWN` characters of it; and that of the first part that
    is text, whichever alternative is shown: it is the same when the mail is cut off behind it."""
    reader = _Reader()
    first = next(filter(is_shown, leaves(root)), None)
    opening = "\n".join(line.text for line in reader.leaf(first)) if first else ""
    return _beginning(reader.shown(root)), opening


def _beginning(lines: list[Line]) -> list[Line]:
    """As many lines as are shown; the last of them may be cut."""
    kept: list[Line] = []
    room = MAX_SHOWN
    for line in lines[:MAX_LINES]:
        if room <= 0:
            break
        kept.append(replace(line, text=line.text[:room]) if len(line.text) > room else line)
        room -= len(line.text) + 1
    return kept


class _Reader:
    """Reads parts, each once, until `room`, in octets, is used up."""

    def __init__(self) -> None:
        self.room = MAX_TEXT
        self.known: dict[int, list[Line]] = {}  # by where the part starts

    def shown(self, part: Part) -> list[Line]:
        if not part.children:
            return self.leaf(part) if is_shown(part) else []
        if part.mime.content_type == "multipart/alternative":
            return self.alternative(part)
        joined: list[Line] = []
        for child in part.children:
            text = self.shown(child)
            if any(line.text for line in text):
                joined += [Line(""), *text] if joined else text
                if part.mime.content_type in _FIRST_ONLY:
                    break
        return joined

    def leaf(self, part: Part) -> list[Line]:
        if part.start not in self.known:
            self.known[part.start] = self._read(part)
        return self.known[part.start]

    def _read(self, part: Part) -> list[Line]:
        text = clean(part.text(self.room))
        self.room -= min(self.room, len(text))
        if part.mime.content_type == "text/html" or _HTML_PAGE.match(text):
            return html.lines(text)
        if part.mime.flowed:
            return [Line(line) for line in _unflowed(text, delsp=part.mime.delsp)]
        if "\nend" in text:
            text = _UUENCODED.sub("", text)
        return [Line(line) for line in text.split("\n", MAX_LINES)[:MAX_LINES]]

    def alternative(self, part: Part) -> list[Line]:
        """The plain text, unless it is empty or a stub and another part says more."""
        best: list[Line] = []
        for child in sorted(part.children, key=_is_rich):
            if _length(best) > STUB:
                break
            text = self.shown(child)
            if _says_more(text, best):
                best = text
        return best


def _says_more(text: list[Line], than: list[Line]) -> bool:
    """Whether `text` has what the short text `than` only points to, or leaves out."""
    length = _length(text)
    if any("html" in line.text.casefold() for line in than):
        return length > 0
    return length > (4 * _length(than) + 200 if _length(than) else 0)


def _length(lines: list[Line]) -> int:
    return sum(len(line.text.strip()) for line in lines)


def _is_rich(part: Part) -> bool:
    return not any(leaf.mime.content_type in _PLAIN for leaf in leaves(part))


def _unflowed(text: str, *, delsp: bool) -> Iterator[str]:
    """The lines of format=flowed text made whole again, RFC 3676 section 4."""
    pieces: list[str] = []
    depth = 0
    for raw in text.split("\n", MAX_LINES)[:MAX_LINES]:
        bare = raw.lstrip(">")
        if pieces and len(raw) - len(bare) != depth:
            yield _quoted(depth, pieces)  # a paragraph that flows on into another depth: ended
            pieces = []
        depth = len(raw) - len(bare)
        line = bare.removeprefix(" ")
        flows = line.endswith(" ") and line != "-- "
        pieces.append(line[:-1] if flows and delsp else line)
        if not flows:
            yield _quoted(depth, pieces)
            pieces = []
    if pieces:
        yield _quoted(depth, pieces)


def _quoted(depth: int, pieces: list[str]) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth else line
