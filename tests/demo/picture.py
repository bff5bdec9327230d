"""Draws the picture of the demonstration that stands in README.md: `make picture`."""

import calendar
import io
import os
import pty
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).parent / "demo.svg"
COLUMNS = 100
TITLE = "triage demo"

# No font is fetched from anywhere: the reader's own.
FORMAT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px Menlo, Consolas, monospace; }}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def screen() -> str:
    """What a newcomer sees on a terminal of 100 columns, colours included, up to the end of the
    first letter."""
    master, slave = pty.openpty()
    with started(slave) as process:
        os.close(slave)
        shown = b""
        while block := _read(master):
            shown += block
    os.close(master)
    assert process.returncode == 0, shown.decode()
    return first_letter(shown.decode().replace("\r\n", "\n"))


def started(output: int) -> "subprocess.Popen[bytes]":
    """The demonstration, which ends by itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "triage", "demo", "--once"],
        env={**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "NO_COLOR": ""},
        stdout=output,
        stderr=output,
    )


def first_letter(shown: str) -> str:
    """What was shown up to the end of the first letter."""
    return re.split(r"\n    On \d", shown)[0].rstrip()


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux's way to say that nobody is at the other end any more
        return b""


def drawn(shown: str) -> str:
    """The screen as an SVG image."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ {TITLE}\n{shown}"))
    return console.export_svg(title=TITLE, code_format=FORMAT, unique_id="demo")


def written(picture: str) -> str:
    """The text in a picture."""
    return unescape(re.sub(r"<[^>]+>", " ", picture.partition("</style>")[2]))


def words(text: str) -> list[str]:
    """The words of a screen or a picture, but for days, and figures, which may differ by a hair."""
    months = "|".join(calendar.month_name[1:])
    return re.sub(r"\d+", "0", re.sub(rf"\d+\s+(?:{months})(?:\s+\d{{4}})?", "day", text)).split()


if __name__ == "__main__":
    PICTURE.write_text(drawn(screen()), encoding="utf-8")
