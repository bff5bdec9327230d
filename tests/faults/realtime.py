"""`make faults REAL=20`: so many shops in real time, in one daemon that is killed again and again.

For five minutes mail comes, every connection suffers what a network does, and the program dies
(kill -9) and starts anew; then all is well, and after the half hour in which a late copy may come,
and is taken away, each complaint must have one draft. No clock is set and no wait is shortened.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from faults.checker import Checker
from path.program import Running
from servers.chaos import Act, Chaos
from servers.dovecot import PASSWORD, Dovecot

from triage.ledger.drafts import SWEEPS
from triage.reply import is_draft_id

STORM = 300.0  # seconds
LIFE = (5.0, 40.0)  # seconds between two kills
BAD = (Act.RESET, Act.LAST, Act.FIN, Act.HOLE, Act.DRIP, Act.DELAY)
CONFIG = """
state = "{state}"
[shop]
name = "Saltmarsh Soaps"
[classifier]
encoder = "words"
"""
ACCOUNT = """
[accounts.{user}]
address = "{user}@shop.example"
host = "localhost"
port = {port}
security = "none"
user = "{user}"
password_file = "{password_file}"
"""
MAIL = """\
From: Ada {number} <c{number}@customer.example>\r
To: {user}@shop.example\r
Subject: Cup {number} arrived broken\r
Date: {date}\r
Message-ID: <{number}@customer.example>\r
\r
The cup number {number} came in pieces. The handle is off and there are shards all over the box.\r
I am really disappointed. Can you send me a new one, or my money back?\r
"""


class RealShop:
    """One account, its bad network, and what has come to it."""

    def __init__(self, dovecot: Dovecot, user: str, seed: int) -> None:
        self.user, self.chance = user, random.Random(seed)
        self.dovecot, self.owner = dovecot, dovecot.owner(user)
        self.chaos = Chaos(dovecot.port)
        self.mails = 0
        self.struck: Counter[str] = Counter()

    def deliver(self) -> None:
        self.mails += 1
        date = format_datetime(datetime.now().astimezone())
        text = MAIL.format(number=self.mails, user=self.user, date=date)
        self.owner.deliver("INBOX", text.encode())

    def storm(self, direction: str, data: bytes) -> Act:
        """One piece of forty suffers, one in four of those with a letter."""
        many = 4 if b"In-Reply-To" in data else 40
        if self.chance.randrange(many):
            return Act.PASS
        act = self.chance.choice(BAD)
        self.struck[act.name] += 1
        return act

    def answered(self) -> Counter[str]:
        checker = Checker(self.dovecot.port, self.user, PASSWORD, self.dovecot.ways)
        drafts = checker.lying("Drafts")
        checker.close()
        return Counter(each.answers for each in drafts if is_draft_id(each.message_id))

    def wrong(self) -> str:
        """What is wrong in the end, "" when nothing is."""
        wanted = {f"<{number}@customer.example>": 1 for number in range(1, self.mails + 1)}
        found = self.answered()
        missed = wanted.keys() - found.keys()
        twice = {asked for asked, count in found.items() if count > 1}
        return f"{self.user}: missed {missed}, twice {twice}" if missed or twice else ""

    def calm(self) -> None:
        """No more mail, and a network as it should be."""
        self.owner.close()  # which the server would end in half an hour
        self.chaos.rule = lambda direction, data: Act.PASS


def main(shops: int, seed: int) -> int:
    """So many shops; 1 when anything is wrong in the end."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        dovecot = Dovecot().start()
        opened.callback(dovecot.remove)
        all_ = [RealShop(dovecot, f"real{number}", seed + number) for number in range(shops)]
        for shop in all_:
            opened.callback(shop.chaos.close)
        config = Path(folder) / "config.toml"
        accounts = (
            ACCOUNT.format(
                user=shop.user, port=shop.chaos.port, password_file=dovecot.password_file
            )
            for shop in all_
        )
        config.write_text(CONFIG.format(state=Path(folder) / "state") + "".join(accounts))
        config.chmod(0o600)
        with Running(config) as running:
            running.hears("READY=1", 300)  # a model is made
        kills = storm(config, all_, random.Random(seed))
        transient = sum((shop.answered() - Counter(set(shop.answered()))).total() for shop in all_)
        with Running(config) as running:
            running.hears("READY=1", 60)
            wait(SWEEPS[0] + 300.0, "all is well, and late copies are looked for")
            wrong = [said for shop in all_ if (said := shop.wrong())]
    struck = sum((shop.struck for shop in all_), Counter[str]())
    mails = sum(shop.mails for shop in all_)
    for name, number in struck.most_common():
        print(f"{number:7} {name.lower()}")
    minutes = (time.monotonic() - began) / 60
    print(f"{struck.total():7} faults and {kills} kills over {mails} complaints of {shops} shops")
    print(f"{len(wrong):7} shops wrong; {transient} copies that were taken away; {minutes:.0f} min")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


def storm(config: Path, shops: list[RealShop], chance: random.Random) -> int:
    """How often the program was killed."""
    for shop in shops:
        shop.chaos.rule = shop.storm
    end, kills = time.monotonic() + STORM, 0
    while time.monotonic() < end:
        with Running(config) as running:  # killed in the end
            running.hears("READY=1", 60)
            death = time.monotonic() + chance.uniform(*LIFE)
            while time.monotonic() < death:
                chance.choice(shops).deliver()
                time.sleep(chance.uniform(0.1, 1.0))
        kills += 1
    for shop in shops:
        shop.calm()
    return kills


def wait(seconds: float, why: str) -> None:
    """With a word on a terminal."""
    tell: Callable[[str], object] = sys.stderr.write if sys.stderr.isatty() else len
    tell(f"{seconds / 60:.0f} minutes: {why}\n")
    time.sleep(seconds)
