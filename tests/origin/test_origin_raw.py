"""Forms as they arrive, from their bytes to the customer's words."""

import pytest
from origin.mails import HOUSE, JANE

from triage.facts import facts
from triage.message import Address, read
from triage.origin import form_text, origin
from triage.taxonomy import OriginKind

SHOPIFY = """\
From: "Shop (Shopify)" <mailer@shopify.com>
Reply-To: jane@customer.example
Subject: New customer message on 22 November
Content-Type: text/html; charset=UTF-8

<html><body><p>You received a new message from your online store's contact form.</p>
<p><b>Country Code:</b></p><pre>GB</pre><p><b>Name:</b></p><pre>Jane Doe</pre>
<p><b>Email:</b></p><pre>jane@customer.example</pre>
<p><b>Body:</b></p><pre>It has not come.
Where is order 1234?</pre></body></html>
"""
TABLE = """\
From: Jotform <noreply@jotform.com>
Subject: Re: Contact us
Content-Type: text/html; charset=UTF-8

<table><tr><th>Question</th><th>Answer</th></tr><tr><td>Full Name</td><td>Jane Doe</td></tr>
<tr><td>E-mail</td><td><a href="mailto:jane@customer.example">jane@customer.example</a></td></tr>
<tr><td>Message</td><td>It has not come.<br>Where is order 1234?</td></tr></table>
"""
PLAIN = """\
From: WordPress <wordpress@shop.example>
Reply-To: jane@customer.example
Subject: Shop "Parcel"

From: Jane Doe <jane@customer.example>
Subject: Parcel

Message Body:
It has not come.
Where is order 1234?

--
This e-mail was sent from a contact form on Shop (https://shop.example)
"""


@pytest.mark.parametrize("raw", [SHOPIFY, TABLE, PLAIN], ids=["shopify", "table", "plain"])
def test_form_from_its_bytes(raw: str) -> None:
    """The customer, her words alone, her name and her order come out of each layout."""
    message = read(raw.replace("\n", "\r\n").encode())
    found = origin(message, HOUSE)
    assert (found.kind, found.writer) == (OriginKind.FORM, Address("Jane Doe", JANE))
    assert form_text(message.body) == "It has not come.\nWhere is order 1234?"
    known = facts(message, found)
    assert (known.order_numbers, known.first_name) == (("1234",), "Jane")
