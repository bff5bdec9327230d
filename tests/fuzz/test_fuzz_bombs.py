"""Mails made to do harm, the whole way: each ends, is told, and takes little time and memory."""

import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.bombs import BOMBS, measured, text
from fuzz.promises import gone

# A machine's speed is no business of a test: the plainest mail of the same size is the measure, and
# a bomb may take so many times as long. Before they were mended the worst took 150 times as long.
TIMES = 6
TESTS = Path(__file__).resolve().parents[1]
MEGABYTES = 500  # of 1,000 that are promised


@pytest.fixture(scope="module")
def plainest() -> float:
    """Seconds for 25 MB of a customer's words, the shorter of two."""
    raw = text(b"My lamp is broken, I want a refund.\n" * 700_000)
    return min(gone(raw).seconds for _ in range(2))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_takes_long(name: str, plainest: float) -> None:
    """It is read, or refused with a reason, and every other promise is kept."""
    went = gone(BOMBS[name]())
    assert went.broken is None or went.broken.key == "slow"
    assert went.seconds < TIMES * plainest


@pytest.mark.parametrize(
    "name",
    [
        "25 MB of text",
        "base64 that breaks off",
        "quoted-printable of nothing but signs",
        "10,000 parts",
    ],
)
def test_no_bomb_fills_the_memory(name: str) -> None:
    """Those that take most, each in a process of its own."""
    code = f"from fuzz import bombs; print(bombs.measured({name!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=TESTS, check=True, capture_output=True, text=True
    )
    assert int(ran.stdout.split()[2]) < MEGABYTES, ran.stdout


def test_a_bomb_is_measured() -> None:
    """Seconds, megabytes, octets, and what became of it."""
    words = measured("subject folded 100,000 times").split()
    assert words[1] == "s"
    assert words[3] == "MB"
    assert words[-2:] == ["flagged:", "letter"]
