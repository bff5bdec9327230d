"""The board of the demonstration: a table of the mails as they are read, then the letters."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator

from triage.cli import wording
from triage.cli.findings import letter
from triage.cli.terminal import clean, colour, count, say
from triage.finding import Finding
from triage.reply import Draft
from triage.taxonomy import Outcome, Topic
from triage.verdict import PEOPLE

COLOURS = {
    Outcome.FLAGGED: "red",
    Outcome.UNSURE: "yellow",
    Outcome.FAILED: "magenta",
    Outcome.REPEAT: "cyan",
}
# Columns: the outcome, and the writer; subject and reason share the rest.
OUTCOME, WRITER, GAP = 10, 18, 2
# No narrower than can be read, no wider than the eye follows.
LEAST, MOST = 60, 120


class Board:
    """Prints what it is told of. Until the first look has ended letters are kept back, so that they
    stand below the table."""

    def __init__(self) -> None:
        self._width = min(max(shutil.get_terminal_size((100, 24)).columns, LEAST), MOST) - 1
        self._drafts: dict[str, Draft] = {}
        self._stored: list[Draft] = []
        self._counts: Counter[Outcome] = Counter()
        self._opened = False

    def handled(self, finding: Finding) -> None:
        """One more row."""
        if self._opened:
            say()
        elif not self._counts:
            say(self._row("", "outcome", "from", "subject", "why"))
            say("-" * self._width)
        self._counts[finding.outcome] += 1
        if finding.draft:
            self._drafts[finding.draft.message_id] = finding.draft
        message = finding.message
        writer = message.sender if message else None
        name = (writer.name or writer.addr) if writer else "-"
        say(
            self._row(
                COLOURS.get(finding.outcome, ""),
                wording.OUTCOMES[finding.outcome],
                name,
                message.subject if message else "-",
                why(finding),
            )
        )

    def stored(self, message_id: str) -> None:
        """A letter lies in Drafts."""
        draft = self._drafts.pop(message_id, None)
        if draft and self._opened:
            say(self._letter(draft))
        elif draft:
            self._stored.append(draft)

    def ended(self) -> bool:
        """A look at the mailbox has ended; whether it was the first."""
        if self._opened:
            return False
        self._opened = True
        seen = ", ".join(f"{self._counts[each]} {each}" for each in Outcome if self._counts[each])
        say(f"\n{count(self._counts.total(), 'mail')}: {seen}.")
        say(f"{count(len(self._stored), 'letter')} in Drafts:")
        for draft in self._stored:
            say(self._letter(draft))
        return True

    def _row(self, hue: str, outcome: str, writer: str, subject: str, reason: str) -> str:
        rest = self._width - OUTCOME - WRITER - 3 * GAP
        widths = (OUTCOME, WRITER, rest - rest // 2, rest // 2)
        reasons = textwrap.wrap(reason, widths[-1]) or [""]
        cells = [
            _cell(text, width)
            for text, width in zip((outcome, writer, subject), widths, strict=False)
        ]
        if hue:
            cells[0] = colour(cells[0], hue)
        indent = " " * (sum(widths[:3]) + 3 * GAP)
        return f"\n{indent}".join([(" " * GAP).join([*cells, reasons[0]]).rstrip(), *reasons[1:]])

    def _letter(self, draft: Draft) -> str:
        to = ", ".join(f"{each.name} <{each.addr}>".strip() for each in draft.to) or "nobody yet"
        head = textwrap.wrap(
            clean(f"{draft.subject}, to {to}"),
            self._width,
            initial_indent="== ",
            subsequent_indent="   ",
        )
        lines = [
            f"    {line}".rstrip()
            for paragraph in _without_history(draft.body)
            for line in textwrap.wrap(clean(paragraph), self._width - 4) or [""]
        ]
        return "\n".join(["", *(colour(line, "green") for line in head), "", *lines])


def why(finding: Finding) -> str:
    """The reason of an outcome in a few words: what the mail is about, or why it is left alone."""
    verdict = finding.verdict
    reason = wording.REASONS.get(finding.reason, finding.reason)
    if verdict is None or verdict.opinion is None or not verdict.opinion.known_language:
        return reason
    opinion = verdict.opinion
    match finding.outcome:
        case Outcome.FLAGGED:
            about = f"{wording.TOPICS[opinion.topic]}, {opinion.complaint:.0%} a complaint"
            return about if finding.draft else f"{about}; letter {letter(finding)}"
        case Outcome.UNSURE:
            return f"{reason} ({opinion.complaint:.0%} a complaint)"
        case Outcome.PASSED if verdict.origin.kind in PEOPLE:
            known = opinion.topic is not Topic.OTHER
            return f"{reason}: {wording.TOPICS[opinion.topic]}" if known else reason
        case Outcome.PASSED:
            return f"{reason}, written by {wording.ORIGINS[verdict.origin.kind]}"
        case _:
            return reason


def _cell(text: str, width: int) -> str:
    shown = clean(text)
    return (shown if len(shown) <= width else f"{shown[: width - 1]}…").ljust(width)


def _without_history(body: str) -> Iterator[str]:
    """The lines of a letter, but for the customer's own mail below it."""
    lines = body.rstrip("\n").split("\n")
    quoted = next((n for n, line in enumerate(lines) if line.startswith(">")), len(lines))
    yield from lines[:quoted]
    if quoted < len(lines):
        yield f"> ({count(len(lines) - quoted, 'line')} quoted)"
