"""The options that stand before the command."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`config` is the file named on the command line, None when none was."""

    config: Path | None
    debug: bool
