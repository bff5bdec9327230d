"""HTML becomes lines of text: what a reader sees, without what is hidden from him. Pure.

lxml's parser with a target (no tree) reads it. Measured on hostile pages on two cores: 5 MB of
table rows 0.45 s and 29 MB (lxml's tree 0.70 s and 140 MB, html-text 1.7 s, inscriptis 11.1 s and
498 MB); a text below 260 open elements is found (html-text and inscriptis, which use the tree,
lose it without a word); 100,000 attributes on an element 0.04 s (tree 14.7 s; lxml before 6.0
needs 4 s here too). inscriptis also installs a network client.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from triage.message.charset import clean
from triage.message.lines import MAX_SHOWN, Line, Mark

# Stray end tags cost libxml2 a look at every open element: 14 s for 100,000 of them below 50,000
# elements. Both limits together keep that under a second. In the yardstick 48 are open at most.
MAX_OPEN = 1000
MAX_HTML = 500_000  # characters
CHUNK = 16_384  # characters: the parser heeds an error only when it is done with what it was given
MAX_QUOTE = 20


def _names(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "optgroup option p pre section summary table tbody tfoot thead tr ul"
)
_PARAGRAPHS = _names("blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul")
_LISTS = _names("dir menu ol ul")
_UNSEEN = _names(
    "applet audio canvas head iframe math object script style svg template title video"
)

_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all"
    r"|(?:opacity|max-height):0(?:\.0+)?(?:px|pt|em|%)?)(?:!important)?(?:;|$)"
)
_FONT_SIZE = re.compile(r"(?:^|;)font-size:([0-9.]+)")
_WHITE_SPACE = re.compile(r"(?:^|;)white-space:(pre|break-spaces)?")
_MARGIN = re.compile(r"(?:^|;)\s*(?:mso-)?margin(?:-top|-bottom)?(?:-alt)?\s*:([^;]*)")
_LENGTH = re.compile(r"auto|0*\.?[1-9]")  # Outlook writes 0.0001pt for none
_PREHEADER = re.compile(r"pre-?header|preview-?text", re.I)
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]*>")

# What mail programs call the elements they put the mail answered in (seen in their mails).
_QUOTED_CLASSES = {
    "gmail_attr",  # Gmail: the line "On ... wrote:"
    "moz-cite-prefix",  # Thunderbird: the same
    "moz-forward-container",
    "yahoo_quoted",
    "ymail_android_signature_quoted",
    "zmail_extra",  # Zoho
}
_QUOTED_IDS = {"OLK_SRC_BODY_SECTION"}  # Outlook for Mac
_HISTORY_IDS = {
    "appendonsend",  # Outlook on the web and on phones: below it lies the mail answered
    "divRplyFwdMsg",
    "x_divRplyFwdMsg",
    "mail-editor-reference-message-container",  # new Outlook
    "reply-intro",  # Roundcube
}
_SIGNATURE_CLASSES = {"gmail_signature", "gmail_signature_prefix", "moz-signature"}
_SIGNATURE_IDS = {"Signature", "ms-outlook-mobile-signature", "ymail_android_signature"}


class _TooDeepError(Exception):
    """More elements are open than a page has."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside an element. `tiny`: in letters of no size, until an element inside sets
    one (newsletters put 0 on a table and a size on its cells)."""

    hidden: bool = False
    tiny: bool = False
    pre: bool = False
    depth: int = 0  # of quotation
    mark: Mark = Mark.NONE


def lines(html: str) -> list[Line]:
    """The visible text, a line for a block, a table row or a line break; quoted lines begin ">"."""
    page = _Page()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=page)
    try:
        for at in range(0, min(len(html), MAX_HTML), CHUNK):
            parser.feed(html[at : at + CHUNK].encode("utf-8"))
        parser.close()
    except _TooDeepError:
        text = _TAG.sub("\n", html[:MAX_HTML])
        return [Line(" ".join(line.split())) for line in text.split("\n") if line.strip()]
    except etree.LxmlError:  # nothing in it that could be parsed
        pass
    return page.close()


class _Page:
    """The target lxml calls for each tag and text."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []  # of the line being written
        self.open = [_State()]
        self.begun = _State()  # the state in which that line began
        self.depth = 0  # of quotation of the last line
        self.room = MAX_SHOWN
        self.gap = False  # an empty line is due before the next text
        self.held = False  # a no-break space, which holds a line open that bears nothing else
        self.history = False  # the next text begins the mail answered
        self.items: list[int | None] = []  # of each open list the next number; None: it has none

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self.open) > MAX_OPEN:
            raise _TooDeepError
        state = _inside(self.open[-1], tag, attributes)
        self.open.append(state)
        if attributes.get("id") in _HISTORY_IDS:
            self._break()
            self.history = True
        if tag == "br":
            self._break(forced=True)
        elif tag in _BLOCKS:
            self._break()
            self.gap = self.gap or _spaced(tag, attributes)
            if tag in _LISTS:
                self.items.append(_first(attributes) if tag == "ol" else None)
            elif tag == "li" and not state.hidden:
                self._write(self._item())
        elif tag in {"td", "th"}:
            self.data(" ")

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
            self.gap = self.gap or tag in _PARAGRAPHS - {"p"}
        if tag in _LISTS and self.items:
            self.items.pop()
        if len(self.open) > 1:
            self.open.pop()

    def data(self, text: str) -> None:
        state = self.open[-1]
        if state.hidden or state.tiny or self.room <= 0:
            return
        held = "\xa0" in text
        if not text.isprintable():  # a character reference writes any character: "&#27;"
            text = clean(text)
        if state.pre:
            first, *rest = text.split("\n")
            self._write(first)
            for line in rest:
                self._break(forced=True)
                self._write(line)
            return
        self.held = self.held or held
        text = _SPACE.sub(" ", text)
        if not self.pieces or self.pieces[-1].endswith(" "):
            text = text.lstrip()
        self._write(text)

    def comment(self, text: str) -> None:
        """Comments, conditional ones too, are for programs."""

    def close(self) -> list[Line]:
        self._break()
        return self.lines

    def _item(self) -> str:
        number = self.items[-1] if self.items else None
        if number is None:
            return "- "
        self.items[-1] = number + 1
        return f"{number}. "

    def _write(self, text: str) -> None:
        if text:
            self.room -= len(text)
            if not self.pieces:
                self.begun = self.open[-1]
            self.pieces.append(text)

    def _break(self, *, forced: bool = False) -> None:
        """Ends the line being written; `forced` also when nothing is written on it. Outlook writes
        an empty line as a paragraph with a no-break space."""
        text = "".join(self.pieces).rstrip()
        state = self.begun if self.pieces else self.open[-1]
        held, self.held, self.pieces = self.held, False, []
        if not text:
            self.gap = self.gap or forced or held
            return
        if self.gap and self.lines:
            between = min(state.depth, self.depth)
            self.lines.append(Line(("> " * between).rstrip(), state.mark))
        self.gap = False
        self.depth = state.depth
        mark = Mark.HISTORY if self.history else state.mark
        self.history = False
        self.lines.append(Line("> " * state.depth + text, mark))


def _inside(outer: _State, tag: str, attributes: Mapping[str, str]) -> _State:
    """The state inside an element."""
    state = outer
    if tag in _UNSEEN:
        state = replace(state, hidden=True)
    elif tag == "pre":
        state = replace(state, pre=True)
    elif tag == "blockquote" and _quotes(attributes):
        state = replace(state, depth=min(state.depth + 1, MAX_QUOTE))
    return _attributed(state, attributes) if attributes else state


def _attributed(state: _State, attributes: Mapping[str, str]) -> _State:
    style = _style(attributes)
    classes = set(attributes.get("class", "")[:500].split())
    name = attributes.get("id", "")[:200]
    if white_space := _WHITE_SPACE.search(style):
        state = replace(state, pre=bool(white_space[1]))
    if "hidden" in attributes or _HIDDEN.search(style) or any(map(_PREHEADER.search, classes)):
        state = replace(state, hidden=True)
    if size := _FONT_SIZE.search(style):
        state = replace(state, tiny=not size[1].strip("0."))
    if classes & _QUOTED_CLASSES or name in _QUOTED_IDS or attributes.get("name") == "quote":
        state = replace(state, mark=Mark.QUOTED)
    elif classes & _SIGNATURE_CLASSES or name in _SIGNATURE_IDS:
        state = replace(state, mark=Mark.SIGNATURE)
    return state


def _first(attributes: Mapping[str, str]) -> int:
    """The number a list begins with: Outlook makes a new list of each item."""
    start = attributes.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 5 else 1


def _quotes(attributes: Mapping[str, str]) -> bool:
    """Whether a blockquote quotes: Gmail's button "indent more" makes one without a border."""
    style = _style(attributes)
    return "border:none" not in style or "border-left" in style


def _spaced(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element stands off from the one above. Outlook writes each line as a paragraph
    without margins, and gives some of them margins again."""
    if tag != "p":
        return tag in _PARAGRAPHS
    margins = _MARGIN.findall(attributes.get("style", "")[:2000].lower())
    if not margins:
        return not attributes.get("class", "").startswith("Mso")
    # Of a shorthand the first length is the upper margin, the third the lower one.
    return any(_LENGTH.match(length) for margin in margins for length in margin.split()[:3:2])


def _style(attributes: Mapping[str, str]) -> str:
    style = attributes.get("style", "")
    return _SPACE.sub("", style[:2000].lower()) if style else ""
