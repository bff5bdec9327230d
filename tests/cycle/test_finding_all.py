"""One letter for several mails about one matter."""

from dataclasses import replace
from pathlib import Path

from world import MORNING, Listener, World, mail, msgid

from triage.finding import answer, answer_all, consider
from triage.message import read
from triage.taxonomy import Topic
from triage.verdict import Clue, Opinion

PHOTO = (
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
    "The cup is broken.\r\n--b\r\nContent-Type: image/jpeg; name=cup.jpg\r\n"
    "Content-Disposition: attachment; filename=cup.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "/9j/4AAQSkZJRg==\r\n--b--\r\n"
)


class Hears(Listener):
    """What broke, what is wanted, and that nobody answers, by one word each."""

    def judge(self, subject: str, text: str) -> Opinion:
        topics = {"money": Topic.RETURN_REFUND, "silence": Topic.SERVICE, "broken": Topic.DAMAGED}
        topic = next((topics[word] for word in topics if word in text), Topic.OTHER)
        complaint = 0.01 if topic is Topic.OTHER else 0.99
        return Opinion(complaint, {topic: 1.0}, (Clue("x", 1.0),), "en", known_language=True)


def letter(folder: Path, new: str, old: str, *, raw: bytes = b"") -> tuple[str, str]:
    """The template, and the letter's words, for a mail that follows another."""
    desk = replace(World(folder).desk, judge=Hears())
    later = read(mail(2, new, more=f"In-Reply-To: {msgid(1)}\r\n"))
    found = answer(desk, consider(desk, later), MORNING)
    both = answer_all(desk, found, [read(raw or mail(1, old))], MORNING)
    assert both.outcome == found.outcome
    assert both.message == later
    assert both.draft
    assert both.draft.in_reply_to == msgid(2)
    return both.draft.template, " ".join(both.draft.body.split())


def test_what_went_wrong_decides(tmp_path: Path) -> None:
    """Whoever asks for his money then, or whether anybody is there, still has a broken cup."""
    for new in ("I want my money.", "Nothing but silence.", "And a few words more."):
        assert letter(tmp_path / new[:5], new, "The cup is broken.")[0] == "damaged"
    assert letter(tmp_path / "x", "It is broken.", "I want my money.")[0] == "damaged"
    assert letter(tmp_path / "y", "Nothing but silence.", "I want my money.")[0] == "service"


def test_a_photo_that_came_with_the_first_mail(tmp_path: Path) -> None:
    """It is not asked for again."""
    head, _, _ = mail(1, "").decode().partition("Content-Type")
    assert "photo" in letter(tmp_path / "a", "Any news?", "The cup is broken.")[1]
    text = letter(tmp_path / "b", "Any news?", "", raw=f"{head}{PHOTO}".encode())[1]
    assert "take a photo" not in text


def test_nobody_complains(tmp_path: Path) -> None:
    """Then there is nothing to be answered together."""
    desk = replace(World(tmp_path).desk, judge=Hears())
    found = answer(desk, consider(desk, read(mail(2, "Lovely."))), MORNING)
    assert answer_all(desk, found, [read(mail(1, "Nice."))], MORNING) == found
