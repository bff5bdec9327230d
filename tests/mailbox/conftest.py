"""Sessions on the scripted server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysasl.hashing import BuiltinHash
from servers.fake import Fake
from servers.letters import is_ours

from triage.mailbox import Session, Timeouts, connect

SHORT = Timeouts(connect=5.0, read=0.8, answer=2.0)  # a busy machine is no dead server

# Connects to a fake, with changes to its account.
Dial = Callable[..., Session]


@pytest.fixture
def fakes() -> Iterator[Callable[..., Fake]]:
    """Makes scripted servers, which end with the test."""
    made: list[Fake] = []

    def make(*args: object, **kwargs: object) -> Fake:
        made.append(Fake(*args, **kwargs))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for fake in made:
        fake.close()


@pytest.fixture
def dial(tmp_path: Path) -> Iterator[Dial]:
    """Connects, with short time-outs."""
    sessions: list[Session] = []

    def connected(fake: Fake, *, timeouts: Timeouts = SHORT, **changes: object) -> Session:
        account = fake.account(tmp_path, **changes)
        sessions.append(connect(account, is_ours=is_ours, timeouts=timeouts))
        return sessions[-1]

    yield connected
    for session in sessions:
        session.close()


@pytest.fixture(autouse=True)
def hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """pymap hashes a password half a million times, which is most of what such a test would do."""
    once = classmethod(lambda _cls, _name, _rounds, secret, salt: salt + secret.encode())
    monkeypatch.setattr(BuiltinHash, "_hash", once)
