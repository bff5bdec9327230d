"""The password of an account, from where its owner keeps it. It is never in the config file."""

import os
import stat
import subprocess
import time
from pathlib import Path

from triage.account import Account
from triage.errors import AccountError
from triage.pipe import parts

COMMAND_SECONDS = 30.0  # a password manager may have to ask its owner
LONGEST = 65_536  # octets that are read of any source: /dev/zero, or `yes`, has no end


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
        process = subprocess.Popen(  # noqa: S603  # the owner's own command, without a shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
    except OSError as error:
        raise AccountError(
            "password-command-missing", account=name, command=program, reason=error.strerror
        ) from error
    end = time.monotonic() + COMMAND_SECONDS
    with process:
        try:
            text = _decoded(name, f"command {program}", _said(process, end))
            status = process.wait(max(end - time.monotonic(), 0.0))
        except subprocess.TimeoutExpired:
            raise AccountError(
                "password-command-slow", account=name, command=program, seconds=COMMAND_SECONDS
            ) from None
        finally:
            process.kill()
    if status != 0:
        raise AccountError("password-command-failed", account=name, command=program, status=status)
    return text


def _said(process: subprocess.Popen[bytes], end: float) -> bytes:
    """What it prints until it is done, or has said too much. TimeoutExpired after `end`."""
    said = bytearray()
    for part in parts(process, end):
        said += part
        if len(said) > LONGEST:
            break
    return bytes(said)


def _from_file(name: str, path: Path) -> str:
    """Refused when everybody may read it, or anybody but its owner change it."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP):
                raise AccountError(
                    "password-file-open", account=name, path=str(path), mode=f"{mode:o}"
                )
            return _decoded(name, f"file {path}", file.read(LONGEST + 1))
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
        with (Path(folder) / credential).open("rb") as file:
            return _decoded(name, f"credential {credential}", file.read(LONGEST + 1))
    except OSError as error:
        raise AccountError(
            "password-credential-missing", account=name, credential=credential
        ) from error


def _decoded(name: str, source: str, data: bytes) -> str:
    if len(data) > LONGEST:
        raise AccountError("password-unusable", account=name, source=source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise AccountError(
            "password-unusable", account=name, source=source
        ) from None  # the error itself holds the octets
