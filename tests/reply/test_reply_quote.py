"""The customer's words below the letter."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reply_cases import patient

from triage.reply.plain import lines, one_line
from triage.reply.quote import quote

DATE = datetime(2025, 3, 3, 14, 5, tzinfo=UTC)


def test_as_a_mail_program_quotes():
    """An attribution, "> " before each line, ">" alone before an empty one and before quotes."""
    text = "\n\nHello,  \n\nwhere is it?\n> On Monday you wrote:\n>> soon\n\n"
    assert quote(text, "Maria", DATE).split("\n") == [
        "On 3 March 2025 at 14:05, Maria wrote:",
        "> Hello,",
        ">",
        "> where is it?",
        ">> On Monday you wrote:",
        ">>> soon",
    ]


@pytest.mark.parametrize(
    ("hour", "clock"), [(0, "12:05 AM"), (9, "9:05 AM"), (12, "12:05 PM"), (14, "2:05 PM")]
)
def test_as_an_american_dates(hour, clock):
    """The month first, and a clock of twelve hours."""
    shown = quote("Hello", "Maria", DATE.replace(hour=hour), american=True)
    assert shown == f"On March 3, 2025 at {clock}, Maria wrote:\n> Hello"


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("> > before", ">>> before"),
        ("> >", ">>>"),
        (">> > > before", ">>>>> before"),
        (">   indented", ">>   indented"),
        (">before", ">>before"),
        (">:( so angry", ">>:( so angry"),
        ("- > - a list", "> - > - a list"),
    ],
)
def test_marks_of_older_quotes_stand_together(line, quoted):
    """However the customer's program marked what it quoted, ours is one way and one deeper."""
    assert quote(f"a\n{line}\nz", "Maria", None).split("\n")[2] == quoted


def test_empty_lines_do_not_pile_up():
    """One empty line parts what several parted, those of an older quote too."""
    shown = quote("Hi\n\n\n\n> soon\n>\n> \n>> when\n>>\n>\n\nMaria", "Maria", None)
    assert shown.split("\n")[1:] == ["> Hi", ">", ">> soon", ">>", ">>> when", ">>>", "> Maria"]


def test_without_a_date():
    """A mail whose date is unreadable is quoted without one."""
    assert quote("Hello", "maria@example.com", None) == "maria@example.com wrote:\n> Hello"


def test_nothing_to_quote():
    """An empty mail has no attribution either."""
    assert quote(" \n\u200b\n", "Maria", DATE) == ""


def test_a_long_mail_is_cut():
    """After 200 lines or 20,000 characters stands a mark that is not one of ours."""
    tall = quote("line\n" * 201, "Maria", None).split("\n")
    assert (len(tall), tall[-1]) == (202, "> […]")
    wide = quote("x" * 20_001, "Maria", None).split("\n")
    assert (len(wide), len(wide[1]), wide[-1]) == (3, 20_002, "> […]")
    assert not quote("line\n" * 200, "Maria", None).endswith("[…]")


@patient
@given(st.text())
def test_nothing_hidden_is_quoted(text):
    """No control, bidi or surrogate character reaches the owner's draft, and no bare line."""
    shown = quote(text, "Maria", None)
    assert all(line.startswith(">") for line in shown.split("\n")[1:])
    assert not set(shown) & {*map(chr, range(9)), *map(chr, range(0x202A, 0x202F)), "\r", "\x7f"}
    shown.encode()


def test_emoji_and_joined_scripts_stay_whole():
    """Joiners are kept: without them a family falls apart."""
    assert lines("👩‍👧 می‌خواهم ok\u202e\ufeff") == ["👩‍👧 می‌خواهم ok"]


def test_one_line_is_cut_with_an_ellipsis():
    """A cut shows."""
    assert one_line("a  b\r\nc\u2028d", 7) == "a b c d"
    assert one_line("a  b\r\nc\u2028d", 5) == "a b…"
