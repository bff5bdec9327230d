"""The repository as a stranger finds it: what lies where, and what no file may hold."""

import ast
import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

import triage

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "yardstick"

# The customer's list, then what tools look for at the top and nowhere else.
TOP = {"triage", "models", "templates", "tests", "config.example.toml", "setup.cfg", "README.md"}
TOP |= {"pyproject.toml", "Makefile", "LICENSE", "CHANGELOG.md", "SECURITY.md", ".ci"}
TOP |= {".gitignore"}

# Lines a module may have: a test's tables of cases take room.
LONGEST = {"triage": 300, "tests": 600}
# Modules that have more, each with its reason.
LONG: dict[str, str] = {}

# What names a machine or a registry instead of the thing, and what was left for later.
PLACES = re.compile(
    r"/work/|/root/|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|archive\.ubuntu\.com"
)
UNFINISHED = re.compile(r"#\s*(TODO|FIXME|XXX)\b")
IGNORE = re.compile(r"#\s*(noqa(: ?[A-Z0-9, ]+)?|type: ignore(\[[^]]*\])?)\s*$")


def tracked() -> list[str]:
    """The files git knows of, by their paths from the top, that are still there."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()
MODULES = [name for name in FILES if name.endswith(".py")]


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace").splitlines()


def found(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    """Where a pattern stands, but for this file, which has to name what it looks for."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name in names
        if name != str(Path(__file__).relative_to(ROOT))
        for number, line in enumerate(lines(name), 1)
        if pattern.search(line)
    ]


def test_the_top_level_is_the_customers() -> None:
    """Nothing lies at the top that the customer did not list or a tool does not need there."""
    top = {name.partition("/")[0] for name in FILES}
    assert top - TOP == set()
    assert TOP - top == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    """The project is at home on every machine: no path and no host of the one it was written on."""
    assert found(PLACES, FILES) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (PLACES, "cd /work/main"),
        (PLACES, "https://pypi.org/simple"),
        (PLACES, "http://deb.debian.org/debian"),
        (UNFINISHED, "# TODO: later"),
        (IGNORE, "import x  # noqa: F401"),
        (IGNORE, "import x  # type: ignore[import-untyped]"),
    ],
)
def test_what_is_looked_for_would_be_seen(pattern: re.Pattern[str], line: str) -> None:
    """The searches find what they look for."""
    assert pattern.search(line)


def test_an_ignore_with_its_reason_is_allowed() -> None:
    """A reason after the mark is what is asked for."""
    assert not IGNORE.search("import x  # noqa: S404  (an argument vector, no shell)")


def test_nothing_is_left_for_later() -> None:
    """What is not done yet stands in an issue, not in the code."""
    assert found(UNFINISHED, [name for name in FILES if not name.startswith("models/")]) == []


def test_each_module_says_what_it_is() -> None:
    """Every module opens with a docstring that says something."""
    trees = {name: ast.parse((ROOT / name).read_bytes()) for name in MODULES}
    assert [name for name, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_modules_are_small() -> None:
    """A long module owes an explanation, and one that shrank owes none any more."""
    long = {name for name in MODULES if len(lines(name)) > LONGEST.get(name.split("/")[0], 300)}
    assert long == set(LONG)


def test_each_ignore_has_its_reason() -> None:
    """Where a checker is told to look away in the program, the reason stands beside it."""
    assert found(IGNORE, [name for name in MODULES if name.startswith("triage/")]) == []


def test_the_changelog_knows_this_version() -> None:
    """The newest heading of CHANGELOG.md is the version of the package."""
    headings = [line for line in lines("CHANGELOG.md") if line.startswith("## ")]
    assert headings[0].split()[1].rstrip(",") == triage.__version__


def test_the_yardstick_stays_outside() -> None:
    """What we measure on is no part of what we ship: no file of it, and no text in the corpus."""
    if not YARDSTICK.is_dir():
        pytest.skip("../shared/yardstick is not beside this checkout")
    digests = {sha256(path.read_bytes()).digest() for path in YARDSTICK.glob("*/*/*")}
    assert [name for name in FILES if sha256((ROOT / name).read_bytes()).digest() in digests] == []
    rows = (YARDSTICK / "customers.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {json.loads(row)["text"].strip() for row in rows}
    corpus = [name for name in FILES if name.startswith("models/") and name.endswith(".jsonl")]
    entries = [json.loads(line) for name in corpus for line in lines(name)]
    assert len(texts) > 1000
    assert len(entries) >= 800
    assert [entry for entry in entries if entry["body"].strip() in texts] == []
