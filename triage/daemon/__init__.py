"""Floor 3: accounts, threads, signals and systemd around the story."""

from triage.daemon.daemon import Daemon
from triage.daemon.once import rehearse_once, run_once

__all__ = ["Daemon", "rehearse_once", "run_once"]
