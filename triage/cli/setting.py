"""What the commands work with: the configuration the options lead to, and the clock."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from triage.account import Account
from triage.cli.options import Options
from triage.cli.ownership import closed_config, require_own
from triage.config import Config, find, load, state_folder, usual_places
from triage.errors import UserError


def configuration(options: Options) -> Config:
    """The configuration. Raises UserError when there is none, it cannot be used, or the state is
    another user's."""
    path = find(options.config, os.environ)
    if path is None:
        looked = usual_places(os.environ)
        raise UserError("no-config", looked=looked)
    return _own(options, read(options, path, os.environ))


def configuration_if_any(options: Options) -> Config:
    """The configuration, an empty one when there is none: for commands that need no account."""
    path = find(options.config, os.environ)
    empty = Config(None, state_folder(os.environ))
    return _own(options, read(options, path, os.environ) if path else empty)


def read(options: Options, path: Path, environ: Mapping[str, str]) -> Config:
    """What a file holds, whoever's the state may be. UserError as in `load`, and
    `config-of-another` where another user may read it."""
    try:
        return load(path, environ)
    except UserError as error:
        if isinstance(error.__cause__, PermissionError):
            raise closed_config(options, path, state_folder(environ, path)) or error from error
        raise


def _own(options: Options, config: Config) -> Config:
    require_own(options, config)
    return config


def accounts_of(config: Config, name: str | None) -> list[Account]:
    """The account of that name, all of them without one. UserError `no-such-account`."""
    chosen = [account for account in config.accounts if name in {None, account.name}]
    if not chosen:
        names = [account.name for account in config.accounts]
        raise UserError("no-such-account", account=name, accounts=names)
    return chosen


def now() -> datetime:
    """The time, aware, in the owner's zone."""
    return datetime.now().astimezone()
