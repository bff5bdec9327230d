"""Who is writing: customers, the shop itself, and its group address. Each row with its source."""

import pytest
from origin.mails import HOUSE, JANE, Case, check, make

from triage.origin import origin
from triage.taxonomy import OriginKind

THREAD = "<our-reply@shop.example>"
FIELDS = "Name: Jane Doe\nEmail: jane@customer.example\nMessage: It has not come."

CASES = [
    # Customers: whoever cannot be told apart from one.
    Case("plain", OriginKind.CUSTOMER, "RFC 5322 3.6.2: From", writer=JANE),
    Case(
        "reply-to",
        OriginKind.CUSTOMER,
        "RFC 5322 3.6.2: Reply-To is where the author wants the answer",
        writer="jane@private.example",
        fields={"reply_to": "<jane@private.example>"},
    ),
    Case(
        "reply-to-ours",
        OriginKind.CUSTOMER,
        "a client that put the recipient there; an answer to ourselves helps nobody",
        writer=JANE,
        fields={"reply_to": "<shop@shop.example>"},
    ),
    Case(
        "reply-to-nobody",
        OriginKind.CUSTOMER,
        "a no-reply address cannot be answered",
        writer=JANE,
        fields={"reply_to": "<no-reply@customer.example>"},
    ),
    Case(
        "second-reply-to",
        OriginKind.CUSTOMER,
        "RFC 5322 3.6.2 allows a list; the first that reaches somebody",
        writer="jane@private.example",
        fields={"reply_to": "<shop@shop.example>, <jane@private.example>"},
    ),
    Case(
        "from-exchange",
        OriginKind.CUSTOMER,
        "MS-OXCMAIL: X-Auto-Response-Suppress asks for silence, it says nothing of the mail",
        writer=JANE,
        fields={"x_auto_response_suppress": "DR, OOF, AutoReply"},
    ),
    Case(
        "from-fastmail",
        OriginKind.CUSTOMER,
        "Fastmail puts Feedback-ID on mail that people typed",
        writer=JANE,
        fields={"feedback_id": "i123:Fastmail"},
    ),
    Case(
        "auto-submitted-no",
        OriginKind.CUSTOMER,
        "RFC 3834 5: no means a person",
        writer=JANE,
        fields={"auto_submitted": "no"},
    ),
    Case(
        "x-autoreply-no",
        OriginKind.CUSTOMER,
        "some webmailers write the header with the value no",
        writer=JANE,
        fields={"x_autoreply": "no"},
    ),
    Case(
        "return-path-person",
        OriginKind.CUSTOMER,
        "RFC 5321 4.4: an ordinary return path",
        writer=JANE,
        fields={"return_path": f"<{JANE}>"},
    ),
    Case(
        "answers-our-autoreply",
        OriginKind.CUSTOMER,
        "a person who answers our own automatic reply",
        subject="Re: Automatic reply: where is my parcel",
        writer=JANE,
        fields={"in_reply_to": THREAD},
    ),
    Case(
        "automatic-dispenser",
        OriginKind.CUSTOMER,
        "the word is the goods'",
        subject="Automatic reply button on the doorbell is broken",
        writer=JANE,
    ),
    Case(
        "out-of-office-chair",
        OriginKind.CUSTOMER,
        "the words are the goods'",
        subject="Out of office chairs? Mine never came",
        writer=JANE,
    ),
    Case(
        "auto-parts",
        OriginKind.CUSTOMER,
        "RFC 5230 4.4 writes Auto: too, but in a thread",
        subject="Auto: Ersatzteil falsch geliefert",
        writer=JANE,
    ),
    Case(
        "away-customer",
        OriginKind.CUSTOMER,
        "a customer who is away, in a mail of his own",
        text="I am out of the office until Monday, please leave the parcel next door.",
        writer=JANE,
    ),
    Case(
        "delivery-failed",
        OriginKind.CUSTOMER,
        "a parcel's failure, not a mail's",
        subject="Delivery failed",
        text="The courier says delivery failed. I was at home all day!",
        writer=JANE,
    ),
    Case(
        "returned-to-sender",
        OriginKind.CUSTOMER,
        "a parcel's words again",
        subject="Undelivered - returned to sender??",
        text="It could not be delivered, they say. To which address did you send it?",
        writer=JANE,
    ),
    Case(
        "passes-on-a-bounce",
        OriginKind.CUSTOMER,
        "a person who shows us a delivery report",
        subject="Fwd: Undelivered Mail Returned to Sender",
        text="I tried to write to you twice!\n\n550 5.1.1 user unknown",
        writer=JANE,
    ),
    Case(
        "colleague",
        OriginKind.CUSTOMER,
        "our domain is not our address",
        sender="Anna <anna@shop.example>",
        writer="anna@shop.example",
    ),
    Case(
        "person-called-noah-reply",
        OriginKind.CUSTOMER,
        "no-reply is looked for as words, not letters",
        sender="Noa Replin <noa.r@customer.example>",
        writer="noa.r@customer.example",
    ),
    Case(
        "field-in-a-letter",
        OriginKind.CUSTOMER,
        "a person may label lines; From is neither ours nor a form's",
        text="Name: Jane\nEmail: other@customer.example\nMessage: where is it",
        writer=JANE,
    ),
    Case(
        "unsubscribe-wish",
        OriginKind.CUSTOMER,
        "one weak sign is not enough",
        text="Please unsubscribe me, and send me my money back.",
        writer=JANE,
    ),
    # Our own.
    Case("own", OriginKind.OWN, "rule 31", sender="Shop <shop@shop.example>"),
    Case(
        "own-case",
        OriginKind.OWN,
        "RFC 5321 2.4: domains know no case",
        sender="<Shop@SHOP.Example>",
    ),
    Case("own-plus", OriginKind.OWN, "RFC 5233: subaddress", sender="<shop+orders@shop.example>"),
    Case(
        "own-gmail-dots",
        OriginKind.OWN,
        "Gmail help: dots do not matter",
        sender="<theshop@gmail.com>",
    ),
    Case(
        "own-googlemail",
        OriginKind.OWN,
        "Gmail help: one mailbox",
        sender="<the.shop@googlemail.com>",
    ),
    Case(
        "own-reply-to-own",
        OriginKind.OWN,
        "no customer is named",
        sender="<shop@shop.example>",
        fields={"reply_to": "<the.shop@gmail.com>"},
    ),
    Case(
        "own-newsletter",
        OriginKind.OWN,
        "our newsletter's copy: list headers, and Reply-To a helpdesk, not a customer",
        sender="<shop@shop.example>",
        subject="Autumn is here",
        fields={"reply_to": "<us@desk.example>", "list_unsubscribe": "<https://news.example/u>"},
    ),
    Case(
        "own-reply-to-a-form",
        OriginKind.OWN,
        "our own answer quotes the form's fields",
        sender="<shop@shop.example>",
        subject="Re: Contact form",
        text="I look into it.\n\n" + FIELDS,
        fields={"in_reply_to": THREAD},
    ),
    Case(
        "own-out-of-office",
        OriginKind.OWN,
        "our own autoresponder",
        sender="<shop@shop.example>",
        fields={"auto_submitted": "auto-replied"},
    ),
    # The shop's own group address.
    Case(
        "own-list",
        OriginKind.CUSTOMER,
        "our group's list headers say nothing about the writer",
        writer=JANE,
        fields={
            "list_id": "<info.shop.example>",
            "precedence": "list",
            "list_unsubscribe": "<https://groups.google.com/a/shop.example/group/info/subscribe>",
        },
    ),
    Case(
        "own-list-rewritten",
        OriginKind.CUSTOMER,
        "Google Groups rewrites From where DMARC demands it; X-Original-From has the writer",
        sender="'Jane Doe' via Info <info@shop.example>",
        writer=JANE,
        fields={
            "list_id": "<info.shop.example>",
            "x_original_from": f"Jane Doe <{JANE}>",
            "reply_to": f"Jane Doe <{JANE}>",
        },
    ),
    Case(
        "own-list-reply-to",
        OriginKind.CUSTOMER,
        "the same with Reply-To only",
        sender="'Jane Doe' via Info <info@shop.example>",
        writer=JANE,
        fields={"list_id": "<info.shop.example>", "reply_to": f"Jane Doe <{JANE}>"},
    ),
    Case(
        "newsletter-by-own-list",
        OriginKind.BULK,
        "a newsletter to our group keeps its own way to unsubscribe",
        writer=JANE,
        fields={
            "list_id": "<info.shop.example>",
            "list_unsubscribe": "<https://esp.example/u>",
        },
    ),
    Case(
        "strange-list",
        OriginKind.BULK,
        "another's group is a list",
        writer=JANE,
        fields={"list_id": "<info.other.example>"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_people(case: Case) -> None:
    """Each row of the table."""
    check(case)


def test_evidence_says_where_the_answer_is_led() -> None:
    """A Reply-To on another domain is honoured and named."""
    found = origin(make(reply_to="<jane@elsewhere.example>"), HOUSE)
    assert "jane@elsewhere.example" in found.evidence
    assert JANE in found.evidence
