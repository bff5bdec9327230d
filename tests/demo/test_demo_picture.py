"""The picture of the demonstration in README.md shows what a newcomer will see."""

import subprocess
from difflib import unified_diff
from pathlib import Path

from picture import PICTURE, TITLE, first_letter, started, words, written

README = Path(__file__).parents[2] / "README.md"


def test_the_picture_is_of_this_program() -> None:
    """Word for word what the demonstration prints today; else `make picture` draws it anew."""
    drawn = words(written(PICTURE.read_text(encoding="utf-8")))
    with started(subprocess.PIPE) as process:
        shown, _ = process.communicate(timeout=60)
    assert process.returncode == 0, shown.decode()
    seen = words(f"{TITLE} $ {TITLE} {first_letter(shown.decode())}")
    assert not list(unified_diff(seen, drawn, lineterm="")), "run `make picture`"


def test_the_readme_shows_it() -> None:
    """At the place where it lies."""
    assert f"({PICTURE.relative_to(README.parent)})" in README.read_text(encoding="utf-8")


def test_the_picture_fetches_nothing() -> None:
    """Whoever looks at it is not looked at."""
    assert PICTURE.read_text(encoding="utf-8").count("://") == 1  # the namespace of SVG
