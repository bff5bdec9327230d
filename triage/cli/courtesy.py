"""`triage courtesy`: what a letter should not say to a customer, and what to write instead."""

import json
from collections.abc import Iterator, Sequence

import click

from triage.cli.sentences import sentence
from triage.cli.terminal import clean, colour, count, say
from triage.errors import MessageError
from triage.learning.mailfile import MailFile, mails
from triage.reply.courtesy import Breach, Severity, breaches
from triage.reply.written import Written, written

COLOURS = {Severity.REFUSE: "red", Severity.ADVISE: "yellow"}


@click.command
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--day", "days", multiple=True, metavar="DAY", help="A day that the letter may name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a letter, one a line.")
def command(files: tuple[str, ...], days: tuple[str, ...], *, as_json: bool) -> None:
    """Say what a letter should not say, and what to write instead.

    FILE is a letter as plain text, a draft (.eml), an mbox, a Maildir, or - for standard input. The
    mail that it answers, quoted below, is left out. Told are the line, the rule, the words, why,
    and an example of what to write instead: "refuse" for what no customer should read, "advise"
    on tone and length. A day is a promise where the sentence promises; --day "3 March" allows one.
    English only.

    Exit status: 0, also where there is advice; 1 when a letter should not be sent as it is, or
    could not be read.

    \b
    Examples:
      triage courtesy letter.txt
      triage courtesy --json ~/Maildir/.Drafts > findings.jsonl
      triage courtesy --day "24 December" - < draft.eml
    """
    refused = False
    for mail in mails(files):
        try:
            letter = _letter(mail)
        except MessageError as error:
            refused = True
            if as_json:
                say(json.dumps({"file": mail.name, "error": error.kind}))
            else:
                say(f"{clean(mail.name)}: {sentence(error)}")
            continue
        found = breaches(letter.text, days, draft=True)
        refused |= any(breach.rule.severity is Severity.REFUSE for breach in found)
        if as_json:
            findings = [_row(letter, breach) for breach in found]
            say(json.dumps({"file": mail.name, "findings": findings}))
        else:
            say("\n".join(_lines(mail.name, letter, found)))
    if refused:
        raise click.exceptions.Exit(1)


def _letter(mail: MailFile) -> Written:
    if isinstance(mail.content, MessageError):
        raise mail.content
    return written(mail.content)


def _row(letter: Written, breach: Breach) -> dict[str, object]:
    """A finding as JSON. `line` is null where it is the letter as a whole."""
    return {
        "line": _line(letter, breach) or None,
        "rule": breach.code,
        "severity": breach.rule.severity,
        "words": breach.text,
        "why": breach.rule.reason,
        "instead": breach.rule.good,
    }


def _line(letter: Written, breach: Breach) -> int:
    return letter.lines[breach.line - 1] if breach.line else 0


def _lines(name: str, letter: Written, found: Sequence[Breach]) -> Iterator[str]:
    """One letter: each finding, and of each rule once why, and an example if it is a sentence."""
    if not found:
        yield f"{clean(name)}: nothing to mend"
        return
    yield f"{clean(name)}: {count(len(found), 'thing')} to look at"
    told: set[str] = set()
    for breach in found:
        rule, line = breach.rule, _line(letter, breach)
        where = f"line {line}" if line else "letter"
        words = f': "{clean(breach.text)}"' if breach.text else ""
        how = colour(f"{rule.severity:<8}", COLOURS[rule.severity])
        yield f"  {where:<9}{how}{rule.code}{words}"
        if rule.code in told:
            continue
        told.add(rule.code)
        yield f"{'':19}{rule.reason}"
        if "\n" not in rule.good:
            yield f"{'':19}Rather: {rule.good}"
