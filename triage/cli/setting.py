"""What the commands work with: the configuration the options lead to, and the clock."""

import os
from datetime import datetime

from triage.cli.options import Options
from triage.config import Config, find, load, state_folder, usual_places
from triage.errors import UserError


def configuration(options: Options) -> Config:
    """The configuration. Raises UserError when there is none, or it cannot be used."""
    path = find(options.config, os.environ)
    if path is None:
        looked = usual_places(os.environ)
        raise UserError("no-config", first=looked[0], looked=looked)
    return load(path, os.environ)


def configuration_if_any(options: Options) -> Config:
    """The configuration, an empty one when there is none: for commands that need no account."""
    path = find(options.config, os.environ)
    return load(path, os.environ) if path else Config(None, state_folder(os.environ))


def now() -> datetime:
    """The time, aware, in the owner's zone."""
    return datetime.now().astimezone()
