"""The wheel: what a stranger installs holds all that it needs, and works far from its source."""

import configparser
import json
import os
import subprocess
import sys
import venv
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest

import triage

ROOT = Path(__file__).parents[2]

# Three folders of the repository become one package.
INSIDE = {"triage": "triage", "models": "triage/models", "templates": "triage/templates"}

MAIL = b"""\
From: Ann Example <ann@example.org>
To: The Shop <shop@example.com>
Subject: Order 10442 has not come
Date: Mon, 3 Nov 2025 10:00:00 +0000
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

Hello,

I ordered a lamp three weeks ago and it still has not come. Nobody answers me.
I am very disappointed. Where is it? Please send it or give me my money back.

Ann
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, in an environment that knows nothing of this one."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip(*arguments: str | Path, cwd: Path) -> str:
    return run(sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments, cwd=cwd)


def sources() -> list[str]:
    """The tracked files of the three folders and what the build reads beside them."""
    paths = [*INSIDE, "setup.cfg", "pyproject.toml", "README.md", "LICENSE"]
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", *paths]
    listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tracked files: nothing left over by another build."""
    tree = tmp_path_factory.mktemp("tree")
    for name in sources():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes((ROOT / name).read_bytes())
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".", cwd=tree)
    (built,) = (tree / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment in which only the wheel was asked for."""
    empty = tmp_path_factory.mktemp("empty")
    venv.create(empty, with_pip=False, symlinks=True)
    pip("--python", empty, "install", "--quiet", wheel, cwd=empty)
    return empty / "bin"


def test_it_holds_all_that_the_repository_holds(wheel: Path) -> None:
    """Every tracked file of the three folders is inside at its place, and nothing else is."""
    expected = set()
    for name in sources():
        top, _, rest = name.partition("/")
        if rest:
            expected.add(f"{INSIDE[top]}/{rest}")
    with ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == expected


def test_its_metadata_is_what_was_promised(wheel: Path) -> None:
    """Name, version, licence, Python and the one command; nothing of the tests is required."""
    with ZipFile(wheel) as archive:
        (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = HeaderParser().parsestr(archive.read(f"{info}/METADATA").decode())
        commands = configparser.ConfigParser()
        commands.read_string(archive.read(f"{info}/entry_points.txt").decode())
        assert f"{info}/licenses/LICENSE" in archive.namelist()
        assert f"{info}/licenses/models/LICENSE.encoder" in archive.namelist()
    assert wheel.name == f"inbox_triage-{triage.__version__}-py3-none-any.whl"
    assert metadata["Name"] == "inbox-triage"
    assert metadata["Version"] == triage.__version__
    assert metadata["License-Expression"] == "MIT AND Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert dict(commands["console_scripts"]) == {"triage": "triage.cli:main"}
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert not [line for line in required if line.startswith(("pytest", "ruff", "mypy"))]


def test_setup_cfg_lists_every_package() -> None:
    """The packages setup.cfg lists are the folders that are there."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    folders = {str(Path(name).parent) for name in sources() if name.endswith("__init__.py")}
    packages = {folder.replace("/", ".") for folder in folders}
    packages = {f"triage.{name}" if name in {"models", "templates"} else name for name in packages}
    assert set(setup["options"]["packages"].split()) == packages


@pytest.mark.timeout(600)  # scikit-learn and scipy are fetched where pip has not kept them
def test_it_runs_from_an_empty_environment(installed: Path, tmp_path: Path) -> None:
    """Installed and far from its source it says its version, and reads and answers a mail."""
    mail = tmp_path / "mail.eml"
    mail.write_bytes(MAIL)
    assert run(installed / "triage", "--version", cwd=tmp_path).split()[-1] == triage.__version__
    (line,) = run(installed / "triage", "explain", "--json", mail, cwd=tmp_path).splitlines()
    said = json.loads(line)
    assert said["message_id"] == "<one@example.org>"
    assert said["outcome"] == "flagged"
    assert said["topic"] == "not-delivered"
    assert said["draft"]["to"] == ["ann@example.org"]


@pytest.mark.timeout(600)
def test_the_demonstration_runs_from_it(installed: Path, wheel: Path, tmp_path: Path) -> None:
    """With the extra `demo`; without it one sentence says what to install."""
    demo = (installed / "triage", "demo", "--once")
    without = subprocess.run(demo, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (without.returncode, without.stdout) == (2, "")
    assert "pipx install --force '.[demo]'" in without.stderr
    pip("--python", installed.parent, "install", "--quiet", f"{wheel}[demo]", cwd=tmp_path)
    assert " letters in Drafts:" in run(*demo, cwd=tmp_path)


def test_it_reads_nothing_of_the_repository(installed: Path, tmp_path: Path) -> None:
    """Code, templates and models come from the environment, not from the source beside it."""
    where = run(installed / "python", "-c", "import triage; print(triage.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent))
