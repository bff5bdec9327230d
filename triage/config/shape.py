"""The keys of the file, their defaults, and the records they become. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from ipaddress import ip_address
from pathlib import Path

from triage.account import Account, PasswordFrom, Security
from triage.config import imap, values
from triage.config.table import Problem, Reading, Table
from triage.message import Address
from triage.order import FRESH_DAYS, Columns, Command, Export, Preset, Ware
from triage.reply import (
    Notice,
    Person,
    Remedies,
    Shop,
    Spelling,
    Tone,
    Voice,
    Weekday,
)
from triage.reply.courtesy import Severity
from triage.reply.term import SENT_WITHIN
from triage.taxonomy import Topic
from triage.verdict import Thresholds

_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}
PASSWORD_KEYS = ("password_command", "password_file", "password_env", "password_credential")
_ACCOUNT_NAME = re.compile(r"[\w.-]{1,64}")
# The defaults of an account, and what stands in for its missing or wrong values.
_USUAL = Account(
    name="",
    addresses=(Address("", "nobody@invalid"),),
    host="",
    port=_PORTS[Security.TLS],
    security=Security.TLS,
    user="",
    password=PasswordFrom(),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration. `path` is the file it came from, None when there was none.

    `templates` is the owner's own folder of letters, `model` another model file than the one that
    ships; `encoder` is "words", "semantic", a file, or "" for what is installed; `flag` and
    `unsure` override the model's thresholds; `orders` is the order book's file
    or the program that is asked instead.
    """

    path: Path | None
    state: Path
    accounts: tuple[Account, ...] = ()
    shop: Shop = field(default_factory=Shop)
    templates: Path | None = None
    model: Path | None = None
    encoder: str | Path = ""
    flag: float | None = None
    unsure: float | None = None
    orders: Export | Command | None = None

    def thresholds(self, of_model: Thresholds) -> Thresholds:
        """The model's thresholds with the operator's in their place.

        Where only one is set and would cross the other, the other gives way to it.
        """
        flag = of_model.flag if self.flag is None else self.flag
        unsure = of_model.unsure if self.unsure is None else self.unsure
        if self.flag is None:
            return Thresholds(max(flag, unsure), unsure)
        return Thresholds(flag, min(flag, unsure))


def parse(
    content: Mapping[str, object], path: Path, default_state: Path
) -> tuple[Config, tuple[Problem, ...]]:
    """The records of a file's content and everything that is wrong with it.

    The records hold only when there is no problem. Relative paths begin in the file's folder.
    """
    reading = Reading()
    config = read(Table(content, reading), path, default_state)
    return config, tuple(reading.problems)


def read(top: Table, path: Path, default_state: Path) -> Config:
    """The records of a file whose outermost table is `top`, which collects the problems."""
    folder = path.parent
    state = top.take("state", values.path(folder), default_state)
    shop_table = top.table("shop")
    shop = _shop(shop_table)
    templates = shop_table.take("templates", values.path(folder), None)
    shop_table.close()
    classifier = top.table("classifier")
    model = classifier.take("model", values.path(folder), None)
    encoder = classifier.take("encoder", values.encoder(folder), "")
    flag = classifier.take("flag", values.probability, None)
    unsure = classifier.take("unsure", values.probability, None)
    if flag is not None and unsure is not None and unsure > flag:
        classifier.blame("unsure", "above-flag")
    classifier.close()
    orders = _orders(top.table("orders"), folder)
    accounts_table = top.table("accounts")
    accounts = tuple(_account(name, table, folder) for name, table in accounts_table.tables())
    if not accounts:
        top.blame("accounts", "no-accounts")
    _compare(accounts, accounts_table)
    top.close()
    return Config(path, state, accounts, shop, templates, model, encoder, flag, unsure, orders)


def _orders(table: Table, folder: Path) -> Export | Command | None:
    names = table.table("columns")
    columns = Columns(
        **{each.name: names.take(each.name, values.names, ()) for each in fields(Columns)}
    )
    names.close()
    file = table.take("file", values.path(folder), None)
    dates = table.take("dates", values.date_format, "")
    fresh_days = table.take("fresh_days", values.whole(0, 365), FRESH_DAYS)
    preset = table.take("preset", values.choice(Preset), None)
    command = table.take("command", values.command, ())
    if "file" in table and "command" in table:
        table.blame("command", "second-order-book")
    table.close()
    if command:
        return Command(command, fresh_days)
    return Export(file, columns, dates, fresh_days, preset) if file else None


def _shop(table: Table) -> Shop:
    usual = Shop()
    remedies = table.table("remedies")
    shop = Shop(
        name=table.take("name", values.line, usual.name),
        owner=table.take("owner", values.line, usual.owner),
        signature=table.take("signature", values.paragraph, usual.signature),
        answer_within=table.take("answer_within", values.whole(1, 30), usual.answer_within),
        open=table.several("open", values.choice(Weekday), usual.open),
        closed=table.several("closed", values.days_off),
        notices=tuple(map(_notice, table.rows("notice"))),
        remedies=Remedies(
            send_again=remedies.take("send_again", values.switch, usual.remedies.send_again),
            refund=remedies.take("refund", values.switch, usual.remedies.refund),
            exchange=remedies.take("exchange", values.switch, usual.remedies.exchange),
        ),
        voice=Voice(
            table.take("voice", values.choice(Person), usual.voice.person),
            table.take("spelling", values.choice(Spelling), usual.voice.spelling),
            table.take("tone", values.choice(Tone), usual.voice.tone),
        ),
        delivery_days=table.take("delivery_days", values.whole(0, 120), usual.delivery_days),
        order_status=table.take("order_status", values.switch, usual.order_status),
        praise=table.take("praise", values.switch, usual.praise),
        catalogue=tuple(map(Ware, table.several("catalogue", values.line))),
    )
    remedies.close()
    return shop


def _notice(table: Table) -> Notice:
    notice = Notice(
        text=table.need("text", values.notice, ""),
        until=table.need("until", values.day, date.max),
        since=table.take("from", values.day, date.min),
        topics=frozenset(table.several("topics", values.choice(Topic))),
    )
    if notice.until - notice.since < timedelta(SENT_WITHIN):
        table.blame("until", "over-too-soon", days=SENT_WITHIN)
    for breach in notice.breaches():
        if breach.rule.severity is Severity.REFUSE:
            table.blame("text", "discourteous", reason=breach.rule.reason)
    table.close()
    return notice


def _account(name: str, table: Table, folder: Path) -> Account:
    address = table.need("address", imap.address, _USUAL.address)
    aliases = table.several("aliases", imap.address)
    host = table.need("host", imap.host, _USUAL.host)
    security = table.take("security", values.choice(Security), _USUAL.security)
    if security is Security.NONE and not _loopback(host):
        table.blame("security", "plain-text-abroad")
    junk = table.take("junk", imap.folder_or_none, "")
    account = Account(
        name=name,
        addresses=(address, *aliases),
        host=host,
        port=table.take("port", values.whole(1, 65535), _PORTS[security]),
        security=security,
        user=table.take("user", values.name, address.addr),
        password=_password(table, folder),
        ca_file=table.take("ca_file", values.path(folder), None),
        mailboxes=table.several("mailboxes", imap.mailbox, _USUAL.mailboxes),
        listed=(junk,) if junk else (),
        drafts=table.take("drafts", imap.mailbox, _USUAL.drafts),
        sent=table.take("sent", imap.mailbox, _USUAL.sent),
        trash=table.take("trash", imap.mailbox, _USUAL.trash),
        keyword=table.take("keyword", imap.keyword, _USUAL.keyword),
        label=table.take("label", imap.label, _USUAL.label),
        flag=table.take("flag", values.switch, _USUAL.flag),
        own_lists=frozenset(table.several("own_lists", imap.list_id)),
        max_size=int(table.take("max_size", values.size("10 kB", "100 MB"), _USUAL.max_size)),
        look_back=table.take("look_back", values.duration("0 days", "365 days"), _USUAL.look_back),
        poll=table.take("poll", values.duration("1 second", "1 hour"), _USUAL.poll),
        append_settle=table.take(
            "append_settle", values.duration("0 seconds", "1 hour"), _USUAL.append_settle
        ),
        teaching=table.take("teaching", imap.folder_or_none, _USUAL.teaching),
        teaching_topics=table.take("teaching_topics", values.switch, _USUAL.teaching_topics),
        labels_keep=table.take(
            "labels_keep", values.duration("1 day", "3650 days"), _USUAL.labels_keep
        ),
        digest=table.take("digest", values.hour_or_none, _USUAL.digest),
    )
    _compare_folders(account, table)
    table.close()
    return account


def _compare_folders(account: Account, table: Table) -> None:
    """What no two folders of one account may be: a place with two purposes."""
    junk = next(iter(account.listed), "")
    own_purpose = {"junk": junk, "drafts": account.drafts, "sent": account.sent}
    for key, mailbox in (own_purpose | {"trash": account.trash}).items():
        if mailbox in account.mailboxes:
            table.blame(key, "watched-too")
        if mailbox and _within(mailbox, account.teaching):
            table.blame(key, "teaching-too")
    if any(_within(mailbox, account.teaching) for mailbox in account.mailboxes):
        table.blame("mailboxes", "teaching-too")


def _within(mailbox: str, folder: str) -> bool:
    """Whether a folder is another one, or lies in it, by whichever of the usual separators."""
    levels, above = (re.split(r"[/.]", name) for name in (mailbox, folder))
    return bool(folder) and levels[: len(above)] == above


def _password(table: Table, folder: Path) -> PasswordFrom:
    password = PasswordFrom(
        command=table.take("password_command", values.command, ()),
        file=table.take("password_file", values.path(folder), None),
        env=table.take("password_env", values.variable, ""),
        credential=table.take("password_credential", values.credential, ""),
    )
    given = [key for key in PASSWORD_KEYS if key in table]
    if "password" in table:
        table.refuse("password", "password-in-config")
    elif not given:
        table.blame("password_command", "no-password-source")
    for key in given[1:]:
        table.blame(key, "second-password-source", first=given[0])
    return password


def _compare(accounts: tuple[Account, ...], table: Table) -> None:
    """What no two accounts may share: an address, and a mailbox of the same login."""
    owners: dict[str, str] = {}
    watchers: dict[tuple[str, int, str, str], str] = {}
    for account in accounts:
        if not _ACCOUNT_NAME.fullmatch(account.name):
            table.blame(account.name, "account-name")
        for address in account.addresses:
            if address == _USUAL.address:
                continue
            if address.key in owners:
                table.blame(account.name, "address-twice", other=owners[address.key])
            owners.setdefault(address.key, account.name)
        teaching = (account.teaching,) if account.teaching else ()
        for mailbox in account.mailboxes + account.listed + teaching:
            place = (account.host.casefold(), account.port, account.user, mailbox)
            if account.host and watchers.get(place, account.name) != account.name:
                table.blame(account.name, "mailbox-twice", mailbox=mailbox, other=watchers[place])
            watchers.setdefault(place, account.name)


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() in {"localhost", ""}
