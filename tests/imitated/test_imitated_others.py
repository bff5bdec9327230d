"""What Microsoft, Yahoo, Apple, GMX and Proton do in their own way, imitated, where it could
hurt."""

import pytest
from cycle.world import mail, msgid
from imitated.providers import (
    GITHUB,
    NULL_SIZE,
    THREEFOLD,
    YAHOO_FINDS_NOTHING,
    YAHOO_REFUSES,
    HeaderSearch,
    NoAppendUid,
    NoKeywords,
    NoRfc822,
    Rebuilds,
    Refuses,
    Rewinds,
    Sizes,
    swallows,
    throttled,
)
from imitated.proxy import Command, Deviation
from imitated.shop import AnswerLost, Open

from triage.errors import AccountError, TriageError
from triage.event import DraftDropped, Handled, MailboxMissing

# --- Microsoft ---


@pytest.mark.parametrize("name", ["LIST", "SELECT", "UID SEARCH", "UID FETCH", "EXAMINE", "APPEND"])
def test_throttled(open_at: Open, name: str) -> None:
    """Whatever it strikes: the look ends at once, with what the server has said, the account goes
    on, and the next look that is let through answers."""
    throttle = throttled(name)
    shop = open_at(throttle)
    throttle.often = 0
    shop.complained()
    shop.arrives(mail(2, "The lid is broken.", sender="Bo <bo@customer.example>"))
    throttle.often = 2
    told = [*shop.look(), *shop.look()]
    assert throttle.refused == 2
    assert [error.kind for error in shop.errors] == ["server-busy"] * 2
    assert [error.facts["wait"] for error in shop.errors] == [300.0] * 2
    assert not [event for event in told if isinstance(event, MailboxMissing)]
    for _ in range(2):
        shop.look(minutes=10)
    assert len(shop.lying()) == 2


def test_a_throttled_flag_keeps_no_complaint_waiting(open_at: Open) -> None:
    """A flag is a help to the owner; without it the story goes on."""
    shop = open_at(throttled("UID STORE"))
    shop.complained()
    shop.look()
    assert len(shop.lying()) == 1


@pytest.mark.parametrize(
    ("reply", "source"),
    [
        (b"BAD User is authenticated but not connected.", "getmail6/getmail6/issues/214"),
        (b"NO Server Unavailable. 15", "lefcha/imapfilter/issues/146"),
        (b"BAD Request is throttled. Suggested Backoff Time: 89117 milliseconds\r\n"
         b"* BYE Connection closed. 14", "simonrob/email-oauth2-proxy/issues/191"),
    ],
)  # fmt: skip
def test_an_inbox_that_is_not_given_now(open_at: Open, reply: bytes, source: str) -> None:
    """The account is not stopped as one without an inbox."""
    shop = open_at(Refuses(("SELECT",), b"TAG " + reply + b"\r\n", GITHUB + source))
    shop.look()
    (error,) = shop.errors
    assert error.kind in {"server-busy", "server-refused"}


def test_authenticated_but_not_connected(open_at: Open) -> None:
    """It may pass by itself: the account goes on."""
    reply = b"TAG BAD User is authenticated but not connected.\r\n"
    shop = open_at(Refuses(("LIST",), reply, GITHUB + "jstedfast/MailKit/issues/1494"))
    shop.look()
    assert [error.kind for error in shop.errors] == ["server-busy"]


def test_passwords_are_not_taken(open_at: Open) -> None:
    """The account stops, and its owner hears why."""
    reply = b"TAG NO Basic authentication is disabled.\r\n* BYE signing off.\r\n"
    shop = open_at(Refuses(("LOGIN",), reply, GITHUB + "holon-run/uxc/issues/445"))
    with pytest.raises(AccountError) as raised:
        shop.connect()
    assert raised.value.kind == "basic-auth-disabled"


def test_no_keyword_is_tried(open_at: Open) -> None:
    """Where none is kept none is stored or searched for; the flag is."""
    shop = open_at(NoKeywords())
    shop.complained()
    shop.look()
    assert "\\Flagged" in shop.lying("INBOX")[0].flags
    assert not [line for line in shop.imitated.heard if b"Complaint" in line or b"KEYWORD" in line]


@pytest.mark.parametrize("sizes", [THREEFOLD, NULL_SIZE], ids=["too large", "null"])
def test_a_size_that_is_none(open_at: Open, sizes: Sizes) -> None:
    """The mail is read as it is given, and kept for no other; its whole text is quoted."""
    shop = open_at(sizes)
    shop.complained()
    shop.look()
    (draft,) = shop.lying()
    assert b"The cup is broken." in draft.raw


# --- Yahoo ---


@pytest.mark.parametrize("search", [YAHOO_REFUSES, YAHOO_FINDS_NOTHING], ids=["NO", "empty"])
def test_a_draft_that_no_search_finds(open_at: Open, search: HeaderSearch) -> None:
    """Of one whose answer was lost the listing tells: it is not laid a second time."""
    shop = open_at(search, AnswerLost())
    shop.complained()
    for _ in range(3):
        shop.look()
    assert len(shop.lying()) == 1


@pytest.mark.parametrize(
    ("name", "reply", "kind"),
    [
        ("LOGIN", b"TAG NO [LIMIT] LOGIN Rate limit hit.\r\n", "login-unavailable"),
        ("LOGIN", b"TAG NO [UNAVAILABLE] LOGIN Service is temporarily not available\r\n",
         "login-unavailable"),
        ("CAPABILITY", b"* BYE IMAP4rev1 Server logging out\r\n"
         b"TAG NO [LIMIT] CAPABILITY Rate limit hit.\r\n", "server-closed"),
        ("LOGIN", b"TAG NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials\r\n", "login-refused"),
    ],
)  # fmt: skip
def test_a_limited_login(open_at: Open, name: str, reply: bytes, kind: str) -> None:
    """Only a wrong password stops the account. Known from imapflow's thread on Yahoo's limits."""
    shop = open_at(Refuses((name,), reply, GITHUB + "postalsys/imapflow/issues/75"))
    with pytest.raises(TriageError) as raised:
        shop.connect()
    assert raised.value.kind == kind
    assert isinstance(raised.value, AccountError) is (kind == "login-refused")


class NeverGives(Deviation):
    """One mail can never be fetched, alone or with others."""

    source = GITHUB + "imapsync/imapsync/issues/119"

    def instead(self, command: Command) -> bytes | None:
        asked = command.name == "UID FETCH" and b"BODY.PEEK[])" in command.line
        if asked and b"1" in command.line.split()[2].split(b","):
            return b"TAG NO [UNAVAILABLE] UID FETCH Server error while fetching messages\r\n"
        return None


def test_a_mail_that_is_never_given(open_at: Open) -> None:
    """The others are answered; that one is listed in the end, not forgotten."""
    shop = open_at(NeverGives())
    shop.look()
    shop.arrives(mail(1, "The cup is broken."))
    shop.arrives(mail(2, "The lid is broken.", sender="Bo <bo@customer.example>"))
    told = [event for _ in range(3) for event in shop.look(minutes=0.5)]
    assert [msgid(2).encode() in draft.raw for draft in shop.lying()] == [True]
    told += [event for _ in range(8) for event in shop.look(minutes=18 * 60)]
    assert [event.ref.uid for event in told if isinstance(event, Handled) and event.given_up] == [1]


# --- iCloud ---


def test_rfc822_is_never_asked_for(open_at: Open) -> None:
    """The imitation gives nothing for it, and the program asks for BODY.PEEK[] alone."""
    shop = open_at(NoRfc822())
    shop.complained()
    with shop.connect() as session:
        session.open("INBOX")
        wire = session._client.wire
        _, data = wire.uid("FETCH", "1", "(UID RFC822)")
        assert b"broken" not in b"".join(part for part in data if isinstance(part, bytes))
    shop.imitated.heard.clear()
    shop.look()
    assert len(shop.lying()) == 1
    asked = [line for line in shop.imitated.heard if b"FETCH" in line]
    assert asked
    assert not [line for line in asked if b"RFC822" in line.replace(b"RFC822.SIZE", b"")]
    assert not [line for line in asked if b"BODY[" in line]


# --- GMX, web.de ---


def test_uidnext_that_goes_back(open_at: Open) -> None:
    """All is listed anew, and known again; what comes meanwhile is seen."""
    shop = open_at(Rewinds(by=5))
    shop.look()
    for number in range(1, 7):
        shop.arrives(mail(number, "It is broken.", sender=f"c{number}@customer.example"))
        shop.look()
    answered = [draft.raw.count(b"In-Reply-To:") for draft in shop.lying()]
    assert answered == [1] * 6
    assert len({draft.raw for draft in shop.lying()}) == 6


# --- Proton Mail Bridge ---


def test_a_bridge_that_never_stores(open_at: Open) -> None:
    """It says OK each time: after three the draft is given up, and that is told."""
    swallowing = swallows(1_000_000)
    shop = open_at(NoAppendUid(), swallowing)
    shop.complained()
    told = [event for _ in range(8) for event in shop.look(minutes=60)]
    assert (swallowing.refused, shop.lying()) == (3, [])
    assert [event.why for event in told if isinstance(event, DraftDropped)] == ["never-confirmed"]


def test_a_rebuilt_draft_whose_answer_was_lost(open_at: Open) -> None:
    """Found with its fields in another order, it is still as we laid it: where the owner has
    changed a copy, that one stays alone."""
    shop = open_at(Rebuilds(), NoAppendUid(), AnswerLost())
    shop.complained()
    for _ in range(2):
        shop.look()
    (draft,) = shop.lying()
    assert b"X-Pm-Gluon-Id" in draft.raw
    shop.owner.deliver("Drafts", draft.raw)
    shop.owner.deliver("Drafts", draft.raw + b"P.S. Sorry again.\r\n")
    shop.look(minutes=40)
    assert [seen.raw for seen in shop.lying()] == [draft.raw + b"P.S. Sorry again.\r\n"]
