"""Lists of faults in what the operator wrote: configuration, letters, corpus; a line each."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from triage.cli.phrase import worded
from triage.cli.terminal import clean

if TYPE_CHECKING:  # sentences are part of `triage --help`, the rooms below are not
    from triage.classifier import Fault as LineFault
    from triage.config import Problem
    from triage.orders import CellFault
    from triage.reply.grammar import Fault

# What is wrong with one key of the configuration, after the key's path.
PROBLEMS = {
    "unknown-key": "there is no such key{meant:. Did you mean %s?}",
    "missing": "must be given",
    "empty": "must not be empty",
    "twice": "stands in the list twice",
    "wrong-type": "must be {wanted}, but is {found}",
    "out-of-range": "must lie between {low} and {high}",
    "control-character": "must be one line of printable characters",
    "no-such-home": "names the home folder of nobody on this machine",
    "not-a-choice": "must be one of {options}",
    "not-a-probability": "must be a number between 0 and 1, such as 0.7",
    "not-a-duration": 'must be a length of time such as "7 days", "2 hours", "90 seconds"',
    "not-a-date-format": 'must say how day, month and year are written, such as "%d/%m/%Y"',
    "not-an-hour": 'must be an hour such as "07:30", or ""',
    "not-a-day": "must be a day such as 2026-12-24",
    "not-days-off": "must be a day, or the first and the last of at most a year such as"
    ' "2026-12-24..2027-01-01"',
    "too-long": "must not be longer than {limit} characters",
    "not-plain": "must be plain sentences, without any of {{ }} [ ] < > | \\",
    "over-too-soon": "must lie at least {days} days after from: so much later a draft may be sent",
    "discourteous": "says what no letter should. {reason}",
    "not-a-size": 'must be a size such as "25 MB"',
    "not-an-address": 'must be an address such as "Anna <anna@shop.example>"',
    "not-a-host": 'must be the name of a server such as "imap.shop.example"; the port has a key of'
    " its own",
    "not-a-label": "must not be one of Gmail's own, such as Inbox or Trash",
    "not-a-keyword": "must be one word of plain letters; IMAP takes no others",
    "not-a-command": "must be a program and its arguments",
    "unbalanced-quotes": "has a quotation mark without its partner",
    "not-a-variable": "must be the name of an environment variable, not its value",
    "not-a-credential": "must be the name of a credential, not its path or its value",
    "above-flag": "must not lie above classifier.flag",
    "no-accounts": "there is none. Add a table [accounts.NAME]; config.example.toml shows one",
    "account-name": "must be letters, digits, and - _ . only: the name stands in log lines",
    "address-twice": "has an address that belongs to {other} already",
    "mailbox-twice": "watches {mailbox}, which {other} watches already",
    "watched-too": "names a folder that stands in mailboxes too",
    "teaching-too": "names a folder that lies in the one of teaching",
    "plain-text-abroad": 'may be "none" only where host is this machine',
    "password-in-config": "a password must not stand in this file. Put it into a file that only you"
    " can read and name that in password_file, or use password_command, password_env or"
    " password_credential",
    "no-password-source": "must be given, or one of password_file, password_env,"
    " password_credential",
    "second-order-book": "must not be given beside file: there is one order book",
    "second-password-source": "must not be given beside {first}: there is one source",
}

# What is wrong with a template, after its file and line.
FAULTS = {
    "missing-folder": "there is no such folder",
    "missing-file": "is no file",
    "misplaced-file": "letters lie in {about}; move it there",
    "unknown-file": "no letter is called {about}{meant}{there: There are: %s}",
    "unreadable": "cannot be read: {about}",
    "too-large": "is larger than {about} octets",
    "not-utf-8": "is not UTF-8; save it as that",
    "syntax": "is no template: {about}",
    "cannot-render": "makes no letter ({about})",
    "not-allowed": "{about} is not allowed in a letter",
    "unknown-name": "there is no {about}{meant}{there: There are: %s}",
    "unknown-block": "there is no block {about}{meant}{there: There are: %s}",
    "outside-blocks": "text outside the blocks never reaches a letter",
    "extends-itself": "extends itself",
    "unknown-template": "there is no {about} to extend{meant}{there: There are: %s}",
}

# What is wrong with a line of a corpus or a row of labelled texts, after its file, line and field.
LINES = {
    "not-json": "is no JSON",
    "not-an-object": "is no JSON object",
    "missing": "is missing",
    "not-text": "must be text",
    "not-0-or-1": "must be 0 or 1",
    "unknown-topic": "names no topic there is",
    "not-a-list": "must be a list",
    "unknown-signal": "names a signal that does not exist",
    "empty": "is empty",
    "contradicts": "line {other} says otherwise of the same text. Keep the one that is right",
    "too-long": "is longer than any mail's text",
    "quotes": "a quotation mark has no partner, or the line is too long",
    "width": "has more or fewer cells than the first line",
    # and with a mail, after its file
    "no-header": "is no mail: it has no header (the name of a table ends in .jsonl or .csv)",
    "nested-too-deep": "its parts are nested too deep",
    "file-unreadable": "cannot be read. See its owner and mode",
    "file-too-large": "is too large for a mail",
    "message-broke-triage": "triage met an error of its own in it. Please report it",
}

# What is wrong with a row of the order book, after its line.
ROWS = {
    "quotes": "a quotation mark has no partner",
    "width": "it has more or fewer cells than the first line",
    "no-number": "it has no order number",
    # and with one cell of a row that is used all the same
    "date": "this is no date, or set orders.dates to say how dates are written",
    "address": "this is no address that mail can be sent to",
    "status": "this word is not known, so no letter tells how far the order is",
}


def problem(found: "Problem") -> str:
    """One line on one key of the configuration."""
    return f"  {clean(found.key)}: {worded(PROBLEMS, found.kind, found.facts)}"


def faults(found: "Iterable[Fault]") -> list[str]:
    """A line on each place of a template. All the names there are stand in the first that needs
    them."""
    lines = []
    told: set[tuple[str, ...]] = set()
    for each in found:
        lines.append(fault(each, all_there=each.there not in told))
        told.add(each.there)
    return lines


def fault(found: "Fault", *, all_there: bool = True) -> str:
    """One line on one place of a template."""
    line = f", line {found.line}" if found.line else ""
    return f"  {clean(found.file)}{line}: {_about(found, all_there=all_there)}"


def meant(word: str, there: Sequence[str]) -> str:
    """What to say behind a name that does not exist: the nearest that does, if one is near."""
    near = get_close_matches(word, there, n=1)
    return f"; did you mean {near[0]}?" if near else "."


def _about(found: "Fault", *, all_there: bool) -> str:
    """What is wrong there. The rules of a good reply bring their own reasons."""
    if found.kind in FAULTS:
        facts = {"about": found.about, "meant": meant(found.about, found.there)}
        there = ", ".join(found.there) if all_there else ""
        return worded(FAULTS, found.kind, facts | {"there": there})
    from triage.reply.courtesy import RULES  # noqa: PLC0415 (sentences are part of `--help`)

    quoted = f'"{clean(found.about)}": ' if found.about else ""
    return f"{quoted}{RULES[found.kind].reason}"


def line_fault(found: "LineFault") -> str:
    """One line on one line of a corpus, or on a mail."""
    line = f", line {found.line}" if found.line else ""
    where = f"{clean(found.file)}{line}{f', {found.field}' if found.field else ''}"
    return f"  {where}: {worded(LINES, found.kind, {'other': found.other})}"


def row_fault(found: "CellFault") -> str:
    """One line on one row of the order book."""
    column = f", {found.column}" if found.column else ""
    return f"  line {found.line}{column}: {worded(ROWS, found.kind, {})}"
