"""What reaches the terminal."""

import sys

import pytest

from triage.cli import terminal
from triage.cli.terminal import clean, colour, counted, cut, fitted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Müller, 苦情, 🙂", "plain, Müller, 苦情, 🙂"),
        ("\x1b[2J\x1b]0;title\x07", "\ufffd[2J\ufffd]0;title\ufffd"),
        ("\x9b31m", "\ufffd31m"),  # CSI in one character
        ("a\x08\x7fb", "a\ufffd\ufffdb"),
        ("abc\u202egpj.exe", "abc\ufffdgpj.exe"),
        ("zero\u200bwidth\u2066", "zero\ufffdwidth\ufffd"),
        ("a\udcffb", "a\ufffdb"),
        ("one\r\ntwo\tthree\u2028four", "one  two three\ufffdfour"),
    ],
)
def test_what_does_not_print_is_replaced(text: str, shown: str) -> None:
    """No escape sequence, no hidden direction, no second line."""
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12345678", "12345678"),
        ("123456789", "1234567…"),
        ("注文はど", "注文はど"),
        ("注文はどこ", "注文は…"),  # half of a letter cannot be shown
        ("注文はど!", "注文は…"),
        ("e\u0301" * 8, "e\u0301" * 8),
        ("", ""),
    ],
)
def test_what_is_too_long_is_cut(text: str, shown: str) -> None:
    """For eight columns; letters are counted as wide as a terminal shows them."""
    assert cut(text, 8) == shown


def test_lines_of_a_letter_stay_lines() -> None:
    """Line ends alone pass where lines are wanted."""
    assert clean("Dear Ann,\n\n\x1b[31mred\r\n", lines=True) == "Dear Ann,\n\n\ufffd[31mred \n"


def test_what_was_cleaned_is_clean() -> None:
    """All of Unicode: nothing that is cleaned changes when it is cleaned again."""
    everything = "".join(map(chr, range(0x110000)))
    once = clean(everything)
    assert clean(once) == once
    assert len(once) == len(everything)


def test_no_color_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The convention of no-color.org: set and not empty."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert colour("ok", "green") == "ok"
    monkeypatch.setenv("NO_COLOR", "")
    assert colour("ok", "green") != "ok"


@pytest.mark.parametrize(
    ("out", "err", "scrolling", "shown"),
    [
        (False, True, True, True),
        (True, True, True, False),
        (True, True, False, True),
        (False, False, True, False),
        (False, False, False, False),
    ],
)
def test_progress_is_for_a_terminal_alone(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    out: bool,
    err: bool,
    scrolling: bool,
    shown: bool,
) -> None:
    """A count goes to standard error where that is a terminal and no results scroll by on one."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: out)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: err)
    assert list(counted(range(25), "mails", scrolling=scrolling)) == list(range(25))
    assert capsys.readouterr().err == ("\r10 mails\r20 mails\r25 mails\n" if shown else "")


def test_a_closed_output_is_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started with its output closed has no streams at all."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    terminal.say("nobody hears this")
    terminal.say("nor this", err=True)
    assert list(counted([1], "mails")) == [1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cup", "cup   "),
        ("broken", "broken"),
        ("broken cup", "broke…"),
        ("\x1b[2J\n", "\ufffd[2J  "),
        ("bowl 😢!", "bowl …"),
        ("碗碎了啊", "碗碎… "),
        ("e\u0301te\u0301", "e\u0301te\u0301   "),
        ("", "      "),
    ],
)
def test_a_cell_of_a_table_fills_its_columns(text: str, shown: str) -> None:
    """Six columns: wide signs take two, combining marks none, and nothing escapes."""
    assert fitted(text, 6) == shown
