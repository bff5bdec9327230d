"""The password of an account, from where its owner keeps it. It is never in the config file."""

import os
import stat
import subprocess
from pathlib import Path

from triage.account import Account
from triage.errors import AccountError

COMMAND_SECONDS = 30.0  # a password manager may have to ask its owner


def password(account: Account) -> str:
    """The secret of the one source that is set: its first line, without the line end."""
    source = account.password
    if source.command:
        text = _from_command(account.name, source.command)
    elif source.file:
        text = _from_file(account.name, source.file)
    elif source.credential:
        text = _from_credential(account.name, source.credential)
    else:
        text = os.environ.get(source.env, "")
    first = text.split("\n", 1)[0].rstrip("\r")
    if not first:
        raise AccountError("password-empty", account=account.name, source=describe(account))
    if not first.isprintable():
        raise AccountError("password-unusable", account=account.name, source=describe(account))
    return first


def describe(account: Account) -> str:
    """Where the password comes from, for a sentence; of a command only its name."""
    source = account.password
    if source.command:
        return f"command {source.command[0]}"
    if source.file:
        return f"file {source.file}"
    if source.credential:
        return f"credential {source.credential}"
    return f"environment variable {source.env}"


def _from_command(name: str, command: tuple[str, ...]) -> str:
    """Its standard error stays the terminal's: that is where a password manager explains itself."""
    program = command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the owner's own command, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise AccountError(
            "password-command-slow", account=name, command=program, seconds=COMMAND_SECONDS
        ) from None  # its context would hold the output
    except OSError as error:
        raise AccountError(
            "password-command-missing", account=name, command=program, reason=error.strerror
        ) from error
    if done.returncode != 0:
        raise AccountError(
            "password-command-failed", account=name, command=program, status=done.returncode
        )
    return _decoded(name, f"command {program}", done.stdout)


def _from_file(name: str, path: Path) -> str:
    """Refused when everybody may read it, or anybody but its owner change it."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP):
            raise AccountError("password-file-open", account=name, path=str(path), mode=f"{mode:o}")
        return _decoded(name, f"file {path}", path.read_bytes())
    except OSError as error:
        raise AccountError(
            "password-file-unreadable", account=name, path=str(path), reason=error.strerror
        ) from error


def _from_credential(name: str, credential: str) -> str:
    """A file systemd has laid ready (systemd.exec(5), LoadCredential=); it guards it itself."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if not folder or "/" in credential:
        raise AccountError("password-credential-missing", account=name, credential=credential)
    try:
        return _decoded(name, f"credential {credential}", (Path(folder) / credential).read_bytes())
    except OSError as error:
        raise AccountError(
            "password-credential-missing", account=name, credential=credential
        ) from error


def _decoded(name: str, source: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise AccountError(
            "password-unusable", account=name, source=source
        ) from None  # the error itself holds the octets
