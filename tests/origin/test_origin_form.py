"""Who is writing: contact forms, and what looks like one. Each row with its source."""

import pytest
from growth import linear
from origin.mails import HOUSE, JANE, Case, check, make

from triage.message import Address, Body
from triage.origin import form_text, origin
from triage.taxonomy import OriginKind

FIELDS = "Name: Jane Doe\nEmail: jane@customer.example\nMessage: It has not come."
SHOPIFY = (
    "You received a new message from your online store's contact form.\n\n"
    "Country Code:\nGB\n\nName:\nJane Doe\n\nEmail:\njane@customer.example\n\n"
    "Body:\nIt has not come.\nOrder: 1234, three weeks ago."
)
CF7 = (
    "From: Jane Doe <jane@customer.example>\nSubject: Parcel\n\nMessage Body:\nIt has not come.\n\n"
    "-- \nThis e-mail was sent from a contact form on Shop (https://shop.example)"
)

CASES = [
    # Forms.
    Case(
        "form-own-address",
        OriginKind.FORM,
        "rule 31: From is ours, Reply-To the customer",
        sender="Shop <shop@shop.example>",
        writer=JANE,
        fields={"reply_to": f"Jane Doe <{JANE}>"},
    ),
    Case(
        "form-own-field",
        OriginKind.FORM,
        "a field names the customer",
        sender="Shop <shop@shop.example>",
        subject="Contact form",
        text=FIELDS,
        writer=JANE,
    ),
    Case(
        "form-cf7",
        OriginKind.FORM,
        "Contact Form 7's default template, wp_mail's default sender",
        sender="WordPress <wordpress@shop.example>",
        subject='Shop "Parcel"',
        text=CF7,
        writer=JANE,
    ),
    Case(
        "form-cf7-reply-to",
        OriginKind.FORM,
        "Contact Form 7 as its documentation advises",
        sender="WordPress <wordpress@shop.example>",
        text=CF7,
        writer=JANE,
        fields={"reply_to": f"<{JANE}>"},
    ),
    Case(
        "form-shopify",
        OriginKind.FORM,
        "Shopify's contact form, sent by mailer@shopify.com",
        sender="Shop (Shopify) <mailer@shopify.com>",
        subject="New customer message on 22 November",
        text=SHOPIFY,
        writer=JANE,
        fields={"reply_to": f"<{JANE}>"},
    ),
    Case(
        "form-shopify-listed",
        OriginKind.FORM,
        "services add List-Unsubscribe; a form comes before lists",
        sender="Shop (Shopify) <mailer@shopify.com>",
        text=SHOPIFY,
        writer=JANE,
        fields={"list_unsubscribe": "<https://shopify.example/u>"},
    ),
    Case(
        "form-squarespace",
        OriginKind.FORM,
        "Squarespace help: form-submission@squarespace.info",
        sender="Squarespace <form-submission@squarespace.info>",
        subject="Form Submission - Contact",
        text="Sent via form submission from Shop\n\n" + FIELDS + "\n\nManage Submissions",
        writer=JANE,
    ),
    Case(
        "form-netlify",
        OriginKind.FORM,
        "Netlify: formresponses@netlify.com, Reply-To the field named email",
        sender='"shop.example" <formresponses@netlify.com>',
        writer=JANE,
        fields={"reply_to": f"<{JANE}>"},
    ),
    Case(
        "form-formspree",
        OriginKind.FORM,
        "Formspree: noreply@formspree.io, Reply-To the sender",
        sender="Formspree <noreply@formspree.io>",
        text="name: Jane Doe\nemail: jane@customer.example\nmessage: It has not come.",
        writer=JANE,
        fields={"reply_to": f"<{JANE}>"},
    ),
    Case(
        "form-webflow",
        OriginKind.FORM,
        "Webflow: no-reply-forms@webflow.com, fields only",
        sender="<no-reply-forms@webflow.com>",
        subject="New form submission on Webflow",
        text=FIELDS,
        writer=JANE,
    ),
    Case(
        "form-jotform",
        OriginKind.FORM,
        "Jotform: noreply@jotform.com; a table becomes tabs",
        sender="Jotform <noreply@jotform.com>",
        text="Full Name\tJane Doe\nE-mail\tjane@customer.example\nMessage\tIt has not come.",
        writer=JANE,
    ),
    Case(
        "form-table",
        OriginKind.FORM,
        "a table's cells, read as words",
        sender="Jotform <noreply@jotform.com>",
        text="Question Answer\nFull Name Jane Doe\nE-mail jane@customer.example\n"
        "Message Where is it?",
        writer=JANE,
    ),
    Case(
        "form-wpforms",
        OriginKind.FORM,
        "labels on lines of their own, without colons (imitated)",
        sender="<noreply@shop.example>",
        text="Name\nJane Doe\n\nEmail\njane@customer.example\n\n"
        "Comment or Message\nIt has not come.",
        writer=JANE,
    ),
    Case(
        "form-german",
        OriginKind.FORM,
        "labels of another language (imitated)",
        sender="<kontakt@shop.example>",
        text="Vorname: Jane\nNachname: Doe\nE-Mail-Adresse: jane@customer.example\n"
        "Nachricht: Wo ist es?",
        writer=JANE,
    ),
    Case(
        "form-strange-no-reply",
        OriginKind.FORM,
        "a site builder's no-reply address; a freemail Reply-To is a person",
        sender="<no-reply@builder.example>",
        writer="jane.doe@gmail.com",
        fields={"reply_to": "<jane.doe@gmail.com>"},
    ),
    Case(
        "form-strange-no-reply-fields",
        OriginKind.FORM,
        "fields name the customer, the message field says that it is a form",
        sender="<no-reply@builder.example>",
        text=FIELDS,
        writer=JANE,
    ),
    Case(
        "form-without-address",
        OriginKind.FORM,
        "a customer who left a telephone number only: nobody to answer by e-mail",
        sender="<shop@shop.example>",
        subject="Contact form",
        text="Name: Jane Doe\nPhone: 0117 496 0000\nMessage: It has not come.",
    ),
    Case(
        "form-auto-generated",
        OriginKind.FORM,
        "RFC 3834 5 auto-generated: form services say so, truly",
        sender="<form-submission@squarespace.info>",
        text=FIELDS,
        writer=JANE,
        fields={"auto_submitted": "auto-generated"},
    ),
    Case(
        "form-own-freemail",
        OriginKind.FORM,
        "a shop at Gmail and a customer at Gmail are two",
        sender="<the.shop@gmail.com>",
        writer="jane.doe@gmail.com",
        fields={"reply_to": "<jane.doe@gmail.com>"},
    ),
    # What looks like a form and is none.
    Case(
        "company-no-reply",
        OriginKind.AUTOMATIC,
        "Reply-To is the company's own support",
        sender="Parcel Co <no-reply@mail.parcel.example>",
        subject="Your parcel is on its way",
        fields={"reply_to": "<support@parcel.example>"},
    ),
    Case(
        "service-notice",
        OriginKind.AUTOMATIC,
        "a form service's own mail: Reply-To is the service",
        sender="Jotform <noreply@jotform.com>",
        subject="Your monthly report",
        fields={"reply_to": "<support@jotform.com>"},
    ),
    Case(
        "own-reply-to-colleague",
        OriginKind.OWN,
        "our own domain is no customer's",
        sender="<the.shop@gmail.com>",
        fields={"reply_to": "<anna@shop.example>"},
    ),
    Case(
        "company-footer",
        OriginKind.AUTOMATIC,
        "a footer with an e-mail address is no form",
        sender="Supplier <noreply@supplier.example>",
        subject="Your invoice",
        text="Dear shop,\nyour invoice is attached.\n\n"
        "Phone: 0117 496 0000\nEmail: help@other.example",
    ),
    Case(
        "newsletter-reply-to",
        OriginKind.BULK,
        "RFC 2369; Reply-To is the brand",
        sender="Brand <noreply@esp.example>",
        subject="Offers",
        fields={"reply_to": "<hello@brand.example>", "list_unsubscribe": "<https://esp.example>"},
    ),
    Case(
        "woocommerce-new-order",
        OriginKind.AUTOMATIC,
        "WC_Email::get_headers: new_order has Reply-To the customer; nobody has written",
        sender="Shop <shop@shop.example>",
        subject="[Shop]: New order #1234",
        text="You have received the following order from Jane Doe:\n1 x soap",
        fields={"reply_to": f"<{JANE}>"},
    ),
    Case(
        "shopify-new-order",
        OriginKind.AUTOMATIC,
        "Shopify tells of an order, from a sender of its own for each shop",
        sender="Shop <store+123@t.shopifyemail.com>",
        subject="[Shop] Order #1001 placed by Jane Doe",
    ),
    Case(
        "own-about-an-order",
        OriginKind.OWN,
        "our own mail to a supplier",
        sender="<shop@shop.example>",
        subject="New order",
    ),
    Case(
        "form-about-an-order",
        OriginKind.FORM,
        "a customer's own subject like a shop system's, with a message field",
        sender="WordPress <wordpress@shop.example>",
        subject="Cancelled order, where is my money",
        text=FIELDS,
        writer=JANE,
        fields={"reply_to": f"<{JANE}>"},
    ),
    Case(
        "wordpress-update",
        OriginKind.AUTOMATIC,
        "WordPress tells of its plugins",
        sender="WordPress <wordpress@shop.example>",
        subject="Some plugins were automatically updated",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_form(case: Case) -> None:
    """Each row of the table."""
    check(case)


def body(text: str) -> Body:
    return Body(text, text, "", "")


TEXTS = [
    (SHOPIFY, "It has not come.\nOrder: 1234, three weeks ago."),
    (CF7, "It has not come."),
    (FIELDS, "It has not come."),
    ("Message: one\nName: Jane\nEmail: j@x.example", "one"),
    (
        "Name: Jane\nSubject: Lamp\nMessage: It broke.\nName: the lamp's",
        "It broke.\nName: the lamp's",
    ),
    ("Name: Jane\nYour message (required): Help\n\nIP address: 192.0.2.1", "Help"),
    ("Name: Jane\nQuestion: Delivery\nMessage: Where?", "Delivery\nWhere?"),
    ("Full Name Jane\nEmail j@x.example\nMessage It broke.\nOrder 1234", "It broke.\nOrder 1234"),
    ("Name tags broke.\nMessage me.", None),
    ("Message: only this", None),
    ("Dear shop,\nwhere is it?\nJane", None),
    ("> Name: Jane\n> Message: quoted", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "typed"), TEXTS)
def test_text_the_customer_typed(text: str, typed: str | None) -> None:
    """The message field alone, where the layout of a form is recognised."""
    assert form_text(body(text)) == typed


NAMES = [
    ("Name: Jane Doe\nEmail: {}\nMessage: x", "Jane Doe"),
    ("First name: Jane\nLast name: Doe\nEmail: {}\nMessage: x", "Jane Doe"),
    ("From: Jane Doe <{}>\nMessage Body:\nx", "Jane Doe"),
    ("Name: Jane\u202e\u0007 Doe\nEmail: {}\nMessage: x", "Jane Doe"),
    ("Name: jane@customer.example\nEmail: {}\nMessage: x", ""),
    ("Phone: 1\nEmail: {}\nMessage: x", ""),
    ("Email: {}\nMessage: x\nName: Jane Doe\n\nYour form service", "Jane Doe"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_name_in_a_form(text: str, name: str) -> None:
    """The customer bears the name typed, on one line, without control or bidi characters."""
    found = origin(make("<shop@shop.example>", text=text.format(JANE)), HOUSE)
    assert found.writer == Address(name, JANE)


@pytest.mark.parametrize("piece", ["Name: Jane\nMessage: ", "a@", "From: <", " * ", ".", "x@y.z "])
def test_time_grows_with_length_only(piece: str) -> None:
    """A hostile megabyte takes as long as its length."""
    shop, robot = "<shop@shop.example>", "<noreply@x.example>"
    assert linear(lambda text: origin(make(shop, text[:5000], text), HOUSE), piece, 1_000_000)
    assert linear(
        lambda text: origin(make(robot, text[:5000], text, return_path="<>"), HOUSE),
        piece,
        1_000_000,
    )
