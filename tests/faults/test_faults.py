"""A sample of `make faults`: a real server, a bad network, a ledger that breaks, a busy owner."""

from collections import Counter
from pathlib import Path

import pytest
from faults.checker import Verdict
from faults.plan import Kind
from faults.rig import FAULTS, Episode
from servers.dovecot import Dovecot
from servers.instance import Instance
from servers.post import PLAIN, REAL, server_at

import triage.follow
from triage.mailbox import Session

SEEDS = range(1, 4)


def whole(
    server: Dovecot | Instance, folder: Path, name: str, seeds: range = SEEDS
) -> tuple[Verdict, Counter[Kind]]:
    """Several episodes and all that struck in them, nought of what can strike and did not."""
    verdict, struck = Verdict(), Counter[Kind]()
    for seed in seeds:
        episode = Episode(server, f"{name}{seed}", folder / str(seed), seed)
        verdict.add(episode.run())
        struck.update(dict.fromkeys(episode.kinds, 0))
        struck.update(episode.struck)
    return verdict, struck


@pytest.fixture(params=[name for name in REAL if name in PLAIN])
def server(request: pytest.FixtureRequest) -> Dovecot | Instance:
    """The real servers, without encryption, so that the network between can do its worst."""
    return server_at(request.param, request)


def test_sixty_faults(server: Dovecot | Instance, tmp_path: Path) -> None:
    """One draft for each complaint, none where the owner was faster, and nothing of his changed."""
    verdict, struck = whole(server, tmp_path, "well")
    assert verdict.clean, verdict
    assert sum(map(bool, struck.values())) >= len(struck) - 2, struck  # some meet nothing
    assert struck.total() >= len(SEEDS) * FAULTS * 0.9


def test_the_checker_sees_what_goes_wrong(
    dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the look for the owner's answers and without the sweep there are drafts too many."""
    monkeypatch.setattr(Session, "answered", lambda self, letter: None)
    monkeypatch.setattr(Session, "find", lambda self, letter: None)
    monkeypatch.setattr(triage.follow, "superfluous", lambda *_, **__: [])
    verdict, _ = whole(dovecot, tmp_path, "broken", range(1, 2))
    assert verdict.duplicates
