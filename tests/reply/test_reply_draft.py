"""The Message-ID of a draft: the same for ever, and recognised by its form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reply_cases import patient

from triage.reply import draft_id, is_draft_id

DIGEST = "ab" * 32


def test_the_id_never_changes():
    """Drafts that lie on servers are looked for by it: this value must outlive every release."""
    written = "<kl4lof5f4ecukniuhivakt6uhx3kavfl@larkspur.example>"
    assert draft_id("Shop@Larkspur.example", DIGEST, 1) == written
    assert draft_id("shop@larkspur.example", DIGEST, 1) == written


def test_each_part_counts():
    """Another owner, message or generation is another id: Gmail drops an id it has seen."""
    ids = {
        draft_id(owner, digest, generation)
        for owner in ("a@x.example", "b@x.example")
        for digest in (DIGEST, "cd" * 32)
        for generation in (1, 2, 11)
    }
    assert len(ids) == 12


@patient
@given(st.text(max_size=20), st.text(max_size=70), st.integers(0, 10**6))
def test_every_id_is_recognised(owner, digest, generation):
    """Whatever it is made of, an id is a msg-id of RFC 5322 and bears our form."""
    message_id = draft_id(f"{owner}@larkspur.example", digest, generation)
    assert re.fullmatch(r"<[a-z2-7]{32}@larkspur\.example>", message_id)
    assert is_draft_id(message_id)


@pytest.mark.parametrize(
    "message_id",
    ["", "<>", "<a@b>", f"<{'a' * 32}@larkspur.example>", f"<{'2' * 32}@larkspur.example>",
     "<CAF+J=abcdefghijklmnopqrstuvwxyz234567@mail.gmail.com>",
     "kl4lof5f4ecukniuhivakt6uhx3kavfl@larkspur.example"],
)  # fmt: skip
def test_ids_of_others_are_not_ours(message_id):
    """An id of the same length and letters fails the check inside."""
    assert not is_draft_id(message_id)


def test_one_letter_off_is_not_ours():
    """The check is over every letter."""
    ours = draft_id("shop@larkspur.example", DIGEST, 1)
    for at in range(1, 33):
        other = "b" if ours[at] == "a" else "a"
        assert not is_draft_id(ours[:at] + other + ours[at + 1 :])


def test_a_domain_of_letters_outside_ascii():
    """The id of a shop at an IDN domain is ASCII."""
    assert draft_id("shop@Bücher.example", DIGEST, 1).endswith("@xn--bcher-kva.example>")
