"""What the owner is asked, and in which order."""

from collections.abc import Iterator, Set
from pathlib import Path

import pytest
from servers.letters import mail
from servers.memory import MemoryMailboxes, MemoryServer

from triage.account import Account, PasswordFrom, Security
from triage.classifier import Fault
from triage.learning import question
from triage.learning.pile import in_files, in_mailbox
from triage.learning.question import Unlabelled, questions
from triage.message import Address, read
from triage.origin import House
from triage.taxonomy import Topic
from triage.verdict import Opinion

OWNER = Address("", "owner@shop.example")
HOUSE = House((OWNER,))
ACCOUNT = Account(
    "shop", (OWNER,), "localhost", 143, Security.NONE, "owner", PasswordFrom(env="UNUSED")
)
FORM = """\
Name: Pat Lovelock
Email: pat@customer.example
Message: When will my queens be sent?
"""


class Told:
    """A judge that finds the probability in the text, and no complaint in German."""

    def judge(self, subject: str, text: str) -> Opinion:
        if subject == "German":
            return Opinion(0.0, {}, (), "de", known_language=False)
        topics = {Topic.PRAISE: 0.6, Topic.LATE: 0.3, Topic.DAMAGED: 0.1}
        return Opinion(float(text.split(maxsplit=1)[0]), topics, (), "en", known_language=True)


def pile(*texts: str) -> Iterator[Unlabelled]:
    return (Unlabelled("", text.partition(": ")[0], text.rpartition(": ")[2]) for text in texts)


def asked(
    mails: Iterator[Unlabelled], labelled: Set[str] = frozenset(), flag: float = 0.5
) -> list[str]:
    return [each.mail.text for each in questions(mails, Told(), flag, labelled)]


def test_the_most_uncertain_comes_first() -> None:
    """Nearest to the threshold, on either side; and of two alike the one that was met first."""
    texts = ["0.875", "0.25 a", "0.5", "0.25 b", "0.625"]
    assert asked(pile(*texts)) == ["0.5", "0.625", "0.25 a", "0.25 b", "0.875"]
    assert asked(pile(*texts), flag=0.75)[:2] == ["0.875", "0.625"]


def test_no_text_is_asked_about_twice() -> None:
    """Not what has a label, however it is spaced or capitalised, nor a copy, nor an empty mail."""
    labelled = {next(pile("A: 0.4 seen")).key}
    assert asked(pile("a:  0.4 Seen", "B: 0.5", "B: 0.5", " "), labelled) == ["0.5"]


def test_another_language_is_left_out() -> None:
    """The classifier knows English, and a label in German would teach it none."""
    assert asked(pile("German: 0.5", "0.4")) == ["0.4"]


def test_a_large_pile_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The most uncertain stay."""
    monkeypatch.setattr(question, "MOST", 2)
    assert asked(pile(*(f"0.{n}" for n in range(10, 50)))) == ["0.49", "0.48"]


def test_the_guess_is_a_topic_a_complaint_can_have() -> None:
    """Though praise is likelier."""
    (one,) = questions(pile("0.5"), Told(), 0.5, set())
    assert one.topic is Topic.LATE


def test_files_give_what_has_no_label(tmp_path: Path) -> None:
    """Who wrote it, subject and text; a mail that cannot be read is named."""
    (tmp_path / "a.eml").write_bytes(mail("one", text="Where is it?", by="Ann <ann@a.example>"))
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "complaint").mkdir()
    (tmp_path / "complaint" / "c.eml").write_bytes(mail("two"))
    found = list(in_files([tmp_path]))
    assert found == [
        Unlabelled("Ann <ann@a.example>", "one", "Where is it?"),
        Fault(str(tmp_path / "b.eml"), 0, "empty"),
    ]


def test_a_mailbox_is_only_looked_at() -> None:
    """Its newest mails; not the owner's own, nor one that has vanished or is none. Nothing is
    written, and the mailbox is opened read-only."""
    server = MemoryServer()
    for name in ("old", "ours", "new"):
        by = "owner@shop.example" if name == "ours" else ""
        server.deliver("INBOX", mail(name, by=by))
    server.deliver("INBOX", mail("gone"), flags=["\\Deleted"])
    server.deliver("INBOX", b"")
    form = mail("form", by="owner@shop.example", text=FORM.replace("\n", "\r\n"))
    server.deliver("INBOX", form)
    mailboxes = MemoryMailboxes(server, ACCOUNT)
    found = list(in_mailbox(mailboxes, "INBOX", HOUSE, 5))
    assert [each.subject for each in found] == ["new", "form"]
    assert found[0].sender == "anna@customer.example"
    assert found[1] == Unlabelled(
        "Pat Lovelock <pat@customer.example>",
        "form",
        "When will my queens be sent?",
        read(form).digest,
    )
    assert mailboxes.status
    assert mailboxes.status.read_only
    assert {step for step, _ in server.log} == {"connect", "open", "uids", "fetch"}
