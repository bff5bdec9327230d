"""What the writer wrote this time, told from the mail he answers and from his signature. Pure.

Own code, as neither library would do. mail-parser-reply 1.36 takes a line that begins "Thanks,"
or "- " and all below it for the signature, wants to be told the language, and needs 3.4 s for a
line of 12 kB. quotequail 0.5.4 cuts below a customer's own line "On Monday you wrote:", loses
answers between quoted lines, knows no signature, nor Italian, Danish, Norwegian and Finnish.

Missing a complaint because a cut was too greedy is the worst that can happen here, so what is in
doubt stays.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from triage.message import phrases
from triage.message.lines import Line, Mark
from triage.message.types import Body

MAX_ATTRIBUTION = 4  # lines "On ... wrote:" may wrap over
MAX_HEADER = 16  # lines of the header of the mail answered
MAX_WRAPPED = 3  # lines a field of it may wrap over
MAX_LINE = 300  # characters of a line of either kind
MAX_SENT_FROM = 120  # characters
FEW_GREETING = 3  # words of "Dear Ann Miller,"
MAX_SIGNATURE = 12  # lines; what is longer may be more than a signature
FEW_WORDS = 20  # of his own; with fewer the matter may stand below
FEW_BESIDES = 50  # the same in a mail passed on: also his greeting, name and address
FEW_NAMES = 6  # words of "Ann Miller wrote:", which names no day, and of "Dear Mr and Mrs Miller,"

_ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]")
_WHEN = re.compile(r"(?<!\d)(?:\d{1,2}[:.h]\d{2}|(?:19|20)\d{2})(?!\d)")
_COLONS = (":", "：")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"\w{4}[.!?]$")
_RULE = re.compile(r"[_=*-]{10,}")


class _Kind(Enum):
    NEW = auto()
    QUOTED = auto()  # marked line by line: what stands between is new
    HISTORY = auto()  # the rest below a line that says so
    SIGNATURE = auto()


def body(lines: Sequence[Line], *, subject: str = "", answers: bool = False) -> Body:
    """The body made of these lines. `answers` says whether the mail names one it answers."""
    lines = _single_spaced(lines)
    kinds = _signature(lines, _quotation(lines))
    if _matter_below(lines, kinds, subject, answers=answers):
        kinds = [_Kind.NEW if kind is not _Kind.SIGNATURE else kind for kind in kinds]

    def joined(*wanted: _Kind) -> str:
        chosen = [line for line, kind in zip(lines, kinds, strict=True) if kind in wanted]
        return "\n".join(line.text for line in _single_spaced(chosen)).strip("\n")

    text = joined(*_Kind)
    new = joined(_Kind.NEW)
    if not new:
        return Body(text=text, new=text, quoted="", signature="")
    return Body(
        text=text,
        new=new,
        quoted=joined(_Kind.QUOTED, _Kind.HISTORY),
        signature=joined(_Kind.SIGNATURE),
    )


def _single_spaced(lines: Sequence[Line]) -> list[Line]:
    """Without more than one empty line together, and without spaces at the ends."""
    spaced: list[Line] = []
    for line in lines:
        text = line.text.rstrip()
        if text or (spaced and spaced[-1].text):
            spaced.append(line if text == line.text else replace(line, text=text))
    return spaced


def _quotation(lines: Sequence[Line]) -> list[_Kind]:
    """Which lines are quoted. Whatever is not, is new."""
    kinds = [_Kind.NEW] * len(lines)
    at = 0
    while at < len(lines):
        if lines[at].mark is Mark.HISTORY or _opens_history(lines, at):
            start = _above_rule(lines, at)
            kinds[start:] = [_Kind.HISTORY] * (len(lines) - start)
            break
        if lines[at].mark is Mark.QUOTED or _is_quoted(lines[at]):
            kinds[at] = _Kind.QUOTED
        elif length := _attribution(lines, at):
            below = _next_text(lines, at + length)
            if not _is_quoted(lines[below]):
                kinds[at:] = [_Kind.HISTORY] * (len(lines) - at)
                break
            kinds[at:below] = [_Kind.QUOTED] * (below - at)
            at = below - 1
        at += 1
    return kinds


def _is_quoted(line: Line) -> bool:
    """Whether a line is quoted. ">>> LOOK HERE <<<" is not."""
    return line.text.startswith((">", " >")) and not line.text.endswith("<")


def _next_text(lines: Sequence[Line], at: int) -> int:
    """The first line from `at` on that is not empty; the number of lines when there is none."""
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at


def _attribution(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on are "On ... Ann wrote:", 0 for none.

    Above other text than quoted lines it must name a time and an address, which no sentence does.
    """
    length = _paragraph_to_colon(lines, at)
    below = _next_text(lines, at + length)
    if not length or below == len(lines):
        return 0
    folded = " ".join(line.text.strip() for line in lines[at : at + length]).casefold()
    verb = phrases.WROTE.search(folded) or folded.startswith(phrases.QUOTING)
    address = _ADDRESS.search(folded)
    dated = _WHEN.search(folded)
    if _is_quoted(lines[below]):
        named = verb and (address or dated or len(folded.split()) <= FEW_NAMES)
        return length if named or (address and dated) else 0
    return length if verb and address and dated else 0


def _paragraph_to_colon(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on make one saying that ends in a colon, 0 for none."""
    if not any(line.text.endswith(_COLONS) for line in lines[at : at + MAX_ATTRIBUTION]):
        return 0
    first = lines[at].text.strip().casefold()
    opens = phrases.LEAD.match(first) or _ADDRESS.search(first) or phrases.WROTE.search(first)
    wraps = opens and any(map(str.isdigit, first))
    for length, line in enumerate(lines[at : at + MAX_ATTRIBUTION], start=1):
        text = line.text.strip().casefold()
        begins = length > 1 and phrases.LEAD.match(text) and _WHEN.search(text)
        if not text or len(text) > MAX_LINE or text.startswith(">") or begins:
            return 0
        if text.endswith(_COLONS):
            return length
        if not wraps or _SENTENCE_END.search(text):
            return 0
    return 0


def _opens_history(lines: Sequence[Line], at: int) -> bool:
    """Whether the mail answered or forwarded begins here, unmarked."""
    return _separator(lines[at].text) is not None or _is_header(lines, at)


def _separator(text: str) -> bool | None:
    """Whether "-----Original Message-----" and its kin announce a forwarded mail; None: no such
    line."""
    text = text.strip()
    dashed = text.startswith("--")
    if not (dashed or text.endswith(":")) or len(text) > MAX_LINE:
        return None
    words = text.strip("-_=*: \t").casefold()
    if words in phrases.FORWARDED or (dashed and words.startswith(phrases.FORWARDED)):
        return True
    return False if words in phrases.ORIGINAL else None


def _is_header(lines: Sequence[Line], at: int) -> bool:
    """Whether the header of another mail stands here: From and two of Date, To, Cc, Subject, with
    a Subject or an address among them ("From: Leeds, To: London" is a parcel's way)."""
    if _label(lines[at].text) not in {"from", "date"}:
        return False
    kinds: set[str] = set()
    address = False
    unlabelled = 0
    for line in lines[at : at + MAX_HEADER]:
        kind = _label(line.text)
        if kind:
            kinds.add(kind)
            address = address or "@" in line.text
            unlabelled = 0
        elif line.text.strip():
            unlabelled += 1  # a field wraps: many recipients
            if unlabelled > MAX_WRAPPED:
                break
    of_mail = "from" in kinds and len(kinds & {"date", "to", "cc", "subject"}) >= 2
    return of_mail and (address or "subject" in kinds)


def _label(text: str) -> str | None:
    """Which field of a header this line is, also when its name is in *bold*."""
    name, colon, _ = text[:60].partition(":")
    return phrases.LABELS.get(name.strip("*_ \t").casefold()) if colon else None


def _above_rule(lines: Sequence[Line], at: int) -> int:
    """Where the history begins that opens at `at`: a rule drawn above it belongs to it."""
    above = at - 1
    while above >= 0 and not lines[above].text.strip():
        above -= 1
    return above if above >= 0 and _RULE.fullmatch(lines[above].text.strip()[:200]) else at


def _matter_below(
    lines: Sequence[Line], kinds: Sequence[_Kind], subject: str, *, answers: bool
) -> bool:
    """Whether the writer passes on another mail and says next to nothing himself.

    Then the matter stands in what he passed on: a complaint forwarded, or a form's mail, whose
    fields look like a header.
    """

    def texts(wanted: _Kind) -> list[str]:
        return [line.text for line, kind in zip(lines, kinds, strict=True) if kind is wanted]

    history = texts(_Kind.HISTORY)
    said = " ".join(texts(_Kind.NEW)).casefold().strip()
    words = len(_WORD.findall(said))
    if subject.casefold().startswith(phrases.FORWARD_PREFIXES) or any(map(_separator, history[:2])):
        return words < FEW_BESIDES
    if history and words <= FEW_NAMES and said.endswith(","):
        return True  # "Dear Sam," and the letter stands below what it answers
    return words < FEW_WORDS and bool(phrases.BELOW.search(said) or (history and not answers))


def _signature(lines: Sequence[Line], kinds: Sequence[_Kind]) -> list[_Kind]:
    """`kinds` with the signature told from what is new.

    Below nothing but a greeting stands no signature: some write their letter into it.
    """
    found = list(kinds)
    said = 0  # words above
    at = 0
    while at < len(lines):
        if kinds[at] is not _Kind.NEW:
            at += 1
            continue
        until = at + 1
        if said > FEW_GREETING and lines[at].mark is Mark.SIGNATURE:
            while until < len(lines) and lines[until].mark is Mark.SIGNATURE:
                until += 1
        elif said > FEW_GREETING and lines[at].text == "--":
            while until < len(lines) and kinds[until] is _Kind.NEW:
                until += 1
        elif not _is_sent_from(lines[at].text):
            said += len(lines[at].text.split())
            at = until
            continue
        if sum(bool(line.text.strip()) for line in lines[at:until]) <= MAX_SIGNATURE:
            found[at:until] = [_Kind.SIGNATURE] * (until - at)
        at = until
    return found


def _is_sent_from(text: str) -> bool:
    """Whether a phone signed this line: "Sent from my iPhone"."""
    if len(text) > MAX_SENT_FROM:
        return False
    folded = text.strip("*_-<>[]() \t").casefold()
    if phrases.SENT_FROM.match(folded):
        return phrases.DEVICE.search(folded) is not None
    return phrases.GET_APP.match(folded) is not None
