"""Who is writing: bounces, autoresponders, robots, lists. Each row with its source."""

import pytest
from origin.mails import HOUSE, JANE, Case, check, make

from triage.origin import origin
from triage.taxonomy import OriginKind

THREAD = "<our-reply@shop.example>"
REPORT = 'multipart/report; report-type={}; boundary="x"'

CASES = [
    # Bounces.
    Case(
        "report",
        OriginKind.BOUNCE,
        "RFC 3464: delivery-status",
        sender="<anybody@mx.example>",
        subject="Anything",
        fields={"content_type": REPORT.format("delivery-status")},
    ),
    Case(
        "report-part",
        OriginKind.BOUNCE,
        "RFC 3464's part inside a multipart/mixed",
        sender="<anybody@mx.example>",
        fields={"parts": ("message/delivery-status",)},
    ),
    Case(
        "daemon",
        OriginKind.BOUNCE,
        "qmail's words",
        sender="<MAILER-DAEMON@mx.example>",
        subject="failure notice",
    ),
    Case(
        "daemon-alone",
        OriginKind.BOUNCE,
        "RFC 5321 6.1",
        sender="<mailer-daemon@mx.example>",
        subject="Hi",
    ),
    Case(
        "postmaster",
        OriginKind.BOUNCE,
        "RFC 2142, with the words",
        sender="<postmaster@mx.example>",
        subject="Undeliverable: your order",
    ),
    Case(
        "null-path",
        OriginKind.BOUNCE,
        "RFC 5321 4.5.5 with the words",
        sender="<mail@mx.example>",
        subject="Mail delivery failed: returning message to sender",
        fields={"return_path": "<>"},
    ),
    Case(
        "null-path-text",
        OriginKind.BOUNCE,
        "RFC 3463 code in the text",
        sender="<mail@mx.example>",
        subject="Your message",
        text="550 5.1.1 unknown user",
        fields={"return_path": "<>"},
    ),
    Case(
        "any-name",
        OriginKind.BOUNCE,
        "a mail server under a name of its own, with SMTP's words",
        sender="<ndr@some.example>",
        subject="Mail delivery failed: returning message to sender",
        text="A message that you sent could not be delivered.",
    ),
    Case(
        "no-from-words",
        OriginKind.BOUNCE,
        "a report without a From",
        sender="",
        subject="Mail delivery warning",
    ),
    # Automatic.
    Case(
        "no-from", OriginKind.AUTOMATIC, "RFC 5322 3.6.2 wants a From; nobody to answer", sender=""
    ),
    Case(
        "read-receipt",
        OriginKind.AUTOMATIC,
        "RFC 8098",
        subject="Read: your order",
        fields={"content_type": REPORT.format("disposition-notification")},
    ),
    Case(
        "abuse-report",
        OriginKind.AUTOMATIC,
        "RFC 5965",
        sender="<fbl@provider.example>",
        fields={"content_type": REPORT.format("feedback-report")},
    ),
    Case(
        "auto-replied",
        OriginKind.AUTOMATIC,
        "RFC 3834 5",
        fields={"auto_submitted": "auto-replied"},
    ),
    Case(
        "auto-replied-comment",
        OriginKind.AUTOMATIC,
        "RFC 3834 5: parameters may follow",
        fields={"auto_submitted": "Auto-Replied (vacation); owner-email=x"},
    ),
    Case(
        "auto-generated",
        OriginKind.AUTOMATIC,
        "RFC 3834 5",
        writer=JANE,
        fields={"auto_submitted": "auto-generated"},
    ),
    Case(
        "auto-replied-by-relay",
        OriginKind.AUTOMATIC,
        "an autoresponder behind a relay",
        sender="<abc@marketplace.amazon.com>",
        fields={"auto_submitted": "auto-replied"},
    ),
    Case(
        "x-autoreply",
        OriginKind.AUTOMATIC,
        "Gmail's responder writes yes",
        fields={"x_autoreply": "yes"},
    ),
    Case(
        "x-autorespond",
        OriginKind.AUTOMATIC,
        "cPanel's responder",
        fields={"x_autorespond": "subject"},
    ),
    Case(
        "auto-reply", OriginKind.AUTOMATIC, "Ms Exchange 5.5", fields={"precedence": "auto_reply"}
    ),
    Case(
        "vacation-junk",
        OriginKind.AUTOMATIC,
        "BSD vacation adds Precedence: bulk; its answer comes first",
        fields={"precedence": "bulk", "auto_submitted": "auto-replied"},
    ),
    Case(
        "null-path-person",
        OriginKind.AUTOMATIC,
        "RFC 3834 2: there is nobody to answer",
        writer=JANE,
        fields={"return_path": "<>"},
    ),
    Case(
        "sieve",
        OriginKind.AUTOMATIC,
        "RFC 5230 4.4",
        subject="Auto: your parcel",
        fields={"in_reply_to": THREAD},
    ),
    Case(
        "away-in-thread",
        OriginKind.AUTOMATIC,
        "an autoresponder without any header, by its wording",
        subject="Re: your parcel",
        text="Thank you for your message. I am currently out of the office until Monday.",
        fields={"in_reply_to": THREAD},
    ),
    Case(
        "says-so",
        OriginKind.AUTOMATIC,
        "the mail says what it is",
        subject="We have received your request",
        text="Hello,\n\nThis is an automated message. We are on it.",
        writer=JANE,
    ),
    # Bulk.
    Case(
        "list-id",
        OriginKind.BULK,
        "RFC 2919",
        writer=JANE,
        fields={"list_id": "<news.customer.example>"},
    ),
    Case(
        "list-unsubscribe",
        OriginKind.BULK,
        "RFC 2369 3.2",
        writer=JANE,
        fields={"list_unsubscribe": "<mailto:u@customer.example>"},
    ),
    Case(
        "list-post",
        OriginKind.BULK,
        "RFC 2369 3.4",
        writer=JANE,
        fields={"list_post": "<mailto:l@x.example>"},
    ),
    Case(
        "precedence-bulk",
        OriginKind.BULK,
        "RFC 2076 3.9",
        writer=JANE,
        fields={"precedence": "bulk"},
    ),
    Case(
        "precedence-list",
        OriginKind.BULK,
        "RFC 2076 3.9",
        writer=JANE,
        fields={"precedence": "List"},
    ),
    Case(
        "precedence-junk",
        OriginKind.BULK,
        "RFC 2076 3.9",
        writer=JANE,
        fields={"precedence": "junk"},
    ),
    Case(
        "mailman",
        OriginKind.BULK,
        "Mailman before RFC 2919",
        writer=JANE,
        fields={"x_beenthere": "l@x"},
    ),
    Case(
        "newsletter-no-reply",
        OriginKind.BULK,
        "RFC 2369 before no-reply: it is a list's",
        sender="<noreply@brand.example>",
        fields={"list_unsubscribe": "<https://brand.example/u>"},
    ),
    Case(
        "two-weak-signs",
        OriginKind.BULK,
        "a bulk sender's feedback id and a way to unsubscribe",
        text="Big news!\n\nUnsubscribe here.",
        writer=JANE,
        fields={"feedback_id": "1:2:3:esp"},
    ),
]

NO_REPLY = [
    "noreply", "no-reply", "no_reply", "no.reply", "NoReply", "noreply-orders", "do-not-reply",
    "donotreply", "do_not_reply", "dontreply", "please-do-not-reply", "ne-pas-repondre",
    "nepasrepondre", "keine-antwort", "nicht-antworten", "bitte-nicht-antworten", "noresponder",
    "no-responder", "non-rispondere", "nao-responda", "naoresponder", "geen-antwoord",
    "niet-beantwoorden", "notifications", "notification", "mailer", "svara-inte", "ikke-svar",
    "ei-vastausta", "nie-odpowiadaj", "neodpovidat", "noreply+1234", "auto-reply", "bounces",
    "donotreply-nepasrepondre", "unattended",
]  # fmt: skip
SOMEBODY = [
    "info", "support", "hello", "jane", "noa", "norepinephrine.fan", "nora.reply", "notary",
    "botanist", "alertus", "rooty", "mailerson", "dona.trepley",
]  # fmt: skip
RESPONDERS = [
    "Automatic reply: your order", "Automatic Reply", "Auto-Reply: your order",
    "Autoreply: your order", "AutoReply", "Out of Office AutoReply: your order",
    "Out of Office: your order", "Out of office", "Out of the office until Monday",
    "Automatische Antwort: Ihre Bestellung", "Abwesenheitsnotiz: Ihre Bestellung",
    "Abwesenheit: Jane Doe", "Réponse automatique : votre commande", "Absence du bureau : Jane",
    "Respuesta automática: su pedido", "Fuera de la oficina: Jane",
    "Risposta automatica: il suo ordine", "Fuori ufficio: Jane", "Automatisch antwoord: uw order",
    "Afwezig: Jane", "Resposta automática: o seu pedido", "Autosvar: din ordre",
    "Automatiskt svar: din order", "Automaattinen vastaus: tilaus",
    "Automatyczna odpowiedź: zamówienie", "Automatická odpověď: objednávka",
    "Otomatik yanıt: sipariş", "Автоответ: заказ", "自動返信：ご注文", "自动回复: 订单",
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_robot(case: Case) -> None:
    """Each row of the table."""
    check(case)


@pytest.mark.parametrize("local", NO_REPLY)
def test_nobody_reads_there(local: str) -> None:
    """No-reply in its spellings and languages is a robot, and cannot be answered."""
    found = origin(make(f"<{local}@company.example>", "Your invoice"), HOUSE)
    assert (found.kind, found.writer) == (OriginKind.AUTOMATIC, None), found.evidence


@pytest.mark.parametrize("local", SOMEBODY)
def test_somebody_reads_there(local: str) -> None:
    """Names and roles that look a little like no-reply are people."""
    found = origin(make(f"<{local}@company.example>"), HOUSE)
    assert found.kind is OriginKind.CUSTOMER, found.evidence


@pytest.mark.parametrize("subject", RESPONDERS)
def test_autoresponder_by_its_subject(subject: str) -> None:
    """Autoresponders that set no header are known by how their subject begins ..."""
    assert origin(make(subject=subject), HOUSE).kind is OriginKind.AUTOMATIC


@pytest.mark.parametrize("subject", RESPONDERS)
def test_person_who_answers_an_autoresponder(subject: str) -> None:
    """... and a person's answer to one is a person's."""
    assert origin(make(subject=f"Re: {subject}"), HOUSE).kind is OriginKind.CUSTOMER
