"""Kills the whole program, with SIGKILL, behind every outside step of a cycle on a real server.

Usage: kill_everywhere.py PORT CA_FILE PASSWORD_FILE STATE_FOLDER

A process of its own because it forks: model and letters are loaded once, then every step gets a
child that dies behind it, a mailbox of its own, and children that go on. Prints one JSON object a
moment: {"moment", "killed", "drafts": {Message-ID answered: count}, "most": most copies at any
time, "flagged", "seen", "unfinished"}.
"""

import email
import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from path.letters import CUP, JAR, THANKS, TOWEL, letter
from servers.dovecot import Owner

from triage.account import Account, PasswordFrom, Security
from triage.config import Config
from triage.daemon import once
from triage.daemon.desk import Outfit
from triage.finding import explain
from triage.ledger import Ledger
from triage.mailbox import connect
from triage.message import Address
from triage.protocols import Judge

HOST = "localhost"
LETTERS = (CUP, THANKS, JAR, TOWEL)


class Steps:
    """Counts the moments before and after every step at the server and in the ledger."""

    def __init__(self, last: int | None) -> None:
        self.last, self.seen = last, list[str]()

    def moment(self, name: str) -> None:
        self.seen.append(name)
        if self.last == len(self.seen) - 1:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **named: Any) -> Any:
            self.moment(f"before {step}")
            result = call(*arguments, **named)
            self.moment(f"after {step}")
            return result

        return stepped


class Watched:
    """A session or a ledger of which every method is a step."""

    def __init__(self, thing: object, name: str, steps: Steps) -> None:
        self._thing, self._name, self._steps = thing, name, steps

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._thing, attribute)
        return self._steps.around(f"{self._name}.{attribute}", found) if callable(found) else found


class Remembering:
    """A judge that is asked once about each text."""

    def __init__(self, judge: Judge) -> None:
        self.judge, self.signals = cache(judge.judge), cache(judge.signals)


def run(account: Account, state: Path, outfit: Outfit, last: int | None) -> list[str]:
    """`triage once`, told at every step, killed at the step numbered `last`."""
    steps = Steps(last)

    @contextmanager
    def connected(*arguments: Any, **named: Any) -> Iterator[Any]:
        with steps.around("connect", connect)(*arguments, **named) as session:
            yield Watched(session, "mailbox", steps)

    config = replace(outfit.config, state=state, accounts=(account,))
    once.connect = connected  # type: ignore[assignment]
    once.Outfit.of = lambda *_: replace(outfit, config=config)  # type: ignore[method-assign, assignment]
    opened = Ledger.open(state, account.address.key)
    once.Ledger.open = lambda *_: Watched(opened, "ledger", steps)  # type: ignore[method-assign, assignment]
    failures: list[object] = []
    once.run_once(
        config, lambda _, told: failures.append(told), lambda: datetime.now().astimezone()
    )
    broken = [told for told in failures if "Failed" in type(told).__name__]
    if broken or any("Stopped" in type(told).__name__ for told in failures):
        raise SystemExit(f"not by the kill: {broken or failures}")
    return steps.seen


def forked(work: Callable[[], object]) -> int:
    """Runs `work` in a child; how it ended, as os.waitpid says."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child must end here, whatever happened
            traceback.print_exc()
            os._exit(1)
    return os.waitpid(child, 0)[1]


def look(port: int, user: str) -> tuple[Counter[str], list[str], list[str]]:
    """Drafts by the Message-ID they answer; the inbox's flagged and seen Message-IDs."""
    owner = Owner("127.0.0.1", port, user)
    drafts = Counter(str(_header(mail.raw, "In-Reply-To")) for mail in owner.mails("Drafts"))
    inbox = owner.mails("INBOX")
    owner.close()
    flagged = [_header(mail.raw, "Message-ID") for mail in inbox if "\\Flagged" in mail.flags]
    seen = [_header(mail.raw, "Message-ID") for mail in inbox if "\\Seen" in mail.flags]
    return drafts, sorted(flagged), seen


def _header(raw: bytes, name: str) -> str:
    return str(email.message_from_bytes(raw)[name])


def main() -> None:
    port, ca_file, password_file, states = int(sys.argv[1]), *map(Path, sys.argv[2:5])
    plain = Account(
        name="shop",
        addresses=(Address("Mira", "hello@shop.example"),),
        host=HOST,
        port=port,
        security=Security.STARTTLS,
        user="",
        password=PasswordFrom(file=password_file),
        ca_file=ca_file,
        append_settle=0.0,
    )
    outfit = Outfit.of(Config(path=None, state=states, accounts=(plain,)))
    outfit = replace(outfit, judge=Remembering(outfit.judge))
    for text in LETTERS:  # read and judged here, and not in each of hundreds of children
        explain(outfit.desk(plain), letter(text), datetime.now().astimezone())

    def mailbox(name: str) -> tuple[Account, Path]:
        owner = Owner("127.0.0.1", port, name)
        for text in LETTERS:
            owner.deliver("INBOX", letter(text))
        owner.close()
        return replace(plain, user=name), states / name

    counted, state = mailbox("count")
    reading, writing = os.pipe()
    forked(lambda: os.write(writing, json.dumps(run(counted, state, outfit, None)).encode()))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        moments = json.loads(pipe.read())
    for number, moment in enumerate(moments):
        if number and moment.startswith("before "):  # nothing has happened since the last step
            continue
        account, state = mailbox(f"kill{number}")
        status = forked(lambda: run(account, state, outfit, number))  # noqa: B023 - called at once
        most = 0
        for _ in range(2):
            most = max(most, *look(port, account.user)[0].values(), 0)
            if forked(lambda: run(account, state, outfit, None)):  # noqa: B023
                raise SystemExit(f"a run after the kill failed: {moment}")
        drafts, flagged, seen = look(port, account.user)
        ledger = Ledger.open(state, account.address.key)
        unfinished = len(ledger.all("SELECT 1 FROM location WHERE state <> 'finished'"))
        ledger.close()
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        row = {
            "moment": moment,
            "killed": killed,
            "drafts": drafts,
            "most": max(most, *drafts.values()),
            "flagged": flagged,
            "seen": seen,
            "unfinished": unfinished,
        }
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
