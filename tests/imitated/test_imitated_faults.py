"""A sample of `make faults` at two imitated providers: their ways and a bad network at once."""

from collections import Counter
from pathlib import Path

import faults.rig
import pytest
from faults.checker import Checker
from faults.plan import Fault
from faults.rig import ONE, Episode
from faults.shop import Shop
from imitated.providers import GMAIL, PROTON, Provider
from imitated.proxy import Imitated
from servers.chaos import Chaos
from servers.dovecot import PASSWORD, Dovecot

from triage.errors import MailboxError

FAULTS = 6  # of an episode
SEEDS = (1,)


class PastIt(Shop):
    """The owner and the checker look past the imitation."""

    def sit_down(self) -> None:
        real = self.server.dovecot  # type: ignore[union-attr]  # an imitated one
        self.owner = real.owner(self.user)
        self.checker = Checker(real.port, self.user, PASSWORD, real.ways)


class Past(Episode):
    """An episode at an imitation, which ends a look now and then without a fault."""

    shop_of = PastIt

    def _look(self, fault: Fault | None, machine: str = ONE) -> Chaos | None:
        try:
            return super()._look(fault, machine)
        except MailboxError as error:
            self.told.append(f"without a fault: {error.kind}")
            return None


@pytest.mark.parametrize("provider", [GMAIL, PROTON], ids=lambda provider: provider.name)
def test_faults(
    dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: Provider
) -> None:
    """One draft for each complaint, none where the owner was faster, and nothing of his changed."""
    monkeypatch.setattr(faults.rig, "FAULTS", FAULTS)
    struck: Counter[str] = Counter()
    for seed in SEEDS:
        server = Imitated(dovecot, *provider.always())
        user = f"faults-{provider.name.split()[0].lower()}{seed}"
        episode = Past(server, user, tmp_path / str(seed), seed)  # type: ignore[arg-type]
        verdict = episode.run()
        server.close()
        struck += episode.struck
        assert verdict.clean, (verdict, episode.told)
    assert struck.total() >= len(SEEDS) * FAULTS * 0.8
