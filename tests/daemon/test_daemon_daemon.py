"""The daemon as a whole, without an account: what it makes of signals while it is busy."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from triage.config import Config
from triage.daemon import daemon
from triage.daemon.daemon import Daemon
from triage.daemon.desk import Outfit
from triage.daemon.events import Started, Stopping, Told


def begun(state: Path, monkeypatch: pytest.MonkeyPatch, loads: Callable[[], None]) -> list[Told]:
    """What a daemon tells that does so while it loads the model."""
    told: list[Told] = []
    outfit = Outfit.of(Config(None, state))

    def of(_: Config) -> Outfit:
        loads()
        return outfit

    monkeypatch.setattr(daemon.Outfit, "of", of)
    config = Config(None, state)
    Daemon(lambda: config, lambda _, each: told.append(each), clock=lambda: datetime.now(UTC)).run()
    return told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_not_kept_waiting_by_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """At the start: what is being loaded is left, and nothing is begun."""

    def loads() -> None:
        signal.raise_signal(number)
        pytest.fail("it goes on loading")

    assert begun(tmp_path, monkeypatch, loads) == [Stopping(())]


def test_nor_by_the_model_of_a_reload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The accounts are ended as ever."""
    loaded = []

    def loads() -> None:
        loaded.append(1)
        if len(loaded) == 1:
            signal.raise_signal(signal.SIGHUP)
            return
        signal.raise_signal(signal.SIGTERM)
        pytest.fail("it goes on loading")

    assert begun(tmp_path, monkeypatch, loads) == [Started(0), Stopping(())]
