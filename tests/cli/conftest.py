"""What the tests of the command line share: configurations as files."""

from pathlib import Path

import pytest
from configuration import Write

from triage.account import Account


@pytest.fixture
def config_of(tmp_path: Path) -> Write:
    """Writes the configuration of an account, with further lines, and returns the file."""

    def write(account: Account, *lines: str) -> Path:
        file = tmp_path / "config.toml"
        file.write_text(
            f'state = "state"\nclassifier.encoder = "words"\n[accounts.{account.name}]\n'
            f'address = "The Owner <{account.address.addr}>"\n'
            f'host = "{account.host}"\nport = {account.port}\nsecurity = "{account.security}"\n'
            f'user = "{account.user}"\npassword_file = "{account.password.file}"\n'
            f'ca_file = "{account.ca_file}"\n' + "\n".join(lines)
        )
        file.chmod(0o600)
        return file

    return write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without a configuration, and a state folder in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("TRIAGE_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
