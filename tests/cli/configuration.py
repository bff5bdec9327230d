"""What the tests of the commands call the fixture that writes a configuration."""

from collections.abc import Callable
from pathlib import Path

# Writes the configuration of an account, with further lines, and returns the file.
Write = Callable[..., Path]
