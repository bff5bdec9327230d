"""A finding as people and as programs read it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from triage.cli import wording
from triage.cli.findings import row, text
from triage.cli.wording import ORDERS, SIGNALS
from triage.errors import MessageError
from triage.facts import Facts
from triage.facts.asked import Asked, Wish
from triage.facts.occasion import Occasion
from triage.facts.said import Said
from triage.facts.stated import Stated
from triage.facts.tracking import Tracking
from triage.finding import Finding, failed
from triage.message import Address, Body, Message
from triage.order import Match, Order, OrderStatus
from triage.origin import Origin
from triage.reply import Draft
from triage.taxonomy import OriginKind, Outcome, SignalKind, Topic
from triage.verdict import Clue, Opinion, Signal, Verdict

ANN = Address("Ann", "ann@example.org")
MESSAGE = Message(
    message_id="<one@example.org>",
    date=datetime(2025, 11, 3, tzinfo=UTC),
    received=None,
    sender=ANN,
    reply_to=(),
    to=(),
    cc=(),
    subject="Where is it?\x1b[2J",
    in_reply_to=(),
    references=(),
    headers={},
    content_type="text/plain",
    body=Body("Where?\n", "Where?\n", "", ""),
    attachments=(),
    size=100,
    truncated=False,
    digest="ab" * 32,
)
DRAFT = Draft(
    message_id="<draft@shop.example>",
    generation=1,
    digest="ab" * 32,
    template="not-delivered",
    from_=Address("", "shop@shop.example"),
    to=(ANN,),
    recipient=ANN,
    subject="Re: Where is it?",
    in_reply_to="<one@example.org>",
    references=("<zero@example.org>", "<one@example.org>"),
    body="Dear Ann,\n\nI am looking into it.\n\u202e> Where?\n",
    missing=(),
    raw=b"",
)
OPINION = Opinion(
    0.93,
    {Topic.NOT_DELIVERED: 0.8, Topic.LATE: 0.2},
    (Clue("has not come", 2.1), Clue("thanks", -0.5)),
    "en",
    True,
)
ORIGIN = Origin(OriginKind.CUSTOMER, ANN, "person: ann@example.org")
FINDING = Finding(
    Outcome.FLAGGED,
    "complaint",
    MESSAGE,
    Verdict(Outcome.FLAGGED, "complaint", ORIGIN, OPINION),
    Facts(
        order_numbers=("10442",),
        first_name="Ann",
        said=Said(wrote_before=True),
        tracking=(Tracking("RM441720935GB", "Royal Mail"),),
        stated=Stated(ordered=date(2025, 10, 20), promised=date(2025, 10, 30)),
        asked=Asked(frozenset({Wish.SEND_AGAIN, Wish.ANSWER}), frozenset({Wish.REFUND})),
        occasion=Occasion("birthday", date(2025, 11, 9), gift=True, past=False),
    ),
    draft=DRAFT,
    signals=(
        Signal(SignalKind.ANGRY, "what a joke\x1b"),
        Signal(SignalKind.CHARGEBACK, "i will ask my bank"),
    ),
)
ORDER = Order(
    "#10442",
    "ann@example.org",
    "Ann Fox",
    ("Blue mug\x1b", "Bowl"),
    shipped=date(2025, 11, 3),
    carrier="Royal Mail",
    tracking="RM1",
)

KEYS = ["message_id", "outcome", "reason", "origin", "language", "complaint", "topic", "topics"]
KEYS += ["clues", "signals", "facts", "draft"]


def printed(place: dict[str, object], finding: Finding) -> dict[str, object]:
    return dict(json.loads(json.dumps(row(place, finding), default=str)))


def test_the_json_of_a_complaint() -> None:
    """Every promised key, with its promised shape, and no other."""
    assert printed({"file": "mail.eml"}, FINDING) == {
        "file": "mail.eml",
        "message_id": "<one@example.org>",
        "outcome": "flagged",
        "reason": "complaint",
        "origin": "customer",
        "language": "en",
        "complaint": 0.93,
        "topic": "not-delivered",
        "topics": {"not-delivered": 0.8, "late": 0.2},
        "clues": [
            {"text": "has not come", "weight": 2.1},
            {"text": "thanks", "weight": -0.5},
        ],
        "signals": [
            {"kind": "angry", "text": "what a joke\x1b"},
            {"kind": "chargeback", "text": "i will ask my bank"},
        ],
        "facts": {
            "order_numbers": ["10442"],
            "first_name": "Ann",
            "said": {
                "wrote_before": True,
                "looked_around": False,
                "cancelled": False,
                "sent_back": False,
                "refund_awaited": False,
                "went_back": False,
                "at_customs": False,
                "given": False,
                "photo_offered": False,
                "no_photo": False,
                "other_account": False,
                "bereaved": False,
                "discreet": False,
            },
            "harm": None,
            "tracking": [{"number": "RM441720935GB", "carrier": "Royal Mail"}],
            "stated": {
                "ordered": "2025-10-20",
                "arrived": None,
                "promised": "2025-10-30",
                "wrote": None,
            },
            "formal_name": None,
            "asked": {"wanted": ["answer", "send-again"], "unwanted": ["refund"]},
            "occasion": {"what": "birthday", "day": "2025-11-09", "gift": True, "past": False},
            "abuse": False,
            "continued": False,
            "questions": 0,
            "flaw": "",
            "ahead": [],
            "settled": "",
            "order": None,
        },
        "draft": {
            "message_id": "<draft@shop.example>",
            "to": ["ann@example.org"],
            "subject": "Re: Where is it?",
            "in_reply_to": "<one@example.org>",
            "references": ["<zero@example.org>", "<one@example.org>"],
            "body": DRAFT.body,
        },
    }


def test_the_json_of_an_order() -> None:
    """All that the book says of it, how far it is, and whether it is the writer's own."""
    found = printed({"file": "mail.eml"}, replace(FINDING, match=Match(ORDER, own=False)))
    assert found["facts"]["order"] == {
        "number": "#10442",
        "own": False,
        "status": "in-transit",
        "address": "ann@example.org",
        "name": "Ann Fox",
        "items": ["Blue mug\x1b", "Bowl"],
        "ordered": None,
        "shipped": "2025-11-03",
        "delivered": None,
        "carrier": "Royal Mail",
        "tracking": "RM1",
        "as_of": None,
        "fresh_until": None,
        "guessed": False,
    }


@pytest.mark.parametrize(
    ("match", "line"),
    [
        (
            Match(ORDER, own=False, guessed=True),
            "perhaps, by name (Ann Fox), #10442: on its way, shipped 2025-11-03, Royal Mail, RM1,"
            " Blue mug\ufffd, Bowl. It is of ann@example.org, NOT the writer's: the letter is"
            " silent on it",
        ),
        (
            Match(ORDER, own=True),
            "#10442: on its way, shipped 2025-11-03, Royal Mail, RM1, Blue mug\ufffd, Bowl",
        ),
        (
            Match(ORDER._replace(items=(), shipped=None, tracking=""), own=False),
            "#10442: not sent yet, Royal Mail. It is of ann@example.org, NOT the writer's:"
            " the letter is silent on it",
        ),
        (
            Match(Order("7", legible=False), own=False),
            "7: the order book does not say how far. It is of nobody the book knows,"
            " NOT the writer's: the letter is silent on it",
        ),
    ],
)
def test_what_a_person_reads_of_an_order(match: Match, line: str) -> None:
    """One line; where the order is another's that is said, for its facts are the owner's alone."""
    assert f"  order          {line}" in text("x", replace(FINDING, match=match)).splitlines()


def test_each_state_of_an_order_has_its_words() -> None:
    """No code reaches a person."""
    assert set(ORDERS) == set(OrderStatus)


def test_each_signal_has_its_words() -> None:
    """No code reaches a person."""
    assert set(SIGNALS) == set(SignalKind)


@pytest.mark.parametrize(
    "finding",
    [
        failed(MessageError("empty")),
        Finding(Outcome.SKIPPED, "old", MESSAGE),
        Finding(
            Outcome.SKIPPED,
            "own",
            MESSAGE,
            Verdict(Outcome.SKIPPED, "own", replace(ORIGIN, kind=OriginKind.OWN), None),
            Facts(),
        ),
        FINDING,
    ],
)
def test_the_keys_are_always_the_same(finding: Finding) -> None:
    """However little is known of a mail: the same keys, in the same order."""
    place = {"account": "shop", "mailbox": "INBOX", "uid": 7}
    found = printed(place, finding)
    assert list(found) == ["account", "mailbox", "uid", *KEYS]
    assert isinstance(found["topics"], dict)
    assert isinstance(found["clues"], list)
    assert isinstance(found["facts"], dict)


def test_the_json_of_a_mail_that_failed() -> None:
    """The reason is the error's kind; nothing is known of the rest."""
    found = printed({"file": "x"}, failed(MessageError("nested-too-deep", limit=30)))
    assert (found["outcome"], found["reason"], found["draft"]) == (
        "failed",
        "nested-too-deep",
        None,
    )
    assert found["message_id"] is found["origin"] is found["complaint"] is found["topic"] is None


def test_what_a_person_reads() -> None:
    """The verdict first, then why, then the letter; nothing that a terminal would obey."""
    assert text("mail\x1b.eml", FINDING) == (
        "mail\ufffd.eml\n"
        "  complaint      the writer was let down\n"
        '  signal         angry tone: "what a joke\ufffd"\n'
        '  signal         chargeback: "i will ask my bank"\n'
        "  subject        Where is it?\ufffd[2J\n"
        "  written by     a customer\n"
        "  told from      person: ann@example.org\n"
        "  answer to      Ann <ann@example.org>\n"
        "  language       en\n"
        "  a complaint    93% likely\n"
        "  about          not delivered 80%, late 20%\n"
        '  clues          "has not come" +2.10, "thanks" -0.50\n'
        "  order numbers  10442\n"
        "  tracking       RM441720935GB, Royal Mail\n"
        "  first name     Ann\n"
        "  says           wrote before, ordered 2025-10-20, promised 2025-10-30\n"
        "  asks for       answer, send-again\n"
        "  does not want  refund\n"
        "  needed for     birthday, 2025-11-09, a gift\n"
        "  letter         not-delivered, to ann@example.org, Re: Where is it?\n"
        "\n"
        "    Dear Ann,\n"
        "\n"
        "    I am looking into it.\n"
        "    \ufffd> Where?\n"
    )


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (failed(MessageError("empty")), "  failed         The mail is empty."),
        (
            replace(
                FINDING,
                draft=None,
                undrafted="answer-at-marketplace",
                verdict=Verdict(
                    Outcome.FLAGGED, "complaint", replace(ORIGIN, answer_at="Etsy"), OPINION
                ),
            ),
            "  letter         none: Etsy wants the answer inside",
        ),
        (
            replace(FINDING, draft=None, undrafted="answered"),
            "  letter         none: you have answered already, or are about to",
        ),
        (replace(FINDING, draft=None, undrafted="unsure"), "  letter         none"),
        (
            replace(FINDING, draft=replace(DRAFT, to=(), missing=("what you found",))),
            "  letter         not-delivered, to nobody yet, Re: Where is it?",
        ),
        (
            Finding(
                Outcome.UNSURE,
                "foreign-language",
                MESSAGE,
                Verdict(
                    Outcome.UNSURE, "foreign-language", ORIGIN, Opinion(0.0, {}, (), "de", False)
                ),
            ),
            "  unsure         is in a language triage does not know",
        ),
        (
            Finding(
                Outcome.SKIPPED,
                "own",
                MESSAGE,
                Verdict(Outcome.SKIPPED, "own", replace(ORIGIN, kind=OriginKind.OWN), None),
            ),
            "  written by     yourself",
        ),
    ],
)
def test_what_a_person_reads_of_the_rest(finding: Finding, line: str) -> None:
    """Why a mail was not read, and why there is no letter."""
    assert line in text("mail.eml", finding).splitlines()


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "<1%"), (0.004, "<1%"), (0.006, "1%"), (0.5, "50%"), (0.994, "99%"), (1.0, ">99%")],
)
def test_nothing_is_quite_sure(probability: float, said: str) -> None:
    """A probability is a guess: it is never said to be none, or certainty."""
    assert wording.chance(probability) == said
