"""The daemon's log: a line an event, and not a word of any mail."""

import typing

import pytest
from test_cli_findings import DRAFT, FINDING

from triage.cli import telling
from triage.daemon.events import (
    AccountStopped,
    Connected,
    CycleEnded,
    CycleFailed,
    DigestFailed,
    DigestLaid,
    Hanging,
    LessonsHeard,
    ModelNotRead,
    ModelRenewed,
    ModelReplaced,
    Reloaded,
    ReloadFailed,
    Started,
    Stopping,
    TeachingFailed,
    TeachingRefused,
    Told,
)
from triage.errors import (
    AccountError,
    AppendRefused,
    MailboxError,
    MessageError,
    Refusal,
    UserError,
)
from triage.event import (
    CopiesRemoved,
    DraftDelayed,
    DraftDropped,
    DraftStored,
    DraftWithdrawn,
    Handled,
    MailboxMissing,
    NotFollowed,
    NotMarked,
    NotUnmarked,
    OrdersNotRead,
    Unmarked,
)
from triage.finding import failed
from triage.place import Ref, Stored

REF = Ref("INBOX", 1, 7)
DAMAGED = UserError("model-damaged", path="/s/words.npz", aside="/s/words.npz.damaged")
EVENTS: list[tuple[Told, str | None]] = [
    (Handled(REF, FINDING), "shop: INBOX 7 abababababab flagged (complaint): angry, chargeback"),
    (Handled(REF, failed(MessageError("empty"))), "shop: INBOX 7 failed (empty)"),
    (Handled(REF, failed(MessageError("empty")), True), "shop: INBOX 7 failed (empty), given up"),
    (
        Unmarked(REF),
        "shop: INBOX 7 no complaint, as you say: flag and tag taken off",
    ),
    (
        NotUnmarked(REF, Refusal("uidvalidity-changed", mailbox="INBOX")),
        "shop: INBOX 7 keeps its flag. The server has numbered the mails in INBOX anew. It is"
        " listed again.",
    ),
    (
        NotMarked(REF, Refusal("uidvalidity-changed", mailbox="INBOX")),
        "shop: INBOX 7 not flagged. The server has numbered the mails in INBOX anew. It is listed"
        " again.",
    ),
    (
        MailboxMissing("Orders", AccountError("starttls-missing", host="h")),
        'shop: h does not offer STARTTLS. Set security to "tls", with port 993.',
    ),
    (
        DraftStored("<d@shop.example>", Stored(Ref("Drafts", 1, 3), "ab" * 32)),
        "shop: letter laid at Drafts 3",
    ),
    (
        DraftDropped("<d@x>", "answered-in-Sent"),
        "shop: letter not laid: you have answered already",
    ),
    (
        DraftWithdrawn("<d@x>", "settled"),
        "shop: letter taken away again: the customer wrote that it is settled",
    ),
    (
        NotFollowed(Refusal("server-refused", command="EXAMINE", answer="NO", code="")),
        "shop: Drafts or Sent not looked at. The server refused EXAMINE (NO). It is tried again.",
    ),
    (
        DraftDropped("<d@x>", "never-confirmed"),
        "shop: letter given up: the server took it again and again, and it was never found. Look"
        " into Drafts yourself",
    ),
    (
        DraftDelayed("<d@x>", AppendRefused("append-refused", mailbox="Drafts", code="CANNOT")),
        "shop: letter delayed. The server did not take the draft into Drafts (CANNOT). It is tried"
        " again.",
    ),
    (
        OrdersNotRead(UserError("orders-unfinished", path="/o.csv")),
        "shop: the order book stays as it was. The order book /o.csv ends in the middle, as if it"
        " were being written. It is read again when it has changed; if it stays so, export it"
        " again.",
    ),
    (
        OrdersNotRead(UserError("orders-command-failed", command="/bin/orders", status=1)),
        "shop: no order is known. The order command /bin/orders ended with status 1. It said"
        " why on its standard error, which is not kept: give it a question by hand.",
    ),
    (CopiesRemoved("<d@x>", 2), "shop: 2 late extras of a letter removed"),
    (Started(2), "shop: watching 2 accounts"),
    (Connected("h\x1b"), "shop: connected to h\ufffd"),
    (CycleEnded(), None),
    (
        CycleFailed(MailboxError("host-unknown", host="h"), 7.4),
        "shop: There is no server h, or no network. See host in the configuration. Next try in"
        " 7 s.",
    ),
    (
        AccountStopped(AccountError("starttls-missing", host="h"), 3600.0),
        'shop: STOPPED. h does not offer STARTTLS. Set security to "tls", with port 993. Next try'
        " in 60 minutes, or at once after a reload (kill -HUP, systemctl reload) or a restart.",
    ),
    (Reloaded(1), "shop: configuration read again, watching 1 account"),
    (
        ReloadFailed(UserError("config-unreadable", path="/c", why="gone")),
        "shop: the old configuration stays in force. The configuration /c cannot be read: gone.",
    ),
    (
        ModelReplaced(None, made=True),
        "shop: making the model from the corpus and your labels: it takes a minute",
    ),
    (
        ModelReplaced(DAMAGED, made=True),
        "shop: making the model from the corpus and your labels: it takes a minute. The model"
        " /s/words.npz was damaged; it is set aside as /s/words.npz.damaged.",
    ),
    (
        ModelReplaced(DAMAGED, made=False),
        "shop: using the model that came with it. The model /s/words.npz was damaged; it is set"
        " aside as /s/words.npz.damaged.",
    ),
    (ModelRenewed(), "shop: a new model is in force"),
    (
        ModelNotRead(UserError("model-unreadable", path="/s/words.npz", reason="damaged")),
        "shop: the former model stays in force. The model /s/words.npz cannot be used: damaged. Run"
        " triage train.",
    ),
    (
        LessonsHeard(2, 1),
        "shop: 2 mails labelled by their folder, 1 label taken back. triage train learns from it",
    ),
    (LessonsHeard(0, 2), "shop: 2 labels taken back. triage train learns from it"),
    (
        TeachingRefused(
            ("Triage/Late",),
            Refusal("server-refused", command="CREATE", answer="NO", code="", wait=None),
        ),
        "shop: the teaching folders are not all there. Make Triage/Late in your mail program. The"
        " server refused CREATE (NO). It is tried again.",
    ),
    (
        TeachingFailed(MailboxError("host-unknown", host="h")),
        "shop: nothing is learned from the teaching folders for now. There is no server h, or no"
        " network. See host in the configuration.",
    ),
    (DigestLaid("INBOX"), "shop: digest laid into INBOX"),
    (
        DigestFailed(MailboxError("host-unknown", host="h")),
        "shop: the digest is not laid yet. There is no server h, or no network. See host in the"
        " configuration.",
    ),
    (Hanging(("a", "b")), "shop: hanging: a, b"),
    (Stopping(()), "shop: stopped"),
    (Stopping(("a",)), "shop: stopped in the middle: a"),
]


@pytest.mark.parametrize(("told", "line"), EVENTS)
def test_each_event_is_one_line(told: Told, line: str | None) -> None:
    """Or none, for what happens every minute."""
    assert telling.line("shop", told) == line


def test_no_event_is_without_its_line() -> None:
    """A new event cannot be forgotten here."""
    assert {type(told) for told, _ in EVENTS} == set(typing.get_args(Told))


def test_the_daemon_itself_has_no_account() -> None:
    """Then the line begins with the matter."""
    assert telling.line("", Stopping(())) == "stopped"


def test_no_text_and_no_address_of_a_mail_is_logged() -> None:
    """Neither subject nor writer, neither letter nor clue, nor the phrase of a signal."""
    line = telling.line("shop", Handled(REF, FINDING)) or ""
    for secret in (
        "Ann",
        "ann@example.org",
        "Where",
        "one@example.org",
        "come",
        "joke",
        "bank",
        DRAFT.subject,
    ):
        assert secret not in line


def test_debug_shows_where_an_error_arose() -> None:
    """The way of the error and of what caused it, safe for a terminal; nothing for the rest."""
    error = MailboxError("program-error", error="ValueError")
    error.__cause__ = ValueError("\x1b[2J")
    shown = telling.trace(CycleFailed(error, 1.0))
    assert "ValueError: \ufffd[2J" in shown
    assert shown.splitlines()[-1].startswith("triage.errors.MailboxError")
    assert telling.trace(CycleEnded()) == ""
