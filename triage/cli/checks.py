"""What `triage check` tries, each thing with what was found and, where it fails, how to mend it."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from shutil import disk_usage

from triage.account import Account, PasswordFrom, Security
from triage.cli.faults import fault
from triage.cli.orders import book_told, command_told
from triage.cli.sentences import sentence
from triage.cli.teaching import teaching_told
from triage.cli.telling import replacing
from triage.cli.terminal import count
from triage.config import SYSTEM_STATE, Config
from triage.daemon.desk import model_of
from triage.errors import TriageError, UserError
from triage.ledger import Ledger
from triage.mailbox import Session
from triage.order import Command, Export
from triage.reply.letters import Letters
from triage.reply.notice import Notice
from triage.reply.plain import day_words

# Room for the ledger and for a model being built, in octets.
ROOM = 200_000_000
# No clock is right that lies before this program, or a lifetime after it.
WRITTEN = datetime(2025, 11, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """How a check went. Only `FAIL` keeps triage from its work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"  # a step before it failed


@dataclass(frozen=True, slots=True)
class Check:
    """One thing tried, and what was found. `account` is "" where it concerns them all."""

    subject: str
    state: State
    found: str
    account: str = ""


def ground(config: Config, now: datetime) -> Iterator[Check]:
    """What all accounts stand on: files, model, letters, orders, clock. Changes nothing."""
    if config.path:
        yield _file("config file", config.path)
    yield _state_folder(config.state)
    yield _ledger(config)
    yield _model(config)
    yield _letters(config)
    if config.shop.notices:
        yield notices(config.shop.notices, now.date())
    if config.orders:
        yield _orders(config.orders, now.date())
    yield clock(now)


def _tried(subject: str, find: Callable[[], str], account: str = "") -> Check:
    try:
        return Check(subject, State.OK, find(), account)
    except TriageError as error:
        return Check(subject, State.FAIL, sentence(error), account)


def _file(subject: str, path: Path) -> Check:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Check(subject, State.FAIL, f"{path} cannot be read: {error.strerror}.")
    return file_mode(subject, path, mode)


def file_mode(subject: str, path: Path, mode: int) -> Check:
    """Who may change the configuration may run programs as triage (password_command); who may read
    it learns where the passwords are."""
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Check(
            subject, State.FAIL, f"{path} can be changed by others. Run: chmod go-w {path}"
        )
    if mode & stat.S_IROTH:
        return Check(subject, State.WARN, f"{path} can be read by all. Run: chmod o-r {path}")
    return Check(subject, State.OK, str(path))


def _state_folder(folder: Path) -> Check:
    subject = "state folder"
    there = next(path for path in (folder, *folder.absolute().parents) if os.access(path, os.F_OK))
    if folder == SYSTEM_STATE and there != folder:
        found = f"{folder} is not there yet. systemd makes it when the service first starts."
        return Check(subject, State.WARN, found)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        found = f"{there} cannot be written to. See its owner and mode, or set state in the config."
        return Check(subject, State.FAIL, found)
    if disk_usage(there).free < ROOM:
        found = f"The disk of {folder} has less than {ROOM // 1_000_000} MB left. Make room."
        return Check(subject, State.WARN, found)
    if there != folder:
        return Check(subject, State.OK, f"{folder}, made when it is needed")
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        found = (
            f"{folder} is open to others. Give triage a folder of its own, of mode 700, in state."
        )
        return Check(subject, State.WARN, found)
    return Check(subject, State.OK, str(folder))


def _ledger(config: Config) -> Check:
    """Opened as a copy: the file itself is left alone."""

    def find() -> str:
        for account in config.accounts[:1]:  # one file holds them all
            Ledger.open_copy(config.state, account.address.key).close()
        return "sound"

    return _tried("ledger", find)


def _model(config: Config) -> Check:
    try:
        model = model_of(config, replacing)
    except TriageError as error:
        return Check("model", State.FAIL, sentence(error))
    cut = config.thresholds(model.thresholds)
    found = f"flags from {cut.flag:.0%} on, lists as unsure from {cut.unsure:.0%} on"
    if model.encoder or config.encoder or config.model:
        return Check("model", State.OK, found)
    more = "It goes by words alone, and misses more. In a clone of triage run"
    return Check("model", State.WARN, f"{found}\n{more}: pipx install --force '.[semantic]'")


def _letters(config: Config) -> Check:
    """What would be embarrassing fails; of their tone there is advice."""
    try:
        letters = Letters.load(config.templates, voice=config.shop.voice)
    except UserError as error:
        return Check("letters", State.FAIL, sentence(error))
    found = f"{config.templates} before triage's own" if config.templates else "triage's own"
    advice = map(fault, letters.advice)
    return Check("letters", State.WARN if letters.advice else State.OK, "\n".join([found, *advice]))


def notices(told: Sequence[Notice], today: date) -> Check:
    """Which are over, and advice on their tone. What no letter should say the configuration has
    refused."""
    advice = []
    for number, notice in enumerate(told, start=1):
        if notice.until < today:
            over = day_words(notice.until, year=notice.until.year != today.year)
            advice.append(f"Notice {number} is over since {over}: it can go.")
        advice += [
            f'Notice {number}: "{breach.text}": {breach.rule.reason}'
            for breach in notice.breaches()
        ]
    found = "\n".join(advice) or count(len(told), "notice")
    return Check("notices", State.WARN if advice else State.OK, found)


def _orders(given: Export | Command, today: date) -> Check:
    """Rows that cannot be used keep the others from nothing."""
    try:
        told = command_told(given) if isinstance(given, Command) else book_told(given, today)
    except UserError as error:
        return Check("orders", State.FAIL, sentence(error))
    return Check("orders", State.WARN if len(told) > 1 else State.OK, "\n".join(told))


def clock(now: datetime) -> Check:
    """A clock that stands far off: certificates fail, and all mail is old or none is."""
    if WRITTEN <= now < LATEST:
        return Check("clock", State.OK, f"{now:%Y-%m-%d %H:%M %Z}")
    found = f"The clock says {now:%Y-%m-%d}. Set it, or switch on time synchronisation."
    return Check("clock", State.FAIL, found)


# The steps of reaching an account, in order, and how the kinds of error begin that end it there.
STEPS = {
    "password": ("password-",),
    "connection": (
        "ca-file-",
        "certificate-",
        "connection-",
        "host-",
        "plain-",
        "starttls-",
        "tls-",
    ),
    "login": ("app-password-", "basic-auth-", "login-"),
    "folders": ("drafts-", "folder-"),
}
LATER_STEPS = ("mailbox", "keyword", "IDLE")


def failed_step(kind: str) -> str:
    """At which step an error ended the way to an account."""
    ends = (step for step, kinds in STEPS.items() if kind.startswith(kinds))
    return next(ends, "connection")


def reach(account: Account, connect: Callable[[Account], Session]) -> Iterator[Check]:
    """Everything about one account, from its password to its folders."""
    name = account.name
    try:
        session = connect(account)
    except TriageError as error:
        failed = failed_step(error.kind)
        for step in (*STEPS, *LATER_STEPS):
            if step == failed:
                yield Check(step, State.FAIL, sentence(error), name)
                failed = ""
            elif failed:
                yield Check(step, State.OK, "", name)
            else:
                yield Check(step, State.SKIPPED, "not tried", name)
        return
    with closing(session):
        yield Check("password", State.OK, _source(account.password), name)
        yield Check("connection", State.OK, _connection(account), name)
        yield Check("login", State.OK, account.user, name)
        yield _folders(name, session)
        if account.teaching:
            yield _teaching(account, session)
        for mailbox in account.listed:
            yield _mailbox(name, session, mailbox, read_only=True)
        for mailbox in reversed(account.mailboxes):  # the first one last: it tells of the keyword
            opened = _mailbox(name, session, mailbox)
            yield opened
        yield _keyword(account, session, opened.state)
        yield _idle(account, session)


def _source(password: PasswordFrom) -> str:
    if password.command:
        return f"from the command {password.command[0]}"
    if password.file:
        return f"from {password.file}"
    return f"from ${password.env}" if password.env else f"from credential {password.credential}"


def _connection(account: Account) -> str:
    how = "not encrypted" if account.security is Security.NONE else "encrypted, certificate valid"
    return f"{account.host}, port {account.port}, {how}"


def _folders(name: str, session: Session) -> Check:
    folders = session.folders
    found = f"drafts {folders.drafts}, sent {folders.sent}, trash {folders.trash or 'none'}"
    if folders.sent:
        return Check("folders", State.OK, found, name)
    found = (
        f"drafts {folders.drafts}. No folder for sent mail is found: triage cannot see what you"
        " have answered already. Set sent."
    )
    return Check("folders", State.WARN, found, name)


def _teaching(account: Account, session: Session) -> Check:
    try:
        there, found = teaching_told(account, session)
    except TriageError as error:
        there, found = False, sentence(error)
    return Check("teaching", State.OK if there else State.WARN, found, account.name)


def _mailbox(name: str, session: Session, mailbox: str, *, read_only: bool = False) -> Check:
    def find() -> str:
        return f"{mailbox}, {count(session.open(mailbox, read_only=read_only).exists, 'mail')}"

    return _tried("mailbox", find, name)


def _keyword(account: Account, session: Session, opened: State) -> Check:
    if opened is State.FAIL:
        return Check("keyword", State.SKIPPED, "not tried", account.name)
    if not account.keyword:
        return Check("keyword", State.OK, "none wanted", account.name)
    if session.keeps_keywords:
        return Check("keyword", State.OK, account.keyword, account.name)
    found = f"The server keeps no keywords: {account.keyword} is not set, the flag alone marks."
    return Check("keyword", State.WARN, found, account.name)


def _idle(account: Account, session: Session) -> Check:
    if session.has_idle:
        return Check("IDLE", State.OK, "new mail is told of at once", account.name)
    found = f"The server does not tell of new mail: triage looks every {account.poll:g} seconds."
    return Check("IDLE", State.WARN, found, account.name)
