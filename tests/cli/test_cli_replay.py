"""The past in figures, and as it is shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cycle.world import ACCOUNT

from triage.cli.replay import as_page, row, text
from triage.reply import Shop
from triage.reply.term import WORKING_WEEK
from triage.report.replay import Answer, Figures, Replayed, figures, in_question, shared
from triage.taxonomy import Outcome, Topic

FRIDAY = datetime(2026, 3, 6, 9, tzinfo=UTC).timestamp()
HOUR = 3600.0
LETTER = "I am sorry for the trouble this is causing you. You will hear from me."
MAIL = Replayed(
    account="shop",
    mailbox="INBOX",
    uid=1,
    message_id="<1@x>",
    arrived=FRIDAY,
    outcome=Outcome.FLAGGED,
    reason="complaint",
    people=True,
    writer="ada@customer.example",
    subject="Cup",
    topic=Topic.DAMAGED,
    complaint=0.9,
    harm=False,
    text="It is broken.",
    template="damaged",
    letter=LETTER,
    unwritten="",
)


def told(*mails: Replayed, within: int = 2) -> Figures:
    return figures(mails, within, WORKING_WEEK, UTC)


def after(hours: float, words: int = 0) -> Replayed:
    return replace(MAIL, answer=Answer(FRIDAY + hours * HOUR, "", words))


def test_the_time_it_took() -> None:
    """Median and 90th percentile of the complaints' answers; two working days after a Friday end on
    Tuesday."""
    found = told(*(after(hours) for hours in (1, 2, 3, 80, 150)), MAIL)
    assert found.median == 3
    assert found.most == pytest.approx(122)
    assert found.within == 4 / 5
    assert told(after(1), within=0).within is None
    assert (told(after(4)).median, told(after(4)).most) == (4, None)


def test_nothing_at_all() -> None:
    found = told()
    assert (found.mails, found.median, found.within, found.minutes) == (0, None, None, 0)


def test_who_agrees() -> None:
    """People's mails only, by whether they are flagged and answered."""
    plain = replace(MAIL, outcome=Outcome.PASSED)
    robot = replace(plain, people=False)
    found = told(MAIL, after(1), plain, replace(after(1), outcome=Outcome.PASSED), robot)
    assert found.agreement == {
        (True, False): 1,
        (True, True): 1,
        (False, False): 1,
        (False, True): 1,
    }


def test_what_it_would_have_saved() -> None:
    """Only words of letters to mails that were answered, and only those that stand in both."""
    found = told(after(1, words=8), MAIL)
    assert (found.shared_words, found.letter_words) == (8, len(LETTER.split()))
    assert found.minutes == 8 / 40


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (LETTER, 15),
        ("Hi! I am sorry for the trouble. Bye", 5),
        ("sorry trouble you me", 0),
        ("", 0),
        ("word " * 100_000, 0),
    ],
)
def test_words_in_common(answer: str, words: int) -> None:
    """In runs of three or more: single words are in every letter."""
    assert shared(LETTER, answer) == words


def test_what_stands_first() -> None:
    """Never answered, harm first, then the oldest; then the answered ones, then those in doubt."""
    old, harm = replace(MAIL, uid=2, arrived=1.0), replace(MAIL, uid=3, harm=True)
    unsure = replace(MAIL, uid=4, outcome=Outcome.UNSURE)
    passed = replace(MAIL, uid=5, outcome=Outcome.PASSED)
    mails = [passed, unsure, replace(after(1), uid=6), MAIL, old, harm]
    assert [mail.uid for mail in in_question(mails)] == [3, 2, 1, 6, 4]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_of_the_table_is_wider(width: int) -> None:
    """Whatever strangers write."""
    mails = [replace(MAIL, subject="w" * 300), replace(MAIL, writer="注文" * 80, subject="\x1b[2J")]
    lines = list(text(ACCOUNT, mails, told(*mails), Shop(), width))
    table = lines[lines.index("Complaints that were never answered:") + 1 :]
    assert len(table) == 2
    assert all(len(line) <= min(width, 120) for line in table)
    assert "\x1b" not in "".join(lines)


def test_the_page_of_an_empty_past() -> None:
    """And one without letters, answers or subjects."""
    assert "no mail in that time" in as_page(ACCOUNT, [], told(), Shop())
    bare = replace(MAIL, subject="", letter="", template="", text="", outcome=Outcome.UNSURE)
    assert "no subject" in as_page(ACCOUNT, [bare], told(bare), Shop())


def test_the_keys_of_a_row() -> None:
    assert row(after(1))["answer"] == {
        "when": row(after(1))["answer"]["when"],  # type: ignore[index]
        "text": "",
        "shared_words": 0,
    }
    assert row(MAIL)["answer"] is None
