"""A letter as a customer would get it, of a sample of its case or of a mail in a file."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from triage.cli.cases import answers
from triage.cli.explain import NOBODY, desk
from triage.cli.findings import letter as told
from triage.cli.newfile import write_new
from triage.cli.setting import now
from triage.cli.terminal import clean, columns, say
from triage.config import Config
from triage.errors import MessageError
from triage.finding import explain
from triage.learning.mailfile import mails
from triage.message import Address
from triage.reply import draft_id
from triage.reply.cases import CASES, Case, case_of
from triage.reply.letters import Letters
from triage.reply.mime import mail
from triage.reply.samples import fullest, of_shop
from triage.reply.samples import samples as samples_of

CUSTOMER = Address("Maria Silva", "maria.silva@customer.example")
SUBJECT = "Re: My order"
_QUOTED = re.compile(r"(?:> ?)*")


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter, which case it answers, and the whole mail."""

    text: str
    case: str
    raw: bytes


def samples(config: Config, letter: str, *, every: bool) -> Iterator[Shown]:
    """The letter for the fullest sample of each of its rows; or each wording it can have."""
    letters = Letters.load(config.templates, voice=config.shop.voice)
    sender = config.accounts[0].address if config.accounts else NOBODY
    situations = samples_of(letter) if every else map(fullest, _rows(letter))
    seen = set()
    for sample in situations:
        found = of_shop(sample, config.shop, sender)
        made = letters.render(found)
        if made.text in seen:
            continue
        seen.add(made.text)
        raw = mail(
            from_=sender,
            to=None if made.missing else CUSTOMER,
            subject=SUBJECT,
            in_reply_to=None,
            references=(),
            message_id=draft_id(sender.addr, letter, 1),
            date=now(),
            body=made.text,
        )
        yield Shown(made.text, answers(case_of(found)), raw)


def _rows(letter: str) -> list[Case]:
    return [case for case in CASES if case.letter == letter]


def of_mail(config: Config, file: str) -> Iterator[Shown]:
    """The draft that a mail would get. Raises MessageError where there is none."""
    nothing = MessageError("file-unreadable", why="there is no mail in it")
    content = next((each.content for each in mails((file,))), nothing)
    if isinstance(content, MessageError):
        raise content
    finding = explain(desk(config), content, now())
    if finding.error:
        raise finding.error
    draft = finding.draft
    if draft is None:
        say(f"No letter: {clean(told(finding))}")
        return
    (*_, case) = _rows(draft.template)
    yield Shown(draft.body, f"{draft.template}, for {answers(case)}", draft.raw)


def show_all(letters: Iterable[Shown], file: Path | None) -> None:
    """Each letter, below it its case. The first is written to the file, where one is named."""
    for number, each in enumerate(letters):
        if number:
            say()
        say(_laid_out(clean(each.text, lines=True).rstrip()))
        say(f"\n-- {each.case}")
        if file and number == 0:
            write_new(file, each.raw, private=True)  # a customer's words may stand in it
            say(f"-- written to {clean(file)}")


def _laid_out(text: str) -> str:
    """As wide as the terminal; elsewhere one line a paragraph. Quotes stay quotes."""
    room = columns()
    if room == sys.maxsize:
        return text
    return "\n".join(part for line in text.split("\n") for part in _wrapped(line, room))


def _wrapped(line: str, room: int) -> list[str]:
    quoted = _QUOTED.match(line)
    mark = quoted[0] if quoted else ""
    return wrap(line, room, subsequent_indent=mark, break_on_hyphens=False) or [""]
