"""`triage forget`: what this machine remembers of a person is erased."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

import click

from triage.account import Account
from triage.cli.keyboard import at_terminal
from triage.cli.options import Options
from triage.cli.sentences import sentence
from triage.cli.setting import configuration
from triage.cli.telling import replacing
from triage.cli.terminal import clean, columns, count, cut, say, stamp
from triage.config import Config
from triage.daemon.desk import model_of
from triage.daemon.lock import locked
from triage.errors import StateError, TriageError
from triage.learning import forgetting
from triage.learning.forgetting import Known, Learned, keys_of
from triage.learning.labels import folder
from triage.ledger import erasure
from triage.ledger.erasure import Traces
from triage.mailbox import connect
from triage.mailbox.mentions import Mention
from triage.origin import House
from triage.record import Person
from triage.reply import address_key, is_draft_id


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies on the servers: mails by account, and what could not be searched, with the
    reason."""

    mails: list[tuple[str, Mention]] = field(default_factory=list)
    unsearched: list[tuple[str, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Memory:
    """All there is of a person."""

    traces: Traces
    known: Known
    learned: Learned
    lying: Lying

    @property
    def anything(self) -> bool:
        return bool(
            self.traces.digests
            or self.traces.letters
            or self.learned.labels
            or self.learned.texts
            or self.learned.earlier
        )


@click.command
@click.argument("address")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and change nothing.")
@click.option("--offline", is_flag=True, help="Do not ask the server what lies there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    options: Options, address: str, *, yes: bool, dry_run: bool, offline: bool, as_json: bool
) -> None:
    """Erase what this machine remembers of a person.

    Erased are, by the address the person writes from: sender, subject and order number of the mails
    in the ledger, the letters that were written for them, labels of triage label and of the
    teaching folders, and the models that have learned from those. That these mails are done with
    stays, as a digest, so that none is answered again. What is to be erased is said before, and
    asked for. Stop a running triage first. When this is interrupted, give it again: it finishes.

    Mails on the server are yours, and stay. They are searched for, and listed with folder, date and
    subject; nothing there is changed. Your order book is not looked at.

    Exit status: 0; 1 when you said no; 75 when triage is running.

    \b
    Examples:
      triage forget ada@customer.example --dry-run
      triage forget ada@customer.example
    """
    config = configuration(options)
    person = _person(config, address)
    asks = not (yes or dry_run)
    if asks and (as_json or not at_terminal()):
        raise click.UsageError("It asks before it erases. Give --yes, or --dry-run to see.")
    with nullcontext() if dry_run else _alone(config):
        memory = _memory(config, person, offline=offline)
        if not as_json:
            for line in _words(person, memory):
                say(line)
        wanted = not dry_run
        if asks and memory.anything:
            wanted = click.confirm("Erase all that?", default=False)
        if wanted:
            _erase(config, person, memory)
    if as_json:
        say(json.dumps(_row(person, memory, erased=wanted and memory.anything)))
        return
    if wanted and memory.anything:
        say("Erased.")
    for line in _lying(person, memory.lying, offline=offline):
        say(line)
    if not wanted and not dry_run:
        raise click.exceptions.Exit(1)


def _person(config: Config, address: str) -> Person:
    key = address_key(address.strip())
    if not key:
        raise click.UsageError("That is no address. Give it bare, such as ada@customer.example.")
    person = Person(key)
    if any(person.is_his(own.addr) for each in config.accounts for own in each.addresses):
        raise click.UsageError("That is an address of your own.")
    return person


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Nobody else works with the state, and no labels are given meanwhile."""
    try:
        with locked(config.state), locked(folder(config.state)):
            yield
    except StateError as error:
        if error.kind != "state-locked":
            raise
        raise StateError("state-at-work", pid=error.facts["pid"]) from error


def _memory(config: Config, person: Person, *, offline: bool) -> Memory:
    lying = Lying()
    for account in () if offline else config.accounts:
        try:
            _search(account, person, lying)
        except TriageError as error:
            lying.unsearched.append((account.name, sentence(error)))
    traces = erasure.traces(config.state, person)
    known = Known(person, traces, lying.keys)
    return Memory(traces, known, forgetting.find(config.state, known), lying)


def _search(account: Account, person: Person, lying: Lying) -> None:
    with connect(account, is_ours=is_draft_id) as session:
        found = list(session.mentions(person.key, person.is_his))
        mails = [each for each in found if isinstance(each, Mention)]
        lying.mails.extend((account.name, each) for each in mails)
        unsearched = (each for each in found if isinstance(each, str))
        lying.unsearched.extend((account.name, mailbox) for mailbox in unsearched)
        house = House(account.addresses, account.own_lists)
        lying.keys.update(keys_of(session, mails, house))


def _erase(config: Config, person: Person, memory: Memory) -> None:
    """What tells of the person goes last, so that what is interrupted can be finished."""
    learned = memory.learned
    if learned.mails:
        erasure.unteach(config.state, learned.mails)
    forgetting.erase(config.state, memory.known, learned)
    erasure.erase(config.state, person)
    if learned.texts and not config.model:
        model_of(config, replacing)


def _words(person: Person, memory: Memory) -> Iterator[str]:
    if not memory.anything:
        yield f"This machine remembers nothing of {clean(person.key)}."
        return
    learned = memory.learned
    yield f"Of {clean(person.key)} this machine remembers:"
    if mails := len(memory.traces.digests):
        yield f"  {count(mails, 'mail')} in the ledger: who wrote, the subject, the order"
    if memory.traces.letters:
        yield f"  {count(memory.traces.letters, 'letter')} in the ledger"
    if learned.labels:
        yield f"  {count(learned.labels, 'label')} with what was written"
    if learned.texts:
        yield f"  {count(learned.texts, 'text')} learned: the model is made anew, in a minute"
    if learned.earlier:
        yield f"  {count(len(learned.earlier), 'earlier model')}, which --rollback has no more then"


def _lying(person: Person, lying: Lying, *, offline: bool) -> Iterator[str]:
    if offline:
        yield "The server was not asked what lies there."
        return
    if lying.mails:
        yield "On the server lie, and stay until you delete them (triage deletes no mail of yours):"
    for account, each in lying.mails:
        day = stamp(each.moment.timestamp())[:10] if each.moment else ""
        where = f"{account}: {each.mailbox}"
        yield cut(clean(f"  {where:<24}  {day:<10}  {each.subject}"), columns())
    for account, why in lying.unsearched:
        yield clean(f"Not searched: {account}: {why}")
    if not (lying.mails or lying.unsearched):
        yield f"On the server no mail from or to {clean(person.key)} is found."


def _row(person: Person, memory: Memory, *, erased: bool) -> dict[str, object]:
    """One JSON object; its keys are stable."""
    learned = memory.learned
    return {
        "address": person.key,
        "erased": erased,
        "mails": len(memory.traces.digests),
        "letters": memory.traces.letters,
        "labels": learned.labels,
        "learned": learned.texts,
        "earlier": len(learned.earlier),
        "on_server": [
            {
                "account": account,
                "mailbox": each.mailbox,
                "uid": each.uid,
                "when": stamp(each.moment.timestamp()) if each.moment else None,
                "subject": each.subject,
            }
            for account, each in memory.lying.mails
        ],
        "not_searched": [
            {"account": account, "why": why} for account, why in memory.lying.unsearched
        ],
    }
