"""Whose letter a mail answers: the shop's, the writer's own, or a notice of a machine."""

from dataclasses import replace

import pytest
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.message import Address
from triage.origin import origin

ANN = '"Ann Fox" <ann@x.example>'
SHOP = Address("Little Mill", "shop@shop.example")
LETTER = "> Dear Ann,\n> I will post the lid this week.\n> Anna\n"


def found(head: str, quoted: str = LETTER):
    """The facts of a mail that quotes this below such a head."""
    mail = make(ANN, text="It has not come.\n", quoted=f"{head}\n{quoted}", in_reply_to="<a@b>")
    mail = replace(mail, to=(SHOP,))
    return facts(mail, origin(mail, HOUSE))


@pytest.mark.parametrize(
    "head",
    [
        "On Monday Little Mill <shop@shop.example> wrote:",
        "> Op ma 26 okt 2026 schreef shop@shop.example:",
        "From: Little Mill <SHOP@SHOP.EXAMPLE>",
    ],
)
def test_a_letter_of_the_shops(head: str) -> None:
    """By name or address, in whatever language a mail program says it."""
    assert found(head).continued
    assert not found(head).said.wrote_before


@pytest.mark.parametrize(
    "text",
    [
        "> Hi Ann,\n> Thank you for your order! Subtotal: 12.00\n",
        "> Hello Ann,\n> your parcel has been dispatched today.\n",
        "> Your order 1043\n> Blue mug\n",
        "",
    ],
)
def test_a_notice_is_no_letter(text: str) -> None:
    """Who answers an order's confirmation writes for the first time."""
    assert not found("On Monday Little Mill <shop@shop.example> wrote:", text).continued


def test_a_letter_of_somebody_elses() -> None:
    """A carrier's answer that he passes on is none of the shop's."""
    told = found("On Monday Royal Mail <help@post.example> wrote:")
    assert not (told.continued or told.said.wrote_before)


def test_his_own_mail_once_more() -> None:
    """Who sends his first mail again has had no answer to it."""
    told = found("On 4 Nov 2026 Ann Fox <ann@x.example> wrote:", "> Hi, where is it?\n")
    assert told.said.wrote_before
    assert not told.continued
    assert told.claims
