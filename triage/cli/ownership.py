"""Whose the files are: who must not work with them is told the line that does.

Root could open another user's state, but what it leaves there is root's (reading alone makes
SQLite's -wal and -shm files), and then the service cannot open its own ledger any more.
"""

import grp
import os
import pwd
import shlex
import stat
import sys
from pathlib import Path

from triage.cli.options import Options
from triage.cli.program import program
from triage.config import Config
from triage.errors import UserError


def require_own(options: Options, config: Config) -> None:
    """UserError `state-of-another` (path, user, line) when the state folder is another user's;
    `open-to-all` (path) when everybody may change what is in it, or the configuration, which names
    programs that are run."""
    if (owner := whose(config.state)) is not None:
        user, line = _instead(options, owner, config.path)
        raise UserError("state-of-another", path=str(config.state), user=user, line=line)
    for path in filter(None, (config.path, config.state)):
        if os.access(path, os.F_OK) and path.stat().st_mode & stat.S_IWOTH:
            raise UserError("open-to-all", path=str(path))


def closed_config(options: Options, config: Path, state: Path) -> UserError | None:
    """For a configuration we may not read: `config-of-another` (path, line), which names the user
    whose the state is, else the one it is opened to, else the one whose the file is; None where it
    is our own."""
    owner = whose(state)
    if owner is None and (owner := whose(config)) is not None:
        owner = _opened_to(config) or owner
    if owner is None:
        return None
    _, line = _instead(options, owner, config)
    return UserError("config-of-another", path=str(config), line=line)


def whose(path: Path) -> int | None:
    """The user id of another user whose a path is; None where we may work with it, or where
    nothing is. What cannot be seen belongs to the owner of the folder that hides it."""
    path = path.absolute()
    there = next(each for each in (path, *path.parents) if os.access(each, os.F_OK))
    if there != path and os.access(there, os.X_OK):
        return None
    owner, us = there.stat().st_uid, os.geteuid()
    allowed = us != 0 and os.access(there, os.R_OK | os.W_OK | os.X_OK)
    return None if owner == us or allowed else owner


def _opened_to(path: Path) -> int | None:
    """The user whose own group may read a file, as /etc/triage/config.toml is opened to triage."""
    try:
        seen = path.stat()
        if seen.st_mode & stat.S_IRGRP:
            return pwd.getpwnam(grp.getgrgid(seen.st_gid).gr_name).pw_uid
    except (OSError, KeyError):
        pass
    return None


def _instead(options: Options, owner: int, config: Path | None) -> tuple[str, str]:
    """The user's name, and the command as it was given, to be run as that user, who would find
    another configuration unless it is named."""
    try:
        user = pwd.getpwuid(owner).pw_name
    except KeyError:
        user = f"#{owner}"
    named = ("--config", str(config.absolute())) if config and not options.config else ()
    return user, shlex.join(["sudo", "-u", user, *program(), *named, *sys.argv[1:]])
