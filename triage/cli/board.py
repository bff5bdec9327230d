"""The board of the demonstration: a table of the mails as they are read, then the letters."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator

from triage.cli import wording
from triage.cli.findings import letter
from triage.cli.terminal import NARROWEST, clean, colour, count, fitted, folded, say
from triage.finding import Finding
from triage.reply import Draft
from triage.taxonomy import Outcome, SignalKind, Topic
from triage.verdict import PEOPLE

# The columns of outcome, letter and writer, and what stands between two; subject and reason share
# the rest.
OUTCOME, LETTER, WRITER, GAP = 7, 6, 17, "  "
# How many lines of the customer's own mail are shown below a letter.
QUOTED = 3
# No wider than the eye follows, in columns.
WIDEST = 120
COLOURS = {
    Outcome.FLAGGED: "red",
    Outcome.UNSURE: "yellow",
    Outcome.REPEAT: "cyan",
    Outcome.FAILED: "magenta",
}


class Board:
    """Prints what it is told of. Until the first look has ended letters are kept back, so that they
    stand below the table."""

    def __init__(self) -> None:
        self._width = min(max(shutil.get_terminal_size((100, 24)).columns, NARROWEST), WIDEST)
        self._counts: Counter[Outcome] = Counter()
        self._drafts: dict[str, Draft] = {}
        self._kept: list[Draft] = []
        self._opened = False

    def handled(self, finding: Finding) -> None:
        """One more row."""
        if self._opened:
            say()
        elif not self._counts:
            say(_line(("outcome", "letter", "from", "subject", "why"), self._width))
            say("-" * self._width)
        self._counts[finding.outcome] += 1
        if finding.draft:
            self._drafts[finding.draft.message_id] = finding.draft
        say(row(finding, self._width))

    def stored(self, message_id: str) -> None:
        """A letter lies in Drafts."""
        draft = self._drafts.pop(message_id, None)
        if draft and self._opened:
            say(shown(draft, self._width))
        elif draft:
            self._kept.append(draft)

    def ended(self) -> bool:
        """A look at the mailbox has ended; whether it was the first."""
        if self._opened:
            return False
        self._opened = True
        say(f"\n{wording.tally(self._counts)}.")
        say(f"{count(len(self._kept), 'letter')} in Drafts:")
        for draft in sorted(self._kept, key=lambda draft: draft.template != "harm"):
            say(shown(draft, self._width))
        return True


def row(finding: Finding, width: int) -> str:
    """What became of a mail, in as many lines as the reason takes."""
    message, writer = finding.message, finding.writer
    name = (writer.name or writer.addr) if writer else "?"
    subject = message.subject if message else "?"
    kinds = [each.kind for each in finding.signals]
    told = [why(finding), *(wording.SIGNALS[kind] for kind in kinds)]
    # What must not be passed over stands before the reason; the table itself is in order of time.
    reason = ", ".join([told.pop(1), *told] if SignalKind.HARM in kinds[:1] else told)
    written = "yes" if finding.draft else ""
    line = _line((finding.outcome, written, name, subject, reason), width)
    hue = COLOURS.get(finding.outcome)
    return colour(line[:OUTCOME], hue) + line[OUTCOME:] if hue else line


def _line(cells: tuple[str, str, str, str, str], width: int) -> str:
    rest = width - OUTCOME - LETTER - WRITER - 4 * len(GAP)
    widths = (OUTCOME, LETTER, WRITER, rest - rest // 2)
    known = GAP.join(fitted(cell, size) for cell, size in zip(cells, widths, strict=False))
    reasons = folded(clean(cells[-1]), rest // 2)
    indent = " " * (width - rest // 2)
    return f"\n{indent}".join([f"{known}{GAP}{reasons[0]}".rstrip(), *reasons[1:]])


def why(finding: Finding) -> str:
    """The reason of an outcome: what the mail is about, or why it is left alone."""
    verdict = finding.verdict
    reason = wording.REASONS.get(finding.reason, finding.reason)
    opinion = verdict.opinion if verdict else None
    if verdict is None or opinion is None or not opinion.known_language:
        return reason
    match finding.outcome:
        case Outcome.FLAGGED:
            about = f"{wording.TOPICS[opinion.topic]} ({wording.chance(opinion.complaint)})"
            return about if finding.draft else f"{about}; no letter, {_unwritten(finding)}"
        case Outcome.UNSURE:
            return f"{reason} ({wording.chance(opinion.complaint)})"
        case Outcome.PASSED if verdict.origin.kind not in PEOPLE:
            return f"written by {wording.ORIGINS[verdict.origin.kind]}"
        case Outcome.PASSED if opinion.topic is not Topic.OTHER:
            return wording.TOPICS[opinion.topic]
        case _:
            return reason


def _unwritten(finding: Finding) -> str:
    return letter(finding).removeprefix("none: ")


def shown(draft: Draft, width: int) -> str:
    """A letter as it lies in Drafts, over the beginning of the customer's own mail."""
    to = ", ".join(f"{each.name} <{each.addr}>".strip() for each in draft.to) or "nobody yet"
    head = clean(f"== {draft.subject}, to {to}")
    text = (
        line for paragraph in _shortened(draft.body) for line in folded(clean(paragraph), width - 4)
    )
    over = (colour(line, "green") for line in textwrap.wrap(head, width, subsequent_indent="   "))
    return "\n".join(["", *over, "", *(f"    {line}".rstrip() for line in text)])


def _shortened(body: str) -> Iterator[str]:
    """The lines of a letter, and the first ones of the mail it is written over."""
    lines = body.rstrip("\n").split("\n")
    quoted = next((n for n, line in enumerate(lines) if line.startswith(">")), len(lines))
    end = quoted + QUOTED
    yield from lines[:end]
    if end < len(lines):
        yield f"> ... ({count(len(lines) - end, 'more line')})"
