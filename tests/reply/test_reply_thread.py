"""Subject, In-Reply-To and References of a reply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reply_cases import patient

from triage.reply.thread import in_reply_to, reply_references, reply_subject

A, B, C = "<a@x.example>", "<b@x.example>", "<c@x.example>"


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("Where is it", "Re: Where is it"),
        ("Re: Where is it", "Re: Where is it"),
        ("RE: re: Re:Where is it", "Re: Where is it"),
        ("Re[2]: Where", "Re: Where"),
        ("Re (3): Where", "Re: Where"),
        ("RE^2: Where", "Re: Where"),
        ("AW: AW: Wo", "Re: Wo"),
        ("Antw: Waar", "Re: Waar"),
        ("SV: VS: Hvor", "Re: Hvor"),
        ("RIF: R: Dove", "Re: Dove"),
        ("Réf : Où", "Re: Où"),
        ("Odp: Gdzie", "Re: Gdzie"),
        ("回复：订单", "Re: 订单"),
        ("답장: 주문", "Re: 주문"),
        ("Fwd: Re: Where", "Re: Fwd: Re: Where"),
        ("Re: Fwd: Where", "Re: Fwd: Where"),
        ("Ref: order 1043", "Re: Ref: order 1043"),
        ("Return: order 1043", "Re: Return: order 1043"),
        ("Reading lamp: broken", "Re: Reading lamp: broken"),
        ("Refund", "Re: Refund"),
        ("", "Re: your message"),
        ("Re:", "Re: your message"),
        ("  Re:  Re: ", "Re: your message"),
        ("a\r\nBcc: x@y.example", "Re: a Bcc: x@y.example"),
        ("\u202eon\u200b order\x07", "Re: on order"),
        ("two  blanks\tand a tab", "Re: two blanks and a tab"),
    ],
)
def test_re_stands_once(subject, reply):
    """One "Re: ", whatever program and language wrote the one before; "Fwd:" is kept."""
    assert reply_subject(subject) == reply


@patient
@given(st.text(max_size=700))
def test_a_reply_to_a_reply_has_the_same_subject(subject):
    """Threads of ten mails do not grow prefixes."""
    once = reply_subject(subject)
    assert reply_subject(once) == once or len(once) > 490
    assert once.startswith("Re: ")
    assert len(once) <= 504


@pytest.mark.parametrize(
    ("references", "parents", "message_id", "reply"),
    [
        ((A, B), (B,), C, (A, B, C)),
        ((), (A,), C, (A, C)),  # RFC 5322: In-Reply-To stands in, if it holds one id
        ((), (A, B), C, (C,)),
        ((), (), C, (C,)),
        ((), (), None, ()),
        ((A,), (), None, (A,)),
        ((A, C, B), (), C, (A, B, C)),  # the message answered is the last
        ((A, B, A), (), C, (A, B, C)),
        ((A, "<bö@x>", "<b c@x>", "<b\r\nX: y@x>", "b@x", "<>", f"<{B * 200}>"), (), C, (A, C)),
        (("<no-at-sign>",), (), C, ("<no-at-sign>", C)),
        ((A,), (), "<bad\r\nBcc: x@y>", (A,)),
    ],
)  # fmt: skip
def test_references_follow_the_rfc(references, parents, message_id, reply):
    """The parent's chain and the parent last; ids that cannot be written are left out."""
    assert reply_references(references, parents, message_id) == reply


def test_a_long_thread_keeps_its_root_and_its_end():
    """What is too long for a header loses its middle."""
    ids = tuple(f"<{n:04}.{'x' * 50}@mail.example>" for n in range(500))
    kept = reply_references(ids, (), C)
    assert kept[0] == ids[0]
    assert kept[-1] == C
    assert kept[1:-1] == ids[-(len(kept) - 2) :]
    assert 7_900 < sum(len(i) + 1 for i in kept) <= 8_000


@pytest.mark.parametrize(("message_id", "id_"), [(A, A), (None, None), ("<a b@x>", None)])
def test_in_reply_to(message_id, id_):
    """The id answered, if it can be written."""
    assert in_reply_to(message_id) == id_
