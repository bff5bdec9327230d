"""Signals in the story: told to the owner and remembered, and nothing else is another for them."""

from dataclasses import replace
from pathlib import Path

import pytest
from world import Listener, World, mail

from triage.event import Handled
from triage.finding import Finding
from triage.taxonomy import SignalKind
from triage.verdict import Opinion, Signal

ADA = "Ada Fox <ada@customer.example>"
THREAT = "The cup is broken. I am livid and will open a dispute."
TAME = "The cup is broken. I am glad and will open a window."


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def found(world: World, raw: bytes) -> Finding:
    """What a cycle tells of a mail."""
    world.deliver(raw)
    handled = world.cycle(minutes=1)[0]
    assert isinstance(handled, Handled)
    return handled.finding


def test_a_complaint_with_a_threat(world: World, tmp_path: Path) -> None:
    """Its kinds are told and remembered; verdict and letter are those of the mail without."""
    other = World(tmp_path / "other")
    loud, tame = found(world, mail(1, THREAT)), found(other, mail(2, TAME, sender=ADA))
    assert [signal.kind for signal in loud.signals] == ["angry", "chargeback"]
    assert tame.signals == ()
    rows = [each.ledger.one("SELECT signals FROM message") for each in (world, other)]
    assert [row["signals"] for row in rows] == ["angry chargeback", ""]
    assert loud.verdict == tame.verdict
    assert loud.facts == tame.facts
    drafts = [*world.drafts(), *other.drafts()]
    letters = [draft.get_content().partition("On ")[0] for draft in drafts]
    assert letters[0] == letters[1] != ""


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (mail(1, "Thank you. He is livid, I won!!!"), "no-complaint"),
        (mail(1, THREAT, more="List-Id: <x.example>\r\n"), "complaint-from-bulk"),
        (mail(1, THREAT, sender="hello@shop.example"), "own"),
    ],
)
def test_where_no_customer_complains(world: World, raw: bytes, reason: str) -> None:
    """Jokes and news have no signals."""
    finding = found(world, raw)
    assert (finding.reason, finding.signals) == (reason, ())


def test_words_of_another_language(world: World) -> None:
    """Are not judged, and no signal is told of them."""
    foreign = Opinion(0.0, {}, (), "de", known_language=False)

    class Stranger(Listener):
        def judge(self, subject: str, text: str) -> Opinion:
            return foreign

    world.desk = replace(world.desk, judge=Stranger())
    finding = found(world, mail(1, THREAT))
    assert (finding.reason, finding.signals) == ("foreign-language", ())


def test_a_doubtful_mail_and_a_repeated_one(world: World) -> None:
    """Are listed to the owner, and so with their signals."""
    doubtful = found(world, mail(1, "Hmm. I will call my lawyer."))
    again = found(world, mail(2, "Hmm. I will call my lawyer.", sender=ADA))
    assert [each.outcome for each in (doubtful, again)] == ["unsure", "repeat"]
    assert [signal.kind for signal in (*doubtful.signals, *again.signals)] == ["lawyer", "lawyer"]


HARM = "Your little lamp set the curtain alight. Funny, is it not?"


def test_harm_where_nobody_complains(world: World) -> None:
    """Is unsure, listed with its phrase, and gets no letter; a robot's and a stranger's words on
    it change nothing."""
    finding = found(world, mail(1, HARM))
    assert (finding.outcome, finding.reason, finding.undrafted) == ("unsure", "harm", "unsure")
    assert finding.signals == (Signal(SignalKind.HARM, "set the curtain alight"),)
    listed = found(world, mail(2, HARM, more="List-Id: <x.example>\r\n"))
    assert (listed.outcome, listed.reason, listed.signals) == ("passed", "no-complaint", ())
    rows = world.ledger.all("SELECT outcome, signals FROM message ORDER BY judged")
    assert [tuple(row) for row in rows] == [("unsure", "harm"), ("passed", "")]
    assert world.drafts() == []


CLAIM = "Hmm, well. I would like my money back, please."


def test_a_claim_where_nobody_complains(world: World) -> None:
    """Is unsure and listed, and gets no letter; over a list it changes nothing. Where a complaint
    is as likely as not it is one."""
    text = CLAIM.removeprefix("Hmm, well. ")
    finding = found(world, mail(1, text))
    assert (finding.outcome, finding.reason, finding.undrafted) == ("unsure", "claim", "unsure")
    listed = found(world, mail(2, text, more="List-Id: <x.example>\r\n"))
    assert (listed.outcome, listed.reason) == ("passed", "no-complaint")
    doubtful = found(world, mail(3, CLAIM))
    assert (doubtful.outcome, doubtful.reason) == ("flagged", "complaint")
    calm = found(world, mail(4, "Hmm, well."))
    assert (calm.outcome, calm.reason) == ("unsure", "in-between")
    assert len(world.drafts()) == 1


def test_harm_in_a_complaint(world: World) -> None:
    """The first of its signals, and the letter that offers nothing; so, too, where it is as likely
    as not that he complains."""
    finding = found(
        world, mail(1, f"The lamp is broken, I am livid. {HARM} I will open a dispute.")
    )
    assert [signal.kind for signal in finding.signals] == ["harm", "angry", "chargeback"]
    assert finding.outcome == "flagged"
    assert finding.draft is not None
    assert finding.draft.template == "harm"
    doubtful = found(world, mail(2, f"Hmm. {HARM}"))
    assert (doubtful.outcome, doubtful.reason) == ("flagged", "complaint")
    assert [signal.kind for signal in doubtful.signals] == ["harm"]
    assert doubtful.draft is not None
    assert doubtful.draft.template == "harm"
