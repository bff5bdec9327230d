"""A shop's month on a real server: its mail, its owner at another IMAP client, and a set clock."""

import email.policy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from path.program import configure
from servers.dovecot import Dovecot, Seen

from triage.classifier import Entry
from triage.cli.dailywords import worded
from triage.config import Config, load
from triage.daemon.events import DigestLaid, Told
from triage.daemon.once import run_once
from triage.reply import is_draft_id

MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MORE = """digest = "07:30"
teaching = "Triage"
look_back = "1 day"
"""
YES, NO = "Triage/Complaint", "Triage/Not a complaint"
SETTLED = "It has just arrived after all. Thank you, all is well now!"
AGAIN = "I have written before and have heard nothing. The cup is broken, and I want my money back."
# What the owner does with a letter, and how often of a hundred times.
HABITS = (("send", 45), ("edit", 18), ("discard", 10), ("own", 10), ("telephone", 7), ("leave", 10))


@dataclass
class Mail:
    """A customer's mail, and what its owner has done with it."""

    number: int
    entry: Entry
    arrived: datetime
    done: str = ""
    taught: bool | None = None
    settled: bool = False
    archived: bool = False
    again: str = ""  # the Message-ID of the mail with which its customer wrote again
    raw: bytes = b""

    @property
    def message_id(self) -> str:
        return f"<{self.number}@c{self.number}.example>"

    def written(self, text: str = "", *, day: datetime | None = None) -> bytes:
        """The mail, or a later one of the same customer's in its thread."""
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"] = f"C{self.number} <writer@c{self.number}.example>"
        mail["To"] = "hello@shop.example"
        mail["Subject"] = (self.entry.subject or "Hello").replace("\n", " ")
        mail["Date"] = day or self.arrived
        mail["Message-ID"] = (
            f"<again-{self.number}@c{self.number}.example>" if text else self.message_id
        )
        if text:
            mail["In-Reply-To"] = mail["References"] = self.message_id
        mail.set_content(text or self.entry.body)
        return mail.as_bytes()


@dataclass
class Month:
    """So many mails in so many days; `wrong` is what was found against the rules."""

    server: Dovecot
    folder: Path
    seed: int
    days: int = 30
    away: range = field(default_factory=lambda: range(11, 16))  # on holiday
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        user = f"month{self.seed}"
        config = load(configure(self.folder, self.server, user, MORE), {})
        self.config: Config = replace(config, model=self.folder / "model")
        self.owner = self.server.owner(user)
        self.owner.create("Archive")
        self.rng = random.Random(self.seed)
        self.now = MONDAY
        self.mails: dict[str, Mail] = {}
        self.edited: dict[str, bytes] = {}  # drafts that the owner has changed, and left
        self.gone: set[str] = set()  # letters that he has thrown away, by the mail they answer
        self.digests: list[datetime] = []
        self.told: list[str] = []

    def run(self, entries: Sequence[Entry], progress: Callable[[int], None]) -> None:
        """All days, one after another."""
        each = len(entries) // self.days
        for day in range(self.days):
            self.now = MONDAY + timedelta(days=day)
            for number, entry in enumerate(entries[day * each : (day + 1) * each]):
                self._comes(day * each + number, entry)
                if number % max(1, each // 4) == 0:
                    self.now += timedelta(hours=2)
                    self.look()
            self._write_again()
            self.now = MONDAY + timedelta(days=day, hours=12)
            self.look()
            if day not in self.away:
                self._works()
            self.now += timedelta(minutes=40)
            self.look()
            self.look(minutes=40)
            self._holds(day)
            progress(day + 1)

    def look(self, *, minutes: float = 5) -> None:
        """One look of the program, so many minutes later."""
        self.now += timedelta(minutes=minutes)
        moment = self.now

        def tell(_: str, told: Told) -> None:
            if isinstance(told, DigestLaid):
                self.digests.append(moment)
            if error := getattr(told, "error", None):
                self.told.append(f"{moment:%d %H:%M} {type(told).__name__}: {error}")

        run_once(self.config, tell, lambda: moment, digest=worded)

    def _comes(self, number: int, entry: Entry) -> None:
        mail = Mail(number, entry, self.now)
        mail.raw = mail.written()
        self.mails[mail.message_id] = mail
        self.owner.deliver("INBOX", mail.raw, internal_date=self.now)

    def _write_again(self) -> None:
        """Some customers find what they missed, others lose their patience, before the owner is at
        his desk."""
        waiting = [each for each in self.mails.values() if not each.done and each.entry.complaint]
        for mail in self.rng.sample(waiting, min(2, len(waiting))):
            if mail.again or self.rng.random() < 0.4:
                continue
            mail.settled = self.rng.random() < 0.5
            text = SETTLED if mail.settled else AGAIN
            raw = mail.written(text, day=self.now)
            mail.again = str(parsed(raw)["Message-ID"])
            self.owner.deliver("INBOX", raw, internal_date=self.now)

    def _works(self) -> None:
        """An hour of the owner's at his mail program."""
        inbox = {str(parsed(each.raw)["Message-ID"]): each for each in self.owner.mails("INBOX")}
        letters = {str(parsed(each.raw)["In-Reply-To"]): each for each in self.ours()}
        for mail in self.mails.values():
            lies = inbox.get(mail.message_id)
            if lies is None or mail.done:
                continue
            flagged = "\\Flagged" in lies.flags
            letter = letters.get(mail.again) or letters.get(mail.message_id)
            if flagged and not mail.entry.complaint:
                self._teach(mail, lies, complaint=False)
            elif mail.entry.complaint and not flagged:
                self._teach(mail, lies, complaint=True)
                self._answers_himself(mail)
            elif flagged and letter and not mail.settled:
                self._acts(mail, lies, letter)
            elif not flagged and self._came_today(mail) and self.rng.random() < 0.1:
                self._teach(mail, lies, complaint=False)
            if mail.done in {"send", "telephone"} and self.rng.random() < 0.3:
                self.owner.move("INBOX", lies.uid, "Archive")
                mail.archived = True

    def _came_today(self, mail: Mail) -> bool:
        return self.now - mail.arrived < timedelta(days=1)

    def _teach(self, mail: Mail, lies: Seen, *, complaint: bool) -> None:
        self.owner.client.select_folder("INBOX")
        self.owner.client.copy([lies.uid], YES if complaint else NO)
        mail.taught = complaint
        mail.done = "taught"

    def _answers_himself(self, mail: Mail) -> None:
        answer = EmailMessage(policy=email.policy.SMTP)
        answer["From"], answer["To"] = "hello@shop.example", f"writer@c{mail.number}.example"
        answer["Subject"] = "Re: Hello"
        answer["Message-ID"] = f"<own-{mail.number}@shop.example>"
        answer["In-Reply-To"] = answer["References"] = mail.again or mail.message_id
        answer.set_content("Dear customer, I am on it, and write again tomorrow. Mira")
        self.owner.deliver("Sent", answer.as_bytes(), flags=["\\Seen"], internal_date=self.now)

    def _acts(self, mail: Mail, lies: Seen, letter: Seen) -> None:
        names, weights = zip(*HABITS, strict=True)
        mail.done = self.rng.choices(names, weights)[0]
        asked = str(parsed(letter.raw)["In-Reply-To"])
        if mail.done == "send":
            self.owner.deliver("Sent", letter.raw, flags=["\\Seen"], internal_date=self.now)
            self.owner.expunge("Drafts", letter.uid)
        elif mail.done == "edit":
            changed = letter.raw.replace(b"Dear", b"My dear").rstrip() + b"\r\nWith love\r\n"
            self.owner.expunge("Drafts", letter.uid)
            if self.rng.random() < 0.5:
                self.owner.deliver("Sent", changed, flags=["\\Seen"], internal_date=self.now)
            else:
                self.owner.deliver("Drafts", changed, flags=["\\Draft"], internal_date=self.now)
                self.edited[asked] = changed
                mail.done = "edited"
        elif mail.done == "discard":
            self.owner.move("Drafts", letter.uid, "Trash")
            self.gone.add(asked)
        elif mail.done == "own":
            self._answers_himself(mail)
        elif mail.done == "telephone":
            self.owner.client.select_folder("INBOX")
            self.owner.client.remove_flags([lies.uid], ["\\Flagged"])
        else:
            mail.done = "" if self.rng.random() < 0.5 else "leave"

    def ours(self) -> list[Seen]:
        """The program's letters in Drafts, whoever has changed them since."""
        return [
            each
            for each in self.owner.mails("Drafts")
            if is_draft_id(str(parsed(each.raw)["Message-ID"]))
        ]

    def _holds(self, day: int) -> None:
        """Every rule, as another client sees it, at the end of a day."""
        self.wrong += [f"day {day + 1}: {each}" for each in self._against()]

    def _against(self) -> Iterator[str]:
        letters = self.ours()
        answers = [str(parsed(each.raw)["In-Reply-To"]) for each in letters]
        yield from (
            f"two letters answer {asked}" for asked in set(answers) if answers.count(asked) > 1
        )
        lying = dict(zip(answers, (each.raw for each in letters), strict=True))
        for asked, raw in self.edited.items():
            if lying.get(asked) != raw:
                yield f"the owner's draft to {asked} was touched"
        for asked in self.gone & lying.keys():
            yield f"a letter to {asked} was thrown away and lies there again"
        inbox = {str(parsed(each.raw)["Message-ID"]): each for each in self.owner.mails("INBOX")}
        for mail in self.mails.values():
            if mail.archived:
                continue
            lies = inbox[mail.message_id]
            if lies.raw != mail.raw or "\\Seen" in lies.flags:
                yield f"mail {mail.number} was changed or read"
            names = {mail.message_id, mail.again} - {""}
            there = names & lying.keys() - self.edited.keys()
            if mail.taught is False and "\\Flagged" in lies.flags:
                yield f"mail {mail.number} is no complaint and bears a flag"
            if mail.taught is False and there:
                yield f"mail {mail.number} is no complaint and has a letter"
            if mail.done == "own" and there:
                yield f"mail {mail.number} is answered and its letter lies there"
            if mail.settled and there:
                yield f"mail {mail.number} is settled and its letter lies there"
            if mail.done == "telephone" and "\\Flagged" in lies.flags:
                yield f"mail {mail.number} was dealt with and bears a flag again"


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]
