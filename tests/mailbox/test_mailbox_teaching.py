"""The teaching folders on servers that name folders in their own ways."""

from collections.abc import Callable

import pytest
from servers.dovecot import Dovecot
from servers.fake import HEALTHY, Fake
from servers.letters import is_ours

from triage.account import Security
from triage.mailbox import Session, connect
from triage.mailbox.folders import Listed
from triage.mailbox.teaching import full_names

Fakes = Callable[..., Fake]
Dial = Callable[..., Session]

NAMES = ("Complaint", "Not a complaint")
INBOXED = """
namespace inbox {
  prefix = INBOX.
  separator = .
}
"""


def listing(separator: str, *names: str) -> list[Listed]:
    return [Listed(frozenset(), separator, name) for name in names]


@pytest.mark.parametrize(
    ("parent", "there", "personal", "name"),
    [
        ("Triage", listing("/", "INBOX", "Drafts"), None, "Triage/Complaint"),
        ("Triage", listing("/", "INBOX", "Drafts"), ("", "/"), "Triage/Complaint"),
        ("Triage", listing(".", "INBOX"), ("INBOX.", "."), "INBOX.Triage.Complaint"),
        ("Triage", listing(".", "INBOX", "INBOX.Sent"), None, "INBOX.Triage.Complaint"),
        ("INBOX.Triage", listing(".", "INBOX"), ("INBOX.", "."), "INBOX.Triage.Complaint"),
        ("Work/Triage", listing(".", "INBOX", "Sent"), None, "Work.Triage.Complaint"),
        ("A/B", listing(".", "INBOX", "A/B"), ("INBOX.", "."), "A/B.Complaint"),
        ("Triage", listing("", "INBOX"), None, "Triage - Complaint"),
        ("Triage", [], None, "Triage - Complaint"),
    ],
)
def test_names(
    parent: str, there: list[Listed], personal: tuple[str, str] | None, name: str
) -> None:
    """With the server's own separator, and below the inbox where all folders lie there."""
    assert full_names(parent, ["Complaint"], there, personal) == {"Complaint": name}


def test_folders_below_the_inbox() -> None:
    """A server that keeps all folders below the inbox gets them there, made and subscribed to; to
    look for them makes none, and a second time changes nothing."""
    server = Dovecot(INBOXED).start()
    try:
        account = server.account("anna", Security.NONE, teaching="Triage")
        with connect(account, is_ours=is_ours) as session:
            there = {name: f"INBOX.Triage.{name}" for name in NAMES}
            laid = session.teaching(NAMES, make=False)
            assert (laid.there, laid.missing) == ({}, tuple(there.values()))
            for _ in range(2):
                laid = session.teaching(NAMES, make=True)
                assert (laid.there, laid.missing, laid.refused) == (there, (), None)
            assert session.open("INBOX.Triage.Complaint", read_only=True).exists == 0
        owner = server.owner("anna")
        shown = {name for _, _, name in owner.client.list_sub_folders()}
        owner.close()
        assert set(there.values()) <= shown
    finally:
        server.remove()


def test_a_server_that_makes_no_folder(fakes: Fakes, dial: Dial) -> None:
    """What it refuses is missing, with its reason; the connection goes on."""
    fake = fakes(HEALTHY | {"CREATE": b"TAG NO [NOPERM] not here\r\n"})
    session = dial(fake, teaching="Triage")
    laid = session.teaching(NAMES, make=True)
    assert (laid.there, laid.missing) == ({}, ("Triage/Complaint", "Triage/Not a complaint"))
    assert laid.refused
    assert laid.refused.kind == "server-refused"
    assert session.open("INBOX").exists == 3


def test_a_folder_that_is_there_unlisted(fakes: Fakes, dial: Dial) -> None:
    """Made by somebody else meanwhile, or kept out of the LIST; one nobody may subscribe to."""
    answers = {"CREATE": b"TAG NO [ALREADYEXISTS] there\r\n", "SUBSCRIBE": b"TAG NO no\r\n"}
    laid = dial(fakes(HEALTHY | answers), teaching="Triage").teaching(NAMES, make=True)
    assert (tuple(laid.there), laid.refused) == (NAMES, None)
