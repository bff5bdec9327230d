"""The whole reply: whom it goes to, from whom, in which thread, over which words."""

import email
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.policy import default

import mailparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reply_cases import FULL, MARIA, SHOP, message, opinion, origin, patient

from triage.errors import MessageError, UserError
from triage.facts import Facts
from triage.message import Address, Body
from triage.reply import Identity, Shop, is_draft_id
from triage.reply.compose import compose
from triage.reply.letters import Letters
from triage.taxonomy import Topic

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=1)))
SALES = Address("Sales", "sales@larkspur.example")
LETTERS = Letters.load()
FACTS = Facts(("1043",), "Maria")


def reply(message_=None, *, writer=MARIA, **changes):
    given = {"opinion": opinion(), "facts": FACTS, "shop": FULL, "letters": LETTERS}
    given |= {"identity": Identity((SHOP, SALES)), "now": NOW} | changes
    return compose(message=message_ or message(), origin=origin(writer), **given)


def test_a_whole_reply():
    """Letter, attribution, quote; in the thread; to the writer; the same twice over."""
    draft = reply()
    assert draft == reply()
    assert draft.template == "not-delivered"
    assert draft.to == (MARIA,)
    assert draft.recipient == MARIA
    assert draft.from_ == SHOP
    assert draft.subject == "Re: My order"
    assert draft.in_reply_to == "<c@example.com>"
    assert draft.references == ("<a@example.com>", "<b@example.com>", "<c@example.com>")
    assert (draft.digest, draft.generation, draft.missing) == ("ab" * 32, 1, ())
    assert is_draft_id(draft.message_id)
    letter, _, quoted = draft.body.partition("\n\nOn 3 March 2025 at 15:05, ")
    assert letter.startswith(
        "Hello Maria,\n\nThank you for telling me that your order 1043 has not"
    )
    assert letter.endswith("\n\nBest wishes,\nAnna\nLarkspur Soap")
    assert quoted == "Maria Rossi wrote:\n> Where is it?\n>\n> Maria"


def test_the_bytes_say_what_the_draft_says():
    """Two parsers read from `raw` what stands in the fields."""
    draft = reply()
    parsed = email.message_from_bytes(draft.raw, policy=default)
    assert parsed["Message-ID"] == draft.message_id
    assert parsed["To"] == "Maria Rossi <maria@example.com>"
    assert parsed["From"] == "Anna at Larkspur <shop@larkspur.example>"
    assert parsed["Date"].datetime == NOW
    assert parsed["References"].split() == list(draft.references)
    assert parsed.get_content() == draft.body.replace("\n", "\r\n") + "\r\n"
    other = mailparser.parse_from_bytes(draft.raw)
    assert other.body == draft.body.replace("\n", "\r\n") + "\r\n"
    assert (other.subject, other.message_id) == (draft.subject, draft.message_id)
    assert not other.has_defects


def test_reply_to_and_cc():
    """The answer goes to the writer that was found, and to nobody else."""
    busy = message(cc=(Address("", "friend@example.com"),), reply_to=(MARIA, SALES))
    draft = reply(busy, writer=Address("", "maria.home@example.com"))
    assert draft.to == (Address("", "maria.home@example.com"),)
    assert b"friend@" not in draft.raw
    assert "maria.home@example.com wrote:" in draft.body


@pytest.mark.parametrize(
    ("changes", "sender"),
    [
        ({"to": (SALES,)}, SALES),
        ({"to": (Address("x", "SALES@Larkspur.example"),)}, SALES),
        ({"to": (MARIA,), "cc": (SALES,)}, SALES),
        ({"to": (), "headers": {"delivered-to": ("sales@larkspur.example",)}}, SALES),
        ({"to": (), "headers": {"x-original-to": ("<Sales@larkspur.example>",)}}, SALES),
        ({"to": (SALES, SHOP)}, SALES),
        ({"to": (SHOP,), "headers": {"delivered-to": ("sales@larkspur.example",)}}, SHOP),
        ({"to": (MARIA,)}, SHOP),
        ({"to": ()}, SHOP),
    ],
)
def test_from_is_the_address_the_customer_wrote_to(changes, sender):
    """To before Cc before the envelope; else the main address. The draft's id does not change."""
    draft = reply(message(**changes))
    assert draft.from_ == sender
    assert draft.message_id == reply().message_id


def test_a_new_generation_is_another_id():
    """And nothing else: Gmail drops an id it has seen."""
    again = reply(generation=2)
    assert again.message_id != reply().message_id
    assert again.body == reply().body


def test_a_question_to_the_owner_empties_to(tmp_path):
    """No To; the first line says what is missing and for whom, and is marked."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en/not-delivered.txt.j2").write_text(
        'Hello,\n\nIt left {{ ask("on what day") }} by {{ ask("which carrier") }}.\n\nBest wishes'
    )
    draft = reply(letters=Letters.load(tmp_path))
    assert draft.to == ()
    assert draft.recipient == MARIA
    assert draft.missing == ("on what day", "which carrier")
    assert "To" not in email.message_from_bytes(draft.raw)
    first, empty, hello = draft.body.split("\n")[:3]
    assert first == (
        "[[Before you send this: fill in on what day; which carrier. "
        "Put maria@example.com into To. Delete this line.]]"
    )
    assert (empty, hello) == ("", "Hello,")


def test_an_empty_shop_and_an_empty_mail():
    """No config, no name, no subject, no text, no ids: still a whole reply."""
    bare = message(
        message_id=None, date=None, subject="", in_reply_to=(), references=(), to=(),
        body=Body("", "", "", ""),
    )  # fmt: skip
    own = Identity((Address("", "shop@larkspur.example"),))
    draft = reply(bare, shop=Shop(), facts=Facts(), identity=own)
    assert draft.subject == "Re: your message"
    assert (draft.in_reply_to, draft.references) == (None, ())
    assert draft.body.startswith("Hello,\n\nThank you")
    assert draft.body.endswith("\n\nBest wishes")
    assert email.message_from_bytes(draft.raw)["In-Reply-To"] is None


def test_a_neutral_question():
    """What nobody complained of gets `order-status`, without an apology."""
    asked = opinion({Topic.ORDER_STATUS: 1.0})
    assert reply(opinion=asked, flagged=False).template == "order-status"
    assert reply(opinion=asked).template == "other"


@pytest.mark.parametrize(
    ("writer", "kind"),
    [
        (None, "nobody-to-answer"),
        (Address("", "mariä@example.com"), "unusable-address"),
        (Address("", "maria@example.com\r\nBcc: x@y.example"), "unusable-address"),
    ],
)
def test_who_cannot_be_answered(writer, kind):
    """One mail is set aside; its address stands in no error."""
    with pytest.raises(MessageError) as caught:
        reply(writer=writer)
    assert (caught.value.kind, caught.value.facts) == (kind, {})


def test_an_own_address_that_cannot_be_written():
    """The owner is told which."""
    broken = Identity((Address("", "shöp@larkspur.example"),))
    with pytest.raises(UserError) as caught:
        reply(identity=broken)
    assert caught.value.kind == "unusable-own-address"


TEXT = st.text(max_size=60)
ID = st.from_regex(r"<[a-z0-9.]{1,90}@[a-z.]{1,90}>", fullmatch=True)
IDS = st.one_of(ID, st.just(f"<{'x' * 899}>"), TEXT)
COUNTS = {"drafts": 0, "threaded": 0, "named": 0}


@patient
@given(
    subject=TEXT,
    name=TEXT,
    body=st.text(max_size=400),
    ids=st.lists(IDS, max_size=20),
    message_id=IDS,
    first_name=st.one_of(TEXT, st.just("Maria")),
    number=st.one_of(TEXT, st.just("1043")),
    delivered=TEXT,
)
def test_no_mail_however_hostile_spoils_its_reply(
    subject, name, body, ids, message_id, first_name, number, delivered
):
    """Sound bytes, our headers only, one recipient, ids only as ids, and no template run."""
    hostile = message(
        subject=f"{{{{ 7 * 7 }}}} {subject}\r\nBcc: x@y.example",
        message_id=message_id,
        references=tuple(ids),
        headers={"delivered-to": (delivered,)},
        body=Body("{{ 7 * 7 }}{% raw %}\r\n\r\n" + body, "", "", ""),
    )
    writer = Address(name + "\r\nBcc: x@y.example", "maria@example.com")
    draft = reply(hostile, writer=writer, facts=Facts((number,), first_name))
    assert draft.raw.isascii()
    assert max(map(len, draft.raw.split(b"\r\n"))) <= 998
    assert b"\n" not in draft.raw.replace(b"\r\n", b"")
    parsed = email.message_from_bytes(draft.raw)
    assert not parsed.defects
    assert set(parsed.keys()) <= {
        *("From", "To", "Subject", "In-Reply-To", "References", "Message-ID", "Date"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    }
    assert len(parsed.keys()) == len(set(parsed.keys()))
    assert tuple((parsed["References"] or "").split()) == draft.references
    assert parsed["In-Reply-To"] == draft.in_reply_to
    assert "{{ 7 * 7 }}" in draft.subject
    assert parsed.get_payload(decode=True).decode() == draft.body.replace("\n", "\r\n") + "\r\n"
    letter, mark, quoted = draft.body.rpartition("\n\nOn 3 March 2025 at 15:05, ")
    assert mark
    assert letter.endswith("Larkspur Soap")
    assert "{{ 7 * 7 }}{% raw %}" in quoted
    assert all(line.startswith(">") for line in quoted.split("\n")[1:])
    COUNTS["drafts"] += 1
    COUNTS["threaded"] += len(draft.references) > 1
    COUNTS["named"] += letter.startswith("Hello Maria,")


def test_the_property_tried_what_matters():
    """Of the hostile mails above enough had a thread and a name."""
    if COUNTS["drafts"]:
        assert min(COUNTS.values()) >= COUNTS["drafts"] / 10, COUNTS


def test_headers_fold_at_78_but_for_long_ids():
    """Only an id longer than a line makes a line longer."""
    draft = reply(
        message(subject="ä" * 500, references=tuple(f"<{n}@x.example>" for n in range(99)))
    )
    head = draft.raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78


def test_the_signature_stands_once_above_the_quote():
    """No "-- ": mail programs take all below it for the signature."""
    draft = reply(shop=replace(FULL, signature="-- \nAnna\nLarkspur Soap, Mill Lane"))
    assert draft.body.count("Mill Lane") == 1
    assert "\nBest wishes,\nAnna\nLarkspur Soap, Mill Lane\n\nOn 3 March" in draft.body
    assert "--" not in draft.body
