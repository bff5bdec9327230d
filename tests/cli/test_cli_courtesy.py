"""`triage courtesy`, on letters in files of every kind."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli.group import triage
from triage.reply.courtesy import RULES

REPLY = Path(__file__).parents[1] / "reply"
GOOD = (REPLY / "good" / "bowl-broken-uk.txt").read_text()
BAD = """\
Hello Anna,

Thank you for the photo. I am sorry that the bowl broke, but you should
have read the note about the post. These things happen, and these
parcels are thrown about. I can send you another one soon.


I have told them before. There is nothing more I can do about the first
one, and it will be there by Friday. Write to me if not, and I will see
what can be done about it then.

Best wishes,
Tom
"""
QUOTE = """
On 22 November 2026 at 05:48, Ada Fox wrote:
> YOU SHOULD HAVE READ my order!!! It is late.
> {{ what }}
"""
MAIL = """\
From: Tom <tom@wheelhouse.example>
Subject: Re: The bowl
In-Reply-To: <one@fox.example>
Content-Type: text/plain; charset=utf-8

"""
LINES = [(3, "apology-withdrawn"), (3, "blaming"), (4, "excuse"), (5, "no-term")]
LINES += [(8, "defensive"), (9, "date-promised")]

Courtesy = Callable[..., Result]


@pytest.fixture
def courtesy(tmp_path: Path) -> Courtesy:
    """Runs the command on one letter in a file."""

    def invoke(letter: str | bytes, *options: str, name: str = "letter.txt") -> Result:
        file = tmp_path / name
        file.write_bytes(letter if isinstance(letter, bytes) else letter.encode())
        return CliRunner().invoke(triage, ["courtesy", *options, str(file)])

    return invoke


def findings(done: Result) -> list[dict[str, object]]:
    (line,) = done.output.splitlines()
    found = json.loads(line)["findings"]
    assert isinstance(found, list)
    return found


def test_a_good_letter(courtesy: Courtesy) -> None:
    """Nothing to mend, and exit status 0, with the customer's mail below or without."""
    for letter in (GOOD, GOOD + QUOTE, MAIL + GOOD, MAIL + GOOD + QUOTE):
        done = courtesy(letter)
        assert (done.exit_code, done.output.endswith(": nothing to mend\n")) == (0, True)


def test_a_bad_letter(courtesy: Courtesy) -> None:
    """Its line, the rule, the words, why, and what to write instead; exit status 1."""
    done = courtesy(BAD + QUOTE)
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0].endswith("letter.txt: 6 things to look at")
    at = next(number for number, line in enumerate(lines) if "blaming" in line)
    assert lines[at] == '  line 3   refuse  blaming: "you should have read"'
    assert lines[at + 1].strip() == RULES["blaming"].reason
    assert lines[at + 2].strip() == f"Rather: {RULES['blaming'].good}"
    assert "{{ what }}" not in done.output


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_lines_are_those_of_the_file(courtesy: Courtesy, ending: str) -> None:
    """Also below two empty lines, and whatever ends a line."""
    done = courtesy((BAD + QUOTE).replace("\n", ending), "--json")
    assert [(row["line"], row["rule"]) for row in findings(done)] == LINES


def test_the_lines_of_a_draft_are_those_of_its_text(courtesy: Courtesy) -> None:
    """Without the header: as the mail program shows it."""
    done = courtesy(MAIL + BAD.replace("\n\n\n", "\n\n") + QUOTE, "--json", name="draft.eml")
    below = [(line - (line > 6), rule) for line, rule in LINES]
    assert [(row["line"], row["rule"]) for row in findings(done)] == below


def test_each_finding_is_told_as_json(courtesy: Courtesy) -> None:
    """One object a letter; the letter as a whole has no line."""
    done = courtesy("Hello Anna,\n\nI will see.\n\nBest,\nTom\n", "--json")
    assert done.exit_code == 0
    assert [(row["line"], row["rule"], row["severity"]) for row in findings(done)] == [
        (None, "too-short", "advise"),
        (None, "unheard", "advise"),
    ]
    assert set(findings(done)[0]) == {"line", "rule", "severity", "words", "why", "instead"}


def test_advice_alone_is_no_failure(courtesy: Courtesy) -> None:
    """One exclamation mark: told, and exit status 0."""
    done = courtesy(GOOD.replace("photos.", "photos!"))
    assert done.exit_code == 0
    assert '  line 3   advise  exclamation: "photos!"' in done.output.splitlines()


def test_a_reason_is_told_once(courtesy: Courtesy) -> None:
    """The second time the words are enough."""
    done = courtesy(GOOD.replace("photos.", "photos!").replace("on me.", "on me!"))
    assert done.output.count("exclamation:") == 2
    assert done.output.count(RULES["exclamation"].reason) == 1


def test_a_day_may_be_allowed(courtesy: Courtesy) -> None:
    """What the owner knows to be so is no empty promise."""
    letter = GOOD.replace("within six working days", "by 3 March")
    assert courtesy(letter).exit_code == 1
    assert courtesy(letter, "--day", "3 March").exit_code == 0


def test_a_gap_is_refused(courtesy: Courtesy) -> None:
    """A draft of triage's own, not yet filled in: the gap, and the line that says so."""
    note = "[[Before you send this: fill in the day. Put ada@fox.example into To.]]\n\n"
    done = courtesy(note + GOOD.replace("six working days", "[[the day]] days"), "--json")
    assert [(row["line"], row["rule"]) for row in findings(done)] == [(1, "gap"), (7, "gap")]
    assert done.exit_code == 1


def test_standard_input_and_several_letters(tmp_path: Path) -> None:
    """ "-", and each file under its name; the worst decides."""
    file = tmp_path / "good.txt"
    file.write_text(GOOD)
    done = CliRunner().invoke(triage, ["courtesy", str(file), "-"], input=BAD)
    assert done.exit_code == 1
    assert re.findall(r"^(\S+): ", done.output, re.M) == [str(file), "-"]


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_cannot_be_read_is_said(options: list[str]) -> None:
    """One line, exit status 1, and the other letters all the same."""
    done = CliRunner().invoke(triage, ["courtesy", *options, "/nonexistent.txt", "-"], input=GOOD)
    assert done.exit_code == 1
    first, second = done.output.splitlines()
    assert "file-unreadable" in first or "No such file or directory" in first
    assert "nonexistent" not in second


@pytest.mark.parametrize("junk", [b"", b"\n\n", b"\x00\xff\xfe", b"From:\n\n", b"A:\n\nB:\n" * 9])
def test_any_file_is_told_of_without_a_traceback(courtesy: Courtesy, junk: bytes) -> None:
    """Bad input is normal."""
    done = courtesy(junk)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)


def test_a_greeting_with_a_colon_is_no_header(courtesy: Courtesy) -> None:
    """ "Anna:" begins a letter."""
    done = courtesy(GOOD.replace("Hello Anna,", "Anna:"), "--json")
    assert {row["rule"] for row in findings(done)} <= {"no-greeting"}


def test_what_a_letter_holds_never_reaches_the_terminal_raw(courtesy: Courtesy) -> None:
    """An escape sequence in the words is shown as a mark."""
    done = courtesy(GOOD.replace("photos.", "ph\x1b[2J\u202eotos!"))
    assert "\x1b" not in done.output
    assert "\u202e" not in done.output
