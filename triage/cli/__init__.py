"""Floor 4: the command line; the only printer, and the only place that words errors."""

from triage.cli.group import main

__all__ = ["main"]
