"""The daemon as a whole, without an account: what it makes of signals while it is busy."""

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from triage.classifier import Entry, Model, corpus, shelf
from triage.classifier.fit import fit
from triage.classifier.modelfile import write
from triage.classifier.shelf import Replacing
from triage.classifier.table import Table
from triage.config import Config
from triage.daemon import daemon
from triage.daemon.daemon import Daemon
from triage.daemon.desk import Outfit
from triage.daemon.events import ModelNotRead, ModelRenewed, ModelReplaced, Started, Stopping, Told
from triage.daemon.notify import Notifier
from triage.errors import UserError
from triage.taxonomy import Topic
from triage.verdict import Thresholds


def begun(state: Path, monkeypatch: pytest.MonkeyPatch, loads: Callable[[], None]) -> list[Told]:
    """What a daemon tells that does so while it loads the model."""
    told: list[Told] = []
    outfit = Outfit.of(Config(None, state))

    def of(_: Config, replacing: Replacing) -> Outfit:
        loads()
        return outfit

    monkeypatch.setattr(daemon.Outfit, "of", of)
    config = Config(None, state)
    Daemon(lambda: config, lambda _, each: told.append(each), clock=lambda: datetime.now(UTC)).run()
    return told


def test_it_tells_that_it_makes_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systemd waits for READY meanwhile, at each step as long again, and its journal says why."""
    error = UserError("model-damaged", path="/s/words.npz", aside="/s/words.npz.damaged")

    def of(_: Config, replacing: Replacing) -> Outfit:
        progress = replacing(error, True)
        assert progress
        progress(1, 6)
        raise UserError("model-missing", path="/s/words.npz")

    monkeypatch.setattr(daemon.Outfit, "of", of)
    sent: list[dict[str, str | int]] = []
    notifier = Notifier({})
    monkeypatch.setattr(notifier, "send", lambda **state: sent.append(state))
    told: list[Told] = []
    config = Config(None, tmp_path)
    with pytest.raises(UserError):
        Daemon(
            lambda: config,
            lambda _, each: told.append(each),
            clock=lambda: datetime.now(UTC),
            notifier=notifier,
        ).run()
    assert told == [ModelReplaced(error, made=True)]
    assert sent[0] == {"EXTEND_TIMEOUT_USEC": daemon.PATIENCE, "WATCHDOG": 1}


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


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """Another model than the one that ships, made of next to nothing."""
    topics = (Topic.LATE, Topic.PRAISE, Topic.OTHER)
    entries = [
        Entry("", f"about {topic}, text {number}", topic is Topic.LATE, topic)
        for number in range(20)
        for topic in topics
    ]
    return fit(Table.of(corpus.merge(entries)))[0]


def test_a_model_made_meanwhile_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Model
) -> None:
    """While it runs, and told once. A file that is damaged, or gone, stops nothing."""
    monkeypatch.setattr(daemon, "ROUND", 0.01)
    told: list[Told] = []
    file = tmp_path / shelf.WORDS

    def tell(_: str, each: Told) -> None:
        told.append(each)
        match each:
            case Started():
                write(file, model)
            case ModelRenewed():
                file.write_bytes(b"PK")
            case ModelNotRead():
                file.unlink()
                signal.setitimer(signal.ITIMER_REAL, 0.1)

    former = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGTERM))
    config = Config(None, tmp_path, encoder="words")
    try:
        Daemon(lambda: config, tell, clock=lambda: datetime.now(UTC)).run()
    finally:
        signal.signal(signal.SIGALRM, former)
    assert list(map(type, told)) == [Started, ModelRenewed, ModelNotRead, Stopping]


def test_what_is_judged_by_changes_with_the_file(tmp_path: Path, model: Model) -> None:
    """Model and thresholds together; the same file written again is no news."""
    outfit = Outfit.of(Config(None, tmp_path, encoder="words"))
    assert outfit.renewed() is outfit
    write(tmp_path / shelf.WORDS, replace(model, thresholds=Thresholds(0.9, 0.1)))
    renewed = outfit.renewed()
    assert renewed is not outfit
    assert renewed.thresholds == Thresholds(0.9, 0.1)
    assert renewed.judge.judge("", "about late").complaint > 0.5
    write(tmp_path / shelf.WORDS, replace(model, thresholds=Thresholds(0.9, 0.1)))
    assert renewed.renewed() is renewed
    other = replace(model, about=replace(model.about, features=model.about.features + 1))
    write(tmp_path / shelf.WORDS, other)
    with pytest.raises(UserError) as caught:
        renewed.renewed()
    assert caught.value.facts["reason"] == "other-format"
    assert renewed.renewed() is renewed
