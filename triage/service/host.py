"""What the machine's service needs of the machine: a user of its own, and files it may read.

Called as root.
"""

import os
import pwd
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from triage.config import SYSTEM_CONFIG, SYSTEM_STATE, Config
from triage.errors import UserError
from triage.service.manager import run
from triage.service.unit import USER


def made_user(environ: Mapping[str, str]) -> bool:
    """Whether the user had to be made. UserError `no-user-made` (user, why)."""
    try:
        pwd.getpwnam(USER)
    except KeyError:
        home, shell = str(SYSTEM_STATE), "/usr/sbin/nologin"
        words = ["useradd", "--system", "--user-group", "--home-dir", home, "--shell", shell, USER]
        done = run(*words, environ=environ)
        if done.returncode:
            raise UserError("no-user-made", user=USER, why=done.stderr.strip()) from None
        return True
    return False


def opened(config: Config) -> Iterator[Path]:
    """Lets the user read the configuration and the password files beside it, where they lie in the
    machine's own folder and are root's; what was changed."""
    if config.path is None or not config.path.is_relative_to(SYSTEM_CONFIG.parent):
        return
    user = pwd.getpwnam(USER)
    folder = config.path.parent
    files = {account.password.file for account in config.accounts} - {None}
    inside = sorted(file for file in files if file and file.parent == folder)
    if _given(folder, 0, user.pw_gid, 0o750, only_closed=True):
        yield folder
    if _given(config.path, 0, user.pw_gid, 0o640, only_closed=False):
        yield config.path
    for file in inside:
        if _given(file, user.pw_uid, user.pw_gid, 0o600, only_closed=False):
            yield file


def _given(path: Path, owner: int, group: int, mode: int, *, only_closed: bool) -> bool:
    """Whether root's path had to be given to the user. No link is followed."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False  # the trial says what is wrong with it
    try:
        seen = os.fstat(handle)
        there = (seen.st_uid, seen.st_gid, stat.S_IMODE(seen.st_mode))
        if seen.st_uid != 0 or there == (owner, group, mode):
            return False
        if only_closed and seen.st_mode & stat.S_IXOTH:
            return False
        os.fchown(handle, owner, group)
        os.fchmod(handle, mode)
    finally:
        os.close(handle)
    return True


def encrypted(source: Path, name: str, environ: Mapping[str, str]) -> Path:
    """The credential of that name, encrypted for this machine by systemd-creds(1), beside its
    source. UserError `not-encrypted` (path, why)."""
    target = source.with_name(f"{name}.cred")
    words = ["systemd-creds", "encrypt", f"--name={name}", str(source), str(target)]
    done = run(*words, environ=environ)
    if done.returncode:
        raise UserError("not-encrypted", path=str(source), why=done.stderr.strip())
    target.chmod(0o600)
    return target
