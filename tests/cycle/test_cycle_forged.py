"""Ids are for everybody to write: a mail that bears the one of a draft of ours takes nothing from
anybody."""

from pathlib import Path

import pytest
from world import OWNER, World, mail, msgid

from triage.event import CopiesRemoved
from triage.message import read
from triage.reply import draft_id


@pytest.mark.parametrize("first", ["theirs", "forged"])
def test_a_mail_with_the_id_of_a_draft(tmp_path: Path, first: str) -> None:
    """Who knows a customer's mail to the letter can tell what id the draft to it will have. His own
    mail with that id, in the same thread, is a mail like any other: both are answered, the draft is
    found to be where it is, and neither mail nor draft is touched."""
    world = World(tmp_path)
    theirs = mail(1, "broken")
    ours = draft_id(OWNER.addr, read(theirs).digest, 1)
    forged = mail(
        2,
        "broken as well",
        sender="Eve <eve@evil.example>",
        more=f"In-Reply-To: {msgid(1)}\r\nReferences: {msgid(1)} {ours}\r\n",
    ).replace(msgid(2).encode(), ours.encode())
    for raw in (theirs, forged) if first == "theirs" else (forged, theirs):
        world.deliver(raw)
        world.cycle(minutes=1)
    assert {str(draft["Message-ID"]) for draft in world.drafts()} >= {ours}
    assert world.answered() == {msgid(1): 1, ours: 1}
    events = [event for _ in range(3) for event in world.cycle(minutes=40)]
    assert not [event for event in events if isinstance(event, CopiesRemoved)]
    assert world.answered() == {msgid(1): 1, ours: 1}
    assert len(world.server.mails("INBOX")) == 2
    (draft,) = (each for each in world.drafts() if each["Message-ID"] == ours)
    assert "ada@customer.example" in str(draft["To"])
