"""How the program that runs was started, so that it can be started again."""

import sys
from pathlib import Path


def program() -> tuple[str, ...]:
    """The argument vector that starts it anew, an absolute path first.

    A link (pipx makes one) is kept: what it points to may change with the next version.
    """
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return (sys.executable, "-m", "triage")
    return (str(started.parent.resolve() / started.name),)
