"""Who is writing: buyers behind marketplaces, and these themselves. Each row with its source."""

import pytest
from origin.mails import HOUSE, Case, check, make

from triage.origin import origin
from triage.taxonomy import OriginKind

CASES = [
    # Marketplaces: by e-mail in the same thread.
    Case(
        "amazon",
        OriginKind.MARKETPLACE,
        "Seller Central help, Buyer-Seller Messaging: an alias for each buyer",
        sender="Jane <abc123def@marketplace.amazon.co.uk>",
        writer="abc123def@marketplace.amazon.co.uk",
    ),
    Case(
        "amazon-listed",
        OriginKind.MARKETPLACE,
        "a relay's list headers are the marketplace's, not the buyer's",
        sender="Jane <abc123def@marketplace.amazon.de>",
        writer="abc123def@marketplace.amazon.de",
        fields={"list_unsubscribe": "<https://amazon.example>", "auto_submitted": "auto-generated"},
    ),
    Case(
        "ebay",
        OriginKind.MARKETPLACE,
        "eBay help, member-to-member contact policy",
        sender="jane_d <63ae59ac280fe0fa69@members.ebay.com>",
        writer="63ae59ac280fe0fa69@members.ebay.com",
    ),
    Case(
        "ebay-reply-to",
        OriginKind.MARKETPLACE,
        "rule 32: keep Reply-To",
        sender="eBay - jane_d <63ae59ac@members.ebay.de>",
        writer="77ff@members.ebay.de",
        fields={"reply_to": "<77ff@members.ebay.de>"},
    ),
    Case(
        "walmart",
        OriginKind.MARKETPLACE,
        "Walmart orders API: customerEmailId at relay.walmart.com",
        sender="<3C93FAEC67834D5C9CFC023D2F0004BD@relay.walmart.com>",
        writer="3C93FAEC67834D5C9CFC023D2F0004BD@relay.walmart.com",
    ),
    Case(
        "bol",
        OriginKind.MARKETPLACE,
        "bol partner platform, 15 February 2022",
        sender="Jane <1a2b3c@klantbericht.bol.com>",
        writer="1a2b3c@klantbericht.bol.com",
    ),
    Case(
        "kleinanzeigen",
        OriginKind.MARKETPLACE,
        "relay addresses end in -ek-ek",
        sender="Jane über Kleinanzeigen <7hh1-4c73-ek-ek@mail.kleinanzeigen.de>",
        subject="Nutzer-Anfrage zu deiner Anzeige",
        writer="7hh1-4c73-ek-ek@mail.kleinanzeigen.de",
    ),
    Case(
        "leboncoin",
        OriginKind.MARKETPLACE,
        "relay addresses at messagerie.leboncoin.fr",
        sender="jane via leboncoin <r1abc@messagerie.leboncoin.fr>",
        writer="r1abc@messagerie.leboncoin.fr",
    ),
    # Marketplaces: the answer belongs inside.
    Case(
        "etsy",
        OriginKind.MARKETPLACE,
        "Etsy help: conversations@mail.etsy.com; answers are given in Messages",
        sender="Etsy <conversations@mail.etsy.com>",
        subject="Etsy Conversations: New message from Jane",
        answer_at="Etsy",
    ),
    Case(
        "etsy-help-request",
        OriginKind.MARKETPLACE,
        "a buyer's help request, from a no-reply address",
        sender="Etsy <noreply@mail.etsy.com>",
        subject="Jane needs help with an order they placed",
        answer_at="Etsy",
    ),
    Case(
        "allegro",
        OriginKind.MARKETPLACE,
        "masked buyer addresses; Allegro cuts text out of mail sent there",
        sender="<8awgqyk6a5+cub31c122@allegromail.pl>",
        answer_at="Allegro",
    ),
    Case(
        "vinted",
        OriginKind.MARKETPLACE,
        "imitated",
        sender="Vinted <no-reply@vinted.fr>",
        subject="Nouveau message de jane_d",
        answer_at="Vinted",
    ),
    Case(
        "depop",
        OriginKind.MARKETPLACE,
        "imitated",
        sender="Depop <no-reply@depop.com>",
        subject="jane sent you a message",
        answer_at="Depop",
    ),
    Case(
        "reverb",
        OriginKind.MARKETPLACE,
        "Reverb help: keep communication on Reverb; the notice is imitated",
        sender="Reverb <noreply@reverb.com>",
        subject="New message from Jane about your listing",
        answer_at="Reverb",
    ),
    Case(
        "discogs",
        OriginKind.MARKETPLACE,
        "imitated",
        sender="Discogs <noreply@discogs.com>",
        subject="New message about order 1234-56",
        answer_at="Discogs",
    ),
    Case(
        "ebay-return",
        OriginKind.MARKETPLACE,
        "imitated: a buyer opened a return; the notice has no relay address to answer",
        sender="eBay <ebay@ebay.com>",
        subject="Return requested: ceramic lamp",
        answer_at="eBay",
    ),
    Case(
        "faire",
        OriginKind.MARKETPLACE,
        "Faire help: Messenger",
        sender="Faire <notifications@faire.com>",
        subject="New message from Corner Store",
        answer_at="Faire",
    ),
    # Marketplaces' own mail.
    Case(
        "amazon-notice",
        OriginKind.AUTOMATIC,
        "Amazon's own mail is no buyer's",
        sender="Amazon.co.uk <order-update@amazon.co.uk>",
        subject="Your order has been dispatched",
        writer="order-update@amazon.co.uk",
    ),
    Case(
        "amazon-confirmation",
        OriginKind.AUTOMATIC,
        "a copy of what we wrote comes from donotreply@",
        sender="<donotreply@amazon.com>",
        subject="Your e-mail to Jane",
    ),
    Case(
        "etsy-sale",
        OriginKind.AUTOMATIC,
        "Etsy help: transaction@etsy.com tells of sales",
        sender="Etsy <transaction@etsy.com>",
        subject="You made a sale on Etsy",
        writer="transaction@etsy.com",
    ),
    Case(
        "etsy-policy",
        OriginKind.AUTOMATIC,
        "an important message of Etsy's own",
        sender="Etsy <noreply@mail.etsy.com>",
        subject="An important message about our policies",
    ),
    Case(
        "ebay-marketing",
        OriginKind.BULK,
        "eBay's advertisements come from reply.ebay.com",
        sender="eBay <ebay@reply.ebay.com>",
        subject="Deals of the week",
        writer="ebay@reply.ebay.com",
        fields={"list_unsubscribe": "<https://ebay.example/u>"},
    ),
    Case(
        "kleinanzeigen-notice",
        OriginKind.AUTOMATIC,
        "a no-reply address on the relay's domain is the marketplace",
        sender="<noreply@mail.kleinanzeigen.de>",
        subject="Deine Anzeige läuft ab",
    ),
    Case(
        "fake-relay",
        OriginKind.CUSTOMER,
        "the marketplace's domain must be the end of the address",
        sender="<abc@members.ebay.com.evil.example>",
        writer="abc@members.ebay.com.evil.example",
    ),
    Case(
        "fake-relay-suffix",
        OriginKind.CUSTOMER,
        "nor another domain that ends alike",
        sender="<abc@notmarketplace-amazon.example>",
        writer="abc@notmarketplace-amazon.example",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_marketplace(case: Case) -> None:
    """Each row of the table."""
    check(case)


PAID = [
    ("service@paypal.co.uk", "Jane Doe has opened a dispute", "", "PayPal"),
    ("service@paypal.co.uk", "You have a new case: PP-R-ABC-1", "", "PayPal"),
    ("service@intl.paypal.com", "Action needed", "Your buyer opened a case.", "PayPal"),
    ("disputes@stripe.com", "A customer disputed a payment of 30.00", "", "Stripe"),
    ("hello@klarna.de", "Chargeback for order 4711", "", "Klarna"),
    ("disputes@messaging.squareup.com", "New dispute", "", "Square"),
    ("mailer@shopify.com", "Chargeback opened on order #1001", "", "Shopify Payments"),
    ("service@paypal.co.uk", "Your case is closed: dispute decided", "", None),
    ("service@paypal.co.uk", "Receipt for your payment", "Not you? Open a dispute.", None),
    ("service@paypal.de", "Sie haben eine Zahlung erhalten", "", None),
    ("hello@sumup.com", "Your payout is on its way", "", None),
    ("support@wise.com", "You received 20 GBP", "", None),
]


@pytest.mark.parametrize(("sender", "subject", "text", "place"), PAID)
def test_payment_provider(sender: str, subject: str, text: str, place: str | None) -> None:
    """A dispute is answered at the provider, and its other notices by nobody."""
    found = origin(make(f"Provider <{sender}>", subject, text or "See below."), HOUSE)
    kind = OriginKind.MARKETPLACE if place else OriginKind.AUTOMATIC
    assert (found.kind, found.answer_at) == (kind, place)
    assert place is None or found.writer is None


def test_form_of_a_shop_that_is_paid_there() -> None:
    """A customer who threatens a dispute in the shop's form is a customer."""
    text = "Name: Jane\nEmail: jane@x.example\nBody: I have opened a dispute."
    message = make("Shop <mailer@shopify.com>", "New message", text, reply_to="<jane@x.example>")
    found = origin(message, HOUSE)
    assert found.kind is OriginKind.FORM
    assert found.writer is not None
    assert found.writer.addr == "jane@x.example"
